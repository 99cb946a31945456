"""What ideas about people say, and which photos show people best."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from safelight.ideas import words
from safelight.ideas.choosing import unlike
from safelight.ideas.pool import Pool, Rows
from safelight.model.consent import Purpose
from safelight.model.ideas import Reason


def names(pool: Pool, people: Sequence[str]) -> str:
    """ "Ana, Ben and Cleo"."""
    return words.and_list([pool.cast.names[person] for person in people])


def faces_reason(text: str) -> Reason:
    """A reason that the purpose `faces` allowed."""
    return Reason("people", words.sentence(text), Purpose.FACES)


def showing(pool: Pool, people: Sequence[str]) -> Rows:
    """Rows that show all of these people, one of each burst."""
    rows = pool.cast.rows[people[0]]
    for person in people[1:]:
        rows = np.intersect1d(rows, pool.cast.rows[person], assume_unique=True)
    return rows[pool.lead[rows]]


def best_of(pool: Pool, rows: Rows, count: int) -> list[int]:
    """The rows that show a person best: few others beside them, turned out well, none twice."""
    fine = np.nan_to_num(pool.fineness[rows], nan=0.5)
    crowd = np.array([len(pool.cast.of_row.get(row, ())) for row in rows.tolist()])
    worth = pool.quality[rows] + fine - 0.3 * (crowd - 1) - pool.flawed[rows] - pool.video[rows]
    return unlike(pool, rows[np.argsort(-worth, kind="stable")].tolist(), count)
