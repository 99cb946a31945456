"""Ideas from the themes of moments: "Ana's birthday", "Skiing, 12 to 14 February 2016"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from safelight.ideas import words
from safelight.ideas.pool import Pool, pool_of
from safelight.ideas.story import Story, idea_id, material, write
from safelight.ideas.whereabouts import whereabouts
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Moment, ThemeScore, Timeline

LEAST_SCORE = 0.5
CELEBRATED = frozenset(
    {"birthday", "graduation", "wedding", "christmas", "halloween", "new-year", "concert", "show"}
)
"""Themes of one occasion; others may go on over several moments of the same days."""

TITLES = {
    "birthday": "Birthday",
    "graduation": "Graduation",
    "wedding": "Wedding",
    "christmas": "Christmas",
    "halloween": "Halloween",
    "new-year": "New Year",
    "beach": "At the beach",
    "hiking": "Hiking",
    "camping": "Camping",
    "skiing": "Skiing",
    "road-trip": "On the road",
    "city-trip": "In the city",
    "theme-park": "At the theme park",
    "zoo": "At the zoo",
    "museum": "At the museum",
    "concert": "Concert",
    "show": "On stage",
    "sports": "Sports",
    "party": "Party",
    "dinner": "Around the table",
    "baby": "Baby",
    "pets": "Pets",
    "garden": "In the garden",
    "fireworks": "Fireworks",
    "sunset": "Sunset",
    "snow": "Snow",
}


class Themed:
    """Finds THEME ideas: the best theme of each moment, days in a row told as one."""

    spec = MakerSpec("themes", "1", frozenset({Purpose.LIBRARY}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas; none where no moment has a theme."""
        pool = pool_of(timeline)
        for theme, moments in _occasions(timeline.moments):
            if moments[-1].end.date() <= today:
                idea = write(pool, _story(pool, theme, moments), today)
                if idea is not None:
                    yield idea


def _occasions(moments: Iterable[Moment]) -> Iterator[tuple[ThemeScore, list[Moment]]]:
    """Moments that follow each other within two days under the same theme are one occasion."""
    open_: dict[str, tuple[ThemeScore, list[Moment]]] = {}
    for moment in moments:
        theme = next((t for t in moment.themes if t.score >= LEAST_SCORE), None)
        if theme is None:
            continue
        held = open_.get(theme.name)
        apart = 1 if theme.name in CELEBRATED else 2
        if held and (moment.start.date() - held[1][-1].end.date()).days <= apart:
            best = max(held[0], theme, key=lambda each: (bool(each.title), each.score))
            open_[theme.name] = (best, [*held[1], moment])
            continue
        if held:
            yield held
        open_[theme.name] = (theme, [moment])
    yield from open_.values()


def _story(pool: Pool, theme: ThemeScore, moments: list[Moment]) -> Story:
    rows = pool.rows(asset for moment in moments for asset in moment.assets)
    uses_places = any(reason.purpose is Purpose.PLACES for reason in theme.reasons)
    where = whereabouts(pool, rows) if uses_places else None
    place = where.phrase() if where else ""
    first, last = moments[0].start.date(), moments[-1].end.date()
    return Story(
        kind=IdeaKind.THEME,
        key=f"{theme.name}:{moments[0].id}",
        title=title_of(theme, first, last),
        subtitle=f"{words.dates(first, last)}: {material(pool, rows)}{place}",
        rows=rows,
        reasons=theme.reasons,
        by_place=bool(where),
    )


def title_of(theme: ThemeScore, first: date, last: date) -> str:
    """ "Ana's birthday, 2015" where the name may be said, else "Birthday, 12 June 2015"."""
    if theme.title:
        return f"{theme.title}, {last.year}"
    usual = TITLES.get(theme.name, words.sentence(theme.name.replace("-", " ")))
    if theme.name in ("christmas", "halloween"):
        return f"{usual} {first.year}"
    return f"{usual}, {words.dates(first, last)}"


def themed_id(theme: str, moment: str) -> str:
    """The id of the idea about a theme that begins with this moment."""
    return idea_id(IdeaKind.THEME, f"{theme}:{moment}")
