"""One subject, photographed again and again: of those, one photo tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from safelight.ideas.pool import Pool, Rows
from safelight.model.sights import Views

GiveViews = Callable[[Sequence[str]], Views]
"""Gives the embeddings of some photos, as far as they are known."""

SAME_SUBJECT = 0.80
"""Cosine of two embeddings from which two photos of one day show nearly the same.

From `benchmarks/accuracy/subjects.py`: 2,868 pairs of different subjects lie below 0.76, and four
of five subjects that were taken again from another spot, on the mean, lie above.
"""

THE_POINT = 0.5
"""Where more of the photos than this show one subject, the subject is what they are about."""

_MOST = 400


def without_repeats(pool: Pool, rows: Rows, views: GiveViews | None, fewest: int) -> Rows:
    """Rows with each subject once; all of them where that is the point.

    Args:
        views: embeddings; None where `content` is off, and then nothing is left out.
        fewest: with fewer leading photos there is nothing to tell, so all stay.
    """
    if views is None or not 1 < len(rows) <= _MOST:
        return rows
    found = views([pool.shots[row].id for row in rows.tolist()])
    if not found.assets:
        return rows
    table = np.frombuffer(found.values, "<f2").reshape(len(found.assets), found.dimension)
    known = pool.rows(found.assets)
    order = np.argsort([pool.row_of[asset] for asset in found.assets], kind="stable")
    groups = _groups(pool, known, table[order].astype(np.float32))
    left = {row for group in groups if len(group) <= THE_POINT * len(rows) for row in group[1:]}
    kept = np.array([row for row in rows.tolist() if row not in left], dtype=np.intp)
    return kept if int(pool.lead[kept].sum()) >= fewest else rows


def _groups(pool: Pool, rows: Rows, vectors: NDArray[np.float32]) -> list[list[int]]:
    """Rows of each subject, the best first; a photo joins that of the best it is like."""
    best = sorted(range(len(rows)), key=lambda at: _standing(pool, int(rows[at])))
    heads: list[int] = []
    groups: list[list[int]] = []
    for at in best:
        alike = vectors[heads] @ vectors[at] if heads else np.zeros(0, np.float32)
        if len(alike) and float(alike.max()) >= SAME_SUBJECT:
            groups[int(alike.argmax())].append(int(rows[at]))
        else:
            heads.append(at)
            groups.append([int(rows[at])])
    return groups


def _standing(pool: Pool, row: int) -> tuple[bool, float, int]:
    return not pool.lead[row], -float(pool.quality[row]), row
