"""One scan at a time, in the background, with its progress for whoever asks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from safelight.app.views import ScanProgress, ScanReport
from safelight.model.consent import Refusal
from safelight.model.errors import SafelightError

if TYPE_CHECKING:
    from safelight.app.scanning import Scan  # loads every decoder


class ScanRunner:
    """Runs scans on a thread of its own.

    Args:
        begin: makes a scan that reports to the given function.
        after: called when a scan is done, on its thread.
    """

    def __init__(
        self,
        begin: Callable[[Callable[[ScanProgress], None]], Scan],
        after: Callable[[ScanReport], None],
    ) -> None:
        self._begin = begin
        self._after = after
        self._lock = threading.Lock()
        self._scan: Scan | None = None
        self._thread: threading.Thread | None = None
        self._progress = ScanProgress("idle")

    @property
    def progress(self) -> ScanProgress:
        """Where the scan is."""
        return self._progress

    @property
    def running(self) -> bool:
        """Whether a scan runs now."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Start a scan; when one is running already, leave it be."""
        with self._lock:
            if self.running:
                return
            self._scan = self._begin(self._note)
            self._progress = ScanProgress("walking", note="Looking through your folders")
            self._thread = threading.Thread(target=self._run, name="safelight-scan", daemon=True)
            self._thread.start()

    def stop(self, wait_s: float = 15.0) -> None:
        """Ask the scan to end after the photos in hand, and wait for it."""
        if self._scan is not None:
            self._scan.stop()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(wait_s)

    def _note(self, progress: ScanProgress) -> None:
        self._progress = progress

    def _run(self) -> None:
        scan = self._scan
        assert scan is not None
        try:
            outcome = scan.run()
            if isinstance(outcome, Refusal):
                self._progress = ScanProgress("failed", note=outcome.text)
                return
            self._progress = ScanProgress("ideas", outcome.assets, note="Looking for ideas")
            self._after(outcome)
            self._progress = _closing(outcome, scan.stopped)
        except SafelightError as error:
            self._progress = ScanProgress("failed", note=str(error))
        except Exception as error:
            self._progress = ScanProgress("failed", note=f"The scan broke off: {error}")
            raise


def _closing(outcome: ScanReport, stopped: bool) -> ScanProgress:
    count = f"{outcome.assets:,} photos and videos"
    words = f"Paused; {count} so far" if stopped else f"{count} in the library"
    phase = "stopped" if stopped else "done"
    return ScanProgress(phase, outcome.assets, outcome.assets, outcome.failed, note=words)
