"""Every theme can be reached where only a fifth of a moment's photos show what it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from safelight.ideas.themes import BUILT_IN, Knowledge, with_themes
from safelight.model.assets import AssetKind, Shot
from safelight.model.ideas import Moment, Timeline
from safelight.model.places import Place
from safelight.model.sights import Sight, sightings

PHOTOS, SHOW = 25, 5
OTHERS = 40
NOON = datetime(2015, 6, 13, 12)
GERMANY = Place("Cologne", "North Rhine-Westphalia", "Germany", "DE")


@dataclass(frozen=True)
class Day:
    """What five of twenty-five photos show in turn, and when and where it was.

    A "+" joins what one photo shows.
    """

    labels: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    start: datetime = NOON
    place: Place | None = None
    trip: str | None = None
    step_km: float = 0.0
    dark: float = 0.0
    glow: float = 0.0
    bright: int = SHOW


DAYS: dict[str, Day] = {
    "birthday": Day(("candle", "balloon"), ("cake",)),
    "graduation": Day(("academic gown", "mortarboard")),
    "wedding": Day(("bridegroom+gown", "gown+altar")),
    "christmas": Day(("christmas stocking",), start=datetime(2015, 12, 24, 18), place=GERMANY),
    "halloween": Day(("jack-o'-lantern", "mask"), start=datetime(2015, 10, 31, 18), place=GERMANY),
    "new-year": Day(("red wine", "goblet"), start=datetime(2015, 12, 31, 21)),
    "beach": Day(("beach", "sandbar")),
    "hiking": Day(("mountain", "valley"), ("backpack",)),
    "camping": Day(("tent", "sleeping bag")),
    "skiing": Day(("ski",), ("skis",), start=datetime(2015, 2, 14, 11)),
    "road-trip": Day(("car mirror",), ("car",), place=GERMANY, trip="t", step_km=8.0),
    "city-trip": Day(("palace", "dome", "fountain"), place=GERMANY, trip="t", step_km=0.1),
    "theme-park": Day(("carousel", "castle", "mask", "swing", "ice cream")),
    "zoo": Day(("lion", "zebra", "gorilla", "flamingo", "hippopotamus")),
    "museum": Day(("breastplate", "totem pole")),
    "concert": Day(("electric guitar", "stage", "drum"), start=datetime(2015, 6, 13, 20)),
    "show": Day(("stage", "theater curtain"), start=datetime(2015, 6, 13, 20)),
    "sports": Day(("soccer ball", "scoreboard"), ("sports ball",)),
    "party": Day(("feather boa", "sombrero"), ("wine glass",), start=datetime(2015, 6, 13, 21)),
    "dinner": Day(("plate", "restaurant"), ("wine glass",), start=datetime(2015, 6, 13, 19)),
    "baby": Day(("baby cot", "baby bib")),
    "pets": Day(("dog",), ("dog",)),
    "garden": Day(("daisy", "greenhouse")),
    "fireworks": Day(start=datetime(2015, 7, 14, 22), dark=1.0, bright=8),
    "sunset": Day(start=datetime(2015, 6, 13, 19), glow=1.0, bright=8),
    "snow": Day(("snowplow", "dogsled"), start=datetime(2015, 1, 17, 12)),
}


def seen_in(day: Day, number: int) -> Sight:
    """The photos that show it lie apart from one another; in all the others there are people."""
    nth, rest = divmod(number, PHOTOS // day.bright)
    if rest or nth >= day.bright:
        return Sight(faces=3)
    words = day.labels[nth % len(day.labels)].split("+") if day.labels else []
    things = [day.objects[nth % len(day.objects)]] if day.objects else []
    labels = tuple((word, 0.45) for word in words)
    seen = Sight(labels, tuple((thing, 0.6) for thing in things), faces=1)
    return replace(seen, dark=day.dark, sparks=day.dark, glow=day.glow)


def shot(name: str, start: datetime, number: int, day: Day) -> Shot:
    at = (start + timedelta(minutes=4 * number) - datetime(1970, 1, 1)).total_seconds()
    north = 50.9 + number * day.step_km / 111 if day.place else None
    return Shot(
        f"{name}-{number}", at, at, True, AssetKind.PHOTO, 40, 30,
        latitude=north, longitude=7.0 if day.place else None, place=day.place,
    )  # fmt: skip


def moment(shots: list[Shot], day: Day) -> Moment:
    start, end = shots[0].local_time, shots[-1].local_time
    ids = tuple(each.id for each in shots)
    return Moment(shots[0].id, "", start, end, ids, place=day.place, trip=day.trip)


@pytest.mark.parametrize("theme", BUILT_IN)
def test_a_fifth_of_the_photos_names_it(theme: str) -> None:
    day = DAYS[theme]
    own = [shot("own", day.start, number, day) for number in range(PHOTOS)]
    usual = [shot("usual", datetime(2014, 3, 4, 12), number, Day()) for number in range(OTHERS)]
    seen = {each.id: seen_in(day, number) for number, each in enumerate(own)}
    seen |= {each.id: Sight((("laptop", 0.6),), faces=1) for each in usual}
    timeline = Timeline(
        shots=[*usual, *own],
        moments=[moment(usual, Day()), moment(own, day)],
        by_id={each.id: each for each in (*usual, *own)},
    )
    ordinary, told = with_themes(timeline, Knowledge(sightings(seen))).moments
    assert told.themes
    assert told.themes[0].name == theme
    assert not ordinary.themes
