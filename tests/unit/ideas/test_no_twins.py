"""No set shows one picture twice, whoever chose its photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import combinations

import numpy as np

from safelight.ideas.choosing import unlike, with_everyone
from safelight.ideas.films import Films
from safelight.ideas.improving import Improving
from safelight.ideas.likeness import alike
from safelight.ideas.people import People
from safelight.ideas.pool import Pool
from safelight.model.assets import AssetKind, Shot
from safelight.model.ideas import Idea, IdeaKind, Timeline
from safelight.model.people import PeopleSeen
from safelight.model.quality import Quality
from safelight.model.sights import Looks, Views

MakeShots = Callable[..., list[Shot]]
MakeTimeline = Callable[..., Timeline]

TODAY = date(2020, 1, 1)
_ONE_LOOK = 0x0F0F_F0F0_3C3C_C3C3


def _twins(idea: Idea, timeline: Timeline) -> list[tuple[str, str]]:
    chosen = [timeline.by_id[asset] for asset in idea.assets]
    return [
        (one.id, two.id)
        for one, two in combinations(chosen, 2)
        if alike(one.fingerprint, two.fingerprint, one.utc - two.utc)
    ]


def test_the_first_that_are_unlike(shots: MakeShots) -> None:
    roll = shots("2015-06-12T10:00", 4, every_s=600)
    roll[1] = replace(roll[1], fingerprint=roll[0].fingerprint)
    pool = Pool.of(roll)
    assert unlike(pool, [0, 1, 2, 3], 2) == [0, 2]
    assert unlike(pool, [1, 2, 3], 9, beside=[0]) == [2, 3]


def test_who_was_there_is_added_by_a_photo_that_is_not_in_the_set_already(
    shots: MakeShots,
) -> None:
    roll = shots("2015-06-12T10:00", 12, every_s=600)
    roll[10] = replace(roll[10], fingerprint=roll[0].fingerprint, rating=5)
    seen = PeopleSeen({"a": "Ana"}, {roll[n].id: frozenset("a") for n in (9, 10)})
    pool = Pool.of(roll, people=seen)
    assert with_everyone(pool, np.arange(12), [0, 1, 2, 3]) == [0, 1, 2, 3, 9]


def test_then_and_now_are_different_photos(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    roll = [
        shot
        for year in (2010, 2012, 2014, 2016)
        for shot in shots(
            f"{year}-06-12T10:00", 6, every_s=600, fingerprint=year * _ONE_LOOK % 2**64
        )
    ]
    seen = PeopleSeen({"a": "Ana"}, {shot.id: frozenset("a") for shot in roll})
    timeline = replace(make_timeline(roll), people=seen)
    made = list(People().make(timeline, TODAY))
    assert {IdeaKind.THEN_AND_NOW} <= {idea.kind for idea in made}
    assert all(not _twins(idea, timeline) for idea in made)


def test_clips_of_a_film_are_different(shots: MakeShots, make_timeline: MakeTimeline) -> None:
    still = shots("2015-06-02T10:00", 40, every_s=7200)
    live = shots(
        "2015-06-10T10:00", 12, every_s=600, kind=AssetKind.LIVE, fingerprint=_ONE_LOOK, folder="l"
    )
    timeline = make_timeline([*still, *live])
    (film,) = Films().make(timeline, TODAY)
    assert not _twins(film, timeline)
    assert len(set(film.assets) & {shot.id for shot in live}) == 1


def test_of_one_subject_there_is_one_photo_to_be_painted(
    shots: MakeShots, make_timeline: MakeTimeline
) -> None:
    """The same tower from five sides: unlike as pixels go, the same as a picture on a wall."""
    plain = shots("2015-01-01T10:00", 90, every_s=86_400)
    fine = shots("2015-07-01T10:00", 12, every_s=86_400, folder="f")
    timeline = replace(
        make_timeline([*plain, *fine]), looks=_looks(plain, fine), views=_views(fine[:5])
    )
    (idea,) = (i for i in Improving().make(timeline, TODAY) if i.kind is IdeaKind.RESTYLE)
    assert len(set(idea.assets) & {shot.id for shot in fine[:5]}) == 1
    assert len(idea.assets) >= 6


def _looks(plain: Sequence[Shot], fine: Sequence[Shot]) -> Looks:
    names = [field.name for field in fields(Quality)]
    table = np.full((len(plain) + len(fine), len(names)), 0.5, "<f4")
    table[len(plain) :, names.index("composition")] = 0.9
    assets = [shot.id for shot in (*plain, *fine)]
    return Looks(assets, names, memoryview(table.tobytes()))


def _views(same: Sequence[Shot]) -> Callable[[Sequence[str]], Views]:
    """Embeddings: those of one subject lie together, every other by itself."""
    alike_ = {shot.id for shot in same}

    def views(assets: Sequence[str]) -> Views:
        table = np.zeros((len(assets), 200), "<f2")
        for row, asset in enumerate(assets):
            table[row, 0 if asset in alike_ else 1 + row] = 1
        return Views(list(assets), 200, memoryview(table.tobytes()))

    return views
