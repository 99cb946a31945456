"""Plug-ins: what is installed under Safelight's entry points, and what of it can be used.

Built-ins use the same entry points. A plug-in that cannot be loaded is skipped and named.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points

from safelight.model.errors import PluginError
from safelight.model.ideas import IdeaMaker, MakerSpec

IDEA_GROUP = "safelight.ideas"


@dataclass(frozen=True, slots=True)
class PluginRow:
    """One plug-in: its group and name, whether it is built in, and what is wrong with it."""

    group: str
    name: str
    version: str
    purposes: tuple[str, ...]
    error: str | None


@cache
def idea_plugins() -> tuple[tuple[PluginRow, IdeaMaker | None], ...]:
    """Every idea maker: those built in, then those installed."""
    found: list[tuple[PluginRow, IdeaMaker | None]] = []
    for point in entry_points(group=IDEA_GROUP):
        try:
            maker = check_idea_maker(point.load()())
        except Exception as error:  # noqa: BLE001  # a stranger's plug-in may raise anything
            found.append((PluginRow(IDEA_GROUP, point.name, "", (), str(error)), None))
        else:
            spec = maker.spec
            purposes = tuple(sorted(spec.purposes))
            row = PluginRow(IDEA_GROUP, spec.name, spec.version, purposes, None)
            found.append((row, maker))
    return tuple(found)


def idea_makers() -> list[IdeaMaker]:
    """The idea makers that can be used."""
    return [maker for _, maker in idea_plugins() if maker is not None]


def check_idea_maker(candidate: object) -> IdeaMaker:
    """Check that an object meets the `IdeaMaker` contract.

    Raises:
        PluginError: what it lacks.
    """
    spec = getattr(candidate, "spec", None)
    if not isinstance(spec, MakerSpec):
        raise PluginError("it has no MakerSpec under `spec`")
    if not callable(getattr(candidate, "make", None)):
        raise PluginError("it has no method `make`")
    return candidate  # type: ignore[return-value]  # checked just now
