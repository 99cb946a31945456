"""Collages as people and programs ask for them: formats, layouts, drawing, keeping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from safelight.app.making.collages import caption
from safelight.app.making.makers import Making
from safelight.app.views import CollageChoice, IdeaCard
from safelight.creations.collage import FORMATS, STYLES, plan_from_json, plan_to_json
from safelight.model.consent import Purpose
from safelight.model.creations import CollagePlan, Creation
from safelight.model.errors import UserError
from safelight.model.ideas import Idea


class Collaging:
    """Collages of one library.

    Args:
        idea: one idea that may be shown, by its id.
    """

    def __init__(self, making: Making, idea: Callable[[str], IdeaCard | None]) -> None:
        self._making = making
        self._idea = idea

    def formats(self) -> list[tuple[str, str, int, int]]:
        """Formats: name, label, width and height in pixels."""
        return [(f.name, f.label, f.width, f.height) for f in FORMATS]

    def styles(self) -> list[tuple[str, str]]:
        """Styles: name and label."""
        return [(style.name, style.label) for style in STYLES.values()]

    def choices(
        self,
        assets: Sequence[str],
        *,
        format: str = "square",  # noqa: A002  # the word people use
        title: str | None = None,
        subtitle: str | None = None,
        seed: int = 0,
        count: int = 6,
        style: str = "mosaic",
    ) -> CollageChoice:
        """Alternative layouts for some photos, best first."""
        return self._making.collages.choices(
            assets,
            shape=format,
            title=title,
            subtitle=subtitle,
            seed=seed,
            count=count,
            style=style,
        )

    def caption(self, idea: Idea) -> tuple[str, str]:
        """Title and second line for a collage of an idea; the second may be empty."""
        return caption(idea)

    def render(
        self, plan: CollagePlan, scale: float = 1.0, media_type: str = "image/jpeg"
    ) -> bytes:
        """Draw a collage."""
        return self._making.collages.render(plan, scale, media_type)

    def make(self, plan: CollagePlan, ideas: Sequence[str] = (), source: str = "") -> Creation:
        """Draw a collage and keep it; it stands on all that it came from.

        Args:
            ideas: that its photos and words came from, the first of them first.
            source: a kept one that it was changed from, if any.

        Raises:
            UserError: an idea is gone. What it said may stand on what was turned off meanwhile.
        """
        cards = [self._idea(name) for name in ideas]
        if None in cards:
            raise UserError("The idea that this came from is gone, and its words with it.")
        stands_on = frozenset[Purpose]().union(*(card.idea.purposes for card in cards if card))
        if source:
            stands_on |= self._making.arranging.standing(source)
        return self._making.collages.keep(plan, ideas[0] if ideas else None, stands_on)

    def to_json(self, plan: CollagePlan) -> dict[str, Any]:
        """A plan as JSON."""
        return plan_to_json(plan)

    def from_json(self, value: dict[str, Any]) -> CollagePlan:
        """A plan from JSON."""
        return plan_from_json(value)
