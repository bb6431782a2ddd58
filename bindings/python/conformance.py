"""The conformance adapter of Python: see xtask/src/conformance."""

import base64
import dataclasses
import json
import sys

import smtp_codes

HINTS = ("provider", "mx", "recipient", "command")


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8")
    for line in sys.stdin:
        vector = json.loads(line)
        reply = base64.b64decode(vector["reply_b64"])
        hints = {hint: vector[hint] for hint in HINTS if hint in vector}
        if sys.argv[1] == "json":
            print(smtp_codes.diagnose_json(reply, id=str(vector["n"]), **hints))
            continue
        fields = dataclasses.asdict(smtp_codes.diagnose(reply, **hints))
        del fields["fix"]
        print(json.dumps({"id": vector["n"], **fields}, ensure_ascii=False))


main()
