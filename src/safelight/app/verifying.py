"""Checking a log or a receipt from files alone: no library is opened and no secret is needed."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from safelight.app.recounting import describe_check, recount
from safelight.app.views import LedgerLine
from safelight.consent.ledger.checkpoint import Checkpoint, parse_proof, signed_checkpoint
from safelight.consent.ledger.entry import decode
from safelight.consent.ledger.note import LOG, Note, NoteKey, parse_key, parse_note
from safelight.consent.ledger.reading import key_entries
from safelight.consent.ledger.verify import VerifyReport, verify_log
from safelight.model.errors import UserError


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a log is whole, in words and in figures.

    Attributes:
        entries: how many were read; root: over all of them, hex.
        first_bad: number of the first entry that does not hold, None where all do.
        signed: how many entries the signed checkpoint covers, None without one.
        key: the key it was signed with.
        witnesses: (name, ISO 8601 time) of each that was asked about and signed it.
    """

    ok: bool
    text: str
    entries: int
    root: str
    first_bad: int | None = None
    problem: str = ""
    signed: int | None = None
    key: str | None = None
    witnesses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptVerdict:
    """Whether a receipt holds, the entry that it proves, and the log that it stands in."""

    ok: bool
    text: str
    entry: LedgerLine | None = None
    origin: str = ""
    size: int = 0


def read_key(text_or_file: str) -> NoteKey:
    """A public key, given as its line or as a file that holds it.

    Raises:
        UserError: it is neither.
    """
    try:
        path = Path(text_or_file)
        text = path.read_text("utf-8") if path.is_file() else text_or_file
        return parse_key(text)
    except (OSError, ValueError) as error:
        raise UserError(f"{text_or_file}: {error}") from error


def verify_files(
    log: Path,
    *,
    head: Path | None = None,
    key: NoteKey | None = None,
    checkpoint: Path | None = None,
    witnesses: Sequence[NoteKey] = (),
) -> Verdict:
    """Check a log file, its signed checkpoint, and that each of these witnesses signed it too.

    Raises:
        UserError: there is no log, or a file cannot be read.
    """
    note = _note(checkpoint) if checkpoint is not None else None
    if not log.is_file() and note is None:
        raise UserError(f"There is no log at {log}.")
    if witnesses and note is None:
        return _failed("There is no checkpoint that a witness could have signed.")
    try:
        signed = signed_checkpoint(note, key) if note is not None and key is not None else None
    except ValueError as error:
        return _failed(str(error))
    report = verify_log(log, head, signed)
    if report.ok and key is not None:
        named = key_entries(log)
        if named and named[-1] != str(key):
            return _failed("The log names another key than the one given.", report)
    unsigned = [each.name for each in witnesses if note is not None and note.by(each) is None]
    if report.ok and unsigned:
        return _unseen(unsigned, report)
    seen = tuple(_witnessed(note, each) for each in witnesses if note is not None)
    return _verdict(report, signed, key, seen)


def verify_receipt(data: bytes, key: NoteKey | None) -> ReceiptVerdict:
    """Check a `.tlog-proof`, or the receipt of an erasure, with nothing but the log's key.

    Args:
        key: None takes the key that the receipt itself names, which proves only that it was not
            changed since; to know whose it is, compare the key with one you have.
    """
    try:
        if data.lstrip().startswith(b"{"):
            return _erasure(json.loads(data), key)
        if key is None:
            raise ValueError("A proof names no key of its own; give the log's key with --key.")
        return _proved(data, key)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return ReceiptVerdict(False, f"This receipt does not hold. {_words(error)}")


def _proved(data: bytes, key: NoteKey) -> ReceiptVerdict:
    proof = parse_proof(data)
    checkpoint = proof.check(key)
    line = recount(decode(proof.entry))
    text = (
        f"Entry {proof.index} of {checkpoint.origin} holds, under a signed checkpoint over "
        f"{checkpoint.size:,} entries: {line.text}"
    )
    if line.index != proof.index:
        raise ValueError("The entry gives itself another number than the proof does.")
    return ReceiptVerdict(True, text, line, checkpoint.origin, checkpoint.size)


def _erasure(document: dict[str, Any], key: NoteKey | None) -> ReceiptVerdict:
    from safelight.consent.receipts import contradiction, signed_bytes

    named = parse_key(document["key"])
    if key is not None and named != key:
        raise ValueError("It was signed with another key than the one given.")
    plain = NoteKey(named.name, LOG, named.public)
    if not plain.signed(signed_bytes(document["receipt"]), b64decode(document["signature"])):
        raise ValueError("It was changed after it was signed.")
    found = _proved(document["proof"].encode(), named)
    assert found.entry is not None
    problem = contradiction(document["receipt"], found.entry.index, found.entry.raw)
    if problem:
        raise ValueError(problem)
    return found


def _witnessed(note: Note, witness: NoteKey) -> tuple[str, str]:
    signature = note.by(witness)
    assert signature is not None, "asked for above"
    return witness.name, datetime.fromtimestamp(signature.time, UTC).isoformat()


def _note(path: Path) -> Note | None:
    try:
        return parse_note(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UserError(f"{path} cannot be read as a checkpoint: {error}") from error


def _verdict(
    report: VerifyReport,
    signed: Checkpoint | None,
    key: NoteKey | None,
    witnesses: tuple[tuple[str, str], ...],
) -> Verdict:
    words = [describe_check(report)]
    if report.ok and signed is not None:
        words.append(f"The first {signed.size:,} are signed with the key of {signed.origin}.")
    words += [f"{name} saw them {at}." for name, at in witnesses]
    return Verdict(
        report.ok,
        " ".join(words),
        report.size,
        report.root,
        report.first_bad,
        report.problem,
        report.signed,
        str(key) if key is not None and signed is not None else None,
        witnesses,
    )


def _unseen(witnesses: Sequence[str], report: VerifyReport) -> Verdict:
    """The log is sound, and has grown since a witness saw it, or was never shown to it."""
    problem = f"Its last checkpoint was not signed by {' and '.join(witnesses)}."
    advice = "Show the log to that witness with `safelight ledger witness`, then ask again."
    text = f"All {report.size:,} entries are whole and in order. {problem} {advice}"
    return Verdict(False, text, report.size, report.root, problem=problem)


def _failed(problem: str, report: VerifyReport | None = None) -> Verdict:
    size, root = (report.size, report.root) if report is not None else (0, "")
    return Verdict(False, f"The log does not hold. {problem}", size, root, problem=problem)


def _words(error: Exception) -> str:
    return str(error) if isinstance(error, ValueError) else "It is not in the form of a receipt."
