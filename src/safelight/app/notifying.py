"""A notice on the desktop that ideas are ready: only where the person turned it on.

The words are handed to a program of the system on this machine, which may show them on a locked
screen and may keep them; so the setting `notify` says how much they tell. `off` hands over nothing
and starts nothing.
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safelight.app.composition import Rooms
from safelight.app.views import IdeaCard
from safelight.model.consent import Purpose
from safelight.model.errors import UserError

OFF, COUNT, TITLES = "off", "count", "titles"
STEP_NOTIFY = "desktop-notice"

_NAME = "Safelight"
_MOST_TITLES = 3
_PATIENCE_S = 10.0
_MAC = "on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run"
_WINDOWS = (
    "$m = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications,"
    " ContentType = WindowsRuntime];"
    "$x = $m::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02);"
    "$t = $x.GetElementsByTagName('text');"
    "$null = $t[0].AppendChild($x.CreateTextNode($env:SAFELIGHT_NOTICE_TITLE));"
    "$null = $t[1].AppendChild($x.CreateTextNode($env:SAFELIGHT_NOTICE));"
    "$m::CreateToastNotifier('Safelight').Show("
    "[Windows.UI.Notifications.ToastNotification, Windows.UI.Notifications,"
    " ContentType = WindowsRuntime]::new($x))"
)


@dataclass(frozen=True, slots=True)
class Notice:
    """A program and what it is given; the words are data to it, never code."""

    program: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]


class Notifying:
    """Notices of one library.

    Args:
        platform: as `sys.platform`.

    Raises:
        UserError: the setting `notify` is none of `off`, `count` and `titles`.
    """

    def __init__(self, rooms: Rooms, platform: str = sys.platform) -> None:
        self._rooms = rooms
        self._platform = platform
        self._how = rooms.settings.notify
        if self._how not in (OFF, COUNT, TITLES):
            raise UserError(f"notify must be off, count or titles, not {self._how!r}.")

    def missing(self) -> list[str]:
        """The program that notices need and this machine lacks, in words for the status."""
        program = notice_for(self._platform, "").program
        if self._how == OFF or shutil.which(program):
            return []
        return [f"notices: this machine has no {program}."]

    def say(self, cards: Sequence[IdeaCard]) -> bool:
        """Say that these ideas are ready; returns whether a program took it.

        Nothing is said while `suggest` is off. What goes out is in the ledger before it goes. A
        program that is missing or fails is no error: the ideas are there all the same.
        """
        if self._how == OFF or not cards or not self._rooms.gate.allows(Purpose.SUGGEST):
            return False
        notice = notice_for(self._platform, words(cards, titles=self._how == TITLES))
        path = shutil.which(notice.program)
        if path is None:
            return False
        told = {asset for card in cards for asset in card.idea.assets}
        self._rooms.record(Purpose.SUGGEST, STEP_NOTIFY, told)
        try:
            subprocess.run(  # noqa: S603  # a program that we looked for ourselves, no shell
                [path, *notice.arguments],
                env={**os.environ, **notice.environment},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE_S,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return True


def words(cards: Sequence[IdeaCard], *, titles: bool) -> str:
    """What a notice says: how many ideas, or the titles of the first three."""
    count = len(cards)
    if not titles:
        return "A new idea is ready." if count == 1 else f"{count} new ideas are ready."
    said = " · ".join(card.idea.title for card in cards[:_MOST_TITLES])
    return said if count <= _MOST_TITLES else f"{said} · and {count - _MOST_TITLES} more"


def notice_for(platform: str, text: str) -> Notice:
    """How a platform is told: libnotify, AppleScript or a toast of Windows."""
    if platform == "darwin":
        return Notice("osascript", ("-e", _MAC, _NAME, text), {})
    if platform == "win32":
        given = {"SAFELIGHT_NOTICE_TITLE": _NAME, "SAFELIGHT_NOTICE": text}
        plain = ("-NoProfile", "-NonInteractive", "-Command", _WINDOWS)
        return Notice("powershell", plain, given)
    # Servers of libnotify may read markup in the body.
    body = html.escape(text, quote=False)
    return Notice("notify-send", (f"--app-name={_NAME}", "--", _NAME, body), {})
