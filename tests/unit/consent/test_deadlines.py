"""What runs out is erased, whatever went wrong before."""

from __future__ import annotations

import threading

import apsw
import pytest

from safelight.app.deadlines import Deadlines
from safelight.model.errors import UserError


@pytest.mark.parametrize("error", [UserError("full"), apsw.BusyError("busy"), OSError(28, "full")])
def test_the_clock_is_watched_after_a_failure(error: Exception) -> None:
    ended, told = threading.Semaphore(0), threading.Semaphore(0)

    def end_over() -> None:
        ended.release()
        raise error

    def then() -> None:
        told.release()
        raise error

    watching = Deadlines(end_over, then, every_s=0.01)
    watching.start()
    try:
        assert all(ended.acquire(timeout=20) for _ in range(3))
        assert all(told.acquire(timeout=20) for _ in range(3))
    finally:
        watching.stop()
