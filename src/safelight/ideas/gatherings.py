"""Small collections of one thing, seen again and again: sunsets, food, flowers, dogs …

A photo belongs to a collection when the recogniser is sure of it; with pictures of one thing side
by side a wrong one shows at once, so the limits are higher than where themes are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from safelight.ideas import words
from safelight.ideas.pool import Pool, Rows, pool_of
from safelight.ideas.story import Story, material, written
from safelight.ideas.wishes import theme_subject
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Reason, Timeline
from safelight.model.sights import Sightings

FEWEST_PHOTOS, FEWEST_DAYS = 8, 4
A_YEAR_PHOTOS = 12


@dataclass(frozen=True, slots=True)
class Thing:
    """What a collection is of.

    Attributes:
        labels, objects: words that a recogniser uses for it.
        label_from, object_from: scores from which a word counts.
        theme: that a person hides with it.
    """

    name: str
    theme: str
    labels: frozenset[str]
    objects: frozenset[str] = frozenset()
    label_from: float = 0.5
    object_from: float = 0.7
    kind: IdeaKind = IdeaKind.COLLECTION
    makes: tuple[str, ...] = ("collage", "film")


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(",") if word.strip())


THINGS = (
    Thing("food", "dinner", _words("food, dessert"), _words("pizza, cake, sandwich, donut")),
    Thing(
        "flowers",
        "garden",
        _words("daisy, rapeseed, yellow lady's slipper"),
        makes=("collage", "restyle"),
    ),
    Thing("sea", "beach", _words("coast, beach, sandbar, headland")),
    Thing(
        "mountains",
        "hiking",
        _words("mountains"),
        makes=("collage", "film", "restyle"),
    ),
    Thing("water", "hiking", _words("lake, geyser, dam")),
    Thing("snow", "snow", _words("snow"), _words("skis, snowboard")),
    Thing("boats", "boats", _words("boat"), _words("boat"), object_from=0.75),
    Thing("churches", "city-trip", _words("religious building, dome")),
    Thing("bridges", "city-trip", _words("bridge")),
    Thing(
        "dogs",
        "pets",
        _words("dog"),
        _words("dog"),
        kind=IdeaKind.PETS,
        makes=("collage", "sticker", "gif"),
    ),
    Thing(
        "cats",
        "pets",
        _words("cat"),
        _words("cat"),
        kind=IdeaKind.PETS,
        makes=("collage", "sticker", "gif"),
    ),
    Thing("horses", "pets", _words("horse"), _words("horse"), kind=IdeaKind.PETS),
    Thing("birds", "birds", _words("bird"), _words("bird")),
)
LIGHTS = (
    ("sunsets", "sunset", 1, 0.6),
    ("fireworks", "fireworks", 2, 0.6),
    ("nights", "nights", 0, 0.85),
)
"""Collections by light: name, theme, column of `Sightings.light`, and from which value."""

_SUN_HOURS = ((5, 9), (16, 22))


class Gatherings:
    """Finds COLLECTION and PETS ideas: each thing over all years, and of every full year."""

    spec = MakerSpec("gatherings", "1", frozenset({Purpose.LIBRARY, Purpose.CONTENT}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas; none where nothing was looked at."""
        pool = pool_of(timeline)
        if timeline.sights is not None and len(pool.shots):
            yield from written(pool, _stories(pool, timeline, timeline.sights, today), today)


def _stories(pool: Pool, timeline: Timeline, sights: Sightings, today: date) -> Iterator[Story]:
    seen = _Seen(pool, sights)
    hidden = timeline.preferences.hidden_themes
    found = [(t.name, t.theme, t.kind, t.makes, seen.thing(t)) for t in THINGS]
    for name, theme, column, least in LIGHTS:
        rows = seen.light(column, least)
        if name == "sunsets":
            rows = rows[_low_sun(pool, rows)]
        found.append((name, theme, IdeaKind.COLLECTION, ("collage", "restyle"), rows))
    for name, theme, kind, makes, rows in found:
        if theme not in hidden:
            yield from _collection(
                pool, name, theme, kind, makes, rows[pool.day[rows] < today.toordinal()]
            )


class _Seen:
    """What pool rows show."""

    def __init__(self, pool: Pool, sights: Sightings) -> None:
        row_of = pool.row_of
        at = np.fromiter((row_of.get(a, -1) for a in sights.assets), np.intp, len(sights.assets))
        self._at, self._lead = at, pool.lead
        self._row = np.asarray(sights.row)
        self._name, self._score = np.asarray(sights.name), np.asarray(sights.score)
        self._object = np.asarray(sights.is_object).astype(np.bool_)
        self._number = {name: number for number, name in enumerate(sights.names)}
        self._light = np.asarray(sights.light).reshape(-1, 3)

    def thing(self, thing: Thing) -> Rows:
        """Leading rows that surely show a thing."""
        hits = self._hits(thing.labels, thing.label_from, objects=False)
        hits |= self._hits(thing.objects, thing.object_from, objects=True)
        return self._leading(self._at[np.unique(self._row[hits])])

    def light(self, column: int, least: float) -> Rows:
        """Leading rows whose light is so."""
        return self._leading(self._at[self._light[:, column] >= least])

    def _hits(self, names: frozenset[str], least: float, *, objects: bool) -> NDArray[np.bool_]:
        wanted = np.zeros(len(self._number) + 1, dtype=np.bool_)
        wanted[[self._number[name] for name in names if name in self._number]] = True
        return np.asarray(wanted[self._name] & (self._score >= least) & (self._object == objects))

    def _leading(self, rows: Rows) -> Rows:
        rows = np.unique(rows[rows >= 0])
        return np.asarray(rows[self._lead[rows]])


def _low_sun(pool: Pool, rows: Rows) -> NDArray[np.bool_]:
    """Whether the hour may be that of a low sun: warm light at noon is a lamp or a wall."""
    hours = [pool.shots[row].local_time.hour for row in rows.tolist()]
    inside = [any(low <= hour < high for low, high in _SUN_HOURS) for hour in hours]
    return np.array(inside, dtype=np.bool_)


def _collection(
    pool: Pool, name: str, theme: str, kind: IdeaKind, makes: tuple[str, ...], rows: Rows
) -> Iterator[Story]:
    if not _is_enough(pool, rows, FEWEST_PHOTOS):
        return
    dates = pool.dates(rows)
    years = sorted({day.year for day in dates})
    plural = words.say(f"collection-{name}")

    def story(key: str, title: str, its: Rows) -> Story:
        days = words.count(len(pool.dates(its)), "day-on")
        seen = words.say("collection-why", what=plural, photos=words.count(len(its), "photo-in"))
        return Story(
            kind=kind,
            key=key,
            title=title,
            subtitle=words.say("collection-sub", material=material(pool, its), days=days),
            rows=its,
            reasons=(Reason("content", words.sentence(seen), Purpose.CONTENT),),
            about=(theme_subject(theme),),
            makes=makes,
        )

    span = words.years(years[0], years[-1])
    yield story(name, words.say("collection", what=plural, years=span), rows)
    if len(years) == 1:
        return
    of = np.array([date.fromordinal(int(day)).year for day in pool.day[rows]])
    for year in years:
        its = rows[of == year]
        if _is_enough(pool, its, A_YEAR_PHOTOS):
            title = words.say("collection-year", what=plural, year=year)
            yield story(f"{name}:{year}", title, its)


def _is_enough(pool: Pool, rows: Rows, photos: int) -> bool:
    return len(rows) >= photos and len(np.unique(pool.day[rows])) >= FEWEST_DAYS
