"""From clues to themes: log-odds added up, needs checked, what is explained left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from safelight.ideas.themes.clues import Clues
from safelight.ideas.themes.rules import RULES, START, Rule
from safelight.model.ideas import Reason, ThemeScore

SAID_FROM = 0.5
"""Scores from which a theme is said."""

ENOUGH = 0.5
"""Strength that the clues of a need must have on average."""

LEAST = 0.3
"""Strength that each of them must have: what is seen less is not there."""

EXPLAINS = 0.25
"""By how much a theme may score more than one that explains it, and still be left out."""

_WITHOUT_NEED = 0.45
_MOST = 3
_REASONS = 3

Floats = NDArray[np.float64]


def score_rule(rule: Rule, clues: Clues) -> Floats:
    """Score of one theme for every moment, 0 to 1.

    More of what speaks for it never lowers a score, and more of what speaks against it never
    raises one. Without what it needs, a score stays under the line from which it is said.
    """
    odds = np.full(clues.count, START)
    for clue, weight in rule.clues.items():
        odds += weight * (clues.of(clue) if weight > 0 else clues.against(clue))
    score = 1 / (1 + np.exp(-odds))
    met = np.zeros(clues.count, dtype=np.bool_)
    for need in rule.needs:
        strengths = np.stack([clues.of(clue) for clue in need])
        met |= (strengths.min(axis=0) >= LEAST) & (strengths.mean(axis=0) >= ENOUGH)
    return np.asarray(np.where(met, score, np.minimum(score, _WITHOUT_NEED)))


def themes_of(clues: Clues, rules: tuple[Rule, ...] = RULES) -> list[tuple[ThemeScore, ...]]:
    """Themes of every moment, best first, three at most."""
    scores = {rule.name: score_rule(rule, clues) for rule in rules}
    table = np.stack(list(scores.values())) if scores else np.zeros((0, clues.count))
    by_name = {rule.name: rule for rule in rules}
    found: list[tuple[ThemeScore, ...]] = [()] * clues.count
    for row in np.flatnonzero((table >= SAID_FROM).any(axis=0)).tolist():
        said = {name: float(s[row]) for name, s in scores.items() if s[row] >= SAID_FROM}
        kept = _without_explained(said, by_name)
        best = sorted(kept, key=lambda name: (-said[name], name))[:_MOST]
        found[row] = tuple(_theme(by_name[name], said[name], clues, row) for name in best)
    return found


def _without_explained(said: dict[str, float], rules: dict[str, Rule]) -> list[str]:
    explained = {
        other
        for name, value in said.items()
        for other in rules[name].absorbs
        if said.get(other, 0.0) <= value + EXPLAINS
    }
    return [name for name in said if name not in explained]


def _theme(rule: Rule, score: float, clues: Clues, row: int) -> ThemeScore:
    weighed = sorted(
        (
            (weight * float(clues.of(clue)[row]), clue, said)
            for clue, weight in rule.clues.items()
            if weight > 0 and (said := clues.said(clue, row)) is not None
        ),
        reverse=True,
    )
    counted = [said for _, _, said in weighed]
    # Every purpose that had a part is named, so that withdrawing it recalls what it led to.
    first = {purpose: at for at, (_, purpose) in reversed(list(enumerate(counted)))}
    chosen = [c for at, c in enumerate(counted) if at < _REASONS or first[c[1]] == at]
    reasons = tuple(Reason(f"theme:{rule.name}", *text) for text in chosen)
    return ThemeScore(rule.name, round(score, 4), tuple(r.text for r in reasons), reasons)
