"""How fast a long job goes and how long it will take."""

from __future__ import annotations

import time
from collections import deque

from safelight.app.views import ScanProgress

_WINDOW_S = 8.0
_REPORT_EVERY_S = 0.25


class Pace:
    """Rate over the last seconds, and the time left at that rate."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self._marks: deque[tuple[float, int]] = deque()
        self._reported = 0.0

    def start(self, total: int) -> None:
        """Begin to count towards `total`."""
        self.done, self.total = 0, total
        self._marks = deque([(time.monotonic(), 0)])

    def advance(self, count: int) -> None:
        """Count finished items."""
        self.done += count
        now = time.monotonic()
        self._marks.append((now, self.done))
        while len(self._marks) > 2 and now - self._marks[0][0] > _WINDOW_S:
            self._marks.popleft()

    def due(self) -> bool:
        """Whether it is time to report again."""
        return time.monotonic() - self._reported >= _REPORT_EVERY_S

    @property
    def rate(self) -> float:
        """Items a second, lately."""
        if len(self._marks) < 2:
            return 0.0
        (began, before), (ended, after) = self._marks[0], self._marks[-1]
        return (after - before) / (ended - began) if ended > began else 0.0

    def progress(self, phase: str, failed: int, note: str = "") -> ScanProgress:
        """Where things are, as a row to show."""
        self._reported = time.monotonic()
        rate = self.rate
        left = (self.total - self.done) / rate if rate else None
        return ScanProgress(
            phase, self.done, self.total, failed, round(rate, 1), left and round(left, 1), note
        )
