"""Ideas by themselves: once a day, from an hour on, while Safelight serves; and a surprise."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from safelight.app.composition import Rooms
from safelight.app.stories import Stories
from safelight.app.views import IdeaCard
from safelight.library.shelves import IdeaStates
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, UserError


class Daily:
    """The day's ideas of one library, under the purpose `suggest`.

    Args:
        scan: begins a scan in the background, which makes ideas when it is done.
        say: tells the person of new ideas, if they want that.
        now: the wall clock where the person is.

    Raises:
        UserError: the setting `daily_at` is no time of day.
    """

    def __init__(
        self,
        rooms: Rooms,
        stories: Stories,
        scan: Callable[[], object],
        now: Callable[[], datetime] = datetime.now,
        say: Callable[[Sequence[IdeaCard]], object] = len,
    ) -> None:
        self._rooms = rooms
        self._stories = stories
        self._scan = scan
        self._now = now
        self._states = IdeaStates(rooms.drawers)
        self._at = _time_of(rooms.settings.daily_at)
        self._say = say
        self._begun: date | None = None
        self._known: set[str] | None = None

    def tick(self) -> bool:
        """Look for new photos and ideas when the hour has come; returns whether that began.

        A day whose hour passed while nothing ran is made up for as soon as something runs.
        """
        now = self._now()
        if self._at is None or now.time() < self._at or self._begun == now.date():
            return False
        allowed = self._rooms.gate.allows(Purpose.SUGGEST) and self._rooms.catalogue.sources()
        if not allowed or self._stories.made_on(now.date()):
            return False
        self._begun = now.date()
        self.expect()
        self._scan()
        return True

    def expect(self) -> None:
        """The next ideas come unasked: `announce` tells of those that are new then."""
        self._known = {card.idea.id for card in self.cards()}

    def announce(self) -> None:
        """Tell of the ideas that came since `expect`; nothing where nobody expects any."""
        known, self._known = self._known, None
        new = [] if known is None else [c for c in self.cards() if c.idea.id not in known]
        if new:
            self._say(new)

    def require(self) -> None:
        """Stop here unless ideas may come by themselves.

        Raises:
            RefusedError: `suggest` is off.
        """
        refusal = self._rooms.gate.refusal(Purpose.SUGGEST)
        if refusal is not None:
            raise RefusedError(refusal.text)

    def cards(self, day: date | None = None) -> list[IdeaCard]:
        """The ideas that were offered for the first time on a day, today unless told."""
        day = day or self._now().date()
        if not self._rooms.gate.allows(Purpose.SUGGEST):
            return []
        shown = self._states.shown().ideas
        return [card for card in self._stories.ideas() if shown.get(card.idea.id) == day]

    def surprise(self, seed: int | None = None) -> IdeaCard | None:
        """One good idea by chance, the better the likelier; None where there is none.

        Args:
            seed: the same seed, the same idea, as long as the ideas stay the same.
        """
        cards = self._stories.ideas()
        if not cards:
            return None
        chance = random.Random(seed)  # noqa: S311  # a surprise, no secret
        return chance.choices(cards, [max(0.01, card.idea.score**2) for card in cards])[0]


def _time_of(text: str) -> time | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%H:%M").time()  # a time of day
    except ValueError as error:
        raise UserError(f"daily_at must be a time of day like 07:00, not {text!r}.") from error
