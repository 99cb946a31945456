"""Packs an archive: reads one photo after the other, as far as consent reaches now."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any

from safelight.app.archive.pages import index_page, month_page
from safelight.app.archive.parts import Part, choose
from safelight.app.archive.said import said
from safelight.app.archive.stream import Entry, stream_zip
from safelight.app.composition import Rooms
from safelight.app.kept import Kept
from safelight.app.recording import Records
from safelight.library.catalogue import Row
from safelight.library.clip_looks import ClipLooks
from safelight.library.judgements import Judgements
from safelight.library.observations import Observations
from safelight.library.people import PeopleStore
from safelight.library.shelves import IdeaShelf
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError

Progress = Callable[[int, int], None]
"""Told how many photos are packed, and of how many."""
_FIELDS = (
    *("id", "path", "kind", "taken_local", "time_source", "offset_minutes", "width", "height"),
    *("size", "camera", "lens", "title", "description", "rating", "keywords", "kept_out"),
    *("latitude", "longitude", "city", "region", "country"),
)
_WORDS = {
    "photos.csv": "Every photo as a table.",
    "photos.jsonl": "The same, one JSON object a line, exactly.",
    "content.jsonl": "What was seen in each picture.",
    "videos.jsonl": "What was seen along the videos that were looked over for films.",
    "people.json": "Names, and where faces are, in pixels of the upright picture.",
    "ideas.json": "Ideas with their photos and reasons.",
    "said.json": "What you said of ideas: hidden, resting, liked, titles, and what was learnt.",
    "creations.json": "What was made; the files are in creations/.",
    "numbers.jsonl": "Likeness numbers and face templates, little-endian float16 in base64.",
    "consent/record.jsonld": "Consent records and receipts, ISO/IEC TS 27560 in DPV.",
    "consent/receipts.json": "Consent receipts, Kantara 1.1.",
    "consent/albums.json": "Albums that you picked, and your folders.",
    "consent/ledger.jsonl": "The ledger: everything that was allowed, done and refused.",
}
_BY_TIME = "order by a.taken_local is null, a.taken_local, a.key"


class Archiving:
    """Packs what one library holds."""

    def __init__(self, rooms: Rooms, records: Records) -> None:
        self._rooms = rooms
        self._records = records

    def pack(
        self, parts: Collection[str] | None = None, progress: Progress = lambda _done, _all: None
    ) -> Iterator[bytes]:
        """The archive's bytes; recorded in the ledger before the first of them.

        Args:
            parts: names of `PARTS`; None for the usual ones.

        Raises:
            UserError: an unknown part, or none.
            RefusedError: a purpose was turned off while it was packed; the archive is not whole.
        """
        chosen = choose(parts)
        body: dict[str, object] = {"parts": [part.name for part in chosen], "form": "archive"}
        self._rooms.ledger.append("export", None, body)
        return stream_zip(_Packing(self._rooms, self._records, chosen, progress).entries())


class _Packing:
    """One run."""

    def __init__(
        self, rooms: Rooms, records: Records, chosen: tuple[Part, ...], progress: Progress
    ) -> None:
        self._rooms = rooms
        self._records = records
        allows = rooms.gate.allows
        usable = (part for part in chosen if part.purpose is None or allows(part.purpose))
        self._parts = {part.name for part in usable}
        if "numbers" in {part.name for part in chosen} and allows(Purpose.CONTENT):
            self._parts.add("numbers")
        self._progress = progress
        self._view = rooms.view()
        self._reach = self._reaching()
        self._months: list[tuple[str, int]] = []
        self._counts: dict[str, int] = {}
        self._written: list[str] = []

    def entries(self) -> Iterator[Entry]:
        """Every file of the archive, one after the other."""
        made: dict[str, Callable[[], Iterator[Entry]]] = {
            "photos": self._photos,
            "previews": self._previews,
            "content": self._content,
            "people": self._people,
            "ideas": self._ideas,
            "creations": self._creations,
            "numbers": self._numbers,
            "consent": self._consent,
        }
        for name, write in made.items():
            if name in self._parts:
                for entry in write():
                    self._written.append(entry[0])
                    yield entry
        files = [(name, words) for name, words in _WORDS.items() if name in self._written]
        yield "index.html", [index_page(files, self._months, self._counts)]

    # The catalogue

    def _rows(self, columns: str = "a.*", tail: str = _BY_TIME) -> Iterator[Row]:
        """Assets that may be seen, one by one; asked again now and then whether they still may."""
        if not self._rooms.drawers.exists("catalogue"):
            return
        view = self._view
        for number, row in enumerate(self._rooms.listing.assets(view, tail=tail, columns=columns)):
            if number % 256 == 0:
                self._still_allowed()
            yield row

    def _still_allowed(self) -> None:
        if self._reaching() != self._reach:
            raise RefusedError("A permission changed while the archive was packed; begin again.")

    def _reaching(self) -> tuple[object, ...]:
        """How far each purpose reaches at this moment."""
        gate = self._rooms.gate
        conditions = (gate.condition(p, "a") for p in (Purpose.CONTENT, Purpose.FACES))
        return self._rooms.view(), *map(gate.allows, Purpose), *conditions

    def _photos(self) -> Iterator[Entry]:
        self._counts["photos"] = self._rooms.catalogue.count()
        yield "photos.csv", _csv(_fields(row) for row in self._rows())
        yield "photos.jsonl", (_line(_fields(row)) for row in self._rows())
        if "previews" not in self._parts:
            yield from self._by_month(previews=False)

    def _previews(self) -> Iterator[Entry]:
        yield from self._by_month(previews=True)

    def _by_month(self, *, previews: bool) -> Iterator[Entry]:
        total, done = self._rooms.catalogue.count(), 0
        rows = self._rows("a.id, a.path, a.taken_local, a.error")
        for month, found in groupby(rows, key=lambda row: (row["taken_local"] or "")[:7]):
            tiles = []
            for row in found:
                done += 1
                self._progress(done, total)
                tiles.append((row["id"], row["path"], row["taken_local"] or ""))
                preview = self._rooms.previews.get(row["id"]) if previews else None
                if preview is not None:
                    yield f"previews/{row['id']}.jpg", [preview]
            self._months.append((month, len(tiles)))
            yield f"months/{month or 'undated'}.html", [month_page(month, tiles, previews)]

    # What was worked out

    def _content(self) -> Iterator[Entry]:
        seen = Observations(self._rooms.drawers)
        if seen.exists:
            yield "content.jsonl", (_line(each) for each in self._seen(seen))
            along = ClipLooks(self._rooms.drawers).all(self._covered(Purpose.CONTENT))
            if along:
                yield "videos.jsonl", (_line({"id": i} | each) for i, each in along.items())

    def _seen(self, seen: Observations) -> Iterator[dict[str, Any]]:
        judgements = Judgements(self._rooms.drawers)
        for name in self._covered(Purpose.CONTENT):
            found = seen.get(name)
            if found is None:
                continue
            judged = judgements.judged(name)
            yield {
                "id": name,
                "labels": [{"name": i.name, "score": round(i.score, 4)} for i in found.labels],
                "objects": [
                    {"name": i.name, "score": round(i.score, 4), "box": asdict(i.box)}
                    for i in (*found.objects, *found.glimpses)
                ],
                "faces": [asdict(face.box) for face in found.faces],
                "sensitive": found.sensitive,
                "quality": asdict(judged.quality) if judged else None,
            }

    def _covered(self, purpose: Purpose) -> Iterator[str]:
        condition = self._rooms.gate.condition(purpose, "a")
        sql = f"select a.id from asset a where ({condition.sql}) order by a.key"  # noqa: S608
        reader = self._rooms.drawers.reader(["catalogue"])
        for number, (name,) in enumerate(reader.execute(sql, condition.params)):
            if number % 256 == 0:
                self._still_allowed()
            yield str(name)

    def _people(self) -> Iterator[Entry]:
        store = PeopleStore(self._rooms.drawers)
        if not store.exists:
            return
        people: dict[str, dict[str, Any]] = {}
        for row in store.visible(self._rooms.gate.condition(Purpose.FACES, "a")):
            person = people.setdefault(
                row["person"], {"id": row["person"], "name": row["name"], "faces": []}
            )
            box = [row["x"], row["y"], row["width"], row["height"]]
            person["faces"].append({"photo": row["asset"], "box_as_fractions": box})
        self._counts["people"] = len(people)
        yield "people.json", [_document(list(people.values()))]

    def _numbers(self) -> Iterator[Entry]:
        yield "numbers.jsonl", (_line(each) for each in self._vectors())

    def _vectors(self) -> Iterator[dict[str, Any]]:
        drawers, gate = self._rooms.drawers, self._rooms.gate
        seen, people = Observations(drawers), PeopleStore(drawers)
        if gate.allows(Purpose.CONTENT) and seen.exists:
            for name in self._covered(Purpose.CONTENT):
                found = seen.get(name)
                if found is not None and found.embedding is not None:
                    yield {"photo": name, "likeness": _numbers(found.embedding.values)}
        if gate.allows(Purpose.FACES) and people.exists:
            for name in self._covered(Purpose.FACES):
                for face in people.faces_in(name) or ():
                    if face["template"] is not None:
                        template = _numbers(face["template"])
                        yield {"photo": name, "face": face["id"], "template": template}

    def _ideas(self) -> Iterator[Entry]:
        rooms, found = self._rooms, list[dict[str, Any]]()
        for drawer, purpose in (("catalogue", Purpose.LIBRARY), ("ideas", Purpose.SUGGEST)):
            if rooms.gate.allows(purpose) and rooms.drawers.exists(drawer):
                shelf = IdeaShelf(rooms.drawers, drawer)
                ideas = (idea for idea, _ in shelf.all())
                found += [asdict(i) for i in ideas if all(map(rooms.gate.allows, i.purposes))]
        self._counts["ideas"] = len(found)
        yield "ideas.json", [_document(found)]
        yield "said.json", [_document(said(rooms))]

    def _creations(self) -> Iterator[Entry]:
        kept = Kept(self._rooms)
        made = kept.all()
        if not made:
            return
        self._counts["creations"] = len(made)
        yield "creations.json", [_document([asdict(each) for each in made])]
        for each in made:
            self._still_allowed()
            found = kept.get(each.id)
            if found is not None:
                ending = each.media_type.partition("/")[2].replace("jpeg", "jpg")
                yield f"creations/{each.id}.{ending}", [found[1]]

    # Consent

    def _consent(self) -> Iterator[Entry]:
        yield "consent/record.jsonld", [self._records.text("dpv").encode()]
        yield "consent/receipts.json", [self._records.text("kantara").encode()]
        albums = [asdict(album) for album in self._rooms.papers.albums.all()]
        folders = [row["location"] for row in self._rooms.catalogue.sources()]
        yield "consent/albums.json", [_document({"albums": albums, "folders": folders})]
        if self._rooms.ledger.log.exists():
            yield "consent/ledger.jsonl", self._log()

    def _log(self) -> Iterator[bytes]:
        with self._rooms.ledger.log.open("rb") as file:
            while piece := file.read(1 << 16):
                yield piece


def _fields(row: Row) -> dict[str, Any]:
    found = {name: row.get(name) for name in _FIELDS}
    found["keywords"] = json.loads(row["keywords"])
    return found


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    out = io.StringIO()
    writer = csv.DictWriter(out, _FIELDS)
    writer.writeheader()
    for row in rows:
        row["keywords"] = "; ".join(row["keywords"])
        writer.writerow({name: _cell(value) for name, value in row.items()})
        yield out.getvalue().encode("utf-8", "replace")
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    # A spreadsheet would run it as a formula.
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t" and value else value


def _line(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, default=str) + "\n").encode()


def _document(value: object) -> bytes:
    return (json.dumps(value, indent=2, default=_plain) + "\n").encode()


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _numbers(values: bytes) -> str:
    return base64.b64encode(values).decode()
