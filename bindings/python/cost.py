"""What a reply costs: call by call, in a batch, and through the libraries that are installed.

Give it the vectors: `cargo xtask conformance python`, then
`PYTHONPATH=src SMTP_CODES_LIBRARY=… python3 cost.py ../../target/conformance/vectors.jsonl`.
"""

import base64
import json
import sys
import time

from smtp_codes import columns_of, diagnose, diagnose_arrow, diagnose_json


def measure(name, work, rows, rounds=5):
    best = min(timed(work) for _ in range(rounds))
    print(f"{name:28} {best / rows * 1e9:8.0f} ns a row  {rows / best:12,.0f} rows a second")


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        replies = [base64.b64decode(json.loads(line)["reply_b64"]).decode("utf-8", "replace") for line in file]
    measure("diagnose", lambda: [diagnose(reply) for reply in replies], len(replies))
    measure("diagnose_json", lambda: [diagnose_json(reply) for reply in replies], len(replies))
    measure("columns_of", lambda: columns_of(replies), len(replies))
    measure("columns_of, reason alone", lambda: columns_of(replies, ["reason"]), len(replies))
    million = (replies * (1_000_000 // len(replies) + 1))[:1_000_000]
    try:
        import pyarrow as pa
    except ImportError:
        return
    array = pa.array(million, pa.large_string())
    measure("diagnose_arrow, a million", lambda: diagnose_arrow(array), len(array), 3)
    measure("diagnose_arrow, reason alone", lambda: diagnose_arrow(array, ["reason"]), len(array), 3)
    try:
        import polars as pl

        series = pl.Series(million)
        measure("Polars, a million", lambda: pl.from_arrow(diagnose_arrow(series.to_arrow(), ["reason"])), len(series), 3)
    except ImportError:
        pass
    try:
        import duckdb

        connection = duckdb.connect()
        connection.create_function("smtp_reason", lambda a: diagnose_arrow(a, ["reason"])["reason"].cast(pa.string()), ["VARCHAR"], "VARCHAR", type="arrow")
        bounces = pa.table({"reply": array})
        connection.register("bounces", bounces)
        measure("DuckDB, a million", lambda: connection.execute("SELECT smtp_reason(reply) AS r, count(*) FROM bounces GROUP BY r").fetchall(), len(array), 3)
    except ImportError:
        pass


main()
