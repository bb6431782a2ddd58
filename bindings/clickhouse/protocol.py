"""Speaks ClickHouse's side of the protocol for executable functions to the command that the recipe names.

`python3 protocol.py` with `smtp-codes` in the path. It reads command and members from smtp_codes_function.xml. Where
chdb, which is ClickHouse's engine for Python, is installed, that runs the functions, too.
"""

import json
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import xml.etree.ElementTree as xml
from pathlib import Path

# As a server would send them: ClickHouse escapes as JSON does, and may write what is not UTF-8 as it is.
REPLIES = [
    b'"550 5.1.1 User unknown"',
    b"null",
    b'""',
    b'"452-4.2.2 Mailbox full\\r\\n452 4.2.2 try \\"later\\"\\t\\u00e4"',
    b'"550 5.7.26 \xff\xfe not UTF-8"',
    b'"%s"' % (b"x" * 100_000),
]
TIMEOUT = 60
FUNCTIONS = Path(__file__).with_name("smtp_codes_function.xml")


def rows(count):
    return b"".join(b'{"reply":%s}\n' % REPLIES[place % len(REPLIES) if count < 1000 else place % 4] for place in range(count))


class Output:
    """Lines of a process, each waited for no longer than the server would."""

    def __init__(self, process):
        self.file = process.stdout
        self.rest = b""

    def lines(self, count):
        found = self.rest.split(b"\n")
        while len(found) <= count:
            if not select.select([self.file], [], [], TIMEOUT)[0]:
                sys.exit(f"no answer: {len(found) - 1} of {count} rows came, and the input is still open")
            piece = self.file.read1(1 << 20)
            if not piece:
                sys.exit(f"the output ended after {len(found) - 1} of {count} rows")
            found[-1:] = (found[-1] + piece).split(b"\n")
        self.rest = b"\n".join(found[count:])
        return [json.loads(line) for line in found[:count]]


def check(sent, answers, member):
    for row, answer in zip(sent.split(b"\n"), answers):
        null = row == b'{"reply":null}'
        assert (answer.get(member) is None) == null, (row[:200], answer)
    assert answers[0]["reason"] == "recipient-unknown", answers[0]


def start(command):
    # The server runs a command with `execute_direct` 0 in a shell.
    return subprocess.Popen(["sh", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def send(process, data, close=False):
    def work():
        process.stdin.write(data)
        process.stdin.flush()
        if close:
            process.stdin.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def main():
    functions = xml.parse(FUNCTIONS).getroot().findall("function")
    assert functions
    for function in functions:
        command, member = function.findtext("command"), function.findtext("return_name")
        assert function.findtext("format") == "JSONEachRow" and function.findtext("argument/name") == "reply"
        # `executable_pool`: one process, a chunk after the other, the input left open.
        process = start(command)
        output = Output(process)
        for count in [1, 2, 6, 1, 65_409, 1, 999]:
            data = rows(count)
            thread = send(process, data)
            check(data, output.lines(count), member)
            thread.join()
            assert output.rest == b"" and not select.select([output.file], [], [], 0)[0], "more rows came than were sent"
        process.stdin.close()
        assert output.file.read() == b"", "more rows came than were sent"
        # 1 says that there were rows without a reply; the server asks a pool's process for no status.
        assert process.wait(TIMEOUT) in (0, 1), process.returncode
        # `executable`: a process for each block, which ends with the input.
        process = start(command)
        data = rows(1000)
        thread = send(process, data, close=True)
        answers = [json.loads(line) for line in process.stdout.read().splitlines()]
        thread.join()
        process.wait(TIMEOUT)
        assert len(answers) == 1000, len(answers)
        check(data, answers, member)
        print(f"{function.findtext('name')}: as many rows as were sent, chunk by chunk")


def engine():
    try:
        import chdb
    except ImportError:
        print("ClickHouse's own engine: not run: chdb is not installed (pip install chdb)")
        return
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(FUNCTIONS, folder)
        query = """
            SELECT groupArray(smtpReason(reply)), groupArray(isNull(smtpAddress(reply)))
            FROM values('reply Nullable(String)', '550 5.1.1 User unknown', NULL, '452 4.2.2 Mailbox\\nfull')
            UNION ALL SELECT [smtpReason(concat('550 5.1.1 User unknown ', toString(number))) AS reason], [toUInt8(count() = 200000)]
            FROM numbers(200000) GROUP BY reason"""
        found = sorted(str(chdb.query(query, "TSV", udf_path=folder)).splitlines())
    assert found == ["['recipient-unknown','mailbox-full']\t[0,1,0]", "['recipient-unknown']\t[1]"], found
    print("ClickHouse's own engine: passed")


main()
engine()
