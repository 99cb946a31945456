"""How one person looks: a child and the adult, with and without a beard."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.analysis.people.clusters import Clusters, single_faces
from safelight.analysis.people.limits import LIMITS, Limits
from safelight.analysis.people.linkage import average, link, noise_free

Array = NDArray[Any]


def merged(clusters: Clusters, limits: Limits) -> Array:
    """Average linkage first, then centres; the final cluster of each (n,)."""
    first, clusters = link(clusters, limits.linked, average)
    second, _ = link(clusters, limits.centres, noise_free(limits.noise), least=limits.solid)
    return np.asarray(second[first])


def appearances(templates: Array, limits: Limits = LIMITS) -> Array:
    """The looks of one person, from their templates (n, d), finite; numbers from 0 (n,).

    The mean of two looks looks like neither. A face that is alone in its look counts with the
    look nearest to it, so that one wrong face does not draw others after it.
    """
    n = len(templates)
    looks = merged(single_faces(templates, np.arange(n)), limits)
    sizes = np.bincount(looks, minlength=1)
    solid = np.flatnonzero(sizes >= limits.people)
    if len(solid) < 2:
        return np.zeros(n, np.int64)
    centres = np.stack([templates[looks == look].mean(axis=0) for look in solid])
    gaps = np.stack([np.linalg.norm(templates - centre, axis=1) for centre in centres])
    own = np.searchsorted(solid, np.minimum(looks, solid[-1]))
    return np.asarray(np.where(np.isin(looks, solid), own, gaps.argmin(axis=0)), np.int64)


def means(templates: Array) -> Array:
    """The mean template of each look, float64 (looks, d)."""
    looks = appearances(templates)
    return np.stack(
        [templates[looks == look].astype(np.float64).mean(axis=0) for look in np.unique(looks)]
    )
