"""What is worked out of a library once a scan has read it, in order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from safelight.app.composition import Rooms
from safelight.app.judging import Judging
from safelight.app.pairing import Pairing
from safelight.app.people import People
from safelight.app.run import Run
from safelight.app.views import ScanProgress
from safelight.library.judgements import Judgements
from safelight.model.consent import Purpose
from safelight.model.ideas import Timeline

if TYPE_CHECKING:
    from safelight.app.scanning import Analysis

Report = Callable[[ScanProgress], None]


class Understanding:
    """The analyses that follow reading, each as far as its purpose reaches now.

    Args:
        outline: the library's moments.
        narrow: learns anew which photos show people who are left out of a scope.
        learn_again: teaches own themes anew whose numbers were erased.
    """

    def __init__(
        self,
        rooms: Rooms,
        people: People,
        pairing: Pairing,
        judging: Judging,
        outline: Callable[[], Timeline],
        narrow: Callable[[], object],
        learn_again: Callable[[], object],
    ) -> None:
        self._rooms = rooms
        self._people = people
        self._pairing = pairing
        self._judging = judging
        self._outline = outline
        self._narrow = narrow
        self._learn_again = learn_again

    def analyses(self) -> Sequence[Analysis]:
        """For a scan to run after it has read everything."""
        return (self._locate, self._recognise, self._look_again, self._read_words)

    def _locate(self, stop: threading.Event, report: Report) -> None:
        from safelight.app.locating import Locating  # loads place names

        Locating(self._rooms, stop, report).run()

    def _recognise(self, stop: threading.Event, report: Report) -> None:
        from safelight.app.recognising import Recognising  # loads the model runtime

        Recognising(Run(self._rooms, self._people, stop, report)).run()
        self._pairing.catch_up(stop, report)
        if stop.is_set():
            return
        gate = self._rooms.gate
        self._people.forget_unseen()
        if gate.allows(Purpose.FACES) and self._people.due:
            report(ScanProgress("people", note="Putting faces together"))
            self._people.update()
        if gate.allows(Purpose.CONTENT) and Judgements(self._rooms.drawers).due:
            report(ScanProgress("content", note="Looking for pictures that are nearly the same"))
            self._regroup()
        self._learn_again()

    def _regroup(self) -> None:
        from safelight.app.looking import EMBEDDING_MODEL

        shots = self._rooms.listing.shots(self._rooms.view())
        self._judging.regroup(shots, EMBEDDING_MODEL)

    def _look_again(self, stop: threading.Event, report: Report) -> None:
        """Where people are left out, it is known only now which photos are covered."""
        states = self._rooms.book.states()
        if not any(state.grant and state.grant.scope.without_people for state in states):
            return
        self._narrow()
        self._locate(stop, report)
        self._recognise(stop, report)

    def _read_words(self, stop: threading.Event, report: Report) -> None:
        from safelight.app.reading_words import ReadingWords

        ReadingWords(self._rooms, self._outline, stop, report).run()
