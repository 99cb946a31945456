"""The table of regions, read from `table.toml`.

The baseline is what the program does everywhere: every purpose off until its own switch is
turned on, erased when it is turned off, training and advertising impossible. A row says what
the law of a region asks for, cell by cell with its source, and may carry two rules, both of
which only take away: `written_release` and `most_days`. There is no rule that could allow more.
It is a reading of the law by engineers and no legal advice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from safelight.model.consent import Purpose
from safelight.model.errors import UserError

COLUMNS: dict[str, str] = {
    "instrument": "Law",
    "in_force_from": "In force from",
    "household_exempt": "Own household",
    "face_rule": "Faces",
    "consent_form": "Form of consent",
    "minor_age": "Minors",
    "min_retention": "Kept at least",
    "max_retention": "Kept at most",
    "respond_days": "Answer within",
    "training_default": "Training",
    "machine_signal": "Signal of the browser",
}
"""Columns of the table with their titles."""
_RULES = frozenset({"written_release", "most_days"})


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column says for one region.

    Attributes:
        source: the provision it was read in.
        verified_on: the day on which somebody read it there; None where it is from memory and
            has to be checked before anyone relies on it.
    """

    says: str
    source: str
    verified_on: date | None = None

    @property
    def needs_recheck(self) -> bool:
        """Whether nobody has read it at its source yet."""
        return self.verified_on is None


@dataclass(frozen=True, slots=True)
class Region:
    """One row.

    Attributes:
        released: purposes that stay off unless they are limited to albums for which everybody
            shown has signed a release that is recorded.
        most_days: for how many days a permission for a purpose holds at most.
    """

    code: str
    name: str
    cells: Mapping[str, Cell] = field(default_factory=dict)
    released: frozenset[Purpose] = frozenset()
    most_days: Mapping[Purpose, int] = field(default_factory=dict)


BASELINE = Region("", "No region: the strict baseline")
"""What holds everywhere."""


def parse_regions(text: str) -> tuple[Region, ...]:
    """The rows of a table.

    Raises:
        ValueError: an unknown column or rule, a cell without source, or two rows of one code.
    """
    found = tuple(_region(row) for row in tomllib.loads(text)["region"])
    if len({region.code for region in found}) < len(found):
        raise ValueError("two rows have the same code")
    return found


@cache
def all_regions() -> tuple[Region, ...]:
    """Every row there is."""
    return parse_regions(files(__package__).joinpath("table.toml").read_text("utf-8"))


def find_region(code: str) -> Region:
    """The row of a code; the baseline for an empty one.

    Raises:
        UserError: there is no such row.
    """
    wanted = code.strip().lower()
    if not wanted:
        return BASELINE
    for region in all_regions():
        if region.code == wanted:
            return region
    known = ", ".join(region.code for region in all_regions())
    raise UserError(f"There is no region {code!r}. Known are {known}; leave it empty for none.")


def _region(row: Mapping[str, Any]) -> Region:
    cells = {name: _cell(name, cell) for name, cell in row["cells"].items()}
    rules = row.get("rules", {})
    if not rules.keys() <= _RULES or row.keys() - {"code", "name", "cells", "rules"}:
        raise ValueError(f"{row['code']}: a row may hold cells, and only rules that take away")
    most = {Purpose(name): int(days) for name, days in rules.get("most_days", {}).items()}
    if any(days < 1 for days in most.values()):
        raise ValueError(f"{row['code']}: a permission holds for a day at least")
    released = frozenset(Purpose(name) for name in rules.get("written_release", ()))
    return Region(row["code"], row["name"], cells, released, most)


def _cell(name: str, cell: Mapping[str, Any]) -> Cell:
    if name not in COLUMNS or cell.keys() - {"says", "source", "verified_on"}:
        raise ValueError(f"unknown column or field: {name}")
    if not cell["says"] or not cell["source"]:
        raise ValueError(f"{name}: a cell needs words and a source")
    return Cell(cell["says"], cell["source"], cell.get("verified_on"))
