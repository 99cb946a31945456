"""Faces cut out of photos, for lists of people; shown only while `faces` allows."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict

from PIL import Image

from safelight.app.composition import Rooms
from safelight.app.showing import Showing
from safelight.library.catalogue import Row
from safelight.library.people import PeopleStore
from safelight.library.reading.wire import parse_decode_response
from safelight.library.records import subject_of
from safelight.library.same_faces import box_of
from safelight.model.consent import Purpose, Refusal
from safelight.model.creations import Box
from safelight.model.errors import SourceError
from safelight.model.jobs import Job

EDGE = 256
"""Pixels of a portrait, which is square."""

_AROUND = 1.8
"""Side of the portrait, in sides of the face's box: hair and chin belong to a face."""
_CLEAR = 140
"""Pixels of the preview from which it is sharp enough to be cut from."""
_LARGEST = 4096
_KEPT = 600
_QUALITY = 85


class Portraits:
    """Portraits of one library, made when asked for and held in memory only."""

    def __init__(self, rooms: Rooms, showing: Showing) -> None:
        self._rooms = rooms
        self._showing = showing
        self._store = PeopleStore(rooms.drawers)
        self._kept: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def forget(self) -> None:
        """Drop what is held in memory; a withdrawal must not leave it there."""
        with self._lock:
            self._kept.clear()

    def portrait(self, face: str) -> bytes | Refusal | None:
        """A JPEG of one face of a person, a refusal, or None when there is none to see."""
        refusal = self._rooms.gate.refusal(Purpose.FACES)
        if refusal is not None:
            return refusal
        row = self._seen(face)
        if row is None:
            return None
        key = (face, row["x"], row["y"], row["width"], row["height"])
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None:
            return kept
        made = self._make(row)
        return self._keep(key, made) if isinstance(made, bytes) else made

    def _seen(self, face: str) -> Row | None:
        if not self._store.exists:
            return None
        condition = self._rooms.gate.condition(Purpose.FACES, "a")
        return next(iter(self._store.visible(condition, "f.id = ?", (face,))), None)

    def _make(self, row: Row) -> bytes | Refusal | None:
        large, side = _long(row), _side(row)
        from_preview = min(self._rooms.settings.preview_edge, large) * side / large >= _CLEAR
        image = None if from_preview else self._original(row, side)
        if isinstance(image, Refusal):
            return image
        image = image or self._decoded(self._showing.preview_job(row["asset"], None))
        return _cut(image, row) if image is not None else None

    def _original(self, row: Row, side: float) -> Image.Image | Refusal | None:
        """The original, no larger than needed; None where it cannot be opened now."""
        asset = self._showing.rows([row["asset"]]).get(row["asset"])
        if asset is None or asset["kind"] == "video":
            return None
        permit = self._rooms.gate.decide(Purpose.FACES, [subject_of(asset)])
        if isinstance(permit, Refusal):
            return permit
        edge = min(_LARGEST, round(EDGE * _long(row) / max(side, 1)) + 1)
        try:
            job = self._showing.decode_job(permit, asset, edge)
        except SourceError:
            return None
        return job if isinstance(job, Refusal) else self._decoded(job)

    def _decoded(self, job: Job | None) -> Image.Image | None:
        """What a worker makes of a picture; None where it cannot."""
        if job is None:
            return None
        result = next(iter(self._rooms.interactive.run([job])))
        if result.output is None:
            return None
        pixels = parse_decode_response(result.output)
        return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)

    def _keep(self, key: tuple[object, ...], made: bytes) -> bytes | Refusal:
        with self._lock:  # who forgets comes before this, and `faces` is off, or after it
            refusal = self._rooms.gate.refusal(Purpose.FACES)
            if refusal is not None:
                return refusal
            self._kept[key] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made


def _long(row: Row) -> int:
    return max(int(row["pixels_wide"]), int(row["pixels_high"]), 1)


def _side(row: Row) -> float:
    """Side of the portrait in pixels of the full-size picture."""
    box, wide, high = box_of(row), row["pixels_wide"], row["pixels_high"]
    side = _AROUND * max(box.width * wide, box.height * high)
    return float(min(side, wide, high))


def _cut(image: Image.Image, row: Row) -> bytes:
    scale = max(image.size) / _long(row)
    window = _window(box_of(row), image.width, image.height, _side(row) * scale)
    cut = image.convert("RGB").crop(window).resize((EDGE, EDGE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    cut.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _window(box: Box, wide: int, high: int, side: float) -> tuple[int, int, int, int]:
    """A square around a face, moved to lie inside the picture."""
    whole = max(1, min(round(side), wide, high))
    left = round((box.x + box.width / 2) * wide - whole / 2)
    top = round((box.y + box.height / 2) * high - whole / 2)
    left, top = max(0, min(left, wide - whole)), max(0, min(top, high - whole))
    return left, top, left + whole, top + whole
