"""`safelight assets`: the catalogue as a list."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from safelight.app.views import AssetRow
from safelight.model.names import shown
from safelight.surfaces.cli.places import place_fields
from safelight.surfaces.cli.session import Output, open_library, options


@click.group()
def command() -> None:
    """Photos and videos in the library."""


@command.command("list")
@options
def list_(home: Path | None, output: Output) -> None:
    """Every asset in order of time; what is not allowed is null."""
    with open_library(home) as library:
        library.require_library()
        output.many(map(_fields, library.assets()), _line)


def _fields(row: AssetRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "path": row.path,
        "kind": row.kind,
        "taken_at": row.taken_at,
        "time_source": row.time_source,
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
    }


def _labels(row: AssetRow) -> list[dict[str, Any]] | None:
    if row.labels is None:
        return None
    return [{"name": name, "score": score} for name, score in row.labels]


def _line(row: Mapping[str, Any]) -> str:
    when = (row["taken_at"] or "no date").ljust(25)
    tail = f"  {row['error']}" if row["error"] else ""
    return f"{row['id']}  {when}  {row['kind']:<6}{shown(row['path'])}{tail}"
