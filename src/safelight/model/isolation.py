"""What keeps the workers that open photos away from everything else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Layer(StrEnum):
    """One independent wall around a worker; several may hold the same thing."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    SECCOMP = "seccomp"
    LIMITS = "limits"


@dataclass(frozen=True, slots=True)
class LayerState:
    """Whether one layer holds here.

    Attributes:
        held: whether it was put up and seen to hold.
        text: what it keeps out; where it is missing, why, and what that means for the person.
    """

    layer: Layer
    held: bool
    text: str
