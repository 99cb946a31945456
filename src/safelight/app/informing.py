"""What makers of ideas may know besides shots: people, what photos show, what was said of ideas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from safelight.app.composition import Rooms
from safelight.app.theming import MODEL
from safelight.library.judgements import Judgements
from safelight.library.vectors import Vectors
from safelight.model.consent import Purpose
from safelight.model.ideas import Preferences, Timeline
from safelight.model.people import NOBODY_SEEN, PeopleSeen
from safelight.model.sights import Views


class Informing:
    """Knowledge of one library, as far as consent reaches.

    Args:
        people: asked only while `faces` is on.
        preferences: what the person said about ideas.
    """

    def __init__(
        self,
        rooms: Rooms,
        people: Callable[[], PeopleSeen],
        preferences: Callable[[], Preferences],
    ) -> None:
        self._rooms = rooms
        self._people = people
        self._judgements = Judgements(rooms.drawers)
        self._vectors = Vectors(rooms.drawers)
        self.preferences = preferences

    def people(self) -> PeopleSeen:
        """Who is in the photos; nobody where `faces` is off."""
        return self._people() if self._rooms.gate.allows(Purpose.FACES) else NOBODY_SEEN

    def informed(self, timeline: Timeline) -> Timeline:
        """The same timeline, which has its themes, with all that may be known besides."""
        timeline = replace(timeline, people=self.people())
        conditions = self._rooms.content_view()
        if conditions is None:
            return timeline
        return replace(
            timeline,
            looks=self._judgements.looks(*conditions),
            views=self._views,
        )

    def _views(self, assets: Sequence[str]) -> Views:
        """Embeddings of some photos, read only when a maker asks: all would be gigabytes."""
        conditions = self._rooms.content_view()
        if conditions is None:
            return Views((), 0, memoryview(b""))
        return self._vectors.views(MODEL, assets, *conditions)
