"""What analysers saw, in the `content` drawer: words, things, faces as boxes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.library.content_store import ContentStore
from safelight.library.packing import (
    LABEL,
    OBJECT,
    count_faces,
    pack_faces,
    pack_labels,
    pack_objects,
    quality_figure,
    unpack_faces,
    unpack_labels,
    unpack_objects,
)
from safelight.library.vectors import Vectors
from safelight.model.consent import SqlCondition
from safelight.model.observations import Analyser, ContentResult, Embedding, FaceBox
from safelight.model.sights import Sightings

_SEEN = ("sight", "glimpse", "embedding", "quality", "hinted", "reading", "failed", "alike", "clip")
"""Tables of what was worked out of a picture; `kept_in` is the person's word."""
_LIGHT = ("dark", "glow", "sparks")


class Observations(ContentStore):
    """What was seen in each asset; removing one takes along everything else of `content`."""

    # Writing

    def put(self, results: Sequence[tuple[str, ContentResult]]) -> None:
        """Keep what was seen in a batch of assets, replacing what was there.

        What is alike is to be found out afresh afterwards, see `Judgements.due`.
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
            Vectors(self._drawers).put(
                (asset, each.embedding) for asset, each in results if each.embedding is not None
            )

    def remove(self, assets: Iterable[str]) -> None:
        """Forget assets."""
        gone = list(assets)
        with self.connection:
            self.forget_seen(gone)
            self.connection.executemany(
                "delete from kept_in where asset = ?", [(asset,) for asset in gone]
            )

    def forget_seen(self, assets: Iterable[str]) -> None:
        """Forget what was seen in assets; what the person said of them stays.

        Those that were like them are to be compared afresh.
        """
        rows = [(asset,) for asset in assets]
        with self.connection:
            for table in _SEEN:
                self.connection.executemany(f"delete from {table} where asset = ?", rows)  # noqa: S608
            self.connection.executemany("delete from alike where best = ?", rows)
            if self.connection.changes():
                self.connection.execute("insert or ignore into due values ('likeness')")

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

    # Reading one

    def get(self, asset: str) -> ContentResult | None:
        """What was seen in one asset."""
        row = self.connection.execute(
            "select n.name, n.version, n.models, s.labels, s.objects, s.faces, s.sensitive,"
            " e.model, e.dimension, e.vector, g.objects"
            " from sight s join analyser n on n.id = s.analyser"
            " left join glimpse g on g.asset = s.asset"
            " left join embedding e on e.asset = s.asset where s.asset = ?"
            # A person's own model may have a vector too; what came with the rest names its models.
            " order by instr(n.models, json_quote(e.model)) = 0 limit 1",
            (asset,),
        ).fetchone()
        if row is None:
            return None
        name, version, models, labels, objects, faces, sensitive, *vector, glimpses = row
        words = self._words_of(labels, objects, glimpses or b"")
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

    def _words_of(self, labels: bytes, *things: bytes) -> dict[int, str]:
        """The words that packed entries name: a few of a thousand."""
        numbers = set(np.frombuffer(labels, LABEL)["word"].tolist())
        for each in things:
            numbers.update(np.frombuffer(each, OBJECT)["word"].tolist())
        sql = "select id, name from word where id in (select value from json_each(?))"
        return dict(self.connection.execute(sql, (json.dumps(sorted(numbers)),)))

    def faces(self, asset: str) -> tuple[FaceBox, ...]:
        """Where the faces of one asset are; never whose."""
        row = self.connection.execute(
            "select faces from sight where asset = ?", (asset,)
        ).fetchone()
        return unpack_faces(row[0]) if row else ()

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

    def covers(self, asset: str, library: SqlCondition, content: SqlCondition) -> bool:
        """Whether one asset was looked at and what was seen may be shown."""
        source = "content.sight s join asset a on a.id = s.asset"
        return bool(self._rows("1", source, library, content, "s.asset = ?", (asset,)))

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
