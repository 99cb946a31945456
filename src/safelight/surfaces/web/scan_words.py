"""Where a scan is, in words."""

from __future__ import annotations

from safelight.app.views import ScanProgress
from safelight.surfaces.web.date_words import time_left
from safelight.surfaces.web.number_words import count

_PHASES = {
    "idle": "Ready",
    "walking": "Looking through your folders",
    "reading": "Reading photos",
    "places": "Naming places",
    "content": "Looking at the pictures",
    "people": "Putting faces together",
    "ideas": "Looking for ideas",
    "done": "Up to date",
    "stopped": "Paused",
    "failed": "The scan stopped",
}

_TELLING = 30
"""After so many photos, or a tenth of them, the pace tells: workers start slowly."""

RUNNING = frozenset(_PHASES) - {"idle", "done", "stopped", "failed"}


def progress_line(progress: ScanProgress) -> str:
    """Where a scan is: how far, how fast, how long; what the phase's name says already is not."""
    if progress.phase not in RUNNING:
        return progress.note.removeprefix(f"{phase(progress)}; ")
    parts = []
    if progress.total:
        parts.append(f"{progress.done:,} of {count(progress.total, 'photo')}")
    elif progress.done:
        parts.append(count(progress.done, "photo"))
    told = progress.done >= min(_TELLING, (progress.total or 0) / 10)
    if told and progress.photos_per_second >= 0.5:
        parts.append(f"{progress.photos_per_second:,.0f} a second")
    left = time_left(progress.seconds_left) if told else ""
    line = " · ".join([*parts, left] if left else parts)
    return line or ("" if progress.note == phase(progress) else progress.note)


def phase(progress: ScanProgress) -> str:
    """The name of a scan's phase."""
    return _PHASES.get(progress.phase, "Working")


def running(progress: ScanProgress) -> bool:
    """Whether a scan goes on now."""
    return progress.phase in RUNNING
