"""The same day of earlier years, leap days among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from safelight.ideas.on_this_day import OnThisDay
from safelight.model.assets import Shot
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, Moment, Timeline
from safelight.model.places import Place
from safelight.model.sights import Views

MakeShots = Callable[..., list[Shot]]
MakeTimeline = Callable[..., Timeline]


def _made(timeline: Timeline, today: date) -> list[Idea]:
    return list(OnThisDay().make(timeline, today))


def test_one_year(shots: MakeShots, make_timeline: MakeTimeline, moab: Place) -> None:
    roll = shots("2015-06-12T10:00", 14, place=moab)
    (idea,) = _made(make_timeline(roll), date(2018, 6, 12))
    assert idea.title == "3 years ago today"
    assert idea.subtitle == "Friday, 12 June 2015: 14 photos in Moab"
    assert idea.purposes == {Purpose.LIBRARY, Purpose.PLACES}
    assert "Taken on this day in 2015" in [reason.text for reason in idea.reasons]
    (next_year,) = _made(make_timeline(roll), date(2016, 6, 12))
    assert next_year.title == "One year ago today"
    assert next_year.id == idea.id


def test_several_years_are_told_together(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    years = [2012, 2014, 2020]
    roll = [shot for year in years for shot in shots(f"{year}-06-12T10:00", 6)]
    (idea,) = _made(make_timeline(roll), date(2021, 6, 12))
    assert idea.title == "On this day, 2012 to 2020"
    assert idea.subtitle == "3 years of 12 June: 18 photos"
    assert {asset[:4] for asset in idea.assets} == {"2012", "2014", "2020"}
    assert idea.assets == tuple(sorted(idea.assets))
    assert idea.purposes == {Purpose.LIBRARY}


@pytest.mark.parametrize(
    ("today", "title"),
    [
        (date(2020, 2, 29), "4 years ago today"),
        (date(2019, 2, 28), "29 February 2016"),
        (date(2020, 2, 28), None),
        (date(2019, 3, 1), None),
    ],
)
def test_leap_days(
    shots: MakeShots, make_timeline: MakeTimeline, today: date, title: str | None
) -> None:
    made = _made(make_timeline(shots("2016-02-29T10:00", 8)), today)
    assert [idea.title for idea in made] == ([] if title is None else [title])


def test_a_leap_day_on_another_day_says_so(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    (idea,) = _made(make_timeline(shots("2016-02-29T10:00", 8)), date(2019, 2, 28))
    assert idea.subtitle == "A leap day, 3 years ago: 8 photos"
    assert idea.reasons[-1].text == "Taken on a leap day, which this year does not have"


def test_today_and_later_are_not_earlier(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    roll = shots("2018-06-12T10:00", 9) + shots("2019-06-12T10:00", 9)
    assert not _made(make_timeline(roll), date(2018, 6, 12))


def test_too_few_photos_are_no_memory(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    assert not _made(make_timeline(shots("2015-06-12T10:00", 3)), date(2018, 6, 12))
    burst = shots("2015-06-12T10:00", 30, every_s=0.5, fingerprint=1)
    assert not _made(make_timeline(burst), date(2018, 6, 12))


def test_the_best_moment_stands_for_the_day(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    party = shots("2015-06-12T18:00", 12)
    errands = shots("2015-06-12T09:00", 3, every_s=600)
    moments = [
        Moment(f"m{at}", "", roll[0].local_time, roll[-1].local_time, tuple(s.id for s in roll))
        for at, roll in enumerate((errands, party))
    ]
    (idea,) = _made(make_timeline(errands + party, moments=moments), date(2018, 6, 12))
    assert set(idea.assets) <= {shot.id for shot in party}


def test_the_wall_clock_decides_the_day(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    roll = shots("2015-06-12T23:00", 6, every_s=60, offset_h=-8)
    assert _made(make_timeline(roll), date(2018, 6, 12))
    assert not _made(make_timeline(roll), date(2018, 6, 13))


def _views(of: dict[str, list[float]]) -> Callable[[Sequence[str]], Views]:
    """Embeddings of some photos by id, as the app gives them: in an order of its own."""

    def views(assets: Sequence[str]) -> Views:
        known = sorted((asset for asset in assets if asset in of), reverse=True)
        table = np.array([of[asset] for asset in known], "<f2").reshape(len(known), -1)
        table = table / np.maximum(1e-6, np.linalg.norm(table, axis=1, keepdims=True))
        packed = memoryview(table.astype("<f2").tobytes())
        return Views(known, table.shape[1], packed)

    return views


def _told(timeline: Timeline, seen: dict[str, list[float]] | None) -> Idea:
    views = None if seen is None else _views(seen)
    (idea,) = _made(replace(timeline, views=views), date(2021, 6, 12))
    return idea


def test_one_subject_is_told_once_a_year(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    roll = [shot for year in (2012, 2014) for shot in shots(f"{year}-06-12T10:00", 10)]
    timeline = make_timeline(roll)
    own = {shot.id: [float(n == at) for at in range(20)] for n, shot in enumerate(roll)}
    fountain = [1.0] + [0.0] * 19
    # Five of ten in one year and four in the other show the same fountain.
    repeated = [*roll[1:10:2], *roll[11:19:2]]
    seen = own | {shot.id: fountain for shot in repeated}
    seen[roll[0].id] = [0.0] * 19 + [1.0]
    plain, told = _told(timeline, None), _told(timeline, seen)
    same = {shot.id for shot in repeated}
    assert len(same & set(plain.assets)) > 2
    assert all(
        sum(asset.startswith(year) for asset in same & set(told.assets)) <= 1
        for year in ("2012", "2014")
    )
    assert told.subtitle == "2 years of 12 June: 13 photos"
    assert "Seven photos of nearly the same subject left out" in [r.text for r in told.reasons]
    assert Purpose.CONTENT in told.purposes
    assert Purpose.CONTENT not in plain.purposes
    assert _told(timeline, own).purposes == {Purpose.LIBRARY}


def test_a_subject_that_is_the_point_stays(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    roll = shots("2014-06-12T10:00", 10)
    timeline = make_timeline(roll)
    seen = {shot.id: [1.0, 0.0, 0.0] for shot in roll[:7]}
    seen |= {shot.id: [0.0, 1.0, 0.0] for shot in roll[7:9]}
    told = _told(timeline, seen | {roll[9].id: [0.0, 0.0, 1.0]})
    assert len({shot.id for shot in roll[:7]} & set(told.assets)) > 1
    assert len({shot.id for shot in roll[7:9]} & set(told.assets)) == 1
