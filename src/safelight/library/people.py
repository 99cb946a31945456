"""Faces and people, in the faces drawer."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from safelight.library.catalogue import Row, rows
from safelight.library.face_rows import COLUMNS, rows_of
from safelight.library.same_faces import box_of, overlap
from safelight.library.stores import Store
from safelight.model.consent import SqlCondition
from safelight.model.creations import Box
from safelight.model.people import FacesFound, StoredFace, WrittenName

DRAWER = "faces"
_MOST_LOOKS = 16
"""Looks by which somebody is remembered who is to be left alone."""

NAMED_OVERLAP = 0.3
"""Likewise for a face and a written name: boxes that programs draw around heads are larger."""


class SeenFace(NamedTuple):
    """A face that may be seen, as rows of the drawer have it; places are fractions."""

    id: str
    asset: str
    x: float
    y: float
    width: float
    height: float
    quality: float
    person: str
    confirmed: int
    name: str | None
    hidden: int
    pixels_wide: int
    pixels_high: int

    @property
    def box(self) -> Box:
        """Where it is, as fractions of the upright picture."""
        return Box(self.x, self.y, self.width, self.height)


class PeopleStore(Store):
    """Reads and writes the `faces` drawer; callers begin the transactions."""

    drawer = DRAWER

    # Faces

    def looked_at(self, model: str) -> set[str]:
        """Ids of the assets whose faces this model (by digest) has seen."""
        found = self.connection.execute("select asset from looked where model = ?", (model,))
        return {asset for (asset,) in found}

    def assets(self) -> set[str]:
        """Ids of every asset that faces were looked for in."""
        return {asset for (asset,) in self.connection.execute("select asset from looked")}

    def put(self, found: Sequence[FacesFound], model: str) -> None:
        """Store what was found in assets, in place of what was known of them.

        A face in the place of an old one stays the same person's, and one in the place of a face
        that is never to be grouped is left out. In a photo that was edited faces are told by what
        they look like.
        """
        self.regroup_later()
        self.connection.executemany(
            "delete from failed where asset = ?", [(each.asset,) for each in found]
        )
        assets = [each.asset for each in found]
        old, edited = self._in_assets(assets), self._edited(assets)
        made = list[tuple[Any, ...]]()
        for each in found:
            kept, left_out = rows_of(each, model, old[each.asset], edited=each.asset in edited)
            made += kept
            self._remember_outcasts(left_out, model)
        self._forget_faces([each.asset for each in found], but={row[0] for row in made})
        marks = ", ".join("?" * 12)
        self.connection.executemany(
            f"insert into face ({COLUMNS}) values ({marks}) on conflict (id) do update set"  # noqa: S608  # names are ours
            " x = excluded.x, y = excluded.y, width = excluded.width, height = excluded.height,"
            " score = excluded.score, quality = excluded.quality, model = excluded.model,"
            " template = excluded.template, person = excluded.person,"
            " confirmed = excluded.confirmed",
            made,
        )
        self.connection.executemany(
            "insert or replace into looked values (?, ?)", [(each.asset, model) for each in found]
        )
        self._put_names(found)

    def rework(self, assets: Iterable[str]) -> None:
        """Photos were edited: their faces are to be looked for again, and stay whose they are.

        What nobody looks at again is forgotten by `forget_unseen`.
        """
        rows = _each(assets)
        with self.connection:
            self.regroup_later()
            self.connection.executemany("update looked set model = '' where asset = ?", rows)
            self.connection.executemany("delete from failed where asset = ?", rows)
            self.connection.executemany("delete from written_name where asset = ?", rows)

    def forget_unseen(self) -> None:
        """Forget the faces of edited photos in which nobody could look for them again."""
        edited = sorted(self._edited())
        if edited:
            with self.connection:
                self._forget_faces(edited)
                self.connection.executemany("delete from looked where asset = ?", _each(edited))
                self.drop_empty()

    def remove(self, assets: Iterable[str]) -> None:
        """Forget the faces of assets, and people who are in no other."""
        gone = list(assets)
        with self.connection:
            self._forget_faces(gone)
            self.connection.executemany("delete from looked where asset = ?", _each(gone))
            self.connection.executemany("delete from failed where asset = ?", _each(gone))
            self.connection.executemany("delete from written_name where asset = ?", _each(gone))
            self.drop_empty()

    def regroup_later(self) -> None:
        """The next scan puts faces to people, though it may find no new ones."""
        self.connection.execute("insert or ignore into due values ('grouping')")

    @property
    def due(self) -> bool:
        """Whether faces were found, or something said, since they were last put to people."""
        sql = "select 1 from due where work = 'grouping'"
        return self.exists and self.connection.execute(sql).fetchone() is not None

    def grouped(self) -> None:
        """Nothing is due any more."""
        self.connection.execute("delete from due where work = 'grouping'")

    def drop_empty(self) -> None:
        """Forget people without any face, and what was said of them."""
        empty = "select id from person where id not in (select person from face where person > '')"
        self.forget_people([person for (person,) in self.connection.execute(empty)])

    def stored(self, model: str) -> list[StoredFace]:
        """Every face with a template of one model, by id."""
        found = self.connection.execute(
            "select id, asset, quality, model, person, confirmed, template from face"
            " where template is not null and model = ? order by id",
            (model,),
        )
        return [
            StoredFace(face, asset, quality, made_by, person, bool(confirmed), template)
            for face, asset, quality, made_by, person, confirmed, template in found
        ]

    def latest_model(self) -> str | None:
        """The digest of the model that made most of the templates."""
        row = self.connection.execute(
            "select model from face where template is not null"
            " group by model order by count(*) desc, model limit 1"
        ).fetchone()
        return row[0] if row else None

    def face(self, face: str) -> Row | None:
        """One face."""
        return next(rows(self.connection, "select * from face where id = ?", (face,)), None)

    def faces_in(self, asset: str) -> list[Row] | None:
        """One asset's faces with the names of their people; None where nobody looked."""
        looked = self.connection.execute("select 1 from looked where asset = ?", (asset,))
        if looked.fetchone() is None:
            return None
        sql = (
            "select f.*, p.name from face f left join person p on p.id = f.person"
            " where f.asset = ? order by f.x, f.id"
        )
        return list(rows(self.connection, sql, (asset,)))

    def names_in(self, asset: str) -> list[str]:
        """Names that other programs wrote into one asset."""
        sql = "select distinct name from written_name where asset = ? order by name"
        return [name for (name,) in self.connection.execute(sql, (asset,))]

    def faces_of(self, person: str) -> list[Row]:
        """A person's faces, those out of sight too."""
        sql = "select * from face where person = ? order by id"
        return list(rows(self.connection, sql, (person,)))

    def seen(
        self, condition: SqlCondition, where: str = "1", params: tuple[str, ...] = ()
    ) -> list[SeenFace]:
        """Faces of people in assets that may be seen (alias `a`), best first.

        Args:
            where: further SQL of this program's own, over the face `f`.
        """
        sql = (
            "select f.id, f.asset, f.x, f.y, f.width, f.height, f.quality, f.person, f.confirmed,"  # noqa: S608
            " p.name, p.hidden, a.width as pixels_wide, a.height as pixels_high"
            " from asset a join faces.face f on f.asset = a.id"
            " join faces.person p on p.id = f.person"
            f" where ({condition.sql}) and f.template is not null and ({where})"
            " order by f.quality desc, f.id"
        )
        reader = self._drawers.reader(["catalogue", DRAWER])
        return list(map(SeenFace._make, reader.execute(sql, (*condition.params, *params))))

    def visible(
        self, condition: SqlCondition, where: str = "1", params: tuple[str, ...] = ()
    ) -> list[Row]:
        """The same as rows by name."""
        return [each._asdict() for each in self.seen(condition, where, params)]

    def written(
        self, condition: SqlCondition, where: str = "1", params: tuple[str, ...] = ()
    ) -> list[WrittenName]:
        """Names that other programs wrote in assets that may be seen (alias `a`); `n` is one."""
        sql = (
            "select n.asset, n.name, n.x, n.y, n.width, n.height"  # noqa: S608
            " from asset a join faces.written_name n on n.asset = a.id"
            f" where ({condition.sql}) and ({where}) order by n.rowid"
        )
        reader = self._drawers.reader(["catalogue", DRAWER])
        found = reader.execute(sql, (*condition.params, *params))
        return [WrittenName(asset, name, Box(*place)) for asset, name, *place in found]

    def subjects(self) -> list[Row]:
        """Assets that show faces, as the gate wants to see them."""
        sql = (
            "select id, path, taken_on from asset"
            " where id in (select asset from faces.face) order by id"
        )
        return list(rows(self._drawers.reader(["catalogue", DRAWER]), sql))

    # People

    def people(self) -> list[Row]:
        """Everybody, named ones first."""
        sql = "select * from person order by name is null, name, created_at, id"
        return list(rows(self.connection, sql))

    def person(self, person: str) -> Row | None:
        """One person."""
        return next(rows(self.connection, "select * from person where id = ?", (person,)), None)

    def add_people(self, people: Iterable[str]) -> None:
        """New people, nameless."""
        self.connection.executemany(
            "insert or ignore into person (id, created_at) values (?, ?)",
            [(person, now()) for person in people],
        )

    def change(self, person: str, **values: object) -> None:
        """Set `name` or `hidden`."""
        for column, value in values.items():
            assert column in {"name", "hidden"}, column
            self.connection.execute(
                f"update person set {column} = ? where id = ?",  # noqa: S608  # names are ours
                (value, person),
            )

    def assign(self, whose: Mapping[str, str | None]) -> None:
        """Say whose faces are; what a person confirmed is left as it is."""
        self.connection.executemany(
            "update face set person = ? where id = ? and confirmed = 0",
            [(person, face) for face, person in whose.items()],
        )

    def confirm(self, faces: Iterable[str], person: str | None) -> None:
        """A person's word: whose these faces are; None sets them free."""
        self.connection.executemany(
            "update face set person = ?, confirmed = ? where id = ?",
            [(person, int(person is not None), face) for face in faces],
        )

    def resting(self) -> set[str]:
        """People whom a wish concerns."""
        found = self.connection.execute("select subject from wish where subject glob 'person:*'")
        return {subject.partition(":")[2] for (subject,) in found}

    def forget_people(self, people: Sequence[str]) -> None:
        """Remove people, and all that was said of them, or of those who became them."""
        people = self._with_former(people)
        self.connection.executemany("delete from person where id = ?", _each(people))
        self.connection.executemany(
            "delete from wish where subject = ?", _each(f"person:{person}" for person in people)
        )
        self.connection.executemany(
            "delete from correction where exists"
            " (select 1 from json_each(correction.people) where value = ?)",
            _each(people),
        )

    def _with_former(self, people: Sequence[str]) -> list[str]:
        """These people, and those whom the person said to be one of them."""
        found = list(people)
        if not found:
            return []
        sql = "select people from correction where kind = 'merge' and undone_at is null"
        merges = [json.loads(both) for (both,) in self.connection.execute(sql)]
        for person in found:  # grows on the way
            found += [gone for stays, gone in merges if stays == person and gone not in found]
        return found

    # Refusals and outcasts

    def refuse(self, face: str, person: str) -> None:
        """This face is not that person."""
        self.connection.execute("insert or ignore into refusal values (?, ?)", (face, person))

    def refusals(self) -> list[tuple[str, str]]:
        """(face, person) pairs."""
        return list(self.connection.execute("select face, person from refusal order by 1, 2"))

    def erase_templates(self, person: str, also: Sequence[str] = ()) -> list[str]:
        """Erase a person and their templates; returns the faces, of which the places stay.

        Args:
            also: faces that wait and may be theirs.
        """
        faces = [*(row["id"] for row in self.faces_of(person)), *also]
        self.leave_alone(faces)
        self.forget_people([person])
        return faces

    def leave_alone(self, faces: Sequence[str]) -> None:
        """Erase the templates of faces, and names written at them; their places stay."""
        self._forget_names([row for each in faces if (row := self.face(each)) is not None])
        self.connection.executemany(
            "update face set template = null, person = null, confirmed = 0, quality = 0"
            " where id = ?",
            _each(faces),
        )

    def tidy(self) -> None:
        """Leave nothing of erased rows in the write-ahead log."""
        self.connection.pragma("wal_checkpoint", "truncate")

    def keep_out(self, name: str, model: str, templates: Sequence[bytes]) -> None:
        """Remember whom to keep out of new photos: one mean template for each look."""
        self.connection.executemany(
            "insert or replace into outcast values (?, ?, ?, ?)",
            [(name, look, model, template) for look, template in enumerate(templates)],
        )

    def outcasts(self, model: str) -> list[bytes]:
        """Mean templates of people to keep out."""
        found = self.connection.execute("select template from outcast where model = ?", (model,))
        return [template for (template,) in found]

    def _remember_outcasts(self, left_out: Mapping[str, bytes], model: str) -> None:
        """Whom the person agreed to remember is known to a newer model by the same faces."""
        for face, template in left_out.items():
            self.connection.execute(
                "insert into outcast select o.id, max(o.look) + 1, ?2, ?3"
                " from outcast o join correction c on c.said ->> 'outcast' = o.id"
                " where c.kind = 'exclude' and c.undone_at is null"
                " and exists (select 1 from json_each(c.said, '$.faces') where value = ?1)"
                " group by o.id having sum(o.model = ?2) < ?4",
                (face, model, template, _MOST_LOOKS),
            )

    def _edited(self, assets: Sequence[str] | None = None) -> set[str]:
        """Photos that were edited and not looked at since, of all or of some."""
        some = "1" if assets is None else "asset in (select value from json_each(?))"
        params = () if assets is None else (json.dumps(list(assets)),)
        sql = f"select asset from looked where model = '' and {some}"  # noqa: S608  # ours
        return {asset for (asset,) in self.connection.execute(sql, params)}

    def _put_names(self, found: Sequence[FacesFound]) -> None:
        """Keep written names, but for those at faces that are never to be grouped."""
        here = self._in_assets([each.asset for each in found])
        self.connection.executemany(
            "delete from written_name where asset = ?", _each(each.asset for each in found)
        )
        kept = [
            (each.asset, region.name, *region.box)
            for each in found
            for region in each.names
            if not _named([r for r in here[each.asset] if r["template"] is None], region.box)
        ]
        self.connection.executemany("insert into written_name values (?, ?, ?, ?, ?, ?)", kept)

    def _forget_names(self, faces: Sequence[Row]) -> None:
        for face in faces:
            found = self.connection.execute(
                "select rowid, x, y, width, height from written_name where asset = ?",
                (face["asset"],),
            ).fetchall()
            gone = [(number,) for number, *place in found if _named([face], place)]
            self.connection.executemany("delete from written_name where rowid = ?", gone)

    def _in_assets(self, assets: Sequence[str]) -> dict[str, list[Row]]:
        known: dict[str, list[Row]] = {}
        for asset in assets:
            sql = "select * from face where asset = ? order by id"
            known[asset] = list(rows(self.connection, sql, (asset,)))
        return known

    def _forget_faces(self, assets: Sequence[str], but: Collection[str] = ()) -> None:
        found = self._in_assets(assets).values()
        gone = [row["id"] for each in found for row in each if row["id"] not in but]
        self.connection.executemany("delete from face where id = ?", _each(gone))


def now() -> str:
    """This instant, to the second, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _named(faces: Iterable[Row], place: Sequence[Any]) -> bool:
    """Whether a written name's place is at one of these faces."""
    return any(overlap(box_of(face), Box(*place)) >= NAMED_OVERLAP for face in faces)


def _each(values: Iterable[str]) -> list[tuple[str]]:
    return [(value,) for value in values]
