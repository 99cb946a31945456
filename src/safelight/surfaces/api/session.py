"""The library behind a request."""

from __future__ import annotations

from typing import Annotated, TypeVar

from fastapi import Depends, HTTPException
from starlette.requests import Request

from safelight.app import Safelight

T = TypeVar("T")


def _library(request: Request) -> Safelight:
    safelight: Safelight = request.app.state.safelight
    return safelight


Library = Annotated[Safelight, Depends(_library)]


def found(value: T | None, what: str) -> T:
    """The value.

    Raises:
        HTTPException: 404, when there is none.
    """
    if value is None:
        raise HTTPException(404, f"There is no such {what}.")
    return value
