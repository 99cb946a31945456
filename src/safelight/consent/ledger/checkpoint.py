"""Checkpoints and receipts as text: c2sp.org/tlog-checkpoint and c2sp.org/tlog-proof."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from safelight.consent.ledger.note import Note, NoteKey, parse_note
from safelight.consent.ledger.proofs import root_by_inclusion
from safelight.consent.ledger.tree import leaf_hash

_PROOF = "c2sp.org/tlog-proof@v1"
_HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a log goes, and the root over it. `origin` names the log, and nobody."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a note's text as a checkpoint; lines after the third are no business of ours.

    Raises:
        ValueError: it is not one.
    """
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or "" in lines[:-1]:
        raise ValueError("This is not a checkpoint.")
    return Checkpoint(lines[0], parse_number(lines[1]), parse_hash(lines[2]))


def signed_checkpoint(note: Note, key: NoteKey) -> Checkpoint:
    """The checkpoint in a note that the log's key signed.

    Raises:
        ValueError: the key did not sign it, or it is no checkpoint of that log.
    """
    if note.by(key) is None:
        raise ValueError(f"This checkpoint was not signed with the key of {key.name}.")
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != key.name:
        raise ValueError(f"This checkpoint is of another log, {checkpoint.origin}.")
    return checkpoint


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That one entry is in a log.

    Attributes:
        entry: the entry's line without its newline, which travels in the `extra` field.
        path: hashes from the leaf's sibling up.
        note: the signed checkpoint.
    """

    index: int
    path: tuple[bytes, ...]
    note: Note
    entry: bytes

    def __str__(self) -> str:
        extra = f"extra {b64encode(self.entry).decode()}\n" if self.entry else ""
        return f"{_PROOF}\n{extra}index {self.index}\n{hash_lines(self.path)}\n{self.note}"

    def check(self, key: NoteKey) -> Checkpoint:
        """The checkpoint under which the entry stands, once all of it is checked.

        Raises:
            ValueError: something does not hold; the message says what.
        """
        checkpoint = signed_checkpoint(self.note, key)
        leaf = leaf_hash(self.entry)
        root = root_by_inclusion(leaf, self.index, checkpoint.size, self.path)
        if root != checkpoint.root:
            raise ValueError(
                f"This entry is not number {self.index} of the log that was signed: it was "
                "changed, or the proof belongs to another one."
            )
        return checkpoint


def parse_proof(data: bytes) -> InclusionProof:
    """Read a `.tlog-proof` file.

    Raises:
        ValueError: it is not one.
    """
    head, blank, rest = data.partition(b"\n\n")
    lines = head.decode("utf-8", "replace").split("\n")
    if not blank or lines[:1] != [_PROOF]:
        raise ValueError("This is not a proof of a log's entry (.tlog-proof).")
    entry = b""
    if len(lines) > 1 and lines[1].startswith("extra "):
        entry = b64decode(lines.pop(1).removeprefix("extra "), validate=True)
    if len(lines) < 2 or not lines[1].startswith("index "):
        raise ValueError("This proof does not say which entry it is for.")
    index = parse_number(lines[1].removeprefix("index "))
    return InclusionProof(index, parse_hashes(lines[2:]), parse_note(rest), entry)


def hash_lines(hashes: Iterable[bytes]) -> str:
    """Hashes as base64, one a line."""
    return "".join(f"{b64encode(each).decode()}\n" for each in hashes)


def parse_hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    """The inverse of `hash_lines`.

    Raises:
        ValueError: a line is no hash.
    """
    return tuple(map(parse_hash, lines))


def parse_hash(line: str) -> bytes:
    """A SHA-256 hash from base64.

    Raises:
        ValueError: it is none.
    """
    found = b64decode(line, validate=True)
    if len(found) != _HASH_BYTES or b64encode(found).decode() != line:
        raise ValueError("This is not a hash.")
    return found


def parse_number(text: str) -> int:
    """A decimal number without a leading zero.

    Raises:
        ValueError: it is none.
    """
    if not text.isascii() or not text.isdecimal() or str(int(text[:20])) != text:
        raise ValueError("This is not a number.")
    return int(text)
