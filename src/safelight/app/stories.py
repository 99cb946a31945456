"""From assets to moments, trips and ideas, as far as consent reaches now."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date

from safelight.app.composition import Rooms
from safelight.app.informing import Informing
from safelight.app.judging import Judging
from safelight.app.theming import Theming
from safelight.app.views import IdeaCard
from safelight.consent.refusals import withdrawn
from safelight.ideas import (
    build_timeline,
    choose_company,
    choose_cover,
    is_wanted,
    keep_quiet,
    make_ideas,
    offer,
    speaking,
    wanted_share,
)
from safelight.library.shelves import IdeaShelf, IdeaStates
from safelight.library.storage_errors import storage_errors
from safelight.library.wishes import IdeaTitles
from safelight.model.assets import KeptOut
from safelight.model.consent import NEVER, Purpose, Refusal
from safelight.model.ideas import Idea, IdeaKind, IdeaMaker, Preferences, Timeline
from safelight.model.people import NOBODY_SEEN
from safelight.plugins import idea_makers

_COVERS = 4
_OF_TODAY = frozenset({IdeaKind.ON_THIS_DAY, IdeaKind.THIS_WEEK})
"""Kinds whose words are true on their day alone."""


class Stories:
    """Timeline, moments, trips and ideas of one library.

    Args:
        hidden: assets with a person whom the user hid.
    """

    def __init__(
        self,
        rooms: Rooms,
        judging: Judging,
        theming: Theming,
        informing: Informing,
        hidden: Callable[[], frozenset[str]],
    ) -> None:
        self._rooms = rooms
        self._judging = judging
        self._theming = theming
        self._informing = informing
        self._hidden = hidden
        self._lock = threading.Lock()
        self._cached: tuple[object, Timeline] | None = None
        self._themed: tuple[Timeline, Timeline] | None = None
        self._states = IdeaStates(rooms.drawers)
        self._titles = IdeaTitles(rooms.drawers)
        self._asked = IdeaShelf(rooms.drawers, "catalogue")
        self.problems: tuple[str, ...] = ()

    def timeline(self) -> Timeline:
        """All that may be seen now, with its themes; kept until the library or consent changes."""
        outline = self.outline()
        with self._lock:
            if self._themed is None or self._themed[0] is not outline:
                with _without_collecting(), self._speaking():
                    themed = self._theming.themed(outline)
                    self._themed = (outline, self._informing.informed(themed))
            return self._themed[1]

    def outline(self) -> Timeline:
        """Like `timeline`, before themes are looked for."""
        with self._lock:
            key = self._stamp()
            if self._cached is None or self._cached[0] != key:
                with _without_collecting(), self._speaking():
                    self._cached = (key, self._build())
            return self._cached[1]

    def _stamp(self) -> tuple[object, ...]:
        return (date.today(), *self._rooms.stamp())  # what rests comes back at midnight

    def _build(self) -> Timeline:
        shots = self._judging.keep_out(self._rooms.listing.shots(self._rooms.view()))
        hidden = self._hidden()
        if hidden:
            shots = [replace(s, kept_out=KeptOut.HIDDEN) if s.id in hidden else s for s in shots]
        preferences = self._informing.preferences()
        shots = list(keep_quiet(shots, self._informing.people(), preferences))
        timeline = self._judging.without_seconds(build_timeline(shots))
        return replace(timeline, preferences=preferences)

    def forget(self) -> None:
        """Drop what is held in memory; a withdrawal must not leave it there."""
        with self._lock:
            self._cached = self._themed = None
            self.problems = ()

    def make(self, today: date, *, by_itself: bool = False) -> list[Idea] | Refusal:
        """Make ideas afresh and keep them.

        Args:
            by_itself: made without being asked, which needs the purpose `suggest`; such ideas
                live in its drawer.
        """
        purpose = Purpose.SUGGEST if by_itself else Purpose.LIBRARY
        refusal = self._rooms.gate.refusal(purpose)
        if refusal is not None:
            return refusal
        before = self._rooms.standing()
        with self._speaking():
            ideas, problems = make_ideas(self.timeline(), today, self._makers())
        self.problems = tuple(problems)
        preferences = self._informing.preferences()
        todays = offer(ideas, today, self._states.shown(), preferences)
        offered = [idea.id for idea in todays]
        ideas = self._with_covers_of_their_own(todays, ideas)
        shelf = IdeaShelf(self._rooms.drawers, "ideas") if by_itself else self._asked
        with storage_errors(self._rooms.settings.home), self._rooms.book.held():
            now = self._rooms.standing()
            for each in sorted(each for each, said in before.items() if now.get(each) != said):
                return withdrawn(each)  # what was used under it is not kept
            self._rooms.record(purpose, "ideas", {asset for i in ideas for asset in i.assets})
            with self._same_library():
                shelf.replace([*ideas, *self._kept(shelf, ideas)], offered)
                self._states.mark_shown(todays, today)
        return ideas

    def _makers(self) -> list[IdeaMaker]:
        """Makers whose purposes are all allowed now; who asks for what never is gets recorded."""
        gate, makers = self._rooms.gate, idea_makers()
        for purpose in {purpose for maker in makers for purpose in maker.spec.purposes & NEVER}:
            gate.decide(purpose, ())
        return [m for m in makers if all(map(gate.allows, m.spec.purposes))]

    def _speaking(self) -> AbstractContextManager[None]:
        return speaking(self._rooms.settings.language)

    def made_on(self, today: date) -> bool:
        """Whether ideas came by themselves on a day, from what consent covers now."""
        if not self._rooms.drawers.exists("ideas"):
            return False
        made = IdeaShelf(self._rooms.drawers, "ideas").made_at()
        changed = max(
            (grant.granted_at for p in Purpose if (grant := self._rooms.book.grant(p))),
            default=None,
        )
        return (
            made is not None
            and made.astimezone().date() >= today
            and (not changed or made > changed)
        )

    def _with_covers_of_their_own(self, first: list[Idea], ideas: list[Idea]) -> list[Idea]:
        """Give each idea a cover that no idea before it has, the day's offering first."""
        by_id, taken = self.outline().by_id, set[str]()
        rank = {idea.id: number for number, idea in enumerate(first)}
        covered = []
        for idea in sorted(ideas, key=lambda idea: rank.get(idea.id, len(rank))):
            free = [by_id[asset] for asset in idea.assets if asset not in taken]
            if idea.cover in taken and free:
                idea = replace(idea, cover=choose_cover(free).id)
            taken.add(idea.cover)
            covered.append(idea)
        return covered

    def _kept(self, shelf: IdeaShelf, fresh: list[Idea]) -> list[Idea]:
        """Ideas that the person liked or named and that are not made any more; they stay.

        But for those whose words speak of the day, and those that a fresh one has taken in.
        """
        chosen = self.chosen() - {idea.id for idea in fresh}
        old = [idea for idea, _ in shelf.all() if idea.id in chosen and idea.kind not in _OF_TODAY]
        return [idea for idea in old if not any(_taken_in(idea, each) for each in fresh)]

    def ideas(self, state: str = "offered") -> list[IdeaCard]:
        """Ideas as cards.

        Args:
            state: `offered` (not dismissed or hidden, the day's offering first), `dismissed`
                (dismissed or hidden) or `all`.
        """
        states = self._states.all()
        ideas = self._visible()
        covers = frozenset(idea.cover for idea in ideas)
        cards = [self._card(idea, states, covers) for idea in ideas]
        closed = ("dismissed", "hidden")
        if state == "all":
            return cards
        return [card for card in cards if (card.state in closed) == (state == "dismissed")]

    def idea(self, name: str) -> IdeaCard | None:
        """One idea."""
        states = self._states.all()
        return next((self._card(i, states) for i in self._visible() if i.id == name), None)

    def decide(self, name: str, verdict: str) -> None:
        """Like, dismiss, hide or restore an idea."""
        states = {"like": "liked", "dismiss": "dismissed", "hide": "hidden", "restore": None}
        with self._rooms.keeping(Purpose.LIBRARY), self._same_library():
            self._states.set(name, states[verdict])

    def entitle(self, name: str, title: str) -> None:
        """Give an idea a title of the person's own; an empty one takes it back."""
        with self._rooms.keeping(Purpose.LIBRARY), self._same_library():
            self._titles.put(name, title)

    @contextmanager
    def _same_library(self) -> Iterator[None]:
        """Keep the timeline over a write that concerns ideas alone: no photo changes by it."""
        before = self._stamp()
        yield
        with self._lock:
            if self._cached is not None and self._cached[0] == before:
                self._cached = (self._stamp(), self._cached[1])

    def shelves(self) -> list[IdeaShelf]:
        """Every shelf that exists now."""
        found = []
        if self._rooms.drawers.exists("ideas") and self._rooms.gate.allows(Purpose.SUGGEST):
            found.append(IdeaShelf(self._rooms.drawers, "ideas"))
        if self._rooms.drawers.exists("catalogue"):
            found.append(self._asked)
        return found

    def _visible(self) -> list[Idea]:
        """Kept ideas that consent still covers, checked again as they are shown."""
        gate = self._rooms.gate
        if not gate.allows(Purpose.LIBRARY):
            return []
        outline = self.outline()
        allowed = {shot.id: shot for shot in outline.shots if shot.kept_out is None}
        preferences = replace(self._informing.preferences(), dismissed=frozenset())
        people = self._informing.people() if preferences.quiet_people else NOBODY_SEEN
        ranked: dict[str, tuple[tuple[float, ...], Idea]] = {}
        for shelf in self.shelves():
            for idea, rank in shelf.all():
                covered = all(gate.allows(purpose) for purpose in idea.purposes)
                if covered and is_wanted(idea, preferences, allowed, people):
                    ranked.setdefault(idea.id, (_place(idea, rank, preferences), idea))
        best = sorted(ranked.values(), key=lambda pair: (pair[0], pair[1].id))
        titles = self._titles.all()
        return [replace(idea, title=titles.get(idea.id, idea.title)) for _, idea in best]

    def chosen(self) -> frozenset[str]:
        """Ids of ideas that the person liked or gave a title."""
        liked = {name for name, state in self._states.all().items() if state == "liked"}
        return frozenset(liked | self._titles.all().keys())

    def _card(self, idea: Idea, states: dict[str, str], covers: Collection[str] = ()) -> IdeaCard:
        """An idea as a card; beside its cover none that leads another card, where it can be."""
        rest = [asset for asset in idea.assets if asset != idea.cover]
        by_id = self.outline().by_id
        first, others = by_id.get(idea.cover), [by_id[name] for name in rest if name in by_id]
        own = [shot for shot in others if shot.id not in covers]
        beside = own if len(own) >= _COVERS - 1 else others
        company = choose_company(first, beside, _COVERS - 1) if first else []
        shown = (idea.cover, *(shot.id for shot in company))
        return IdeaCard(idea, shown, states.get(idea.id, "new"))


def _taken_in(old: Idea, fresh: Idea) -> bool:
    """Whether a fresh idea of the same kind holds most of the photos of an old one."""
    held = set(old.assets).intersection(fresh.assets)
    return old.kind is fresh.kind and 2 * len(held) > len(old.assets)


def _place(idea: Idea, rank: int, preferences: Preferences) -> tuple[float, ...]:
    """Where an idea stands, least first: the day's offering, then the rest by score.

    What the person wants more or fewer of counts as they look, not only at the next making: in
    the offering more comes first, fewer leaves it, and the scores of the rest are weighted.
    """
    share = wanted_share(idea.about, preferences)
    return (0, -share, rank) if rank and share >= 1 else (1, -share * idea.score)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Pause the cycle collector: it would walk a growing list of rows again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # what was built stays: no later collection needs to walk it
        if was_on:
            gc.enable()
