"""The demo: a sample library in a home of its own, scanned, with ideas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from safelight.app.facade import Safelight
from safelight.model.consent import Purpose, PurposeState, Scope
from safelight.settings import Settings

_SHOWN = (Purpose.LIBRARY, Purpose.PLACES, Purpose.SUGGEST)
REST = (Purpose.CONTENT, Purpose.FACES, Purpose.LEARN, Purpose.RESTYLE)
"""What the demo leaves off until somebody asks for it."""


def prepare_demo(
    settings: Settings, say: Callable[[str], None], *, everything: bool = False
) -> Safelight:
    """Paint the sample pictures, allow what shows most, scan and make ideas.

    It lives beside the person's own library and shares nothing with it. The switches that are
    turned on cover the folder of these painted pictures and no other.

    Args:
        everything: turn on the rest as well; the pictures are then looked at in the background.
    """
    from safelight.testing.demo_library import write_demo_library  # loads all that paints

    base = settings.home / "demo"
    say("Painting the sample library …")
    summary = write_demo_library(
        base / "photos",
        today=date.today(),  # the person's own day
        workers=settings.worker_count,
    )
    say(f"{summary.files:,} files. Scanning …")
    library = Safelight(replace(settings, home=base / "library", key_store="file"))
    library.add_folder(str(base / "photos"))
    _allow(library, _SHOWN)
    report = library.scan()
    say(f"{report.assets:,} photos and videos, {len(library.ideas()):,} ideas.")
    if everything:
        try_the_rest(library)
        say("Every switch is on. The pictures are being looked at; more ideas come with that.")
    return library


def waiting(library: Safelight) -> list[PurposeState]:
    """The switches of a demo that are still off."""
    return [state for state in _rest(library) if not state.active]


def try_the_rest(library: Safelight) -> None:
    """Turn on what the demo left off, each with its own record, for the painted pictures alone.

    Looking at them begins in the background.
    """
    _allow(library, REST)
    library.scans.start()


def leave_the_rest(library: Safelight) -> None:
    """Turn off again what `try_the_rest` turned on; what came from it is erased."""
    for state in _rest(library):
        if state.grant is not None:
            library.withdraw(state.notice.purpose)


def _rest(library: Safelight) -> list[PurposeState]:
    return [state for state in library.purposes() if state.notice.purpose in REST]


def _allow(library: Safelight, purposes: tuple[Purpose, ...]) -> None:
    from safelight.testing.demo_library import MARKER

    painted = tuple(s.location for s in library.sources() if Path(s.location, MARKER).exists())
    if not painted:  # an empty scope would mean everything
        return
    off = {state.notice.purpose for state in library.purposes() if not state.active}
    library.allow([purpose for purpose in purposes if purpose in off], Scope(folders=painted))
