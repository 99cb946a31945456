"""Whether a scope covers an asset: once in Python and once in SQL, with the same answer."""

from __future__ import annotations

import json
import ntpath
import posixpath
import re
from collections.abc import Callable
from datetime import date

from safelight.model.consent import Scope, Subject
from safelight.model.errors import UserError

_WINDOWS = re.compile(r"(?:[A-Za-z]:[\\/]|\\\\)")
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def tidy(scope: Scope) -> Scope:
    """The scope with clean folder paths, as it is kept.

    Raises:
        UserError: it names something that this version could not keep to, or a folder that is
            not an absolute path, or a time that ends before it begins.
    """
    if scope.albums or scope.without_people:
        raise UserError(
            "This version knows neither albums nor people, so it could not keep to that limit. "
            "Limit by folders or dates instead."
        )
    if scope.since and scope.until and scope.since > scope.until:
        raise UserError(f"{scope.since} is after {scope.until}, so no photo would be covered.")
    folders = tuple(dict.fromkeys(_tidy_folder(folder) for folder in scope.folders))
    return Scope(folders=folders, since=scope.since, until=scope.until)


def matcher(scope: Scope, *, day_unknown: bool = False) -> Callable[[Subject], bool]:
    """A test for whether an asset lies in a scope.

    With `day_unknown`, an asset without a day passes a dated scope: that is how its date is
    learnt. Albums and people cannot be told from a path, so a scope that names them covers
    nothing here.
    """
    if scope.albums or scope.without_people:
        return lambda _: False
    prefixes = [_prefix(folder) for folder in scope.folders]
    dated = scope.since is not None or scope.until is not None

    def matches(subject: Subject) -> bool:
        if dated and not _in_dates(scope, subject.day, day_unknown):
            return False
        if not prefixes:
            return True
        return any(_lies_in(prefix, windows, subject.path) for prefix, windows in prefixes)

    return matches


def to_sql(scope: Scope, alias: str) -> tuple[str, tuple[str, ...]]:
    """The same rule over the columns `path` and `taken_on` (text or null) of a table alias.

    Returns:
        An expression that is 0 or 1, never null, and its positional parameters.
    """
    if scope.albums or scope.without_people:
        return "0", ()
    parts: list[str] = []
    params: list[str] = []
    for operator, day in ((">=", scope.since), ("<=", scope.until)):
        if day:
            parts.append(f"({alias}.taken_on is not null and {alias}.taken_on {operator} ?)")
            params.append(day.isoformat())
    if scope.folders:
        tests = [_folder_sql(folder, alias) for folder in scope.folders]
        parts.append("(" + " or ".join(sql for sql, _ in tests) + ")")
        params += [param for _, bounds in tests for param in bounds]
    return " and ".join(parts) or "1", tuple(params)


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


def _tidy_folder(folder: str) -> str:
    if _WINDOWS.match(folder):
        return ntpath.normpath(folder)
    if folder.startswith("/"):
        return "/" + posixpath.normpath(folder).lstrip("/")
    if "://" in folder:  # a source's address
        return folder.rstrip("/")
    raise UserError(f"{folder!r} is not an absolute path.")


def _lies_in(prefix: str, windows: bool, path: str) -> bool:
    if windows:
        path = path.translate(_LOWER).replace("/", "\\")
    separator = prefix[-1]
    if not path.startswith(prefix) and path != prefix[:-1]:
        return False
    # ".." would climb out of the folder that the text seems to lie in.
    return ".." not in path or f"{separator}..{separator}" not in path + separator


def _folder_sql(folder: str, alias: str) -> tuple[str, tuple[str, str, str]]:
    prefix, windows = _prefix(folder)
    separator = prefix[-1]
    # SQLite's lower() folds ASCII only, as `_LOWER` does.
    path = f"replace(lower({alias}.path), '/', '\\')" if windows else f"{alias}.path"
    after = prefix[:-1] + chr(ord(separator) + 1)
    sql = (
        f"(({path} = ? or ({path} >= ? and {path} < ?))"
        f" and instr({path} || '{separator}', '{separator}..{separator}') = 0)"
    )
    return sql, (prefix[:-1], prefix, after)


def _prefix(folder: str) -> tuple[str, bool]:
    """The folder with exactly one separator at its end, and whether it is a Windows path.

    Windows paths are compared without regard to ASCII case, all others exactly: where a file
    system folds more than that, an asset may be left out, never let in.
    """
    if _WINDOWS.match(folder):
        return folder.translate(_LOWER).replace("/", "\\").rstrip("\\") + "\\", True
    return folder.rstrip("/") + "/", False
