"""The form that says for which photos a purpose is allowed, and for how long."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from starlette.datastructures import FormData

from safelight.model.consent import Scope
from safelight.model.errors import UserError
from safelight.surfaces.web.session import field, fields

_NAMED = {"since": "since", "folders": "folder", "album": "album"}
LASTS = {"30": "30 days", "365": "a year"}


def read_scope(form: FormData) -> Scope:
    """The scope a form asks for.

    Raises:
        UserError: narrowed to nothing, a date that is none, or a limit that the choice beside
            it would drop: nobody who names a limit may allow more than it.
    """
    kind = field(form, "scope")
    chosen = {"since", kind} if "until" in form else {kind}  # the long form has dates of its own
    if _dropped(form, chosen):
        raise UserError("You named a limit, but did not choose it. Say again for which photos.")
    folders: tuple[str, ...] = ()
    albums: tuple[str, ...] = ()
    if kind == "folders":
        folders = tuple(fields(form, "folder"))
        if not folders:
            raise UserError("Choose at least one folder, or “Everything”.")
    if kind == "album":
        albums = tuple(fields(form, "album"))
        if not albums:
            raise UserError("Choose an album, or “Everything”.")
    since = _day(field(form, "since"), required=kind == "since")
    until = _day(field(form, "until"), required=False)
    without = tuple(fields(form, "without"))
    return Scope(folders, albums, since, until, without)


def read_expiry(form: FormData) -> datetime | None:
    """When the permission is to end; None for not by itself.

    Raises:
        UserError: a day that is none or has passed, or one that the choice beside it would drop.
    """
    lasts, day = field(form, "lasts"), field(form, "expires")
    if day and lasts not in ("until", ""):
        raise UserError("You named a last day, but did not choose it. Say again for how long.")
    if day or lasts == "until":
        last = _day(day, required=True)
        assert last is not None
        return datetime.combine(last, time(23, 59, 59)).astimezone()
    if lasts in LASTS:
        return datetime.now(UTC) + timedelta(days=int(lasts))
    return None


def _dropped(form: FormData, chosen: Collection[str]) -> bool:
    named = (kind for kind, name in _NAMED.items() if any(fields(form, name)))
    return any(kind not in chosen for kind in named)


def _day(text: str, *, required: bool) -> date | None:
    if not text and not required:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError("Choose the first day you want to include.") from error
