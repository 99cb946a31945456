"""A witness: keeps the last checkpoint of a log elsewhere, and signs only what grew from it.

What it is asked is the body of an `add-checkpoint` request of c2sp.org/tlog-witness; what it
answers is a cosignature of c2sp.org/tlog-cosignature.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safelight.consent.ledger.checkpoint import (
    Checkpoint,
    hash_lines,
    parse_checkpoint,
    parse_hashes,
    parse_number,
    signed_checkpoint,
)
from safelight.consent.ledger.note import (
    WITNESS,
    Note,
    NoteKey,
    Signature,
    cosign,
    parse_key,
    parse_note,
    with_signatures,
)
from safelight.consent.ledger.ondisk import replace_file
from safelight.consent.ledger.proofs import EMPTY_ROOT, is_consistent
from safelight.model.errors import UserError


@dataclass(frozen=True, slots=True)
class Request:
    """A checkpoint, and the proof that it grew from the one of `old` entries."""

    old: int
    path: tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        return f"old {self.old}\n{hash_lines(self.path)}\n{self.note}"


def parse_request(data: bytes) -> Request:
    """Read a request.

    Raises:
        ValueError: it is not one.
    """
    head, blank, rest = data.partition(b"\n\n")
    first, *hashes = head.decode("utf-8", "replace").split("\n")
    if not blank or not first.startswith("old "):
        raise ValueError("This is not a request to a witness.")
    return Request(parse_number(first.removeprefix("old ")), parse_hashes(hashes), parse_note(rest))


class Witness:
    """Keeps what it has seen in a folder of its own: another disk, or another machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._private = Ed25519PrivateKey.from_private_bytes(self._seed())
        public = self._private.public_key().public_bytes_raw()
        name = f"safelight/witness/{sha256(public).hexdigest()[:16]}"
        self.key = NoteKey(name, WITNESS, public)
        replace_file(folder / "witness.pub", f"{self.key}\n".encode())

    def seen(self, origin: str) -> Checkpoint | None:
        """The last checkpoint of a log that was signed here; None for a log not known yet.

        Raises:
            UserError: what is kept cannot be read, so that nothing can be compared.
        """
        path = self._place(origin) / "checkpoint"
        try:
            return parse_checkpoint(parse_note(path.read_bytes()).text)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise UserError(f"{path} cannot be read, so nothing can be compared.") from error

    def known_key(self, origin: str) -> NoteKey | None:
        """The key under which a log is known here.

        Raises:
            ValueError: what is kept is damaged.
        """
        path = self._place(origin) / "log.pub"
        return parse_key(path.read_text("utf-8")) if path.is_file() else None

    def observe(self, request: Request, key: NoteKey) -> Signature:
        """Sign a checkpoint, if everything seen before is still its beginning.

        Args:
            key: the log's public key. The first one seen is the one that counts from then on.

        Raises:
            UserError: it is not; the message says what happened to the log.
        """
        try:
            fresh = signed_checkpoint(request.note, key)
        except ValueError as error:
            raise UserError(f"Not signed: {error}") from error
        self._require_known(key)
        self._require_growth(request, fresh)
        signature = cosign(request.note.text, self.key.name, self._private)
        place = self._place(fresh.origin)
        place.mkdir(mode=0o700, exist_ok=True)
        replace_file(place / "log.pub", f"{key}\n".encode())
        replace_file(place / "checkpoint", str(with_signatures(request.note, [signature])).encode())
        return signature

    def _require_known(self, key: NoteKey) -> None:
        if self.known_key(key.name) not in (None, key):
            raise UserError(f"Not signed: this witness knows {key.name} under another key.")

    def _require_growth(self, request: Request, fresh: Checkpoint) -> None:
        kept = self.seen(fresh.origin) or Checkpoint(fresh.origin, 0, EMPTY_ROOT)
        if fresh.size < kept.size:
            raise UserError(
                f"Not signed: this log now has {fresh.size:,} entries, and this witness has seen "
                f"{kept.size:,}. It was put back to an earlier state."
            )
        if fresh.size == kept.size and fresh.root != kept.root:
            raise UserError(
                f"Not signed: this witness has seen another log of {kept.size:,} entries under "
                "the same name. One of the two was rewritten."
            )
        if request.old != kept.size:
            raise UserError(
                f"Not signed: this witness has seen {kept.size:,} entries, and the proof begins at "
                f"{request.old:,}. Ask again with `ledger checkpoint --since {kept.size}`."
            )
        if not is_consistent(kept.size, kept.root, fresh.size, fresh.root, request.path):
            raise UserError(
                f"Not signed: the {kept.size:,} entries that this witness has seen are not how "
                "this log begins. Something among them was changed, or it is another log."
            )

    def _place(self, origin: str) -> Path:
        return self.folder / sha256(origin.encode()).hexdigest()[:16]

    def _seed(self) -> bytes:
        path = self.folder / "witness.key"
        if not path.is_file():
            replace_file(path, os.urandom(32))
        return path.read_bytes()
