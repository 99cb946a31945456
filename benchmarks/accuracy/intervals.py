"""Shares with their counts and 95% Wilson score intervals (Wilson 1927)."""

from __future__ import annotations

from math import sqrt

Z = 1.959964


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """Lower and upper bound of a share; (0, 1) without trials."""
    if trials == 0:
        return 0.0, 1.0
    share, spread = hits / trials, Z * Z / trials
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def line(title: str, hits: int, trials: int) -> str:
    """One printed figure."""
    if trials == 0:
        return f"{title:58} no cases"
    low, high = wilson(hits, trials)
    return f"{title:58} {hits / trials:5.2f}  ({hits} of {trials}; {low:.2f} to {high:.2f})"
