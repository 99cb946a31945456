"""People, under `faces`."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from safelight.model.consent import Refusal
from safelight.model.errors import RefusedError
from safelight.model.people import PersonInPhoto, PersonRow
from safelight.surfaces.api.session import Library, found

router = APIRouter(tags=["people"])


class Name(BaseModel):
    """A name; an empty one takes it away."""

    name: str


class Other(BaseModel):
    """The person who is the same."""

    other: str


class Faces(BaseModel):
    """Faces of a person; `to` is whose they are, where that is somebody known."""

    faces: list[str]
    to: str | None = None


class Hidden(BaseModel):
    """Whether to leave a person out of lists and ideas."""

    hidden: bool = True


class Never(BaseModel):
    """Whether to keep a mean template, so that new photos are left alone too."""

    remember: bool = False


@router.get("/people")
def people(safelight: Library) -> list[PersonRow]:
    """Everybody, named ones first; boxes are pixels of the upright full-size picture."""
    return safelight.people.people()


@router.get("/people/{name}")
def person(safelight: Library, name: str) -> PersonRow:
    """One person."""
    return found(safelight.people.person(name), "person")


@router.post("/people/{name}/name")
def rename(safelight: Library, name: str, given: Name) -> PersonRow:
    """Name a person."""
    safelight.people.name(name, given.name)
    return found(safelight.people.person(name), "person")


@router.post("/people/{name}/merge")
def merge(safelight: Library, name: str, same: Other) -> PersonRow:
    """The other becomes this one."""
    return found(safelight.people.person(safelight.people.merge(name, same.other)), "person")


@router.post("/people/{name}/split")
def split(safelight: Library, name: str, chosen: Faces) -> dict[str, str]:
    """These faces are another person: `to`, or somebody new, whose id is answered."""
    if chosen.to is not None:
        safelight.people.move(name, chosen.faces, chosen.to)
        return {"id": chosen.to}
    return {"id": safelight.people.split(name, chosen.faces)}


@router.post("/people/{name}/not")
def not_this_person(safelight: Library, name: str, chosen: Faces) -> PersonRow | None:
    """These faces are not this person; null where none is left."""
    safelight.people.not_this_person(*chosen.faces)
    return safelight.people.person(name)


@router.post("/people/{name}/hide")
def hide(safelight: Library, name: str, wanted: Hidden) -> PersonRow:
    """Leave a person out of lists and ideas, or bring them back."""
    safelight.people.hide(name, wanted.hidden)
    return found(safelight.people.person(name), "person")


@router.post("/people/{name}/never")
def never(safelight: Library, name: str, wanted: Never) -> dict[str, int]:
    """Erase a person's templates and name, and never group them."""
    return {"erased": safelight.people.exclude(name, remember=wanted.remember)}


@router.post("/people/undo")
def undo(safelight: Library) -> dict[str, str | None]:
    """Take back what was said last."""
    return {"undone": safelight.people.undo()}


@router.get("/assets/{name}/people")
def in_photo(safelight: Library, name: str) -> list[PersonInPhoto]:
    """Who is in one photo; boxes are fractions of the upright picture."""
    return safelight.people.in_photo(name)


@router.get("/faces/{face}/portrait", response_class=Response)
def portrait(safelight: Library, face: str) -> Response:
    """One face, cut out, as a JPEG."""
    made = found(safelight.portraits.portrait(face), "face")
    if isinstance(made, Refusal):
        raise RefusedError(made.text)
    return Response(made, media_type="image/jpeg")
