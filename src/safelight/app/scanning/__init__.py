"""A scan: walk the sources, read what is new or changed, forget what is gone.

The queue of assets to read lives in the catalogue drawer, so a scan can be stopped or killed at
any time: what was read stays, the next walk finds the rest again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from safelight.app.composition import Rooms
from safelight.app.people import People
from safelight.app.run import Run
from safelight.app.scanning.counts import Counts
from safelight.app.scanning.reading import Reading
from safelight.app.scanning.walking import Walking
from safelight.app.views import ScanProgress, ScanReport
from safelight.library.clock_keeping import ClockKeeping
from safelight.library.storage_errors import storage_errors
from safelight.model.consent import Purpose, Refusal

Analysis = Callable[[threading.Event, Callable[[ScanProgress], None]], object]
"""What follows reading: gets the event that stops it, and where to report."""


class Scan:
    """One run over all sources; `run` does everything, `stop` ends it between two photos.

    Args:
        report: told where the scan is.
        analyses: what is worked out once everything is catalogued, in this order.
    """

    def __init__(
        self,
        rooms: Rooms,
        people: People,
        report: Callable[[ScanProgress], None],
        analyses: Sequence[Analysis] = (),
    ) -> None:
        self._rooms = rooms
        self._people = people
        self._analyses = analyses
        self._report = report
        self._stop = threading.Event()
        self._counts = Counts()
        self._walking = Walking(rooms, self._stop, self._counts)

    def stop(self) -> None:
        """Ask the scan to end; what was read so far stays."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether it was asked to end early."""
        return self._stop.is_set()

    def run(self) -> ScanReport | Refusal:
        """Walk, read, tidy up.

        Returns:
            what was done, or the refusal that stands in the way.

        Raises:
            IsolationError: readers lack a wall, and the setting `isolation` is strict.
        """
        refusal = self._rooms.gate.refusal(Purpose.LIBRARY)
        if refusal is not None:
            return refusal
        self._rooms.isolating.begin()
        started = time.monotonic()
        with storage_errors(self._rooms.settings.home):
            self.walk()
            self.read()
            if not self._stop.is_set():
                self._tidy()
            for analyse in self._analyses:
                if not self._stop.is_set():
                    analyse(self._stop, self._report)
        assets = self._rooms.catalogue.count()
        return self._counts.report(assets, time.monotonic() - started)

    def walk(self) -> None:
        """The first part: queue what is new or changed."""
        self._report(ScanProgress("walking", note="Looking through your folders"))
        self._walking.run()

    def read(self) -> None:
        """The second part: read what is queued, and look at it as far as consent reaches."""
        run = Run(self._rooms, self._people, self._stop, self._report)
        Reading(run, self._counts, self._walking.vanished).run()

    def _tidy(self) -> None:
        catalogue = self._rooms.catalogue
        gone = catalogue.ids_of(self._walking.vanished)
        if gone:  # what came from them goes first: killed between, the next scan finds them again
            self._rooms.forget_assets(gone)
        with catalogue.connection:
            catalogue.remove(self._walking.vanished)
            catalogue.mark_duplicates()
            catalogue.forget_links()
        if gone or self._counts.new or self._counts.changed:
            ClockKeeping(self._rooms.drawers).put_right()
        self._counts.removed = len(gone)
