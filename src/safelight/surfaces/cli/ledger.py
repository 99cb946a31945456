"""`safelight ledger`: what was done, whether the record is whole, and proof of it for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from safelight.app.recounting import folded
from safelight.app.views import LedgerRun
from safelight.model.errors import UserError
from safelight.settings import load_settings
from safelight.surfaces.cli.session import Output, dry_run, open_library, options
from safelight.surfaces.cli.writing import write_whole

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def command() -> None:
    """The record of every grant, selection, derivation, erasure and refusal."""


@command.command()
@click.option("--start", default=0, show_default=True, help="First entry.")
@click.option("--count", default=10_000, show_default=True, help="At most so many.")
@click.option("--each", is_flag=True, help="Every entry on a line of its own, as in --json.")
@options
def show(start: int, count: int, each: bool, home: Path | None, output: Output) -> None:
    """Entries in plain words, oldest first; what repeats is told once."""
    with open_library(home) as library:
        lines = library.ledger(start, count)
        if not (each or output.as_json):
            output.many(map(_of_run, folded(lines)), _line, "No entry there.")
            return
        found = [
            {
                "index": line.index,
                "at": line.at,
                "event": line.event,
                "purpose": line.purpose,
                "text": line.text,
                "body": line.raw,
            }
            for line in lines
        ]
        output.many(found, _line, "No entry there.")


@command.command()
@click.option("--log", type=_FILE, help="A log file, instead of that of a library.")
@click.option("--receipt", type=_FILE, help="A receipt or .tlog-proof, instead of a log.")
@click.option("--key", help="The log's public key: the line, or a file with it (log.pub).")
@click.option("--checkpoint", type=_FILE, help="A signed checkpoint that the log has to meet.")
@click.option("--witness", "witnesses", multiple=True, help="A witness that has to have signed.")
@options
def verify(
    log: Path | None,
    receipt: Path | None,
    key: str | None,
    checkpoint: Path | None,
    witnesses: Sequence[str],
    home: Path | None,
    output: Output,
) -> None:
    """Check that nothing was changed, dropped or reordered; opens no library.

    Reads the log of a library's folder, or with --log or --receipt single files that were taken
    elsewhere. Exit code 1 when something does not hold.
    """
    if receipt is not None:
        _verify_receipt(receipt, key, load_settings(home).home / "ledger" / "log.pub", output)
        return
    from safelight.app.proving import verify_home
    from safelight.app.verifying import read_key, verify_files

    public, seen = read_key(key) if key else None, [read_key(each) for each in witnesses]
    if log is None:
        verdict = verify_home(load_settings(home).home, public, checkpoint, seen)
    else:
        verdict = verify_files(log, key=public, checkpoint=checkpoint, witnesses=seen)
    output.one(asdict(verdict), verdict.text)
    if not verdict.ok:
        raise UserError("the ledger does not hold, or not every witness signed it")


@command.command()
@click.option("--since", type=int, help="With the proof that it grew from so many entries.")
@options
def checkpoint(since: int | None, home: Path | None, output: Output) -> None:
    """The signed checkpoint of this moment: keep it elsewhere, to compare later.

    With --since it is what a witness on another machine asks for.
    """
    with open_library(home) as library:
        proofs = library.proofs
        text = proofs.checkpoint() if since is None else proofs.request(since)
        output.one({"key": proofs.key, "checkpoint": text}, text.rstrip("\n"))


@command.command()
@click.argument("entry", type=click.IntRange(min=0))
@click.option("--out", type=_FILE, help="Where to write it; ends in .tlog-proof by custom.")
@options
def prove(entry: int, out: Path | None, home: Path | None, output: Output) -> None:
    """A proof that an entry is in the log, which holds without the rest of it."""
    with open_library(home) as library:
        proof, key = library.proofs.prove(entry), library.proofs.key
    if out is not None:
        write_whole(out, [proof.encode()])
    fields = {"entry": entry, "key": key, "proof": proof, "path": out}
    output.one(fields, f"Written to {out}." if out else proof.rstrip("\n"))


@command.command()
@click.option("--at", "folder", type=_FOLDER, required=True, help="The witness's own folder.")
@click.option("--request", type=_FILE, help="What `checkpoint --since` gave, on another machine.")
@click.option("--key", type=_FILE, help="The log's public key, the first time on another machine.")
@click.option("--out", type=_FILE, help="With --request: where the signed checkpoint goes.")
@options
def witness(
    folder: Path,
    request: Path | None,
    key: Path | None,
    out: Path | None,
    home: Path | None,
    output: Output,
) -> None:
    """Show the log to a witness, which signs only if all it has seen is still its beginning.

    The folder is best on a disk or a machine that is not this one. A log that was rewritten or
    put back is refused with words and exit code 1.
    """
    from safelight.app.proving import witness_alone

    note = ""
    if request is not None:
        seen, note = witness_alone(folder, request, key)
    else:
        with open_library(home) as library:
            seen = library.proofs.show_witness(folder)
    if out is not None and note:
        write_whole(out, [note.encode()])
    words = (
        f"{seen.entries:,} entries signed; nothing before entry {seen.before:,} was changed."
        if seen.before
        else f"{seen.entries:,} entries signed. This log is new here: nothing earlier to compare."
    )
    output.one({**asdict(seen), "checkpoint": note or None}, words)


@command.command()
@dry_run
@options
def renew(dry_run: bool, home: Path | None, output: Output) -> None:
    """Put a log that does not hold aside, whole, and begin a new one.

    Every purpose stays off until it is allowed again. Photos and what was worked out stay.
    """
    with open_library(home) as library:
        fault = library.proofs.fault
        if dry_run or not fault:
            words = f"Would put the log aside: {fault}." if fault else "The record holds."
            output.one({"fault": fault, "kept_at": None, "dry_run": dry_run}, words)
            return
        aside = library.proofs.renew()
        words = f"The log that did not hold is kept at {aside}. Allow again what you want."
        output.one({"fault": fault, "kept_at": aside, "dry_run": False}, words)


def _verify_receipt(receipt: Path, key: str | None, own: Path, output: Output) -> None:
    """A proof without a key is one of this library, whose key lies at `own`."""
    from safelight.app.verifying import read_key, verify_receipt

    try:
        data = receipt.read_bytes()
    except OSError as error:
        raise UserError(f"{receipt} cannot be read ({error.strerror}).") from error
    if key is None and receipt.suffix == ".tlog-proof":
        if not own.is_file():
            raise UserError("A proof names no key of its own; give the log's key with --key.")
        key = str(own)
    verdict = verify_receipt(data, read_key(key) if key else None)
    output.one(asdict(verdict), verdict.text)
    if not verdict.ok:
        raise UserError("the receipt does not hold")


def _line(row: Mapping[str, Any]) -> str:
    return f"{row['index']:>6}  {row['at']:%Y-%m-%d %H:%M:%S}  {row['text']}"


def _of_run(run: LedgerRun) -> Mapping[str, Any]:
    return {"index": run.first.index, "at": run.first.at, "text": run.text}
