"""Eight event albums, drawn again and again: are they named, alone and in a large library?

    python benchmarks/accuracy/albums.py

SYNTHETIC. How often each word is seen in an album is what was measured on real ones, or assumed
where it was not; `tests/unit/themes/test_event_albums.py` says which. In which photos it is seen,
and how surely, is drawn. The large library has 600 moments of six photos more, which show every
word of the rules at six tenths of the rate that the rules call usual.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from intervals import line
from themes import COUNTED_TWICE

from safelight.ideas import build_timeline
from safelight.ideas.themes import Knowledge, with_themes
from safelight.ideas.themes.concepts import CONCEPTS
from safelight.model.assets import AssetKind, Shot
from safelight.model.sights import Sight, sightings

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests/unit/themes"))
from test_event_albums import ALBUMS, album, lying  # type: ignore[import-not-found]

DRAWS = 12
MOMENTS, PHOTOS = 600, 6
FALSE_SHARE = 0.6
FALSE_CAKES = 0.002

Photos = dict[str, tuple[Shot, Sight, str]]
"""By id: what is known of a photo, what is seen in it, and the album it is of, "" for none."""


def albums(draw: int, way: str = "") -> Photos:
    """The eight, some six weeks apart; in the ways that an album may lie in several moments."""
    found: Photos = {}
    for number, name in enumerate(ALBUMS):
        start = datetime(2014, 2, 2, 13) + timedelta(days=41 * number)
        drawn = lying(name, way, start, draw) if way else album(name, start, draw=draw)
        shots, sights = drawn
        found |= {s.id: (s, seen, name) for s, seen in zip(shots, sights, strict=True)}
    return found


def ordinary(draw: int) -> Photos:
    """Moments that show nothing but what recognisers say by mistake, three days apart."""
    rng = np.random.default_rng([draw, 7])
    words = [
        (concept.usual, sorted(concept.labels))
        for name, concept in CONCEPTS.items()
        if name != COUNTED_TWICE
    ]
    begin = (datetime(2008, 1, 1, 10) - datetime(1970, 1, 1)).total_seconds()
    found: Photos = {}
    for number in range(MOMENTS * PHOTOS):
        at = begin + 3 * 86_400 * (number // PHOTOS) + 200 * (number % PHOTOS)
        labels = tuple(
            (known[int(rng.integers(len(known)))], float(rng.uniform(0.3, 0.9)))
            for usual, known in words
            if known and rng.random() < usual * FALSE_SHARE
        )
        things = (("cake", 0.5),) if rng.random() < FALSE_CAKES else ()
        shot = Shot(f"other-{number}", at, at, True, AssetKind.PHOTO, 40, 30)
        found[shot.id] = (shot, Sight(labels, things, int(rng.poisson(1))), "")
    return found


def themes(photos: Photos) -> list[tuple[str, set[str]]]:
    """The album that each moment is of, and its themes."""
    timeline = build_timeline([shot for shot, _, _ in photos.values()])
    seen = sightings({asset: sight for asset, (_, sight, _) in photos.items()})
    return [
        (photos[moment.assets[0]][2], {theme.name for theme in moment.themes})
        for moment in with_themes(timeline, Knowledge(seen)).moments
    ]


def named(draws: list[Photos]) -> tuple[int, int]:
    """In how many albums a moment is named, and in how many one is named wrongly."""
    right = wrong = 0
    for photos in draws:
        found = themes(photos)
        for name in ALBUMS:
            said = set[str]().union(*(each for album_of, each in found if album_of == name))
            right += name.strip() in said
            wrong += bool(said - {name.strip()})
    return right, wrong


def report(title: str, draws: list[Photos]) -> None:
    """Print how many albums are named, each by name, and how many wrongly."""
    found = [each for photos in draws for each in themes(photos)]
    named, wrong = Counter[str](), 0
    for name, said in found:
        if name:
            named[name] += name.strip() in said
            wrong += bool(said - {name.strip()})
    print(f"\n{title}")
    print(line("albums named", sum(named.values()), len(ALBUMS) * len(draws)))
    print(line("albums with a wrong theme", wrong, len(ALBUMS) * len(draws)))
    print("    " + ", ".join(f"{name.strip()} {number}" for name, number in named.items()))
    others = [said for name, said in found if not name]
    if others:
        print(line("other moments with a theme", sum(map(bool, others)), len(others)))


if __name__ == "__main__":
    report("in a library of their own", [albums(draw) for draw in range(DRAWS)])
    report("among 600 other moments", [albums(d) | ordinary(d) for d in range(DRAWS)])
    for way in ("two days", "some dates"):
        right, wrong = named([albums(draw, way) for draw in range(DRAWS)])
        print(f"\nin a library of their own, {way}")
        print(line("albums of which a moment is named", right, len(ALBUMS) * DRAWS))
        print(line("albums of which one is named wrongly", wrong, len(ALBUMS) * DRAWS))
