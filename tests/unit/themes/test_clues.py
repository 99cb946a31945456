"""Clues as columns: what may be said of a moment, and what costs nothing until it is."""

from __future__ import annotations

import numpy as np

from safelight.ideas.themes.clues import Clues
from safelight.model.consent import Purpose


def test_words_are_made_only_for_the_moment_that_is_asked_for() -> None:
    asked: list[int] = []

    def say(row: int) -> tuple[str, Purpose]:
        asked.append(row)
        return f"Moment {row}", Purpose.CONTENT

    clues = Clues(4)
    clues.put("sea", np.array([0.0, 0.5, 0.0, 1.0]), say)
    assert asked == []
    assert clues.said("sea", 3) == ("Moment 3", Purpose.CONTENT)
    assert clues.said("sea", 0) is None
    assert asked == [3]


def test_of_a_clue_that_nobody_gathered_nothing_is_said() -> None:
    clues = Clues(3)
    assert clues.said("sea", 1) is None
    assert clues.of("sea").tolist() == [0, 0, 0]


def test_the_strongest_of_single_clues_is_kept_with_its_words() -> None:
    clues = Clues(2)
    clues.set("word:beach", 1, 0.5, "a few", Purpose.LIBRARY)
    clues.set("word:beach", 1, 0.4, "fewer", Purpose.LIBRARY)
    clues.set("word:beach", 1, 0.9, "many", Purpose.CONTENT)
    assert clues.said("word:beach", 1) == ("many", Purpose.CONTENT)
    assert clues.speaking().tolist() == [False, True]
