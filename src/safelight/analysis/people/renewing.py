"""People keep their numbers when everything is grouped anew."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def keep_numbers(labels: Array, before: Array, fixed: Array) -> Array:
    """New groups under the numbers of the old ones they share most faces with.

    Args:
        labels: new groups, -1 for faces that wait (n,).
        before: old groups, numbers from 0, -1 likewise (n,).
        fixed: whether a group's number in `labels` stands already, by face (n,).

    Returns:
        Labels; groups without a predecessor get numbers above all others. An old number goes to
        the new group with most of its faces, and to one group only.
    """
    result = labels.copy()
    taken = {int(number) for number in np.unique(labels[fixed])}
    fresh = int(max(before.max(initial=-1), labels[fixed].max(initial=-1))) + 1
    loose = (labels >= 0) & ~fixed
    known = loose & (before >= 0)
    pairs, counts = np.unique(
        np.stack([labels[known], before[known]], axis=1), axis=0, return_counts=True
    )
    number: dict[int, int] = {}
    for row in np.lexsort((pairs[:, 1], pairs[:, 0], -counts)):
        new, old = int(pairs[row, 0]), int(pairs[row, 1])
        if new not in number and old not in taken:
            number[new] = old
            taken.add(old)
    for new in np.unique(labels[loose]).tolist():
        if new not in number:
            number[new] = fresh
            fresh += 1
        result[loose & (labels == new)] = number[new]
    return result
