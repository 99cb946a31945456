"""Own themes: learnt from a few embeddings, told from the rest of the library."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from safelight.ideas.themes import learn
from safelight.model.errors import UserError


def cluster(
    rng: np.random.Generator, centre: NDArray[np.float64], count: int
) -> NDArray[np.float16]:
    vectors = centre + rng.normal(0, 0.6 / np.sqrt(len(centre)), (count, len(centre)))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float16)


def world(seed: int) -> tuple[NDArray[np.float16], NDArray[np.float16], NDArray[np.float16]]:
    """Photos of one motif to learn from, others of it, and 600 of 30 other motifs."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(31, 64))
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    rest = np.concatenate([cluster(rng, centre, 20) for centre in centres[1:]])
    return cluster(rng, centres[0], 4), cluster(rng, centres[0], 20), rest


@pytest.mark.parametrize("seed", range(5))
def test_four_photos_teach_a_theme(seed: int) -> None:
    liked, same, rest = world(seed)
    probe = learn("boat", "scenes", liked, np.concatenate([rest, same]))
    assert (probe.scores(same) >= 0.5).mean() >= 0.8
    assert (probe.scores(rest) >= 0.5).mean() <= 0.05


def test_too_little_to_learn_from_is_said() -> None:
    liked, _, rest = world(0)
    with pytest.raises(UserError, match="at least 3"):
        learn("boat", "scenes", liked[:2], rest)
    with pytest.raises(UserError, match="no other"):
        learn("boat", "scenes", liked, rest[:1])


def test_scores_are_finite_for_the_same_photo_four_times() -> None:
    liked, _, rest = world(1)
    probe = learn("boat", "scenes", np.repeat(liked[:1], 4, axis=0), rest)
    assert np.isfinite(probe.scores(rest)).all()
