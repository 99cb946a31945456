"""Whether a scope covers an asset: once in Python and once in SQL, with the same answer."""

from __future__ import annotations

import json
import ntpath
import posixpath
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from safelight.consent.members import AlbumContent, Members, NoMembers
from safelight.model.consent import Scope, Subject
from safelight.model.errors import UserError

_WINDOWS = re.compile(r"(?:[A-Za-z]:[\\/]|\\\\)")
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def tidy(scope: Scope) -> Scope:
    """The scope with clean folder paths, as it is kept.

    Raises:
        UserError: it names a folder that is not an absolute path, or a time that ends before it
            begins.
    """
    if scope.since and scope.until and scope.since > scope.until:
        raise UserError(f"{scope.since} is after {scope.until}, so no photo would be covered.")
    return Scope(
        folders=tuple(dict.fromkeys(tidy_folder(folder) for folder in scope.folders)),
        albums=tuple(sorted(set(scope.albums))),
        since=scope.since,
        until=scope.until,
        without_people=tuple(sorted(set(scope.without_people))),
    )


def matcher(
    scope: Scope,
    members: Members | None = None,
    *,
    day_unknown: bool = False,
    links: bool = False,
) -> Callable[[Subject], bool]:
    """A test for whether an asset lies in a scope.

    What a link leads to does not lie in the folder of the link: only its very name, picked into an
    album, covers it. With `links` that is left to whoever follows links, as a scan does.

    With `day_unknown`, an asset without a day passes a dated scope: that is how its date is
    learnt. A scope that names an album or a person that is not known covers nothing.
    """
    reach = _Reach(scope, members or NoMembers(), links)
    if reach.nothing:
        return lambda _: False
    prefixes = [_prefix(folder) for folder in reach.folders]
    dated = scope.since is not None or scope.until is not None
    anywhere = not reach.limited

    def matches(subject: Subject) -> bool:
        if dated and not _in_dates(scope, subject.day, day_unknown):
            return False
        if reach.clear is not None and subject.id not in reach.clear:
            return False
        if anywhere or subject.path in reach.files:
            return True
        if reach.folded and fold(subject.path) in reach.folded:
            return True
        if subject.path in reach.linked:
            return False
        return any(_lies_in(prefix, windows, subject.path) for prefix, windows in prefixes)

    return matches


def to_sql(
    scope: Scope, alias: str, members: Members | None = None, *, links: bool = False
) -> tuple[str, tuple[str, ...]]:
    """The same rule over the columns `id`, `path` and `taken_on` (text or null) of a table alias.

    Returns:
        An expression that is 0 or 1, never null, and its positional parameters.
    """
    reach = _Reach(scope, members or NoMembers(), links)
    if reach.nothing:
        return "0", ()
    parts: list[str] = []
    params: list[str] = []
    for operator, day in ((">=", scope.since), ("<=", scope.until)):
        if day:
            parts.append(f"({alias}.taken_on is not null and {alias}.taken_on {operator} ?)")
            params.append(day.isoformat())
    if reach.limited:
        tests: list[tuple[str, tuple[str, ...]]] = []
        if reach.folders:
            tests.append(_folders_sql(reach, alias))
        for column, paths in ((f"{alias}.path", reach.files), (_folded(alias), reach.folded)):
            if paths:
                tests.append((_among(column), (_json_list(paths),)))
        parts.append("(" + (" or ".join(sql for sql, _ in tests) or "0") + ")")
        params += [param for _, bounds in tests for param in bounds]
    if reach.clear is not None:
        parts.append(_among(f"{alias}.id"))
        params.append(_json_list(reach.clear))
    return " and ".join(parts) or "1", tuple(params)


class _Reach:
    """A scope with its albums and people resolved.

    Attributes:
        nothing: it names what is not known any more, so that it covers nothing.
        limited: whether only some files and folders are covered.
        files, folded: single photos, by exact path and (of Windows) by folded path.
        clear: ids that may be covered at all; None where no person is left out.
        linked: paths that no folder covers, because a link leads from there to elsewhere.
    """

    def __init__(self, scope: Scope, members: Members, links: bool) -> None:
        found = [members.album(ref) for ref in scope.albums]
        albums = [album for album in found if album is not None]
        self.limited = bool(scope.folders or scope.albums)
        self.folders = (*scope.folders, *(f for album in albums for f in album.folders))
        paths = _files(albums)
        self.folded = frozenset(fold(path) for path in paths if _WINDOWS.match(path))
        self.files = frozenset(path for path in paths if not _WINDOWS.match(path))
        self.linked = members.linked() if self.folders and not links else frozenset[str]()
        people = scope.without_people
        self.clear = members.clear_of(people) if people else None
        unknown = bool(people) and self.clear is None
        self.nothing = unknown or len(albums) < len(found)


def _folders_sql(reach: _Reach, alias: str) -> tuple[str, tuple[str, ...]]:
    parts = [_folder_sql(folder, alias) for folder in reach.folders]
    sql = "(" + " or ".join(sql for sql, _ in parts) + ")"
    params = tuple(param for _, bounds in parts for param in bounds)
    if not reach.linked:
        return sql, params
    return f"({sql} and not {_among(f'{alias}.path')})", (*params, _json_list(reach.linked))


def _files(albums: Iterable[AlbumContent]) -> frozenset[str]:
    return frozenset().union(*(album.files for album in albums))


def _among(column: str) -> str:
    return f"({column} in (select value from json_each(?)))"  # noqa: S608  # columns are ours


@lru_cache(maxsize=8)
def _json_list(values: frozenset[str]) -> str:
    return json.dumps(sorted(values))


def to_json(scope: Scope) -> str:
    """A scope as it is kept in the consent drawer."""
    return json.dumps(
        {
            "folders": scope.folders,
            "since": scope.since.isoformat() if scope.since else None,
            "until": scope.until.isoformat() if scope.until else None,
            "albums": scope.albums,
            "without_people": scope.without_people,
        }
    )


def from_json(text: str) -> Scope:
    """A scope as it was kept."""
    fields = json.loads(text)
    return Scope(
        folders=tuple(fields["folders"]),
        albums=tuple(fields["albums"]),
        since=date.fromisoformat(fields["since"]) if fields["since"] else None,
        until=date.fromisoformat(fields["until"]) if fields["until"] else None,
        without_people=tuple(fields["without_people"]),
    )


def _in_dates(scope: Scope, day: date | None, day_unknown: bool) -> bool:
    if day is None:
        return day_unknown
    return (scope.since is None or day >= scope.since) and (
        scope.until is None or day <= scope.until
    )


def tidy_folder(folder: str) -> str:
    """An absolute folder path in the one form in which it is kept.

    Raises:
        UserError: it is none.
    """
    if _WINDOWS.match(folder):
        return ntpath.normpath(folder)
    if folder.startswith("/"):
        return "/" + posixpath.normpath(folder).lstrip("/")
    if "://" in folder:  # a source's address
        return folder.rstrip("/")
    raise UserError(f"{folder!r} is not an absolute path.")


def _lies_in(prefix: str, windows: bool, path: str) -> bool:
    if windows:
        path = fold(path)
    separator = prefix[-1]
    if not path.startswith(prefix) and path != prefix[:-1]:
        return False
    # ".." would climb out of the folder that the text seems to lie in.
    return ".." not in path or f"{separator}..{separator}" not in path + separator


def _folder_sql(folder: str, alias: str) -> tuple[str, tuple[str, str, str]]:
    prefix, windows = _prefix(folder)
    separator = prefix[-1]
    path = _folded(alias) if windows else f"{alias}.path"
    after = prefix[:-1] + chr(ord(separator) + 1)
    sql = (
        f"(({path} = ? or ({path} >= ? and {path} < ?))"
        f" and instr({path} || '{separator}', '{separator}..{separator}') = 0)"
    )
    return sql, (prefix[:-1], prefix, after)


def _folded(alias: str) -> str:
    # SQLite's lower() folds ASCII only, as `_LOWER` does.
    return f"replace(lower({alias}.path), '/', '\\')"


def fold(path: str) -> str:
    """A Windows path as it is compared: A to Z without case, one kind of separator."""
    return path.translate(_LOWER).replace("/", "\\")


def _prefix(folder: str) -> tuple[str, bool]:
    """The folder with exactly one separator at its end, and whether it is a Windows path.

    Windows paths are compared without regard to ASCII case, all others exactly: where a file
    system folds more than that, an asset may be left out, never let in.
    """
    if _WINDOWS.match(folder):
        return fold(folder).rstrip("\\") + "\\", True
    return folder.rstrip("/") + "/", False
