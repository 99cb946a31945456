"""The log's own checkpoints: signed, kept beside the log, never one that contradicts another."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safelight.consent.ledger.checkpoint import Checkpoint, InclusionProof, parse_checkpoint
from safelight.consent.ledger.note import LOG, Note, NoteKey, parse_note, sign, with_signatures
from safelight.consent.ledger.ondisk import replace_file
from safelight.consent.ledger.proofs import (
    consistency_ranges,
    inclusion_ranges,
    is_consistent,
    range_roots,
)
from safelight.consent.ledger.reading import leaf_hashes
from safelight.model.errors import UserError

if TYPE_CHECKING:
    from safelight.consent.ledger.log import Ledger


def read_checkpoint(path: Path) -> list[tuple[int, bytes]]:
    """What a kept checkpoint claims (size, root), its signature unchecked; nothing without one.

    One that cannot be read claims what no log can meet.
    """
    try:
        found = parse_checkpoint(parse_note(path.read_bytes()).text)
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        return [(1, b"")]
    return [(found.size, found.root)]


class LogKey:
    """The key that signs a log, from its 32 secret bytes. Its name is made of the key alone."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        public = self._private.public_key().public_bytes_raw()
        self.public = NoteKey(f"safelight/ledger/{sha256(public).hexdigest()[:16]}", LOG, public)

    def note(self, text: str) -> Note:
        """The text, signed."""
        return Note(text, (sign(text, self.public.name, self._private),))

    def sign(self, message: bytes) -> bytes:
        """Signature over a message that cannot be mistaken for a checkpoint."""
        return self._private.sign(message)


class Checkpoints:
    """Signs, keeps and proves, over one ledger.

    Args:
        seed: gives the log's secret, made at the first call, kept as all keys are.
    """

    def __init__(self, ledger: Ledger, seed: Callable[[], bytes]) -> None:
        self._ledger = ledger
        self._seed = seed
        self.public = ledger.folder / "log.pub"

    @property
    def key(self) -> LogKey:
        """The log's key; its public half lies beside the log and is an entry of it."""
        key = LogKey(self._seed())
        text = f"{key.public}\n"
        if not self.public.is_file() or self.public.read_text("utf-8") != text:
            self._ledger.append("ledger-key", None, {"key": str(key.public)})
            replace_file(self.public, text.encode())
        return key

    def kept(self) -> Note | None:
        """The checkpoint that was signed last, with the signatures of witnesses."""
        try:
            return parse_note(self._ledger.checkpoint.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise UserError(f"{self._ledger.checkpoint} is damaged: {error}") from error

    def make(self) -> Note:
        """The signed checkpoint of this moment; the kept one where nothing happened since.

        Raises:
            UserError: the log does not hold, or is no continuation of what was signed before.
        """
        key = self.key
        state = self._ledger.state()
        text = str(Checkpoint(key.public.name, state.size, state.root))
        kept = self.kept()
        if kept is not None and kept.text == text and kept.by(key.public):
            return kept
        if kept is not None:
            self._require_growth(parse_checkpoint(kept.text), state)
        note = key.note(text)
        replace_file(self._ledger.checkpoint, str(note).encode())
        return note

    def add(self, note: Note) -> None:
        """Keep what a witness signed, with the checkpoint it signed."""
        kept = self.kept()
        if kept is not None and kept.text == note.text:
            replace_file(
                self._ledger.checkpoint, str(with_signatures(kept, note.signatures)).encode()
            )

    def prove(self, index: int) -> InclusionProof:
        """That an entry is in the log, under a checkpoint of this moment.

        Raises:
            UserError: there is no such entry, or the log does not hold.
        """
        line = self._ledger.line(index)
        note = self.make()
        size = parse_checkpoint(note.text).size
        path = range_roots(leaf_hashes(self._ledger.log), inclusion_ranges(index, size))
        proof = InclusionProof(index, tuple(path), note, line)
        proof.check(self.key.public)  # never hand out what does not hold
        return proof

    def growth(self, old: int, new: int) -> tuple[bytes, ...]:
        """The proof that the log of `new` entries begins with that of `old`.

        Raises:
            UserError: the log has fewer entries than that.
        """
        try:
            ranges = consistency_ranges(old, new)
            return tuple(range_roots(leaf_hashes(self._ledger.log), ranges))
        except ValueError as error:
            raise UserError(f"There is no such proof: {error}.") from error

    def _require_growth(self, kept: Checkpoint, state: Checkpoint) -> None:
        path = self.growth(kept.size, state.size)
        if not is_consistent(kept.size, kept.root, state.size, state.root, path):
            raise UserError("The log is no continuation of the checkpoint that was signed before.")
