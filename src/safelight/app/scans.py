"""Scans of one library: now, or in the background, and what follows each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from safelight.app.background import ScanRunner
from safelight.app.composition import Rooms
from safelight.app.people import People
from safelight.app.stories import Stories
from safelight.app.understanding import Understanding
from safelight.app.views import ScanProgress, ScanReport
from safelight.model.consent import Purpose, Refusal
from safelight.model.errors import RefusedError

if TYPE_CHECKING:
    from safelight.app.scanning import Scan


class Scans:
    """Begins scans, one at a time in the background; ideas are refreshed when `suggest` is on.

    Args:
        narrow: erases what a purpose holds of photos that moved out of its scope.
        announce: tells of ideas that came unasked.
    """

    def __init__(
        self,
        rooms: Rooms,
        people: People,
        understanding: Understanding,
        stories: Stories,
        narrow: Callable[[], object],
        announce: Callable[[], object],
    ) -> None:
        self._rooms = rooms
        self._people = people
        self._understanding = understanding
        self._stories = stories
        self._narrow = narrow
        self._announce = announce
        self._runner = ScanRunner(self.begin, self._after)

    def run(self, report: Callable[[ScanProgress], None] = lambda _: None) -> ScanReport:
        """Scan now, in the calling thread.

        Raises:
            RefusedError: `library` is off.
        """
        outcome = self.begin(report).run()
        if isinstance(outcome, Refusal):
            raise RefusedError(outcome.text)
        self._after(outcome)
        return outcome

    def start(self) -> None:
        """Scan in the background; where a scan runs already, it goes on."""
        self._runner.start()

    def stop(self) -> None:
        """Pause the background scan; what was read stays."""
        self._runner.stop()

    @contextmanager
    def interrupted(self) -> Iterator[None]:
        """While something is erased: a background scan ends, and begins again as far as it may."""
        running = self._runner.running
        self._runner.stop()
        try:
            yield
        finally:
            if running and self._rooms.gate.allows(Purpose.LIBRARY):
                self._runner.start()

    @property
    def progress(self) -> ScanProgress:
        """Where the background scan is."""
        return self._runner.progress

    def begin(self, report: Callable[[ScanProgress], None]) -> Scan:
        """A scan that is not running yet."""
        from safelight.app.scanning import Scan  # loads every decoder

        return Scan(self._rooms, self._people, report, self._understanding.analyses())

    def _after(self, report: ScanReport) -> None:
        if report.moved or report.changed:  # perhaps out of what was allowed
            self._narrow()
        today = date.today()  # the person's own day
        if not self._rooms.gate.allows(Purpose.SUGGEST):
            return
        changed = report.new + report.changed + report.removed + report.moved
        if changed or not self._stories.made_on(today):
            self._stories.make(today, by_itself=True)
        self._announce()
