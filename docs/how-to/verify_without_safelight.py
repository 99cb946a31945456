"""Checks a log or a proof of Safelight without Safelight: one file, to be read before it is run.

    python verify_without_safelight.py log.pub checkpoint log.jsonl
    python verify_without_safelight.py log.pub entry-17.tlog-proof

Needs Python and the package `cryptography`. Written from the public standards alone: RFC 6962 for
the tree, c2sp.org/signed-note for the signature, c2sp.org/tlog-proof for the proof.
"""

from __future__ import annotations

import sys
from base64 import b64decode
from hashlib import sha256
from json import loads
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def signed(note: str, key: str) -> tuple[int, bytes]:
    """Size and root of a checkpoint, once its signature was checked (it raises where it fails)."""
    name, _, material = key.strip().split("+", 2)
    public = b64decode(material)
    key_id = sha256(name.encode() + b"\n" + public).digest()[:4]
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        _, who, value = line.split(" ")
        raw = b64decode(value)
        if who == name and raw[:4] == key_id:
            Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], text.encode())
            origin, size, root = text.splitlines()[:3]
            assert origin == name, "a checkpoint of another log"
            return int(size), b64decode(root)
    raise AssertionError("this key did not sign it")


def root_of(leaves: list[bytes]) -> bytes:
    """Root of a tree, as RFC 6962 (2.1) defines it."""
    if not leaves:
        return sha256(b"").digest()
    while len(leaves) > 1:
        pairs = zip(leaves[::2], leaves[1::2], strict=False)
        odd = leaves[-1:] if len(leaves) % 2 else []
        leaves = [sha256(b"\1" + left + right).digest() for left, right in pairs] + odd
    return leaves[0]


def check_log(log: bytes, size: int, root: bytes) -> str:
    """That the log begins with exactly the entries that were signed, each in its place."""
    lines = log.split(b"\n")[:-1][:size]
    assert len(lines) == size, f"{size - len(lines)} entries are missing"
    assert root_of([sha256(b"\0" + line).digest() for line in lines]) == root, "it was changed"
    assert [loads(line)["index"] for line in lines] == list(range(size)), "it is out of order"
    return f"{size} entries are as they were signed"


def check_proof(proof: str, key: str) -> str:
    """That one entry is in the log that was signed (RFC 9162, 2.1.3.2)."""
    head, _, note = proof.partition("\n\n")
    size, root = signed(note, key)
    _, extra, index, *path = head.splitlines()
    entry = b64decode(extra.removeprefix("extra "))
    place, last = int(index.removeprefix("index ")), size - 1
    node = sha256(b"\0" + entry).digest()
    for sibling in map(b64decode, path):
        if place & 1 or place == last:
            node = sha256(b"\1" + sibling + node).digest()
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = sha256(b"\1" + node + sibling).digest()
        place, last = place >> 1, last >> 1
    assert last == 0, "the proof has the wrong length"
    assert node == root, "the entry is not in this log"
    return entry.decode()


def main(key: str, what: str, log: str = "") -> None:
    """Check, and say what holds; an error says what does not."""
    public, text = Path(key).read_text("utf-8"), Path(what).read_text("utf-8")
    if log:
        held = check_log(Path(log).read_bytes(), *signed(text, public))
    else:
        held = check_proof(text, public)
    sys.stdout.write(held + "\n")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except AssertionError as fault:
        sys.exit(f"This does not hold: {fault}.")
