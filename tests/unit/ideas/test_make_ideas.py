"""The whole way from shots to ideas, and makers that fail."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from safelight.ideas import BUILT_IN_MAKERS, build_timeline, make_ideas, offer
from safelight.ideas.highlights import Highlights
from safelight.model.assets import KeptOut, Shot
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Reason, Timeline, Trip
from safelight.model.places import Place

MakeShots = Callable[..., list[Shot]]
MakeTimeline = Callable[..., Timeline]
MakeTrip = Callable[..., Trip]

TODAY = date(2018, 6, 12)


def _library(shots: MakeShots, moab: Place, vienna: Place) -> list[Shot]:
    roll = shots("2015-06-12T09:00", 40, place=moab) + shots("2015-06-13T09:00", 30, place=moab)
    for month in range(1, 13):
        for day in (2, 9, 17, 25):
            roll += shots(f"2014-{month:02}-{day:02}T11:00", 6, place=vienna)
    return roll


class _Broken:
    spec = MakerSpec("broken", "1", frozenset())

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Fail half-way."""
        yield _idea("first", timeline.shots[0].id)
        raise RuntimeError("no such theme")


class _Careless:
    spec = MakerSpec("careless", "1", frozenset())

    def __init__(self, *assets: str, title: str = "Title") -> None:
        self._idea = _idea(title, *assets)

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Give one idea."""
        yield self._idea


def _idea(title: str, *assets: str) -> Idea:
    reasons = (Reason("dates", "Why", Purpose.LIBRARY),)
    cover = assets[0] if assets else ""
    return Idea("x", IdeaKind.DAY, title, "Subtitle", assets, cover, reasons, 0.5)


def test_every_idea_has_words_reasons_and_its_own_photos(
    shots: MakeShots, make_timeline: MakeTimeline, make_trip: MakeTrip, moab: Place, vienna: Place
) -> None:
    roll = _library(shots, moab, vienna)
    timeline = make_timeline(roll, [make_trip(roll[:70])])
    made = make_ideas(timeline, TODAY)
    assert made.problems == []
    assert {IdeaKind.TRIP, IdeaKind.ON_THIS_DAY, IdeaKind.YEAR} <= {i.kind for i in made.ideas}
    assert len({idea.id for idea in made.ideas}) == len(made.ideas)
    assert [i.score for i in made.ideas] == sorted((i.score for i in made.ideas), reverse=True)
    for idea in made.ideas:
        assert idea.title
        assert idea.subtitle
        assert "ntitled" not in idea.title
        assert len(set(idea.assets)) == len(idea.assets) >= 4
        times = [timeline.by_id[asset].utc for asset in idea.assets]
        assert times == sorted(times)
        assert idea.cover in idea.assets
        assert 0 <= idea.score <= 1
        assert Purpose.LIBRARY in idea.purposes


def test_the_order_of_shots_is_no_matter(
    shots: MakeShots, make_timeline: MakeTimeline, moab: Place, vienna: Place
) -> None:
    roll = _library(shots, moab, vienna)
    mixed = list(roll)
    random.Random(1).shuffle(mixed)
    assert make_ideas(make_timeline(mixed), TODAY) == make_ideas(make_timeline(roll), TODAY)


def test_without_places_no_idea_names_them(
    shots: MakeShots, make_timeline: MakeTimeline, moab: Place, vienna: Place
) -> None:
    roll = [replace(shot, place=None) for shot in _library(shots, moab, vienna)]
    made = make_ideas(make_timeline(roll), TODAY)
    assert made.ideas
    assert {purpose for idea in made.ideas for purpose in idea.purposes} == {Purpose.LIBRARY}


def test_a_broken_maker_is_named_and_the_others_go_on(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    timeline = make_timeline(shots("2015-03-14T15:00", 34))
    made = make_ideas(timeline, TODAY, [_Broken(), Highlights()])
    assert made.problems == ["broken: RuntimeError: no such theme"]
    assert [idea.kind for idea in made.ideas] == [IdeaKind.DAY]


def test_ideas_that_may_not_be_shown_are_left_out_and_named(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    shown, hidden = shots("2015-03-14T15:00", 2)
    timeline = make_timeline([shown, replace(hidden, kept_out=KeptOut.HIDDEN)])
    bad = [_Careless(), _Careless("unknown"), _Careless(hidden.id), _Careless(shown.id, title=" ")]
    made = make_ideas(timeline, TODAY, [*bad, _Careless(shown.id)])
    assert [idea.assets for idea in made.ideas] == [(shown.id,)]
    assert made.problems == ["careless: 1 unusable ideas left out"] * 4


def test_an_empty_library_has_no_ideas(make_timeline: MakeTimeline) -> None:
    assert make_ideas(make_timeline([]), TODAY) == ([], [])
    assert offer([], TODAY) == []


def test_a_timeline_is_built_from_shots_in_any_order(shots: MakeShots) -> None:
    roll = shots("2015-03-14T15:00", 34)
    timeline = build_timeline(roll[::-1])
    assert list(timeline.shots) == roll
    assert timeline.by_id[roll[3].id] is roll[3]
    assert {asset for moment in timeline.moments for asset in moment.assets} <= set(timeline.by_id)
    assert make_ideas(timeline, TODAY, BUILT_IN_MAKERS).problems == []
