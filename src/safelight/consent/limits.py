"""What narrows a grant from outside: albums and people that it names, and the region."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import apsw

from safelight.consent import refusals
from safelight.consent.members import Members, NoMembers, can_tell
from safelight.consent.regions import BASELINE, Region
from safelight.model.consent import Grant, Purpose, Refusal, Scope


class Releases(Protocol):
    """Knows for which albums everybody shown has signed."""

    def covered(self, album: str) -> bool:
        """Whether a release is recorded for an album reference."""
        ...


class Limits:
    """Answers the book's questions about a scope; everything here can only take away.

    Args:
        region: what is added to the baseline, or what tells it at each question.
        watchers: told in the transaction that allows or ends a purpose, to keep what is kept
            beside the grants true.
    """

    def __init__(
        self,
        members: Members | None = None,
        region: Region | Callable[[], Region] = BASELINE,
        releases: Releases | None = None,
        watchers: tuple[Watcher, ...] = (),
    ) -> None:
        self.members = members or NoMembers()
        self._region = region
        self._releases = releases
        self._watchers = watchers

    @property
    def region(self) -> Region:
        """The region at this moment."""
        return self._region if isinstance(self._region, Region) else self._region()

    def can_tell(self, scope: Scope) -> bool:
        """Whether every album and person that a scope names is known."""
        return can_tell(scope, self.members)

    def region_refusal(self, purpose: Purpose, scope: Scope, region: Region) -> Refusal | None:
        """Why a region rules out a purpose for a scope."""
        if purpose not in region.released:
            return None
        signed = self._releases is not None and bool(scope.albums) and not scope.folders
        if signed and all(self._releases.covered(ref) for ref in scope.albums):  # type: ignore[union-attr]  # `signed` says so
            return None
        return refusals.needs_release(purpose, region.name)

    @staticmethod
    def ends_at(grant: Grant, region: Region) -> datetime | None:
        """When a grant ends by itself: its own end, or the region's, whichever comes first."""
        days = region.most_days.get(grant.purpose)
        if days is None:
            return grant.expires_at
        latest = grant.granted_at + timedelta(days=days)
        return min(latest, grant.expires_at) if grant.expires_at else latest

    def changed(
        self,
        connection: apsw.Connection,
        *,
        allowed: Purpose | None = None,
        ended: Purpose | None = None,
    ) -> None:
        """Tell those who keep something beside the grants, inside the transaction."""
        for watcher in self._watchers:
            watcher.consent_changed(connection, allowed=allowed, ended=ended)


class Watcher(Protocol):
    """Keeps something beside the grants in the same drawer."""

    def consent_changed(
        self, connection: apsw.Connection, *, allowed: Purpose | None, ended: Purpose | None
    ) -> None:
        """A purpose was allowed or has ended; part of that transaction."""
        ...
