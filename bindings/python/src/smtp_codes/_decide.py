"""Decisions: what to do next, given what happened before."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

from ._library import RawDecision, RawHistory, lib, query, slugs

_STEP = slugs("step")
_ADDRESS = slugs("address")
_REMEDY = slugs("remedy")


@dataclass(frozen=True)
class Decision:
    """What to do next."""

    step: str
    address: str
    remedy: str | None
    retry_in_s: tuple[int, int] | None
    """Seconds to wait before the next try, at least and at most."""
    because: str
    """Slug of the rule that decided."""


def decide(
    reply: str | bytes,
    *,
    provider: str | None = None,
    mx: str | None = None,
    recipient: str | None = None,
    command: str | None = None,
    attempts: int = 1,
    consecutive_campaigns: int = 1,
    total_campaigns: int = 1,
    ever_delivered: bool | None = None,
    domain_share_percent: int | None = None,
    elapsed_s: int = 0,
) -> Decision:
    """Diagnose one reply and decide what to do next. The counts include this failure."""
    question = query(reply, provider, mx, recipient, command)
    history = RawHistory(
        struct_size=ctypes.sizeof(RawHistory),
        attempts=attempts,
        consecutive_campaigns=consecutive_campaigns,
        total_campaigns=total_campaigns,
        ever_delivered={None: 0, True: 1, False: 2}[ever_delivered],
        domain_share_percent=domain_share_percent or 0,
        elapsed_s=elapsed_s,
    )
    raw = RawDecision(struct_size=ctypes.sizeof(RawDecision))
    status = lib.smtp_codes_decide(ctypes.byref(question), ctypes.byref(history), None, ctypes.byref(raw))
    if status != 0:
        raise RuntimeError(f"smtp_codes_decide returned {status}")
    return Decision(
        step=_STEP[raw.step],
        address=_ADDRESS[raw.address],
        remedy=None if raw.remedy < 0 else _REMEDY[raw.remedy],
        retry_in_s=None if raw.retry_earliest_s < 0 else (raw.retry_earliest_s, raw.retry_latest_s),
        because=raw.because.decode(),
    )
