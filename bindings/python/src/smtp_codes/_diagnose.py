"""Diagnosis of one reply."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import lru_cache

from ._library import RawDiagnosis, lib, query, slugs

_REASON = slugs("reason")
_BASIS = slugs("basis")
_BOUNCE = slugs("bounce")
_PARTY = slugs("party")
_DELIVERY = slugs("delivery")
_ADDRESS = slugs("address")
_REMEDY = slugs("remedy")


@dataclass(frozen=True)
class Diagnosis:
    """What we make of one reply. Slugs compare equal to the values of `Reason` and its like."""

    code: int | None
    enhanced: str | None
    provider: str | None
    variant: str | None
    reason: str
    confidence: int
    bounce: str
    party: str
    delivery: str
    address: str
    remedies: tuple[str, ...]
    basis: str
    summary: str
    fix: str
    retry_after_s: int | None
    blocklist: str | None
    url: str | None
    tag: str | None
    class_mismatch: bool
    sources: tuple[str, ...]


def diagnose(reply: str | bytes, *, provider: str | None = None, mx: str | None = None, recipient: str | None = None, command: str | None = None) -> Diagnosis:
    """Diagnose one reply. Never fails over what it holds: what is not recognised has the reason `unknown`."""
    question = query(reply, provider, mx, recipient, command)
    raw = RawDiagnosis(struct_size=ctypes.sizeof(RawDiagnosis))
    status = lib.smtp_codes_diagnose(ctypes.byref(question), ctypes.byref(raw))
    if status != 0:
        raise RuntimeError(f"smtp_codes_diagnose returned {status}")
    return from_raw(raw)


def from_raw(raw: RawDiagnosis) -> Diagnosis:
    """The values of the struct, which may lead into the reply: read while that is there."""
    return Diagnosis(
        code=None if raw.code < 0 else raw.code,
        enhanced=None if raw.enhanced_class < 0 else f"{raw.enhanced_class}.{raw.enhanced_subject}.{raw.enhanced_detail}",
        provider=_text(raw.provider_slug),
        variant=_text(raw.variant_slug),
        reason=_REASON[raw.reason],
        confidence=raw.confidence,
        bounce=_BOUNCE[raw.bounce],
        party=_PARTY[raw.party],
        delivery=_DELIVERY[raw.delivery],
        address=_ADDRESS[raw.address],
        remedies=tuple(_REMEDY[number] for number in raw.remedies[: raw.remedy_count]),
        basis=_BASIS[raw.basis],
        summary=raw.summary.decode(),
        fix=raw.fix.decode(),
        retry_after_s=None if raw.retry_after_s < 0 else raw.retry_after_s,
        blocklist=_text(raw.blocklist_slug),
        url=_piece(raw.url, raw.url_len),
        tag=_piece(raw.tag, raw.tag_len),
        class_mismatch=raw.class_mismatch != 0,
        sources=_sources(raw.entry),
    )


@lru_cache(maxsize=None)
def _sources(entry: int | None) -> tuple[str, ...]:
    # Entries are static data of the library: what one rests on is asked once.
    return tuple(lib.smtp_codes_source_id(lib.smtp_codes_entry_source(entry, index)).decode() for index in range(lib.smtp_codes_entry_source_count(entry)))


def diagnose_json(reply: str | bytes, *, provider: str | None = None, mx: str | None = None, recipient: str | None = None, command: str | None = None, id: str | None = None) -> str:
    """The diagnosis as one line of JSON, as every other language gives it; `id` is JSON already."""
    question = ctypes.byref(query(reply, provider, mx, recipient, command))
    ident = None if id is None else id.encode()
    size = 1024
    while True:
        buffer = ctypes.create_string_buffer(size)
        length = lib.smtp_codes_diagnose_json(question, ident, len(ident or b""), buffer, size)
        if length < size:
            return buffer.raw[:length].decode()
        size = length + 1


def _text(text: bytes | None) -> str | None:
    return None if text is None else text.decode()


def _piece(start: int | None, length: int) -> str | None:
    return None if start is None else ctypes.string_at(start, length).decode()
