"""Moments, trips, homes and ideas: plans with their reasons, no pixels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from safelight.model.assets import Shot
from safelight.model.consent import Purpose
from safelight.model.places import Place


class IdeaKind(StrEnum):
    """What an idea is about."""

    TRIP = "trip"
    TRIP_DAY = "trip-day"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    ON_THIS_DAY = "on-this-day"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Home:
    """A place where the person lived, with the days between which that shows.

    `radius_km` is how far from the centre still counts as home.
    """

    latitude: float
    longitude: float
    radius_km: float
    since: date
    until: date
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """A theme that a moment shows, 0 to 1, and the evidence for it in words.

    Attributes:
        reasons: the same evidence, each with the purpose that allowed it.
        title: what a card says ("Ana's birthday"); empty for the usual title.
    """

    name: str
    score: float
    evidence: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """Photos that belong together in time and place, oldest first.

    Attributes:
        id: stable while the moment's first asset stays the same.
        start, end: naive wall-clock times of the first and last asset.
        trip: id of the trip it belongs to.
    """

    id: str
    title: str
    start: datetime
    end: datetime
    assets: tuple[str, ...]
    place: Place | None = None
    themes: tuple[ThemeScore, ...] = ()
    trip: str | None = None


@dataclass(frozen=True, slots=True)
class Trip:
    """Time away from home: one or more places, oldest photo first.

    Attributes:
        distance_km: farthest point of the trip from home, in kilometres; from the first photo
            where no home is known.
        moments: ids of its moments.
    """

    id: str
    title: str
    start: datetime
    end: datetime
    assets: tuple[str, ...]
    places: tuple[Place, ...]
    distance_km: float
    moments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that makers of ideas may know: shots oldest first, and what was found in them.

    Only allowed shots are here; kept-out shots are here and marked, makers leave them out.
    """

    shots: Sequence[Shot]
    moments: Sequence[Moment] = ()
    trips: Sequence[Trip] = ()
    homes: Sequence[Home] = ()
    by_id: Mapping[str, Shot] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """One signal that led to an idea, in words, and the purpose that allowed it to be used."""

    signal: str
    text: str
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Idea:
    """A suggestion: which photos, under which title, and why. It holds no pixels.

    Attributes:
        id: the same for the same subject ("the trip that began on that day"), so that a late
            import refreshes an idea instead of repeating it, and a dismissal lasts.
        title, subtitle: as a person would write them; never empty.
        assets: chosen assets, oldest first.
        cover: the one to show first.
        score: 0 to 1, higher is offered earlier.
        makes: creation kinds that suit it.
        due: for ideas tied to a date: the day from which it is worth showing.
    """

    id: str
    kind: IdeaKind
    title: str
    subtitle: str
    assets: tuple[str, ...]
    cover: str
    reasons: tuple[Reason, ...]
    score: float
    makes: tuple[str, ...] = ("collage",)
    start: datetime | None = None
    end: datetime | None = None

    @property
    def purposes(self) -> frozenset[Purpose]:
        """Every purpose this idea stands on; withdrawing one recalls the idea."""
        return frozenset(reason.purpose for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class MakerSpec:
    """What a plug-in declares of itself.

    Attributes:
        purposes: purposes it cannot work without.
    """

    name: str
    version: str
    purposes: frozenset[Purpose]


class IdeaMaker(Protocol):
    """Finds ideas of one family in a timeline. Pure: same timeline and day, same ideas."""

    spec: MakerSpec

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas; the order does not matter."""
        ...
