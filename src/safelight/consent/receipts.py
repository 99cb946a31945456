"""The receipt of an erasure: what was erased and what cannot be reached, signed, with its proof.

A receipt is made of the ledger's own entries, so it can be made again whenever it is missing, and
it holds what they hold: counts, never a name.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import rfc8785

from safelight.consent.ledger.checkpoint import InclusionProof
from safelight.consent.ledger.checkpoints import LogKey
from safelight.consent.purposes import notice
from safelight.model.consent import LedgerEntry, Purpose

KIND = "safelight-erasure-receipt@v1"
OUT_OF_REACH = (
    "Snapshots of the file system and backups that hold both the drawer and the key of that time.",
    "Files that you saved, shared or exported outside Safelight.",
    "Worn cells of a solid-state disk, which keep what was overwritten where no program can "
    "look; what they hold of the drawers is encrypted.",
)
"""What no program can reach when a purpose is erased with its key."""
OUT_OF_REACH_PARTS = (
    "Your photos themselves, which are never changed.",
    "Backups of Safelight's folder from before: the drawers that held these rows live on, and so "
    "do their keys. Turning the purpose off destroys those.",
    *OUT_OF_REACH[1:],
    "The ledger, which keeps how many photos were used when, with digests that need your key.",
)
"""The same when single photos were erased."""
_CHECKED = (("bytes", "bytes"), ("taken_back", "recalled"), ("drawers", "drawers"))


def make_receipt(intent: LedgerEntry | None, done: LedgerEntry, origin: str) -> dict[str, Any]:
    """What a receipt says, from the two entries of an erasure."""
    began, ended = (intent.body if intent is not None else {}), done.body
    parts = done.purpose is None
    rows = ended.get("rows", began.get("rows"))
    erased: dict[str, Any] = {
        "what": ended.get("what", "purpose"),
        "purpose": done.purpose.value if done.purpose is not None else None,
        "photos": ended.get("count"),
        "rows": rows,
        "bytes": ended.get("bytes"),
        "drawers": ended.get("drawers"),
        "keys": began.get("keys"),
        "taken_back": ended.get("recalled"),
        "not_rewritten": ended.get("not_rewritten", []),
    }
    return {
        "kind": KIND,
        "log": origin,
        "entry": done.index,
        "began": intent.index if intent is not None else None,
        "at": done.at.isoformat(),
        "words": _words(done.purpose, erased),
        "erased": erased,
        "not_reached": list(OUT_OF_REACH_PARTS if parts else OUT_OF_REACH),
    }


def sign_receipt(receipt: dict[str, Any], proof: InclusionProof, key: LogKey) -> dict[str, Any]:
    """The whole document: receipt, key, signature, and the proof of the entry it stands on."""
    return {
        "receipt": receipt,
        "key": str(key.public),
        "signature": b64encode(key.sign(signed_bytes(receipt))).decode(),
        "proof": str(proof),
    }


def signed_bytes(receipt: dict[str, Any]) -> bytes:
    """What is signed: the kind, which no checkpoint begins with, and the canonical JSON."""
    return KIND.encode() + b"\n" + rfc8785.dumps(receipt)


def contradiction(receipt: dict[str, Any], index: int, body: dict[str, object]) -> str:
    """Where a receipt says something else than the entry it stands on; empty where it does not."""
    if receipt["entry"] != index:
        return "It names another entry than the one that it proves."
    for ours, theirs in _CHECKED:
        if theirs in body and receipt["erased"].get(ours) != body[theirs]:
            return f"It says something else of {ours.replace('_', ' ')} than its entry does."
    return ""


def _words(purpose: Purpose | None, erased: dict[str, Any]) -> list[str]:
    if purpose is None:
        first = (
            f"Everything that was worked out from {_count(erased['photos'], 'photo')} was erased."
        )
    else:
        title = notice(purpose).title if purpose.grantable else purpose.value
        first = f"“{title}” was turned off, and everything that came from it was erased."
    words = [first, f"{_count(erased['rows'], 'row')} and {_count(erased['bytes'], 'byte')} went."]
    if erased["keys"]:
        words.append(f"{_count(len(erased['keys']), 'key')} and the master key were destroyed.")
    if erased["taken_back"]:
        words.append(f"{_count(erased['taken_back'], 'idea or creation')} taken back.")
    if erased["not_rewritten"]:
        words.append(
            f"Not written anew, since that could not be done then: "
            f"{', '.join(erased['not_rewritten'])}. What was deleted there is overwritten."
        )
    return words


def _count(number: object, word: str) -> str:
    if not isinstance(number, int):
        return f"an unknown number of {word}s"
    plural = "ideas and creations" if word == "idea or creation" else f"{word}s"
    return f"{number:,} {word if number == 1 else plural}"
