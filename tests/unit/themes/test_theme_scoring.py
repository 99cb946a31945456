"""The combination: evidence for never lowers a score, evidence against never raises one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelight.ideas.themes.clues import Clues
from safelight.ideas.themes.concepts import CONCEPTS
from safelight.ideas.themes.mixes import MIXES
from safelight.ideas.themes.rules import BUILT_IN, RULES, Rule
from safelight.ideas.themes.scoring import SAID_FROM, score_rule
from safelight.ideas.themes.seen import surprise

_STRENGTH = st.floats(0, 1)


def clues_of(values: dict[str, float]) -> Clues:
    return Clues(1, {clue: np.array([value]) for clue, value in values.items()})


def score(rule: Rule, values: dict[str, float]) -> float:
    return float(score_rule(rule, clues_of(values))[0])


@settings(max_examples=60, deadline=None)
@given(data=st.data(), rule=st.sampled_from(RULES))
def test_more_evidence_never_lowers_and_more_contradiction_never_raises(
    data: st.DataObject, rule: Rule
) -> None:
    values = {clue: data.draw(_STRENGTH) for clue in rule.clues}
    changed = data.draw(st.sampled_from(sorted(rule.clues)))
    more = values | {changed: min(1.0, values[changed] + data.draw(_STRENGTH))}
    before, after = score(rule, values), score(rule, more)
    if rule.clues[changed] > 0:
        assert after >= before
    else:
        assert after <= before
    assert 0 <= before <= 1


def test_as_many_hits_as_usual_are_no_surprise_to_the_last_digit() -> None:
    told = surprise(np.array([12.0, 3.0]), np.array([200.0, 500.0]), 0.05999999999999999)
    assert told[0] == 0


@settings(max_examples=80, deadline=None)
@given(size=st.integers(1, 200), data=st.data(), usual=st.floats(0.0005, 0.06))
def test_more_hits_are_never_less_surprising(size: int, data: st.DataObject, usual: float) -> None:
    few = data.draw(st.integers(0, size))
    more = data.draw(st.integers(few, size))
    sizes = np.array([size, 500.0])
    low, high = (
        float(surprise(np.array([float(hits), 3.0]), sizes, usual)[0]) for hits in (few, more)
    )
    assert 0 <= low <= high


@pytest.mark.parametrize("rule", RULES, ids=BUILT_IN)
def test_support_without_what_is_needed_never_names_a_theme(rule: Rule) -> None:
    for clue in rule.clues:
        lone = {clue: 1.0}
        if (clue,) not in rule.needs:
            assert score(rule, lone) < SAID_FROM
    decisive = {clue for need in rule.needs for clue in need}
    support = {clue: 1.0 for clue, w in rule.clues.items() if w > 0 and clue not in decisive}
    assert score(rule, support) < SAID_FROM


@pytest.mark.parametrize("rule", RULES, ids=BUILT_IN)
def test_every_need_can_be_met_and_then_names_the_theme(rule: Rule) -> None:
    for need in rule.needs:
        assert all(rule.clues[clue] > 0 for clue in need)
    assert score(rule, {clue: 1.0 for need in rule.needs for clue in need}) >= SAID_FROM


def test_a_suit_alone_is_no_wedding() -> None:
    wedding = next(rule for rule in RULES if rule.name == "wedding")
    men_in_suits = {"groom": 1.0, "bridal": 1.0, "suits": 1.0, "crowd": 1.0, "faces": 1.0}
    assert score(wedding, men_in_suits) < SAID_FROM
    assert score(wedding, men_in_suits | {"ceremony": 1.0}) >= SAID_FROM
    assert score(wedding, men_in_suits | {"ceremony": 1.0, "sport": 1.0}) < score(
        wedding, men_in_suits | {"ceremony": 1.0}
    )


def test_rules_use_only_clues_that_somebody_gathers() -> None:
    from safelight.ideas.themes import gathering

    room = Path(gathering.__file__).parent
    source = "".join(
        (room / f"{name}.py").read_text("utf-8")
        for name in ("seen", "when", "where", "written", "yearly")
    )
    for rule in RULES:
        assert set(rule.absorbs) <= set(BUILT_IN)
        for clue in rule.clues:
            if clue in CONCEPTS or clue in MIXES or clue.startswith(("word:", "feast:", "pair:")):
                continue
            assert f'"{clue}"' in source, f"{rule.name} uses {clue}"
