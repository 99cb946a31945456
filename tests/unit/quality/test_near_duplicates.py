"""Near-identical pictures: likeness and time together."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from numpy.typing import NDArray

from safelight.analysis.quality import Picture, alike, group


@pytest.mark.parametrize(
    ("cosine", "gap_s", "bits", "expected"),
    [
        (0.82, 5, None, True),
        (0.82, 60, None, False),
        (0.86, 60, None, True),
        (0.86, 1800, None, False),
        (0.97, 1e7, None, True),
        (0.95, 1e7, None, False),
        (0.82, 5, 30, False),
        (0.98, 5, 30, True),
        (0.77, 5, 2, True),
        (0.60, 0, 0, False),
    ],
)
def test_the_closer_in_time_the_less_alike_they_need_be(
    cosine: float, gap_s: float, bits: int | None, expected: bool
) -> None:
    assert alike(cosine, gap_s, bits) is expected
    assert alike(cosine, -gap_s, bits) is expected


def vectors(*angles: float) -> NDArray[np.float16]:
    return np.array([[np.cos(a), np.sin(a)] for a in angles], np.float16)


def test_groups() -> None:
    unit = vectors(0.0, 0.1, 0.2, 1.5, 1.52)
    pictures = [Picture(name, i, 10.0 * i) for i, name in enumerate("abcde")]
    assert group(pictures, unit) == [["a", "b", "c"], ["d", "e"]]


def test_files_that_were_copied_in_the_same_second_are_no_burst() -> None:
    unit = vectors(0.0, 0.5)  # alike as two photos of one party are
    taken = [Picture(name, i, float(i)) for i, name in enumerate("ab")]
    copied = [Picture(name, i, float(i), timed=False) for i, name in enumerate("ab")]
    assert group(taken, unit) == [["a", "b"]]
    assert group(copied, unit) == []
    twice = vectors(0.0, 0.1)
    assert group(copied, twice) == [["a", "b"]]


def test_a_slow_pan_does_not_chain() -> None:
    angles = [0.35 * step for step in range(6)]
    pictures = [Picture(str(i), i, 5.0 * i) for i in range(6)]
    assert all(len(members) <= 3 for members in group(pictures, vectors(*angles)))


def test_the_same_picture_years_later_is_found_by_its_fingerprint() -> None:
    unit = vectors(0.0, 0.0)
    apart = 1e8
    same = [Picture("a", 0, 0.0, 77), Picture("b", 1, apart, 77)]
    other = [Picture("a", 0, 0.0, 77), Picture("b", 1, apart, 99)]
    assert group(same, unit) == [["a", "b"]]
    assert group(other, unit) == []


def test_pictures_without_embedding_are_left_alone() -> None:
    assert group([Picture("a", -1, 0.0), Picture("b", -1, 0.0)], vectors(0.0)) == []
    assert group([], vectors()) == []


def test_a_library_of_one_second_takes_no_more_memory_than_its_vectors() -> None:
    """All copied at once, all of one place: every pair is worth a look, and none is kept."""
    rng = np.random.default_rng(0)
    vectors = rng.normal(0, 0.06, (2000, 64)).astype(np.float32)
    vectors[:, 0] = 1
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    pictures = [Picture(f"{n:05}", n, 0.0, timed=False) for n in range(len(vectors))]
    tracemalloc.start()
    found = group(pictures, vectors.astype(np.float16))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == []
    assert peak < 40 << 20
