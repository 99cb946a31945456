"""What the `consent` drawer keeps beside the permissions: one small shelf a thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import apsw

from safelight.consent.clock import Clock, utc_now
from safelight.consent.ledger import Ledger


@dataclass
class Kept:
    """A shelf in the `consent` drawer. What it keeps is recorded in the ledger first.

    Attributes:
        connect: gives the calling thread's connection to the `consent` drawer.
    """

    connect: Callable[[], apsw.Connection]
    ledger: Ledger
    clock: Clock = utc_now
