"""Gathering: every clue that may be known, for all moments of a timeline."""

from __future__ import annotations

from collections.abc import Sequence

from safelight.ideas.themes.clues import Clues, Knowledge
from safelight.ideas.themes.members import Members
from safelight.ideas.themes.seen import count_concepts, count_meant, count_taught
from safelight.ideas.themes.when import keep_calendar, tell_time
from safelight.ideas.themes.where import find_low_sun, find_places
from safelight.ideas.themes.written import read_words
from safelight.ideas.themes.yearly import find_yearly
from safelight.model.ideas import Home


def gather(members: Members, homes: Sequence[Home], knowledge: Knowledge, among: int = 0) -> Clues:
    """Gather the clues of every moment, in their order.

    Args:
        among: how many moments the library has, where these are only some of them.
    """
    clues = Clues(len(members.moments))
    if not members.moments:
        return clues
    if knowledge.sightings is not None:
        count_concepts(clues, members, knowledge.sightings, knowledge.alike, among)
    for name, alike in knowledge.taught.items():
        count_taught(clues, members, name, alike)
    for name, alike in knowledge.meant.items():
        count_meant(clues, members, name, alike)
    keep_calendar(clues, members, homes, knowledge)
    find_places(clues, members, homes)
    if knowledge.sightings is not None:
        find_low_sun(clues, members)
        find_yearly(clues, members)
    read_words(clues, members, knowledge)
    tell_time(clues, members)  # last: it speaks only where something else does
    return clues
