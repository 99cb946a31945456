"""Search for people at a screen: pages of photos, why each was found, and ways to narrow down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from safelight.analysis.search import Hit, Match
from safelight.app.composition import Rooms
from safelight.app.searching import Searching
from safelight.app.showing import Showing
from safelight.app.views import AssetRow
from safelight.model.assets import Shot
from safelight.model.consent import Purpose, Refusal
from safelight.model.errors import RefusedError
from safelight.model.ideas import Timeline
from safelight.model.people import NOBODY_SEEN, PeopleSeen

PAGE = 60
_MOST = 5_000
_OFFERED = 8


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the results are narrowed to; None where it does not narrow.

    Attributes:
        place: a city, region or country by name.
        person: an identifier.
    """

    year: int | None = None
    place: str | None = None
    person: str | None = None


NOTHING = Narrowing()


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow down: `kind` is year, place or person, `value` what to ask for."""

    kind: str
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class FoundPhoto:
    """A found photo and what of it answered."""

    row: AssetRow
    score: float
    why: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results, best first.

    Attributes:
        total: how many there are, 5,000 at most.
        at: place of the first one shown here.
        facets: years, places and people of all results.
    """

    photos: tuple[FoundPhoto, ...]
    total: int
    at: int
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What can be looked for in this library, most frequent first, as far as it may be said."""

    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


class Finding:
    """Search pages of one library.

    Args:
        timeline: what may be seen now, its moments with themes.
        people: asked only while `faces` is on.
    """

    def __init__(
        self,
        rooms: Rooms,
        searching: Searching,
        showing: Showing,
        timeline: Callable[[], Timeline],
        people: Callable[[], PeopleSeen],
    ) -> None:
        self._rooms = rooms
        self._searching = searching
        self._showing = showing
        self._timeline = timeline
        self._people = people

    def find(
        self,
        text: str,
        narrowing: Narrowing = NOTHING,
        *,
        at: int = 0,
        count: int = PAGE,
        today: date | None = None,
    ) -> Found | Refusal:
        """One page of what answers a text, or of everything where the text is empty."""
        refusal = self._rooms.gate.refusal(Purpose.LIBRARY)
        if refusal is not None:
            return refusal
        shots = self._timeline().by_id
        scores = self._scores(text, shots.values(), today)
        people = self._known()
        kept = [a for a in scores if _holds(narrowing, shots.get(a), people.in_photos.get(a, ()))]
        at = max(0, min(at, len(kept)))
        chosen = kept[at : at + count]
        reasons = self._searching.why(text, chosen, today) if text.strip() else {}
        photos = tuple(
            FoundPhoto(row, scores[row.id], reasons.get(row.id, ()))
            for row in self._showing.some(chosen)
        )
        found = [shots[asset] for asset in kept if asset in shots]
        return Found(photos, len(kept), at, tuple(_facets(found, people)))

    def search(
        self, text: str, today: date | None = None, limit: int = 200
    ) -> list[tuple[Hit, str]]:
        """Photos by words, best first, each with its path.

        Raises:
            RefusedError: `library` is off.
        """
        found = self._searching.search(text, today, limit)
        if isinstance(found, Refusal):
            raise RefusedError(found.text)
        return found

    def suggestions(self) -> Suggestions:
        """What is worth looking for here; nothing where `library` is off."""
        if not self._rooms.gate.allows(Purpose.LIBRARY):
            return Suggestions()
        timeline, people = self._timeline(), self._known()
        seen = Counter(name for who in people.in_photos.values() for name in who)
        written = Counter(name for names in people.written.values() for name in names)
        named = Counter[str]()
        for person, count in seen.items():
            if person in people.names:
                named[people.names[person]] += count
        places = Counter(shot.place.label() for shot in timeline.shots if shot.place)
        themes = Counter(theme.name for moment in timeline.moments for theme in moment.themes)
        years = Counter(str(shot.day.year) for shot in timeline.shots)
        return Suggestions(
            people=_top(named | written),
            places=_top(places),
            themes=_top(themes),
            things=tuple(self._searching.things(_OFFERED)),
            years=tuple(sorted(_top(years), reverse=True)),
        )

    def _scores(self, text: str, shots: Iterable[Shot], today: date | None) -> dict[str, float]:
        if not text.strip():
            newest = sorted(shots, key=lambda shot: -shot.local)
            return {shot.id: 1.0 for shot in newest[:_MOST]}
        return {hit.asset: hit.score for hit in self._searching.hits(text, today, _MOST)}

    def _known(self) -> PeopleSeen:
        return self._people() if self._rooms.gate.allows(Purpose.FACES) else NOBODY_SEEN


def _holds(narrowing: Narrowing, shot: Shot | None, people: Collection[str]) -> bool:
    if narrowing.person is not None and narrowing.person not in people:
        return False
    if shot is None:  # without a date: neither a year nor a place is known
        return narrowing.year is None and narrowing.place is None
    if narrowing.year is not None and shot.day.year != narrowing.year:
        return False
    return narrowing.place is None or narrowing.place in _place_names(shot)


def _place_names(shot: Shot) -> Sequence[str | None]:
    return (shot.place.city, shot.place.region, shot.place.country) if shot.place else ()


def _facets(found: Sequence[Shot], people: PeopleSeen) -> Iterable[Facet]:
    years = Counter(shot.day.year for shot in found)
    for year, count in sorted(years.most_common(_OFFERED), reverse=True):
        yield Facet("year", str(year), str(year), count)
    places = Counter(shot.place.label() for shot in found if shot.place)
    for place, count in places.most_common(_OFFERED):
        yield Facet("place", place, place, count)
    seen = Counter(who for shot in found for who in people.in_photos.get(shot.id, ()))
    named = [(who, count) for who, count in seen.most_common() if who in people.names]
    for who, count in named[:_OFFERED]:
        yield Facet("person", who, people.names[who], count)


def _top(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in counts.most_common(_OFFERED))
