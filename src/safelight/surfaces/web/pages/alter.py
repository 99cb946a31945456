"""One photo enhanced or restyled: before and after, how strongly, and keeping it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.app.making.enlarging import MOST_MEGAPIXELS
from safelight.app.making.wishes import Wish
from safelight.app.views import AssetRow
from safelight.model.consent import Purpose
from safelight.surfaces.web.pages.pictures import picture_response
from safelight.surfaces.web.session import Form, Library, page, see

router = APIRouter()
_EDGES = {"screen": 1280, "sample": 240}
_USUAL = 85


@dataclass(frozen=True, slots=True)
class AlterView:
    """What the page shows, as its address says it.

    Attributes:
        style: name of a style; empty for enhancing.
        strength: per cent.
        colours: whether the photo keeps its colours.
    """

    asset: str
    style: str = ""
    strength: int = _USUAL
    colours: bool = False

    def query(self, **changes: object) -> str:
        """Its address's query, with some of it changed."""
        values = {"style": self.style, "strength": self.strength, "colours": int(self.colours)}
        return urlencode({**values, **changes})

    @property
    def wish(self) -> Wish:
        """What is to be made."""
        return Wish(
            (self.asset,),
            style=self.style or None,
            strength=self.strength / 100,
            keep_colours=self.colours,
        )


@router.get("/photo/{name}/alter")
def show(request: Request, safelight: Library, name: str) -> Response:
    """Before and after, with every style to choose from."""
    photo = safelight.showing.asset(name)
    if photo is None or photo.row.error:
        raise HTTPException(404, "There is no such photo.")
    view = read_view(name, request.query_params)
    styles = safelight.making.restyles.styles()
    chosen = next((style for style in styles if style.name == view.style), None)
    return page(
        request,
        "alter.html",
        row=photo.row,
        view=view,
        styles=styles,
        chosen=chosen,
        locked=not _painting(safelight),
        held=chosen is not None and chosen.purpose is not None and not _painting(safelight),
        refused=safelight.making.restyles.generating.refusal(),
        words=_found(safelight, view),
        running=safelight.making.jobs.running(),
        enlargeable=photo.row.kind != "video" and _megapixels(photo.row) <= MOST_MEGAPIXELS,
    )


@router.get("/altered/{name}.jpg")
def draw(request: Request, safelight: Library, name: str, size: str = "screen") -> Response:
    """The photo as it would become."""
    if size not in _EDGES:
        raise HTTPException(404, "There is no such size.")
    view, edge = read_view(name, request.query_params), _EDGES[size]
    making, strength = safelight.making, view.strength / 100
    if view.style:
        made = making.restyles.preview(
            name, view.style, strength, keep_colours=view.colours, edge=min(edge, 1024)
        )
    else:
        made = making.enhancements.preview(name, strength, edge)
    return picture_response(request, made.content)


@router.post("/photo/{name}/alter")
def keep(safelight: Library, name: str, form: Form) -> Response:
    """Keep it among the creations."""
    view = read_view(name, form)
    safelight.making.make("restyle" if view.style else "enhance", view.wish)
    return see("/creations?said=kept")


def read_view(asset: str, values: QueryParams | FormData) -> AlterView:
    """What an address or a form asks for; what cannot be understood is as usual."""
    style, strength = values.get("style", ""), values.get("strength", "")
    number = int(strength[:9]) if isinstance(strength, str) and strength.isdecimal() else _USUAL
    return AlterView(
        asset,
        style if isinstance(style, str) else "",
        min(100, number),
        values.get("colours") in ("1", "on"),
    )


def _megapixels(row: AssetRow) -> float:
    return (row.width or 0) * (row.height or 0) / 1e6


def _painting(safelight: Safelight) -> bool:
    """Whether a model may paint."""
    return any(s.active for s in safelight.purposes() if s.notice.purpose is Purpose.RESTYLE)


def _found(safelight: Safelight, view: AlterView) -> tuple[str, ...]:
    """What seems wrong with a photo that is to be enhanced."""
    if view.style:
        return ()
    return safelight.making.enhancements.preview(view.asset, 0.5, 256).words
