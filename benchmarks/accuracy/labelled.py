"""Photos of which somebody wrote down who is in them, in the forms in which such sets come."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from photos import ENDINGS

YES = {"yes", "true", "1", "same"}


@dataclass(frozen=True)
class Pair:
    """Two photos, and whether they show one person."""

    one: Path
    other: Path
    same: bool


def people_in(folder: Path) -> dict[str, list[Path]]:
    """The photos of each person of a folder that has a folder a person, by name."""
    people = (each for each in sorted(folder.iterdir()) if each.is_dir())
    found = {
        each.name: [p for p in sorted(each.iterdir()) if p.suffix.lower() in ENDINGS]
        for each in people
    }
    return {name: paths for name, paths in found.items() if paths}


def all_pairs(people: dict[str, list[Path]]) -> list[Pair]:
    """Every pair of photos."""
    everything = [(name, path) for name, paths in people.items() for path in paths]
    return [Pair(a[1], b[1], a[0] == b[0]) for a, b in combinations(everything, 2)]


def from_pairs(text: str, people: dict[str, list[Path]]) -> Iterator[Pair]:
    """Pairs as Labeled Faces in the Wild lists them.

    A line is a name and two numbers, or a name, a number, another name and a number. The number
    is that of the file name (`Ann_0002.jpg`), else the place in the folder, from 1.

    Raises:
        KeyError, IndexError: a photo that is not there.
    """
    for line in text.splitlines():
        row = line.split("\t") if "\t" in line else line.split()
        if len(row) == 3:
            row = [row[0], row[1], row[0], row[2]]
        if len(row) == 4:
            one, other = _numbered(people, *row[:2]), _numbered(people, *row[2:])
            yield Pair(one, other, row[0] == row[2])


def _numbered(people: dict[str, list[Path]], name: str, number: str) -> Path:
    exactly = [p for p in people[name] if p.stem == f"{name}_{int(number):04d}"]
    return exactly[0] if exactly else people[name][int(number) - 1]


def from_csv(path: Path, folder: Path) -> Iterator[Pair]:
    """Pairs of a table with the columns `file_x`, `file_y` and `Decision` (Yes or No).

    Files are named as they lie in the folder.

    Raises:
        FileNotFoundError: a photo that is not there.
    """
    with path.open(newline="", encoding="utf-8-sig") as opened:
        for row in csv.DictReader(opened):
            one, other = (_file(folder, row[column].strip()) for column in ("file_x", "file_y"))
            yield Pair(one, other, row["Decision"].strip().lower() in YES)


def _file(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / Path(name).name):
        if path.is_file():
            return path
    raise FileNotFoundError(f"{name} is not in {folder}")


def identities(pairs: list[Pair]) -> dict[Path, int]:
    """The number of who is in each photo: those that are said to show one person hang together."""
    number = {path: at for at, path in enumerate(_mentioned(pairs))}
    for pair in pairs:
        if pair.same:
            stays, goes = number[pair.one], number[pair.other]
            number = {path: stays if who == goes else who for path, who in number.items()}
    return number


def _mentioned(pairs: list[Pair]) -> list[Path]:
    return sorted({path for pair in pairs for path in (pair.one, pair.other)})
