"""The way out: asked each time, for one thing, recorded before it leaves."""

from __future__ import annotations

import io
from dataclasses import asdict, replace

from PIL import Image

from safelight.app.composition import Rooms
from safelight.app.making.makers import Making
from safelight.app.making.wishes import Progress, unheard
from safelight.app.people import People
from safelight.app.sharing.hiding import Hiding
from safelight.app.sharing.items import Item, Items
from safelight.app.sharing.posting import Posts
from safelight.app.sharing.shaping import Shaping
from safelight.app.sharing.telling import Telling
from safelight.app.sharing.videos import Videos
from safelight.app.showing import Showing
from safelight.creations.encoding import srgb_profile
from safelight.creations.post import draw_post
from safelight.library.keys import SIGNING_KEY
from safelight.library.reading.raster import fitted
from safelight.model.consent import Permit, Refusal
from safelight.model.errors import RefusedError, UserError
from safelight.model.sharing import (
    Covering,
    Framing,
    PostShape,
    Shared,
    ShareSheet,
    ShareSubject,
    ShareWish,
)
from safelight.sharing import (
    PICTURES,
    SUFFIXES,
    Signer,
    declaration,
    draw_label,
    on_white,
    origin_of,
    sign,
    write_picture,
)
from safelight.sharing.labelling import MADE_WITH_AI

__all__ = ["SIZES", "Sharing"]

SIZES: dict[str, int | None] = {
    "small": 1280,
    "medium": 2048,
    "large": 3840,
    "print": 4724,
    "full": None,
}
"""Longest sides that a person chooses among, in pixels; `print` is 40 cm at 300 dots an inch, for
which a collage is drawn anew. A photo is never enlarged."""

_LOOK_EDGE = 1280


class Sharing:
    """Everything that leaves one library leaves through here."""

    def __init__(self, rooms: Rooms, showing: Showing, people: People, making: Making) -> None:
        self._rooms = rooms
        self._items = Items(rooms, showing, making.collages)
        self._hiding = Hiding(rooms, people)
        self._telling = Telling(rooms, self._items, self._hiding)
        self._shaping = Shaping(making.pictures)
        self._videos = Videos(making)
        self.posts = Posts(self)

    def subject(self, name: str) -> ShareSubject:
        """A creation or asset by its id.

        Raises:
            UserError: there is none.
            RefusedError: `library` is off, or does not cover it.
        """
        return self._items.find(name).subject

    def sheet(self, subject: ShareSubject, wish: ShareWish) -> ShareSheet:
        """What would be removed, what would still be seen, what would be added. Nothing leaves.

        Raises:
            UserError, RefusedError: as `share`.
        """
        item = self._items.find(subject.id)
        self._check(item, wish)
        return self._told(item, wish)

    def framing(self, subject: ShareSubject, wish: ShareWish) -> Framing:
        """How a photo stands in the shape of a post, and what else could be chosen.

        Raises:
            UserError, RefusedError: as `share`, or it leaves in its own shape.
        """
        item = self._items.find(subject.id)
        self._check(item, wish)
        return self._shaping.framing(item, wish)

    def look(self, subject: ShareSubject, wish: ShareWish) -> bytes:
        """The picture as it would leave, small, to be looked at here; a JPEG.

        Raises:
            UserError, RefusedError: as `share`.
        """
        item = self._items.find(subject.id)
        self._check(item, wish)
        image = self._picture(item, wish, min(wish.edge or _LOOK_EDGE, _LOOK_EDGE))
        out = io.BytesIO()
        on_white(image).save(out, "JPEG", quality=85)
        return out.getvalue()

    def show(self, subject: ShareSubject, edge: int) -> bytes:
        """A creation's picture as it is, for the app's own pages; a WebP of at most `edge`.

        Raises:
            UserError, RefusedError: as `share`.
        """
        image = self._items.picture(self._items.find(subject.id), edge)
        image.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
        out = io.BytesIO()
        image.save(out, "WEBP", quality=86, method=2)
        return out.getvalue()

    def known_people(self, subject: ShareSubject) -> list[tuple[str, str]]:
        """Ids and names of the named people in it, where `faces` is on."""
        return self._hiding.named(self._items.find(subject.id))

    def share(self, subject: ShareSubject, wish: ShareWish, report: Progress = unheard) -> Shared:
        """Make the file that leaves. To be called when the person has just said yes.

        The decision is in the ledger before anything is made, the egress before the file is
        given back; in between consent is checked once more.

        Raises:
            UserError: there is no such thing, or it cannot be shared like this.
            RefusedError: consent does not cover it, or was withdrawn meanwhile.
            RenderError: the file cannot be made.
            SourceError: the original cannot be opened now.
        """
        item = self._items.find(subject.id)
        self._check(item, wish)
        sheet = self._told(item, wish)
        gate = self._rooms.gate
        permit = gate.decide_once(subject.id, item.subjects, _choices(wish))
        if isinstance(permit, Refusal):
            raise RefusedError(permit.text)
        content, size = self._make(item, wish, report)
        entry = self._announce(permit, subject.id, content)
        kind = item.creation.kind.value if item.creation else "photo"
        kind = "video" if item.is_video else kind
        media_type = _media_type(item, wish)
        return Shared(
            sheet=sheet,
            content=content,
            media_type=media_type,
            name=f"{kind}.{SUFFIXES[media_type]}",
            width=size[0],
            height=size[1],
            entry=entry,
            certificate=self._signer().root if wish.sign else "",
        )

    def handed_over(self, shared: Shared) -> None:
        """Record that the file was written or sent to the person's browser."""
        self._rooms.gate.record_egress_done(shared.entry)

    def _told(self, item: Item, wish: ShareWish) -> ShareSheet:
        sheet = self._telling.sheet(item, wish)
        return replace(sheet, cautions=(*self._shaping.cautions(item, wish), *sheet.cautions))

    def _announce(self, permit: Permit, name: str, content: bytes) -> int:
        entry = self._rooms.gate.record_egress(permit, name, content)
        if isinstance(entry, Refusal):
            raise RefusedError(entry.text)
        return entry

    def _check(self, item: Item, wish: ShareWish) -> None:
        if item.is_video:
            self._videos.check(item)
        elif not item.as_made and wish.media_type not in PICTURES:
            raise UserError(f"A picture cannot be shared as {wish.media_type}.")
        if wish.shape is not PostShape.OWN and item.creation is not None:
            raise UserError("Only a photo is cropped for a post; what was made has its own shape.")
        if wish.shape is not PostShape.OWN and item.is_video:
            raise UserError("A video goes into no post yet; share it by itself.")
        if wish.edge is not None and wish.edge < 64:
            raise UserError("A picture this small shows nothing; share at least 64 pixels.")
        if wish.covering is not Covering.NONE:
            self._hiding.require(item, wish)
        elif wish.keep:
            raise UserError("Who stays visible matters only where the others are covered.")

    def _make(self, item: Item, wish: ShareWish, report: Progress) -> tuple[bytes, tuple[int, int]]:
        origin, media_type = origin_of(item.creation), _media_type(item, wish)
        if item.as_made:
            content, size = item.content, item.size
        elif item.is_video:
            content, size = self._videos.write(item, wish.edge, report, sound=wish.sound)
        else:
            image = self._picture(item, wish, wish.edge)
            caption = item.caption if wish.caption else ""
            xmp = declaration(origin, no_training=wish.no_training, caption=caption)
            content, size = write_picture(image, media_type, srgb_profile(), xmp), image.size
        if wish.sign:
            done = (*_done(item, wish, size), *self._shaping.done(item, wish))
            content = sign(
                content, media_type, self._signer(), origin, done, no_training=wish.no_training
            )
        return content, size

    def _picture(self, item: Item, wish: ShareWish, edge: int | None) -> Image.Image:
        # Covered at full size, then made smaller: so a face is covered where it was found.
        frame = self._shaping.frame(item, wish)
        needed = frame.decoded_edge(edge) if frame else edge
        image = self._items.picture(item, None if wish.covering is not Covering.NONE else needed)
        covered = self._hiding.cover(item, image, wish)
        if frame:
            covered = draw_post(covered, frame, edge)
        small = fitted(covered.size, edge)
        if small != covered.size:
            covered = covered.resize(small, Image.Resampling.LANCZOS, reducing_gap=3.0)
        return draw_label(covered, MADE_WITH_AI) if wish.ai_label else covered

    def _signer(self) -> Signer:
        return Signer(self._rooms.keys.create(SIGNING_KEY))


def _media_type(item: Item, wish: ShareWish) -> str:
    if item.is_video:
        return "video/mp4"
    return item.creation.media_type if item.creation and item.as_made else wish.media_type


def _done(item: Item, wish: ShareWish, size: tuple[int, int]) -> tuple[str, ...]:
    steps = ["c2pa.edited.metadata"]
    if item.is_video:
        steps.append("c2pa.transcoded")
    if size != item.size:
        steps.append("c2pa.resized")
    if wish.covering is not Covering.NONE:
        steps.append("c2pa.drawing")
    if wish.ai_label:
        steps.append("c2pa.addedText")
    return tuple(steps)


def _choices(wish: ShareWish) -> dict[str, object]:
    """The choices as the ledger may hold them: who stays visible is a number there."""
    return {**asdict(wish), "keep": len(wish.keep), "crop": wish.crop is not None}
