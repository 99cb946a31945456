"""Open eyes and smiles of faces, from their meshes; says nothing of whose face it is.

How open an eye is: the gap between its lids against its width (Soukupová and Čech, Real-Time Eye
Blink Detection using Facial Landmarks, 2016). A smile: how wide the mouth is against the span of
the eyes, which turning the head sideways shortens alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

SHUT, OPEN = 0.18, 0.32
"""Gap against width: of 30 faces 0.22 to 0.39, of the same with lids painted shut 0.17 to 0.33. So
it tells two frames of one burst apart, and little about a face that is seen once."""

SERIOUS, SMILING = 0.55, 0.70

_LIDS = (
    ((159, 145), (158, 153), (160, 144), (33, 133)),
    ((386, 374), (385, 380), (387, 373), (263, 362)),
)
_MOUTH, _OUTER_EYES = (61, 291), (33, 263)


@dataclass(frozen=True, slots=True)
class Expression:
    """How open the wider eye is, and how much the mouth smiles, each 0 to 1."""

    eyes_open: float
    smile: float


def expressions(meshes: Sequence[Array | None]) -> list[Expression | None]:
    """One a face, in order; None where its mesh is not known.

    Args:
        meshes: what `find_meshes` gave.
    """
    return [None if points is None else _expression(points) for points in meshes]


def _expression(points: Array) -> Expression:
    eyes = max(_openness(points, lids) for lids in _LIDS)
    mouth = _apart(points, _MOUTH) / max(_apart(points, _OUTER_EYES), 1e-6)
    return Expression(_between(eyes, SHUT, OPEN), _between(mouth, SERIOUS, SMILING))


def _openness(points: Array, lids: Sequence[tuple[int, int]]) -> float:
    *gaps, corners = lids
    return sum(_apart(points, gap) for gap in gaps) / len(gaps) / max(_apart(points, corners), 1e-6)


def _apart(points: Array, pair: tuple[int, int]) -> float:
    return float(np.hypot(*(points[pair[0]] - points[pair[1]])))


def _between(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0, 1))
