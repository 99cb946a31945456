"""The demo: a sample library in a home of its own, scanned, with ideas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from safelight.app.facade import Safelight
from safelight.model.consent import Purpose
from safelight.settings import Settings
from safelight.testing.demo_library import write_demo_library

_SHOWN = (Purpose.LIBRARY, Purpose.PLACES, Purpose.SUGGEST)


def prepare_demo(settings: Settings, say: Callable[[str], None]) -> Safelight:
    """Paint the sample pictures, allow what shows everything, scan and make ideas.

    It lives beside the person's own library and shares nothing with it. The switches that are
    turned on cover these painted pictures only.
    """
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
    off = {state.notice.purpose for state in library.purposes() if not state.active}
    library.allow([purpose for purpose in _SHOWN if purpose in off])
    report = library.scan()
    say(f"{report.assets:,} photos and videos, {len(library.ideas()):,} ideas.")
    return library
