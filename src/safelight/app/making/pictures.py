"""Photos as makers need them: what is known of their shape, and their decoded pixels."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from safelight.app.composition import Rooms
from safelight.app.making.altering import (
    Alteration,
    Altered,
    build_alter_request,
    parse_altered,
)
from safelight.app.making.wishes import Wish
from safelight.app.showing import Showing
from safelight.app.steps import STEP_ALTER
from safelight.creations.interest import find_focus, find_subjects, with_room
from safelight.library.catalogue import Row
from safelight.library.listing import in_order, place_of
from safelight.library.observations import Observations
from safelight.library.reading.wire import parse_decode_response
from safelight.library.records import subject_of
from safelight.model.consent import Permit, Purpose, Refusal
from safelight.model.creations import Box, Cut, Ingredient, Pixels, Waypoint
from safelight.model.errors import RefusedError, RenderError, SourceError, UserError
from safelight.model.jobs import Job
from safelight.model.places import Place

_FOCUS_EDGE = 96
_SURE = 0.4
_THING = (0.015, 0.7)
"""Shares of a photo between which a thing in it is one that a crop may be made for."""
PERSON = "person"
"""What the finder of objects calls people."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What draws the eye in a photo, as fractions of it: its centre, and boxes, first the first."""

    focus: tuple[float, float]
    subjects: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class OpenedPhoto:
    """A photo in hand, to be altered.

    Attributes:
        data: its file; its preview where it is a film or the file cannot be had.
        faces: boxes as fractions of the upright picture.
    """

    row: Row
    data: bytes = field(repr=False)
    faces: tuple[tuple[float, float, float, float], ...]


_NOTHING_DRAWS = Drawing((0.5, 0.5), ())


class Pictures:
    """The photos of one library, for making things of them."""

    def __init__(self, rooms: Rooms, showing: Showing) -> None:
        self._rooms = rooms
        self._showing = showing
        self._drawing: dict[tuple[str, bytes], Drawing] = {}

    def forget(self) -> None:
        """Drop what is held in memory; a withdrawal must not leave it there."""
        self._drawing.clear()

    def rows(self, assets: Sequence[str]) -> list[Row]:
        """Rows of those assets that may be seen and have pixels, each once, in order."""
        wanted = list(dict.fromkeys(assets))
        found = self._showing.rows(wanted)
        return [found[asset] for asset in wanted if asset in found and found[asset]["width"]]

    def ingredients(self, assets: Sequence[str]) -> list[Ingredient]:
        """What layouts need to know of some photos."""
        rows = self.rows(assets)
        self._find_drawing(rows)
        return [self._ingredient(row) for row in rows]

    def season(self, assets: Sequence[str]) -> str | None:
        """The season that most of some photos were taken in; None where no date is known."""
        found = [
            season_of(date.fromisoformat(row["taken_on"]), row.get("latitude"))
            for row in self.rows(assets)
            if row["taken_on"]
        ]
        return max(sorted(set(found)), key=found.count) if found else None

    def journey(self, assets: Sequence[str]) -> tuple[Waypoint, ...]:
        """The places that some photos lead through, in order of time; none where places are off."""
        known: dict[tuple[object, ...], Place] = {}
        stops: list[tuple[str, list[Row]]] = []
        cities = set()
        for row in in_order(self.rows(assets)):
            place = place_of(row, known)
            if place is None or row.get("latitude") is None:
                continue
            name = place.city or place.region or ""
            cities.add(place.city)
            if not stops or stops[-1][0] != name:
                stops.append((name, []))
            stops[-1][1].append(row)
        # Between towns, a region's name would stand like one beside a point of it.
        said = cities if any(cities) else {name for name, _ in stops}
        return tuple(
            Waypoint(
                _mean(rows, "latitude"), _mean(rows, "longitude"), name if name in said else ""
            )
            for name, rows in stops
        )

    def faces(self, row: Row) -> tuple[Box, ...]:
        """Boxes of faces, in pixels of the upright picture; none where `content` is off."""
        seen = Observations(self._rooms.drawers)
        if not self._rooms.gate.allows(Purpose.CONTENT) or not seen.exists:
            return ()
        width, height = row["width"], row["height"]
        boxes = (face.box for face in seen.faces(row["id"]))
        return tuple(_in_pixels(box, width, height) for box in boxes)

    def shows_nobody(self, row: Row) -> bool:
        """Whether somebody looked at a photo, and saw neither a face nor a person."""
        seen = Observations(self._rooms.drawers)
        if not self._rooms.gate.allows(Purpose.CONTENT) or not seen.exists:
            return False
        found = seen.get(row["id"])
        if found is None or found.faces:
            return False
        return all(thing.name != PERSON for thing in found.objects)

    def decode(self, edges: Mapping[str, int | Cut | None]) -> dict[str, Pixels]:
        """Upright pixels by asset, under one permit, decoded by workers.

        Args:
            edges: the long edge at which each is needed, or the part; None is the full size. A
                photo whose file is gone comes from its preview.

        Raises:
            RefusedError: consent does not cover one of them.
            RenderError: one can be had from nowhere.
        """
        rows = self._showing.rows(list(edges))
        if any(asset not in rows for asset in edges):
            refusal = self._rooms.gate.refusal(Purpose.LIBRARY)
            if refusal is not None:
                raise RefusedError(refusal.text)
            raise RenderError("One of these photos is no longer in the library.")
        permit = self._showing.permit(list(rows.values()))
        if isinstance(permit, Refusal):
            raise RefusedError(permit.text)
        jobs = [self._decode_job(permit, rows[asset], edge) for asset, edge in edges.items()]
        found: dict[str, Pixels] = {}
        for result in self._rooms.interactive.run(jobs):
            if result.output is None:
                raise RenderError(result.error or "A photo cannot be decoded.")
            found[result.ticket] = parse_decode_response(result.output)
        return found

    def _find_drawing(self, rows: Sequence[Row]) -> None:
        """Where the eye goes in each of these; looked for once, in workers, on small previews."""
        keys = {row["id"]: _picture_key(row) for row in rows}
        wanted = [name for name, key in keys.items() if key not in self._drawing]
        jobs = (self._showing.preview_job(name, _FOCUS_EDGE) for name in wanted)
        for result in self._rooms.interactive.run([job for job in jobs if job is not None]):
            if result.output is not None:
                small = parse_decode_response(result.output)
                found = Drawing(find_focus(small), find_subjects(small))
                self._drawing[keys[result.ticket]] = found

    def one(self, wish: Wish) -> Row:
        """The row of the photo that a wish for a single one means: the idea's cover, or the first.

        Raises:
            UserError: it is not in the library, or may not be seen.
        """
        wanted = (wish.idea.cover, *wish.assets) if wish.idea else wish.assets
        found = self.rows(wanted[:1])
        if not found:
            raise UserError("There is no such photo in the library.")
        return found[0]

    def opened(self, asset: str, purpose: Purpose | None = None) -> OpenedPhoto:
        """The file of one photo, under a permit of `library` and of `purpose`.

        Raises:
            RefusedError: consent does not cover it.
            RenderError: it cannot be had from anywhere.
        """
        row = self.one(Wish((asset,)))
        if purpose is not None:
            further = self._rooms.gate.decide(purpose, [subject_of(row)])
            if isinstance(further, Refusal):
                raise RefusedError(further.text)
        permit = self._showing.permit([row])
        if isinstance(permit, Refusal):
            raise RefusedError(permit.text)
        size = (row["width"], row["height"])
        faces = tuple(_fraction(face, *size) for face in self.faces(row))
        return OpenedPhoto(row, self._encoded(permit, row), faces)

    def altered(self, asset: str, wanted: Alteration, purpose: Purpose | None = None) -> Altered:
        """One photo altered by a worker, under a permit of `library` and of `purpose`.

        Raises:
            RefusedError: consent does not cover it.
            RenderError: it cannot be decoded or altered.
        """
        photo = self.opened(asset, purpose)
        limit = self._rooms.settings.max_megapixels
        request = build_alter_request(photo.data, replace(wanted, faces=photo.faces), limit)
        job = Job(asset, STEP_ALTER, request, self._rooms.settings.step_timeout_s)
        result = next(iter(self._rooms.interactive.run([job])))
        if result.output is None:
            raise RenderError(result.error or "The photo cannot be decoded.")
        return parse_altered(result.output)

    def _encoded(self, permit: Permit, row: Row) -> bytes:
        """The file of a photo; its preview where the file is a film or cannot be had."""
        if row["kind"] != "video":
            try:
                data = self._showing.original(permit, row)
                if isinstance(data, Refusal):
                    raise RefusedError(data.text)
                return data
            except SourceError:
                pass
        preview = self._rooms.previews.get(row["id"])
        if preview is None:
            raise RenderError(f"{row['path']} cannot be opened now.")
        return preview

    def _ingredient(self, row: Row) -> Ingredient:
        rating = row["rating"] or 0
        weight = 1.0 + 0.15 * max(0, rating - 2)
        size = (row["width"], row["height"])
        keep = tuple(with_room(face, *size) for face in self.faces(row))
        drawing = self._drawing.get(_picture_key(row), _NOTHING_DRAWS)
        boxes = (*self._things(row), *drawing.subjects)
        subjects = tuple(_in_pixels(box, *size) for box in boxes)
        return Ingredient(row["id"], *size, drawing.focus, keep, weight, subjects)

    def _things(self, row: Row) -> list[Box]:
        """Boxes of things in a photo, as fractions of it, first the one that it is of; none where
        `content` is off.
        """
        seen = Observations(self._rooms.drawers)
        if not self._rooms.gate.allows(Purpose.CONTENT) or not seen.exists:
            return []
        found = seen.get(row["id"])
        things = [
            (thing.score * math.sqrt(area), thing.box)
            for thing in (found.objects if found else ())
            if thing.score >= _SURE
            and _THING[0] <= (area := thing.box.width * thing.box.height) <= _THING[1]
        ]
        return [box for _, box in sorted(things, key=lambda pair: -pair[0])]

    def _decode_job(self, permit: Permit, row: Row, edge: int | Cut | None) -> Job:
        """The job that decodes a photo, or its preview where the original cannot be had."""
        if row["kind"] != "video":
            try:
                job = self._showing.decode_job(permit, row, edge)
                if isinstance(job, Refusal):
                    raise RefusedError(job.text)
                return job
            except SourceError:
                pass  # an unplugged disk must not stop what previews can fill
        part = edge if isinstance(edge, Cut) else None
        preview = self._showing.preview_job(row["id"], part)
        if preview is None:
            raise RenderError(f"{row['path']} cannot be opened now.")
        return preview


def _mean(rows: Sequence[Row], column: str) -> float:
    return sum(float(row[column]) for row in rows) / len(rows)


def season_of(day: date, latitude: float | None) -> str:
    """The season of a day, by whole months; of the southern half where that is known."""
    seasons = ("winter", "spring", "summer", "autumn")
    half_year = 2 if latitude is not None and latitude < 0 else 0
    return seasons[(day.month % 12 // 3 + half_year) % 4]


def _picture_key(row: Row) -> tuple[str, bytes]:
    return row["id"], bytes(row["digest"])


def _in_pixels(box: Box, width: int, height: int) -> Box:
    return Box(box.x * width, box.y * height, box.width * width, box.height * height)


def _fraction(box: Box, width: int, height: int) -> tuple[float, float, float, float]:
    return (box.x / width, box.y / height, box.width / width, box.height / height)
