"""What stays out of ideas, by which reason, and the person's word that it goes in all the same."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from safelight.app.composition import Rooms
from safelight.app.showing import Showing
from safelight.app.views import AssetRow
from safelight.library.catalogue import Row
from safelight.library.judgements import Judgements, SetAside
from safelight.library.keeping_out import kept_out
from safelight.library.kept_in import KeptIn
from safelight.library.records import metadata_from_row
from safelight.model.assets import KeptOut
from safelight.model.consent import Purpose
from safelight.model.errors import UserError

_BY_NAME = "its name or what is written in it says so"
_SAME_FILE = "it is the same file once more"
PAGE = 60


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture that is kept out of ideas.

    Attributes:
        why: in words.
        best: of a duplicate, the picture that is in ideas instead.
        back: whether the person brought it back all the same.
        copy: whether it is the same file once more.
    """

    row: AssetRow
    reason: KeptOut
    why: str
    best: AssetRow | None = None
    back: bool = False
    copy: bool = False


@dataclass(frozen=True, slots=True)
class KeptGroup:
    """Pictures kept out for one reason, newest first; `total` counts those not shown, too."""

    reason: KeptOut
    pictures: tuple[KeptPicture, ...]
    total: int


@dataclass(frozen=True, slots=True)
class _Aside:
    asset: str
    reason: KeptOut
    why: str
    best: str | None = None
    back: bool = False
    copy: bool = False


class KeepingOut:
    """Kept-out pictures of one library, as far as consent reaches."""

    def __init__(self, rooms: Rooms, showing: Showing) -> None:
        self._rooms = rooms
        self._showing = showing
        self._judgements = Judgements(rooms.drawers)
        self._kept_in = KeptIn(rooms.drawers)

    def groups(self, at: int = 0, count: int = PAGE) -> list[KeptGroup]:
        """What is kept out, by reason; of each reason `count` pictures from `at` on."""
        found: dict[KeptOut, list[_Aside]] = {}
        for aside in self._all():
            if not aside.back:
                found.setdefault(aside.reason, []).append(aside)
        return [
            KeptGroup(reason, tuple(self._pictures(found[reason][at : at + count])), len(asides))
            for reason, asides in sorted(found.items(), key=lambda pair: _ORDER.index(pair[0]))
        ]

    def brought_back(self) -> list[KeptPicture]:
        """What the person brought back, so that they can leave it out again."""
        return self._pictures([aside for aside in self._all() if aside.back])

    def sensitive(self, among: Collection[str] | None = None) -> frozenset[str]:
        """Pictures that pages cover until they are clicked, of all or of some."""
        conditions = self._rooms.content_view()
        if conditions is None:
            return frozenset()
        return self._judgements.kept_out_as(KeptOut.SENSITIVE, *conditions, among)

    def one(self, asset: str) -> KeptPicture | None:
        """Why one picture is kept out, or would be; None where nothing says so."""
        return next(iter(self._pictures(list(self._all(asset)))), None)

    def bring_back(self, asset: str, back: bool = True) -> None:
        """Let a kept-out picture into ideas by the person's word, or take that back.

        Raises:
            UserError: nothing keeps it out.
            RefusedError: what keeps it out was turned off meanwhile.
        """
        aside = next(self._all(asset), None)
        if aside is None:
            if next(iter(self._rows("a.id = ?", (asset,))), None) is None:
                raise UserError("There is no such photo in what may be seen of the library.")
            raise UserError("Nothing keeps this picture out that could be taken back.")
        row = next(iter(self._rows("a.id = ?", (asset,))))
        if aside.copy or row["kept_out"] is not None or asset in self._kept_in.all():
            with self._rooms.keeping(Purpose.LIBRARY):
                self._kept_in.set(row, back)
        else:
            with self._rooms.keeping(Purpose.CONTENT):
                self._judgements.bring_back(asset, back)

    def _all(self, asset: str | None = None) -> Iterator[_Aside]:
        """Everything kept out or brought back, or what concerns one asset."""
        if not self._rooms.gate.allows(Purpose.LIBRARY):
            return
        yield from self._by_name(asset)
        yield from map(_from_content, self._by_content(asset))

    def _by_name(self, asset: str | None) -> Iterator[_Aside]:
        back = self._kept_in.all()
        brought_back = "a.id in (select value from json_each(?))"
        where = f"(a.kept_out is not null or a.duplicate_of is not null or {brought_back})"
        chosen: tuple[str, ...] = (json.dumps(sorted(back)),)
        if asset is not None:
            where, chosen = f"{where} and a.id = ?", (*chosen, asset)
        for row in self._rows(f"a.error is null and {where}", chosen):
            its_name = row["kept_out"] or kept_out(row["path"], metadata_from_row(row))
            if its_name is not None:
                yield _Aside(row["id"], KeptOut(its_name), _BY_NAME, back=row["id"] in back)
            elif best := row["duplicate_of"] or self._rooms.catalogue.first_of_same_file(row["id"]):
                copied = row["id"] in back
                yield _Aside(row["id"], KeptOut.DUPLICATE, _SAME_FILE, best, copied, copy=True)

    def _by_content(self, asset: str | None) -> list[SetAside]:
        conditions = self._rooms.content_view()
        return [] if conditions is None else self._judgements.set_aside(*conditions, asset)

    def _rows(self, where: str, params: Sequence[str]) -> Iterator[Row]:
        tail = "order by a.taken_local is null, a.taken_local desc, a.key desc"
        return self._rooms.listing.assets(self._rooms.view(), where, tuple(params), tail)

    def _pictures(self, asides: Sequence[_Aside]) -> list[KeptPicture]:
        names = {name for a in asides for name in (a.asset, a.best) if name is not None}
        rows = {row.id: row for row in self._showing.some(sorted(names))}
        return [
            KeptPicture(
                replace(rows[a.asset], kept_out=None if a.back else a.reason),
                a.reason,
                a.why,
                rows.get(a.best) if a.best else None,
                a.back,
                a.copy,
            )
            for a in asides
            if a.asset in rows
        ]


def _from_content(found: SetAside) -> _Aside:
    return _Aside(found.asset, found.reason, found.why, found.best, found.back)


_ORDER = list(KeptOut)
