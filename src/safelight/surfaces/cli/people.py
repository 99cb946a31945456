"""`safelight people`: who is in the pictures, and what you say about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from safelight.model.creations import Box
from safelight.model.errors import UserError
from safelight.model.names import shown
from safelight.model.people import PersonRow
from safelight.surfaces.cli.nothing import nobody
from safelight.surfaces.cli.session import Output, dry_run, open_library, options


@click.group()
def command() -> None:
    """People in your photos, grouped by their faces; all of it is erased with `faces`.

    PERSON is an id, as `people list` gives it, or a name that you gave.
    """


@command.command("list")
@click.option("--hidden/--no-hidden", default=False, help="Also people whom you hid.")
@options
def list_(hidden: bool, home: Path | None, output: Output) -> None:
    """Everybody, named ones first, then by number of photos."""
    with open_library(home) as library:
        found = [row for row in library.people.people() if hidden or not row.hidden]
        output.many(map(_fields, found), _line, lambda: nobody(library))


@command.command()
@click.argument("person")
@click.argument("name")
@dry_run
@options
def name(person: str, name: str, dry_run: bool, home: Path | None, output: Output) -> None:
    """Give PERSON a NAME; an empty one takes it away."""
    with open_library(home) as library:
        row = _person(library.people.people(), person)
        if not dry_run:
            library.people.name(row.id, name)
        data = {"id": row.id, "name": name or None, "dry_run": dry_run}
        would = "would be" if dry_run else "is"
        called = shown(" ".join(name.split())) or "without a name"
        output.one(data, f"{_called(row)} {would} {called}.")


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
        stays, *gone = [_person(everybody, each) for each in (person, *others)]
        for other in gone if not dry_run else ():
            library.people.merge(stays.id, other.id)
        output.one(
            {"id": stays.id, "merged": [other.id for other in gone], "dry_run": dry_run},
            f"{', '.join(map(_called, gone))} {'would become' if dry_run else 'became'} "
            f"{_called(stays)}.",
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
        everybody = library.people.people()
        row = _person(everybody, person)
        faces = _chosen(row, assets)
        if nobody and to is not None:
            raise UserError("Either --nobody or --to, not both.")
        other = _person(everybody, to) if to is not None else None
        made = other.id if other is not None else None
        if not dry_run and other is not None:
            library.people.move(row.id, faces, other.id)
        elif not dry_run and nobody:
            library.people.not_this_person(*faces)
        elif not dry_run:
            made = library.people.split(row.id, faces)
        whose = "nobody's" if nobody else _called(other) if other else made or "somebody new"
        output.one(
            {"id": row.id, "new": made, "faces": faces, "dry_run": dry_run},
            f"{_faces(len(faces))}: {'would be' if dry_run else 'now'} {whose}.",
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
        erased = 0 if dry_run else library.people.exclude(row.id, remember=remember)
        said = f"Would erase {_faces(len(row.faces))}." if dry_run else f"Erased {_faces(erased)}."
        output.one(
            {"id": row.id, "erased": erased, "remembered": remember, "dry_run": dry_run}, said
        )


@command.command()
@click.argument("person")
@click.option("--show", is_flag=True, help="Bring PERSON back.")
@dry_run
@options
def hide(person: str, show: bool, dry_run: bool, home: Path | None, output: Output) -> None:
    """Leave PERSON out of lists and ideas."""
    with open_library(home) as library:
        row = _person(library.people.people(), person)
        if not dry_run:
            library.people.hide(row.id, not show)
        data = {"id": row.id, "hidden": not show, "dry_run": dry_run}
        would = "would be" if dry_run else "is"
        output.one(data, f"{_called(row)} {would} {'shown' if show else 'hidden'}.")


@command.command()
@dry_run
@options
def undo(dry_run: bool, home: Path | None, output: Output) -> None:
    """Take back what was said last."""
    with open_library(home) as library:
        last = library.people.last_said()
        undone = None if dry_run else library.people.undo()
        if last is None:
            words = "There is nothing to take back."
        elif dry_run:
            words = "Would take back what was said last."
        else:
            words = f"Taken back: {undone}."
        output.one({"undone": undone, "dry_run": dry_run}, words)


@command.command()
@dry_run
@options
def regroup(dry_run: bool, home: Path | None, output: Output) -> None:
    """Group anew all that nobody confirmed."""
    with open_library(home) as library:
        library.people.people()  # refused here when `faces` is off
        faces = None if dry_run else library.people.regroup()
        words = "Would group anew." if faces is None else f"{_faces(faces)} belong to somebody."
        output.one({"faces": faces, "dry_run": dry_run}, words)


def _person(everybody: Sequence[PersonRow], named: str) -> PersonRow:
    """Who has this id, or else this name."""
    wanted = " ".join(named.split()).casefold()
    rows = [row for row in everybody if row.id == named] or [
        row for row in everybody if row.name and row.name.casefold() == wanted
    ]
    if not rows:
        raise UserError(f"There is no person {shown(named)}. `safelight people list` says who is.")
    if len(rows) > 1:
        ids = ", ".join(row.id for row in rows)
        raise UserError(f"Several people are called {shown(named)}: {ids}. Say which by its id.")
    return rows[0]


def _called(row: PersonRow) -> str:
    return shown(row.name) if row.name else row.id


def _faces(number: int) -> str:
    return f"{number:,} {'face' if number == 1 else 'faces'}"


def _chosen(row: PersonRow, words: Sequence[str]) -> list[str]:
    chosen = [face.id for face in row.faces if {face.id, face.asset} & set(words)]
    missing = set(words) - {key for face in row.faces for key in (face.id, face.asset)}
    if missing:
        raise UserError(f"{_called(row)} is not in {shown(', '.join(sorted(missing)))}.")
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
    hidden = "  (hidden)" if row["hidden"] else ""
    return f"{row['id']}  {len(row['faces']):>5} faces  {row['name'] or '-'}{guess}{hidden}"
