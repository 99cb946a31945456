"""The works whose styles come with the program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from safelight.weights import registry


@dataclass(frozen=True, slots=True)
class Work:
    """A work in the public domain, and what a network read of its style.

    Attributes:
        name: what the style is called.
        year: when it was made.
        died: when the artist died: more than 70 years ago.
        style: 100 numbers.
    """

    name: str
    title: str
    artist: str
    year: int
    died: int
    style: tuple[float, ...]

    @property
    def label(self) -> str:
        """Title, artist and year, as a caption has them."""
        return f"{self.title}, {self.artist}, {self.year}"


@cache
def works() -> Mapping[str, Work]:
    """Every work by name.

    Raises:
        AnalysisError: the file is missing or damaged.
    """
    rows = json.loads(registry.read("works"))
    found = {
        name: Work(name, row["title"], row["artist"], row["year"], row["died"], tuple(row["style"]))
        for name, row in rows.items()
    }
    return MappingProxyType(found)
