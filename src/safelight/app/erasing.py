"""Erasing photo by photo, folder by folder, or all that shows a person: down to the last row.

What a whole purpose holds is shredded with its key. A single photo lies in drawers that live on,
so its rows are deleted, the drawers written anew and their logs emptied.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from safelight.app.composition import Rooms
from safelight.consent.ledger.locking import file_lock
from safelight.library.catalogue import Row
from safelight.library.held import rows_of
from safelight.library.left_out import ErasurePlans, Photo
from safelight.library.people import PeopleStore
from safelight.library.scrubbing import scrub
from safelight.library.shelves import idea_shelves
from safelight.model.consent import LedgerEntry, Purpose
from safelight.model.errors import UserError
from safelight.model.names import shown, storable, typed

SCRUBBED = (
    *("catalogue", "previews", "places", "content", "faces", "ideas", "creations", "restyled"),
    *("taste", "consent"),
)
"""Drawers that may hold something of a photo."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be erased.

    Attributes:
        what: "photos", "folder" or "person".
        assets, people: ids.
    """

    what: str
    assets: tuple[str, ...]
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """What erasing a selection takes: photos, rows by drawer, ideas and creations."""

    what: str
    photos: int
    rows: dict[str, int] = field(default_factory=dict)
    ideas: int = 0
    creations: int = 0


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased.

    Attributes:
        photos: how many later scans pass over.
        rows, bytes: rows that went and bytes by which the drawers shrank.
        taken_back: ideas and creations that used these photos.
        not_rewritten: drawers that could not be written anew; their rows are deleted.
        entry: of the ledger, which the receipt proves.
    """

    what: str
    photos: int
    rows: int
    bytes: int
    taken_back: int
    not_rewritten: tuple[str, ...]
    entry: int


class Erasing:
    """Erases parts of one library.

    Args:
        quietly: entered while data goes: pauses scans and drops what is in memory.
        after_erasing: called with each entry that says that something was erased.
    """

    def __init__(
        self,
        rooms: Rooms,
        quietly: Callable[[], AbstractContextManager[None]],
        after_erasing: Callable[[], None],
    ) -> None:
        self._rooms = rooms
        self._quietly = quietly
        self._after = after_erasing
        self._plans = ErasurePlans(rooms.drawers)
        self._people = PeopleStore(rooms.drawers)

    # Choosing

    def photos(self, assets: Sequence[str]) -> Selection:
        """These photos, by id.

        Raises:
            UserError: one is not in the library.
        """
        for name in assets:
            if not self._has_catalogue or self._rooms.catalogue.asset(name) is None:
                raise UserError(f"There is no photo {name} in the library.")
        return Selection("photos", tuple(dict.fromkeys(assets)))

    def folder(self, path: str) -> Selection:
        """Every photo in a folder, at any depth.

        Raises:
            UserError: none of the library lies there.
        """
        folder = storable(str(typed(path)))
        found = self._rooms.catalogue.assets_in(folder) if self._has_catalogue else []
        if not found:
            raise UserError(f"No photo of the library lies in {shown(folder)}.")
        return Selection("folder", tuple(found))

    def person(self, name: str) -> Selection:
        """Every photo that shows a person, by id or name, and the person.

        Raises:
            UserError: nobody is known by that name, or more than one.
        """
        known = self._people.people() if self._people.exists else []
        found = [row["id"] for row in known if name in (row["id"], row["name"])]
        if len(found) != 1:
            words = "Nobody is" if not found else f"{len(found)} people are"
            raise UserError(f"{words} known as {shown(name)}; `safelight people list` has the ids.")
        assets = sorted({row["asset"] for row in self._people.faces_of(found[0])})
        return Selection("person", tuple(assets), (found[0],))

    def forecast(self, selection: Selection) -> Forecast:
        """What erasing would take; changes nothing."""
        gone = set(selection.assets)
        shelves = idea_shelves(self._rooms.drawers)
        creations = self._rooms.creations.all()
        return Forecast(
            selection.what,
            len(gone),
            rows_of(self._rooms.drawers, gone),
            sum(bool(gone.intersection(i.assets)) for s in shelves for i, _ in s.all()),
            sum(not gone.isdisjoint(creation.used) for creation in creations),
        )

    # Erasing

    def erase(self, selection: Selection) -> Erased:
        """Erase everything that was worked out from these photos, and leave them out from now on.

        In order: a plan is kept, the intent recorded, the photos put on the list of those left
        out, their rows deleted, what used them taken back, drawers written anew, the end recorded.
        The photos themselves are untouched.

        Raises:
            UserError: a step could not be done; the next start does what is left.
        """
        with self._quietly(), self._alone():
            rows = sum(rows_of(self._rooms.drawers, selection.assets).values())
            items = [("asset", name) for name in selection.assets]
            items += [("path", path) for name in selection.assets for path in self._paths(name)]
            token = self._plans.put([*items, *(("person", name) for name in selection.people)])
            digest = self._rooms.book.digest(Purpose.LIBRARY, selection.assets)
            body: dict[str, object] = {
                "what": selection.what,
                "count": len(selection.assets),
                "digest": digest,
                "rows": rows,
                "plan": token,
            }
            intent = self._rooms.ledger.append("erase-intent", None, body)
            erased = self._carry_out(selection.what, len(selection.assets), rows, token, intent)
        self._after()
        return erased

    def finish_pending(self) -> None:
        """Carry out what a crash cut short; to be called at every start."""
        if not self._exists("erased"):
            return
        with self._alone():
            pending = self._unfinished()
            self._plans.drop_others(str(entry.body["plan"]) for entry in pending)
            for entry in pending:
                body = entry.body
                self._carry_out(
                    str(body["what"]),
                    int(str(body["count"])),
                    int(str(body["rows"])),
                    str(body["plan"]),
                    entry.index,
                )

    # Letting back in

    def left_out(self) -> int:
        """How many photos were erased and are passed over by scans."""
        return self._rooms.left_out.count()

    def lift(self, paths: Sequence[str]) -> int:
        """Let photos be read again by the next scan; returns how many of these were left out."""
        wanted = [storable(str(typed(path))) for path in paths]
        return self._lifted(lambda: self._rooms.left_out.lift(wanted))

    def lift_all(self) -> int:
        """Let every erased photo be read again; returns how many there were."""
        return self._lifted(self._rooms.left_out.lift_all)

    def _lifted(self, lift: Callable[[], int]) -> int:
        if not self.left_out():
            return 0
        self._rooms.ledger.append("erase-lift", None, {"left_out": self.left_out()})
        return lift()

    # Steps

    def _carry_out(self, what: str, count: int, rows: int, token: str, intent: int) -> Erased:
        assets = self._plans.get(token, "asset")
        with self._rooms.book.held():  # nothing is put away of them meanwhile
            taken_back = self._take_back(set(assets))
            self._forget_people(self._plans.get(token, "person"))
            self._forget(assets, self._plans.get(token, "path"))
        scrubbed = scrub(self._rooms.drawers, SCRUBBED)
        self._plans.drop(token)
        left = scrub(self._rooms.drawers, ["erased"]).left + scrubbed.left
        body: dict[str, object] = {
            "intent": intent,
            "what": what,
            "count": count,
            "rows": rows,
            "bytes": scrubbed.freed,
            "recalled": taken_back,
            "not_rewritten": list(left),
        }
        done = self._rooms.ledger.append("erase-done", None, body)
        return Erased(what, count, rows, scrubbed.freed, taken_back, left, done)

    def _take_back(self, assets: set[str]) -> int:
        count = sum(shelf.recall_assets(assets) for shelf in idea_shelves(self._rooms.drawers))
        return count + self._rooms.creations.recall_assets(assets)

    def _forget(self, assets: list[str], paths: list[str]) -> None:
        if not self._has_catalogue:
            return
        catalogue = self._rooms.catalogue
        rows = [row for name in assets if (row := catalogue.asset(name)) is not None]
        self._rooms.left_out.add(self._photo(row) for row in rows)
        self._rooms.forget_assets(assets)
        self._rooms.papers.albums.forget(paths)
        with catalogue.connection:
            catalogue.forget_paths(paths)
            catalogue.remove_assets(assets)

    def _forget_people(self, people: list[str]) -> None:
        if people and self._people.exists:
            with self._people.connection:
                self._people.forget_people(people)

    def _photo(self, row: Row) -> Photo:
        return Photo(tuple(self._paths(row["id"])), bytes(row["digest"]), row["size"])

    def _paths(self, asset: str) -> list[str]:
        row = self._rooms.catalogue.asset(asset)
        return [file["path"] for file in self._rooms.catalogue.files(row["key"])] if row else []

    def _unfinished(self) -> list[LedgerEntry]:
        found: dict[int, LedgerEntry] = {}
        for entry in self._rooms.ledger.entries(events=("erase-intent", "erase-done")):
            if entry.event == "erase-intent" and "plan" in entry.body:
                found[entry.index] = entry
            elif entry.event == "erase-done":
                found.pop(int(str(entry.body["intent"])), None)
        return list(found.values())

    def _alone(self) -> AbstractContextManager[None]:
        return file_lock(self._rooms.drawers.folder / "erasing")

    def _exists(self, drawer: str) -> bool:
        return self._rooms.drawers.exists(drawer)

    @property
    def _has_catalogue(self) -> bool:
        return self._exists("catalogue")
