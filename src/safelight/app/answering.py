"""What a person answers to an idea: that it was good, that they want it no more, its title."""

from __future__ import annotations

from safelight.app.learning import Learning
from safelight.app.stories import Stories
from safelight.app.views import IdeaCard
from safelight.model.errors import UserError

_LONGEST_TITLE = 120


class Answering:
    """Answers to the ideas of one library."""

    def __init__(self, stories: Stories, learning: Learning) -> None:
        self._stories = stories
        self._learning = learning

    def decide(self, name: str, verdict: str) -> None:
        """`like`, `dismiss`, `hide` or `restore` an idea.

        Raises:
            UserError: there is no such idea.
        """
        card = self._card(name)
        self._stories.decide(name, verdict)
        self._learning.lean(card.idea, verdict)

    def chosen(self) -> frozenset[str]:
        """Ids of ideas that the person liked or gave a title; they stay when others are made."""
        return self._stories.chosen()

    def entitle(self, name: str, title: str) -> None:
        """Give an idea a title of the person's own; an empty one brings ours back.

        Raises:
            UserError: there is no such idea, or the title is too long.
        """
        title = " ".join(title.split())
        self._card(name)
        if len(title) > _LONGEST_TITLE:
            raise UserError(f"A title has at most {_LONGEST_TITLE} letters.")
        self._stories.entitle(name, title)

    def _card(self, name: str) -> IdeaCard:
        card = self._stories.idea(name)
        if card is None:
            raise UserError(f"There is no idea {name}.")
        return card
