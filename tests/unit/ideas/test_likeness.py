"""Near-identical: one rule, one by one and over columns."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelight.ideas.likeness import alike, alike_mask, bursts


@pytest.mark.parametrize(
    ("bits", "gap_s", "same"),
    [
        *((12, 5, True), (13, 5, False), (10, 60, True), (11, 60, False), (8, 900, True)),
        *((9, 900, False), (4, 1e9, True), (5, 1e9, False), (0, -1e9, True)),
    ],
)
def test_closer_in_time_may_differ_more(bits: int, gap_s: float, same: bool) -> None:
    assert alike(0, (1 << bits) - 1, gap_s) is same


def test_without_fingerprints_only_the_clock_tells() -> None:
    assert alike(None, 5, 2)
    assert not alike(None, 5, 4)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0.0, 1.0, 30.0, 5000.0]),
            st.one_of(st.none(), st.integers(0, 255), st.integers(0, 2**64 - 1)),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_columns_agree_with_the_rule(steps: list[tuple[float, int | None]]) -> None:
    utc = np.cumsum([step for step, _ in steps])
    prints = [fingerprint for _, fingerprint in steps]
    column = np.array([p or 0 for p in prints], dtype=np.uint64)
    known = np.array([p is not None for p in prints])
    for row in range(len(steps)):
        mask = alike_mask(column, known, utc, row)
        wanted = [alike(prints[row], p, at - utc[row]) for p, at in zip(prints, utc, strict=True)]
        assert mask.tolist() == wanted


def test_a_slow_pan_does_not_chain_into_one_burst() -> None:
    prints = [(1 << bits) - 1 for bits in range(0, 64, 8)]
    numbers = bursts([float(at) for at in range(8)], prints)
    assert len(set(numbers)) > 1


def test_two_motifs_taken_in_turns_are_two_bursts() -> None:
    prints = [0, 2**64 - 1] * 3
    assert bursts([float(at) for at in range(6)], prints) == [0, 1, 0, 1, 0, 1]
