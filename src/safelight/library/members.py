"""What the albums, people and folders of a scope mean in this library."""

from __future__ import annotations

import json
import threading

from safelight.consent.albums import Albums
from safelight.consent.members import AlbumContent
from safelight.library.drawers import Drawers

_CLEAR = (
    "select asset from looked where model <> '' and asset not in"
    " (select asset from face where person is null or person in (select value from json_each(?)))"
)
_KNOWN = "select count(*) from person where id in (select value from json_each(?))"


class LibraryMembers:
    """Albums from the consent drawer, people from the faces drawer, links from the catalogue.

    Kept until any of them changes.
    """

    def __init__(self, albums: Albums, drawers: Drawers) -> None:
        self._albums = albums
        self._drawers = drawers
        self._seen = threading.local()

    def album(self, ref: str) -> AlbumContent | None:
        """What an album reference covers."""
        return self._albums.content(ref)

    def clear_of(self, people: tuple[str, ...]) -> frozenset[str] | None:
        """Assets in which every face is known to be somebody else's."""
        if not self._drawers.exists("faces"):
            return None
        connection = self._drawers.connection("faces")
        stamp = (id(connection), connection.pragma("data_version"), connection.total_changes())
        if getattr(self._seen, "stamp", None) != stamp:
            self._seen.stamp, self._seen.found = stamp, {}
        found: dict[tuple[str, ...], frozenset[str] | None] = self._seen.found
        if people not in found:
            found[people] = self._read(people)
        return found[people]

    def linked(self) -> frozenset[str]:
        """Paths of assets that a link leads to."""
        if not self._drawers.exists("catalogue"):
            return frozenset()
        connection = self._drawers.connection("catalogue")
        stamp = (id(connection), connection.pragma("data_version"), connection.total_changes())
        if getattr(self._seen, "links_stamp", None) != stamp:
            found = connection.execute("select path from link")
            self._seen.links_stamp, self._seen.links = stamp, frozenset(path for (path,) in found)
        links: frozenset[str] = self._seen.links
        return links

    def _read(self, people: tuple[str, ...]) -> frozenset[str] | None:
        connection = self._drawers.connection("faces")
        wanted = json.dumps(people)
        row = connection.execute(_KNOWN, (wanted,)).fetchone()
        if row is None or row[0] < len(set(people)):
            return None
        return frozenset(asset for (asset,) in connection.execute(_CLEAR, (wanted,)))
