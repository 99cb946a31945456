"""Search: a field, what was found with the reason, and ways to narrow it down.

The words stand in the address, so that Back, a bookmark and a second page work. They stay on this
machine: pages are not stored by the browser, and no address is sent to anyone as a referrer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.app.finding import NOTHING, PAGE, Facet, Found, Narrowing
from safelight.model.consent import Purpose, PurposeState
from safelight.surfaces.web.session import Library, allowed, is_on, page, switch

router = APIRouter()
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Chip:
    """A way to narrow down, or, where it is `on`, the way back."""

    label: str
    count: int | None
    address: str
    on: bool


@router.get("/search")
def search(
    request: Request,
    safelight: Library,
    q: str = "",
    year: str = "",
    place: str = "",
    person: str = "",
    at: int = 0,
) -> Response:
    """Results, or what could be looked for."""
    text = " ".join(q.split())[:_LONGEST]
    narrowing = Narrowing(
        int(year) if year.isdecimal() and len(year) < 6 else None, place or None, person or None
    )
    asked = bool(text) or narrowing != NOTHING
    reading = is_on(safelight, Purpose.LIBRARY)
    found = allowed(safelight.finding.find(text, narrowing, at=at)) if asked and reading else None
    return page(
        request,
        "search.html",
        q=text,
        asked=asked,
        reading=reading,
        found=found,
        covered=safelight.keeping_out.sensitive(),
        chips=_chips(text, narrowing, found),
        earlier=_address(text, narrowing, max(0, at - PAGE)) if found and found.at else "",
        later=_later(text, narrowing, found),
        offers=safelight.finding.suggestions() if reading and not (found and found.total) else None,
        off=[s.notice for s in _looking(safelight) if not s.active],
    )


def _looking(safelight: Safelight) -> list[PurposeState]:
    return [switch(safelight, each) for each in (Purpose.CONTENT, Purpose.PLACES, Purpose.FACES)]


def _later(text: str, narrowing: Narrowing, found: Found | None) -> str:
    if found is None or found.at + PAGE >= found.total:
        return ""
    return _address(text, narrowing, found.at + PAGE)


def _address(text: str, narrowing: Narrowing, at: int = 0) -> str:
    asked = {
        "q": text,
        "year": narrowing.year,
        "place": narrowing.place,
        "person": narrowing.person,
        "at": at or None,
    }
    return "/search?" + urlencode({name: value for name, value in asked.items() if value})


def _chips(text: str, narrowing: Narrowing, found: Found | None) -> list[tuple[str, list[Chip]]]:
    """Ways to narrow down, by kind; of a kind that narrows already, the way back."""
    facets = found.facets if found is not None else ()
    groups = []
    for kind, title in (("year", "Year"), ("place", "Place"), ("person", "Person")):
        chosen = getattr(narrowing, kind)
        own = [facet for facet in facets if facet.kind == kind]
        if chosen is not None:
            label = _label(own, str(chosen))
            groups.append(
                (title, [Chip(label, None, _address(text, _with(narrowing, kind)), True)])
            )
        elif len(own) > 1 or (own and found is not None and own[0].count < found.total):
            chips = [
                Chip(f.label, f.count, _address(text, _with(narrowing, kind, f.value)), False)
                for f in own
            ]
            groups.append((title, chips))
    return groups


def _with(narrowing: Narrowing, kind: str, value: str | None = None) -> Narrowing:
    if kind == "year":
        return replace(narrowing, year=int(value) if value else None)
    return replace(narrowing, place=value) if kind == "place" else replace(narrowing, person=value)


def _label(own: list[Facet], value: str) -> str:
    return next((facet.label for facet in own if facet.value == value), value)
