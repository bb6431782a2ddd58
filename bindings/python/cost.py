"""What a reply costs: call by call, in a batch, and through the table engines that are installed.

`cargo xtask capi bench` runs it with the vectors as argument. It prints a name and nanoseconds a reply: of
the processor for what this thread does alone, of the clock for table engines, which use threads and processes.
"""

import base64
import json
import sys
import time
from pathlib import Path

from smtp_codes import columns_of, diagnose, diagnose_arrow, diagnose_json

sys.path.insert(0, str(Path(__file__).parent / "recipes"))
MILLION = 1_000_000


def measure(name, work, rows, rounds, clock=time.thread_time):
    best = min(timed(work, clock) for _ in range(rounds))
    print(f"{name}\t{best / rows * 1e9:.1f}", flush=True)


def timed(work, clock):
    start = clock()
    work()
    return clock() - start


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        replies = [base64.b64decode(json.loads(line)["reply_b64"]).decode("utf-8", "replace") for line in file]
    measure("Python, diagnose", lambda: [diagnose(reply) for reply in replies], len(replies), 5)
    measure("Python, diagnose_json", lambda: [diagnose_json(reply) for reply in replies], len(replies), 5)
    measure("Python, columns_of", lambda: columns_of(replies), len(replies), 10)

    import pyarrow as pa

    array = pa.array(replies, pa.large_string())
    measure("Python, diagnose_arrow", lambda: diagnose_arrow(array), len(array), 15)
    million = (replies * (MILLION // len(replies) + 1))[:MILLION]
    array = pa.array(million, pa.large_string())
    measure("Python, diagnose_arrow, a million", lambda: diagnose_arrow(array), MILLION, 2)
    measure("Python, diagnose_arrow, a million, reason alone", lambda: diagnose_arrow(array, ["reason"]), MILLION, 2)

    import pandas
    import with_pandas

    frame = pandas.DataFrame({"reply": million})
    measure("pandas, a million, by the clock", lambda: with_pandas.diagnosed(frame), MILLION, 2, time.perf_counter)

    import polars
    import with_polars

    frame = polars.DataFrame({"reply": million})
    measure("Polars, a million, by the clock", lambda: with_polars.diagnosed(frame), MILLION, 2, time.perf_counter)

    import duckdb
    import with_duckdb

    connection = duckdb.connect()
    with_duckdb.register(connection, "reason")
    connection.register("incoming", pa.table({"reply": array}))
    connection.execute("CREATE TABLE bounces AS SELECT reply FROM incoming")
    measure("DuckDB, a million, by the clock", lambda: connection.execute("SELECT smtp_reason(reply) AS reason, count(*) FROM bounces GROUP BY reason").fetchall(), MILLION, 2, time.perf_counter)

    import tempfile

    import pyarrow.parquet
    from pyspark.sql import SparkSession
    from with_pyspark import diagnosed

    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.log.level", "ERROR").getOrCreate()
    with tempfile.TemporaryDirectory() as folder:
        pyarrow.parquet.write_table(pa.table({"reply": array.cast(pa.string())}), f"{folder}/bounces.parquet", row_group_size=100_000)
        frame = spark.read.parquet(f"{folder}/bounces.parquet").repartition(2).cache()
        frame.count()
        measure("PySpark, a million, by the clock", lambda: diagnosed(frame, fields=("reason",)).groupBy("reason").count().collect(), MILLION, 3, time.perf_counter)
        spark.stop()


main()
