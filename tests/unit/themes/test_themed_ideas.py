"""Ideas made of themes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from safelight.ideas.themed import Themed, title_of
from safelight.model.assets import AssetKind, Shot
from safelight.model.consent import Purpose
from safelight.model.ideas import (
    IdeaKind,
    Moment,
    Reason,
    ThemeScore,
    Timeline,
)

_EPOCH = datetime(1970, 1, 1)
TODAY = date(2020, 1, 1)
CAKE = ThemeScore(
    "birthday",
    0.9,
    ("Cake in 4 of 12 photos",),
    (Reason("theme:birthday", "Cake in 4 of 12 photos", Purpose.CONTENT),),
)


def moments_of(days: list[int], theme: ThemeScore) -> Timeline:
    shots, moments = [], []
    for day in days:
        start = datetime(2015, 6, 1, 14) + timedelta(days=day)
        own = []
        for number in range(12):
            at = (start + timedelta(minutes=7 * number) - _EPOCH).total_seconds()
            print_ = hash((day, number)) & 0xFFFF_FFFF_FFFF_FFFF
            own.append(
                Shot(f"{day}-{number}", at, at, True, AssetKind.PHOTO, 40, 30, fingerprint=print_)
            )
        shots += own
        ids = tuple(shot.id for shot in own)
        moments.append(Moment(f"m{day}", "", start, start, ids, themes=(theme,)))
    return Timeline(shots, moments, by_id={shot.id: shot for shot in shots})


def test_a_theme_becomes_an_idea_with_its_reasons() -> None:
    (idea,) = Themed().make(moments_of([11], CAKE), TODAY)
    assert idea.kind is IdeaKind.THEME
    assert idea.title == "Birthday, 12 June 2015"
    assert idea.subtitle == "12 photos"
    assert idea.purposes == {Purpose.LIBRARY, Purpose.CONTENT}
    assert "Cake in 4 of 12 photos" in {reason.text for reason in idea.reasons}


def test_days_in_a_row_are_one_occasion_and_others_are_not() -> None:
    beach = replace(CAKE, name="beach")
    ideas = list(Themed().make(moments_of([1, 2, 3, 20], beach), TODAY))
    assert sorted(idea.title for idea in ideas) == [
        "At the beach, 21 June 2015",
        "At the beach, 2\N{EN DASH}4 June 2015",
    ]
    assert len({idea.id for idea in ideas}) == 2


def test_no_theme_no_idea_and_nothing_of_the_future() -> None:
    timeline = moments_of([1], CAKE)
    plain = replace(timeline, moments=[replace(timeline.moments[0], themes=())])
    assert not list(Themed().make(plain, TODAY))
    assert not list(Themed().make(timeline, date(2015, 1, 1)))


@pytest.mark.parametrize(
    ("theme", "title"),
    [
        (replace(CAKE, title="Ana's birthday"), "Ana's birthday, 2015"),
        (replace(CAKE, name="christmas"), "Christmas 2015"),
        (replace(CAKE, name="our boat"), "Our boat, 12 June 2015"),
    ],
)
def test_titles(theme: ThemeScore, title: str) -> None:
    assert title_of(theme, date(2015, 6, 12), date(2015, 6, 12)) == title
