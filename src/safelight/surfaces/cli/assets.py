"""`safelight assets`: the catalogue as a list."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from safelight.app.insights import Placed, SeenIn
from safelight.app.keeping_out import KeptPicture
from safelight.app.views import AssetRow
from safelight.model.names import shown
from safelight.surfaces.cli.nothing import no_photos, none_kept_out, unseen
from safelight.surfaces.cli.places import place_fields
from safelight.surfaces.cli.session import Output, dry_run, open_library, options, photos

_EVERY = 1_000_000_000


@click.group()
def command() -> None:
    """Photos and videos in the library."""


@command.command("list")
@options
def list_(home: Path | None, output: Output) -> None:
    """Every asset in order of time; what is not allowed is null."""
    with open_library(home) as library:
        library.require_library()
        output.many(map(_fields, library.assets()), _line, lambda: no_photos(library))


@command.command("objects")
@options
def objects(home: Path | None, output: Output) -> None:
    """What stands where in every photo: things and faces, with their boxes."""
    with open_library(home) as library:
        library.require_library()
        output.many(map(_seen, library.insights.placed()), _seen_line, lambda: unseen(library))


@command.command("kept-out")
@click.option("--brought-back", is_flag=True, help="Only what you brought back.")
@options
def kept_out(brought_back: bool, home: Path | None, output: Output) -> None:
    """Pictures that stay out of ideas, each with its reason."""
    with open_library(home) as library:
        library.require_library()
        keeping = library.keeping_out
        groups = [] if brought_back else keeping.groups(count=_EVERY)
        pictures = [picture for group in groups for picture in group.pictures]
        rows = map(_kept, [*pictures, *keeping.brought_back()])
        output.many(rows, _kept_line, lambda: none_kept_out(library, brought_back=brought_back))


@command.command("bring-back")
@click.argument("asset")
@click.option("--leave-out", is_flag=True, help="Leave ASSET out again.")
@dry_run
@options
def bring_back(
    asset: str, leave_out: bool, dry_run: bool, home: Path | None, output: Output
) -> None:
    """Let ASSET, which is kept out, into ideas all the same."""
    with open_library(home) as library:
        library.require_library()
        if not dry_run:
            library.keeping_out.bring_back(asset, not leave_out)
        data = {"id": asset, "brought_back": not leave_out, "dry_run": dry_run}
        output.one(data, f"{asset} is {'left out again' if leave_out else 'brought back'}.")


def _seen(seen: SeenIn) -> dict[str, Any]:
    return {
        "id": seen.asset,
        "path": seen.path,
        "objects": [_thing(each) for each in seen.objects],
        "glimpses": [_thing(each) for each in seen.glimpses],
        "faces": [_thing(each) for each in seen.faces],
    }


def _thing(each: Placed) -> dict[str, Any]:
    box = [round(v, 1) for v in (each.box.x, each.box.y, each.box.width, each.box.height)]
    return {
        "name": each.name,
        "class": each.kind,
        "score": round(each.score, 4),
        "box": box,
    }


def _seen_line(row: Mapping[str, Any]) -> str:
    said = ", ".join(f"{each['name']} {each['score']:.2f}" for each in row["objects"])
    faces = f"{len(row['faces'])} {'face' if len(row['faces']) == 1 else 'faces'}"
    return f"{row['id']}  {shown(row['path'])}: {said or 'nothing known'}; {faces}"


@command.command("look-again")
@click.argument("assets", nargs=-1)
@dry_run
@options
def look_again(assets: tuple[str, ...], dry_run: bool, home: Path | None, output: Output) -> None:
    """Let the next scan look at ASSETS again, which could not be looked at; at all by default."""
    with open_library(home) as library:
        library.require_library()
        failed = library.failed_looks
        again = list(assets or failed.reasons()) if dry_run else failed.try_again(assets)
        words = f"The next scan looks at {photos(len(again))} again."
        output.one({"assets": again, "dry_run": dry_run}, words)


def _kept(picture: KeptPicture) -> dict[str, Any]:
    return {
        "id": picture.row.id,
        "path": picture.row.path,
        "kept_out": picture.reason,
        "why": picture.why,
        "best": picture.best.id if picture.best else None,
        "brought_back": picture.back,
    }


def _kept_line(row: Mapping[str, Any]) -> str:
    back = "  (brought back)" if row["brought_back"] else ""
    return f"{row['id']}  {row['kept_out']:<10}  {shown(row['path'])}: {row['why']}{back}"


def _fields(row: AssetRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "path": row.path,
        "kind": row.kind,
        "taken_at": row.taken_at,
        "time_source": row.time_source,
        "clock_shift_s": row.clock_shift_s,
        "clock_evidence": row.clock_evidence,
        "width": row.width,
        "height": row.height,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "place": place_fields(row.place),
        "camera": row.camera,
        "labels": _labels(row),
        "faces": row.faces,
        "quality": row.quality,
        "people": row.people,
        "kept_out": row.kept_out,
        "duplicate_of": row.duplicate_of,
        "error": row.error,
        "look_error": row.look_error,
    }


def _labels(row: AssetRow) -> list[dict[str, Any]] | None:
    if row.labels is None:
        return None
    return [{"name": name, "score": score} for name, score in row.labels]


def _line(row: Mapping[str, Any]) -> str:
    when = (row["taken_at"] or "no date").ljust(25)
    reason = row["error"] or row["look_error"]
    tail = f"  {reason}" if reason else ""
    return f"{row['id']}  {when}  {row['kind']:<6}{shown(row['path'])}{tail}"
