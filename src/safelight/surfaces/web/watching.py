"""The page of something that is being made: how far it is, and then the thing itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.model.creations import Creation
from safelight.surfaces.web.session import page

_BEGUN = 0.11
"""A share up to which nothing is known but that it has begun."""


def watch_page(
    request: Request,
    safelight: Safelight,
    name: str,
    part: str,
    *,
    title: str,
    more: Callable[[Creation | None], Mapping[str, Any]] = lambda _: {},
) -> Response:
    """A whole page, or the part that changes for scripts that ask for it alone.

    Args:
        part: template of what changes.
        more: what else the template needs, from what was made.

    Raises:
        HTTPException: nobody knows of it any more.
    """
    job = safelight.making.jobs.find(name)
    if job is None:
        raise HTTPException(404, "This is not being made any more. Look under Creations.")
    found = safelight.creation(job.creation) if job.creation else None
    made = found[0] if found else None
    return page(
        request,
        part if request.headers.get("x-part") else "watching.html",
        part=part,
        title=title,
        job=job,
        told=job.share > _BEGUN,
        made=made,
        **more(made),
    )
