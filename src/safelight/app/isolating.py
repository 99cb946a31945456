"""The walls around readers: shown in the status, asked for by a strict setting, in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from safelight.consent.ledger import Ledger
from safelight.model.consent import Purpose
from safelight.model.errors import IsolationError
from safelight.model.isolation import LayerState
from safelight.model.jobs import Executor

AUTO, STRICT = "auto", "strict"


class Isolating:
    """What shuts in the workers that open photos.

    Args:
        executor: whose workers read photos in a scan.
        probe: starts one worker with nothing to do and says which walls it has.
        strict: whether nothing is opened where a wall is missing.
    """

    def __init__(
        self,
        executor: Executor,
        probe: Callable[[], tuple[LayerState, ...]],
        ledger: Ledger,
        *,
        strict: bool,
    ) -> None:
        self._executor = executor
        self._probe = probe
        self._ledger = ledger
        self._strict = strict
        self._noted = False

    @cached_property
    def layers(self) -> tuple[LayerState, ...]:
        """Every wall, and whether it can be had on this machine; tried once a process."""
        return self._probe()

    def missing(self) -> list[str]:
        """Walls that are not there, in words for the status."""
        return [f"{each.layer.value}: {each.text}." for each in self.layers if not each.held]

    def begin(self) -> None:
        """A scan begins: under the strict setting only behind every wall.

        Raises:
            IsolationError: the setting is strict and a wall is missing; recorded.
        """
        self._noted = False
        missing = [each for each in self.layers if not each.held] if self._strict else []
        if missing:
            raise self._refused(IsolationError(missing))

    def note(self) -> None:
        """Record, before the first photo of a scan is opened, which walls its readers have.

        Raises:
            IsolationError: as `begin`, where a reader has less than the trial had.
        """
        if self._noted:
            return
        try:
            layers = self._executor.layers()
        except IsolationError as error:
            raise self._refused(error) from None
        self._noted = True
        body: dict[str, object] = {
            "held": [each.layer.value for each in layers if each.held],
            "missing": [each.layer.value for each in layers if not each.held],
        }
        self._ledger.append("isolation", None, body)

    def _refused(self, error: IsolationError) -> IsolationError:
        missing = [each.layer.value for each in error.missing]
        body: dict[str, object] = {"asked": "scan", "code": "isolation", "missing": missing}
        self._ledger.append("refusal", Purpose.LIBRARY, body)
        return error
