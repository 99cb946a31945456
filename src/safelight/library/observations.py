"""What analysers saw, in the `content` drawer: words, boxes, embeddings, quality, likeness."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from safelight.library.packing import (
    LABEL,
    OBJECT,
    count_faces,
    pack_faces,
    pack_labels,
    pack_objects,
    pack_quality,
    quality_figure,
    unpack_faces,
    unpack_labels,
    unpack_objects,
    unpack_quality,
    whole,
)
from safelight.library.stores import Store
from safelight.model.assets import KeptOut
from safelight.model.consent import SqlCondition
from safelight.model.observations import Analyser, ContentResult, Embedding, FaceBox
from safelight.model.quality import Quality
from safelight.model.sights import Looks, Sightings, Views

_TABLES = (
    "sight",
    "glimpse",
    "embedding",
    "quality",
    "hinted",
    "reading",
    "failed",
    "alike",
    "kept_in",
    "clip",
)
_NEWEST = "order by a.taken_local is null, a.taken_local desc, a.key desc"
_LIGHT = ("dark", "glow", "sparks")


class Judged(NamedTuple):
    """A picture's quality, and why it stays out of ideas, None when its content does not say so."""

    asset: str
    quality: Quality
    kept_out: KeptOut | None
    why: str


class Likeness(NamedTuple):
    """A picture that looks like another: the best of their group, and why that one is."""

    asset: str
    best: str
    why: str | None


class SetAside(NamedTuple):
    """A picture that content keeps out of ideas; `best` is what a near-duplicate is like.

    `back` tells that the person brought it back all the same.
    """

    asset: str
    reason: KeptOut
    why: str
    best: str | None
    back: bool


class Observations(Store):
    """Reads and writes the `content` drawer; open it only while that purpose is on.

    Lists take the conditions of the purposes `library` and `content`, compiled for the alias `a`.
    """

    drawer = "content"

    def stamp(self) -> tuple[int, int] | None:
        """Changes whenever anything here changes, in this process or another."""
        if not self.exists:
            return None
        return int(self.connection.pragma("data_version")), int(self.connection.total_changes())

    # Writing

    def put(self, results: Sequence[tuple[str, ContentResult]]) -> None:
        """Keep what was seen in a batch of assets, replacing what was there.

        What is alike is to be found out afresh afterwards, see `due`.
        """
        with self.connection:
            self.connection.execute("insert or ignore into due values ('likeness')")
            self.connection.executemany(
                "delete from failed where asset = ?", [(asset,) for asset, _ in results]
            )
            seen = {label.name for _, result in results for label in result.labels}
            seen |= {
                thing.name for _, result in results for thing in (*result.objects, *result.glimpses)
            }
            numbers = self._numbers(seen)
            who = {result.analyser: self._analyser(result.analyser) for _, result in results}
            self.connection.executemany(
                "insert or replace into sight values (?, ?, ?, ?, ?, ?)",
                [
                    (
                        asset,
                        who[result.analyser],
                        pack_labels(result.labels, numbers),
                        pack_objects(result.objects, numbers),
                        pack_faces(result.faces),
                        result.sensitive,
                    )
                    for asset, result in results
                ],
            )
            self.connection.executemany(
                "insert or replace into glimpse values (?, ?)",
                [(asset, pack_objects(result.glimpses, numbers)) for asset, result in results],
            )
            self._put_embeddings((a, r.embedding) for a, r in results if r.embedding is not None)

    def put_embeddings(self, items: Iterable[tuple[str, Embedding]]) -> None:
        """Keep vectors of another model beside those that came with the content."""
        with self.connection:
            self._put_embeddings(items)

    def put_quality(self, items: Iterable[Judged]) -> None:
        """Keep quality figures and verdicts."""
        with self.connection:
            self.connection.executemany(
                "insert or replace into quality values (?, ?, ?, ?, ?)",
                [
                    (i.asset, i.quality.score, pack_quality(i.quality), i.kept_out, i.why)
                    for i in items
                ],
            )

    def replace_likeness(self, items: Iterable[Likeness]) -> None:
        """Put fresh groups of near-identical pictures in place of the old."""
        with self.connection:
            self.connection.execute("delete from alike")
            self.connection.execute("delete from due where work = 'likeness'")
            self.connection.executemany("insert into alike values (?, ?, ?)", list(items))

    def bring_back(self, asset: str, back: bool = True) -> None:
        """Remember that the person wants a kept-out picture in ideas, or no longer does."""
        if back:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self.connection.execute("insert or replace into kept_in values (?, ?)", (asset, now))
        else:
            self.connection.execute("delete from kept_in where asset = ?", (asset,))

    def remove(self, assets: Iterable[str]) -> None:
        """Forget assets."""
        rows = [(asset,) for asset in assets]
        with self.connection:
            for table in _TABLES:
                self.connection.executemany(f"delete from {table} where asset = ?", rows)  # noqa: S608
            self.connection.executemany("delete from alike where best = ?", rows)

    def _put_embeddings(self, items: Iterable[tuple[str, Embedding]]) -> None:
        self.connection.executemany(
            "insert or replace into embedding values (?, ?, ?, ?)",
            [(asset, vector.model, vector.dimension, vector.values) for asset, vector in items],
        )

    def _numbers(self, names: set[str]) -> dict[str, int]:
        rows = [(name,) for name in sorted(names)]
        self.connection.executemany("insert or ignore into word (name) values (?)", rows)
        return {name: number for number, name in self.connection.execute("select * from word")}

    def _analyser(self, analyser: Analyser) -> int:
        values = (analyser.name, analyser.version, json.dumps(analyser.models))
        self.connection.execute(
            "insert or ignore into analyser (name, version, models) values (?, ?, ?)", values
        )
        row = self.connection.execute(
            "select id from analyser where name = ? and version = ? and models = ?", values
        ).fetchone()
        assert row is not None
        return int(row[0])

    @property
    def due(self) -> bool:
        """Whether pictures were looked at since it was last worked out what is alike."""
        sql = "select 1 from due where work = 'likeness'"
        return self.exists and self.connection.execute(sql).fetchone() is not None

    # Reading one

    def get(self, asset: str) -> ContentResult | None:
        """What was seen in one asset."""
        row = self.connection.execute(
            "select n.name, n.version, n.models, s.labels, s.objects, s.faces, s.sensitive,"
            " e.model, e.dimension, e.vector, g.objects"
            " from sight s join analyser n on n.id = s.analyser"
            " left join glimpse g on g.asset = s.asset"
            " left join embedding e on e.asset = s.asset where s.asset = ?"
            " order by e.rowid limit 1",
            (asset,),
        ).fetchone()
        if row is None:
            return None
        words = dict(self.connection.execute("select id, name from word"))
        name, version, models, labels, objects, faces, sensitive, *vector, glimpses = row
        digests = tuple((str(key), str(value)) for key, value in json.loads(models))
        return ContentResult(
            Analyser(name, version, digests),
            labels=unpack_labels(labels, words),
            embedding=Embedding(vector[0], vector[1], bytes(vector[2])) if vector[0] else None,
            objects=unpack_objects(objects, words),
            faces=unpack_faces(faces),
            sensitive=sensitive,
            glimpses=unpack_objects(glimpses or b"", words),
        )

    def faces(self, asset: str) -> tuple[FaceBox, ...]:
        """Where the faces of one asset are; never whose."""
        row = self.connection.execute(
            "select faces from sight where asset = ?", (asset,)
        ).fetchone()
        return unpack_faces(row[0]) if row else ()

    def judged(self, asset: str) -> Judged | None:
        """One asset's quality and verdict."""
        row = self.connection.execute(
            "select figures, kept_out, why from quality where asset = ?", (asset,)
        ).fetchone()
        if row is None:
            return None
        return Judged(asset, unpack_quality(row[0]), KeptOut(row[1]) if row[1] else None, row[2])

    def looked_at(self, analyser: Analyser | None = None) -> set[str]:
        """Ids of the assets that were looked at, by this very analyser where one is given."""
        if analyser is None:
            return {asset for (asset,) in self.connection.execute("select asset from sight")}
        found = self.connection.execute(
            "select s.asset from sight s join analyser n on n.id = s.analyser"
            " where n.name = ? and n.version = ? and n.models = ?",
            (analyser.name, analyser.version, json.dumps(analyser.models)),
        )
        return {asset for (asset,) in found}

    def embedded(self, model: str) -> set[str]:
        """Ids of the assets that have a vector of this model."""
        sql = "select asset from embedding where model = ?"
        return {asset for (asset,) in self.connection.execute(sql, (model,))}

    # Reading all

    def sightings(
        self,
        library: SqlCondition,
        content: SqlCondition,
        glimpsed: Mapping[str, float] | None = None,
    ) -> Sightings:
        """What every asset shows that may be seen, as columns.

        Args:
            glimpsed: names of things that the detector's doubts are wanted of, from which score.
        """
        rows = self._rows(
            "s.asset, s.labels, s.objects, s.faces, q.figures, t.text",
            "content.sight s join asset a on a.id = s.asset"
            " left join content.quality q on q.asset = s.asset"
            " left join content.reading t on t.asset = s.asset",
            library,
            content,
        )
        words = self._words()
        labels, label_row = _joined([row[1] for row in rows], LABEL)
        objects, object_row = _joined([row[2] for row in rows], OBJECT)
        row_of = np.concatenate([label_row, object_row])
        order = np.argsort(row_of, kind="stable")
        name = np.concatenate([labels["word"], objects["word"]]).astype(np.int32)
        score = np.concatenate([labels["score"], objects["score"]]).astype(np.float32) / 255
        kind = np.repeat(np.array([0, 1], np.uint8), [len(labels), len(objects)])
        return Sightings(
            assets=[row[0] for row in rows],
            names=[words.get(number, "") for number in range(max(words, default=-1) + 1)],
            row=row_of[order].astype(np.int32).data,
            name=name[order].data,
            score=score[order].data,
            is_object=kind[order].data,
            faces=np.array([count_faces(row[3]) for row in rows], np.int16).data,
            light=_light([row[4] for row in rows]).data,
            text={row[0]: row[5] for row in rows if row[5]},
            glimpsed=self._glimpsed(glimpsed or {}, library, content),
        )

    def _glimpsed(
        self, wanted: Mapping[str, float], library: SqlCondition, content: SqlCondition
    ) -> dict[str, dict[str, float]]:
        """Of each name the assets in which such a thing was doubted, with the best score."""
        number = {name: key for key, name in self._words().items() if name in wanted}
        if not number:
            return {}
        rows = self._rows(
            "g.asset, g.objects",
            "content.glimpse g join asset a on a.id = g.asset",
            library,
            content,
        )
        entries, row_of = _joined([row[1] for row in rows], OBJECT)
        found = {}
        for name, key in number.items():
            at = np.flatnonzero((entries["word"] == key) & (entries["score"] >= wanted[name] * 255))
            # Things come best first, so the first of a picture is its best.
            which, first = np.unique(row_of[at], return_index=True)
            scores = entries["score"][at[first]] / np.float32(255)
            names = (rows[row][0] for row in which.tolist())
            found[name] = dict(zip(names, scores.tolist(), strict=True))
        return found

    def embeddings(
        self, model: str, library: SqlCondition, content: SqlCondition
    ) -> tuple[list[str], NDArray[np.float16]]:
        """Ids and unit vectors (n, dimension) of every asset that may be seen."""
        rows = self._rows(
            "e.asset, e.dimension, e.vector",
            "content.embedding e join asset a on a.id = e.asset",
            library,
            content,
            "e.model = ?",
            (model,),
        )
        if not rows:
            return [], np.zeros((0, 0), np.float16)
        matrix = np.frombuffer(b"".join(row[2] for row in rows), "<f2")
        return [row[0] for row in rows], matrix.reshape(len(rows), int(rows[0][1]))

    def views(
        self, model: str, assets: Sequence[str], library: SqlCondition, content: SqlCondition
    ) -> Views:
        """Embeddings of those of some assets that may be seen."""
        rows = self._rows(
            "e.asset, e.dimension, e.vector",
            "content.embedding e join asset a on a.id = e.asset",
            library,
            content,
            "e.model = ? and e.asset in (select value from json_each(?))",
            (model, json.dumps(list(assets))),
        )
        values = memoryview(b"".join(row[2] for row in rows))
        return Views([row[0] for row in rows], int(rows[0][1]) if rows else 0, values)

    def looks(self, library: SqlCondition, content: SqlCondition) -> Looks:
        """Quality figures of every asset that may be seen."""
        source = "content.quality q join asset a on a.id = q.asset"
        rows = self._rows("q.asset, q.figures", source, library, content)
        names = [field.name for field in fields(Quality)]
        return Looks(
            [row[0] for row in rows], names, memoryview(b"".join(whole(row[1]) for row in rows))
        )

    def verdicts(self, library: SqlCondition, content: SqlCondition) -> dict[str, KeptOut]:
        """Assets that content keeps out of ideas; what the person brought back is not among them.

        A near-duplicate stays out for the best of its group.
        """
        judged = self._rows(
            "q.asset, q.kept_out",
            "content.quality q join asset a on a.id = q.asset"
            " left join content.kept_in k on k.asset = q.asset",
            library,
            content,
            "q.kept_out is not null and k.asset is null",
        )
        return {asset: KeptOut(reason) for asset, reason in judged}

    def kept_out_as(
        self,
        reason: KeptOut,
        library: SqlCondition,
        content: SqlCondition,
        among: Collection[str] | None = None,
    ) -> frozenset[str]:
        """Assets, of all or of some, that content keeps out for one reason, not brought back."""
        only = "1" if among is None else "q.asset in (select value from json_each(?))"
        some = () if among is None else (json.dumps(sorted(among)),)
        judged = self._rows(
            "q.asset",
            "content.quality q join asset a on a.id = q.asset"
            " left join content.kept_in k on k.asset = q.asset",
            library,
            content,
            f"q.kept_out = ? and k.asset is null and {only}",
            (reason.value, *some),
        )
        return frozenset(asset for (asset,) in judged)

    def scores(self, library: SqlCondition, content: SqlCondition) -> dict[str, float]:
        """Quality score of every asset that may be seen."""
        source = "content.quality q join asset a on a.id = q.asset"
        return dict(self._rows("q.asset, q.score", source, library, content))

    def likeness(self, library: SqlCondition, content: SqlCondition) -> list[Likeness]:
        """Near-identical pictures that may be seen, each with the best of its group.

        What the person brought back is not among them.
        """
        source = (
            "content.alike l join asset a on a.id = l.asset"
            " left join content.kept_in k on k.asset = l.asset"
        )
        found = self._rows("l.asset, l.best, l.why", source, library, content, "k.asset is null")
        return [Likeness(*row) for row in found]

    def set_aside(
        self, library: SqlCondition, content: SqlCondition, asset: str | None = None
    ) -> list[SetAside]:
        """All that content keeps out of ideas or would, newest first; or what concerns one."""
        only, params = ("1", ()) if asset is None else ("a.id = ?", (asset,))
        judged = self._rows(
            "q.asset, q.kept_out, q.why, null, k.asset is not null",
            "content.quality q join asset a on a.id = q.asset"
            " left join content.kept_in k on k.asset = q.asset",
            library,
            content,
            f"q.kept_out is not null and a.kept_out is null and {only}",
            params,
            _NEWEST,
        )
        alike = self._rows(
            "l.asset, 'duplicate', l.why, l.best, k.asset is not null",
            "content.alike l join asset a on a.id = l.asset"
            " left join content.kept_in k on k.asset = l.asset",
            library,
            content,
            f"a.kept_out is null and {only}",
            params,
            _NEWEST,
        )
        return [
            SetAside(asset, KeptOut(reason), why or "", best, bool(back))
            for asset, reason, why, best, back in (*judged, *alike)
        ]

    def covers(self, asset: str, library: SqlCondition, content: SqlCondition) -> bool:
        """Whether one asset was looked at and what was seen may be shown."""
        source = "content.sight s join asset a on a.id = s.asset"
        return bool(self._rows("1", source, library, content, "s.asset = ?", (asset,)))

    def _rows(
        self,
        columns: str,
        source: str,
        library: SqlCondition,
        content: SqlCondition,
        where: str = "1",
        params: tuple[Any, ...] = (),
        tail: str = "",
    ) -> list[tuple[Any, ...]]:
        if not self.exists:
            return []
        sql = (
            f"select {columns} from {source}"  # noqa: S608  # fragments are this program's
            f" where ({library.sql}) and ({content.sql}) and ({where}) {tail}"
        )
        connection = self._drawers.reader(("catalogue", "content"))
        return list(connection.execute(sql, (*library.params, *content.params, *params)))

    def _words(self) -> dict[int, str]:
        if not self.exists:
            return {}
        return dict(self.connection.execute("select id, name from word"))


def _joined(blobs: list[bytes], kind: np.dtype[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """All packed entries of many assets, and for each the row of its asset."""
    entries = np.frombuffer(b"".join(blobs), kind)
    lengths = np.array([len(blob) // kind.itemsize for blob in blobs], np.int64)
    return entries, np.repeat(np.arange(len(blobs), dtype=np.int64), lengths)


def _light(figures: list[bytes | None]) -> NDArray[np.float32]:
    """Dark, glow and sparks of every asset, one after the other; zeros where not measured."""
    table = np.zeros((len(figures), len(_LIGHT)), np.float32)
    known = [row for row, blob in enumerate(figures) if blob is not None]
    blobs = [blob for blob in figures if blob is not None]
    if known:
        for column, name in enumerate(_LIGHT):
            table[known, column] = quality_figure(blobs, name)
    return table.reshape(-1)
