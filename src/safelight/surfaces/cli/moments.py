"""`safelight moments`: photos that belong together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from safelight.model.ideas import Moment
from safelight.surfaces.cli.nothing import no_photos
from safelight.surfaces.cli.places import place_fields
from safelight.surfaces.cli.session import Output, open_library, options


@click.group()
def command() -> None:
    """Photos that belong together in time and place."""


@command.command("list")
@options
def list_(home: Path | None, output: Output) -> None:
    """Every moment, oldest first; then folders of photos without a date."""
    with open_library(home) as library:
        library.require_library()
        output.many(map(_fields, library.moments()), _line, lambda: no_photos(library))


def _fields(moment: Moment) -> dict[str, Any]:
    return {
        "id": moment.id,
        "title": moment.title,
        "start": moment.start,
        "end": moment.end,
        "assets": moment.assets,
        "place": place_fields(moment.place),
        "themes": [
            {"name": theme.name, "score": theme.score, "evidence": theme.evidence}
            for theme in moment.themes
        ],
        "trip": moment.trip,
        "dated": moment.dated,
    }


def _line(row: Mapping[str, Any]) -> str:
    when = f"{row['start']:%Y-%m-%d %H:%M}" if row["dated"] else "no date".ljust(16)
    return f"{when}  {len(row['assets']):>4}  {row['title']}"
