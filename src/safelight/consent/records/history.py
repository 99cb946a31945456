"""What happened to the consent for each purpose, in the states that DPV gives ISO/IEC TS 27560."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from safelight.model.consent import LedgerEntry, Purpose, PurposeState

_BASE = uuid.UUID("6f0a2b1e-3c58-4a4e-9d39-5a9f6a7f2c11")


class ConsentState(StrEnum):
    """DPV's consent statuses; only the first two allow anything."""

    GIVEN = "ConsentGiven"
    RENEWED = "RenewedConsentGiven"
    REQUESTED = "ConsentRequested"
    DEFERRED = "ConsentRequestDeferred"
    REFUSED = "ConsentRefused"
    EXPIRED = "ConsentExpired"
    INVALIDATED = "ConsentInvalidated"
    WITHDRAWN = "ConsentWithdrawn"

    @property
    def valid(self) -> bool:
        """Whether it allows the processing."""
        return self in (ConsentState.GIVEN, ConsentState.RENEWED)


@dataclass(frozen=True, slots=True)
class Event:
    """One change of state.

    Attributes:
        entry: of the ledger.
        notice_version, notice_digest: the words that were shown, where some were.
        expires: when the consent given here was to end.
    """

    state: ConsentState
    at: datetime
    entry: int
    notice_version: int | None = None
    notice_digest: str | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class History:
    """One purpose; `events` oldest first, at least one.

    Attributes:
        now: the state that counts: the last event's, unless the words have changed since or a
            limit can no longer be kept.
    """

    purpose: Purpose
    events: tuple[Event, ...]
    now: ConsentState
    scope: str


@dataclass(frozen=True, slots=True)
class Person:
    """Whose records these are: a random-looking id that says nothing outside this ledger."""

    id: uuid.UUID

    @classmethod
    def of(cls, first: LedgerEntry | None) -> Person:
        """The person of a ledger, told by its first entry."""
        seed = f"{first.at.isoformat()} {first.event} {first.body}" if first else "nobody yet"
        return cls(uuid.uuid5(_BASE, seed))

    @property
    def urn(self) -> str:
        """The id as a name."""
        return self.id.urn

    def record(self, history: History) -> uuid.UUID:
        """The id of one purpose's record, always the same."""
        return uuid.uuid5(self.id, f"record {history.purpose.value}")

    def receipt(self, history: History, event: Event) -> uuid.UUID:
        """The id of the receipt for one event."""
        return uuid.uuid5(self.id, f"receipt {history.purpose.value} {event.entry}")


def histories(
    entries: Iterable[LedgerEntry], states: Sequence[PurposeState], scopes: Sequence[str]
) -> list[History]:
    """The history of every purpose that was ever asked for.

    Args:
        entries: the whole ledger, oldest first.
        states: how the purposes stand now.
        scopes: what each of them covers now, in words, in the same order.
    """
    found: dict[Purpose, list[Event]] = {}
    for entry in entries:
        if entry.purpose is None or not entry.purpose.grantable:
            continue
        events = found.setdefault(entry.purpose, [])
        event = _event(entry, events[-1].state if events else None)
        if event is not None:
            events.append(event)
    known = [(state, found.get(state.notice.purpose, [])) for state in states]
    return [
        History(state.notice.purpose, tuple(events), _now(events[-1].state, state), scope)
        for (state, events), scope in zip(known, scopes, strict=True)
        if events
    ]


def _event(entry: LedgerEntry, before: ConsentState | None) -> Event | None:
    state = _state(entry, before)
    if state is None:
        return None
    version, digest = entry.body.get("notice"), entry.body.get("notice_digest")
    expires = entry.body.get("expires")
    return Event(
        state,
        entry.at,
        entry.index,
        version if isinstance(version, int) else None,
        digest if isinstance(digest, str) else None,
        datetime.fromisoformat(expires) if isinstance(expires, str) else None,
    )


def _state(entry: LedgerEntry, before: ConsentState | None) -> ConsentState | None:
    if entry.event == "grant":
        again = before is ConsentState.EXPIRED or (before is not None and before.valid)
        return ConsentState.RENEWED if again else ConsentState.GIVEN
    if entry.event == "ask":
        return ConsentState.REQUESTED
    if entry.event == "decline":
        said_no = entry.body.get("answer") == "no"
        return ConsentState.REFUSED if said_no else ConsentState.DEFERRED
    if entry.event == "expire":
        ran_out = entry.body.get("why") == "expired"
        return ConsentState.EXPIRED if ran_out else ConsentState.INVALIDATED
    if entry.event == "withdraw":
        # What ended by itself has said so with "expire"; turning it off is not the person's act.
        return None if entry.body.get("why") else ConsentState.WITHDRAWN
    return None


def _now(last: ConsentState, state: PurposeState) -> ConsentState:
    if not last.valid or state.active:
        return last
    over = state.ends_at is not None and "has ended" in state.why
    return ConsentState.EXPIRED if over else ConsentState.INVALIDATED
