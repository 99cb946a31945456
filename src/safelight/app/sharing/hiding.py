"""Who is in a thing, and covering them before it leaves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from safelight.app.composition import Rooms
from safelight.app.making.generating import GENERATOR
from safelight.app.people import People
from safelight.app.sharing.items import Item
from safelight.app.sharing.masking import STEP_MASK, Mask, build_mask_request, parse_mask
from safelight.library.observations import Observations
from safelight.library.same_faces import overlap
from safelight.model.consent import Purpose
from safelight.model.creations import Box, Cell, Creation, CreationKind
from safelight.model.errors import RefusedError, RenderError, UserError
from safelight.model.jobs import Job
from safelight.model.sharing import CoverArea, Covering, ShareWish
from safelight.sharing import cover_people

_SAME_FACE = 0.3
_MASK_EDGE = 1024


class Hiding:
    """Covers people, from the boxes that looking at the pictures left in the content drawer."""

    def __init__(self, rooms: Rooms, people: People) -> None:
        self._rooms = rooms
        self._people = people

    def why_not(self, item: Item) -> str:
        """Why people in this cannot be covered; empty where they can."""
        if item.as_made:
            return "People in this cannot be covered yet; make it of other photos."
        if item.is_video:
            return "People in videos cannot be covered yet."
        refusal = self._rooms.gate.refusal(Purpose.CONTENT)
        if refusal is not None:
            return f"To cover people, Safelight must have looked for faces. {refusal.text}"
        if not all(self._looked_at(name) for name in self._used(item)):
            return "Nobody has looked for faces in this yet; scan first."
        if item.creation is not None and not _located(item.creation):
            return "Where people are in this is not known exactly; share the photo itself."
        return ""

    def require(self, item: Item, wish: ShareWish) -> None:
        """Stop unless people can be covered as wished.

        Raises:
            RefusedError: `content` or, to tell who is who, `faces` is off.
            UserError: it cannot be done for another reason.
        """
        reason = self.why_not(item)
        if reason:
            off = (
                not item.as_made
                and not item.is_video
                and not self._rooms.gate.allows(Purpose.CONTENT)
            )
            raise RefusedError(reason) if off else UserError(reason)
        if not wish.keep:
            return
        if wish.area is CoverArea.BODIES:
            raise UserError("Whole bodies are covered for everybody; keep somebody by faces.")
        for person in wish.keep:
            if self._people.person(person) is None:
                raise UserError(f"There is no person {person}.")

    def count(self, item: Item) -> int | None:
        """How many faces are known to be in it; None where nobody has looked."""
        if not self._rooms.gate.allows(Purpose.CONTENT):
            return None
        used = self._used(item)
        if not any(self._looked_at(name) for name in used):
            return None
        if item.as_made or (item.creation is not None and not item.creation.cells):
            return sum(len(Observations(self._rooms.drawers).faces(name)) for name in used)
        return len(self._boxes(item, item.size, ()))

    def named(self, item: Item) -> list[tuple[str, str]]:
        """Ids and names of the named people in it; none where `faces` is off."""
        if not self._rooms.gate.allows(Purpose.FACES):
            return []
        used = set(self._used(item))
        people = (row for row in self._people.people() if row.name and not row.hidden)
        return [
            (row.id, row.name)
            for row in people
            if row.name and any(face.asset in used for face in row.faces)
        ]

    def cover(self, item: Item, image: Image.Image, wish: ShareWish) -> Image.Image:
        """The picture with people covered as wished."""
        if wish.covering is Covering.NONE:
            return image
        faces = self._boxes(item, image.size, wish.keep)
        bodies = None
        if wish.area is CoverArea.BODIES:
            bodies = self._mask(item, image, faces)
        return cover_people(image, faces, wish.covering, bodies)

    def _used(self, item: Item) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.creation.used)) if item.creation else (item.subject.id,)

    def _looked_at(self, name: str) -> bool:
        observations = Observations(self._rooms.drawers)
        return observations.exists and observations.get(name) is not None

    def _boxes(self, item: Item, size: tuple[int, int], keep: tuple[str, ...]) -> list[Box]:
        """Faces in pixels of a picture of that size, without those who stay visible."""
        kept = self._kept(keep)
        found: list[Box] = []
        whole_width, whole_height = item.size
        across, down = size[0] / whole_width, size[1] / whole_height
        for cell in self._cells(item):
            for face in self._faces(cell.asset, cell.size, kept):
                shown = in_cell(face, cell)
                if shown is not None:
                    found.append(_scaled(shown, across, down))
        return found

    def _cells(self, item: Item) -> Iterator[Cell]:
        if item.creation is not None and item.creation.cells:
            for cell in item.creation.cells:
                known = cell.size if cell.size != (0, 0) else _size(item, cell.asset)
                yield replace(cell, size=known)
        else:
            name = self._used(item)[0]
            size = _size(item, name)
            yield Cell(name, Box(0, 0, *size), Box(0, 0, *item.size), size)

    def _faces(self, name: str, size: tuple[int, int], kept: dict[str, list[Box]]) -> list[Box]:
        """Faces of one photo, in pixels of its full size."""
        boxes = [_scaled(face.box, *size) for face in Observations(self._rooms.drawers).faces(name)]
        stay = kept.get(name, [])
        return [box for box in boxes if all(overlap(box, other) < _SAME_FACE for other in stay)]

    def _kept(self, keep: tuple[str, ...]) -> dict[str, list[Box]]:
        found: dict[str, list[Box]] = {}
        for person in keep:
            row = self._people.person(person)
            for face in row.faces if row else ():
                found.setdefault(face.asset, []).append(face.box)
        return found

    def _mask(self, item: Item, image: Image.Image, faces: list[Box]) -> Mask:
        small = image.copy()
        small.thumbnail((_MASK_EDGE, _MASK_EDGE))
        scale = small.width / image.width
        near = [_scaled(face, scale, scale) for face in faces]
        cells = item.creation.cells if item.creation else ()
        factor = small.width / item.size[0]
        windows = [_scaled(_turned(cell.placed, cell), factor, factor) for cell in cells]
        request = build_mask_request(small, windows, near)
        job = Job(item.subject.id, STEP_MASK, request, self._rooms.settings.step_timeout_s)
        result = next(iter(self._rooms.interactive.run([job])))
        if result.output is None:
            raise RenderError(result.error or "People cannot be told from the background here.")
        return parse_mask(result.output)


def _located(creation: Creation) -> bool:
    """Whether every point of its photos can be found in it.

    Enhancing may straighten and crop, and a generator draws people where it likes.
    """
    painted = creation.kind is CreationKind.RESTYLE and creation.recipe.get("origin") != GENERATOR
    return bool(creation.cells) or painted


def _size(item: Item, name: str) -> tuple[int, int]:
    """Pixels of a photo; of one that is gone those of the thing itself."""
    row = item.rows.get(name)
    return (row["width"], row["height"]) if row is not None else item.size


def _scaled(box: Box, across: float, down: float) -> Box:
    return Box(box.x * across, box.y * down, box.width * across, box.height * down)


def in_cell(face: Box, cell: Cell) -> Box | None:
    """Where a face of a photo is on the canvas; None where its cell does not show it."""
    source, placed = cell.source, cell.placed
    across, down = placed.width / source.width, placed.height / source.height
    left = max(placed.x, placed.x + (face.x - source.x) * across)
    top = max(placed.y, placed.y + (face.y - source.y) * down)
    right = min(placed.x + placed.width, placed.x + (face.x + face.width - source.x) * across)
    bottom = min(placed.y + placed.height, placed.y + (face.y + face.height - source.y) * down)
    if right <= left or bottom <= top:
        return None
    return _turned(Box(left, top, right - left, bottom - top), cell)


def _turned(box: Box, cell: Cell) -> Box:
    """What holds a part of a cell once the cell is turned about its middle."""
    if cell.angle == 0:
        return box
    placed, angle = cell.placed, math.radians(cell.angle)
    middle_x, middle_y = placed.x + placed.width / 2, placed.y + placed.height / 2
    corners = [
        (x - middle_x, y - middle_y)
        for x in (box.x, box.x + box.width)
        for y in (box.y, box.y + box.height)
    ]
    xs = [middle_x + x * math.cos(angle) - y * math.sin(angle) for x, y in corners]
    ys = [middle_y + x * math.sin(angle) + y * math.cos(angle) for x, y in corners]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
