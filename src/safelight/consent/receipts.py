"""The receipt of an erasure: what was erased and what cannot be reached, signed, with its proof.

A receipt is made of the ledger's own entries, so it can be made again whenever it is missing, and
it holds what they hold: counts, never a name.
"""

from __future__ import annotations

from typing import Any

import rfc8785

KIND = "safelight-erasure-receipt@v1"


def signed_bytes(receipt: dict[str, Any]) -> bytes:
    """What is signed: the kind, which no checkpoint begins with, and the canonical JSON."""
    return KIND.encode() + b"\n" + rfc8785.dumps(receipt)


def contradiction(receipt: dict[str, Any], index: int, body: dict[str, object]) -> str:
    """Where a receipt says something else than the entry it stands on; empty where it does not."""
    if receipt["entry"] != index:
        return "It names another entry than the one that it proves."
    erased = receipt["erased"]
    for ours, theirs in (("bytes", "bytes"), ("taken_back", "recalled"), ("drawers", "drawers")):
        if theirs in body and erased.get(ours) != body[theirs]:
            return f"It says something else of {ours.replace('_', ' ')} than its entry does."
    return ""
