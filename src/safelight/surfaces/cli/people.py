"""`safelight people`: who is in the pictures, and what you say about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from safelight.model.creations import Box
from safelight.model.errors import UserError
from safelight.model.people import PersonRow
from safelight.surfaces.cli.session import Output, dry_run, open_library, options


@click.group()
def command() -> None:
    """People in your photos, grouped by their faces; all of it is erased with `faces`."""


@command.command("list")
@click.option("--hidden/--no-hidden", default=False, help="Also people whom you hid.")
@options
def list_(hidden: bool, home: Path | None, output: Output) -> None:
    """Everybody, named ones first, then by number of photos."""
    with open_library(home) as library:
        found = [row for row in library.people.people() if hidden or not row.hidden]
        output.many(map(_fields, found), _line)


@command.command()
@click.argument("person")
@click.argument("name")
@dry_run
@options
def name(person: str, name: str, dry_run: bool, home: Path | None, output: Output) -> None:
    """Give PERSON a NAME; an empty one takes it away."""
    with open_library(home) as library:
        _person(library.people.people(), person)
        if not dry_run:
            library.people.name(person, name)
        data = {"id": person, "name": name or None, "dry_run": dry_run}
        output.one(data, f"{person} is {name or 'without a name'}.")


@command.command()
@click.argument("person")
@click.argument("others", nargs=-1, required=True)
@dry_run
@options
def merge(
    person: str, others: Sequence[str], dry_run: bool, home: Path | None, output: Output
) -> None:
    """OTHERS are PERSON too."""
    with open_library(home) as library:
        everybody = library.people.people()
        for each in (person, *others):
            _person(everybody, each)
        for other in others if not dry_run else ():
            library.people.merge(person, other)
        output.one(
            {"id": person, "merged": others, "dry_run": dry_run},
            f"{', '.join(others)} became {person}.",
        )


@command.command()
@click.argument("person")
@click.argument("assets", nargs=-1, required=True)
@click.option("--nobody", is_flag=True, help="Not this person, and nobody else either for now.")
@click.option("--to", help="They are this person, who is known already.")
@dry_run
@options
def split(
    person: str,
    assets: Sequence[str],
    nobody: bool,
    to: str | None,
    dry_run: bool,
    home: Path | None,
    output: Output,
) -> None:
    """The faces in ASSETS are not PERSON but somebody else; face ids do as well."""
    with open_library(home) as library:
        row = _person(library.people.people(), person)
        faces = _chosen(row, assets)
        made = to
        if nobody and to is not None:
            raise UserError("Either --nobody or --to, not both.")
        if not dry_run and to is not None:
            library.people.move(person, faces, to)
        elif not dry_run and nobody:
            library.people.not_this_person(*faces)
        elif not dry_run:
            made = library.people.split(person, faces)
        output.one(
            {"id": person, "new": made, "faces": faces, "dry_run": dry_run},
            f"{len(faces)} faces are {made or 'nobody'} now.",
        )


@command.command()
@click.argument("person")
@click.option(
    "--remember",
    is_flag=True,
    help="Keep one template to leave this person out of new photos too. Only if they agree.",
)
@dry_run
@options
def exclude(person: str, remember: bool, dry_run: bool, home: Path | None, output: Output) -> None:
    """Never group PERSON: templates and name are erased."""
    with open_library(home) as library:
        row = _person(library.people.people(), person)
        erased = 0 if dry_run else library.people.exclude(person, remember=remember)
        output.one(
            {"id": person, "erased": erased, "remembered": remember, "dry_run": dry_run},
            f"{erased} of {len(row.faces)} faces erased." if dry_run else f"{erased} faces erased.",
        )


@command.command()
@click.argument("person")
@click.option("--show", is_flag=True, help="Bring PERSON back.")
@dry_run
@options
def hide(person: str, show: bool, dry_run: bool, home: Path | None, output: Output) -> None:
    """Leave PERSON out of lists and ideas."""
    with open_library(home) as library:
        _person(library.people.people(), person)
        if not dry_run:
            library.people.hide(person, not show)
        data = {"id": person, "hidden": not show, "dry_run": dry_run}
        output.one(data, f"{person} is {'shown' if show else 'hidden'}.")


def _working(name: str, words: str, key: str) -> click.Command:
    """A command without arguments over everybody."""

    @click.command(name, help=words)
    @dry_run
    @options
    def work(dry_run: bool, home: Path | None, output: Output) -> None:
        with open_library(home) as library:
            act: Callable[[], object] = getattr(library.people, name)
            library.people.people()  # refused here when `faces` is off
            data = {key: None if dry_run else act(), "dry_run": dry_run}
            output.one(data, f"{name}: {data[key]}")

    return work


command.add_command(_working("undo", "Take back what was said last.", "undone"))
command.add_command(_working("regroup", "Group anew all that nobody confirmed.", "faces"))


def _person(everybody: Sequence[PersonRow], person: str) -> PersonRow:
    row = next((row for row in everybody if row.id == person), None)
    if row is None:
        raise UserError(f"There is no person {person}.")
    return row


def _chosen(row: PersonRow, words: Sequence[str]) -> list[str]:
    chosen = [face.id for face in row.faces if {face.id, face.asset} & set(words)]
    missing = set(words) - {key for face in row.faces for key in (face.id, face.asset)}
    if missing:
        raise UserError(f"{row.id} is not in {', '.join(sorted(missing))}.")
    return chosen


def _fields(row: PersonRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "faces": [
            {"asset": face.asset, "box": _box(face.box), "id": face.id, "quality": face.quality}
            for face in row.faces
        ],
        "hidden": row.hidden,
        "suggested": row.suggested,
    }


def _box(box: Box) -> list[float]:
    return [round(value, 1) for value in (box.x, box.y, box.width, box.height)]


def _line(row: Mapping[str, Any]) -> str:
    guess = f"  (perhaps {row['suggested'][0]})" if row["suggested"] and not row["name"] else ""
    return f"{row['id']}  {len(row['faces']):>5} faces  {row['name'] or '-'}{guess}"
