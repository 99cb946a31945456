"""How good pictures are, which of several is best, which are the same, which are no memories."""

from safelight.analysis.quality.best import Best, Candidate, best_of
from safelight.analysis.quality.duplicates import Picture, alike, group
from safelight.analysis.quality.verdicts import Verdict, judge

__all__ = [
    "Best",
    "Candidate",
    "Picture",
    "Verdict",
    "alike",
    "best_of",
    "group",
    "judge",
]
