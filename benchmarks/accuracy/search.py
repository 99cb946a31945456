"""Search: precision at 10, and how long a query takes over 100,000 photos.

    python benchmarks/accuracy/search.py

SYNTHETIC. Photos come from a generated life with real city names; each shows one of 40 things.
The recogniser is ASSUMED to name it in 7 photos of 10 (score 0.3 to 0.95) and to say something
false in 2 of 10 (score 0.1 to 0.6). So this measures the parser and the ranking, not the models.
Without the text encoder only exact words and the built-in synonyms are known.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import numpy as np
from intervals import line

from safelight.analysis.content import WordEmbedder
from safelight.analysis.search import Document, Index, build_index, parse, search
from safelight.model.assets import Shot
from safelight.model.sights import Sight, sightings
from safelight.testing.lives import make_life, metadata_only_shots

TODAY = date(2026, 11, 23)
THINGS = (
    *("beach", "dog", "cat", "mountain", "castle", "pizza", "candle", "electric guitar", "stage"),
    *("tent", "backpack", "bridge", "boat", "daisy", "lion", "zebra", "elephant", "church"),
    *("fountain", "bicycle", "steam locomotive", "airliner", "snowplow", "ski", "carousel"),
    *("soccer ball", "tennis racket", "academic gown", "baby cot", "ice cream", "restaurant"),
    *("red wine", "laptop", "umbrella", "lake", "volcano", "palace", "bookcase", "potted plant"),
    "jack-o'-lantern",
)
SAID = {
    "seaside": "beach", "puppy": "dog", "kitten": "cat", "camping": "tent", "skiing": "ski",
    "amusement park": "carousel", "graduation": "academic gown", "pumpkins": "jack-o'-lantern",
    "infant": "baby cot", "wine": "red wine", "aeroplane": "airliner", "soccer": "soccer ball",
}  # fmt: skip
MEANT = {
    "hound": "dog", "mutt": "dog", "coast": "beach", "fortress": "castle", "cathedral": "church",
    "railroad engine": "steam locomotive", "passenger jet": "airliner",
    "notebook computer": "laptop",
    "gelato": "ice cream", "eatery": "restaurant", "bike": "bicycle", "royal residence": "palace",
}  # fmt: skip


def library(seed: int) -> tuple[Index, dict[str, str], list[Shot]]:
    """An index over a generated life, and what every photo truly shows."""
    rng = np.random.default_rng(seed)
    shots = [s for s in make_life(seed).shots if s.trusted]
    truth, seen = {}, {}
    for shot in shots:
        thing = THINGS[int(rng.integers(len(THINGS)))]
        truth[shot.id] = thing
        words = [(thing, float(rng.uniform(0.3, 0.95)))] if rng.random() < 0.7 else []
        if rng.random() < 0.2:
            words.append((THINGS[int(rng.integers(len(THINGS)))], float(rng.uniform(0.1, 0.6))))
        seen[shot.id] = Sight(tuple(words))
    return build_index(shots, {}, sightings(seen)), truth, shots


def at_ten(found: list[str], right: set[str]) -> tuple[int, int]:
    """Right ones among the first ten, and how many there could be."""
    return sum(asset in right for asset in found[:10]), min(10, len(right))


def main() -> None:
    """Print precision at 10 by kind of query, then times."""
    encode = WordEmbedder().embed
    totals: dict[str, list[int]] = {}
    for seed in (200, 201):
        index, truth, shots = library(seed)
        index.learn_meaning(encode)
        of = {t: {a for a, thing in truth.items() if thing == t} for t in THINGS}
        june = {s.id for s in shots if s.day.month == 6}
        cities = sorted({s.place.city for s in shots if s.place and s.place.city})[:10]
        asked: list[tuple[str, str, set[str]]] = [("one word", t, of[t]) for t in THINGS]
        asked += [("built-in synonym", said, of[t]) for said, t in SAID.items()]
        asked += [("like meaning", said, of[t]) for said, t in MEANT.items()]
        asked += [("word and month", f"{t} in june", of[t] & june) for t in THINGS[:12]]
        for city in cities:
            there = {s.id for s in shots if s.place and s.place.city == city}
            asked.append(("place", city, there))
            asked += [("word and place", f"{t} {city}", of[t] & there) for t in THINGS[:6]]
        for kind, text, right in asked:
            found = [hit.asset for hit in search(index, parse(text, TODAY), encode=encode)]
            hits, most = at_ten(found, right)
            tally = totals.setdefault(kind, [0, 0])
            tally[0], tally[1] = tally[0] + hits, tally[1] + most
    for kind, (hits, most) in totals.items():
        print(line(f"precision at 10 (of those there are): {kind}", hits, most))
    times()


def times() -> None:
    """Milliseconds a query over 100,000 photos with a dozen words each."""
    rng = np.random.default_rng(0)
    shots = [replace(s, folder="Photos") for s in metadata_only_shots(100_000, 1)]
    pool = [[(t, float(v)) for t, v in zip(rng.choice(THINGS, 8), rng.random(8), strict=True)]
            for _ in range(500)]  # fmt: skip
    seen = {s.id: Sight(tuple(pool[i % 500])) for i, s in enumerate(shots)}
    columns = sightings(seen)
    names = {s.id: Document(texts=((f"IMG_{s.id}.jpg", 0.5),)) for s in shots}
    began = time.perf_counter()
    index = build_index(shots, names, columns)
    print(f"index over 100,000 photos: {time.perf_counter() - began:.1f} s")
    for text in ("beach", "dogs in prague last summer", "christmas 2005", "img 00012345", "xyzzy"):
        began = time.perf_counter()
        search(index, parse(text, TODAY))
        print(f"{text!r}: {(time.perf_counter() - began) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
