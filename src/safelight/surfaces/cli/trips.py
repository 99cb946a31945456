"""`safelight trips`: time away from home."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from safelight.model.ideas import Trip
from safelight.surfaces.cli.nothing import no_trips
from safelight.surfaces.cli.places import place_fields
from safelight.surfaces.cli.session import Output, open_library, options


@click.group()
def command() -> None:
    """Trips, from a day out to a year abroad."""


@command.command("list")
@options
def list_(home: Path | None, output: Output) -> None:
    """Every trip, oldest first."""
    with open_library(home) as library:
        library.require_library()
        output.many(map(_fields, library.trips()), _line, lambda: no_trips(library))


def _fields(trip: Trip) -> dict[str, Any]:
    return {
        "id": trip.id,
        "title": trip.title,
        "start": trip.start,
        "end": trip.end,
        "assets": trip.assets,
        "places": [place_fields(place) for place in trip.places],
        "distance_km": round(trip.distance_km, 1),
    }


def _line(row: Mapping[str, Any]) -> str:
    days = f"{row['start']:%Y-%m-%d} to {row['end']:%Y-%m-%d}"
    return f"{days}  {len(row['assets']):>5}  {row['title']}"
