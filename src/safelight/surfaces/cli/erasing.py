"""`safelight consent erase`, `lift`, `receipts`: parts of a library erased, and proof of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from safelight.surfaces.cli.session import Output, dry_run, open_library, options, photos
from safelight.surfaces.cli.writing import write_whole

if TYPE_CHECKING:
    from safelight.app.erasing import Selection
    from safelight.app.facade import Safelight

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--asset", "assets", multiple=True, help="A photo, by its id; may be repeated.")
@click.option("--folder", type=click.Path(path_type=Path), help="Every photo in this folder.")
@click.option("--person", help="Every photo that shows this person, by name or id.")
@dry_run
@options
def erase(
    assets: Sequence[str],
    folder: Path | None,
    person: str | None,
    dry_run: bool,
    home: Path | None,
    output: Output,
) -> None:
    """Erase what was worked out from some photos, and pass them over from now on.

    Previews, places, content, faces, ideas and creations that used them go, down to the last
    row. The photos themselves stay. `consent lift` lets them be read again.
    """
    if sum((bool(assets), folder is not None, person is not None)) != 1:
        raise click.UsageError("Name photos with --asset, or a --folder, or a --person.")
    with open_library(home) as library:
        chosen = _selection(library, assets, folder, person)
        if dry_run:
            fields = {**asdict(library.erasing.forecast(chosen)), "dry_run": True}
            output.one(fields, _forecast(fields))
            return
        fields = asdict(library.erasing.erase(chosen))
        output.one(fields, _erased(fields))


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--all", "every", is_flag=True, help="All photos that were erased one by one.")
@dry_run
@options
def lift(
    paths: Sequence[Path], every: bool, dry_run: bool, home: Path | None, output: Output
) -> None:
    """Let erased photos be read again by the next scan.

    Which photos were erased is kept nowhere in a form that could be listed, so name their files.
    """
    if every == bool(paths):
        raise click.UsageError("Name files, or say --all.")
    with open_library(home) as library:
        before = library.erasing.left_out()
        lifted = 0
        if not dry_run:
            names = [str(path) for path in paths]
            lifted = library.erasing.lift_all() if every else library.erasing.lift(names)
        fields = {"lifted": lifted, "left_out": before - lifted, "dry_run": dry_run}
        output.one(fields, f"{lifted:,} let back in; {before - lifted:,} still passed over.")


@click.command()
@click.argument("entry", required=False, type=click.IntRange(min=0))
@click.option("--out", type=_FILE, help="Where the signed receipt of ENTRY goes.")
@options
def receipts(entry: int | None, out: Path | None, home: Path | None, output: Output) -> None:
    """The receipts of what was erased; with ENTRY the signed document itself."""
    with open_library(home) as library:
        if entry is None:
            rows = [asdict(row) for row in library.receipts.all()]
            output.many(rows, _receipt, "Nothing was erased yet.")
            return
        document = library.receipts.get(entry)
    if out is not None:
        write_whole(out, [json.dumps(document, indent=1, ensure_ascii=False).encode()])
    output.one(document, "\n".join(_document(document)))


def _selection(
    library: Safelight, assets: Sequence[str], folder: Path | None, person: str | None
) -> Selection:
    if person is not None:
        return library.erasing.person(person)
    if folder is not None:
        return library.erasing.folder(str(folder))
    return library.erasing.photos(assets)


def _forecast(row: Mapping[str, Any]) -> str:
    rows = ", ".join(f"{count:,} in {name}" for name, count in row["rows"].items())
    return (
        f"Would erase what was worked out from {photos(row['photos'])}: rows {rows or 'none'}; "
        f"ideas: {row['ideas']:,}, creations: {row['creations']:,}. The photos stay."
    )


def _erased(row: Mapping[str, Any]) -> str:
    rest = ", ".join(row["not_rewritten"])
    return (
        f"{photos(row['photos'])}: {row['rows']:,} rows and {row['taken_back']:,} ideas and "
        f"creations erased. Receipt: entry {row['entry']}."
        + (f" Not written anew: {rest}." if rest else "")
    )


def _receipt(row: Mapping[str, Any]) -> str:
    return f"{row['entry']:>6}  {row['at']:%Y-%m-%d %H:%M}  {' '.join(row['words'])}"


def _document(document: Mapping[str, Any]) -> list[str]:
    receipt = document["receipt"]
    beyond = [f"Not in reach: {text}" for text in receipt["not_reached"]]
    return [*receipt["words"], *beyond, f"Entry {receipt['entry']} of {receipt['log']}."]
