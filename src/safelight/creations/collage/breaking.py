"""Where to break a sequence of photos into lines that come out even.

The whole sequence is weighed at once, as Knuth and Plass break a paragraph ("Breaking
paragraphs into lines", 1981): the badness of a line is its squared distance from the length
wanted, and dynamic programming finds the breaks with the least sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


def even_breaks(
    lengths: Sequence[float], lines: int, wanted: Sequence[float] | None = None
) -> list[list[int]]:
    """Indices of `lengths` in `lines` runs, none empty, whose sums are near what is wanted.

    `wanted` gives each line's share (they need not be alike); even shares where absent. Needs
    1 <= lines <= len(lengths).
    """
    sums = [0.0, *accumulate(lengths)]
    shares = wanted or [1.0] * lines
    goals = [sums[-1] * share / sum(shares) for share in shares]
    count = len(lengths)
    best = [[float("inf")] * (count + 1) for _ in range(lines + 1)]
    back = [[0] * (count + 1) for _ in range(lines + 1)]
    best[0][0] = 0.0
    for line in range(1, lines + 1):
        for end in range(line, count + 1):
            for start in range(line - 1, end):
                badness = ((sums[end] - sums[start]) / goals[line - 1] - 1) ** 2
                if best[line - 1][start] + badness < best[line][end]:
                    best[line][end] = best[line - 1][start] + badness
                    back[line][end] = start
    runs: list[list[int]] = []
    end = count
    for line in range(lines, 0, -1):
        runs.append(list(range(back[line][end], end)))
        end = back[line][end]
    return runs[::-1]
