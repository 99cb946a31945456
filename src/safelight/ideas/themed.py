"""Ideas from the themes of moments: "Ana's birthday", "Skiing, 12 to 14 February 2016"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from safelight.ideas import words
from safelight.ideas.pool import Pool, pool_of
from safelight.ideas.story import (
    Story,
    idea_id,
    material,
    places_reasons,
    written,
)
from safelight.ideas.whereabouts import whereabouts
from safelight.ideas.wishes import theme_subject
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Moment, ThemeScore, Timeline

LEAST_SCORE = 0.5
CELEBRATED = frozenset(
    {"birthday", "graduation", "wedding", "christmas", "halloween", "new-year", "concert", "show"}
)
"""Themes of one occasion; others may go on over several moments of the same days."""

TOLD_BY_TRIPS = frozenset({"road-trip", "city-trip"})
"""Themes that a trip tells itself."""

_FEASTS = frozenset({"christmas", "halloween"})
"""Themes whose title says the year, and not the days."""

MAKES = {
    "birthday": ("collage", "card", "film"),
    "graduation": ("collage", "card", "film"),
    "wedding": ("collage", "film", "pdf"),
    "christmas": ("card", "collage", "film"),
    "baby": ("collage", "card", "film"),
    "pets": ("collage", "sticker", "gif"),
    "sunset": ("collage", "restyle"),
    "garden": ("collage", "restyle"),
}


@dataclass(frozen=True, slots=True)
class Occasion:
    """Moments that follow one another under the same theme."""

    theme: ThemeScore
    moments: list[Moment]


class Themed:
    """Finds THEME ideas: the best theme of each moment, days in a row told as one."""

    spec = MakerSpec("themes", "1", frozenset({Purpose.LIBRARY}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas; none where no moment has a theme."""
        pool = pool_of(timeline)
        hidden = timeline.preferences.hidden_themes
        over = (
            _story(pool, occasion.theme, occasion.moments)
            for occasion in occasions(timeline.moments)
            if occasion.moments[-1].end.date() <= today
            and occasion.theme.name not in hidden
            and not (occasion.theme.name in TOLD_BY_TRIPS and occasion.moments[0].trip)
        )
        return written(pool, (story for story in over if len(story.rows)), today)


def _best(moment: Moment) -> ThemeScore | None:
    return next((t for t in moment.themes if t.score >= LEAST_SCORE), None)


def occasions(moments: Iterable[Moment]) -> Iterator[Occasion]:
    """Moments that follow each other within two days under the same theme are one occasion."""
    open_: dict[str, Occasion] = {}
    for moment in moments:
        theme = _best(moment)
        if theme is None or not moment.dated:  # no day to tell of
            continue
        held = open_.get(theme.name)
        apart = 1 if theme.name in CELEBRATED else 2
        if held and (moment.start.date() - held.moments[-1].end.date()).days <= apart:
            best = max(held.theme, theme, key=lambda each: (bool(each.whose), each.score))
            open_[theme.name] = Occasion(best, [*held.moments, moment])
            continue
        if held:
            yield held
        open_[theme.name] = Occasion(theme, [moment])
    yield from open_.values()


def _story(pool: Pool, theme: ThemeScore, moments: list[Moment]) -> Story:
    rows = pool.rows(asset for moment in moments for asset in moment.assets)
    uses_places = any(reason.purpose is Purpose.PLACES for reason in theme.reasons)
    where = whereabouts(pool, rows) if uses_places else None
    first, last = moments[0].start.date(), moments[-1].end.date()
    return Story(
        kind=IdeaKind.THEME,
        key=f"{theme.name}:{moments[0].id}",
        title=title_of(theme, first, last),
        subtitle=words.say(
            "theme-sub" if theme.title or theme.name in _FEASTS else "theme-dated-sub",
            dates=words.dates(first, last),
            material=material(pool, rows),
            where=where.phrase() if where else "",
        ),
        rows=rows,
        reasons=(*theme.reasons, *places_reasons(where.names if where else ())),
        by_place=bool(where),
        about=(theme_subject(theme.name),),
        makes=MAKES.get(theme.name, ("collage", "film")),
    )


def title_of(theme: ThemeScore, first: date, last: date) -> str:
    """ "Ana's birthday, 2015" where the name may be said, else "Birthday, 12 June 2015"."""
    if theme.title:
        return words.say("theme-year", theme=theme.title, year=last.year)
    usual = words.theme(theme.name)
    if theme.name in _FEASTS:
        return words.say("feast-year", feast=usual, year=first.year)
    return words.say("theme-dates", theme=usual, dates=words.dates(first, last))


def themed_id(theme: str, moment: str) -> str:
    """The id of the idea about a theme that begins with this moment."""
    return idea_id(IdeaKind.THEME, f"{theme}:{moment}")
