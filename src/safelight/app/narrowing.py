"""Forgetting what a purpose does not cover any more: a narrower scope is not only a filter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from safelight.app.composition import Rooms
from safelight.library.observations import Observations
from safelight.library.people import PeopleStore
from safelight.library.shelves import IdeaShelf, idea_shelves
from safelight.library.taste import Taste
from safelight.model.consent import Purpose, Subject


@dataclass(frozen=True, slots=True)
class _Holder:
    """What a purpose keeps: of which assets, and how to forget some."""

    drawer: str
    assets: Callable[[], Iterable[str]]
    forget: Callable[[list[str]], object]


class Narrowing:
    """Erases, for each purpose, what it holds of assets outside its scope."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        content, people = Observations(rooms.drawers), PeopleStore(rooms.drawers)
        ideas, taste = IdeaShelf(rooms.drawers, "ideas"), Taste(rooms.drawers)
        self._holders = {
            Purpose.PLACES: _Holder("places", rooms.locations.looked_at, rooms.locations.remove),
            Purpose.CONTENT: _Holder("content", content.looked_at, content.remove),
            Purpose.FACES: _Holder("faces", people.assets, people.remove),
            Purpose.SUGGEST: _Holder("ideas", ideas.assets, ideas.recall_assets),
            Purpose.LEARN: _Holder("taste", taste.assets, taste.recall_assets),
            Purpose.RESTYLE: self._pictures_under(Purpose.RESTYLE),
            Purpose.REMOTE: self._pictures_under(Purpose.REMOTE),
        }

    def run(self) -> int:
        """Forget everything that lies outside; returns of how many assets something went.

        Safe to repeat: a run that was cut short is made whole by the next one.
        """
        found = [self._library(), *map(self._purpose, self._holders)]
        return len(set[str]().union(*found))

    def _pictures_under(self, purpose: Purpose) -> _Holder:
        """Pictures that a model made; they are taken back by `_recall`, so nothing is forgotten."""
        standing = self._rooms.creations.standing

        def assets() -> Iterable[str]:
            return {name for made, needs in standing() if purpose in needs for name in made.used}

        return _Holder("restyled", assets, lambda _: None)

    def _library(self) -> set[str]:
        rooms = self._rooms
        self._forget_names()
        outside = self._outside(Purpose.LIBRARY)
        if not outside:
            return set()
        self._record(Purpose.LIBRARY, outside)
        # The catalogue last: it says what is outside, should this be cut short.
        rooms.creations.recall_assets(outside)
        rooms.forget_assets(sorted(outside))
        with rooms.catalogue.connection:
            rooms.catalogue.remove_assets(outside)
        return outside

    def _forget_names(self) -> None:
        """Forget files outside that were still to be read, or could not be."""
        if not self._rooms.drawers.exists("catalogue"):
            return
        covers, catalogue = self._rooms.gate.coverage(Purpose.LIBRARY), self._rooms.catalogue
        if covers is not None and self._rooms.gate.allows(Purpose.LIBRARY):
            names = catalogue.unread()
            catalogue.forget_paths(name for name in names if not covers(Subject(name, name)))

    def _purpose(self, purpose: Purpose) -> set[str]:
        holder = self._holders[purpose]
        if not self._rooms.drawers.exists(holder.drawer):
            return set()
        outside = self._outside(purpose)
        held = outside.intersection(holder.assets()) if outside else set()
        if held:
            self._record(purpose, held)
            holder.forget(sorted(held))
            self._recall(purpose, held)
        return held

    def _recall(self, purpose: Purpose, assets: set[str]) -> None:
        """Take back what stands on the purpose and uses these assets."""
        for shelf in idea_shelves(self._rooms.drawers):
            shelf.recall(purpose, assets)
        if purpose is Purpose.CONTENT:
            Taste(self._rooms.drawers).unlearn_numbers(assets)
        self._rooms.creations.recall(purpose, assets)

    def _outside(self, purpose: Purpose) -> set[str]:
        """Assets of the catalogue that an active, limited grant does not cover."""
        gate, drawers = self._rooms.gate, self._rooms.drawers
        if not gate.allows(purpose) or not drawers.exists("catalogue"):
            return set()
        covered = gate.condition(purpose, "a")
        if covered.sql == "1":
            return set()
        sql = f"select a.id from asset a where not ({covered.sql})"  # noqa: S608  # ours
        return {name for (name,) in drawers.reader(["catalogue"]).execute(sql, covered.params)}

    def _record(self, purpose: Purpose, assets: Collection[str]) -> None:
        digest = self._rooms.gate.digest(purpose, assets)
        self._rooms.ledger.append("narrow", purpose, {"count": len(assets), "digest": digest})
