"""Moments, trips, homes and ideas: plans with their reasons, no pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from safelight.model.assets import Shot
from safelight.model.consent import Purpose
from safelight.model.people import NOBODY_SEEN, PeopleSeen
from safelight.model.places import Place
from safelight.model.sights import Looks, Sightings, Views


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
    THIS_WEEK = "this-week"
    THEME = "theme"
    THROUGH_THE_YEARS = "through-the-years"
    LIVED_THERE = "lived-there"
    RETURNING = "returning"
    TOGETHER = "together"
    THEN_AND_NOW = "then-and-now"
    FIRST_AND_LATEST = "first-and-latest"
    GROWING_UP = "growing-up"
    DAY_WITH = "day-with"
    GROUP = "group"
    PETS = "pets"
    COLLECTION = "collection"
    BEST_OF_BURSTS = "best-of-bursts"
    GEMS = "gems"
    BEFORE_AND_AFTER = "before-and-after"
    ENHANCE = "enhance"
    RESTYLE = "restyle"
    FILM = "film"
    ALBUM = "album"


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
        whose: the name of the person it is about, where that may be said; else empty.
    """

    name: str
    score: float
    evidence: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    title: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """Photos that belong together in time and place, oldest first.

    Attributes:
        id: stable while the moment's first asset stays the same.
        start, end: naive wall-clock times of the first and last asset.
        trip: id of the trip it belongs to.
        dated: False for a folder of photos whose times cannot be believed; `start` and `end` then
            say when the files were made, and nothing may be read from them.
    """

    id: str
    title: str
    start: datetime
    end: datetime
    assets: tuple[str, ...]
    place: Place | None = None
    themes: tuple[ThemeScore, ...] = ()
    trip: str | None = None
    dated: bool = True


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
class Days:
    """A stretch of days, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class TimeOfYear:
    """Days of any year as (month, day), both ends included; they may go over New Year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __contains__(self, day: date) -> bool:
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person said about ideas; applied when ideas are made and again when they are shown.

    What is hidden or rests stays in the library and is recognised as before; it is only in no
    idea. Resting is for a while: whoever stores it says until when and leaves it out afterwards.

    Attributes:
        hidden_people, rested_people: identifiers of people (purpose `faces`).
        hidden_days, rested_days: local calendar days.
        quiet_seasons: times of the year that are in no idea now: only those that today lies in.
        hidden_places: places with all that lies in them: `Place(None, None, "Italy", "IT")` is
            the whole country (purpose `places`).
        hidden_themes: names of themes, built-in or taught.
        hidden_kinds: kinds of ideas that the person wants none of.
        hidden_assets: single photos.
        dismissed: ids of ideas that never come back; `liked`: ids of ideas the person liked.
        weights: under `learn`: how much of a subject is wanted, by the subject as `Idea.about`
            writes it ("kind:week", "theme:beach", "person:…"): 1 is usual, less is fewer, more
            is more, at most 2; 0 is none.
        leanings: under `learn`: the same, concluded from likes and dismissals; they count when a
            day's ideas are chosen, and never leave an idea out.
        a_day: how many ideas a day brings at most.
    """

    hidden_people: frozenset[str] = frozenset()
    hidden_days: tuple[Days, ...] = ()
    hidden_places: frozenset[Place] = frozenset()
    hidden_themes: frozenset[str] = frozenset()
    hidden_kinds: frozenset[IdeaKind] = frozenset()
    hidden_assets: frozenset[str] = frozenset()
    rested_people: frozenset[str] = frozenset()
    rested_days: tuple[Days, ...] = ()
    quiet_seasons: tuple[TimeOfYear, ...] = ()
    dismissed: frozenset[str] = frozenset()
    liked: frozenset[str] = frozenset()
    weights: Mapping[str, float] = field(default_factory=dict)
    leanings: Mapping[str, float] = field(default_factory=dict)
    a_day: int = 5

    @property
    def quiet_people(self) -> frozenset[str]:
        """People who are in no idea now."""
        return self.hidden_people | self.rested_people

    @property
    def quiet_days(self) -> tuple[Days | TimeOfYear, ...]:
        """Days that are in no idea now."""
        return (*self.hidden_days, *self.rested_days, *self.quiet_seasons)


@dataclass(frozen=True, slots=True)
class Shown:
    """What was offered before, each with the last day on which it was."""

    ideas: Mapping[str, date] = field(default_factory=dict)
    assets: Mapping[str, date] = field(default_factory=dict)
    kinds: Mapping[IdeaKind, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that makers of ideas may know: shots oldest first, and what was found in them.

    Only allowed shots are here; kept-out shots are here and marked, makers leave them out.

    Attributes:
        people: who is in the photos; nobody where `faces` is off.
        sights, looks: what photos show and how good they are; None where `content` is off.
        views: gives the embeddings of some photos, as far as they are known; None likewise.
    """

    shots: Sequence[Shot]
    moments: Sequence[Moment] = ()
    trips: Sequence[Trip] = ()
    homes: Sequence[Home] = ()
    by_id: Mapping[str, Shot] = field(default_factory=dict)
    people: PeopleSeen = NOBODY_SEEN
    sights: Sightings | None = None
    looks: Looks | None = None
    views: Callable[[Sequence[str]], Views] | None = None
    preferences: Preferences = Preferences()


@dataclass(frozen=True, slots=True)
class Reason:
    """One signal that led to an idea, in words, and the purpose that allowed it to be used."""

    signal: str
    text: str
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class PhotoReason:
    """Why one photo is in an idea, in words, and the purpose that allowed the signal."""

    asset: str
    text: str
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: what it is about, how much of it there is (0 to 1), what that adds."""

    name: str
    value: float
    adds: float


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
        about: its subjects: "kind:trip", "theme:beach", "person:ID", "place:AT/Tyrol/Innsbruck".
        photos: why single photos are in it; not every photo has a reason of its own.
        parts: what the score is made of.
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
    about: tuple[str, ...] = ()
    photos: tuple[PhotoReason, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def purposes(self) -> frozenset[Purpose]:
        """Every purpose this idea stands on; withdrawing one recalls the idea."""
        why = frozenset(reason.purpose for reason in self.reasons)
        return why | {photo.purpose for photo in self.photos}


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
