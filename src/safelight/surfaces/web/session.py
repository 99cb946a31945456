"""What a page's handler works with: the library, the form, and a way to answer with a page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, TypeVar

from fastapi import Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from safelight.app import Safelight
from safelight.model.consent import Purpose, PurposeState, Refusal
from safelight.surfaces.web.rendering import Renderer
from safelight.surfaces.web.tokens import MOST_FIELDS

T = TypeVar("T")


class Refused(Exception):  # noqa: N818  # a refusal is not an error
    """Carries a refusal to the handler that shows it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.text)
        self.refusal = refusal


def allowed(value: T | Refusal) -> T:
    """The value, unless it is a refusal.

    Raises:
        Refused: it is one.
    """
    if isinstance(value, Refusal):
        raise Refused(value)
    return value


def _library(request: Request) -> Safelight:
    safelight: Safelight = request.app.state.safelight
    return safelight


async def _form(request: Request) -> AsyncIterator[FormData]:
    # Closes the files that were sent with it.
    async with request.form(max_fields=MOST_FIELDS) as form:
        yield form


Library = Annotated[Safelight, Depends(_library)]
Form = Annotated[FormData, Depends(_form)]


def switch(safelight: Safelight, purpose: Purpose) -> PurposeState:
    """A switch as it is now."""
    return next(s for s in safelight.purposes() if s.notice.purpose is purpose)


def is_on(safelight: Safelight, purpose: Purpose) -> bool:
    """Whether a switch is on now."""
    return switch(safelight, purpose).active


def field(form: FormData, name: str) -> str:
    """One text field of a form, stripped; empty when it is missing or a file."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def fields(form: FormData, name: str) -> list[str]:
    """Every value of a repeated text field."""
    return [value for value in form.getlist(name) if isinstance(value, str)]


def page(request: Request, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
    """Answer with a page."""
    renderer: Renderer = request.app.state.renderer
    return HTMLResponse(renderer.page(request, template, context), status)


def see(path: str) -> RedirectResponse:
    """After a form: look here now (POST, redirect, GET)."""
    return RedirectResponse(path, 303)


def emptied(answer: Response) -> Response:
    """The same answer, after which a browser keeps none of the pictures that it was shown.

    For whatever takes pictures out of the library: what the browser kept of them goes too.
    """
    answer.headers["clear-site-data"] = '"cache"'
    return answer


def own_path(path: str, otherwise: str = "/") -> str:
    """A path that a form asked to go back to, if it is one of ours."""
    if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable():
        return path
    return otherwise
