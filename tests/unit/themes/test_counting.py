"""What is said of pictures, surely and faintly, and how it is told."""

from __future__ import annotations

from datetime import datetime

import pytest

from safelight.ideas import build_timeline
from safelight.ideas.themes import Knowledge, with_themes
from safelight.ideas.themes.clues import Clues
from safelight.ideas.themes.concepts import CONCEPTS, GROUPS
from safelight.ideas.themes.counting import Pictures
from safelight.ideas.themes.gathering import gather
from safelight.ideas.themes.members import Members
from safelight.model.assets import AssetKind, Shot
from safelight.model.ideas import ThemeScore, Timeline
from safelight.model.sights import Sight, sightings
from safelight.weights import registry

PHOTOS = 40
NOTHING = Sight(faces=1)


def afternoon(seen: list[Sight], count: int = PHOTOS) -> tuple[Timeline, Knowledge]:
    """So many photos three minutes apart; those seen first, in the others there is a face."""
    start = (datetime(2014, 6, 7, 13) - datetime(1970, 1, 1)).total_seconds()
    shots = [
        Shot(f"p{n:02d}", start + 180 * n, start + 180 * n, True, AssetKind.PHOTO, 40, 30)
        for n in range(count)
    ]
    sights = [*seen, *[NOTHING] * (count - len(seen))]
    known = sightings({shot.id: sight for shot, sight in zip(shots, sights, strict=True)})
    return build_timeline(shots), Knowledge(known)


def clues_of(seen: list[Sight]) -> Clues:
    timeline, knowledge = afternoon(seen)
    return gather(Members.of_timeline(timeline), (), knowledge)


def themes_of(seen: list[Sight], count: int = PHOTOS) -> dict[str, ThemeScore]:
    (moment,) = with_themes(*afternoon(seen, count)).moments
    return {theme.name: theme for theme in moment.themes}


def counts(seen: list[Sight], concept: str) -> tuple[float, float]:
    """Photos that show it surely and faintly."""
    timeline, knowledge = afternoon(seen)
    assert knowledge.sightings is not None
    pictures = Pictures(Members.of_timeline(timeline), knowledge.sightings, knowledge.alike)
    found = pictures.of(CONCEPTS[concept])
    return float(found.counts[0]), float(found.faint[0])


def said(*words: tuple[str, float]) -> Sight:
    return Sight(words, faces=1)


def test_words_of_one_meaning_add_up() -> None:
    assert counts([said(("castle", 0.16), ("palace", 0.12))], "architecture") == (1.0, 0.0)


def test_a_group_is_not_added_to_the_words_it_stands_for() -> None:
    wavering = said(("academic gown", 0.05), ("graduation clothes", 0.09))
    assert counts([wavering], "mortarboard") == (0.0, 0.0)


@pytest.mark.parametrize("name", sorted(GROUPS))
def test_groups_are_those_of_the_recogniser(name: str) -> None:
    lines = [line.split("\t") for line in registry.words("scene-names")]
    assert name in {group for line in lines for group in line[2].split(",")}
    assert name not in {line[0] for line in lines}


def test_a_word_that_is_hardly_said_is_counted_apart() -> None:
    assert counts([said(("tent", 0.12)), said(("tent", 0.4))], "tent") == (1.0, 1.0)


def test_pictures_that_are_nearly_the_same_count_once_and_do_not_add_up() -> None:
    timeline, knowledge = afternoon([said(("tent", 0.16))] * 3)
    assert knowledge.sightings is not None
    alike = {"p01": "p00", "p02": "p00"}
    pictures = Pictures(Members.of_timeline(timeline), knowledge.sightings, alike)
    found = pictures.of(CONCEPTS["tent"])
    assert float(found.counts[0] + found.faint[0]) == pytest.approx(1.0)
    assert (float(found.likely[0]), float(found.perhaps[0])) == (0.0, 1.0)
    assert float(pictures.sizes[0]) == PHOTOS - 2


def test_faint_words_support_one_that_is_sure() -> None:
    sure, faint = said(("mortarboard", 0.5)), said(("mortarboard", 0.1))
    assert "graduation" not in themes_of([sure])
    theme = themes_of([sure, *[faint] * 4])["graduation"]
    assert theme.evidence[0] == (
        "Academic gown or mortarboard in 1 of 40 photos, and perhaps in 4 more"
    )


def test_faint_words_alone_name_nothing_and_speak_against_nothing() -> None:
    faint = said(("mortarboard", 0.1))
    assert themes_of([faint] * 30) == {}
    clues = clues_of([faint] * 30)
    assert clues.of("mortarboard")[0] > 0
    assert clues.against("mortarboard")[0] == 0


def test_kinds_are_told_by_what_they_are_kinds_of() -> None:
    rides = ["carousel", "swing", "bobsleigh", "castle", "fountain", "teddy", "mask"]
    theme = themes_of([said((word, 0.6)) for word in rides])["theme-park"]
    assert "What looks like rides: 3 different ones" in theme.evidence
    assert not any("zoo" in text for text in theme.evidence)


def test_three_kinds_of_rides_beside_a_castle_are_a_theme_park() -> None:
    rides = [said((word, 0.5)) for word in ("swing", "bobsleigh", "parachute")]
    castle = [said(("castle", 0.6))] * 3
    assert "theme-park" in themes_of([*rides, *castle])
    assert "theme-park" not in themes_of([*rides[:2], *castle])
    assert "theme-park" not in themes_of([*rides, *castle], count=12)


def test_the_looks_of_a_cake_do_not_speak_against_its_birthday() -> None:
    cake = Sight((("confectionery", 0.5), ("bakery", 0.3)), (("cake", 0.6),), faces=2)
    assert "birthday" in themes_of([cake, cake, *[said(("bakery", 0.4))] * 3])
