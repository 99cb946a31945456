"""Themes: occasions with their moments, and teaching one by example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.app.theming import ThemeRow
from safelight.app.views import AssetRow
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, UserError
from safelight.model.ideas import Moment, ThemeScore
from safelight.surfaces.web.session import (
    Form,
    Library,
    field,
    fields,
    is_on,
    page,
    see,
    switch,
)

router = APIRouter()
LEAST = 3
_SHOWN, _LOOKED_AT = 12, 60
_RECENT = 120


@dataclass(frozen=True, slots=True)
class ThemedMoment:
    """A moment of a theme, with some of its photos."""

    moment: Moment
    theme: ThemeScore
    rows: Sequence[AssetRow]


@router.get("/themes")
def themes(request: Request, safelight: Library) -> Response:
    """Themes that this library shows, and own ones."""
    reading = is_on(safelight, Purpose.LIBRARY)
    rows = safelight.teaching.rows() if reading else []
    covers = _covers(safelight, safelight.moments()) if reading else {}
    covers = _covers_of_own(safelight, rows) | covers
    return page(
        request,
        "themes.html",
        reading=reading,
        shown=[row for row in rows if row.moments and not row.own],
        own=[row for row in rows if row.own],
        absent=[row.name for row in rows if not row.moments and not row.own],
        covers=covers,
        learn=switch(safelight, Purpose.LEARN),
        content=switch(safelight, Purpose.CONTENT),
    )


@router.get("/themes/teach")
def ask(request: Request, safelight: Library, name: str = "", month: str = "") -> Response:
    """Choose photos that show a theme of one's own."""
    return _teaching(request, safelight, name, (), month)


@router.post("/themes/teach")
def teach(request: Request, safelight: Library, form: Form) -> Response:
    """Learn from the chosen photos, or show another month of photos to choose from."""
    name, chosen = field(form, "name"), list(dict.fromkeys(fields(form, "photo")))
    if not field(form, "learn"):
        return _teaching(request, safelight, name, chosen, field(form, "month"))
    try:
        taught = safelight.teaching.teach(name, chosen)
    except RefusedError:
        raise
    except UserError as error:
        return _teaching(request, safelight, name, chosen, field(form, "month"), str(error))
    return see(f"/themes/{quote(taught.name)}?said=taught")


@router.get("/themes/{name}")
def theme(request: Request, safelight: Library, name: str) -> Response:
    """The moments of one theme, newest first."""
    row = _row(safelight, name)
    moments = [
        ThemedMoment(moment, score, _worth_showing(safelight, moment))
        for moment in reversed(safelight.moments())
        for score in moment.themes
        if score.name == name
    ]
    return page(
        request,
        "theme.html",
        about=row,  # `theme` is the look of every page
        moments=moments,
        liked=safelight.rows(row.liked),
        covered=safelight.keeping_out.sensitive(),
    )


def _worth_showing(safelight: Safelight, moment: Moment) -> list[AssetRow]:
    """Its first photos, without second shots and whatever else stays out of ideas."""
    rows = safelight.rows(moment.assets[:_LOOKED_AT])
    return [row for row in rows if row.kept_out is None][:_SHOWN] or list(rows[:_SHOWN])


@router.post("/themes/{name}/forget")
def forget(safelight: Library, name: str) -> Response:
    """Forget an own theme."""
    if not safelight.teaching.forget(name):
        raise HTTPException(404, "There is no such theme of yours.")
    return see("/themes?said=forgotten")


def _row(safelight: Safelight, name: str) -> ThemeRow:
    found = next((row for row in safelight.teaching.rows() if row.name == name), None)
    if found is None:
        raise HTTPException(404, "There is no such theme.")
    return found


def _covers(safelight: Safelight, moments: Sequence[Moment]) -> dict[str, str]:
    """For each theme a photo of the moment that shows it most, from its middle.

    No two have the same one where it can be. What is kept out of ideas leads only where its moment
    holds nothing else, and what is covered never does.
    """
    best: dict[str, tuple[float, Moment]] = {}
    for moment in moments:
        for score in moment.themes:
            known = best.get(score.name)
            if known is None or score.score > known[0]:
                best[score.name] = (score.score, moment)
    covers: dict[str, str] = {}
    covered = safelight.keeping_out.sensitive()
    for name, (_, moment) in best.items():
        usable = [row.id for row in _worth_showing(safelight, moment) if row.id not in covered]
        free = [each for each in usable if each not in covers.values()] or usable
        if free:
            covers[name] = free[len(free) // 2]
    return covers


def _covers_of_own(safelight: Safelight, rows: Sequence[ThemeRow]) -> dict[str, str]:
    """For own themes that no moment shows yet, one of the photos that taught them."""
    covered = safelight.keeping_out.sensitive()
    return {
        row.name: shown[0].id
        for row in rows
        if (shown := [each for each in safelight.rows(row.liked) if each.id not in covered])
    }


def _teaching(
    request: Request,
    safelight: Safelight,
    name: str,
    chosen: Sequence[str],
    month: str,
    problem: str = "",
) -> Response:
    ready = is_on(safelight, Purpose.LEARN) and is_on(safelight, Purpose.CONTENT)
    found = safelight.showing.timeline_page(None, month or None, _RECENT) if ready else None
    pool = [row for day in found.days for row in day.assets] if found else []
    kept = safelight.rows(chosen)
    return page(
        request,
        "theme_teach.html",
        status=400 if problem else 200,
        name=name,
        problem=problem,
        chosen=kept,
        pool=[row for row in pool if row.id not in set(chosen)],
        months=safelight.showing.month_counts() if ready else [],
        month=month,
        least=LEAST,
        needed=[
            state.notice
            for state in (switch(safelight, Purpose.CONTENT), switch(safelight, Purpose.LEARN))
            if not state.active
        ],
    )
