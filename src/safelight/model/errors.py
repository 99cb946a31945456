"""The one tree of errors.

    SafelightError
    ├── UserError        the request cannot be carried out as asked; the message says what to do
    │   └── RefusedError a consent refusal that reached a surface (exit code 3, HTTP 403)
    │       └── IsolationError  the person wants photos opened only behind walls that are not here
    ├── SourceError      a folder, export or server of photos cannot be read
    ├── AnalysisError    a photo's content cannot be decoded or analysed
    ├── RenderError      a creation cannot be made
    ├── WireError        a message between processes is damaged or of another version
    └── PluginError      a plug-in does not meet its contract

One unreadable photo is not an exception to its caller: it becomes a row with its reason.
A refusal inside the program is a returned value (`safelight.model.consent.Refusal`); only a
surface turns it into `RefusedError`.
"""

from __future__ import annotations

from collections.abc import Sequence

from safelight.model.isolation import LayerState


class SafelightError(Exception):
    """Base of every error that Safelight raises on purpose."""


class UserError(SafelightError):
    """The request cannot be carried out as asked; the message says what to do instead."""


class RefusedError(UserError):
    """Consent does not cover what was asked; the message says which switch decides it."""


class IsolationError(RefusedError):
    """Workers lack a wall that the setting `isolation = "strict"` asks for."""

    def __init__(self, missing: Sequence[LayerState]) -> None:
        walls = "; ".join(f"{each.layer.value}: {each.text}" for each in missing)
        super().__init__(
            f"Nothing was opened: this machine cannot shut readers in completely ({walls}). "
            'The setting isolation = "strict" asks for that; "auto" goes on without.'
        )
        self.missing = tuple(missing)


class SourceError(SafelightError):
    """A place where photos come from cannot be read."""


class AnalysisError(SafelightError):
    """The content of one photo or video cannot be decoded or analysed."""


class RenderError(SafelightError):
    """A creation cannot be made."""


class WireError(SafelightError):
    """A message between processes is damaged or of an unknown version."""


class PluginError(SafelightError):
    """A plug-in does not meet its contract."""
