"""What each purpose keeps of one photo, in plain words with the values themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from safelight.app.composition import Rooms
from safelight.app.held_words import figures_of, percent, said
from safelight.library.catalogue import Row
from safelight.library.clip_looks import ClipLooks
from safelight.library.failures import Failures
from safelight.library.judgements import Judgements
from safelight.library.observations import Observations
from safelight.library.people import PeopleStore
from safelight.library.readings import Readings
from safelight.library.shelves import IdeaShelf
from safelight.library.taste import Taste
from safelight.model.consent import Purpose


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that is kept of a photo.

    Attributes:
        value: as a person reads it; of numbers that say nothing to people, how many there are.
        size: bytes, as far as they are this photo's alone.
    """

    what: str
    value: str
    size: int


class Holdings:
    """Reads the drawers for one photo; asks nothing of purposes that are off."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._readers: dict[Purpose, Callable[[Row], Iterator[Held]]] = {
            Purpose.LIBRARY: self._library,
            Purpose.PLACES: self._places,
            Purpose.CONTENT: self._content,
            Purpose.FACES: self._faces,
            Purpose.SUGGEST: self._suggested,
            Purpose.LEARN: self._taught,
        }

    def of(self, purpose: Purpose, row: Row) -> tuple[Held, ...]:
        """What a purpose keeps of an asset, given its catalogue row."""
        read = self._readers.get(purpose)
        if read is None or not self._rooms.gate.allows(purpose):
            return ()
        return tuple(read(row))

    def _library(self, row: Row) -> Iterator[Held]:
        for what, column in _FROM_THE_FILE.items():
            value = row.get(column)
            if value not in (None, "", "[]", 0):
                yield _held(what, said(column, value))
        if row["width"]:
            yield _held("Size", f"{row['width']} × {row['height']} pixels, {row['size']:,} bytes")  # noqa: RUF001
        if row["fingerprint"] is not None:
            yield Held("Short fingerprint of the picture", f"{row['fingerprint'] & _64:016x}", 8)
        preview = self._rooms.previews.get(row["id"])
        if preview is not None:
            yield Held("Preview", "a small picture", len(preview))

    def _places(self, row: Row) -> Iterator[Held]:
        if not self._rooms.drawers.exists("places"):
            return
        found = self._rooms.locations.get(row["id"])
        if found is None:
            return
        latitude, longitude, offset, *names = found
        if latitude is None:
            yield _held("Coordinates", "looked for; the file has none")
            return
        yield _held("Coordinates", f"{latitude:.5f}, {longitude:.5f}")
        place = ", ".join(dict.fromkeys(name for name in names if name))
        if place:
            yield _held("Place", place)
        if offset is not None:
            yield _held("Time zone there", f"{offset / 60:+g} hours from UTC")

    def _content(self, row: Row) -> Iterator[Held]:
        seen = Observations(self._rooms.drawers)
        yield from self._failed(Purpose.CONTENT, row)
        yield from self._along(row)
        found = seen.get(row["id"]) if seen.exists else None
        if found is None:
            return
        if found.labels:
            yield _held("Words for the picture", _scored(found.labels))
        if found.objects:
            yield _held("Things in it", _scored(found.objects))
        if found.glimpses:
            yield _held("Things that may be in it", _scored(found.glimpses))
        faces = _count(len(found.faces), "place") if found.faces else "no face found"
        yield _held("Where faces are, never whose", faces)
        if found.sensitive is not None:
            yield _held("Likelihood of nudity", percent(found.sensitive))
        if found.embedding is not None:
            size = len(found.embedding.values)
            numbers = f"{found.embedding.dimension} numbers that tell what it looks like"
            yield Held("Likeness for search", numbers, size)
        said = Readings(self._rooms.drawers).text(row["id"])
        if said:
            yield _held("Words read in it", said)
        yield from self._judged(row["id"])

    def _along(self, row: Row) -> Iterator[Held]:
        along = ClipLooks(self._rooms.drawers).all([row["id"]]).get(row["id"])
        if along is not None:
            moments = _count(len(along["looks"]), "moment")
            yield _held("Seen along the video", f"{moments}: light, movement, where faces are")

    def _failed(self, purpose: Purpose, row: Row) -> Iterator[Held]:
        reason = Failures(self._rooms.drawers, purpose.value).reason(row["id"])
        if reason is not None:
            yield _held("Why it could not be looked at", reason)

    def _judged(self, asset: str) -> Iterator[Held]:
        judged = Judgements(self._rooms.drawers).judged(asset)
        if judged is None:
            return
        yield _held("Quality", figures_of(judged.quality))
        if judged.kept_out:
            yield _held("Kept out of ideas", f"{judged.kept_out}: {judged.why}")

    def _faces(self, row: Row) -> Iterator[Held]:
        people = PeopleStore(self._rooms.drawers)
        yield from self._failed(Purpose.FACES, row)
        if not people.exists:
            return
        faces = people.faces_in(row["id"])
        if faces is None:
            return
        templates = sum(len(face["template"] or b"") for face in faces)
        number = sum(face["template"] is not None for face in faces)
        words = f"{_count(number, 'template')} of 128 numbers" if number else "no face found"
        yield Held("Face templates", words, templates)
        written = people.names_in(row["id"])
        if written:
            yield _held("Names that other programs wrote into it", ", ".join(written))
        names = [face["name"] or "somebody without a name" for face in faces if face["person"]]
        if names:
            yield _held("Who is in it", ", ".join(names))

    def _suggested(self, row: Row) -> Iterator[Held]:
        if self._rooms.drawers.exists("ideas"):
            ideas = [i for i, _ in IdeaShelf(self._rooms.drawers, "ideas").all()]
            using = [idea.title for idea in ideas if row["id"] in idea.assets]
            if using:
                yield _held("Ideas made by themselves", "; ".join(using))

    def _taught(self, row: Row) -> Iterator[Held]:
        if self._rooms.drawers.exists("taste"):
            themes = Taste(self._rooms.drawers).all()
            learnt = [theme.name for theme in themes if row["id"] in theme.liked]
            if learnt:
                yield _held("Own themes that learnt from it", ", ".join(learnt))


_64 = (1 << 64) - 1
_FROM_THE_FILE = {
    "Where the file lies": "path",
    "Date and time": "taken_local",
    "Where the date is from": "time_source",
    "By how much the camera's clock was put right": "clock_shift_s",
    "Time by the GPS": "fix_utc",
    "Camera": "camera",
    "Lens": "lens",
    "Title": "title",
    "Description": "description",
    "Rating": "rating",
    "Keywords": "keywords",
    "Kept out of ideas as": "kept_out",
    "The same content as": "duplicate_of",
    "What is wrong with it": "error",
}


def _held(what: str, value: object) -> Held:
    text = str(value)
    return Held(what, text, len(text.encode("utf-8", "surrogatepass")))


def _scored(found: tuple[Any, ...]) -> str:
    best: dict[str, float] = {}
    for item in found:
        best[item.name] = max(item.score, best.get(item.name, 0.0))
    return ", ".join(f"{name} {percent(score)}" for name, score in best.items())


def _count(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"
