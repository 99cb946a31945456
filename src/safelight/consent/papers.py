"""Everything that is kept beside the grants, in the same drawer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import apsw

from safelight.consent.albums import Albums
from safelight.consent.answers import Answers
from safelight.consent.clock import Clock, utc_now
from safelight.consent.endings import Endings
from safelight.consent.ledger import Ledger
from safelight.consent.releases import ReleaseBook
from safelight.consent.residence import Residence
from safelight.consent.signals import Signals


@dataclass(frozen=True, slots=True)
class Papers:
    """What was asked, picked, signed, signalled and chosen, and what ended by itself."""

    answers: Answers
    albums: Albums
    endings: Endings
    releases: ReleaseBook
    residence: Residence
    signals: Signals


def open_papers(
    connect: Callable[[], apsw.Connection], ledger: Ledger, clock: Clock = utc_now
) -> Papers:
    """The papers of one library.

    Args:
        connect: gives the calling thread's connection to the `consent` drawer.
    """
    return Papers(
        Answers(connect, ledger, clock),
        Albums(connect, ledger, clock),
        Endings(connect, ledger, clock),
        ReleaseBook(connect, ledger, clock),
        Residence(connect, ledger, clock),
        Signals(connect, ledger, clock),
    )
