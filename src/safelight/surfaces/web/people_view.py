"""People as the pages show them: who is asked about, whose name it is, photos by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from safelight.app.views import AssetRow
from safelight.model.people import PersonFace, PersonRow

_ASKED = 3
_WORTH_ASKING = 2


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The people of a library.

    Attributes:
        asked: seen most often among those without a name; the page asks who they are.
        named: by number of photos.
        others: without a name.
        hidden: whom the person hid.
        written: names that stand in files and belong to nobody here, with their number of photos.
    """

    asked: tuple[PersonRow, ...]
    named: tuple[PersonRow, ...] = ()
    others: tuple[PersonRow, ...] = ()
    hidden: tuple[PersonRow, ...] = ()
    written: tuple[tuple[str, int], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nobody was found."""
        return not (self.asked or self.named or self.others or self.hidden)

    @property
    def names(self) -> list[str]:
        """Names that are given already, to choose from."""
        return sorted({row.name for row in (*self.named, *self.hidden) if row.name})


def sorted_people(
    rows: Sequence[PersonRow], written: Mapping[str, Sequence[str]] | None = None
) -> PeopleView:
    """Who is asked about first, who has a name, who has none, who is hidden.

    Args:
        written: names that stand in files, by asset.
    """
    seen = [row for row in rows if not row.hidden]
    nameless = [row for row in seen if row.name is None]
    asked = [row for row in nameless if photos(row) >= _WORTH_ASKING][:_ASKED]
    return PeopleView(
        tuple(asked),
        tuple(row for row in seen if row.name is not None),
        tuple(row for row in nameless if row not in asked),
        tuple(row for row in rows if row.hidden),
        _unmet(rows, written or {}),
    )


def _unmet(
    rows: Sequence[PersonRow], written: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, int], ...]:
    """Names in files that nobody has or is guessed to have, those of most photos first."""
    met = {name.casefold() for row in rows for name in (row.name, *row.suggested) if name}
    counts = Counter(name for names in written.values() for name in names)
    found = [(name, count) for name, count in counts.items() if name.casefold() not in met]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].casefold())))


def photos(row: PersonRow) -> int:
    """In how many photos somebody is."""
    return len({face.asset for face in row.faces})


def find_by_name(rows: Sequence[PersonRow], name: str) -> PersonRow | None:
    """Who has this name, whatever its case."""
    wanted = " ".join(name.split()).casefold()
    return next((row for row in rows if row.name and row.name.casefold() == wanted), None)


def newest_first(rows: Sequence[AssetRow]) -> list[AssetRow]:
    """Photos by their date, each once; undated ones last."""
    once = {row.id: row for row in rows}
    return sorted(once.values(), key=lambda row: row.taken_at or "", reverse=True)


def by_year(rows: Sequence[AssetRow]) -> list[tuple[str, list[AssetRow]]]:
    """Photos that are in order, in years; the year of those without a date is empty."""
    return [
        (year, list(found)) for year, found in groupby(rows, key=lambda r: (r.taken_at or "")[:4])
    ]


def faces_with_dates(
    person: PersonRow, rows: Sequence[AssetRow]
) -> list[tuple[PersonFace, AssetRow]]:
    """A person's faces with their photos, newest first."""
    by_id = {row.id: row for row in rows}
    pairs = [(face, by_id[face.asset]) for face in person.faces if face.asset in by_id]
    return sorted(pairs, key=lambda pair: pair[1].taken_at or "", reverse=True)
