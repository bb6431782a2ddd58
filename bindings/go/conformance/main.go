// Command conformance is the conformance adapter of Go: see xtask/src/conformance.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"strconv"

	smtpcodes "github.com/smtp-codes/smtp-codes/bindings/go"
)

type vector struct {
	N         int               `json:"n"`
	Reply     []byte            `json:"reply_b64"`
	Provider  string            `json:"provider"`
	MX        string            `json:"mx"`
	Recipient string            `json:"recipient"`
	Command   smtpcodes.Command `json:"command"`
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func fields(n int, query smtpcodes.Query) ([]byte, error) {
	diagnosis := smtpcodes.Diagnose(query)
	object := map[string]any{
		"id": n, "code": nil, "enhanced": orNull(diagnosis.Enhanced), "provider": orNull(diagnosis.Provider),
		"variant": orNull(diagnosis.Variant), "reason": diagnosis.Reason, "confidence": diagnosis.Confidence,
		"bounce": diagnosis.Bounce, "party": diagnosis.Party, "delivery": diagnosis.Delivery, "address": diagnosis.Address,
		"remedies": diagnosis.Remedies, "basis": diagnosis.Basis, "summary": diagnosis.Summary, "retry_after_s": nil,
		"blocklist": orNull(diagnosis.Blocklist), "url": orNull(diagnosis.URL), "tag": orNull(diagnosis.Tag),
		"class_mismatch": diagnosis.ClassMismatch, "sources": append([]string{}, diagnosis.Sources...),
	}
	if diagnosis.Code >= 0 {
		object["code"] = diagnosis.Code
	}
	if diagnosis.RetryAfterS >= 0 {
		object["retry_after_s"] = diagnosis.RetryAfterS
	}
	return json.Marshal(object)
}

func main() {
	composed := len(os.Args) > 1 && os.Args[1] == "json"
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var v vector
		if err := json.Unmarshal(in.Bytes(), &v); err != nil {
			log.Fatal(err)
		}
		query := smtpcodes.Query{Reply: string(v.Reply), Provider: v.Provider, MX: v.MX, Recipient: v.Recipient, Command: v.Command}
		line := []byte(smtpcodes.DiagnoseJSON(query, strconv.Itoa(v.N)))
		if !composed {
			var err error
			if line, err = fields(v.N, query); err != nil {
				log.Fatal(err)
			}
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	if err := in.Err(); err != nil {
		log.Fatal(err)
	}
}
