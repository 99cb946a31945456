"""The library as a timeline, and what could not be read."""

from __future__ import annotations

import re

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app.views import DayGroup, MonthCount
from safelight.model.consent import Purpose
from safelight.surfaces.web.session import Library, is_on, page

router = APIRouter()
_MONTH = re.compile(r"(\d{4}-(0[1-9]|1[0-2]))?")


@router.get("/library")
def timeline(
    request: Request, safelight: Library, cursor: str | None = None, month: str | None = None
) -> Response:
    """Days, newest first."""
    if month is not None and not _MONTH.fullmatch(month):
        raise HTTPException(404, "There is no such month.")
    shown = safelight.showing.timeline_page(cursor, month)
    counts = safelight.showing.month_counts()
    safelight.warming.begin()
    template = "days.html" if request.headers.get("x-part") == "days" else "library.html"
    return page(
        request,
        template,
        covered=safelight.keeping_out.sensitive(),
        months=_by_month(shown.days),
        cursor=shown.cursor,
        years=_by_year(counts),
        total=sum(each.count for each in counts),
        newer=_newer(counts, month) if cursor is None else None,
        at=month,
        reading=is_on(safelight, Purpose.LIBRARY),
        sources=safelight.sources(),
        problems=len(safelight.showing.problems()) if template == "library.html" else 0,
    )


@router.get("/library/problems")
def problems(request: Request, safelight: Library) -> Response:
    """Files that could not become pictures, each with its reason."""
    folders = safelight.showing.folder_problems() if is_on(safelight, Purpose.LIBRARY) else []
    return page(request, "problems.html", rows=safelight.showing.problems(), folders=folders)


def _by_month(days: tuple[DayGroup, ...]) -> list[tuple[str, list[DayGroup]]]:
    grouped: dict[str, list[DayGroup]] = {}
    for group in days:
        key = f"{group.day:%Y-%m}" if group.day else ""
        grouped.setdefault(key, []).append(group)
    return list(grouped.items())


def _by_year(counts: list[MonthCount]) -> list[tuple[str, list[MonthCount]]]:
    grouped: dict[str, list[MonthCount]] = {}
    for each in counts:
        grouped.setdefault(each.month[:4], []).append(each)
    return list(grouped.items())


def _newer(counts: list[MonthCount], month: str | None) -> str | None:
    """The month that comes after the shown one; counts are newest first, undated last."""
    if month is None:
        return None
    later = [each.month for each in counts if each.month and (not month or each.month > month)]
    return later[-1] if later else None
