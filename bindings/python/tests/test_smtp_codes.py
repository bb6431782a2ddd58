"""Run with `python3 -m unittest` from bindings/python, PYTHONPATH=src."""

import threading
import unittest

import smtp_codes
from smtp_codes import Address, Reason, columns_of, decide, diagnose, diagnose_arrow, labels

REPLIES = ["550 5.1.1 User unknown", None, "", "452 4.2.2 Mailbox full, try again in 5 minutes", "550 5.7.26 gsmtp", "ü \U0001f4ec"]

try:
    import pyarrow as pa
except ImportError:
    pa = None


class OneReply(unittest.TestCase):
    def test_slugs_compare_with_the_lists(self):
        diagnosis = diagnose("550 5.1.1 User unknown")
        self.assertEqual((diagnosis.code, diagnosis.enhanced), (550, "5.1.1"))
        self.assertEqual(diagnosis.reason, Reason.RECIPIENT_UNKNOWN)
        self.assertEqual(diagnosis.address, Address.SUPPRESS)
        self.assertEqual(str(Reason.RECIPIENT_UNKNOWN), "recipient-unknown")

    def test_text_and_bytes_are_the_same(self):
        self.assertEqual(diagnose(b"550 5.1.1 User unknown"), diagnose("550 5.1.1 User unknown"))

    def test_what_is_not_text_is_unknown(self):
        for reply in ["", "\0", "\udcff", b"\xff\xfe", "hello"]:
            self.assertEqual(diagnose(reply).address, Address.KEEP, reply)

    def test_decisions_count(self):
        self.assertEqual(decide("450 4.2.0 Greylisted").step, "retry")
        self.assertNotEqual(decide("450 4.2.0 Greylisted", elapsed_s=10**9).step, "retry")

    def test_threads_do_not_meet(self):
        expected = diagnose("550 5.1.1 User unknown")
        wrong = []
        threads = [threading.Thread(target=lambda: wrong.extend(d for d in (diagnose("550 5.1.1 User unknown") for _ in range(200)) if d != expected)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])


class ManyReplies(unittest.TestCase):
    def test_a_row_for_each_reply_in_order(self):
        columns = columns_of(REPLIES, ["reason", "code"])
        for place, reply in enumerate(REPLIES):
            number = columns["reason"][place]
            self.assertEqual(None if number < 0 else labels("reason")[number], None if reply is None else diagnose(reply).reason)
        self.assertEqual(list(columns["code"]), [550, -1, -1, 452, 550, -1])

    def test_no_rows(self):
        self.assertEqual(len(columns_of([])["reason"]), 0)

    def test_a_field_that_is_none_is_named(self):
        with self.assertRaisesRegex(ValueError, "no field 'colour'"):
            columns_of(REPLIES, ["colour"])

    def test_hints_hold_for_all(self):
        column = columns_of(["550 no"], ["provider"], provider="google")["provider"]
        self.assertEqual(labels("provider")[column[0]], "google")


@unittest.skipIf(pa is None, "pyarrow is not installed")
class Arrow(unittest.TestCase):
    def check(self, table, replies):
        self.assertEqual(table.num_rows, len(replies))
        self.assertEqual(table["reason"].to_pylist(), [None if reply is None else diagnose(reply).reason for reply in replies])
        self.assertEqual(table["code"].to_pylist(), [None if reply is None else diagnose(reply).code for reply in replies])

    def test_every_layout_of_text(self):
        for kind in [pa.string(), pa.large_string(), pa.binary(), pa.large_binary(), pa.dictionary(pa.int8(), pa.string())]:
            values = REPLIES if "binary" not in str(kind) else [None if reply is None else reply.encode() for reply in REPLIES]
            self.check(diagnose_arrow(pa.array(values).cast(kind)), REPLIES)

    def test_slices_and_chunks(self):
        whole = pa.array(REPLIES * 5)
        for start in range(0, 17):
            self.check(diagnose_arrow(whole.slice(start, 9)), (REPLIES * 5)[start : start + 9])
        self.check(diagnose_arrow(pa.chunked_array([whole.slice(3, 4), whole.slice(1, 0), whole.slice(0, 8)])), (REPLIES * 5)[3:7] + (REPLIES * 5)[:8])

    def test_nothing_at_all(self):
        self.check(diagnose_arrow(pa.array([], pa.string())), [])
        self.check(diagnose_arrow(pa.chunked_array([], pa.string())), [])
        self.check(diagnose_arrow(pa.nulls(3)), [None] * 3)

    def test_what_is_no_text_is_refused(self):
        with self.assertRaisesRegex(TypeError, "strings or binaries, not int64"):
            diagnose_arrow(pa.array([550]))


class Versions(unittest.TestCase):
    def test_they_are_there(self):
        for version in [smtp_codes.version(), smtp_codes.catalogue_version(), smtp_codes.catalogue_date()]:
            self.assertRegex(version, r"^\d")


if __name__ == "__main__":
    unittest.main()
