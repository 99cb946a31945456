"""Ideas from a library's timeline: moments and trips, then highlights, recaps and anniversaries.

>>> timeline = build_timeline(shots)
>>> made = make_ideas(timeline, date.today())
>>> today = offer(made.ideas, date.today())
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from safelight.ideas.albums_told import Albums
from safelight.ideas.before_after import BeforeAndAfter
from safelight.ideas.choosing import choose, choose_company, choose_cover, suggested_size
from safelight.ideas.films import Films
from safelight.ideas.gatherings import Gatherings
from safelight.ideas.highlights import Highlights
from safelight.ideas.improving import Improving
from safelight.ideas.keepsakes import Keepsakes
from safelight.ideas.language import speaking
from safelight.ideas.living import Living
from safelight.ideas.on_this_day import OnThisDay
from safelight.ideas.people import People
from safelight.ideas.pool import with_pool
from safelight.ideas.recaps import Recaps, is_south
from safelight.ideas.selection import distinct, offer
from safelight.ideas.themed import Themed
from safelight.ideas.this_week import ThisWeek
from safelight.ideas.through_the_years import ThroughTheYears
from safelight.ideas.wishes import (
    is_wanted,
    keep_quiet,
    kind_subject,
    lies_in,
    person_subject,
    place_subject,
    theme_subject,
    wanted_share,
)
from safelight.model.assets import Shot
from safelight.model.ideas import Idea, IdeaMaker, Timeline

__all__ = [
    "BUILT_IN_MAKERS",
    "IdeasMade",
    "build_timeline",
    "choose",
    "choose_company",
    "choose_cover",
    "is_south",
    "is_wanted",
    "keep_quiet",
    "kind_subject",
    "lies_in",
    "make_ideas",
    "offer",
    "person_subject",
    "place_subject",
    "speaking",
    "suggested_size",
    "theme_subject",
    "wanted_share",
]

BUILT_IN_MAKERS: tuple[IdeaMaker, ...] = (
    *(
        Highlights(),
        Recaps(),
        OnThisDay(),
        ThisWeek(),
        Themed(),
        ThroughTheYears(),
        Living(),
        Albums(),
    ),
    *(People(), Gatherings(), Keepsakes(), BeforeAndAfter(), Improving(), Films()),
)


class IdeasMade(NamedTuple):
    """All valid ideas, best first, and for each maker that failed its name and what went wrong."""

    ideas: list[Idea]
    problems: list[str]


def build_timeline(shots: Sequence[Shot]) -> Timeline:
    """Find homes, moments and trips in the allowed shots; any order, oldest first afterwards."""
    from safelight.ideas.albums import parted, undated_albums
    from safelight.ideas.clocks import right_clocks
    from safelight.ideas.geo import track_of
    from safelight.ideas.homes import find_homes
    from safelight.ideas.moments import find_moments, with_trips
    from safelight.ideas.trips import find_trips

    track = right_clocks(track_of(shots))
    homes = find_homes(track)
    by_id = {shot.id: shot for shot in track.shots}
    moments = parted(find_moments(track, homes), by_id)
    trips = find_trips(track, moments, homes)
    moments = [*with_trips(moments, trips), *undated_albums(track.shots, moments)]
    return Timeline(shots=track.shots, moments=moments, trips=trips, homes=homes, by_id=by_id)


def make_ideas(
    timeline: Timeline, today: date, makers: Sequence[IdeaMaker] = BUILT_IN_MAKERS
) -> IdeasMade:
    """Ask every maker, leave out what is told twice, and rank by score.

    A maker that raises loses its ideas and is named in `problems`; the others go on. So is one
    whose ideas have no words, no photos, or photos that may not be shown.
    """
    timeline = with_pool(timeline)
    showable = {shot.id for shot in timeline.shots if shot.kept_out is None}
    ideas: list[Idea] = []
    problems: list[str] = []
    for maker in makers:
        try:
            made = list(maker.make(timeline, today))
        except Exception as error:  # noqa: BLE001 - a plug-in may raise anything
            name = getattr(getattr(maker, "spec", None), "name", type(maker).__name__)
            problems.append(f"{name}: {type(error).__name__}: {error}")
            continue
        sound = [idea for idea in made if _is_sound(idea, showable)]
        ideas.extend(sound)
        if len(sound) < len(made):
            problems.append(f"{maker.spec.name}: {len(made) - len(sound)} unusable ideas left out")
    return IdeasMade(distinct(ideas), problems)


def _is_sound(idea: Idea, showable: set[str]) -> bool:
    has_words = bool(idea.title.strip() and idea.subtitle.strip() and idea.reasons)
    return has_words and idea.cover in idea.assets and showable.issuperset(idea.assets)
