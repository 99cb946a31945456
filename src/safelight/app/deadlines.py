"""Watches the clock while Safelight serves: what runs out is erased, what is due is begun."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

_EVERY_S = 30.0


class Deadlines:
    """Ends permissions that have run out; the gate refuses them from their very moment anyway.

    Args:
        end_over: ends and erases what is over.
        then: called after it, for what else has its hour.
    """

    def __init__(
        self,
        end_over: Callable[[], object],
        then: Callable[[], object] = lambda: None,
        every_s: float = _EVERY_S,
    ) -> None:
        self._end_over = end_over
        self._then = then
        self._every_s = every_s
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Watch from now on, on a thread of its own."""
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._watch, name="safelight-deadlines", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(self._every_s)

    def _watch(self) -> None:
        while not self._stop.wait(self._every_s):
            for due in (self._end_over, self._then):
                # A full disk or a busy drawer, say. Whatever it is: it is tried again in a
                # moment, and what runs out next must be erased all the same.
                with suppress(Exception):
                    due()
