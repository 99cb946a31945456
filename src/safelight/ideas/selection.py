"""Nothing twice, and what to offer today."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from safelight.model.ideas import Idea, IdeaKind

SAME_STORY = 0.6
CONTAINED = 0.85
REPEATED_KIND = 0.08
OFFER_SIZE, OFFER_LEAST = 12, 4

RANK = (
    *(IdeaKind.TRIP, IdeaKind.THEME, IdeaKind.WEEKEND, IdeaKind.DAY, IdeaKind.TRIP_DAY),
    *(IdeaKind.YEAR, IdeaKind.SEASON, IdeaKind.MONTH, IdeaKind.WEEK, IdeaKind.ON_THIS_DAY),
)
"""Which of two ideas about the same photos tells the better story, best first."""

COOLDOWN_DAYS = {
    IdeaKind.ON_THIS_DAY: 0,
    IdeaKind.WEEK: 60,
    IdeaKind.MONTH: 60,
    IdeaKind.SEASON: 90,
    IdeaKind.YEAR: 90,
}
USUAL_COOLDOWN_DAYS = 30


def distinct(ideas: Iterable[Idea]) -> list[Idea]:
    """Leave out ideas that tell what another one tells better, and rank the rest by score.

    Two ideas are the same when more than 60% of their photos together are common to both, or
    when nearly all photos of the smaller are in the larger. On this day is another way to an old
    story and passes here; the offering of one day holds only one of the two.
    """
    best: dict[str, Idea] = {}
    for idea in sorted(ideas, key=_story_order):
        best.setdefault(idea.id, idea)
    dated = [idea for idea in best.values() if idea.kind is IdeaKind.ON_THIS_DAY]
    others = [idea for idea in best.values() if idea.kind is not IdeaKind.ON_THIS_DAY]
    return sorted([*_without_repeats(others), *_without_repeats(dated)], key=_score_order)


def offer(
    ideas: Iterable[Idea],
    today: date,
    history: Mapping[str, date],
    hidden: Collection[str] = (),
    *,
    size: int = OFFER_SIZE,
) -> list[Idea]:
    """Choose today's ideas, best first.

    Each next one is the best by score, less what it repeats: the share of its photos that are
    already offered, and 0.08 for each idea of its kind. `history` says when an idea was last
    shown: then it rests (30 days; recaps 60 or 90), but what was shown today stays all day, and
    a small library shows the longest unseen again rather than nothing. `hidden` holds the ids
    that the person dismissed or hid; they never come back.
    """
    able = [idea for idea in distinct(ideas) if idea.id not in hidden]
    fresh = [idea for idea in able if _is_rested(idea, today, history)]
    resting = [idea for idea in able if not _is_rested(idea, today, history)]
    resting.sort(key=lambda idea: (history[idea.id], *_score_order(idea)))
    offered = _diverse(fresh, size)
    for idea in resting:
        if len(offered) >= min(OFFER_LEAST, size):
            break
        if not any(_is_same(idea, other) for other in offered):
            offered.append(idea)
    return offered


def _is_rested(idea: Idea, today: date, history: Mapping[str, date]) -> bool:
    shown = history.get(idea.id)
    if shown is None or shown >= today:
        return True
    return (today - shown).days > COOLDOWN_DAYS.get(idea.kind, USUAL_COOLDOWN_DAYS)


def _diverse(ideas: Sequence[Idea], size: int) -> list[Idea]:
    offered: list[Idea] = []
    left = list(ideas)
    seen: set[str] = set()
    kinds: Counter[IdeaKind] = Counter()

    def worth(idea: Idea) -> float:
        repeated = sum(1 for asset in idea.assets if asset in seen) / len(idea.assets)
        return idea.score - repeated - REPEATED_KIND * kinds[idea.kind]

    while left and len(offered) < size:
        best = max(left, key=worth)
        left.remove(best)
        if any(_is_same(best, other) for other in offered):
            continue
        offered.append(best)
        seen.update(best.assets)
        kinds[best.kind] += 1
    return offered


def _without_repeats(ideas: Sequence[Idea]) -> list[Idea]:
    kept: list[Idea] = []
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for idea in ideas:
        common = Counter(at for asset in idea.assets for at in holders[asset])
        if any(_is_repeat(idea, kept[at], number) for at, number in common.items()):
            continue
        for asset in idea.assets:
            holders[asset].append(len(kept))
        kept.append(idea)
    return kept


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
