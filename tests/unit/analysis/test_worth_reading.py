"""Which pictures of a library are worth reading."""

from __future__ import annotations

from safelight.app.reading_words import OF_A_MOMENT, worth_reading
from safelight.library.readings import Hint


def names(hints: list[Hint], *moments: tuple[str, ...]) -> list[str]:
    return [hint.asset for hint in worth_reading(hints, moments)]


def test_of_a_moment_those_that_hint_at_text_most() -> None:
    hints = [Hint(f"p{n}", n / 10, paper=False) for n in range(1, 8)]
    assert names(hints, tuple(f"p{n}" for n in range(1, 8))) == ["p7", "p6", "p5"]
    assert OF_A_MOMENT == 3


def test_papers_and_screens_are_read_last_and_all_of_them() -> None:
    papers = [Hint(f"d{n}", 0.5, paper=True) for n in range(5)]
    hints = [*papers, Hint("sign", 0.2, paper=False)]
    assert names(hints, tuple(hint.asset for hint in papers), ("sign",)) == [
        "sign", "d0", "d1", "d2", "d3", "d4",
    ]  # fmt: skip


def test_what_is_in_no_moment_is_read() -> None:
    assert names([Hint("a", 0.2, paper=False), Hint("b", 0.9, paper=False)]) == ["a", "b"]


def test_what_was_read_keeps_its_place() -> None:
    hints = [Hint(f"p{n}", n / 10, paper=False, read=n > 4) for n in range(1, 8)]
    chosen = worth_reading(hints, [tuple(hint.asset for hint in hints)])
    assert [hint.asset for hint in chosen if not hint.read] == []
