// Command cost says what a call costs: `cargo xtask capi bench` runs it with the vectors as argument. It
// prints a name and nanoseconds of the processor a reply.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"syscall"
	"time"

	smtpcodes "github.com/smtp-codes/smtp-codes/bindings/go"
)

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	var replies []string
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var vector struct {
			Reply []byte `json:"reply_b64"`
		}
		if err := json.Unmarshal(lines.Bytes(), &vector); err != nil {
			panic(err)
		}
		replies = append(replies, string(vector.Reply))
	}
	measure("Go, Diagnose", replies, func(reply string) { smtpcodes.Diagnose(smtpcodes.Query{Reply: reply}) })
	measure("Go, DiagnoseJSON", replies, func(reply string) { smtpcodes.DiagnoseJSON(smtpcodes.Query{Reply: reply}, "") })
}

// used is how long the processor worked for this program, the collector of garbage included.
func used() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func measure(name string, replies []string, work func(string)) {
	best := time.Duration(1<<63 - 1)
	for round := 0; round < 10; round++ {
		start := used()
		for _, reply := range replies {
			work(reply)
		}
		if took := used() - start; took < best {
			best = took
		}
	}
	fmt.Printf("%s\t%.1f\n", name, float64(best.Nanoseconds())/float64(len(replies)))
}
