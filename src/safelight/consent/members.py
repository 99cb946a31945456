"""Who and what a scope means by its albums and people; the gate asks, the library knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from safelight.model.consent import Scope


@dataclass(frozen=True, slots=True)
class AlbumContent:
    """What an album held when a grant named it, less what was taken out since.

    Attributes:
        files: absolute paths of photos.
        folders: absolute paths of folders, with all that lies in them.
    """

    files: frozenset[str] = frozenset()
    folders: tuple[str, ...] = ()


class Members(Protocol):
    """Resolves the names in scopes; None where it cannot be told any more."""

    def album(self, ref: str) -> AlbumContent | None:
        """What an album reference covers (see `albums.reference`)."""
        ...

    def clear_of(self, people: tuple[str, ...]) -> frozenset[str] | None:
        """Ids of the assets that surely show none of these people.

        Sure means that faces were looked for, and that each one found is known to be somebody
        else's. None where one of the people is not known, or faces are not kept.
        """
        ...

    def linked(self) -> frozenset[str]:
        """Paths of assets that a link leads to: they lie elsewhere than their paths say."""
        ...


class NoMembers:
    """Knows no album and nobody: a scope that names any covers nothing."""

    def album(self, ref: str) -> AlbumContent | None:
        """Never known."""
        return None

    def clear_of(self, people: tuple[str, ...]) -> frozenset[str] | None:
        """Never known."""
        return None

    def linked(self) -> frozenset[str]:
        """None."""
        return frozenset()


def can_tell(scope: Scope, members: Members) -> bool:
    """Whether every album and person that a scope names is still known."""
    if scope.albums and any(members.album(ref) is None for ref in scope.albums):
        return False
    return not scope.without_people or members.clear_of(scope.without_people) is not None
