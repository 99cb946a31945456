"""People: who is in the photos, as far as `faces` allows, and what a person says about it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, UserError
from safelight.model.people import PersonRow
from safelight.surfaces.web.pages.pictures import picture_response
from safelight.surfaces.web.people_view import (
    PeopleView,
    by_year,
    faces_with_dates,
    find_by_name,
    newest_first,
    sorted_people,
)
from safelight.surfaces.web.session import (
    Form,
    Library,
    allowed,
    emptied,
    field,
    fields,
    own_path,
    page,
    see,
    switch,
)

router = APIRouter()
_PAGE = 240


@router.get("/people")
def people(request: Request, safelight: Library) -> Response:
    """Everybody, with those who have no name yet asked about first."""
    faces = switch(safelight, Purpose.FACES)
    view = _view(safelight) if faces.active else PeopleView(())
    return page(request, "people.html", faces=faces, view=view)


def _view(safelight: Safelight) -> PeopleView:
    return sorted_people(safelight.people.people(), safelight.people.written_names())


@router.get("/faces/{face}.jpg")
def portrait(request: Request, safelight: Library, face: str) -> Response:
    """One face."""
    content = allowed(safelight.portraits.portrait(face))
    if content is None:
        raise HTTPException(404, "There is no such face.")
    return picture_response(request, content)


@router.post("/people/undo")
def undo(safelight: Library, form: Form) -> Response:
    """Take back what was said last."""
    number = field(form, "number")
    done = safelight.people.undo(int(number[:18]) if number.isdecimal() else None)
    back = own_path(field(form, "back"), "/people").partition("?")[0]
    if back.startswith("/people/"):  # whom the page was about may be somebody else again
        name = back.removeprefix("/people/").partition("/")[0]
        back = back if safelight.people.person(name) else "/people"
    said = {None: "nothing", "exclude": "unexcluded"}.get(done, "undone")
    return see(f"{back}?said=person.{said}")


@router.get("/people/{name}")
def person(
    request: Request, safelight: Library, name: str, at: int = 0, every: bool = False
) -> Response:
    """One person's photos, newest first; of those that look the same the best, unless `every`."""
    row = _person(safelight, name)
    assets = list(dict.fromkeys(face.asset for face in row.faces))
    shown = assets if every else safelight.judging.once(assets)
    photos = newest_first(safelight.rows(shown))
    at = max(0, min(at, max(0, len(photos) - 1)) // _PAGE * _PAGE)
    return page(
        request,
        "person.html",
        covered=safelight.keeping_out.sensitive(),
        person=row,
        total=len(assets),
        folded=len(assets) - len(shown),
        every=every,
        years=by_year(photos[at : at + _PAGE]),
        oldest=photos[-1] if photos else None,
        newest=photos[0] if photos else None,
        newer=at - _PAGE if at else None,
        older=at + _PAGE if at + _PAGE < len(photos) else None,
        others=_names(safelight, name),
    )


@router.post("/people/{name}/name")
def rename(request: Request, safelight: Library, name: str, form: Form) -> Response:
    """Name somebody; a name that somebody else has is asked about first."""
    row, given = _person(safelight, name), field(form, "name")
    other = find_by_name(safelight.people.people(), given)
    if other is not None and other.id != name and not field(form, "another"):
        return page(
            request,
            "person_namesake.html",
            person=row,
            other=other,
            given=given,
            back=field(form, "back"),
        )
    safelight.people.name(name, given)
    return _said(safelight, form, name, "named" if given else "unnamed")


@router.get("/people/{name}/same")
def choose_same(request: Request, safelight: Library, name: str) -> Response:
    """Who else this is."""
    row = _person(safelight, name)
    others = [other for other in safelight.people.people() if other.id != name]
    return page(request, "person_same.html", person=row, others=others)


@router.post("/people/{name}/same")
def merge(safelight: Library, name: str, form: Form) -> Response:
    """Two are one; the one with a name stays."""
    other = _person(safelight, field(form, "other"))
    row = _person(safelight, name)
    stays, goes = (other, row) if other.name and not row.name else (row, other)
    safelight.people.merge(stays.id, goes.id)
    return _said(safelight, form, stays.id, "merged")


@router.get("/people/{name}/faces")
def choose_faces(
    request: Request, safelight: Library, name: str, at: int = 0, problem: str = ""
) -> Response:
    """The faces themselves, to take out those that are somebody else's."""
    row = _person(safelight, name)
    faces = faces_with_dates(row, safelight.rows([face.asset for face in row.faces]))
    at = max(0, min(at, max(0, len(faces) - 1)) // _PAGE * _PAGE)
    return page(
        request,
        "person_faces.html",
        status=400 if problem else 200,
        person=row,
        faces=faces[at : at + _PAGE],
        newer=at - _PAGE if at else None,
        older=at + _PAGE if at + _PAGE < len(faces) else None,
        others=[other for other in safelight.people.people() if other.id != name and other.name],
        problem=problem,
    )


@router.post("/people/{name}/faces")
def part(request: Request, safelight: Library, name: str, form: Form) -> Response:
    """These faces are not this person: nobody for now, somebody new, or another one."""
    _person(safelight, name)
    chosen = fields(form, "face")
    action = field(form, "action")
    try:
        if action == "new":
            made = safelight.people.split(name, chosen)
            return _said(safelight, form, made, "split")
        if action == "move":
            safelight.people.move(name, chosen, _person(safelight, field(form, "to")).id)
            return _said(safelight, form, name, "moved")
        safelight.people.not_this_person(*chosen)
    except RefusedError:
        raise
    except UserError as error:
        words = str(error) if chosen else "Choose at least one face first."
        return choose_faces(request, safelight, name, problem=words)
    stays = name if safelight.people.person(name) else ""
    return _said(safelight, form, stays, "parted")


@router.post("/people/{name}/hide")
def hide(safelight: Library, name: str, form: Form) -> Response:
    """Out of lists and ideas, or back."""
    hidden = field(form, "hidden") != "no"
    safelight.people.hide(_person(safelight, name).id, hidden)
    return _said(safelight, form, "" if hidden else name, "hidden" if hidden else "shown")


@router.get("/people/{name}/never")
def ask_never(request: Request, safelight: Library, name: str) -> Response:
    """Say what never grouping somebody erases."""
    return page(request, "person_never.html", person=_person(safelight, name))


@router.post("/people/{name}/never")
def never(safelight: Library, name: str, form: Form) -> Response:
    """Erase what is known of somebody's face, and leave it alone."""
    safelight.people.exclude(_person(safelight, name).id, remember=bool(field(form, "remember")))
    return emptied(_said(safelight, form, "", "excluded"))


def _person(safelight: Safelight, name: str) -> PersonRow:
    found = safelight.people.person(name)
    if found is None:
        raise HTTPException(404, "This person is no longer there; perhaps two became one.")
    return found


def _names(safelight: Safelight, but: str) -> list[str]:
    return [row.name for row in safelight.people.people() if row.name and row.id != but]


def _said(safelight: Safelight, form: Form, name: str, what: str) -> Response:
    """Back to where it was said, with a way to take it back."""
    otherwise = f"/people/{name}" if name else "/people"
    back = own_path(field(form, "back"), otherwise).partition("?")[0]
    number = safelight.people.last_said()
    return see(f"{back}?said=person.{what}&about={number}")
