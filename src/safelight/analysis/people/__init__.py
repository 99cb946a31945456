"""Whose face is whose: faces grouped into people by their templates (purpose `faces`)."""

from safelight.analysis.people.appearances import means
from safelight.analysis.people.grouping import Grouping, group
from safelight.analysis.people.joining import nearby
from safelight.analysis.people.limits import LIMITS, Limits
from safelight.analysis.people.renewing import keep_numbers

__all__ = ["LIMITS", "Grouping", "Limits", "group", "keep_numbers", "means", "nearby"]
