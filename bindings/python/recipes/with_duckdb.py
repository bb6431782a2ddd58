"""DuckDB: a function of SQL for each field of the diagnosis."""

import duckdb
import pyarrow as pa

from smtp_codes import diagnose_arrow


def slugs_of(field: str):
    """What DuckDB calls for each chunk: Arrow in, Arrow out."""
    return lambda replies: diagnose_arrow(replies, [field])[field].cast(pa.string())


def register(connection: duckdb.DuckDBPyConnection, *fields: str) -> None:
    """Makes `smtp_reason(reply)` and its like; a reply that is NULL gives NULL."""
    for field in fields:
        connection.create_function(f"smtp_{field}", slugs_of(field), ["VARCHAR"], "VARCHAR", type="arrow", null_handling="special")


if __name__ == "__main__":
    with duckdb.connect() as database:
        register(database, "reason", "address")
        database.execute("CREATE TABLE bounces AS SELECT unnest(['550 5.1.1 User unknown', NULL, '452 4.2.2 Mailbox full']) AS reply")
        print(database.execute("SELECT reply, smtp_reason(reply), smtp_address(reply) FROM bounces").fetchall())
