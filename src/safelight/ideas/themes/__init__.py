"""Themes of moments: birthdays, graduations, beaches …, each with its evidence in words.

>>> themed = with_themes(timeline, Knowledge(sightings=seen))
>>> themed.moments[0].themes[0].evidence
('Cake in 4 of 37 photos', 'Faces in 30 of 37 photos')
"""

from __future__ import annotations

from dataclasses import replace

from safelight.ideas import words
from safelight.ideas.themes.clues import Knowledge
from safelight.ideas.themes.concepts import CONCEPTS
from safelight.ideas.themes.gathering import gather
from safelight.ideas.themes.members import Members
from safelight.ideas.themes.own import Probe, learn
from safelight.ideas.themes.prompts import ORDINARY, PROMPTS
from safelight.ideas.themes.rules import BUILT_IN, RULES, own_rule
from safelight.ideas.themes.scoring import themes_of
from safelight.ideas.themes.whole_folders import told_of_parts, whole_folders
from safelight.model.ideas import Moment, ThemeScore, Timeline
from safelight.model.people import Birthday

__all__ = [
    "BUILT_IN",
    "GLIMPSED",
    "ORDINARY",
    "PROMPTS",
    "Birthday",
    "Knowledge",
    "Probe",
    "learn",
    "with_themes",
]

GLIMPSED: dict[str, float] = {
    name: concept.glimpse_from
    for concept in CONCEPTS.values()
    if concept.glimpse_from
    for name in concept.objects
}
"""Things of which the detector's doubts are wanted, and from which score."""


def with_themes(timeline: Timeline, knowledge: Knowledge) -> Timeline:
    """The same timeline, its moments told which themes they show.

    Works with whatever may be known: without content, only the calendar, places and what other
    programs wrote speak.
    """
    rules = (*RULES, *map(own_rule, knowledge.taught))
    members = Members.of_timeline(timeline)
    clues = gather(members, timeline.homes, knowledge)
    found = themes_of(clues, rules)
    wholes = whole_folders(members) if found else []
    if wholes:
        whole = replace(timeline, moments=[each.moment for each in wholes])
        together = Members.of_timeline(whole)
        seen = themes_of(gather(together, timeline.homes, knowledge, among=len(found)), rules)
        found = told_of_parts(found, clues, list(zip(wholes, seen, strict=True)), rules)
    named = [
        replace(moment, themes=_titled(moment, themes, knowledge)) if themes else moment
        for moment, themes in zip(timeline.moments, found, strict=True)
    ]
    return replace(timeline, moments=named)


def _titled(
    moment: Moment, themes: tuple[ThemeScore, ...], knowledge: Knowledge
) -> tuple[ThemeScore, ...]:
    """Whose birthday it is goes into the title, where that is known and may be said."""
    day = moment.start.date()
    names = [b.name for b in knowledge.birthdays if b.name and b.on(day)]
    if len(names) != 1:
        return themes
    title = words.say("birthday-of", name=names[0], whose=words.of(names[0]))
    return tuple(
        replace(theme, title=title, whose=names[0])
        if theme.name == "birthday" and any(names[0] in text for text in theme.evidence)
        else theme
        for theme in themes
    )
