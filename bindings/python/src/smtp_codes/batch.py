"""Many replies at once: no Python runs per row.

`columns_of` needs nothing but Python; `diagnose_arrow` takes and gives PyArrow's arrays, and so serves
pandas, Polars, DuckDB and Spark.
"""

from __future__ import annotations

import ctypes
from array import array
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Iterable, Sequence

from ._library import Batch, Column, lib, query

if TYPE_CHECKING:
    import pyarrow

FIELDS = {
    "code": 0,
    "enhanced": 1,
    "reason": 2,
    "confidence": 3,
    "basis": 4,
    "bounce": 5,
    "party": 6,
    "delivery": 7,
    "address": 8,
    "remedy": 9,
    "remedies": 10,
    "provider": 11,
    "variant": 12,
    "phrase": 13,
    "blocklist": 14,
    "retry_after_s": 15,
    "class_mismatch": 16,
}
"""The columns there are, with their numbers in the C library."""

DEFAULT_FIELDS = ("code", "reason", "confidence", "bounce", "party", "delivery", "address", "provider")

_TYPECODES = {1: "b", 2: "h", 4: "i"}
_OFFSETS_ERROR = -5


@lru_cache(maxsize=None)
def labels(field: str) -> tuple[str, ...]:
    """The slugs of a field by number; empty for numbers that mean nothing, and none for plain numbers."""
    number = FIELDS[field]
    count = lib.smtp_codes_column_label_count(number)
    return tuple((lib.smtp_codes_column_label(number, value) or b"").decode() for value in range(count))


def columns_of(replies: Iterable[str | bytes | None], fields: Sequence[str] = DEFAULT_FIELDS, **common: str) -> dict[str, array]:
    """Diagnose many replies; a column of integers for each field, -1 where a value does not exist
    and in rows of `None`.

    `common` says what holds for all of them: `provider`, `mx`, `recipient`, `command`.
    """
    rows = [None if reply is None else reply.encode("utf-8", "surrogateescape") if isinstance(reply, str) else bytes(reply) for reply in replies]
    data = b"".join(filter(None, rows))
    offsets = array("q", accumulate((len(row or b"") for row in rows) if None in rows else map(len, rows), initial=0))
    validity = bytearray(b"\xff" * ((len(rows) + 7) // 8))
    if None in rows:
        for place, row in enumerate(rows):
            if row is None:
                validity[place // 8] &= ~(1 << place % 8)
    bits = (ctypes.c_uint8 * len(validity)).from_buffer(validity)
    start = ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value
    return _run(len(rows), start, len(data), offsets.buffer_info()[0], 64, ctypes.addressof(bits), 0, fields, common)


def diagnose_arrow(replies: "pyarrow.Array | pyarrow.ChunkedArray", fields: Sequence[str] = DEFAULT_FIELDS, **common: str) -> "pyarrow.Table":
    """Diagnose an Arrow array of strings or binaries; a table with a row for each, in order.

    Fields with slugs are dictionary columns; the others are integers. Rows that are null are null in
    every column. Nothing is copied on the way in.
    """
    import pyarrow as pa

    chunks = replies.chunks if isinstance(replies, pa.ChunkedArray) else [replies]
    tables = [_chunk(pa, chunk, fields, common) for chunk in chunks]
    return pa.concat_tables(tables) if tables else _chunk(pa, pa.array([], pa.string()), fields, common)


def _chunk(pa, chunk: "pyarrow.Array", fields: Sequence[str], common: dict[str, str]) -> "pyarrow.Table":
    if pa.types.is_dictionary(chunk.type):
        chunk = chunk.dictionary_decode()
    if getattr(pa.types, "is_string_view", lambda _: False)(chunk.type) or pa.types.is_null(chunk.type):
        chunk = chunk.cast(pa.large_string())
    if pa.types.is_string(chunk.type) or pa.types.is_binary(chunk.type):
        bits = 32
    elif pa.types.is_large_string(chunk.type) or pa.types.is_large_binary(chunk.type):
        bits = 64
    else:
        raise TypeError(f"replies must be strings or binaries, not {chunk.type}")
    validity, offsets, data = chunk.buffers()
    first = chunk.offset
    if offsets is None or len(chunk) == 0:
        columns = {field: array(_TYPECODES[lib.smtp_codes_column_width(FIELDS[field])]) for field in fields}
    else:
        columns = _run(len(chunk), data.address if data else None, data.size if data else 0, offsets.address + first * bits // 8, bits, validity.address if validity else None, first, fields, common)
    return pa.table({field: _arrow(pa, field, column) for field, column in columns.items()})


def _arrow(pa, field: str, column: array) -> "pyarrow.Array":
    kind = {"b": pa.int8(), "h": pa.int16(), "i": pa.int32()}[column.typecode]
    numbers = pa.Array.from_buffers(kind, len(column), [None, pa.py_buffer(column)])
    import pyarrow.compute as pc

    numbers = pc.if_else(pc.equal(numbers, -1), pa.scalar(None, kind), numbers)
    if not labels(field):
        return numbers
    return pa.DictionaryArray.from_arrays(numbers, pa.array(labels(field), pa.string()))


def _run(count: int, data: int | None, data_len: int, offsets: int, bits: int, validity: int | None, first: int, fields: Sequence[str], common: dict[str, str]) -> dict[str, array]:
    columns: dict[str, array] = {}
    raw = (Column * len(fields))()
    for place, field in enumerate(fields):
        try:
            number = FIELDS[field]
        except KeyError:
            raise ValueError(f"there is no field {field!r}; there are {', '.join(FIELDS)}") from None
        width = lib.smtp_codes_column_width(number)
        columns[field] = column = array(_TYPECODES[width], bytes(width * count))
        raw[place] = Column(number, width, column.buffer_info()[0], width)
    question = query(b"", common.pop("provider", None), common.pop("mx", None), common.pop("recipient", None), common.pop("command", None)) if (common := dict(common)) else None
    if common:
        raise TypeError(f"unexpected arguments: {', '.join(common)}")
    batch = Batch(ctypes.sizeof(Batch), bits, count, data, data_len, offsets, validity, first, ctypes.pointer(question) if question else None, raw, len(fields))
    status = lib.smtp_codes_diagnose_batch(ctypes.byref(batch))
    if status == _OFFSETS_ERROR:
        raise ValueError("the array's offsets lead outside its data")
    if status != 0:
        raise RuntimeError(f"smtp_codes_diagnose_batch returned {status}")
    return columns
