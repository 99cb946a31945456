"""Templates, and what every page has: theme, token, static address, banner."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request

from safelight.app import Safelight
from safelight.app.demonstrating import waiting
from safelight.model.consent import Purpose
from safelight.surfaces.web import toasts, words
from safelight.surfaces.web.covering import cover
from safelight.surfaces.web.frame import PLACES, TOOLS, undo_of
from safelight.surfaces.web.people_view import photos
from safelight.surfaces.web.shapes import aim_class, ratio_class
from safelight.surfaces.web.share_view import crop_text

STATIC = Path(str(files("safelight.surfaces.web").joinpath("static")))
THEME_COOKIE = "safelight-theme"
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Reminders:
    """Permissions that run out within days, and those that have run out unanswered."""

    soon: Sequence[object]
    over: Sequence[object]


class Renderer:
    """Renders pages of one library.

    Args:
        safelight: asked on every page for the demo banner and the scan.
    """

    def __init__(self, safelight: Safelight) -> None:
        self._safelight = safelight
        self.version = static_version()
        self._templates = Environment(
            loader=PackageLoader("safelight.surfaces.web"),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(words.FILTERS)
        self._templates.filters["ratio"] = ratio_class
        self._templates.filters["photo_count"] = photos
        self._templates.filters["crop"] = crop_text
        self._templates.globals["static"] = f"/static/{self.version}"
        self._templates.globals["aim"] = lambda name: aim_class(safelight.aiming.at(name))
        self._templates.globals["frame_places"] = PLACES
        self._templates.globals["frame_tools"] = TOOLS

    def page(self, request: Request, template: str, context: dict[str, object]) -> str:
        """One page (or a part of one) as HTML."""
        theme = request.cookies.get(THEME_COOKIE, "")
        said = request.query_params.get("said", "")
        shared: dict[str, object] = {
            "csrf": request.state.csrf,
            "path": request.url.path,
            "here": _here(request),
            "theme": theme if theme in THEMES else "",
            "demo": self._safelight.demo,
            "demo_waiting": lambda: waiting(self._safelight),
            "progress": self._safelight.scans.progress,
            "fault": self._safelight.proofs.fault,
            "standing": lambda: standing_words(self._safelight) if request.method == "GET" else "",
            "reminders": self._reminders,
            "title_of": self._title_of,
            "toast": toasts.TOASTS.get(said),
            "undo": undo_of(said, request.query_params.get("about", "")),
        }
        written = self._templates.get_template(template).render(shared | context)
        return cover(written, self._safelight.keeping_out.sensitive)

    def _title_of(self, purpose: Purpose) -> str:
        """The words on a purpose's switch."""
        states = self._safelight.purposes()
        titles = {state.notice.purpose: state.notice.title for state in states}
        return titles.get(purpose, str(purpose))

    def _reminders(self) -> Reminders:
        """What runs out soon, and what has; asked for by whole pages only."""
        consent = self._safelight.consent
        return Reminders(consent.ends_soon(datetime.now(UTC)), consent.ended())


def standing_words(safelight: Safelight) -> str:
    """What is on now, for a page to ask later whether that still holds: `faces=4 library=2`."""
    standing = safelight.consent.standing()
    return " ".join(f"{purpose}={changes}" for purpose, changes in sorted(standing.items()))


def static_version() -> str:
    """Changes whenever a static file does, so that browsers may keep them for good."""
    digest = hashlib.blake2b(digest_size=6)
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _here(request: Request) -> str:
    """The address to come back to, without what is said only once."""
    query = request.url.remove_query_params(["said", "about"]).query
    return f"{request.url.path}?{query}" if query else request.url.path
