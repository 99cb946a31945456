"""Any library gives ideas that hold together: empty, of one second, of any century, of nowhere."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from safelight.ideas import build_timeline, make_ideas, offer
from safelight.ideas.themes import Birthday, Knowledge, with_themes
from safelight.model.assets import AssetKind, KeptOut, Shot
from safelight.model.ideas import Shown, Timeline
from safelight.model.people import PeopleSeen
from safelight.model.places import Place
from safelight.model.quality import Quality
from safelight.model.sights import Looks

_EPOCH = datetime(1970, 1, 1)
_PLACES = (
    Place("Vienna", "Vienna", "Austria", "AT"),
    Place(None, "Utah", "United States", "US"),
    Place(None, None, "Fiji", "FJ"),
)
TODAYS = (date(2026, 2, 28), date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31))
TIMES: dict[str, Callable[[random.Random], datetime]] = {
    "one second": lambda r: datetime(2015, 6, 12, 12),
    "one day": lambda r: datetime(2015, 6, 12) + timedelta(minutes=r.randint(0, 1439)),
    "a life": lambda r: datetime(2000, 1, 1) + timedelta(minutes=r.randint(0, 13_000_000)),
    "before 1970": lambda r: datetime(1826, 1, 1) + timedelta(days=r.randint(0, 52_000)),
    "after 2038": lambda r: datetime(2037, 1, 1) + timedelta(days=r.randint(0, 3000)),
    "leap days": lambda r: datetime(r.choice([1904, 2000, 2020]), 2, r.choice([28, 29]), 12),
    "midnights": lambda r: (
        datetime(2015, r.randint(1, 12), 9) + timedelta(seconds=r.randint(-1, 1))
    ),
    "new years": lambda r: datetime(r.randint(2000, 2024), 12, 31, 23, r.randint(0, 59)),
}


def _shot(r: random.Random, number: int, taken: datetime) -> Shot:
    local = (taken - _EPOCH).total_seconds()
    located = r.random() < 0.5
    return Shot(
        f"a{number:03}",
        local - r.choice([0, 14 * 3600, -12 * 3600, 345 * 60]),
        local,
        r.random() < 0.85,
        r.choice([*[AssetKind.PHOTO] * 6, AssetKind.VIDEO, AssetKind.LIVE]),
        r.choice([0, 4000]),
        r.choice([0, 3000]),
        r.choice([-16.8, 48.2, -89.9, 0.0]) if located else None,
        r.choice([179.99, -179.99, 16.4, 0.0]) if located else None,
        r.choice(_PLACES) if located else None,
        camera=r.choice([None, "A", "B"]),
        rating=r.choice([None, None, -1, 0, 3, 5]),
        folder=r.choice(["", "x", "Party at home"]),
        kept_out=r.choice([None] * 9 + [KeptOut.HIDDEN]),
        fingerprint=r.choice([None, r.getrandbits(64), 7]),
    )


def _known(r: random.Random, shots: list[Shot]) -> Timeline:
    timeline = build_timeline(shots)
    if shots and r.random() < 0.6:
        who = {shot.id: frozenset(r.sample("pqst", r.randint(1, 4))) for shot in shots}
        born = [Birthday(2, 29, "p", "Ana", 2012), Birthday(12, 31, "q", "Ben")]
        timeline = replace(timeline, people=PeopleSeen({"p": "Ana", "q": "Ben"}, who, born))
    if shots and r.random() < 0.6:
        names = [field.name for field in fields(Quality)]
        table = np.random.default_rng(r.randint(0, 99)).random((len(shots), len(names)))
        table[0, 0] = np.nan
        values = memoryview(table.astype("<f4").tobytes())
        timeline = replace(timeline, looks=Looks([shot.id for shot in shots], names, values))
    seen = timeline.people
    return with_themes(timeline, Knowledge(people=seen.in_photos, birthdays=seen.birthdays))


@pytest.mark.parametrize("when", TIMES)
@pytest.mark.parametrize("count", [0, 1, 2, 9, 60])
def test_no_maker_fails_and_every_idea_holds_together(when: str, count: int) -> None:
    for seed in range(4):
        r = random.Random(f"{when} {count} {seed}")
        timeline = _known(r, [_shot(r, n, TIMES[when](r)) for n in range(count)])
        today = r.choice(TODAYS)
        made = make_ideas(timeline, today)
        assert made.problems == []
        for idea in made.ideas:
            assert 0 <= idea.score <= 1
            assert len(set(idea.assets)) == len(idea.assets)
            assert idea.start is None or idea.end is None or idea.start <= idea.end
        tried = {idea.id: today + timedelta(days=r.randint(-40, 40)) for idea in made.ideas}
        assert len(offer(made.ideas, today, Shown(tried))) <= 5
