"""Evidence of the record: signed checkpoints, proofs of single entries, and showing a witness."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from safelight.app.composition import Rooms
from safelight.app.verifying import Verdict, read_key, verify_files
from safelight.consent.ledger.checkpoint import parse_checkpoint
from safelight.consent.ledger.checkpoints import Checkpoints
from safelight.consent.ledger.note import Note, NoteKey, parse_key
from safelight.consent.ledger.proofs import EMPTY_ROOT
from safelight.consent.ledger.witness import Request, Witness, parse_request
from safelight.library.keys import LOG_KEY
from safelight.model.errors import SafelightError, UserError


@dataclass(frozen=True, slots=True)
class Seen:
    """What a witness keeps after it signed: its public key, the log, and how many entries."""

    witness: str
    origin: str
    entries: int
    before: int


class Proofs:
    """Proofs over the ledger of one library."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self.checkpoints = Checkpoints(rooms.ledger, lambda: rooms.keys.secret(LOG_KEY))

    @property
    def fault(self) -> str:
        """Why the record cannot be relied on, in words; empty when it holds."""
        return self._rooms.ledger.fault

    @property
    def key(self) -> str:
        """The log's public key, as one line."""
        return str(self.checkpoints.key.public)

    def verify(self) -> Verdict:
        """Read the whole log again; with its head, its key and its last checkpoint.

        What does not hold does not count from then on.
        """
        verdict = verify_home(self._rooms.settings.home)
        if not verdict.ok:
            self._rooms.ledger.distrust(verdict.problem)
        return verdict

    def checkpoint(self) -> str:
        """The signed checkpoint of this moment.

        Raises:
            UserError: the log does not hold; so for every method below.
        """
        return str(self.checkpoints.make())

    def request(self, since: int) -> str:
        """The same with the proof that it grew from `since` entries, as a witness is asked."""
        note = self.checkpoints.make()
        return str(self._request(since, note))

    def growth(self, old: int, new: int) -> tuple[bytes, ...]:
        """The hashes that prove that the log of `new` entries begins with that of `old`."""
        return self.checkpoints.growth(old, new)

    def prove(self, entry: int) -> str:
        """A `.tlog-proof` of one entry."""
        return str(self.checkpoints.prove(entry))

    def renew(self) -> Path:
        """Put a log that does not hold aside, whole, and begin a new one; returns where it is.

        Nothing that was allowed counts after it, until it is allowed again.
        """
        return self._rooms.ledger.renew()

    def show_witness(self, folder: Path) -> Seen:
        """Show the log to a witness that keeps its memory in `folder`, and keep its signature.

        Raises:
            UserError: the witness does not sign; the message says what it saw.
        """
        witness = _witness(folder)
        note = self.checkpoints.make()
        fresh = parse_checkpoint(note.text)
        seen = witness.seen(fresh.origin)
        before = seen.size if seen else 0
        request = self._request(min(before, fresh.size), note)
        signature = witness.observe(request, self.checkpoints.key.public)
        self.checkpoints.add(Note(note.text, (signature,)))
        return Seen(str(witness.key), fresh.origin, fresh.size, before)

    def seal(self) -> None:
        """At the end of a session: sign what was added, once there is a key that signs."""
        with suppress(SafelightError):
            if self._rooms.keys.key(LOG_KEY) is not None and not self.fault:
                self.checkpoints.make()

    def _request(self, since: int, note: Note) -> Request:
        return Request(since, self.growth(since, parse_checkpoint(note.text).size), note)


def verify_home(
    home: Path,
    key: NoteKey | None = None,
    checkpoint: Path | None = None,
    witnesses: Sequence[NoteKey] = (),
) -> Verdict:
    """Check the log of a library's folder, from its files alone.

    Args:
        key: in place of the one that lies beside the log.
        checkpoint: in place of the last one that was signed.

    Raises:
        UserError: its key cannot be read.
    """
    folder = home / "ledger"
    public, note = folder / "log.pub", checkpoint or folder / "checkpoint"
    if key is None and public.is_file():
        key = read_key(str(public))
    log, head = folder / "log.jsonl", folder / "head.json"
    if not any(path.exists() for path in (log, head, note)):
        return Verdict(True, "Nothing has been recorded yet.", 0, EMPTY_ROOT.hex())
    return verify_files(log, head=head, key=key, checkpoint=note, witnesses=witnesses)


def witness_alone(folder: Path, request: Path, key: Path | None) -> tuple[Seen, str]:
    """Be the witness on a machine that has nothing but a request and the log's public key.

    Args:
        key: the log's public key; needed the first time, and kept.

    Returns:
        what is kept now, and the cosigned checkpoint for the log's owner.

    Raises:
        UserError: it does not sign; the message says why.
    """
    witness = _witness(folder)
    try:
        asked = parse_request(request.read_bytes())
        fresh = parse_checkpoint(asked.note.text)
        kept = witness.known_key(fresh.origin)
        given = parse_key(key.read_text("utf-8")) if key is not None else kept
    except (OSError, ValueError) as error:
        raise UserError(f"{request}: {error}") from error
    if given is None:
        raise UserError("This log is new here: give its public key (log.pub) with --key.")
    before = witness.seen(fresh.origin)
    signature = witness.observe(asked, given)
    note = str(Note(asked.note.text, (*asked.note.signatures, signature)))
    return Seen(str(witness.key), fresh.origin, fresh.size, before.size if before else 0), note


def _witness(folder: Path) -> Witness:
    try:
        return Witness(folder)
    except (OSError, ValueError) as error:
        raise UserError(f"{folder} cannot be used for a witness: {error}") from error
