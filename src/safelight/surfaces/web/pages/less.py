"""Less of this: what the person wants no ideas of, said at an idea, listed, and taken back."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from safelight.app import Safelight
from safelight.app.preferring import WishRow, choices
from safelight.app.views import AssetRow, IdeaCard
from safelight.model.consent import Purpose
from safelight.surfaces.web.session import Form, Library, field, is_on, own_path, page, see

router = APIRouter()
_PLACES = 2
_HEADS = {
    "place": "Places",
    "days": "Days",
    "season": "Times of the year",
    "theme": "Themes",
    "kind": "Kinds of ideas",
    "photo": "Photos",
    "person": "People",
}


def menu_of(safelight: Safelight, card: IdeaCard, rows: list[AssetRow]) -> dict[str, Any]:
    """What the menu of an idea offers, and why each of its photos is in it."""
    places = Counter(row.place for row in rows if row.place is not None)
    days = [datetime.fromisoformat(row.taken_at).date() for row in rows if row.taken_at]
    names = {}
    if is_on(safelight, Purpose.FACES):
        people = safelight.people.people()
        names = {row.id: row.name or "Somebody without a name" for row in people}
    most = [place for place, _ in places.most_common(_PLACES)]
    return {
        "choices": choices(card.idea, most, days, names),
        "learning": is_on(safelight, Purpose.LEARN),
        "notes": {note.asset: note for note in card.idea.photos},
    }


@router.get("/ideas/hidden")
def hidden(request: Request, safelight: Library) -> Response:
    """Everything that is hidden or rests, and what was learnt."""
    safelight.require_library()
    rows = safelight.preferences.all()
    return page(
        request,
        "hidden.html",
        groups=_grouped(rows),
        learning=is_on(safelight, Purpose.LEARN),
        learned=safelight.learning.learned(),
    )


@router.get("/ideas/hidden/photos")
def photos_out(safelight: Library) -> Response:
    """Ids of the photos that were taken out of all ideas, for the large view."""
    return JSONResponse(sorted(safelight.preferences.photos_out()))


@router.post("/ideas/hidden/back")
def bring_back(safelight: Library, form: Form) -> Response:
    """Ideas of a subject may come again."""
    safelight.preferences.bring_back(field(form, "subject"))
    back = own_path(field(form, "back"), "/ideas/hidden").partition("?")[0]
    return see(f"{back}?said=again")


@router.post("/ideas/hidden/unlearn")
def unlearn(safelight: Library, form: Form) -> Response:
    """Forget one thing that was learnt, or all."""
    safelight.learning.unlearn(field(form, "subject") or None)
    return see("/ideas/hidden?said=unlearnt")


@router.post("/ideas/{name}/less")
def less(safelight: Library, name: str, form: Form) -> Response:
    """Hide a subject of an idea, let it rest, or ask for fewer or more like it."""
    card = safelight.idea(name)
    if card is None:
        raise HTTPException(404, "This idea is no longer there.")
    for how in ("hide", "rest"):
        subject = field(form, how)
        if subject:
            done = {"hide": safelight.preferences.hide, "rest": safelight.preferences.rest}[how]
            return _said(safelight, name, f"less.{how}", done(subject).subject)
    if field(form, "how") == "fewer":
        safelight.learning.fewer(card.idea)
        return _said(safelight, name, "fewer", name)
    safelight.learning.more(card.idea)
    return _said(safelight, name, "more", name)


@router.post("/ideas/{name}/title")
def entitle(safelight: Library, name: str, form: Form) -> Response:
    """A title of the person's own."""
    safelight.answers.entitle(name, field(form, "title"))
    return see(f"/ideas/{name}?said=titled")


def _said(safelight: Safelight, name: str, said: str, about: str) -> Response:
    """Back to the idea, or to all of them where it is gone now."""
    back = f"/ideas/{name}" if safelight.idea(name) else "/"
    return see(f"{back}?said={said}&about={quote(about, safe='')}")


def _grouped(rows: list[WishRow]) -> list[tuple[str, list[WishRow]]]:
    groups = [(head, [row for row in rows if row.kind == kind]) for kind, head in _HEADS.items()]
    return [(head, found) for head, found in groups if found]
