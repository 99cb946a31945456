"""Faces find their people, and limits hold for odd input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped,unused-ignore]
from scipy.sparse.csgraph import (  # type: ignore[import-untyped,unused-ignore]
    connected_components,
)

from safelight.analysis.people import group, keep_numbers, nearby
from safelight.analysis.people.clusters import single_faces
from safelight.analysis.people.linkage import _components, average, link
from safelight.analysis.people.nearest import nearest

Array = NDArray[Any]


Factory = Callable[[int], Any]


def _grouped(templates: Array, photos: Array | None = None, **more: Any) -> list[int]:
    n = len(templates)
    quality = more.pop("quality", np.full(n, 0.9))
    chosen = np.arange(n) if photos is None else photos
    return [int(x) for x in group(templates, chosen, quality, **more).labels]


def _sets(labels: list[int]) -> set[frozenset[int]]:
    return {
        frozenset(i for i, each in enumerate(labels) if each == label)
        for label in set(labels) - {-1}
    }


def test_people_are_found(likenesses_of: Factory) -> None:
    who = [0, 1, 2, 0, 1, 2, 0, 1, 2, 3]
    assert _sets(_grouped(likenesses_of(0).crowd(who))) == {
        frozenset({0, 3, 6}),
        frozenset({1, 4, 7}),
        frozenset({2, 5, 8}),
    }


def test_no_face_and_one_face() -> None:
    assert _grouped(np.zeros((0, 128), np.float32)) == []
    assert _grouped(np.ones((1, 128), np.float32)) == [-1]


def test_identical_templates_are_one_person_but_never_twice_in_a_photo() -> None:
    same = np.ones((4, 128), np.float32)
    assert _grouped(same) == [0, 0, 0, 0]
    labels = _grouped(same, np.array([0, 0, 1, 1]))
    assert labels[0] != labels[1]
    assert labels[2] != labels[3]


def test_numbers_that_are_none_wait_for_ever(likenesses_of: Factory) -> None:
    templates = likenesses_of(0).crowd([0, 0, 0, 0])
    templates[1, 5], templates[2, 7] = np.nan, np.inf
    assert _grouped(templates) == [0, -1, -1, 0]
    known = np.array([3, 3, -1, -1])
    assert _grouped(templates, known=known) == [3, 3, -1, 3]


def test_unclear_faces_never_found_or_bridge_but_join(likenesses_of: Factory) -> None:
    templates = likenesses_of(0).crowd([0, 0, 0, 1, 1, 2, 2])
    middles = [templates[:3].mean(axis=0), templates[5:].mean(axis=0)]
    steps = [middles[0] * (1 - t) + middles[1] * t for t in (0.3, 0.5, 0.7)]
    templates = np.concatenate([templates, np.stack(steps)])
    quality = np.array([0.9, 0.9, 0.02, 0.02, 0.02, 0.9, 0.9, 0.05, 0.02, 0.05])
    assert _grouped(templates, quality=quality) == [0, 0, 0, -1, -1, 1, 1, 0, -1, 1]
    assert frozenset({7, 8, 9}) in _sets(_grouped(templates))  # what the gate is for


def test_faint_faces_found_a_group_only_where_they_are_very_alike() -> None:
    rng = np.random.default_rng(4)
    someone, far = rng.normal(0, 0.1, 128), rng.normal(0, 1, 128)
    shift = far / np.linalg.norm(far)
    close = np.stack([someone, someone + 0.30 * shift, someone + 0.02])
    assert _grouped(close, quality=np.full(3, 0.05)) == [0, 0, 0]
    apart = np.stack([someone, someone + 0.42 * shift])
    assert _grouped(apart, quality=np.full(2, 0.05)) == [-1, -1]
    assert _grouped(apart, quality=np.full(2, 0.9)) == [0, 0]


def test_a_look_that_comes_again_and_again_is_somebody_however_unclear() -> None:
    rng = np.random.default_rng(7)
    someone = rng.normal(0, 0.1, 128)
    again = someone + rng.normal(0, 0.01, (4, 128))
    assert _grouped(again, quality=np.zeros(4)) == [0, 0, 0, 0]
    assert _grouped(again[:2], quality=np.zeros(2)) == [-1, -1]
    apart = someone + rng.normal(0, 0.022, (4, 128))  # some 0.35 from one another
    assert _grouped(apart, quality=np.zeros(4)) == [-1, -1, -1, -1]


def test_faint_people_keep_their_faces_and_take_more() -> None:
    rng = np.random.default_rng(5)
    someone = rng.normal(0, 0.1, 128)
    templates = someone + rng.normal(0, 0.01, (4, 128))
    known = np.array([7, 7, -1, -1])
    assert _grouped(templates, quality=np.full(4, 0.05), known=known) == [7, 7, 7, 7]


def test_a_clear_face_needs_more_likeness_where_nobody_is_clear() -> None:
    rng = np.random.default_rng(6)
    someone, far = rng.normal(0, 0.1, 128), rng.normal(0, 1, 128)
    other = someone + 0.5 * far / np.linalg.norm(far)
    templates = np.stack([*(someone + rng.normal(0, 0.026, (8, 128))), other])
    assert _grouped(templates, quality=np.array([0.12] * 8 + [0.9])) == [0] * 8 + [-1]
    assert _grouped(templates, quality=np.full(9, 0.9)) == [0] * 9


def test_of_somebody_with_few_faces_a_lone_face_must_be_nearer() -> None:
    rng = np.random.default_rng(6)
    someone, far = rng.normal(0, 0.1, 128), rng.normal(0, 1, 128)
    other = someone + 0.52 * far / np.linalg.norm(far)
    looks = someone + rng.normal(0, 0.026, (5, 128))  # some 0.41 from one another
    assert _grouped(np.stack([*looks[:3], other])) == [0, 0, 0, -1]
    assert _grouped(np.stack([*looks, other])) == [0, 0, 0, 0, 0, 0]
    assert _grouped(np.stack([someone] * 9 + [other])) == [0] * 9 + [-1]  # copies count once


def test_a_lone_face_must_be_nearer_to_somebody_who_always_looks_the_same() -> None:
    rng = np.random.default_rng(6)
    someone, far = rng.normal(0, 0.1, 128), rng.normal(0, 1, 128)
    other = someone + 0.52 * far / np.linalg.norm(far)
    varied, alike = (someone + rng.normal(0, by, (8, 128)) for by in (0.026, 0.012))
    assert _grouped(np.stack([*varied, other])) == [0] * 9
    assert _grouped(np.stack([*alike, other])) == [0] * 8 + [-1]


def test_a_number_that_somebody_spoke_about_is_given_to_nobody_else() -> None:
    same = np.ones((2, 128), np.float32)
    nobody = np.full(2, -1)
    assert _grouped(same, known=nobody, held={1}, banned=[(0, 0)]) == [2, 2]


def test_two_faces_of_one_photo_are_two_people(likenesses_of: Factory) -> None:
    templates = likenesses_of(0).crowd([0, 0, 0])
    labels = _grouped(templates, np.array([0, 0, 1]))
    assert labels[0] != labels[1]


def test_large_people_may_be_in_a_mirror_once(likenesses_of: Factory) -> None:
    templates = likenesses_of(0).crowd([0] * 60)
    photos = np.arange(60)
    photos[59] = 0
    labels = _grouped(templates, photos)
    assert Counter(labels) == {0: 59, -1: 1}
    assert -1 in (labels[0], labels[59])


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_faces_and_repeating_change_nothing(likenesses_of: Factory, seed: int) -> None:
    who = np.random.default_rng(seed).integers(0, 8, 60).tolist()
    templates = likenesses_of(seed).crowd(who)
    order = np.random.default_rng(seed + 50).permutation(60)
    first = _grouped(templates)
    assert _grouped(templates) == first
    turned = _grouped(templates[order], order)
    back = [0] * 60
    for place, label in zip(order.tolist(), turned, strict=True):
        back[place] = label
    assert _sets(back) == _sets(first)


def test_known_people_keep_their_numbers_and_take_in_new_faces(likenesses_of: Factory) -> None:
    templates = likenesses_of(0).crowd([0, 0, 1, 1, 0, 1, 2, 2])
    known = np.array([7, 7, 4, 4, -1, -1, -1, -1])
    assert _grouped(templates, known=known) == [7, 7, 4, 4, 7, 4, 8, 8]


def test_known_people_that_are_one_become_one_unless_spoken_about(likenesses_of: Factory) -> None:
    templates = likenesses_of(0).crowd([0] * 10)
    known = np.array([0] * 6 + [1] * 4)
    found = group(templates, np.arange(10), np.ones(10), known)
    assert set(found.labels.tolist()) == {0}
    assert found.merged == {1: 0}
    found = group(templates, np.arange(10), np.ones(10), known, held=[1])
    assert set(found.labels.tolist()) == {1}
    found = group(templates, np.arange(10), np.ones(10), known, held=[0, 1])
    assert found.labels.tolist() == known.tolist()


def test_not_this_person_is_kept_also_when_it_would_join(likenesses_of: Factory) -> None:
    templates = likenesses_of(0).crowd([0] * 6)
    known = np.array([0, 0, 0, 0, 0, -1])
    for quality in (0.9, 0.05):
        clear = np.array([0.9] * 5 + [quality])
        assert _grouped(templates, known=known, quality=clear)[5] == 0
        labels = _grouped(templates, known=known, quality=clear, held=[0], banned=[(5, 0)])
        assert labels == [0, 0, 0, 0, 0, -1]


def test_confirmed_faces_count_whatever_their_quality(likenesses_of: Factory) -> None:
    templates = likenesses_of(0).crowd([0, 0, 0])
    poor = np.full(3, 0.05)
    known = np.array([0, 0, -1])
    sure = np.array([True, True, False])
    assert _grouped(templates, quality=poor, known=known, sure=sure, held=[0]) == [0, 0, 0]


@given(
    who=st.lists(st.integers(0, 5), min_size=1, max_size=25),
    photos=st.lists(st.integers(0, 12), min_size=25, max_size=25),
    held=st.sets(st.integers(0, 3)),
    seed=st.integers(0, 5),
    data=st.data(),
)
@settings(max_examples=60, deadline=None)
def test_a_word_always_stands(
    likenesses_of: Factory,
    who: list[int],
    photos: list[int],
    held: set[int],
    seed: int,
    data: st.DataObject,
) -> None:
    n = len(who)
    templates = likenesses_of(seed).crowd(who)
    people = st.lists(st.integers(-1, 3), min_size=n, max_size=n)
    known = np.array(data.draw(people))
    pairs = st.tuples(st.integers(0, n - 1), st.sampled_from(sorted(held)))
    banned = data.draw(st.lists(pairs, max_size=4)) if held else []
    banned = [(face, person) for face, person in banned if known[face] != person]
    quality = np.array(data.draw(st.lists(st.floats(0, 1), min_size=n, max_size=n)))
    sure = np.isin(known, list(held))
    found = group(templates, np.array(photos[:n]), quality, known, sure, held, banned)
    labels = found.labels
    for person in held:
        assert set(labels[known == person].tolist()) <= {person}
    for face, person in banned:
        assert labels[face] != person
    for person in set(known.tolist()) - {-1}:  # nobody known is taken apart
        assert len(set(labels[known == person].tolist())) == 1
    fresh = labels > known.max()
    for label in set(labels[fresh].tolist()):
        assert len(set(np.array(photos[:n])[labels == label].tolist())) == (labels == label).sum()


@given(st.integers(2, 40), st.integers(0, 3), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_nearest_is_what_comparing_all_pairs_gives(n: int, twins: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, 8)).astype(np.float32)
    photos = rng.integers(0, max(1, n - twins), n)
    clusters = single_faces(values, photos)
    apart = np.square(values[:, None].astype(np.float64) - values[None]).sum(axis=2)
    apart[photos[:, None] == photos[None]] = np.inf
    for rows in (np.arange(n), np.arange(n // 2)):  # by triangle, and by rectangle
        near, gap = nearest(clusters, rows, np.zeros(n))
        expected = apart[rows].min(axis=1)
        assert np.allclose(gap, expected, atol=1e-4)
        alone = ~np.isfinite(expected)
        assert (near[alone] == -1).all()
        assert np.allclose(apart[rows, near][~alone], expected[~alone], atol=1e-4)


def test_linkage_agrees_with_average_linkage_where_groups_are_plain(likenesses_of: Factory) -> None:
    who = np.repeat(np.arange(6), 9)
    labels, clusters = link(
        single_faces(likenesses_of(4).crowd(who.tolist()), np.arange(len(who))), 0.5, average
    )
    assert len(clusters) == 6
    assert sorted(clusters.size.tolist()) == [9.0] * 6
    for person in range(6):
        assert len(set(labels[who == person].tolist())) == 1
    assert np.allclose(clusters.spread, 0.21**2 * 8 / 9, rtol=0.2)


def test_old_numbers_go_to_the_groups_that_share_most_faces() -> None:
    before = np.array([5, 5, 5, 2, 2, -1, 5])
    labels = np.array([0, 0, 0, 0, 1, 1, 2])
    none = np.zeros(7, bool)
    assert keep_numbers(labels, before, none).tolist() == [5, 5, 5, 5, 2, 2, 6]
    fixed = np.array([0, 0, 0, 0, 1, 1, 0], bool)
    labels = np.array([9, 9, 9, 9, 5, 5, -1])
    assert keep_numbers(labels, before, fixed).tolist() == [2, 2, 2, 2, 5, 5, -1]


def test_nearby(likenesses_of: Factory) -> None:
    templates = likenesses_of(0).crowd([0, 1, 0])
    centre = templates[[0]]
    assert nearby(templates, centre, 0.5).tolist() == [True, False, True]
    assert nearby(templates, centre[:0], 0.5).tolist() == [False] * 3
    assert nearby(templates[:0], centre, 0.5).tolist() == []


@given(
    n=st.integers(1, 40),
    ties=st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60),
)
@settings(max_examples=100, deadline=None)
def test_what_hangs_together_is_what_scipy_says(n: int, ties: list[tuple[int, int]]) -> None:
    pairs = np.array(ties, np.int64).reshape(-1, 2) % n
    rows, columns = pairs[:, 0], pairs[:, 1]
    graph = csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(n, n))
    count, labels = connected_components(graph, directed=False)
    ours, of = _components(n, rows, columns)
    assert ours == count
    assert np.array_equal(of, labels)
