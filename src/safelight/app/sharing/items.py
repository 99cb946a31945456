"""What is shared: one thing of the library, the photos in it, and its pixels."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image

from safelight.app.composition import Rooms
from safelight.app.kept import Kept
from safelight.app.making.collages import Collages
from safelight.app.originals import read_original
from safelight.app.showing import Showing
from safelight.creations.collage import plan_from_json
from safelight.library.catalogue import Row
from safelight.library.reading.traces import (
    STEP_FIND_TRACES,
    build_traces_request,
    parse_traces,
)
from safelight.library.records import subject_of
from safelight.model.assets import AssetKind
from safelight.model.consent import Purpose, Refusal, Subject
from safelight.model.creations import Creation, CreationKind
from safelight.model.errors import RefusedError, RenderError, UserError
from safelight.model.jobs import Job, Payload
from safelight.model.sharing import ShareSubject, Trace
from safelight.sharing import AS_MADE


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to share.

    Attributes:
        rows: the photos in it that are in the library now, by id.
        content: a creation's file; empty for a photo, which is read when it is needed.
    """

    subject: ShareSubject
    rows: dict[str, Row]
    creation: Creation | None = None
    content: bytes = field(default=b"", repr=False)

    @property
    def as_made(self) -> bool:
        """Whether it leaves as it was made, and is no picture that could be changed."""
        made = self.creation
        return made is not None and (
            made.media_type in AS_MADE or made.kind is CreationKind.GIF  # as WebP it moves, too
        )

    @property
    def is_video(self) -> bool:
        """Whether it is a video of the library, which leaves encoded anew."""
        return self.creation is None and self.rows[self.subject.id]["kind"] == AssetKind.VIDEO

    @property
    def size(self) -> tuple[int, int]:
        """Pixels of the whole thing, upright."""
        if self.creation is not None:
            return self.creation.width, self.creation.height
        row = self.rows[self.subject.id]
        return row["width"], row["height"]

    @property
    def subjects(self) -> list[Subject]:
        """Every photo in it, as the gate sees it; one that is gone lies in no folder."""
        used = self.creation.used if self.creation else (self.subject.id,)
        return [
            subject_of(self.rows[name]) if name in self.rows else Subject(name, "")
            for name in dict.fromkeys(used)
        ]

    @property
    def title(self) -> str:
        """What the page is headed."""
        if self.creation is not None:
            return self.creation.title
        return "A video" if self.is_video else "A photo"

    @property
    def caption(self) -> str:
        """Words that somebody wrote to it; empty where there are none."""
        if self.creation is not None:
            return "" if _named_by_us(self.creation) else self.creation.title
        row = self.rows[self.subject.id]
        return row["description"] or row["title"] or ""


_UNNAMED = frozenset({CreationKind.ENHANCE, CreationKind.RESTYLE, CreationKind.STICKER})
"""Kinds whose titles say what was done to the photo."""


def _named_by_us(made: Creation) -> bool:
    """Whether its title is no word of anybody's, but what such a thing is called."""
    usual = (made.kind, "moving picture", "photo book")
    return made.kind in _UNNAMED or made.title.lower() in usual


class Items:
    """Finds things to share and reads their pixels, by workers."""

    def __init__(self, rooms: Rooms, showing: Showing, collages: Collages) -> None:
        self._rooms = rooms
        self._kept = Kept(rooms)
        self._showing = showing
        self._collages = collages

    def find(self, name: str) -> Item:
        """A creation or asset by its id.

        Raises:
            UserError: there is none.
            RefusedError: `library` is off.
        """
        refusal = self._rooms.gate.refusal(Purpose.LIBRARY)
        if refusal is not None:
            raise RefusedError(refusal.text)
        made = self._kept.get(name)
        if made is not None:
            creation, content = made
            rows = self._showing.rows(list(dict.fromkeys(creation.used)))
            return Item(ShareSubject(name, True), rows, creation, content)
        rows = self._showing.rows([name])
        if name not in rows:
            raise UserError(f"There is no creation and no photo {name}.")
        return Item(ShareSubject(name, False), rows)

    def picture(self, item: Item, edge: int | None) -> Image.Image:
        """Its pixels, upright, with a long edge of at most `edge`.

        Raises:
            RefusedError, RenderError, SourceError: they cannot be had.
        """
        if item.as_made:
            raise UserError("This is shared as it is, not as a picture.")
        if item.creation is not None:
            return _own_picture(self._redrawn(item.creation, edge) or item.content)
        found = self._showing.pixels(item.subject.id, edge)
        if isinstance(found, Refusal):
            raise RefusedError(found.text)
        if found is None:
            raise UserError("There is no picture of this.")
        return Image.frombytes("RGB", (found.width, found.height), found.rgb)

    def _redrawn(self, made: Creation, edge: int | None) -> bytes | None:
        """A collage drawn anew where it is wanted larger than it was kept."""
        longest = max(made.width, made.height)
        if made.kind is not CreationKind.COLLAGE or edge is None or edge <= longest:
            return None
        return self._collages.render(plan_from_json(made.recipe), edge / longest, "image/png")

    def traces(self, item: Item) -> tuple[Trace, ...]:
        """What the original tells besides its picture; nothing for what was made here."""
        if item.creation is not None:
            return ()
        rows: Sequence[Row] = [item.rows[item.subject.id]]
        permit = self._showing.permit(rows)
        if isinstance(permit, Refusal):
            raise RefusedError(permit.text)
        path, size = rows[0]["path"], rows[0]["size"]
        data = read_original(self._rooms, permit, item.subject.id, path, size)
        if isinstance(data, Refusal):
            raise RefusedError(data.text)
        return parse_traces(self._run(item, STEP_FIND_TRACES, build_traces_request(data)))

    def _run(self, item: Item, step: str, request: Payload) -> bytes:
        job = Job(item.subject.id, step, request, self._rooms.settings.step_timeout_s)
        result = next(iter(self._rooms.interactive.run([job])))
        if result.output is None:
            raise RenderError(result.error or "This cannot be decoded.")
        return result.output


def _own_picture(content: bytes) -> Image.Image:
    """A picture that was made here, so it needs no worker to be opened."""
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
        alpha = "A" in image.getbands() or "transparency" in image.info
        return image.convert("RGBA" if alpha else "RGB")
