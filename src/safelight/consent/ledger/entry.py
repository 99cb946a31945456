"""One ledger entry as one line of canonical JSON (RFC 8785)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import rfc8785

from safelight.model.consent import LedgerEntry, Purpose

FIELDS = frozenset({"at", "before", "body", "event", "index", "purpose"})


def encode(entry: LedgerEntry, before: bytes) -> bytes:
    """The line without its newline; `before` is the root over all earlier entries.

    Raises:
        ValueError: the body holds something that JSON has no exact form for.
    """
    return rfc8785.dumps(
        {
            "at": entry.at.isoformat(timespec="microseconds"),
            "before": before.hex(),
            "body": entry.body,  # type: ignore[dict-item]  # refused below where it is not JSON
            "event": entry.event,
            "index": entry.index,
            "purpose": entry.purpose.value if entry.purpose else None,
        }
    )


def decode(line: bytes) -> LedgerEntry:
    """Read a line back.

    Raises:
        ValueError: it is not an entry in canonical form.
    """
    return from_fields(parse(line))


def from_fields(fields: dict[str, Any]) -> LedgerEntry:
    """The entry that a parsed line holds.

    Raises:
        ValueError: a field holds what it cannot.
    """
    purpose = fields["purpose"]
    return LedgerEntry(
        index=fields["index"],
        at=datetime.fromisoformat(fields["at"]),
        event=fields["event"],
        purpose=Purpose(purpose) if purpose else None,
        body=fields["body"],
    )


def parse(line: bytes) -> dict[str, Any]:
    """The line's fields, checked to be in the one form that hashes the same everywhere.

    Raises:
        ValueError: not JSON, not canonical, or not an entry.
    """
    fields = json.loads(line)
    if not isinstance(fields, dict) or fields.keys() != FIELDS:
        raise ValueError("not a ledger entry")
    if not _plainly_canonical(line, fields) and rfc8785.dumps(fields) != line:
        raise ValueError("not in canonical form")
    return fields


def _plainly_canonical(line: bytes, fields: dict[str, Any]) -> bool:
    # For ASCII without fractions the standard encoder gives the canonical form, 20 times as fast.
    plain = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return line.isascii() and plain.encode() == line and not _has_fraction(fields)


def _has_fraction(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_fraction, value.values()))
    if isinstance(value, list):
        return any(map(_has_fraction, value))
    return isinstance(value, float)
