"""How rarely may an album show what it is about, and still be named? Recall against rate.

    python benchmarks/accuracy/rates.py

SYNTHETIC, and the rates are ASSUMED but for cakes, gowns, skateboards and stages, which were
counted on real albums (`tests/unit/themes/test_event_albums.py`). Every theme has an album as a
photographer might take it: each word with the share of photos of which it is surely said, and once
more that share of which it is faintly said (half of the true words that real photos of scenes got
were faint). Then the same at a half and a quarter of these rates. What recognisers say by mistake
is drawn on top, of all the words they know and not of the rules': surely of every fourth photo,
faintly of most, a thing of every seventh. Each album has its own few dozen words for that, for
photos of one room are mistaken in one way. Plain albums show nothing but that.

Albums are of 30, 45 and 60 photos, and lie in four ways: with dates, without, with dates of two
afternoons in one folder, and with two thirds of the dates lost.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from intervals import line
from numpy.typing import NDArray

from safelight.ideas import build_timeline
from safelight.ideas.themes import BUILT_IN, Knowledge, with_themes
from safelight.model.assets import AssetKind, Shot
from safelight.model.sights import Sight, sightings
from safelight.weights import registry

SIZES, WAYS, TIMES = (30, 45, 60), ("dated", "undated", "two days", "some dates"), (1.0, 0.5, 0.25)
SURE, FAINT = (0.25, 0.75), (0.08, 0.25)
WRONG_SURE, WRONG_FAINT, WRONG_THING = 0.25, 0.8, 0.15
LEAN = 100.0
"""Of Dirichlet's distribution: the less, the more an album repeats its's mistakes."""

NAMES = sorted({line.split("\t")[0] for line in registry.words("scene-names")})
THINGS = [name for name in registry.words("object-names") if name != "person"]

Rates = dict[str, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Album:
    """What is seen in which share of the photos, and when."""

    labels: Rates = field(default_factory=dict)
    objects: Rates = field(default_factory=dict)
    faces: float = 0.5
    start: datetime = datetime(2015, 6, 13, 13)
    dark: float = 0.0
    glow: float = 0.0
    name: str = ""


ALBUMS: tuple[tuple[str, Album], ...] = (
    (
        "birthday",
        Album({"candle": 0.02, "balloon": 0.03, "packet": 0.02, "carton": 0.01}, {"cake": 0.05}),
    ),
    (
        "graduation",
        Album({"academic gown": 0.05, "mortarboard": 0.03, "cloak": 0.03, "suit": 0.1}),
    ),
    (
        "wedding",
        Album({"bridegroom": 0.18, "gown": 0.18, "altar": 0.05, "church": 0.05, "suit": 0.15}),
    ),
    (
        "halloween",
        Album(
            {"jack-o'-lantern": 0.06, "mask": 0.08, "cloak": 0.05, "wig": 0.03},
            start=datetime(2015, 10, 31, 18),
        ),
    ),
    ("beach", Album({"beach": 0.25, "sandbar": 0.1, "bikini": 0.05, "swimming trunks": 0.05})),
    ("hiking", Album({"mountain": 0.2, "valley": 0.15, "backpack": 0.08, "lake": 0.05})),
    ("camping", Album({"tent": 0.12, "sleeping bag": 0.02, "backpack": 0.04, "lake": 0.04})),
    ("skiing", Album({"ski": 0.15, "ski mask": 0.05, "mountain": 0.1}, {"skis": 0.15})),
    (
        "theme-park",
        Album(
            {
                "carousel": 0.04,
                "swing": 0.02,
                "steam locomotive": 0.02,
                "paddlewheel": 0.02,
                "castle": 0.06,
                "fountain": 0.04,
                "palace": 0.03,
                "mask": 0.03,
                "teddy": 0.02,
                "toy shop": 0.02,
                "ice cream": 0.01,
                "pirate": 0.02,
            },
            name="castles",
        ),
    ),
    (
        "theme-park",
        Album(
            {
                "bobsleigh": 0.03,
                "swing": 0.03,
                "parachute": 0.02,
                "go-kart": 0.01,
                "maypole": 0.02,
                "fountain": 0.03,
                "castle": 0.02,
                "mask": 0.02,
                "ice cream": 0.02,
                "teddy": 0.02,
                "carousel": 0.01,
            },
            name="coasters",
        ),
    ),
    ("zoo", Album({"lion": 0.06, "zebra": 0.05, "gorilla": 0.06, "flamingo": 0.05, "ibex": 0.06})),
    ("museum", Album({"breastplate": 0.06, "totem pole": 0.05, "throne": 0.04, "vase": 0.05})),
    (
        "concert",
        Album(
            {"stage": 0.4, "microphone": 0.15, "electric guitar": 0.25, "drum": 0.1},
            start=datetime(2015, 6, 13, 20),
            dark=0.6,
        ),
    ),
    ("show", Album({"stage": 0.5, "microphone": 0.2, "theater curtain": 0.05})),
    ("sports", Album({}, {"skateboard": 0.7}, name="skateboards")),
    ("sports", Album({"soccer ball": 0.12, "scoreboard": 0.03}, {"sports ball": 0.25})),
    (
        "party",
        Album(
            {"balloon": 0.05, "feather boa": 0.03, "sombrero": 0.03, "red wine": 0.05},
            {"wine glass": 0.1, "bottle": 0.1},
            faces=0.9,
            start=datetime(2015, 6, 13, 21),
        ),
    ),
    (
        "dinner",
        Album(
            {"plate": 0.15, "restaurant": 0.12, "red wine": 0.05},
            {"dining table": 0.2, "wine glass": 0.15},
            start=datetime(2015, 6, 13, 19),
        ),
    ),
    ("baby", Album({"cradle": 0.05, "baby cot": 0.06, "baby bib": 0.06, "nappy": 0.03})),
    ("pets", Album({"dog": 0.4}, {"dog": 0.5})),
    ("garden", Album({"daisy": 0.15, "flower": 0.25, "greenhouse": 0.05, "bee": 0.05}, faces=0.2)),
    ("snow", Album({"snowplow": 0.06, "dogsled": 0.06}, start=datetime(2015, 1, 17, 12))),
)
"""Theme and album; feasts and journeys, which calendar and places tell, are left out."""

OTHERS = {"birthday": {"party"}, "concert": {"show"}, "show": {"concert"}, "skiing": {"snow"}}
"""What else may truly be said of an album."""


class Painter:
    """Draws what is seen."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng([seed, 60])

    def album(self, album: Album, times: float, count: int) -> list[Sight]:
        """Sights of so many photos, at so many times the album's rates."""
        mistaken = self.rng.dirichlet(np.full(len(NAMES), LEAN / len(NAMES)))
        misplaced = self.rng.dirichlet(np.full(len(THINGS), 0.25))
        noise = (mistaken, misplaced)
        return [self._photo(album, times, noise) for _ in range(count)]

    def _photo(self, album: Album, times: float, noise: tuple[Floats, Floats]) -> Sight:
        labels, objects = dict[str, float](), dict[str, float]()
        for into, rates in ((labels, album.labels), (objects, album.objects)):
            for word, rate in rates.items():
                low = (0.4, 0.8) if into is objects else SURE
                self._say(into, word, rate * times, low)
                if into is labels:
                    self._say(into, word, rate * times, FAINT)
        glimpses = dict[str, float]()
        if "cake" in album.objects:
            self._say(glimpses, "cake", 0.15 * times, (0.18, 0.35))
        self._say(glimpses, "cake", 0.06, (0.15, 0.35))
        mistaken, misplaced = noise
        self._say(labels, str(self.rng.choice(NAMES, p=mistaken)), WRONG_SURE, SURE)
        self._say(labels, str(self.rng.choice(NAMES, p=mistaken)), WRONG_FAINT, FAINT)
        self._say(objects, str(self.rng.choice(THINGS, p=misplaced)), WRONG_THING, (0.35, 0.65))
        faces = int(self.rng.poisson(2)) + 1 if self.rng.random() < album.faces else 0
        return Sight(
            *(tuple(labels.items()), tuple(objects.items()), faces),
            dark=float(self.rng.random() < album.dark),
            glow=float(self.rng.random() < album.glow),
            glimpses=tuple(glimpses.items()),
        )

    def _say(self, into: Rates, word: str, rate: float, scores: tuple[float, float]) -> None:
        if self.rng.random() < rate:
            into[word] = max(into.get(word, 0.0), float(self.rng.uniform(*scores)))

    def shots(self, key: str, album: Album, way: str, count: int) -> list[Shot]:
        """Photos three minutes apart; where they lie on two days, half of them each."""
        begin = (album.start - datetime(1970, 1, 1)).total_seconds()
        found = []
        for number in range(count):
            at = begin + 180 * number
            if way == "two days" and number >= count // 2:
                at += timedelta(days=1).total_seconds() - 180 * (count // 2)
            dated = way in ("dated", "two days") or (way == "some dates" and number % 3 == 0)
            kind = AssetKind.PHOTO
            found.append(Shot(f"{key}-{number}", at, at, dated, kind, 800, 600, folder=key))
        return found


def said(seed: int, album: Album, times: float, way: str, size: int) -> set[str]:
    """Themes of an album that is alone in its library."""
    painter = Painter(seed)
    shots = painter.shots(f"0_{seed}@N00", album, way, size)
    sights = painter.album(album, times, size)
    seen = sightings({shot.id: sight for shot, sight in zip(shots, sights, strict=True)})
    moments = with_themes(build_timeline(shots), Knowledge(seen)).moments
    return {theme.name for moment in moments for theme in moment.themes}


def curve(seeds: range, ways: tuple[str, ...] = WAYS) -> None:
    """Print recall of every theme at each rate, and what else was said."""
    for times in TIMES:
        named, wrong, all_of = Counter[str](), Counter[str](), 0
        by_way = Counter[str]()
        print(f"\nat {times} of the rates")
        for theme, album in ALBUMS:
            hits = total = 0
            for seed in seeds:
                for way in ways:
                    for size in SIZES:
                        found = said(seed * 97 + size, album, times, way, size)
                        hits, total = hits + (theme in found), total + 1
                        by_way[way] += theme in found
                        for other in found - {theme} - OTHERS.get(theme, set()):
                            wrong[f"{theme} said {other}"] += 1
            named[theme] += hits
            all_of += total
            print(line(f"{theme} {album.name}".strip(), hits, total))
        print(line("named, all albums", sum(named.values()), all_of))
        print(line("wrong themes", sum(wrong.values()), all_of))
        print("    " + ", ".join(f"{way} {by_way[way]}" for way in ways))
        print("    " + ", ".join(f"{what} {n}" for what, n in wrong.most_common(8)))


def plain(seeds: range) -> None:
    """Print how often an album without a theme is given one."""
    false, total = Counter[str](), 0
    for seed in seeds:
        for way in WAYS:
            for size in (6, 12, 25, *SIZES):
                total += 1
                false.update(said(seed * 89 + size, Album(), 1.0, way, size))
    print(line("\nplain albums with a theme", sum(false.values()), total))
    print("    " + ", ".join(f"{name} {n}" for name, n in false.most_common()))


if __name__ == "__main__":
    assert {theme for theme, _ in ALBUMS} <= set(BUILT_IN)
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    curve(range(first, first + draws))
    plain(range(first, first + 10 * draws))
