"""What is learnt of a person's taste in ideas, under `learn`, in the drawer `taste`."""

from __future__ import annotations

from contextlib import suppress

from safelight.app.composition import Rooms
from safelight.app.subjects import title_of
from safelight.ideas import kind_subject
from safelight.library.taste import Taste, Weight
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError
from safelight.model.ideas import Idea

STEP_LEARN = "taste-in-ideas"
_LEAST, _MOST = 0.25, 2.0
_LIKED, _DISMISSED = 1.1, 0.9
"""By what one idea that was liked or dismissed multiplies later ones of its subject."""

_LEANING = (0.7, 1.4)
"""No further: likes are a hint, "more" and "fewer" are said."""


class Learning:
    """The taste of one library."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._taste = Taste(rooms.drawers)

    def fewer(self, idea: Idea) -> str:
        """Fewer ideas like this one: its subject counts half from now on; returns the subject.

        Raises:
            RefusedError: `learn` is off.
        """
        return self._weigh(idea, 0.5)

    def more(self, idea: Idea) -> str:
        """More ideas like this one, or a `fewer` taken back; returns the subject.

        Raises:
            RefusedError: `learn` is off.
        """
        return self._weigh(idea, 2.0)

    def lean(self, idea: Idea, verdict: str) -> None:
        """Let a like or a dismissal count for later ideas of its subject, as far as `learn` is on.

        Args:
            verdict: `like`, `dismiss`, `hide`, or `restore`, which takes it back.
        """
        liked = None if verdict == "restore" else verdict == "like"
        with suppress(RefusedError), self._rooms.keeping(Purpose.LEARN):
            self._rooms.record(Purpose.LEARN, STEP_LEARN, set(idea.assets))
            self._taste.lean(idea.id, subject_of_taste(idea), liked)

    def learned(self) -> list[Weight]:
        """What was learnt of the person's taste; empty while `learn` is off."""
        said, leanings = self.weights(), self.leanings()
        shares = {
            each: round(said.get(each, 1.0) * leanings.get(each, 1.0), 2)
            for each in (*said, *leanings)
        }
        return [Weight(subject, title_of(subject), share) for subject, share in shares.items()]

    def unlearn(self, subject: str | None = None) -> None:
        """Forget what was learnt of one subject, or of all.

        Raises:
            RefusedError: `learn` is off; then nothing is kept anyway.
        """
        with self._rooms.keeping(Purpose.LEARN):
            self._taste.unweigh(subject)

    def _weigh(self, idea: Idea, factor: float) -> str:
        subject = subject_of_taste(idea)
        with self._rooms.keeping(Purpose.LEARN):
            share = self.weights().get(subject, 1.0) * factor
            self._rooms.record(Purpose.LEARN, STEP_LEARN, set(idea.assets))
            share = min(_MOST, max(_LEAST, share))
            self._taste.weigh(Weight(subject, title_of(subject), share))
        return subject

    def weights(self) -> dict[str, float]:
        """How much of each subject is wanted, as the person said; the latest said first."""
        if not self._rooms.gate.allows(Purpose.LEARN):
            return {}
        return {weight.subject: weight.share for weight in self._taste.weights()}

    def leanings(self) -> dict[str, float]:
        """How ideas of each subject were received, as what they are multiplied with."""
        if not self._rooms.gate.allows(Purpose.LEARN):
            return {}
        low, high = _LEANING
        return {
            subject: min(high, max(low, _LIKED**liked * _DISMISSED**dismissed))
            for subject, (liked, dismissed) in self._taste.leanings().items()
        }


def subject_of_taste(idea: Idea) -> str:
    """What an idea is an example of: its theme where it has one, else its kind."""
    theme = next((each for each in idea.about if each.startswith("theme:")), None)
    return theme or kind_subject(idea.kind)
