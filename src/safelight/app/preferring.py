"""What a person wants no ideas of, or fewer: said, listed, and taken back.

What is hidden or rests is the person's word and lies in the `catalogue` drawer; what concerns
people lies in `faces`, and the names of places in `places`. What is wanted more or fewer is
learnt, see `learning`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from safelight.app.composition import Rooms
from safelight.app.learning import Learning
from safelight.app.people import People
from safelight.app.subjects import (
    areas,
    days_of,
    days_said,
    days_subject,
    season_of,
    season_said,
    season_subject,
    stretches,
    title_of,
)
from safelight.ideas import kind_subject, lies_in, person_subject, place_subject, theme_subject
from safelight.library.shelves import IdeaStates
from safelight.library.wishes import Wish, Wishes
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, UserError
from safelight.model.ideas import Idea, IdeaKind, Preferences, Timeline
from safelight.model.places import Place

REST_DAYS = 365
"""How long something rests where nobody says otherwise."""

_ANNIVERSARIES = (IdeaKind.ON_THIS_DAY, IdeaKind.THIS_WEEK)
_PAST_ANNIVERSARY = timedelta(days=14)

_MOST_STRETCHES = 5


@dataclass(frozen=True, slots=True)
class WishRow:
    """Something of which there are no ideas: for good, or to the end of the day `until`.

    `kind` is place, days, season, theme, kind, photo or person; `subject` is what takes it back.
    """

    subject: str
    kind: str
    label: str
    until: date | None = None


class Preferring:
    """The preferences of one library.

    Args:
        outline: all that may be seen now, for the names of places.
        today: the person's own day.
    """

    def __init__(
        self,
        rooms: Rooms,
        people: People,
        learning: Learning,
        outline: Callable[[], Timeline],
        today: Callable[[], date] = date.today,
    ) -> None:
        self._rooms = rooms
        self._people = people
        self._outline = outline
        self._today = today
        self._states = IdeaStates(rooms.drawers)
        self._learning = learning
        self._wishes = {
            Purpose.LIBRARY: Wishes(rooms.drawers, "catalogue"),
            Purpose.PLACES: Wishes(rooms.drawers, "places"),
            Purpose.FACES: Wishes(rooms.drawers, "faces"),
        }

    def preferences(self) -> Preferences:
        """All that makers of ideas have to respect today, as far as consent reaches."""
        states, wishes = self._states.all(), self._standing()
        hidden = [wish for wish in wishes if wish.until is None]
        seasons, today = map(season_of, _named(wishes, "season")), self._today()
        rested = [wish for wish in wishes if wish.until is not None]
        return Preferences(
            hidden_people=frozenset(_named(hidden, "person")),
            hidden_days=tuple(map(days_of, _named(hidden, "days"))),
            hidden_places=frozenset(Place(*w.details) for w in hidden if _kind(w) == "place"),
            hidden_themes=frozenset(_named(hidden, "theme")),
            hidden_kinds=frozenset(map(IdeaKind, _named(hidden, "kind"))),
            hidden_assets=frozenset(_named(hidden, "photo")),
            rested_people=frozenset(_named(rested, "person")),
            rested_days=tuple(map(days_of, _named(rested, "days"))),
            quiet_seasons=tuple(season for season in seasons if today in season),
            dismissed=frozenset(i for i, said in states.items() if said in ("dismissed", "hidden")),
            liked=frozenset(i for i, said in states.items() if said == "liked"),
            weights=self._learning.weights(),
            leanings=self._learning.leanings(),
            a_day=self._rooms.settings.ideas_a_day,
        )

    def hide(self, subject: str) -> WishRow:
        """No ideas of a subject from now on, neither new ones nor those made before.

        Raises:
            UserError: there is no such subject here.
            RefusedError: the purpose that it needs is off.
        """
        self._require(Purpose.LIBRARY)
        kind, _, name = subject.partition(":")
        if kind == "person":
            row = self._person_row(name)
            self._people.hide(name)
            return row
        return self._keep(subject, None)

    def rest(self, subject: str, until: date | None = None) -> WishRow:
        """No ideas of a person, of days or of a time of the year until a day.

        Unless told, that is a year from now, and for days past their anniversary then: who lets
        them rest on that very day would else be reminded on the next one.

        Raises:
            UserError: there is no such subject here, it cannot rest, or `until` is over.
            RefusedError: the purpose that it needs is off.
        """
        self._require(Purpose.LIBRARY)
        until = until or self._a_year_on(subject)
        if until < self._today():
            raise UserError(f"{until.isoformat()} is over; name a day to come.")
        if subject.partition(":")[0] not in ("days", "season", "person"):
            raise UserError("Only days and people can rest; hide the rest, and bring it back.")
        return self._keep(subject, until)

    def bring_back(self, subject: str) -> bool:
        """Ideas of a subject may come again; False where nothing was said of it."""
        self._require(Purpose.LIBRARY)
        kind, _, name = subject.partition(":")
        purpose = _purpose_of(kind)
        self._require(purpose)
        back = self._wishes[purpose].remove(subject)
        if kind != "person":
            return back
        person = self._people.person(name)
        if person is not None and person.hidden:
            self._people.hide(name, False)
            back = True
        return back

    def all(self) -> list[WishRow]:
        """Everything that is hidden or rests now."""
        if not self._rooms.gate.allows(Purpose.LIBRARY):
            return []
        rows = [WishRow(w.subject, _kind(w), w.label, w.until) for w in self._standing()]
        names = self._names_now() if any(row.kind == "person" for row in rows) else {}
        rows = [replace(row, label=names.get(row.subject, row.label)) for row in rows]
        return [*rows, *self._hidden_people()]

    def photos_out(self) -> frozenset[str]:
        """Assets that the person took out of all ideas, one by one."""
        if not self._rooms.gate.allows(Purpose.LIBRARY):
            return frozenset()
        return frozenset(_named(self._standing(), "photo"))

    def _a_year_on(self, subject: str) -> date:
        until = self._today() + timedelta(days=REST_DAYS)
        kind, _, name = subject.partition(":")
        if kind != "days":
            return until
        days = days_of(name)
        for year in (until.year - 1, until.year, until.year + 1):
            last = days.last + (date(year, 1, 1) - date(days.last.year, 1, 1))
            first = last - (days.last - days.first)
            if first - _PAST_ANNIVERSARY <= until <= last + _PAST_ANNIVERSARY:
                return last + _PAST_ANNIVERSARY
        return until

    # Keeping

    def settle(self) -> None:
        """Put names of places where they belong; they lay in the catalogue once.

        Without `places` they are forgotten, as turning it off forgets them now.
        """
        own = self._wishes[Purpose.LIBRARY]
        for wish in own.all():
            if _kind(wish) == "place":
                if self._rooms.gate.allows(Purpose.PLACES):
                    with self._rooms.keeping(Purpose.PLACES):
                        self._wishes[Purpose.PLACES].put(wish)
                own.remove(wish.subject)

    def _keep(self, subject: str, until: date | None) -> WishRow:
        kind, _, name = subject.partition(":")
        label, details = self._said(kind, name, subject)
        purpose = _purpose_of(kind)
        with self._rooms.keeping(Purpose.LIBRARY, purpose):
            self._wishes[purpose].put(Wish(subject, label, details, until))
        return WishRow(subject, kind, label, until)

    def _said(self, kind: str, name: str, subject: str) -> tuple[str, list[str | None] | None]:
        """How a person would say a subject, and what is kept of it besides."""
        if kind == "place":
            place = self.known_places().get(subject)
            if place is None:
                raise UserError("None of your photos lies there.")
            words = (place.city, place.region, place.country)
            label = ", ".join(dict.fromkeys(word for word in words if word))
            return label, [*words, place.country_code]
        if kind == "days":
            return days_said(days_of(name)), None
        if kind == "season":
            return season_said(season_of(name)), None
        if kind == "photo":
            if name not in self._outline().by_id:
                raise UserError(f"There is no photo {name}.")
            return "A photo", None
        if kind == "person":
            return self._person_row(name).label, None
        if (kind == "kind" and name in frozenset(IdeaKind)) or (kind == "theme" and name):
            return title_of(subject), None
        raise UserError(f"Ideas have no subject {subject}.")

    def known_places(self) -> dict[str, Place]:
        """Places of the photos, with the regions and countries they lie in, by subject."""
        places = {shot.place for shot in self._outline().shots if shot.place is not None}
        return {place_subject(area): area for place in places for area in areas(place)}

    def place_named(self, name: str) -> str:
        """The subject of a place of the photos, by its name or itself; the widest of that name.

        Raises:
            UserError: no photo lies there, or there are several such places apart.
        """
        wanted = name.casefold()
        found = {
            subject: place
            for subject, place in self.known_places().items()
            if wanted in (place.label().casefold(), subject.casefold())
        }
        if not found:
            raise UserError(f"None of your photos lies in {name}.")
        for subject, area in found.items():
            if all(lies_in(place, area) for place in found.values()):
                return subject
        raise UserError(f"There are several places of that name: {', '.join(sorted(found))}.")

    def _standing(self) -> list[Wish]:
        today, allows = self._today(), self._rooms.gate.allows
        stores = [store for purpose, store in self._wishes.items() if allows(purpose)]
        found = (wish for store in stores for wish in store.all())
        return [wish for wish in found if wish.until is None or wish.until >= today]

    def _hidden_people(self) -> Iterator[WishRow]:
        if self._rooms.gate.allows(Purpose.FACES):
            for row in self._people.people():
                if row.hidden:
                    label = row.name or "Somebody without a name"
                    yield WishRow(person_subject(row.id), "person", label)

    def _names_now(self) -> dict[str, str]:
        """What people who rest are called by now."""
        people = self._people.people()
        return {person_subject(row.id): row.name for row in people if row.name}

    def _person_row(self, person: str) -> WishRow:
        self._require(Purpose.FACES)
        found = self._people.person(person)
        if found is None:
            raise UserError(f"There is no person {person}.")
        label = found.name or "Somebody without a name"
        return WishRow(person_subject(person), "person", label)

    def _require(self, purpose: Purpose) -> None:
        refusal = self._rooms.gate.refusal(purpose)
        if refusal is not None:
            raise RefusedError(refusal.text)


def choices(
    idea: Idea, places: Iterable[Place], days: Iterable[date], names: dict[str, str]
) -> list[WishRow]:
    """What can be hidden of an idea: its places, days, time of the year, theme, kind and people.

    Args:
        places: of its photos, the most frequent first.
        days: of its photos; where they lie in too many places of the calendar, none is offered.
        names: of people, by id.
    """
    found = [WishRow(place_subject(area), "place", name) for name, area in _widest(places).items()]
    runs = stretches(days)
    if len(runs) <= _MOST_STRETCHES:
        found += [WishRow(days_subject(run), "days", days_said(run)) for run in runs]
    if idea.kind in _ANNIVERSARIES and runs:
        season = season_subject(runs[-1])
        found.append(WishRow(season, "season", season_said(season_of(season.partition(":")[2]))))
    for subject in idea.about:
        kind, _, name = subject.partition(":")
        if kind == "theme":
            found.append(WishRow(theme_subject(name), kind, title_of(subject)))
        if kind == "person" and name in names:
            found.append(WishRow(subject, kind, names[name]))
    found.append(WishRow(kind_subject(idea.kind), "kind", title_of(kind_subject(idea.kind))))
    return list(dict.fromkeys(found))


def _widest(places: Iterable[Place]) -> dict[str, Place]:
    """Places with the areas they lie in, by name; a region called as its city stands for it."""
    return {area.label(): area for place in places for area in areas(place)}


def _purpose_of(kind: str) -> Purpose:
    """In whose drawer wishes of a kind lie."""
    return {"person": Purpose.FACES, "place": Purpose.PLACES}.get(kind, Purpose.LIBRARY)


def _kind(wish: Wish) -> str:
    return wish.subject.partition(":")[0]


def _named(wishes: Iterable[Wish], kind: str) -> Iterator[str]:
    return (w.subject.partition(":")[2] for w in wishes if _kind(w) == kind)
