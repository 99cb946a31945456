"""People as values: faces with their place in a picture, and whose they are (purpose `faces`)."""

from __future__ import annotations

from dataclasses import dataclass, field

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
