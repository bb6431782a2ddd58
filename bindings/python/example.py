"""Says what a reply means."""

import sys

from smtp_codes import Address, diagnose

diagnosis = diagnose(sys.argv[1] if len(sys.argv) > 1 else "550 5.1.1 User unknown")
print(f"{diagnosis.reason}: {diagnosis.summary}")
if diagnosis.address == Address.SUPPRESS:
    print("Stop mailing this address.")
