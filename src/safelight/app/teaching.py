"""Themes for people: which there are, and own ones that are taught by example."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from safelight.app.theming import ThemeRow, Theming
from safelight.model.consent import Refusal
from safelight.model.errors import RefusedError
from safelight.model.ideas import Timeline


class Teaching:
    """Themes of one library as a person lists and teaches them.

    Args:
        timeline: what may be seen now, its moments with themes.
    """

    def __init__(self, theming: Theming, timeline: Callable[[], Timeline]) -> None:
        self._theming = theming
        self._timeline = timeline

    def rows(self) -> list[ThemeRow]:
        """Every theme, with how many moments show it."""
        return self._theming.rows(self._timeline())

    def teach(self, name: str, assets: Sequence[str]) -> ThemeRow:
        """Learn an own theme from a few photos.

        Raises:
            UserError: a built-in name, too few photos, or photos that were not looked at.
            RefusedError: `learn` or `content` is off.
        """
        taught = self._theming.teach(name, assets)
        if isinstance(taught, Refusal):
            raise RefusedError(taught.text)
        return taught

    def forget(self, name: str) -> bool:
        """Forget an own theme; False where there was none."""
        return self._theming.forget(name)
