"""What photos show, as columns: what makers of ideas and search get to know of content."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sight:
    """What one photo shows, as far as it may be used.

    Attributes:
        labels, objects: lower-case names with scores, 0 to 1.
        faces: how many; None where nobody looked.
        dark, glow, sparks: 0 to 1: night, the warm light of a low sun, points of light in the
            dark; see `Quality`.
        text: words read in the picture.
        glimpses: names of things that the detector doubts, with scores.
    """

    labels: tuple[tuple[str, float], ...] = ()
    objects: tuple[tuple[str, float], ...] = ()
    faces: int | None = None
    dark: float = 0.0
    glow: float = 0.0
    sparks: float = 0.0
    text: str = ""
    glimpses: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Sightings:
    """What many photos show. Columns are buffers that any array library reads without a copy.

    Attributes:
        assets: ids; a photo's row is its place here.
        names: words that labels and objects use.
        row, name, score, is_object: one entry for each word of each photo: int32, int32,
            float32 and uint8; the entries of a photo lie together, rows ascending.
        faces: int16 for each photo, -1 where nobody looked.
        light: float32, three for each photo: dark, glow and sparks; see `Sight`.
        text: words read, by asset id, where there are any.
        glimpsed: of a few things that the detector doubted, by name: assets with the best score.
    """

    assets: Sequence[str]
    names: Sequence[str]
    row: memoryview = field(repr=False)
    name: memoryview = field(repr=False)
    score: memoryview = field(repr=False)
    is_object: memoryview = field(repr=False)
    faces: memoryview = field(repr=False)
    light: memoryview = field(repr=False)
    text: Mapping[str, str] = field(default_factory=dict)
    glimpsed: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Looks:
    """Quality figures of many photos, as columns (purpose `content`).

    Attributes:
        assets: ids; a photo's row is its place here.
        names: of the figures, see `Quality`.
        figures: float32 as bytes, one row a photo, one column a name; not-a-number where not
            known.
    """

    assets: Sequence[str]
    names: Sequence[str]
    figures: memoryview = field(repr=False)


@dataclass(frozen=True, slots=True)
class Views:
    """Embeddings of many photos: unit vectors, comparable only with one another.

    Attributes:
        assets: ids; a photo's row is its place here.
        values: float16 as little-endian bytes, `dimension` numbers a photo.
    """

    assets: Sequence[str]
    dimension: int
    values: memoryview = field(repr=False)


def sightings(sights: Mapping[str, Sight]) -> Sightings:
    """Put single sights into columns; for tests and small sets."""
    names: dict[str, int] = {}
    row, name, score, kind = array("i"), array("i"), array("f"), array("B")
    faces, light = array("h"), array("f")
    for number, sight in enumerate(sights.values()):
        for is_object, found in enumerate((sight.labels, sight.objects)):
            for word, value in found:
                row.append(number)
                name.append(names.setdefault(word, len(names)))
                score.append(value)
                kind.append(is_object)
        faces.append(-1 if sight.faces is None else sight.faces)
        light.extend((sight.dark, sight.glow, sight.sparks))
    text = {asset: sight.text for asset, sight in sights.items() if sight.text}
    glimpsed: dict[str, dict[str, float]] = {}
    for asset, sight in sights.items():
        for word, value in sight.glimpses:
            best = glimpsed.setdefault(word, {})
            best[asset] = max(value, best.get(asset, 0.0))
    return Sightings(
        tuple(sights),
        tuple(names),
        row=memoryview(row),
        name=memoryview(name),
        score=memoryview(score),
        is_object=memoryview(kind),
        faces=memoryview(faces),
        light=memoryview(light),
        text=text,
        glimpsed=glimpsed,
    )
