"""Nothing twice, and what to offer today."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from safelight.ideas.scoring import novelty
from safelight.ideas.wishes import hidden_subjects, leaning, wanted_share
from safelight.model.ideas import Idea, IdeaKind, Preferences, Shown

SAME_STORY = 0.6
CONTAINED = 0.85
REPEATED_KIND, REPEATED_YEAR, REPEATED_PERSON = 0.08, 0.03, 0.04

RANK = (
    *(
        IdeaKind.TRIP,
        IdeaKind.ALBUM,
        IdeaKind.THEME,
        IdeaKind.DAY_WITH,
        IdeaKind.WEEKEND,
        IdeaKind.DAY,
    ),
    *(IdeaKind.TRIP_DAY, IdeaKind.THROUGH_THE_YEARS, IdeaKind.RETURNING, IdeaKind.LIVED_THERE),
    *(IdeaKind.YEAR, IdeaKind.SEASON, IdeaKind.MONTH, IdeaKind.WEEK),
    *(IdeaKind.GROUP, IdeaKind.TOGETHER, IdeaKind.PETS, IdeaKind.COLLECTION),
)
"""Which of two ideas about the same photos tells the better story, best first."""

OF_DAYS = frozenset(
    {IdeaKind.THEME, IdeaKind.DAY_WITH, IdeaKind.WEEKEND, IdeaKind.DAY, IdeaKind.TRIP_DAY}
)
"""Kinds that tell single days."""

_WAYS: tuple[frozenset[IdeaKind], ...] = (
    frozenset({IdeaKind.ON_THIS_DAY, IdeaKind.THIS_WEEK}),
    frozenset({IdeaKind.TOGETHER, IdeaKind.GROUP}),
    frozenset({IdeaKind.PETS, IdeaKind.COLLECTION}),
    *(
        frozenset({kind})
        for kind in (
            *(IdeaKind.THEN_AND_NOW, IdeaKind.FIRST_AND_LATEST, IdeaKind.GROWING_UP),
            *(IdeaKind.THROUGH_THE_YEARS, IdeaKind.RETURNING, IdeaKind.LIVED_THERE),
            *(IdeaKind.BEST_OF_BURSTS, IdeaKind.GEMS, IdeaKind.BEFORE_AND_AFTER),
            *(IdeaKind.ENHANCE, IdeaKind.RESTYLE, IdeaKind.FILM),
        )
    ),
)
"""Other ways to old stories: they may hold photos of a story, and repeat only one another.

Of each way a day brings one: five views of five places years apart are one idea told five times.
"""

COOLDOWN_DAYS = {
    IdeaKind.ON_THIS_DAY: 7,
    IdeaKind.WEEK: 60,
    IdeaKind.MONTH: 60,
    IdeaKind.SEASON: 90,
    IdeaKind.YEAR: 90,
    IdeaKind.THROUGH_THE_YEARS: 90,
    IdeaKind.LIVED_THERE: 90,
    IdeaKind.ENHANCE: 60,
    IdeaKind.RESTYLE: 60,
}
USUAL_COOLDOWN_DAYS = 30

KIND_REST_DAYS = {
    IdeaKind.WEEK: 3,
    IdeaKind.MONTH: 3,
    IdeaKind.SEASON: 7,
    IdeaKind.YEAR: 7,
    IdeaKind.ENHANCE: 7,
    IdeaKind.RESTYLE: 7,
    IdeaKind.FILM: 4,
    IdeaKind.BEST_OF_BURSTS: 7,
    IdeaKind.COLLECTION: 2,
    IdeaKind.FIRST_AND_LATEST: 4,
    IdeaKind.THEN_AND_NOW: 4,
}
"""Days for which a kind stands back after one of it was offered; others may come every day."""

PHOTO_REST_DAYS = 7
PHOTOS_RESTING = 0.5
"""An idea of which more than half were offered in the last week stands back."""


def cooldown(kind: IdeaKind) -> int:
    """Days for which an idea of this kind is not offered again."""
    return COOLDOWN_DAYS.get(kind, USUAL_COOLDOWN_DAYS)


def distinct(ideas: Iterable[Idea]) -> list[Idea]:
    """Leave out ideas that tell what another one tells better, and rank the rest by score.

    Two ideas are the same when more than 60% of their photos together are common to both, or
    when nearly all photos of the smaller are in the larger. Another way to an old story (on this
    day, then and now, a film …) passes here; the offering of one day holds only one of the two.
    """
    best: dict[str, Idea] = {}
    for idea in sorted(ideas, key=_story_order):
        best.setdefault(idea.id, idea)
    kept: list[Idea] = []
    special = frozenset[IdeaKind]().union(*_WAYS)
    for way in (None, *_WAYS):
        mine = [i for i in best.values() if (i.kind in way if way else i.kind not in special)]
        kept += _without_repeats(mine)
    return sorted(kept, key=_score_order)


def offer(
    ideas: Iterable[Idea],
    today: date,
    shown: Shown = Shown(),  # noqa: B008  # frozen
    preferences: Preferences = Preferences(),  # noqa: B008  # frozen
) -> list[Idea]:
    """Choose today's ideas, best first; each tells in its parts how new it is.

    Each next one is the best by score and novelty, less what it repeats: the share of its photos
    that are already offered, its kind, its year and its people. What was offered on another day
    rests for its cooldown, and its kind and photos for a while; what was offered today stays all
    day. There are as many as `preferences.a_day`, and fewer where a small library would run out
    before the first of them may come again.
    """
    unwanted = hidden_subjects(preferences)
    able = [
        idea
        for idea in distinct(ideas)
        if idea.id not in preferences.dismissed
        and idea.kind not in preferences.hidden_kinds
        and unwanted.isdisjoint(idea.about)
        and wanted_share(idea.about, preferences) > 0
    ]
    todays = [idea for idea in able if shown.ideas.get(idea.id) == today]
    fresh = [idea for idea in able if _is_rested(idea, today, shown)]
    size = paced(len(fresh) + len(todays), preferences.a_day)
    easy = [idea for idea in fresh if _is_easy(idea, today, shown)]
    offering = _Offering([_weighed(idea, today, shown) for idea in todays], preferences)
    offering.fill([_weighed(idea, today, shown) for idea in easy], size)
    offering.fill([_weighed(idea, today, shown) for idea in fresh], min(1, size))
    return offering.ideas


def paced(supply: int, a_day: int) -> int:
    """How many ideas a day last until the first of them may come again."""
    return max(1, min(a_day, supply // USUAL_COOLDOWN_DAYS)) if supply else 0


def _is_rested(idea: Idea, today: date, shown: Shown) -> bool:
    last = shown.ideas.get(idea.id)
    # A day to come is one that somebody tried out: it must not keep ideas away for years.
    return last is None or last > today or (today - last).days > cooldown(idea.kind)


def _is_easy(idea: Idea, today: date, shown: Shown) -> bool:
    """Whether its kind and its photos are rested too; given up only where nothing else is left."""
    last = shown.kinds.get(idea.kind)
    if last is not None and 0 < (today - last).days < KIND_REST_DAYS.get(idea.kind, 0):
        return False
    resting = sum(
        0 < (today - day).days <= PHOTO_REST_DAYS
        for asset in idea.assets
        if (day := shown.assets.get(asset)) is not None
    )
    return resting <= PHOTOS_RESTING * len(idea.assets)


def _weighed(idea: Idea, today: date, shown: Shown) -> Idea:
    part = novelty(idea, today, shown)
    return replace(idea, parts=(*idea.parts, part))


class _Offering:
    """Ideas of one day, one after the other."""

    def __init__(self, begun: Iterable[Idea], preferences: Preferences) -> None:
        self._preferences = preferences
        self._seen: set[str] = set()
        self._subjects: Counter[str] = Counter()
        self.ideas: list[Idea] = []
        for idea in begun:
            self._take(idea)

    def fill(self, ideas: Sequence[Idea], size: int) -> None:
        """Take the best, one after the other, until there are `size`."""
        left = [idea for idea in ideas if idea.id not in {taken.id for taken in self.ideas}]
        while left and len(self.ideas) < size:
            best = max(left, key=self._worth)
            left.remove(best)
            if not any(_is_same(best, o) or _goes_one_way(best, o) for o in self.ideas):
                self._take(best)

    def _take(self, idea: Idea) -> None:
        self.ideas.append(idea)
        self._seen.update(idea.assets)
        self._subjects.update(_subjects(idea).keys())

    def _worth(self, idea: Idea) -> float:
        repeated = sum(asset in self._seen for asset in idea.assets) / len(idea.assets)
        costs = sum(self._subjects[s] * cost for s, cost in _subjects(idea).items())
        wanted = wanted_share(idea.about, self._preferences)
        wanted *= leaning(idea.about, self._preferences)
        new = idea.parts[-1].adds if idea.parts else 0.0
        return wanted * (idea.score + new) - repeated - costs


def _subjects(idea: Idea) -> Mapping[str, float]:
    """What an idea should not share with others of its day, and what that costs."""
    costs = {f"kind:{idea.kind}": REPEATED_KIND}
    if idea.end is not None:
        costs[f"year:{idea.end.year}"] = REPEATED_YEAR
    costs |= {each: REPEATED_PERSON for each in idea.about if each.startswith("person:")}
    return costs


def _without_repeats(ideas: Sequence[Idea]) -> list[Idea]:
    kept: list[Idea] = []
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for idea in ideas:
        common = Counter(at for asset in idea.assets for at in holders[asset])
        if any(_is_repeat(idea, kept[at], number) for at, number in common.items()):
            continue
        if idea.kind in OF_DAYS and any(_tell_one_day(idea, kept[at]) for at in common):
            continue
        for asset in idea.assets:
            holders[asset].append(len(kept))
        kept.append(idea)
    return kept


def _tell_one_day(first: Idea, second: Idea) -> bool:
    """Whether both tell the same days, so that only one is worth telling; two themes may."""
    if second.kind not in OF_DAYS or first.start is None or second.start is None:
        return False
    if first.kind is second.kind or first.end is None or second.end is None:
        return False
    same_start = first.start.date() == second.start.date()
    return same_start and first.end.date() == second.end.date()


def _goes_one_way(first: Idea, second: Idea) -> bool:
    return any(first.kind in way and second.kind in way for way in _WAYS)


def _is_same(first: Idea, second: Idea) -> bool:
    return _is_repeat(first, second, len(set(first.assets) & set(second.assets)))


def _is_repeat(first: Idea, second: Idea, common: int) -> bool:
    together = len(first.assets) + len(second.assets) - common
    smaller = min(len(first.assets), len(second.assets))
    return common > SAME_STORY * together or common >= CONTAINED * smaller


def _story_order(idea: Idea) -> tuple[int, float, str]:
    rank = RANK.index(idea.kind) if idea.kind in RANK else len(RANK)
    return rank, -idea.score, idea.id


def _score_order(idea: Idea) -> tuple[float, str]:
    return -idea.score, idea.id
