"""The recipes, each where its library is installed; where SMTP_CODES_ALL is set, one that is not is a failure."""

import importlib.util
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "recipes"))

REPLIES = ["550 5.1.1 User unknown", None, "452 4.2.2 Mailbox full", ""]
REASONS = ["recipient-unknown", None, "mailbox-full", "unknown"]


def needs(*modules):
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    return unittest.skipIf(missing and "SMTP_CODES_ALL" not in os.environ, f"not installed: {', '.join(missing)}")


class Recipes(unittest.TestCase):
    @needs("pyarrow", "pandas")
    def test_pandas(self):
        import pandas as pd
        from with_pandas import diagnosed

        frame = pd.DataFrame({"reply": REPLIES}, index=[7, 3, 5, 1])
        found = diagnosed(frame)
        self.assertEqual(list(found.index), [7, 3, 5, 1])
        self.assertEqual([None if pd.isna(reason) else reason for reason in found["reason"]], REASONS)

    @needs("pyarrow", "polars")
    def test_polars(self):
        import polars as pl
        from with_polars import diagnosed

        found = diagnosed(pl.DataFrame({"place": range(len(REPLIES)), "reply": REPLIES}))
        self.assertEqual(found["place"].to_list(), list(range(len(REPLIES))))
        self.assertEqual(found["reason"].cast(pl.String).to_list(), REASONS)

    @needs("pyarrow", "duckdb")
    def test_duckdb(self):
        import duckdb
        from with_duckdb import register

        connection = duckdb.connect()
        register(connection, "reason", "address")
        connection.execute("CREATE TABLE bounces (place INTEGER, reply VARCHAR)")
        connection.executemany("INSERT INTO bounces VALUES (?, ?)", list(enumerate(REPLIES)))
        found = connection.execute("SELECT smtp_reason(reply), smtp_address(reply) FROM bounces ORDER BY place").fetchall()
        self.assertEqual([reason for reason, _ in found], REASONS)
        self.assertEqual(found[0][1], "suppress")

    @needs("pyarrow", "pyspark")
    def test_pyspark(self):
        from pyspark.sql import SparkSession
        from with_pyspark import diagnosed

        spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
        try:
            frame = spark.createDataFrame(list(enumerate(REPLIES)), "place int, reply string")
            found = {row.place: (row.reply, row.reason) for row in diagnosed(frame).collect()}
        finally:
            spark.stop()
        self.assertEqual(found, dict(enumerate(zip(REPLIES, REASONS))))


if __name__ == "__main__":
    unittest.main()
