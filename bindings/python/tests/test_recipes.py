"""The recipes of the README, each where its library is installed."""

import importlib.util
import unittest

REPLIES = ["550 5.1.1 User unknown", None, "452 4.2.2 Mailbox full"]
REASONS = ["recipient-unknown", None, "mailbox-full"]


def needs(*modules):
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    return unittest.skipIf(missing, f"not installed: {', '.join(missing)}")


class Recipes(unittest.TestCase):
    @needs("pyarrow", "pandas")
    def test_pandas(self):
        import pandas as pd
        import pyarrow as pa

        from smtp_codes import diagnose_arrow

        frame = pd.DataFrame({"reply": REPLIES})
        found = diagnose_arrow(pa.array(frame["reply"], pa.large_string(), from_pandas=True)).to_pandas()
        self.assertEqual([None if pd.isna(reason) else reason for reason in found["reason"]], REASONS)

    @needs("pyarrow", "polars")
    def test_polars(self):
        import polars as pl

        from smtp_codes import diagnose_arrow

        frame = pl.DataFrame({"reply": REPLIES})
        found = pl.from_arrow(diagnose_arrow(frame["reply"].to_arrow()))
        self.assertEqual(found["reason"].cast(pl.String).to_list(), REASONS)

    @needs("pyarrow", "duckdb")
    def test_duckdb(self):
        import duckdb
        import pyarrow as pa

        from smtp_codes import diagnose_arrow

        connection = duckdb.connect()
        connection.create_function("smtp_reason", lambda replies: diagnose_arrow(replies, ["reason"])["reason"].cast(pa.string()), ["VARCHAR"], "VARCHAR", type="arrow", null_handling="special")
        connection.execute("CREATE TABLE bounces (place INTEGER, reply VARCHAR)")
        connection.executemany("INSERT INTO bounces VALUES (?, ?)", list(enumerate(REPLIES)))
        found = connection.execute("SELECT smtp_reason(reply) FROM bounces ORDER BY place").fetchall()
        self.assertEqual([reason for (reason,) in found], REASONS)

    @needs("pyarrow", "pyspark")
    def test_spark(self):
        from pyspark.sql import SparkSession

        def diagnosed(batches):
            import pyarrow as pa

            from smtp_codes import diagnose_arrow

            for batch in batches:
                reason = diagnose_arrow(batch.column("reply"), ["reason"])["reason"].combine_chunks().cast(pa.string())
                yield pa.RecordBatch.from_arrays([batch.column("reply"), reason], ["reply", "reason"])

        spark = SparkSession.builder.master("local[2]").getOrCreate()
        try:
            frame = spark.createDataFrame([(reply,) for reply in REPLIES], "reply string")
            found = {row.reply: row.reason for row in frame.mapInArrow(diagnosed, "reply string, reason string").collect()}
        finally:
            spark.stop()
        self.assertEqual(found, dict(zip(REPLIES, REASONS)))


if __name__ == "__main__":
    unittest.main()
