"""The catalogue: sources, assets, their files, and what a scan still has to read."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import apsw

from safelight.library.changes import Change, change_of
from safelight.library.identity import asset_id
from safelight.library.records import (
    NewAsset,
    PendingAsset,
    members_from_json,
    members_json,
    metadata_columns,
)
from safelight.library.stores import Store
from safelight.model.assets import MediaFile

Row = dict[str, Any]


class Catalogue(Store):
    """Reads and writes the `catalogue` drawer. Only the coordinator of a scan writes."""

    drawer = "catalogue"

    # Sources

    def add_source(self, kind: str, location: str) -> int:
        """Record a place where photos come from; the same one again keeps its number."""
        self.connection.execute(
            "insert into source (kind, location, added_at) values (?, ?, ?)"
            " on conflict (location) do nothing",
            (kind, location, _now()),
        )
        row = self._one("select id from source where location = ?", (location,))
        assert row is not None
        return int(row["id"])

    def sources(self) -> list[Row]:
        """All sources, in the order they were added."""
        return self._all("select * from source order by id")

    def assets_of(self, source: int) -> list[str]:
        """Ids of the assets of a source."""
        return self._ids("select id from asset where source = ?", (source,))

    def remove_source(self, number: int) -> None:
        """Forget a source with its assets."""
        self.connection.execute("delete from source where id = ?", (number,))

    def mark_source(self, number: int, reachable: bool, note: str | None) -> None:
        """Record whether a source could be reached at the last scan."""
        self.connection.execute(
            "update source set reachable = ?, note = ? where id = ?",
            (int(reachable), note, number),
        )

    # Walking

    def files_in(self, folder: str) -> dict[int, list[MediaFile]]:
        """Known files of one folder, by asset key."""
        found: dict[int, list[MediaFile]] = {}
        for row in self._rows("select * from file where folder = ?", (folder,)):
            file = MediaFile(row["path"], row["role"], row["size"], row["modified_ns"])
            found.setdefault(row["asset"], []).append(file)
        return found

    def folders(self, source: int) -> set[str]:
        """Folders that hold assets of a source."""
        rows = self.connection.execute(
            "select distinct folder from asset where source = ?", (source,)
        )
        return {folder for (folder,) in rows}

    def keys_in(self, folders: Iterable[str], source: int) -> set[int]:
        """Keys of the assets of a source in these folders."""
        keys: set[int] = set()
        for folder in folders:
            rows = self.connection.execute(
                "select key from asset where folder = ? and source = ?", (folder, source)
            )
            keys.update(key for (key,) in rows)
        return keys

    def note_links(self, folder: str, paths: Collection[str]) -> None:
        """Keep which assets of a folder a link leads to, in place of what was known of it."""
        known = set(self._ids("select path from link where folder = ?", (folder,)))
        if known != set(paths):
            self.connection.execute("delete from link where folder = ?", (folder,))
            rows = [(path, folder) for path in sorted(paths)]
            self.connection.executemany("insert or replace into link values (?, ?)", rows)

    def forget_links(self) -> None:
        """Forget links to assets that are no more."""
        self.connection.execute("delete from link where path not in (select path from asset)")

    def clear_pending(self) -> None:
        """Forget what an earlier scan had left to read; the walk finds it again."""
        self.connection.execute("delete from pending")
        self.connection.execute("delete from problem")

    def add_pending(self, items: Sequence[PendingAsset]) -> None:
        """Queue assets to be read."""
        self.connection.executemany(
            "insert into pending (source, path, members, was) values (?, ?, ?, ?)",
            [
                (i.source, i.path, members_json(i.members), "changed" if i.changed else None)
                for i in items
            ],
        )

    def pending_count(self) -> int:
        """How many assets are still to be read."""
        return self._count("select count(*) from pending")

    def pending(self, after: int, limit: int) -> list[PendingAsset]:
        """The next assets to read, in the order in which they were found."""
        rows = self._all("select * from pending where key > ? order by key limit ?", (after, limit))
        return [
            PendingAsset(
                row["key"],
                row["source"],
                row["path"],
                members_from_json(row["members"]),
                row["was"] == "changed",
            )
            for row in rows
        ]

    def finish_pending(self, keys: Iterable[int]) -> None:
        """Strike assets off the queue."""
        self.connection.executemany("delete from pending where key = ?", [(k,) for k in keys])

    def add_problem(self, source: int, path: str, reason: str) -> None:
        """Record a folder or file that could not be listed."""
        self.connection.execute(
            "insert or replace into problem (path, source, reason) values (?, ?, ?)",
            (path, source, reason),
        )

    def problems(self) -> list[tuple[str, str]]:
        """Folders and files that could not be listed, with the reason."""
        return list(self.connection.execute("select path, reason from problem order by path"))

    def unread(self) -> list[str]:
        """Paths of what is still to be read, and of what could not be listed."""
        return self._ids("select path from pending union select path from problem")

    # Writing assets

    def save(self, asset: NewAsset) -> tuple[str, Change]:
        """Write one asset with its files, replacing what its path held.

        Returns:
            Its id, which stays while its path does; and what has to go of what was known of it.
        """
        primary = asset.primary
        old = self._one("select * from asset where path = ?", (primary.path,))
        new_id = old["id"] if old else self._new_id(asset.digest, primary.size)
        columns = {
            "id": new_id,
            "source": asset.source,
            "folder": asset.folder,
            "path": primary.path,
            "digest": asset.digest,
            "size": primary.size,
            "kept_out": asset.kept_out,
            "duplicate_of": None,
            "error": asset.error,
            "catalogued_at": _now(),
            **metadata_columns(asset.metadata),
        }
        change = Change.NONE if old is None else change_of(old, columns)
        if change is not Change.OTHER and self._brought_back(new_id):
            columns["kept_out"] = None
        if old is not None:
            self.connection.execute("delete from asset where key = ?", (old["key"],))
            columns["key"] = old["key"]
        names = ", ".join(columns)
        marks = ", ".join("?" * len(columns))
        self.connection.execute(
            f"insert into asset ({names}) values ({marks})",  # noqa: S608  # names are ours
            tuple(columns.values()),
        )
        key = columns.get("key", self.connection.last_insert_rowid())
        self._write_files(key, asset.folder, asset.members)
        return str(new_id), change

    def find_untouched(self, item: PendingAsset, digest: bytes) -> int | None:
        """Key of the asset at a path whose content is still the same, although its time is not."""
        row = self._one("select key, digest, error from asset where path = ?", (item.path,))
        if row is None or row["error"] or bytes(row["digest"]) != digest:
            return None
        return int(row["key"])

    def has_content(self, digest: bytes) -> bool:
        """Whether an asset has these very bytes."""
        return self._one("select 1 from asset where digest = ? limit 1", (digest,)) is not None

    def find_content(self, digest: bytes, size: int, keys: set[int]) -> Row | None:
        """One of the given assets that has this content: where a moved file came from."""
        for row in self._rows("select * from asset where digest = ? and size = ?", (digest, size)):
            if row["key"] in keys:
                return row
        return None

    def move(self, key: int, source: int, folder: str, members: Sequence[MediaFile]) -> None:
        """An asset's files are elsewhere now; all that is known of it stays."""
        path = next(m.path for m in members if m.role == "primary")
        self.connection.execute("delete from file where asset = ?", (key,))
        self.connection.execute(
            "update asset set path = ?, folder = ?, source = ? where key = ?",
            (path, folder, source, key),
        )
        self._write_files(key, folder, members)

    def touch(self, key: int, folder: str, members: Sequence[MediaFile]) -> None:
        """Record new file times of an asset whose content stayed the same."""
        self.connection.execute("delete from file where asset = ?", (key,))
        self._write_files(key, folder, members)

    def ids_of(self, keys: Iterable[int]) -> list[str]:
        """Ids of the assets with these keys."""
        found = ((key, self._ids("select id from asset where key = ?", (key,))) for key in keys)
        return [name for _, names in found for name in names]

    def remove(self, keys: Iterable[int]) -> None:
        """Forget assets by key, with their files; `mark_duplicates` is to follow."""
        self.connection.executemany("delete from asset where key = ?", [(key,) for key in keys])

    def remove_assets(self, assets: Iterable[str]) -> None:
        """Forget assets by id, with their files."""
        names = list(assets)
        self.connection.execute(
            "update asset set duplicate_of = null"
            " where duplicate_of in (select value from json_each(?))",
            (json.dumps(names),),
        )
        self.connection.executemany("delete from asset where id = ?", [(n,) for n in names])

    def assets_in(self, folder: str) -> list[str]:
        """Ids of the assets whose file lies in a folder, at any depth."""
        prefix = folder.rstrip(os.sep) + os.sep
        return self._ids("select id from asset where substr(path, 1, length(?1)) = ?1", (prefix,))

    def forget_paths(self, paths: Iterable[str]) -> None:
        """Forget what was still to be read of files, or was said of them."""
        rows = [(path,) for path in paths]
        self.connection.executemany("delete from pending where path = ?", rows)
        self.connection.executemany("delete from problem where path = ?", rows)
        self.connection.executemany("delete from link where path = ?", rows)

    def mark_duplicates(self) -> int:
        """Point every later file with the same content at the first; returns how many there are.

        The first is the one catalogued first, so an asset never becomes a duplicate of a copy. A
        copy that the person brought back is none.
        """
        self.connection.execute(
            "update asset set duplicate_of = null where duplicate_of is not null"
        )
        self.connection.execute(
            "with first as (select digest, size, min(key) as key, count(*) as n from asset"
            "   where error is null group by digest, size having n > 1)"
            " update asset set duplicate_of ="
            "   (select o.id from asset o join first f on o.key = f.key"
            "     where f.digest = asset.digest and f.size = asset.size)"
            " where error is null and key not in (select key from first)"
            "   and (digest, size) in (select digest, size from first)"
            "   and id not in (select asset from kept_in)"
        )
        return self._count("select count(*) from asset where duplicate_of is not null")

    def first_of_same_file(self, asset: str) -> str | None:
        """The asset catalogued first among those with the content of this one, unless it is it."""
        found = self._one(
            "select o.id from asset o join asset a on a.digest = o.digest and a.size = o.size"
            " where a.id = ? and o.error is null order by o.key limit 1",
            (asset,),
        )
        return None if found is None or found["id"] == asset else str(found["id"])

    # Reading

    def asset(self, asset: str) -> Row | None:
        """One asset's row."""
        return self._one("select * from asset where id = ?", (asset,))

    def files(self, key: int) -> list[Row]:
        """An asset's files, primary first."""
        return self._all(
            "select * from file where asset = ? order by role <> 'primary', path", (key,)
        )

    def count(self) -> int:
        """How many assets there are."""
        return self._count("select count(*) from asset")

    def names(self) -> Iterator[tuple[str, str]]:
        """Id and path of every asset."""
        for name, path in self.connection.execute("select id, path from asset"):
            yield str(name), str(path)

    def stamp(self) -> tuple[int, int]:
        """Changes whenever anything in the catalogue changes, here or in another process."""
        connection = self.connection
        version = connection.pragma("data_version")
        return int(version), int(connection.total_changes())

    def _brought_back(self, asset: str) -> bool:
        found = self._one("select 1 from kept_in where asset = ?", (asset,))
        return found is not None

    def _new_id(self, digest: bytes, size: int) -> str:
        copy = 0
        while self.asset(candidate := asset_id(digest, size, copy)) is not None:
            copy += 1
        return candidate

    def _write_files(self, key: int, folder: str, members: Sequence[MediaFile]) -> None:
        self.connection.executemany(
            "insert or replace into file (path, asset, folder, role, size, modified_ns)"
            " values (?, ?, ?, ?, ?, ?)",
            [(m.path, key, folder, m.role, m.size, m.modified_ns) for m in members],
        )

    def _rows(self, sql: str, params: Sequence[Any] = ()) -> Iterator[Row]:
        return rows(self.connection, sql, params)

    def _all(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        return list(self._rows(sql, params))

    def _one(self, sql: str, params: Sequence[Any] = ()) -> Row | None:
        return next(self._rows(sql, params), None)

    def _ids(self, sql: str, params: Sequence[Any] = ()) -> list[str]:
        return [value for (value,) in self.connection.execute(sql, params)]

    def _count(self, sql: str) -> int:
        row = self.connection.execute(sql).fetchone()
        return int(row[0]) if row else 0


def rows(connection: apsw.Connection, sql: str, params: Sequence[Any] = ()) -> Iterator[Row]:
    """Rows as dictionaries by column name."""
    cursor = connection.execute(sql, params)
    names: tuple[str, ...] | None = None
    for values in cursor:
        if names is None:
            names = tuple(item[0] for item in cursor.description)
        yield dict(zip(names, values, strict=True))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
