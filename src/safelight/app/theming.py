"""Themes at work: what may be known is handed to the rules, and own themes are taught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from safelight.app.composition import ContentView, Rooms
from safelight.app.pairing import Pairing
from safelight.ideas.themes import (
    BUILT_IN,
    GLIMPSED,
    ORDINARY,
    PROMPTS,
    Knowledge,
    Probe,
    learn,
    with_themes,
)
from safelight.library.judgements import Judgements
from safelight.library.observations import Observations
from safelight.library.taste import OwnTheme, Taste
from safelight.library.vectors import Vectors
from safelight.model.consent import Purpose, Refusal
from safelight.model.errors import UserError
from safelight.model.ideas import Timeline
from safelight.model.names import shown
from safelight.model.people import NOBODY_SEEN, PeopleSeen
from safelight.model.sights import Sightings

STEP_LEARN = "own-theme"
MODEL = "scenes"
"""Whose embeddings own themes read where the person has no model of their own."""

_ALIKE_FROM = 0.5
_LONGEST_NAME = 60
_ADDRESSES = frozenset({"teach"})
"""What the addresses of pages about themes are called."""


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme in a list; `moments` show it, `liked` taught it (own themes only)."""

    name: str
    own: bool
    moments: int
    liked: tuple[str, ...] = ()


class Theming:
    """Themes of one library, as far as consent reaches.

    Args:
        people: asked only while `faces` is on.
    """

    def __init__(
        self,
        rooms: Rooms,
        people: Callable[[], PeopleSeen] = lambda: NOBODY_SEEN,
        pairing: Pairing | None = None,
    ) -> None:
        self._rooms = rooms
        self._people = people
        self._pairing = pairing
        self._observations = Observations(rooms.drawers)
        self._judgements = Judgements(rooms.drawers)
        self._vectors = Vectors(rooms.drawers)
        self._taste = Taste(rooms.drawers)

    def themed(self, timeline: Timeline) -> Timeline:
        """The same timeline with the themes of its moments, and what was seen to find them."""
        knowledge = self.knowledge()
        return replace(with_themes(timeline, knowledge), sights=knowledge.sightings)

    def knowledge(self) -> Knowledge:
        """What may be known now besides the timeline."""
        allows = self._rooms.gate.allows
        people = self._people() if allows(Purpose.FACES) else NOBODY_SEEN
        return Knowledge(
            sightings=self.sightings(GLIMPSED),
            alike=self._alike(),
            birthdays=people.birthdays,
            people=people.in_photos,
            titles=self._titles(),
            taught=self._taught() if allows(Purpose.LEARN) else {},
            meant=self._pairing.meant(PROMPTS, ORDINARY) if self._pairing else {},
        )

    def sightings(self, glimpsed: Mapping[str, float] | None = None) -> Sightings | None:
        """What photos show; None where `content` is off or nothing was looked at.

        Args:
            glimpsed: things of which the detector's doubts are wanted, and from which score.
        """
        conditions = self._rooms.content_view()
        return (
            None
            if conditions is None
            else self._observations.sightings(*conditions, glimpsed or {})
        )

    def _alike(self) -> dict[str, str]:
        conditions = self._rooms.content_view()
        if conditions is None:
            return {}
        return {each.asset: each.best for each in self._judgements.likeness(*conditions)}

    def rows(self, timeline: Timeline) -> list[ThemeRow]:
        """Every theme, built-in ones first, with how many moments show it."""
        counts = Counter(theme.name for m in timeline.moments for theme in m.themes)
        rows = [ThemeRow(name, False, counts[name]) for name in BUILT_IN]
        if self._rooms.gate.allows(Purpose.LEARN):
            own = self._taste.all()
            rows += [ThemeRow(t.name, True, counts[t.name], t.liked) for t in own]
        return rows

    def teach(self, name: str, assets: Sequence[str]) -> ThemeRow | Refusal:
        """Learn an own theme from a few photos, on this machine.

        Raises:
            UserError: a built-in name, too few photos, or photos that were not looked at.
        """
        name = " ".join(name.split()).lower()
        if not name:
            raise UserError("Say what the theme is called.")
        if name in BUILT_IN or name in _ADDRESSES:
            raise UserError(f"“{name}” is taken; choose another name.")
        if len(name) > _LONGEST_NAME or "/" in name or shown(name) != name:
            raise UserError(f"A name is one line of at most {_LONGEST_NAME} letters, without “/”.")
        gate = self._rooms.gate
        for purpose in (Purpose.LEARN, Purpose.CONTENT):
            if (refusal := gate.refusal(purpose)) is not None:
                return refusal
        probe, liked = self._learn(name, list(dict.fromkeys(assets)))
        weights = probe.weights.astype("<f4").tobytes()
        theme = OwnTheme(name, probe.model, weights, probe.threshold, probe.scale, tuple(liked))
        with self._rooms.book.held():
            for purpose in (Purpose.LEARN, Purpose.CONTENT):  # withdrawn meanwhile
                if (refusal := gate.refusal(purpose)) is not None:
                    return refusal
            self._rooms.record(Purpose.LEARN, STEP_LEARN, liked)
            self._taste.put(theme)
        return ThemeRow(name, True, 0, tuple(liked))

    def learn_again(self) -> None:
        """Teach anew, of the same photos, what lost its numbers when `content` went off."""
        if not self._rooms.gate.allows(Purpose.LEARN) or self._rooms.content_view() is None:
            return
        for theme in self._taste.all():
            if not theme.weights:
                with suppress(UserError):  # some of its photos were not looked at again yet
                    self.teach(theme.name, theme.liked)

    def forget(self, name: str) -> bool:
        """Forget an own theme; False where there is none of that name."""
        return self._taste.exists and self._taste.forget(" ".join(name.split()).lower())

    def _learn(self, name: str, assets: list[str]) -> tuple[Probe, list[str]]:
        conditions = self._rooms.content_view()
        if conditions is None:
            raise UserError("No photo was looked at yet; scan first.")
        model, known, vectors = self._best_vectors(assets, conditions)
        row = {asset: number for number, asset in enumerate(known)}
        unknown = [asset for asset in assets if asset not in row]
        if unknown:
            if len(unknown) == 1:
                raise UserError(f"Nothing was seen of the photo {unknown[0]}; scan first.")
            raise UserError(f"Nothing was seen of {len(unknown)} of these photos; scan first.")
        chosen = [row[asset] for asset in assets]
        others = np.setdiff1d(np.arange(len(known)), chosen)
        return learn(name, model, vectors[chosen], vectors[others]), assets

    def _best_vectors(
        self, assets: Sequence[str], conditions: ContentView
    ) -> tuple[str, list[str], NDArray[np.float16]]:
        """Those of the person's own model where it has seen all these assets, else ours."""
        own = self._pairing.search_pair() if self._pairing else None
        if own is not None:
            known, vectors = self._vectors.all(own[0], *conditions)
            if set(assets) <= set(known):
                return own[0], known, vectors
        return MODEL, *self._vectors.all(MODEL, *conditions)

    def _taught(self) -> dict[str, frozenset[str]]:
        themes, conditions = self._taste.all(), self._rooms.content_view()
        if not themes or conditions is None:
            return {}
        models = {theme.model for theme in themes}
        of = {model: self._vectors.all(model, *conditions) for model in models}
        found = {}
        for theme in themes:
            known, vectors = of[theme.model]
            if not known or len(theme.weights) != 4 * vectors.shape[1]:
                continue  # taught on the numbers of a model that is gone
            weights = np.frombuffer(theme.weights, "<f4")
            probe = Probe(
                theme.name, theme.model, weights, theme.threshold, theme.scale, len(theme.liked)
            )
            passed = np.flatnonzero(probe.scores(vectors) >= _ALIKE_FROM).tolist()
            found[theme.name] = frozenset(known[number] for number in passed)
        return found

    def _titles(self) -> dict[str, str]:
        rows = self._rooms.listing.assets(
            self._rooms.view(), "a.title is not null", columns="a.id, a.title"
        )
        return {row["id"]: row["title"] for row in rows}
