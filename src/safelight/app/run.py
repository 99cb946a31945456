"""One scan under way, as every part of it needs to know it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from safelight.app.composition import Rooms
from safelight.app.people import People
from safelight.app.views import ScanProgress


@dataclass(frozen=True, slots=True)
class Run:
    """What a scan works with.

    Attributes:
        stop: set when it is to end after what is in hand.
        report: told where it is.
    """

    rooms: Rooms
    people: People
    stop: threading.Event
    report: Callable[[ScanProgress], None]
