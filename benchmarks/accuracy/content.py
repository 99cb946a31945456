"""Labels, objects and likeness against what albums and file names honestly say.

    python benchmarks/accuracy/content.py

Truth: what each photo plainly shows, written below for photos whose file name, album or keyword
says it, and checked by eye. Words were fixed before the run and thresholds are those of the
program; no threshold was tuned on these photos, but the list of groups was edited after looking
at the labels of this same collection. Calibration of 8-bit ranges used every second file.
Likeness: the nearest other photo, by embedding, among photos of several series.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from intervals import line
from photos import ROOT, decoded, pixels, unlike

from safelight.analysis.content import ContentAnalyser
from safelight.model.observations import ContentResult

SHOWS: dict[str, tuple[str, ...]] = {
    "trip-usa-2015/IMG_1252.jpg": ("bridge", "suspension bridge"),
    "trip-usa-2015/IMG_5910.jpg": ("animal",),
    "trip-usa-2015/IMG_6220.jpg": ("mountains",),
    "trip-usa-2015/IMG_6263.jpg": ("mountains",),
    "trip-usa-2015/IMG_6296.jpg": ("mountains",),
    "trip-usa-2015/IMG_6368.jpg": ("mountains",),
    "trip-usa-2015/IMG_8751.jpg": ("landscape",),
    "trip-usa-2015/IMG_9516.jpg": ("fox",),
    "walk-albums/nature/el_torcal_rocks.jpg": ("mountains", "landscape"),
    "walk-albums/nature/prairie_falcon.jpg": ("bird",),
    "walk-albums/nature/cyclamen_persicum.jpg": ("flower", "potted plant"),
    "walk-albums/nature/orychophragmus_violaceus.jpg": ("flower", "potted plant"),
    "walk-albums/nature/polemonium_reptans.jpg": ("flower", "potted plant"),
    "walk-albums/text/craft-beer.jpg": ("drink", "beer glass", "cup", "person"),
    "walk-albums/text/handwritten-notes.jpg": ("document", "envelope", "book"),
    "walk-albums/text/book-beside-flowers.jpg": ("book", "document"),
    "metadata/faces/portrait.jpg": ("person",),
}
PEOPLE = "apple-photos-faces.photoslibrary/originals"
NOT_PEOPLE = ("660AF0C1", "A2E762C9")
"""Of that library: a dark still life, and a statue."""


def names(result: ContentResult) -> set[str]:
    """Every word said of a photo."""
    return {label.name for label in result.labels} | {thing.name for thing in result.objects}


def expected_words(analyser: ContentAnalyser) -> None:
    """Print how often one of the expected words is said."""
    hits = total = 0
    for relative, wanted in SHOWS.items():
        picture = decoded(ROOT / relative)
        if picture is None:
            print(f"    not here: {relative}")
            continue
        said = names(analyser.analyse([pixels(picture)])[0])
        total += 1
        hits += bool(said & set(wanted))
        if not said & set(wanted):
            print(f"    {relative}: wanted {' or '.join(wanted)}, said {', '.join(sorted(said))}")
    print(line("photos where an expected word is said", hits, total))


def people_as_objects(analyser: ContentAnalyser) -> None:
    """Print recall and precision of "person" as an object, at photo level."""
    having = [
        path for path in sorted((ROOT / PEOPLE).rglob("*.jpeg")) if path.name[:8] not in NOT_PEOPLE
    ]
    lacking = sorted((ROOT / "walk-albums/nature").glob("*.jp*g"))
    hits, total = _with_person(analyser, having)
    print(line("photos of people with a person found", hits, total))
    wrong, count = _with_person(analyser, lacking)
    print(line("nature photos without a person found", count - wrong, count))


def _with_person(analyser: ContentAnalyser, paths: list[Path]) -> tuple[int, int]:
    hits = total = 0
    for _, picture in unlike(paths):
        objects = analyser.analyse([pixels(picture)])[0].objects
        hits += any(thing.name == "person" for thing in objects)
        total += 1
    return hits, total


def likeness(analyser: ContentAnalyser) -> None:
    """Print how often a photo's nearest neighbour is another version of the same subject.

    The orientation folders hold two subjects nine times, with the number of the version written
    into the picture, among all other photos.
    """
    series = {p: p.name.split("_")[0] for p in sorted((ROOT / "orientation").rglob("*.jpg"))}
    others = [path for path, _ in unlike(sorted((ROOT / "trip-usa-2015").glob("*.jpg")))]
    paths = [*series, *others]
    rows = []
    for path in paths:
        picture = decoded(path)
        assert picture is not None
        found = analyser.analyse([pixels(picture)])[0].embedding
        assert found is not None
        rows.append(np.frombuffer(found.values, "<f2").astype(np.float32))
    matrix = np.stack(rows)
    nearness = matrix @ matrix.T - 2 * np.eye(len(paths), dtype=np.float32)
    best = nearness.argmax(axis=1)
    hits = sum(series.get(paths[best[i]]) == series[paths[i]] for i in range(len(series)))
    print(line(f"nearest of {len(paths)} photos is the same subject", hits, len(series)))


def sensitive_scores(analyser: ContentAnalyser) -> None:
    """Print how many ordinary photos stay under one half."""
    scores = []
    paths = [p for p in sorted(ROOT.rglob("*")) if p.suffix.lower() in (".jpg", ".jpeg")]
    for _, picture in unlike(paths):
        scores.append(analyser.analyse([pixels(picture)])[0].sensitive or 0.0)
    print(line("ordinary photos scored under 0.5", sum(s < 0.5 for s in scores), len(scores)))
    print(f"    highest {max(scores):.2f}; nothing here measures recall, there are no such photos")


def main() -> None:
    """Print every figure."""
    analyser = ContentAnalyser()
    expected_words(analyser)
    people_as_objects(analyser)
    likeness(analyser)
    sensitive_scores(analyser)


if __name__ == "__main__":
    main()
