"""What a person called the folder of a story, which says more than its day and place."""

from __future__ import annotations

import re
from collections import Counter

from safelight.ideas.albums_told import title_of_folder
from safelight.ideas.pool import Pool, Rows

_IN_IT, _OF_IT = 0.8, 2 / 3
_WORD = re.compile(r"[^\W\d_]{4,}")


def named_by(pool: Pool, rows: Rows) -> tuple[str, str] | None:
    """The folder that holds nearly all of these rows and little else, and what it is called.

    Returns:
        The folder's own name and the title made of it; None where there is no such folder, or a
        program or a camera named it.
    """
    counts = Counter(pool.shots[row].folder for row in rows.tolist())
    folder, number = counts.most_common(1)[0]
    if number < _IN_IT * len(rows) or number < _OF_IT * pool.folders[folder]:
        return None
    title = title_of_folder(folder)
    return (folder, title) if title is not None and _WORD.search(title) else None
