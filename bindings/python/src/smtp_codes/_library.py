"""The shared library: where it is, and its functions and structs as ctypes sees them."""

import ctypes
import ctypes.util
import os
from ctypes import POINTER, c_char_p, c_int32, c_int64, c_size_t, c_ssize_t, c_uint8, c_uint32, c_void_p
from pathlib import Path

ABI_VERSION = 1


class LibraryNotFound(ImportError):
    """The shared library is not where Python looks for it, or is another one than expected."""


class Query(ctypes.Structure):
    """`smtp_codes_query`."""

    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("reply", c_char_p),
        ("reply_len", c_size_t),
        ("provider", c_char_p),
        ("provider_len", c_size_t),
        ("mx", c_char_p),
        ("mx_len", c_size_t),
        ("recipient", c_char_p),
        ("recipient_len", c_size_t),
        ("command", c_char_p),
        ("command_len", c_size_t),
    ]


class RawDiagnosis(ctypes.Structure):
    """`smtp_codes_diagnosis`."""

    _fields_ = [
        ("struct_size", c_uint32),
        ("code", c_int32),
        ("enhanced_class", c_int32),
        ("enhanced_subject", c_int32),
        ("enhanced_detail", c_int32),
        ("reason", c_int32),
        ("confidence", c_int32),
        ("basis", c_int32),
        ("bounce", c_int32),
        ("party", c_int32),
        ("delivery", c_int32),
        ("address", c_int32),
        ("provider", c_int32),
        ("provider_by", c_int32),
        ("variant", c_int32),
        ("phrase", c_int32),
        ("blocklist", c_int32),
        ("runner_up", c_int32),
        ("retry_after_s", c_int32),
        ("command", c_int32),
        ("class_mismatch", c_int32),
        ("hint_contradicted", c_int32),
        ("wrapped", c_int32),
        ("remedy_count", c_uint32),
        ("limit", c_int64),
        ("remedies", POINTER(c_uint8)),
        ("summary", c_char_p),
        ("fix", c_char_p),
        ("provider_slug", c_char_p),
        ("variant_slug", c_char_p),
        ("blocklist_slug", c_char_p),
        ("entry", c_void_p),
        ("schedule", c_void_p),
        ("url", c_void_p),
        ("url_len", c_size_t),
        ("tag", c_void_p),
        ("tag_len", c_size_t),
        ("limit_unit", c_void_p),
        ("limit_unit_len", c_size_t),
        ("text", c_void_p),
        ("text_len", c_size_t),
    ]


class RawHistory(ctypes.Structure):
    """`smtp_codes_history`."""

    _fields_ = [
        ("struct_size", c_uint32),
        ("attempts", c_uint32),
        ("consecutive_campaigns", c_uint32),
        ("total_campaigns", c_uint32),
        ("ever_delivered", c_int32),
        ("domain_share_percent", c_int32),
        ("elapsed_s", c_uint32),
        ("reserved", c_uint32),
    ]


class RawDecision(ctypes.Structure):
    """`smtp_codes_decision`."""

    _fields_ = [
        ("struct_size", c_uint32),
        ("step", c_int32),
        ("address", c_int32),
        ("remedy", c_int32),
        ("retry_earliest_s", c_int64),
        ("retry_latest_s", c_int64),
        ("because", c_char_p),
        ("recurrence", c_void_p),
        ("schedule", c_void_p),
    ]


class Column(ctypes.Structure):
    """`smtp_codes_column`."""

    _fields_ = [("field", c_int32), ("width", c_uint32), ("values", c_void_p), ("stride", c_ssize_t)]


class Batch(ctypes.Structure):
    """`smtp_codes_batch`."""

    _fields_ = [
        ("struct_size", c_uint32),
        ("offset_bits", c_uint32),
        ("count", c_size_t),
        ("data", c_void_p),
        ("data_len", c_size_t),
        ("offsets", c_void_p),
        ("validity", c_void_p),
        ("validity_offset", c_size_t),
        ("common", POINTER(Query)),
        ("columns", POINTER(Column)),
        ("column_count", c_size_t),
    ]


def _load() -> ctypes.CDLL:
    beside = Path(__file__).with_name("libsmtp_codes.so")
    candidates = [os.environ.get("SMTP_CODES_LIBRARY"), str(beside) if beside.exists() else None, ctypes.util.find_library("smtp_codes"), f"libsmtp_codes.so.{ABI_VERSION}"]
    tried = []
    for candidate in filter(None, candidates):
        try:
            library = ctypes.CDLL(candidate)
        except OSError as error:
            tried.append(f"{candidate}: {error}")
            continue
        library.smtp_codes_abi_version.restype = c_uint32
        found = library.smtp_codes_abi_version()
        if found != ABI_VERSION:
            raise LibraryNotFound(f"{candidate} has ABI version {found}, this package needs {ABI_VERSION}")
        return library
    raise LibraryNotFound("libsmtp_codes was not found; install it, or name it in SMTP_CODES_LIBRARY. Tried: " + "; ".join(tried))


lib = _load()

for _name, _result, _arguments in [
    ("version", c_char_p, []),
    ("catalogue_version", c_char_p, []),
    ("catalogue_date", c_char_p, []),
    ("diagnose", c_int32, [POINTER(Query), POINTER(RawDiagnosis)]),
    ("decide", c_int32, [POINTER(Query), POINTER(RawHistory), POINTER(RawDiagnosis), POINTER(RawDecision)]),
    ("diagnose_json", c_size_t, [POINTER(Query), c_char_p, c_size_t, c_char_p, c_size_t]),
    ("diagnose_batch", c_int32, [POINTER(Batch)]),
    ("column_width", c_uint32, [c_int32]),
    ("column_label_count", c_size_t, [c_int32]),
    ("column_label", c_char_p, [c_int32, c_int32]),
    ("entry_source_count", c_size_t, [c_void_p]),
    ("entry_source", c_void_p, [c_void_p, c_size_t]),
    ("source_id", c_char_p, [c_void_p]),
    *((f"{_list}_slug", c_char_p, [c_int32]) for _list in ("reason", "bounce", "party", "delivery", "address", "remedy", "basis", "command", "step")),
]:
    _function = getattr(lib, f"smtp_codes_{_name}")
    _function.restype = _result
    _function.argtypes = _arguments


def slugs(name: str) -> "list[str]":
    """All slugs of a closed list, by number."""
    function = getattr(lib, f"smtp_codes_{name}_slug")
    found = []
    while (slug := function(len(found))) is not None:
        found.append(slug.decode())
    return found


def query(reply: "str | bytes", provider: "str | None", mx: "str | None", recipient: "str | None", command: "str | None") -> Query:
    """The struct; it keeps its own bytes alive."""

    def encoded(text: "str | bytes | None") -> "tuple[bytes | None, int]":
        if text is None:
            return None, 0
        data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else bytes(text)
        return data, len(data)

    return Query(ctypes.sizeof(Query), 0, *encoded(reply), *encoded(provider), *encoded(mx), *encoded(recipient), *encoded(command))


def version() -> str:
    """Version of the library."""
    return lib.smtp_codes_version().decode()


def catalogue_version() -> str:
    """Version of the catalogue in the library."""
    return lib.smtp_codes_catalogue_version().decode()


def catalogue_date() -> str:
    """Date of the catalogue in the library."""
    return lib.smtp_codes_catalogue_date().decode()
