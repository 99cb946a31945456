"""The shots of every moment as columns, moment after moment: what the clues are counted in.

A library has a hundred thousand moments, and most of them show no theme: what is worked out for
all of them goes by columns, and words are put together only where a theme is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from safelight.model.assets import Shot
from safelight.model.ideas import Moment, Timeline

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_NO_BURST, _NO_MINUTE = 5, 15
"""Photos that nobody takes within a second, and within a minute."""


@dataclass(frozen=True)
class Members:
    """Shots of all moments.

    Attributes:
        shots: those of the first moment, then those of the second …
        of: for each shot the number of its moment; ascending.
        sizes: how many shots each moment has.
    """

    moments: Sequence[Moment]
    shots: Sequence[Shot]
    of: Ints
    sizes: Floats

    @classmethod
    def of_timeline(cls, timeline: Timeline) -> Members:
        """The columns of a timeline's moments."""
        by_id = timeline.by_id
        found = [[by_id[a] for a in m.assets if a in by_id] for m in timeline.moments]
        sizes = np.array([len(shots) for shots in found], dtype=np.int64)
        return cls(
            timeline.moments,
            [shot for shots in found for shot in shots],
            np.repeat(np.arange(len(sizes)), sizes),
            sizes.astype(np.float64),
        )

    @cached_property
    def local(self) -> Floats:
        """Wall clock of each shot, in seconds since 1970."""
        return np.fromiter((shot.local for shot in self.shots), np.float64, len(self.shots))

    @cached_property
    def utc(self) -> Floats:
        """Instant of each shot, in seconds since 1970."""
        return np.fromiter((shot.utc for shot in self.shots), np.float64, len(self.shots))

    @cached_property
    def where(self) -> tuple[Floats, Floats]:
        """Latitude and longitude of each shot in degrees, both NaN where one is not known."""
        nowhere = (np.nan, np.nan)
        points = np.array(
            [
                (s.latitude, s.longitude) if s.located else nowhere  # both or neither
                for s in self.shots
            ],
            dtype=np.float64,
        ).reshape(-1, 2)
        return points[:, 0], points[:, 1]

    @cached_property
    def days(self) -> Ints:
        """The local day on which each moment begins, as `date.toordinal`."""
        return np.array([m.start.toordinal() for m in self.moments], dtype=np.int64)

    @cached_property
    def clocked(self) -> Bools:
        """Whether a moment's clock tells anything: not where it stands still.

        A date without a time, as for a year alone, is midnight or noon in every photo, and what
        was dated by hand shares a minute.
        """
        dated = np.array([moment.dated for moment in self.moments], np.bool_)
        spans = np.array([(m.end - m.start).total_seconds() for m in self.moments])
        one_second = (self.sizes >= _NO_BURST) & (spans < 1)
        one_minute = (self.sizes >= _NO_MINUTE) & (spans < 60)
        return np.asarray(dated & ~one_second & ~one_minute)

    @cached_property
    def months(self) -> Ints:
        """The month in which each moment begins, 1 to 12."""
        return np.array([m.start.month for m in self.moments], dtype=np.int64)

    def count(self, chosen: Bools) -> Floats:
        """How many of the chosen shots each moment has."""
        return np.bincount(self.of[chosen], minlength=len(self.moments)).astype(np.float64)

    def share(self, chosen: Bools, among: Floats | None = None) -> Floats:
        """Share of the chosen among each moment's shots, or among so many; 0 where none are."""
        whole = self.sizes if among is None else among
        return np.divide(self.count(chosen), whole, out=np.zeros_like(whole), where=whole > 0)
