"""Nothing twice, rest after being shown, and never what was dismissed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from safelight.ideas.selection import distinct, offer, paced
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, Part, Preferences, Reason, Shown

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
    assert _ids(offer([day, today], TODAY)) == ["today"]


def test_a_day_to_come_that_was_tried_out_keeps_nothing_away() -> None:
    idea = _idea("trip", range(10))
    tried = Shown(
        {"trip": TODAY + timedelta(days=400)},
        {f"a{n:03}": TODAY + timedelta(days=400) for n in range(10)},
    )
    (offered,) = offer([idea], TODAY, tried)
    assert offered.parts[-1] == Part("novelty", 1.0, 0.1)


def test_a_day_brings_one_of_each_other_way_to_old_stories() -> None:
    views = [
        _idea(f"view{n}", (2 * n, 2 * n + 1), 0.9, IdeaKind.BEFORE_AND_AFTER) for n in range(90)
    ]
    days = [_idea(f"day{n}", range(200 + 9 * n, 209 + 9 * n), 0.3, IdeaKind.DAY) for n in range(90)]
    found = offer([*views, *days], TODAY)
    assert len(found) == 5
    assert [idea.kind for idea in found].count(IdeaKind.BEFORE_AND_AFTER) == 1
    assert len(offer(views, TODAY)) == 1


def test_likes_of_its_theme_put_an_idea_before_a_slightly_better_one() -> None:
    beach = replace(_idea("beach", range(10), 0.5), about=("kind:trip", "theme:beach"))
    city = replace(_idea("city", range(20, 30), 0.52), about=("kind:trip", "theme:city-trip"))
    plain = offer([beach, city], TODAY)
    liked = offer([beach, city], TODAY, Shown(), Preferences(leanings={"theme:beach": 1.21}))
    assert (_ids(plain)[0], _ids(liked)[0]) == ("city", "beach")
    disliked = Preferences(leanings={"theme:beach": 0.7, "theme:city-trip": 0.7})
    assert len(offer([beach, city], TODAY, Shown(), disliked)) == len(plain), "none is left out"


def _shown(**ideas: date) -> Shown:
    return Shown(ideas)


def test_kinds_take_turns() -> None:
    trips = [_idea(f"trip{n:02}", range(20 * n, 20 * n + 9), 0.6 - n / 100) for n in range(95)]
    year = _idea("year", range(5000, 5020), 0.5, IdeaKind.YEAR)
    assert _ids(offer([*trips, year], TODAY)) == ["trip00", "trip01", "year"]


def test_what_was_shown_rests_but_not_on_the_same_day() -> None:
    ideas = [_idea(f"i{n}", range(20 * n, 20 * n + 9), 0.9 - n / 100) for n in range(8)]
    before = TODAY - timedelta(days=3)
    assert _ids(offer(ideas, TODAY, _shown(i0=before))) == ["i1"]
    assert _ids(offer(ideas, TODAY, _shown(i0=before, i5=TODAY))) == ["i5"]
    assert _ids(offer(ideas, TODAY, _shown(i0=TODAY - timedelta(days=31)))) != []


def test_recaps_rest_longer() -> None:
    months = [_idea("month", range(9), 0.9, IdeaKind.MONTH), _idea("trip", range(20, 29), 0.1)]
    assert _ids(offer(months, TODAY, _shown(month=TODAY - timedelta(days=45)))) == ["trip"]
    assert _ids(offer(months, TODAY, _shown(month=TODAY - timedelta(days=61)))) == ["month"]


def test_nothing_comes_again_within_its_cooldown_even_where_nothing_else_is_left() -> None:
    ideas = [_idea(f"i{n}", range(20 * n, 20 * n + 9)) for n in range(3)]
    history = _shown(**{f"i{n}": TODAY - timedelta(days=n + 1) for n in range(3)})
    assert offer(ideas, TODAY, history) == []


def test_a_small_library_is_paced_and_a_large_one_has_a_few_a_day() -> None:
    assert [paced(supply, 5) for supply in (0, 1, 29, 60, 95, 1000)] == [0, 1, 1, 2, 3, 5]
    ideas = [_idea(f"i{n:03}", range(20 * n, 20 * n + 9), n / 400) for n in range(300)]
    offered = offer(ideas, TODAY, preferences=Preferences(a_day=4))
    assert len(offered) == 4
    assert offered == offer(ideas[::-1], TODAY, preferences=Preferences(a_day=4))


def test_a_kind_stands_back_for_a_while_unless_nothing_else_is_left() -> None:
    week = _idea("week", range(9), 0.9, IdeaKind.WEEK)
    trip = _idea("trip", range(20, 29), 0.1)
    rested = Shown(kinds={IdeaKind.WEEK: TODAY - timedelta(days=1)})
    assert _ids(offer([week, trip], TODAY, rested)) == ["trip"]
    assert _ids(offer([week], TODAY, rested)) == ["week"]


def test_photos_of_last_week_stand_back_and_new_ones_are_worth_more() -> None:
    seen, fresh = _idea("seen", range(9), 0.5), _idea("fresh", range(20, 29), 0.2)
    yesterday = {asset: TODAY - timedelta(days=1) for asset in seen.assets}
    assert _ids(offer([seen, fresh], TODAY, Shown(assets=yesterday))) == ["fresh"]
    long_ago = {asset: TODAY - timedelta(days=20) for asset in seen.assets}
    close = replace(fresh, score=0.45)
    assert _ids(offer([seen, close], TODAY, Shown(assets=long_ago))) == ["fresh"]


def test_each_offered_idea_says_how_new_it_is() -> None:
    (offered,) = offer([_idea("one", range(5))], TODAY)
    assert offered.parts[-1] == Part("novelty", 1.0, 0.1)


def test_dismissed_ideas_never_come_back() -> None:
    ideas = [_idea("one", range(5)), _idea("two", range(10, 15))]
    assert _ids(offer(ideas, TODAY, preferences=Preferences(dismissed=frozenset({"one"})))) == [
        "two"
    ]
    assert offer(ideas, TODAY, preferences=Preferences(dismissed=frozenset({"one", "two"}))) == []


def test_hidden_themes_people_and_kinds_are_not_offered_and_weights_count() -> None:
    beach = replace(_idea("beach", range(9), 0.6), about=("kind:theme", "theme:beach"))
    other = replace(_idea("other", range(20, 29), 0.5), about=("kind:trip", "person:p1"))

    def offered(**said: Any) -> list[str]:
        return _ids(offer([beach, other], TODAY, preferences=Preferences(**said)))

    assert offered() == ["beach"]
    assert offered(hidden_themes=frozenset({"beach"})) == ["other"]
    assert offered(weights={"theme:beach": 0.5}) == ["other"]
    assert offered(weights={"theme:beach": 0.0}) == ["other"]
    both_quiet = {"rested_people": frozenset({"p1"}), "hidden_themes": frozenset({"beach"})}
    assert offered(**both_quiet) == []
    assert offered(hidden_kinds=frozenset({IdeaKind.TRIP})) == []


def test_two_that_share_most_photos_are_one_story_though_neither_holds_the_other() -> None:
    trip, month = _idea("trip", range(10)), _idea("month", range(2, 12), 0.9, IdeaKind.MONTH)
    assert _ids(distinct([month, trip])) == ["trip"]
