"""People as values: faces with their place in a picture, and whose they are (purpose `faces`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from safelight.model.assets import NamedRegion
from safelight.model.creations import Box
from safelight.model.observations import FaceTemplate


@dataclass(frozen=True, slots=True)
class FacesFound:
    """What looking for faces in one asset gave; no templates where there are no faces.

    `names` are faces that other programs named in the asset's files.
    """

    asset: str
    templates: tuple[FaceTemplate, ...] = ()
    names: tuple[NamedRegion, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name that another program wrote at a face; `box` is fractions of the upright picture."""

    asset: str
    name: str
    box: Box


@dataclass(frozen=True, slots=True)
class PersonFace:
    """One face of a person.

    Attributes:
        box: pixels of the upright full-size picture.
        quality: 0 to 1, how well it can be told from others.
        confirmed: whether a person's word put it here.
    """

    id: str
    asset: str
    box: Box
    quality: float
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with the faces that may be seen now, best first.

    Attributes:
        name: None while nobody gave one.
        hidden: left out of lists and ideas, still recognised.
        suggested: names that other programs wrote at these faces, most frequent first.
    """

    id: str
    name: str | None
    hidden: bool
    faces: tuple[PersonFace, ...]
    suggested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonInPhoto:
    """A person in one photo; `box` is fractions of the upright picture."""

    id: str
    name: str | None
    face: str
    box: Box


@dataclass(frozen=True, slots=True)
class StoredFace:
    """A face as the grouping sees it.

    Attributes:
        template: little-endian float16; `model` is the digest of what made it.
        person: whose it is, None while it waits.
        confirmed: whether a person's word says so.
    """

    id: str
    asset: str
    quality: float
    model: str
    person: str | None
    confirmed: bool
    template: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Birthday:
    """A birthday that a person entered.

    Attributes:
        person: who, as the identifier that photos of them carry; None where unknown.
        name: what cards may call them; None where names are not allowed.
        year: of birth, where entered.
    """

    month: int
    day: int
    person: str | None = None
    name: str | None = None
    year: int | None = None

    def on(self, day: date) -> bool:
        """Whether it is celebrated on a day; those of 29 February on the 28th elsewhere."""
        if (self.month, self.day) == (2, 29) and (day.month, day.day) == (2, 28):
            return (day + timedelta(days=1)).month == 3
        return (self.month, self.day) == (day.month, day.day)

    def age_on(self, day: date) -> int | None:
        """Full years of life on a day; None where the year is not known."""
        if self.year is None:
            return None
        return day.year - self.year - ((day.month, day.day) < (self.month, self.day))


@dataclass(frozen=True, slots=True)
class PeopleSeen:
    """Who is in the photos, as far as ideas may know, under `faces`.

    Attributes:
        names: by person; those without a name are in no title and no idea about people.
        in_photos: the people in each photo, by asset.
        liked: people that the user marked as dear.
        written: names that other programs wrote, for each photo.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    in_photos: Mapping[str, frozenset[str]] = field(default_factory=dict)
    birthdays: Sequence[Birthday] = ()
    liked: frozenset[str] = frozenset()
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def said(self, asset: str) -> tuple[str, ...]:
        """Every name that may be said of a photo, each once."""
        there = self.in_photos.get(asset, ())
        given = sorted(self.names[who] for who in there if who in self.names)
        said = {name.casefold(): name for name in (*self.written.get(asset, ()), *given)}
        return tuple(said.values())


NOBODY_SEEN = PeopleSeen()
