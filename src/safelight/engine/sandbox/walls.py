"""All layers together: entered, shut, and reported."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from safelight.engine.sandbox import descriptors, landlock, limits, namespaces, seccomp
from safelight.engine.sandbox.machine import Machine, Missing, this_machine
from safelight.model.isolation import Layer, LayerState

_HOLDS = {
    Layer.NAMESPACES: namespaces.HOLDS,
    Layer.LANDLOCK: landlock.HOLDS,
    Layer.SECCOMP: seccomp.HOLDS,
    Layer.LIMITS: limits.HOLDS,
}
_WITHOUT = {
    Layer.NAMESPACES: "a worker shares this machine's network",
    Layer.LANDLOCK: "the kernel's own lock on files is not there",
    Layer.SECCOMP: "a broken decoder could ask the system for anything",
    Layer.LIMITS: "a broken decoder could use up this machine's memory",
}


class Walls:
    """The walls around this process. `enter` first, then load what is needed, then `shut`.

    Args:
        without: layers that are left out, for tests that show what each of them holds.
        machine: where this is, or is said to be.
    """

    def __init__(self, without: Collection[Layer] = (), machine: Machine | None = None) -> None:
        self._without = frozenset(without)
        self._machine = machine or this_machine()
        self._missing: dict[Layer, str] = {}

    def enter(self) -> None:
        """Leave the machine's network; in a process with one thread, before anything is loaded."""
        self._try(Layer.NAMESPACES, namespaces.enter)

    def shut(self, pipe: int) -> tuple[LayerState, ...]:
        """Close everything but the pipe's descriptor, for good; says which layers hold."""
        descriptors.keep_only(pipe)
        self._try(Layer.LANDLOCK, landlock.prepare)
        self._try(Layer.NAMESPACES, namespaces.shut)
        self._try(Layer.LANDLOCK, landlock.shut)
        self._try(Layer.SECCOMP, seccomp.shut)
        self._try(Layer.LIMITS, limits.shut)
        return tuple(state(layer, self._missing.get(layer)) for layer in Layer)

    def _try(self, layer: Layer, step: Callable[[Machine], None]) -> None:
        if layer in self._without:
            self._missing[layer] = "left out on purpose"
        if layer in self._missing:
            return
        try:
            step(self._machine)
        except Missing as why:
            self._missing[layer] = str(why)


def state(layer: Layer, missing: str | None = None) -> LayerState:
    """One layer's row; `missing` says why it is not there."""
    if missing is None:
        return LayerState(layer, True, _HOLDS[layer])
    return LayerState(layer, False, f"{missing}; {_WITHOUT[layer]}")


def absent(why: str) -> tuple[LayerState, ...]:
    """Rows for a process without any walls."""
    return tuple(state(layer, why) for layer in Layer)


def to_plain(states: Iterable[LayerState]) -> list[tuple[str, bool, str]]:
    """Rows as JSON values."""
    return [(each.layer.value, each.held, each.text) for each in states]


def from_plain(rows: Iterable[Sequence[object]]) -> tuple[LayerState, ...]:
    """Rows back from JSON values.

    Raises:
        ValueError: not rows of layers.
    """
    return tuple(
        LayerState(Layer(str(layer)), held is True, str(text)) for layer, held, text in rows
    )
