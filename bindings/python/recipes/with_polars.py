"""Polars: the columns of a diagnosis beside those of a frame."""

import polars as pl

from smtp_codes import diagnose_arrow


def diagnosed(frame: pl.DataFrame, column: str = "reply", **options) -> pl.DataFrame:
    """The frame with a column for each field of the diagnosis; slugs are categories."""
    return frame.hstack(pl.from_arrow(diagnose_arrow(frame[column].to_arrow(), **options)))


if __name__ == "__main__":
    bounces = pl.DataFrame({"reply": ["550 5.1.1 User unknown", None, "452 4.2.2 Mailbox full"]})
    print(diagnosed(bounces, fields=["reason", "address"]))
