"""A chosen set: distinct, spread over the story, the person's best, oldest first."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelight.ideas.choosing import choose, choose_company, choose_cover, suggested_size
from safelight.ideas.likeness import alike
from safelight.model.assets import AssetKind, KeptOut, Shot
from safelight.model.places import Place

MakeShots = Callable[..., list[Shot]]

_PRINTS = st.one_of(
    st.none(),
    st.integers(0, 2**64 - 1),
    st.integers(0, 63).map(lambda bit: 0x0123456789ABCDEF ^ (1 << bit)),
    st.just(0x0123456789ABCDEF),
)
_PLACES = st.sampled_from(
    [None, Place("Moab", "Utah", "United States", "US"), Place(None, None, "Austria", "AT")]
)


@st.composite
def _rolls(draw: st.DrawFn) -> list[Shot]:
    found = []
    at = 0.0
    for number in range(draw(st.integers(0, 40))):
        at += draw(st.sampled_from([0.0, 0.5, 4.0, 60.0, 4000.0, 90_000.0, 3_000_000.0]))
        found.append(
            Shot(
                id=f"{number:03}",
                utc=at,
                local=at + 7200,
                trusted=draw(st.booleans()) or draw(st.booleans()),
                kind=draw(st.sampled_from(AssetKind)),
                width=draw(st.sampled_from([300, 3000, 9000])),
                height=draw(st.sampled_from([200, 2000, 4000])),
                place=draw(_PLACES),
                rating=draw(st.sampled_from([None, None, -1, 0, 3, 5])),
                kept_out=draw(st.sampled_from([None, None, None, *KeptOut])),
                fingerprint=draw(_PRINTS),
            )
        )
    return found


@settings(max_examples=150, deadline=None)
@given(_rolls(), st.integers(0, 30), st.randoms(use_true_random=False))
def test_every_set_keeps_the_promises(roll: list[Shot], size: int, rng: random.Random) -> None:
    chosen = choose(roll, size)
    ids = [shot.id for shot in chosen]
    assert len(ids) <= size
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {shot.id for shot in roll}
    assert [(shot.utc, shot.id) for shot in chosen] == sorted((s.utc, s.id) for s in chosen)
    assert all(shot.kept_out is None and shot.trusted and shot.rating != -1 for shot in chosen)
    for one, other in combinations(chosen, 2):
        assert not alike(one.fingerprint, other.fingerprint, one.utc - other.utc)
    assert sum(shot.kind is AssetKind.VIDEO for shot in chosen) <= max(1, size // 5)
    shuffled = list(roll)
    rng.shuffle(shuffled)
    assert [shot.id for shot in choose(shuffled, size)] == ids


def test_fills_the_set_when_there_are_enough_different_photos(shots: MakeShots) -> None:
    assert len(choose(shots("2015-06-12T10:00", 200), 20)) == 20


def test_every_day_has_its_share_before_any_has_a_second(shots: MakeShots) -> None:
    counts = {"12": 90, "13": 1, "14": 40, "15": 3, "16": 1, "17": 200}
    roll = [s for day, n in counts.items() for s in shots(f"2015-06-{day}T09:00", n, every_s=60)]
    chosen = choose(roll, 6)
    assert [f"{shot.day.day}" for shot in chosen] == list(counts)


def test_every_place_has_its_share(shots: MakeShots, moab: Place, page: Place) -> None:
    roll = shots("2015-06-12T09:00", 80, every_s=60, place=moab)
    roll += shots("2015-06-12T10:00:30", 1, place=page)
    assert page in {shot.place for shot in choose(roll, 5)}


def test_without_places_a_place_changes_nothing(shots: MakeShots, page: Place) -> None:
    roll = shots("2015-06-12T09:00", 80, every_s=60)
    placed = [replace(shot, place=page) if at % 7 == 3 else shot for at, shot in enumerate(roll)]
    plain = [shot.id for shot in choose(roll, 9)]
    assert [shot.id for shot in choose(placed, 9, by_place=False)] == plain


def test_more_days_than_photos_still_cover_beginning_middle_and_end(shots: MakeShots) -> None:
    days = [f"2015-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29, 2)]
    roll = [s for day in days for s in shots(f"{day}T12:00", 5)]
    months = {shot.day.month for shot in choose(roll, 24)}
    assert months == set(range(1, 13))


def test_one_long_scene_is_told_from_beginning_to_end(shots: MakeShots) -> None:
    roll = shots("2015-06-12T20:00", 200, every_s=30)
    chosen = choose(roll, 8)
    thirds = {
        int((shot.utc - roll[0].utc) / (roll[-1].utc - roll[0].utc) * 2.999) for shot in chosen
    }
    assert thirds == {0, 1, 2}
    gaps = [b.utc - a.utc for a, b in pairwise(chosen)]
    assert min(gaps) > 100


def test_the_best_of_a_burst_stands_for_it(shots: MakeShots) -> None:
    burst = shots("2015-06-12T10:00", 4, every_s=1, fingerprint=7)
    burst = [
        replace(shot, sharpness=value) for shot, value in zip(burst, (1, 9, 5, 2), strict=True)
    ]
    assert choose(burst, 4) == [burst[1]]
    burst[3] = replace(burst[3], rating=4)
    assert choose(burst, 4) == [burst[3]]


def test_equal_bursts_prefer_the_wide_and_the_large(shots: MakeShots) -> None:
    tall, small, large = shots("2015-06-12T10:00", 3, every_s=1, fingerprint=7)
    tall = replace(tall, width=3000, height=4000)
    small = replace(small, width=800, height=600)
    assert choose([tall, small, large], 3) == [large]


def test_identical_pictures_years_apart_come_once(shots: MakeShots) -> None:
    roll = shots("2012-06-12T10:00", fingerprint=99) + shots("2019-06-12T10:00", fingerprint=99)
    assert len(choose(roll, 2)) == 1


def test_ratings_and_favourites_win_where_the_story_allows(shots: MakeShots) -> None:
    roll = shots("2015-06-12T10:00", 60, every_s=30)
    roll[31] = replace(roll[31], rating=5)
    roll[44] = replace(roll[44], keywords=("Favourite",))
    roll[10] = replace(roll[10], rating=1)
    chosen = choose(roll, 6)
    assert roll[31] in chosen
    assert roll[44] in chosen
    assert roll[10] not in chosen


@pytest.mark.parametrize("word", ["private", "Hidden", "rejected"])
def test_keywords_that_say_no_are_heeded(shots: MakeShots, word: str) -> None:
    assert choose(shots("2015-06-12T10:00", 5, keywords=(word,)), 5) == []


@pytest.mark.parametrize(
    ("photos", "days", "size"),
    [(3, 1, 3), (6, 1, 5), (20, 1, 9), (300, 1, 9), (60, 2, 13), (200, 7, 20), (9000, 365, 30)],
)
def test_the_size_fits_the_story(photos: int, days: int, size: int) -> None:
    assert suggested_size(photos, days) == size


def test_a_cover_is_rated_wide_and_no_video(shots: MakeShots) -> None:
    tall, wide, video, loved = shots("2015-06-12T10:00", 4)
    tall = replace(tall, width=3000, height=4000)
    video = replace(video, kind=AssetKind.VIDEO)
    loved = replace(loved, rating=5)
    assert choose_cover([tall, wide, video]) == wide
    assert choose_cover([tall, wide, video, loved]) == loved
    with pytest.raises(ValueError, match="no cover"):
        choose_cover([])


def test_a_day_of_many_scenes_takes_no_other_day_its_share(shots: MakeShots) -> None:
    roll = [s for hour in range(8, 20) for s in shots(f"2015-06-12T{hour:02}:00", 9, every_s=20)]
    roll += [shot for day in (13, 14, 15) for shot in shots(f"2015-06-{day}T09:00", rating=1)]
    assert {shot.day.day for shot in choose(roll, 4)} == {12, 13, 14, 15}


def test_company_looks_unlike_the_cover_and_keeps_its_order(shots: MakeShots) -> None:
    prints = (0, 0b1, (1 << 64) - 1, (1 << 64) - 2, 0xFFFFFFFF, None)
    roll = shots("2015-06-12T09:00", len(prints), every_s=4000)
    roll = [replace(shot, fingerprint=p) for shot, p in zip(roll, prints, strict=True)]
    cover, *others = roll
    assert choose_company(cover, others, 1) == [roll[2]]
    assert choose_company(cover, others, 2) == [roll[2], roll[4]]
    assert choose_company(cover, others, 3) == [roll[2], roll[4], roll[5]]
    assert choose_company(cover, others, 9) == others
    assert choose_company(cover, [], 3) == []
