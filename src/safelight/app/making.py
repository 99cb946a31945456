"""Making collages: from photos to plans, from a plan to a picture, and keeping it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from safelight.app.composition import Rooms
from safelight.app.showing import Showing
from safelight.app.views import CollageChoice
from safelight.creations.collage import (
    FORMATS,
    find_format,
    needed_edge,
    plan_to_json,
    plans,
    render,
)
from safelight.creations.interest import find_focus
from safelight.ideas import words
from safelight.library.catalogue import Row
from safelight.library.observations import Observations
from safelight.library.reading.step import build_decode_request, parse_decode_response
from safelight.library.reading.step import decode_scaled as decode_here
from safelight.library.storage_errors import storage_errors
from safelight.model.consent import Permit, Purpose, Refusal
from safelight.model.creations import (
    Box,
    CollagePlan,
    Creation,
    CreationKind,
    Ingredient,
    Pixels,
)
from safelight.model.errors import RenderError, SourceError, UserError
from safelight.model.ideas import Idea
from safelight.model.jobs import Job

_MOST = 30


class Making:
    """Collages of one library."""

    def __init__(self, rooms: Rooms, showing: Showing) -> None:
        self._rooms = rooms
        self._showing = showing
        self._focus: dict[tuple[str, bytes], tuple[float, float]] = {}

    def forget(self) -> None:
        """Drop what is held in memory; a withdrawal must not leave it there."""
        self._focus.clear()

    def choices(
        self,
        assets: Sequence[str],
        *,
        shape: str = "square",
        title: str | None = None,
        subtitle: str | None = None,
        seed: int = 0,
        count: int = 6,
    ) -> CollageChoice:
        """Alternative layouts for some photos, best first.

        Raises:
            UserError: no photo to use, too many, or an unknown format.
        """
        chosen = find_format(shape)
        ingredients = self._ingredients(list(dict.fromkeys(assets)))
        made = plans(
            ingredients,
            chosen.width,
            chosen.height,
            title=title or None,
            subtitle=subtitle or None,
            seed=seed,
            count=count,
        )
        return CollageChoice(tuple(made))

    def render(
        self, plan: CollagePlan, scale: float = 1.0, media_type: str = "image/jpeg"
    ) -> bytes | Refusal:
        """Draw a plan from the originals; a photo whose file is gone is drawn from its preview.

        Raises:
            RenderError: a photo of the plan can be had from nowhere.
        """
        pixels = self._pixels(plan, scale)
        if isinstance(pixels, Refusal):
            return pixels
        dpi = print_resolution(plan)
        return render(
            plan, pixels, scale=scale, media_type=media_type, dpi=dpi and round(dpi * scale)
        )

    def keep(self, plan: CollagePlan, idea: str | None, purposes: frozenset[Purpose]) -> Creation:
        """Draw a plan at full size and keep it.

        Raises:
            RenderError: it cannot be drawn.
            UserError: consent does not cover one of its photos.
        """
        content = self.render(plan)
        if isinstance(content, Refusal):
            raise UserError(content.text)
        recipe = plan_to_json(plan)
        digest = hashlib.blake2b(json.dumps(recipe, sort_keys=True).encode(), digest_size=8)
        creation = Creation(
            id=digest.hexdigest(),
            kind=CreationKind.COLLAGE,
            title=plan.title or "Collage",
            media_type="image/jpeg",
            width=plan.width,
            height=plan.height,
            used=tuple(cell.asset for cell in plan.cells),
            cells=plan.cells,
            recipe=recipe,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            idea=idea,
        )
        stands_on = purposes | {Purpose.LIBRARY}
        self._rooms.record(Purpose.LIBRARY, "collage", list(creation.used))
        with storage_errors(self._rooms.settings.home):
            self._rooms.creations.put(creation, stands_on, content)
        return creation

    def _ingredients(self, assets: list[str]) -> list[Ingredient]:
        rows = self._showing.rows(assets)
        usable = [rows[asset] for asset in assets if asset in rows and rows[asset]["width"]]
        if not usable:
            raise UserError("None of these photos can be used for a collage.")
        if len(usable) > _MOST:
            raise UserError(f"A collage holds up to {_MOST} photos; these are {len(usable)}.")
        return [self._ingredient(row) for row in usable]

    def _ingredient(self, row: Row) -> Ingredient:
        rating = row["rating"] or 0
        weight = 1.0 + 0.15 * max(0, rating - 2)
        ingredient = Ingredient(
            row["id"], row["width"], row["height"], keep=self._faces(row), weight=weight
        )
        key = (row["id"], bytes(row["digest"]))
        if key not in self._focus:
            preview = self._rooms.previews.get(row["id"])
            if preview is None:
                return ingredient
            small = parse_decode_response(decode_here(build_decode_request(preview, 96, 4)))
            self._focus[key] = find_focus(small)
        return replace(ingredient, focus=self._focus[key])

    def _faces(self, row: Row) -> tuple[Box, ...]:
        """Where faces are, with room around them, in pixels; nothing where `content` is off."""
        seen = Observations(self._rooms.drawers)
        if not self._rooms.gate.allows(Purpose.CONTENT) or not seen.exists:
            return ()
        size = (row["width"], row["height"])
        return tuple(_with_room(face.box, *size) for face in seen.faces(row["id"]))

    def _pixels(self, plan: CollagePlan, scale: float) -> dict[str, Pixels] | Refusal:
        edges = needed_edge(plan, scale)
        rows = self._showing.rows(list(edges))
        missing = [asset for asset in edges if asset not in rows]
        if missing:
            refusal = self._rooms.gate.refusal(Purpose.LIBRARY)
            if refusal is not None:
                return refusal
            raise RenderError("A photo of this collage is no longer in the library.")
        permit = self._showing.permit(list(rows.values()))
        if isinstance(permit, Refusal):
            return permit
        jobs: list[Job] = []
        found: dict[str, Pixels] = {}
        for asset, edge in edges.items():
            job = self._decode_job(permit, rows[asset], edge)
            if isinstance(job, Refusal):
                return job
            if isinstance(job, Pixels):
                found[asset] = job
            else:
                jobs.append(job)
        for result in self._rooms.interactive.run(jobs):
            if result.output is None:
                raise RenderError(result.error or "A photo cannot be decoded.")
            found[result.ticket] = parse_decode_response(result.output)
        return found

    def _decode_job(self, permit: Permit, row: Row, edge: int) -> Job | Pixels | Refusal:
        """The job that decodes a photo; its preview's pixels where the original cannot be had."""
        if row["kind"] != "video":
            try:
                return self._showing.decode_job(permit, row, edge)
            except SourceError:
                pass  # an unplugged disk must not stop a collage that previews can fill
        preview = self._rooms.previews.get(row["id"])
        if preview is None:
            raise RenderError(f"{row['path']} cannot be opened now.")
        return parse_decode_response(decode_here(build_decode_request(preview, None, 4)))


def print_resolution(plan: CollagePlan) -> int | None:
    """Dots per inch of a plan whose canvas is a print size; None for a screen's."""
    size = (plan.width, plan.height)
    return next((f.dpi for f in FORMATS if (f.width, f.height) == size), None)


def caption(idea: Idea) -> tuple[str, str]:
    """Title and second line for a collage of an idea: what and when, without counts."""
    if idea.start is None or idea.end is None:
        return idea.title, ""
    dates = words.dates(idea.start.date(), idea.end.date())
    said = idea.title.endswith((str(idea.end.year), dates))
    return idea.title, "" if said else dates


def _with_room(face: Box, width: int, height: int) -> Box:
    """A face's box (fractions) grown by hair, chin and ears, in pixels, inside the picture."""
    left, right = face.x - 0.25 * face.width, face.x + 1.25 * face.width
    top, bottom = face.y - 0.35 * face.height, face.y + 1.2 * face.height
    left, right = max(0.0, left) * width, min(1.0, right) * width
    top, bottom = max(0.0, top) * height, min(1.0, bottom) * height
    return Box(left, top, right - left, bottom - top)
