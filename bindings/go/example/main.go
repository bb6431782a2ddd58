// Command example says what a reply means.
package main

import (
	"fmt"
	"os"

	smtpcodes "github.com/smtp-codes/smtp-codes/bindings/go"
)

func main() {
	reply := "550 5.1.1 User unknown"
	if len(os.Args) > 1 {
		reply = os.Args[1]
	}
	diagnosis := smtpcodes.Diagnose(smtpcodes.Query{Reply: reply})
	fmt.Printf("%s: %s\n", diagnosis.Reason, diagnosis.Summary)
	if diagnosis.Address == smtpcodes.AddressSuppress {
		fmt.Println("Stop mailing this address.")
	}
}
