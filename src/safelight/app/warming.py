"""Workers that draw, alter and share are started before somebody waits for them."""

from __future__ import annotations

import threading
from contextlib import suppress
from importlib import import_module

from safelight.app.composition import Rooms
from safelight.app.steps import STEP_ALTER
from safelight.library.reading.traces import STEP_FIND_TRACES
from safelight.library.reading.wire import STEP_DECODE_SCALED
from safelight.model.consent import Purpose
from safelight.model.errors import SafelightError

_STEPS = (STEP_DECODE_SCALED, STEP_FIND_TRACES, STEP_ALTER)
"""What a person asks for at a screen. Each that is not known when workers start costs new ones."""

_ROOMS = ("safelight.app.making.makers", "safelight.app.sharing", "safelight.app.finding")
"""What loads picture libraries and indexes, and is loaded when it is first asked for."""

_WAIT_S = 10.0


class Warming:
    """Gets one library's own process and its workers ready, once, in the background."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Begin, unless it was begun, or `library` is off and there is nothing to draw."""
        if self._thread is not None or not self._rooms.gate.allows(Purpose.LIBRARY):
            return
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._warm, name="safelight-warm")
                self._thread.start()

    def wait(self) -> None:
        """Wait until it is done, for workers must not start after the pool was closed."""
        with self._lock:
            if self._thread is not None:
                self._thread.join(_WAIT_S)

    def _warm(self) -> None:
        with suppress(SafelightError):  # said to the person when they ask for something
            self._rooms.interactive.prepare(_STEPS)
            self._rooms.interactive.layers()
        for room in _ROOMS:
            import_module(room)
