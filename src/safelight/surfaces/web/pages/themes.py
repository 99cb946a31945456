"""Themes: occasions with their moments, and teaching one by example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    covers = _covers(safelight.moments() if reading else [])
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
    return see(f"/themes/{taught.name}?said=taught")


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
        theme=row,
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


def _covers(moments: Sequence[Moment]) -> dict[str, str]:
    """For each theme a photo from the middle of the moment that shows it most."""
    best: dict[str, tuple[float, str]] = {}
    for moment in moments:
        for score in moment.themes:
            cover = moment.assets[len(moment.assets) // 2]
            best[score.name] = max(best.get(score.name, (0.0, "")), (score.score, cover))
    return {name: cover for name, (_, cover) in best.items()}


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
