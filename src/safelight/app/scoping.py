"""For which photos: albums and people by the names that a person uses."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from safelight.app.composition import Rooms
from safelight.consent.albums import parse_reference
from safelight.library.people import PeopleStore
from safelight.model.consent import Album, Purpose, Refusal, Scope
from safelight.model.errors import RefusedError, UserError
from safelight.model.formats import MEDIA_SUFFIXES, suffix
from safelight.model.names import shown, storable, system_path, typed


@dataclass(frozen=True, slots=True)
class FolderNames:
    """What one folder holds, by name.

    Attributes:
        above: the folder it lies in; None for a source's own.
        folders, files: absolute paths.
        seen: ids of those files that are in the library and may be seen, by path.
    """

    folder: str
    above: str | None
    folders: tuple[str, ...]
    files: tuple[str, ...]
    seen: Mapping[str, str]


class Scoping:
    """Albums of one library, and scopes in words."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._people = PeopleStore(rooms.drawers)

    # Albums

    def albums(self) -> list[Album]:
        """Every album, by name."""
        return self._rooms.papers.albums.all()

    def album(self, name: str) -> Album:
        """One album.

        Raises:
            UserError: there is none of that name.
        """
        return self._rooms.papers.albums.get(name)

    def pick(self, name: str, paths: Sequence[str], assets: Sequence[str] = ()) -> Album:
        """Put photos and folders into an album. No grant covers more by it.

        Args:
            paths: files and folders of this machine; their pictures are not opened.
            assets: ids of photos in the library.

        Raises:
            UserError: a path is not there, or an asset is not in the library.
        """
        files, folders = [], []
        for path in paths:
            found = str(typed(system_path(path)))
            if os.path.isdir(found):  # noqa: PTH112  # these never fail, however odd the name is
                folders.append(storable(found))
            elif os.path.isfile(found):  # noqa: PTH113
                files.append(storable(found))
            else:
                raise UserError(f"There is no file or folder {shown(path)}.")
        files += self._paths(assets)
        return self._rooms.papers.albums.put(name, files, folders)

    def look(self, folder: str) -> FolderNames:
        """The names in one folder of a source, so that a person can pick some of them.

        Nothing is opened and nothing is kept. Of photos that may be seen, their ids are told.

        Raises:
            UserError: it is not a folder in a source, or cannot be listed.
        """
        here = Path(system_path(folder))
        sources = [Path(system_path(row["location"])) for row in self._rooms.catalogue.sources()]
        if ".." in here.parts or not any(here.is_relative_to(source) for source in sources):
            raise UserError("Only the folders that you pointed at can be looked through.")
        try:
            found = sorted(entry for entry in here.iterdir() if not entry.name.startswith("."))
            folders = tuple(storable(str(entry)) for entry in found if entry.is_dir())
        except OSError as error:
            raise UserError(f"{shown(folder)} cannot be listed ({error.strerror}).") from error
        files = [
            storable(str(entry))
            for entry in found
            if suffix(entry.name) in MEDIA_SUFFIXES and not entry.is_dir()
        ]
        above = None if here in sources else storable(str(here.parent))
        return FolderNames(folder, above, folders, tuple(files), self._seen_among(files))

    def _seen_among(self, files: Sequence[str]) -> dict[str, str]:
        if not self._rooms.gate.allows(Purpose.LIBRARY) or not files:
            return {}
        view, wanted = self._rooms.view(), json.dumps(files)
        among = "a.error is null and a.path in (select value from json_each(?))"
        rows = self._rooms.listing.assets(view, among, (wanted,), columns="a.id, a.path")
        return {row["path"]: row["id"] for row in rows}

    def take_out(self, name: str, paths: Sequence[str], assets: Sequence[str] = ()) -> int:
        """Take photos and folders out; grants that name the album shrink at once."""
        chosen = [storable(str(typed(path))) for path in paths]
        count = self._rooms.papers.albums.take_out(name, [*chosen, *self._paths(assets)])
        self._rooms.book.touch(self.limited_by(name))
        return count

    def remove(self, name: str) -> None:
        """Forget an album. What is limited by it stops until the person says for which photos."""
        self._rooms.papers.albums.remove(name)
        self._rooms.book.touch(self.limited_by(name))

    def limited_by(self, album: str) -> tuple[Purpose, ...]:
        """Purposes whose grants name an album."""
        states = self._rooms.book.states()
        return tuple(
            state.notice.purpose
            for state in states
            if state.grant and any(parse_reference(r)[0] == album for r in state.grant.scope.albums)
        )

    # Scopes

    def resolve(self, scope: Scope) -> Scope:
        """The scope with references in the place of names of albums and people.

        Raises:
            UserError: it names an album or a person that there is not.
            RefusedError: it leaves out people, and `faces` is off.
        """
        albums = tuple(self._reference(name) for name in scope.albums)
        people = tuple(p for name in scope.without_people for p in self._person(name))
        return replace(scope, albums=albums, without_people=people)

    def last(self, purpose: Purpose) -> Scope:
        """What a purpose covers now, or covered before it ran out.

        Raises:
            UserError: it was never on, or was turned off.
        """
        if not purpose.grantable:
            return Scope()  # to be refused, and recorded, by whoever asks for it
        grant = self._rooms.book.state(purpose).grant
        if grant is not None:
            return grant.scope
        for ended in self._rooms.papers.endings.all():
            if ended.purpose is purpose and ended.scope is not None:
                return ended.scope
        raise UserError("There is nothing to renew; turn it on and say for which photos.")

    def people(self) -> list[tuple[str, str]]:
        """Id and name of everybody who can be left out; nobody where `faces` is off."""
        if not self._rooms.gate.allows(Purpose.FACES) or not self._people.exists:
            return []
        return [(row["id"], row["name"]) for row in self._people.people() if row["name"]]

    def names(self, people: Iterable[str]) -> list[str]:
        """What people are called, as far as `faces` may tell."""
        wanted = list(people)
        if not wanted or not self._rooms.gate.allows(Purpose.FACES) or not self._people.exists:
            return ["somebody"] * len(wanted)
        known = {row["id"]: row["name"] for row in self._people.people()}
        return [known.get(person) or "somebody without a name" for person in wanted]

    def words(self, scope: Scope) -> str:
        """What a scope covers, as a person would say it."""
        parts = [f"album “{parse_reference(ref)[0]}”" for ref in scope.albums]
        parts += [f"folder {shown(folder)}" for folder in scope.folders]
        text = " and ".join(parts) or "everything in your folders"
        if scope.since:
            text += f", since {scope.since.isoformat()}"
        if scope.until:
            text += f", until {scope.until.isoformat()}"
        if scope.without_people:
            text += f", without photos of {' or '.join(self.names(scope.without_people))}"
        return text

    def _reference(self, name: str) -> str:
        albums = {album.name: album.reference for album in self.albums()}
        if name in albums:
            return albums[name]
        if parse_reference(name)[0] in albums and self._rooms.papers.albums.content(name):
            return name
        known = ", ".join(albums) or "none yet; make one with “albums pick”"
        raise UserError(f"There is no album “{name}”. There are: {known}.")

    def _person(self, name: str) -> list[str]:
        refusal = self._rooms.gate.refusal(Purpose.FACES)
        if isinstance(refusal, Refusal):
            raise RefusedError(
                f"Leaving out people needs to know who is in the pictures. {refusal.text}"
            )
        rows = self._people.people() if self._people.exists else []
        found = [r["id"] for r in rows if r["id"] == name]
        found = found or [r["id"] for r in rows if (r["name"] or "").casefold() == name.casefold()]
        if not found:
            raise UserError(f"There is nobody called “{name}”. `safelight people list` says who.")
        return found

    def _paths(self, assets: Sequence[str]) -> list[str]:
        rows = [self._rooms.catalogue.asset(asset) for asset in assets]
        if any(row is None for row in rows):
            raise UserError("One of these photos is not in the library.")
        return [row["path"] for row in rows if row is not None]
