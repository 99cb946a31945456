"""Clues of every moment: concepts counted, clock and calendar, places, and words, 0 to 1 each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import acos, asin, cos, degrees, pi, radians, sin

import numpy as np
from numpy.typing import NDArray

from safelight.ideas import words
from safelight.ideas.themes.calendars import feasts
from safelight.ideas.themes.concepts import CONCEPTS
from safelight.ideas.themes.spoken import themes_in
from safelight.model.assets import Shot
from safelight.model.consent import Purpose
from safelight.model.ideas import Home, Moment, Timeline
from safelight.model.people import Birthday
from safelight.model.sights import Sightings

Floats = NDArray[np.float64]

DECISIVE = 2.0
"""Powers of ten by which chance must be unlikely for a concept to count in full."""

_TIMES_USUAL = 3.0
_DOUBT = 60.0
_FEW = 8
_TAUGHT_USUAL = 0.03


@dataclass(slots=True)
class Clues:
    """Strength of every clue for every moment.

    Attributes:
        strength: one array for each clue, as long as the moments.
        texts: evidence in words with its purpose, by (clue, moment's row).
    """

    count: int
    strength: dict[str, Floats] = field(default_factory=dict)
    texts: dict[tuple[str, int], tuple[str, Purpose]] = field(default_factory=dict)

    def set(self, clue: str, row: int, value: float, text: str, purpose: Purpose) -> None:
        """Give one moment a clue; the strongest is kept."""
        column = self.strength.get(clue)
        if column is None:
            column = self.strength[clue] = np.zeros(self.count)
        if value > column[row]:
            column[row] = value
            self.texts[clue, row] = (text, purpose)

    def of(self, clue: str) -> Floats:
        """The column of a clue; zeros where nothing is known of it."""
        found = self.strength.get(clue)
        return np.zeros(self.count) if found is None else found


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What may be known besides the timeline.

    Attributes:
        sightings: what photos show, under `content`.
        birthdays: entered by the person, under `faces` where they name someone.
        people: identifiers of the people in a photo, under `faces`.
        titles: titles and albums that other programs wrote, by asset.
        taught: for every own theme the photos that look like it, under `learn`.
    """

    sightings: Sightings | None = None
    birthdays: Sequence[Birthday] = ()
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    taught: Mapping[str, frozenset[str]] = field(default_factory=dict)


def gather(timeline: Timeline, knowledge: Knowledge) -> Clues:
    """Gather the clues of every moment of a timeline, in its order."""
    moments = timeline.moments
    clues = Clues(len(moments))
    shots = [[timeline.by_id[a] for a in m.assets if a in timeline.by_id] for m in moments]
    if knowledge.sightings is not None:
        _count_concepts(clues, moments, knowledge.sightings)
    for name, alike in knowledge.taught.items():
        _count_taught(clues, moments, name, alike)
    for row, (moment, members) in enumerate(zip(moments, shots, strict=True)):
        _calendar(clues, row, moment, timeline.homes, knowledge)
        _where(clues, row, moment, members, timeline.homes)
        if knowledge.sightings is not None:  # only pictures say whether light was low
            _low_sun(clues, row, members)
        _spoken(clues, row, moment, members, knowledge)
    speaking = np.zeros(len(moments), dtype=np.bool_)
    for strength in clues.strength.values():
        speaking |= strength > 0
    for row in np.flatnonzero(speaking).tolist():  # the hour alone never makes a theme
        _clock(clues, row, moments[row], shots[row])
    return clues


# What is seen


def _count_concepts(clues: Clues, moments: Sequence[Moment], seen: Sightings) -> None:
    place = {asset: row for row, asset in enumerate(seen.assets)}
    of = np.full(len(seen.assets), -1, dtype=np.int64)
    for number, moment in enumerate(moments):
        for asset in moment.assets:
            if (row := place.get(asset)) is not None:
                of[row] = number
    sizes = np.bincount(of[of >= 0], minlength=len(moments)).astype(np.float64)
    entries = _Entries(of, seen)
    for name, concept in CONCEPTS.items():
        hits = entries.hits(concept.labels, concept.label_from, objects=False)
        hits |= entries.hits(concept.objects, concept.object_from, objects=True)
        counts = entries.count(hits, len(moments), kinds=concept.kinds)
        strength = surprise(counts, sizes, concept.usual) / DECISIVE
        strength = np.minimum(1.0, strength) * np.where(counts >= concept.least, 1.0, 0.45)
        _say(clues, name, strength, counts, sizes, concept.said)
    _faces_and_light(clues, of, sizes, seen)


class _Entries:
    """The words of all photos, with the moment that each photo belongs to."""

    def __init__(self, moment_of: NDArray[np.int64], seen: Sightings) -> None:
        self._row = np.asarray(seen.row, dtype=np.int64)
        self._name = np.asarray(seen.name, dtype=np.int64)
        self._score = np.asarray(seen.score)
        self._object = np.asarray(seen.is_object).astype(np.bool_)
        self._of = moment_of
        self._number = {name: number for number, name in enumerate(seen.names)}

    def hits(self, names: Iterable[str], least: float, *, objects: bool) -> NDArray[np.bool_]:
        """Which entries say one of the names with enough certainty."""
        wanted = np.zeros(len(self._number) + 1, dtype=np.bool_)
        wanted[[self._number[name] for name in names if name in self._number]] = True
        return np.asarray(wanted[self._name] & (self._score >= least) & (self._object == objects))

    def count(self, hits: NDArray[np.bool_], moments: int, *, kinds: bool) -> Floats:
        """Photos (or different words) of each moment among the hits."""
        what = self._name if kinds else self._row
        of = self._of[self._row[hits]]
        pairs = np.unique(np.stack([of, what[hits]]), axis=1)
        inside = pairs[0][pairs[0] >= 0]
        return np.bincount(inside, minlength=moments).astype(np.float64)


def surprise(counts: Floats, sizes: Floats, usual: float) -> Floats:
    """How many powers of ten chance is against so many hits: Chernoff's bound for a binomial.

    The chance of a hit is `usual`, raised towards the rate in the rest of this library, by three
    times at most: what someone always photographs says less.
    """
    rest, of = counts.sum() - counts, sizes.sum() - sizes
    rate = np.clip((rest + _DOUBT * usual) / (of + _DOUBT), usual, _TIMES_USUAL * usual)
    share = np.divide(counts, sizes, out=np.zeros_like(counts), where=sizes > 0)
    share = np.minimum(share, 1.0)
    over = np.where(share > rate, share, rate)
    more = over * np.log(over / rate)
    less = (1 - over) * np.log(np.maximum(1 - over, 1e-12) / (1 - rate))
    return np.asarray(sizes * (more + less) / np.log(10))


def _say(
    clues: Clues, name: str, strength: Floats, counts: Floats, sizes: Floats, said: str
) -> None:
    clues.strength[name] = strength
    for row in np.flatnonzero(strength > 0.05).tolist():
        number, size = int(counts[row]), int(sizes[row])
        if name == "wild_kinds":
            text = words.say("seen-kinds", number=number)
        else:
            text = words.say("seen", what=words.concept(said), number=number, size=size)
        clues.texts[name, row] = (text, Purpose.CONTENT)


def _faces_and_light(clues: Clues, of: NDArray[np.int64], sizes: Floats, seen: Sightings) -> None:
    faces = np.asarray(seen.faces).astype(np.float64)
    light = np.asarray(seen.light).reshape(-1, 3).astype(np.float64)
    within = of >= 0

    def share(flags: NDArray[np.bool_]) -> Floats:
        found = np.bincount(of[within & flags], minlength=len(sizes)).astype(np.float64)
        return np.divide(found, sizes, out=np.zeros_like(found), where=sizes > 0)

    looked = share(faces >= 0)
    one, many = share(faces >= 1), share(faces >= 3)
    dark, glow, sparks = (share(light[:, column] >= 0.5) for column in range(3))
    for name, values, full, said in (
        ("faces", one, 0.4, "Faces"),
        ("crowd", many, 0.25, "Three or more people"),
        ("dark", dark, 0.6, "Night or a dark room"),
        ("glow", glow, 0.4, "Warm low light"),
        ("sparks", sparks, 0.3, "Bursts of light in the dark"),
    ):
        strength = np.minimum(1.0, values / full)
        _say(clues, name, strength, np.round(values * sizes), sizes, said)
    clues.strength["no-faces"] = np.where(looked >= 0.5, np.clip(1 - one / 0.1, 0, 1), 0.0)


def _count_taught(
    clues: Clues, moments: Sequence[Moment], name: str, alike: frozenset[str]
) -> None:
    counts = np.array([sum(a in alike for a in m.assets) for m in moments], np.float64)
    sizes = np.array([len(moment.assets) for moment in moments], np.float64)
    strength = np.minimum(1.0, surprise(counts, sizes, _TAUGHT_USUAL) / DECISIVE)
    strength *= np.where(counts >= 2, 1.0, 0.45)
    for row in np.flatnonzero(strength > 0.05).tolist():
        said = words.say("taught", number=int(counts[row]), size=int(sizes[row]))
        clues.set(f"own:{name}", row, float(strength[row]), said, Purpose.LEARN)


# When


def _clock(clues: Clues, row: int, moment: Moment, shots: Sequence[Shot]) -> None:
    if not shots:
        return
    hours = [int(shot.local % 86_400) // 3_600 for shot in shots]
    month = moment.start.month

    def put(clue: str, test: Callable[[int], bool]) -> None:
        share = sum(map(test, hours)) / len(hours)
        if share >= 0.3:
            text = words.say(f"clue-{clue}")
            clues.set(clue, row, min(1.0, share / 0.6), text, Purpose.LIBRARY)

    put("evening", lambda hour: hour >= 17 or hour < 4)
    put("night", lambda hour: hour >= 20 or hour < 4)
    put("day", lambda hour: 8 <= hour < 18)
    put("late-light", lambda hour: 17 <= hour <= 21 or 4 <= hour <= 7)
    if len(shots) < _FEW:
        clues.set("few", row, 1 - (len(shots) - 1) / _FEW, words.say("clue-few"), Purpose.LIBRARY)
    south = any(shot.latitude is not None and shot.latitude < 0 for shot in shots)
    season = (month % 12 // 3 + (2 if south else 0)) % 4
    name = ("winter", "spring", "summer", "autumn")[season]
    said = words.say(f"clue-{name}")
    clues.set(name, row, 1.0, said, Purpose.PLACES if south else Purpose.LIBRARY)
    if month == 12:
        clues.set("december", row, 1.0, words.say("clue-december"), Purpose.LIBRARY)
    if month not in (9, 10, 11):
        clues.set("not-autumn", row, 1.0, words.say("clue-not-autumn"), Purpose.LIBRARY)


def _calendar(
    clues: Clues, row: int, moment: Moment, homes: Sequence[Home], knowledge: Knowledge
) -> None:
    country, purpose = _country(moment, homes)
    for feast in feasts(moment.start, moment.end, country):
        enough = min(1.0, len(moment.assets) / 4)
        # Only a day that the country decided about needed to know the country.
        used = purpose if feast.theme != "new-year" else Purpose.LIBRARY
        clues.set(f"feast:{feast.theme}", row, feast.weight * enough, feast.text, used)
    present = frozenset[str]().union(*(knowledge.people.get(a, ()) for a in moment.assets))
    for birthday in knowledge.birthdays:
        if birthday.on(moment.start.date()):
            said = _birthday(birthday.name)
            clues.set("birthday", row, 1.0, said, Purpose.FACES)
            if birthday.person is not None and birthday.person in present:
                name = birthday.name
                said = (
                    words.say("clue-there", name=name) if name else words.say("clue-there-someone")
                )
                clues.set("someone", row, 1.0, said, Purpose.FACES)


def _birthday(name: str | None) -> str:
    if name:
        return words.say("clue-birthday", whose=words.of(name))
    return words.say("clue-birthday-someone")


def _country(moment: Moment, homes: Sequence[Home]) -> tuple[str | None, Purpose]:
    if moment.place is not None:
        return moment.place.country_code, Purpose.PLACES
    day = moment.start.date()
    for home in homes:
        if home.place is not None and home.since <= day <= home.until:
            return home.place.country_code, Purpose.PLACES
    return None, Purpose.LIBRARY


# Where


def _where(
    clues: Clues, row: int, moment: Moment, shots: Sequence[Shot], homes: Sequence[Home]
) -> None:
    if moment.trip is not None:
        clues.set("away", row, 1.0, words.say("clue-away"), Purpose.PLACES)
    located = [(s.latitude, s.longitude) for s in shots if s.latitude is not None]
    points = [(lat, lon) for lat, lon in located if lat is not None and lon is not None]
    if not points:
        return
    span = _span(points)
    if span >= 60:
        text = words.say("clue-long-way", distance=words.distance(span))
        clues.set("long-way", row, min(1.0, span / 120), text, Purpose.PLACES)
    elif 0.8 <= span <= 20 and len(points) >= 4:
        text = words.say("clue-walk", distance=words.distance(span))
        clues.set("walk", row, min(1.0, span / 2), text, Purpose.PLACES)
    cities = Counter(shot.place.city for shot in shots if shot.place and shot.place.city)
    if len(cities) >= 3:
        text = words.say("clue-places", number=len(cities))
        clues.set("several-places", row, min(1.0, len(cities) / 5), text, Purpose.PLACES)
    if cities and moment.place is not None and moment.place.city:
        text = words.say("clue-city", at=words.at([moment.place.city]))
        clues.set("city", row, 1.0, text, Purpose.PLACES)
    day = moment.start.date()
    if any(
        home.since <= day <= home.until
        and _km(points[0], (home.latitude, home.longitude)) <= home.radius_km + 0.3
        for home in homes
    ):
        clues.set("at-home", row, 1.0, words.say("clue-at-home"), Purpose.PLACES)


def _low_sun(clues: Clues, row: int, shots: Sequence[Shot]) -> None:
    located = [shot for shot in shots if shot.located]
    if not located:
        return
    low = sum(-6 <= _sun(shot) <= 8 for shot in located) / len(located)
    if low >= 0.3:
        said = words.say("clue-low-sun")
        clues.set("low-sun", row, min(1.0, low / 0.6), said, Purpose.PLACES)


def _span(points: Sequence[tuple[float, float]]) -> float:
    """Kilometres from the first point to the farthest; 0 where all lie within some 500 m."""
    south, north = min(lat for lat, _ in points), max(lat for lat, _ in points)
    west, east = min(lon for _, lon in points), max(lon for _, lon in points)
    if north - south < 0.004 and east - west < 0.004:
        return 0.0  # most moments: no clue needs the exact figure
    return max(_km(points[0], point) for point in points)


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    lat1, lat2, turn = radians(a[0]), radians(b[0]), radians(b[1] - a[1])
    cosine = sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(turn)
    return 6371.0 * acos(max(-1.0, min(1.0, cosine)))


def _sun(shot: Shot) -> float:
    """Height of the sun in degrees, to about a degree (NOAA's low-accuracy formula)."""
    assert shot.latitude is not None
    assert shot.longitude is not None
    days = shot.utc / 86400.0
    turn = 2 * pi * ((days - 79.0) % 365.2425) / 365.2425
    declination = asin(sin(radians(23.44)) * sin(turn))
    clock = (days % 1.0) * 360.0 + shot.longitude - 180.0
    equation = -1.9 * sin(turn + radians(77)) + 2.5 * sin(2 * turn)
    hour = radians(clock - equation)
    lat = radians(shot.latitude)
    height = sin(lat) * sin(declination) + cos(lat) * cos(declination) * cos(hour)
    return degrees(asin(max(-1.0, min(1.0, height))))


# What is written


def _spoken(
    clues: Clues, row: int, moment: Moment, shots: Sequence[Shot], knowledge: Knowledge
) -> None:
    votes: Counter[str] = Counter()
    said: dict[str, str] = {}
    for shot in shots:
        found: set[str] = set()
        for text in _texts(shot, knowledge):
            for theme in themes_in(text):
                found.add(theme)
                said.setdefault(theme, text)
        votes.update(found)
    for theme, number in votes.items():
        strength = min(1.0, number / len(shots) / 0.3)
        text = words.say("clue-written", text=said[theme], number=number, size=len(shots))
        clues.set(f"word:{theme}", row, strength, text, Purpose.LIBRARY)
    if knowledge.sightings is not None and knowledge.sightings.text:
        _read(clues, row, moment, knowledge.sightings.text)


def _texts(shot: Shot, knowledge: Knowledge) -> Iterable[str]:
    yield from shot.keywords
    if shot.folder:
        yield shot.folder
    if title := knowledge.titles.get(shot.id):
        yield title


def _read(clues: Clues, row: int, moment: Moment, text: Mapping[str, str]) -> None:
    """Words in the pictures: few photos are read, so a few that agree are enough."""
    votes: Counter[str] = Counter()
    for asset in moment.assets:
        if asset in text:
            votes.update(themes_in(text[asset]))
    for theme, number in votes.items():
        read = words.say("clue-read", number=number)
        clues.set(f"word:{theme}", row, 0.75 if number == 1 else 1.0, read, Purpose.CONTENT)
