"""Nothing twice, rest after being shown, and never what was dismissed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from safelight.ideas.selection import distinct, offer
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, Reason

TODAY = date(2020, 6, 12)


def _idea(
    name: str, assets: Sequence[int], score: float = 0.5, kind: IdeaKind = IdeaKind.TRIP
) -> Idea:
    names = tuple(f"a{number:03}" for number in assets)
    reasons = (Reason("dates", "Some photos", Purpose.LIBRARY),)
    return Idea(name, kind, name, name, names, names[0], reasons, score)


def _ids(ideas: Sequence[Idea]) -> list[str]:
    return [idea.id for idea in ideas]


def test_the_better_story_is_kept_of_two_that_share_their_photos() -> None:
    trip = _idea("trip", range(10), 0.3)
    month = _idea("month", range(1, 11), 0.9, IdeaKind.MONTH)
    assert _ids(distinct([month, trip])) == ["trip"]


def test_one_contained_in_another_is_left_out() -> None:
    trip = _idea("trip", range(20), 0.3)
    day = _idea("day", range(5), 0.9, IdeaKind.TRIP_DAY)
    assert _ids(distinct([day, trip])) == ["trip"]


def test_a_few_common_photos_are_two_stories() -> None:
    ideas = [_idea("trip", range(10)), _idea("month", range(5, 15), 0.4, IdeaKind.MONTH)]
    assert _ids(distinct(ideas)) == ["trip", "month"]


def test_the_same_id_comes_once() -> None:
    assert len(distinct([_idea("one", range(5)), _idea("one", range(50, 55))])) == 1


def test_an_old_story_stays_in_the_archive_on_its_day_but_is_offered_once() -> None:
    day = _idea("day", range(9), 0.4, IdeaKind.DAY)
    today = _idea("today", range(9), 0.6, IdeaKind.ON_THIS_DAY)
    assert _ids(distinct([day, today])) == ["today", "day"]
    assert _ids(offer([day, today], TODAY, {})) == ["today"]


def test_kinds_take_turns() -> None:
    trips = [_idea(f"trip{n}", range(20 * n, 20 * n + 9), 0.6 - n / 100) for n in range(5)]
    year = _idea("year", range(200, 220), 0.5, IdeaKind.YEAR)
    assert _ids(offer([*trips, year], TODAY, {}))[:3] == ["trip0", "trip1", "year"]


def test_what_was_shown_rests_but_not_on_the_same_day() -> None:
    ideas = [_idea(f"i{n}", range(20 * n, 20 * n + 9), 0.9 - n / 100) for n in range(8)]
    shown = {"i0": TODAY - timedelta(days=3), "i1": TODAY, "i2": TODAY - timedelta(days=31)}
    offered = _ids(offer(ideas, TODAY, shown))
    assert "i0" not in offered
    assert {"i1", "i2"} <= set(offered)


def test_recaps_rest_longer() -> None:
    ideas = [_idea(f"i{n}", range(20 * n, 20 * n + 9), 0.9, IdeaKind.MONTH) for n in range(6)]
    assert "i0" not in _ids(offer(ideas, TODAY, {"i0": TODAY - timedelta(days=45)}))
    assert "i0" in _ids(offer(ideas, TODAY, {"i0": TODAY - timedelta(days=61)}))


def test_a_small_library_shows_the_longest_unseen_again() -> None:
    ideas = [_idea(f"i{n}", range(20 * n, 20 * n + 9)) for n in range(6)]
    history = {f"i{n}": TODAY - timedelta(days=n + 1) for n in range(6)}
    assert _ids(offer(ideas, TODAY, history)) == ["i5", "i4", "i3", "i2"]


def test_dismissed_ideas_never_come_back() -> None:
    ideas = [_idea("one", range(5)), _idea("two", range(10, 15))]
    assert _ids(offer(ideas, TODAY, {}, {"one"})) == ["two"]
    assert offer(ideas, TODAY, {"one": date(2000, 1, 1)}, {"one", "two"}) == []


def test_the_offering_has_its_size_and_order_is_no_matter() -> None:
    ideas = [_idea(f"i{n:02}", range(20 * n, 20 * n + 9), n / 40) for n in range(30)]
    offered = offer(ideas, TODAY, {}, size=5)
    assert len(offered) == 5
    assert offered == offer(ideas[::-1], TODAY, {}, size=5)


def test_two_that_share_most_photos_are_one_story_though_neither_holds_the_other() -> None:
    trip, month = _idea("trip", range(10)), _idea("month", range(2, 12), 0.9, IdeaKind.MONTH)
    assert _ids(distinct([month, trip])) == ["trip"]
