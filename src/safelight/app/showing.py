"""What a person gets to see of the library: lists, details, previews, pictures."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from safelight.app.composition import Rooms
from safelight.app.views import AssetDetail, AssetRow, DayGroup, MonthCount, TimelinePage
from safelight.library.catalogue import Row
from safelight.library.judgements import Judgements
from safelight.library.listing import in_order, kept_out, place_of
from safelight.library.observations import Observations
from safelight.library.reading.wire import (
    STEP_DECODE_SCALED,
    build_decode_request,
    parse_decode_response,
)
from safelight.library.records import capture_time, subject_of
from safelight.model.assets import AssetKind
from safelight.model.consent import Permit, Purpose, Refusal, Subject
from safelight.model.creations import Cut, Pixels
from safelight.model.errors import SourceError
from safelight.model.jobs import Job
from safelight.model.people import NOBODY_SEEN, PeopleSeen
from safelight.model.places import Place
from safelight.model.sights import Sightings

Summary = tuple[tuple[tuple[str, float], ...], int | None]
_PREVIEW_MEGAPIXELS = 16
_DAY_PLACES = 2
_NEWEST = "order by a.taken_local is null, a.taken_local desc, a.key desc"


class Showing:
    """Reads for surfaces; every list is filtered by consent in its query.

    Args:
        people: asked only while `faces` is on.
        failed: why photos could not be looked at, by asset.
    """

    def __init__(
        self,
        rooms: Rooms,
        people: Callable[[], PeopleSeen] = lambda: NOBODY_SEEN,
        failed: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._rooms = rooms
        self._people = people
        self._failed = failed

    def assets(self) -> Iterator[AssetRow]:
        """Every asset in the order in which the pictures were taken, undated ones last.

        Instants decide where offsets are known, so that photos from several time zones stand in
        the order in which they happened.
        """
        tail = "order by a.taken_local is null, a.taken_local, a.key"
        found = list(self._rooms.listing.assets(self._rooms.view(), tail=tail))
        known: dict[tuple[Any, ...], Place] = {}
        seen, who, failed = self._seen(), self._who(), self._failed()
        rows = (who(seen(asset_row(row, known))) for row in in_order(found))
        return (replace(r, look_error=failed[r.id]) if r.id in failed else r for r in rows)

    def _who(self) -> Callable[[AssetRow], AssetRow]:
        """Adds who is in a picture, as far as `faces` reaches now."""
        if not self._rooms.gate.allows(Purpose.FACES):
            return lambda row: row
        known = self._people()
        return lambda row: replace(row, people=known.said(row.id))

    def _seen(self) -> Callable[[AssetRow], AssetRow]:
        """Adds what was seen in a picture, as far as `content` reaches now."""
        conditions = self._rooms.content_view()
        if conditions is None:
            return lambda row: row
        summaries = labels_by_asset(Observations(self._rooms.drawers).sightings(*conditions))
        judged = Judgements(self._rooms.drawers)
        scores, verdicts = judged.scores(*conditions), judged.verdicts(*conditions)

        def add(row: AssetRow) -> AssetRow:
            if row.id not in summaries:
                return row
            labels, faces = summaries[row.id]
            out = row.kept_out or verdicts.get(row.id)
            score = scores.get(row.id)
            return replace(row, labels=labels, faces=faces, quality=score, kept_out=out)

        return add

    def some(self, names: Sequence[str]) -> list[AssetRow]:
        """Some assets, in the order asked for; those that may not be seen are left out."""
        found, known = self.rows(list(names)), dict[tuple[Any, ...], Place]()
        return [asset_row(found[name], known) for name in names if name in found]

    def problems(self) -> list[AssetRow]:
        """Assets that could not become pictures or not be looked at, each with its reason."""
        failed = self._failed()
        found = self._rooms.listing.assets(
            self._rooms.view(),
            "(a.error is not null or a.id in (select value from json_each(?)))",
            (json.dumps(list(failed)),),
            tail="order by a.path",
        )
        return [replace(asset_row(row, {}), look_error=failed.get(row["id"])) for row in found]

    def folder_problems(self) -> list[tuple[str, str]]:
        """Folders and files that could not be listed, with the reason, as far as may be named."""
        gate = self._rooms.gate
        if not gate.allows(Purpose.LIBRARY):
            return []
        covers = gate.coverage(Purpose.LIBRARY)
        found = self._rooms.catalogue.problems()
        return [(path, why) for path, why in found if covers is None or covers(Subject(path, path))]

    def month_counts(self) -> list[MonthCount]:
        """How many assets each month holds, newest first, undated last."""
        view = self._rooms.view()
        found = self._rooms.listing.months(view)
        return [MonthCount(month or "", count) for month, count in found]

    def timeline_page(
        self, cursor: str | None = None, month: str | None = None, limit: int = 120
    ) -> TimelinePage:
        """Days newest first.

        Args:
            cursor: where an earlier page ended.
            month: "2015-06" to begin at the end of that month; "" for undated assets.
            limit: assets a page, about.
        """
        where, params = _page_start(cursor, month)
        found = list(
            self._rooms.listing.assets(
                self._rooms.view(),
                f"a.error is null and {where}",
                params,
                f"{_NEWEST} limit {int(limit) + 1}",
            )
        )
        more, found = len(found) > limit, found[:limit]
        last = found[-1] if found else None
        following = f"{last['taken_local'] or ''}~{last['key']}" if last and more else None
        return TimelinePage(_days(found), following)

    def asset(self, name: str) -> AssetDetail | None:
        """One asset with its files and neighbours."""
        view = self._rooms.view()
        row = next(iter(self._rooms.listing.assets(view, "a.id = ?", (name,))), None)
        if row is None:
            return None
        taken = capture_time(row)
        files = self._rooms.catalogue.files(row["key"])
        return AssetDetail(
            row=replace(asset_row(row, {}), look_error=self._failed().get(name)),
            files=tuple((file["role"], file["path"], file["size"]) for file in files),
            description=row["description"],
            keywords=tuple(json.loads(row["keywords"])),
            lens=row["lens"],
            offset_source=taken.offset_source if taken else None,
            previous=self._neighbour(row, newer=True),
            next=self._neighbour(row, newer=False),
        )

    def preview(self, name: str) -> bytes | Refusal | None:
        """The preview of an asset, a refusal, or None when there is none."""
        row = self._permitted_row(name)
        if row is None or isinstance(row, Refusal):
            return row
        return self._rooms.previews.get(name)

    def picture(self, name: str, edge: int, quality: int = 88) -> bytes | Refusal | None:
        """The original as an upright JPEG with a long edge of at most `edge` pixels.

        Raises:
            SourceError: the file cannot be opened now (an unplugged disk, say).
        """
        pixels = self.pixels(name, edge)
        if pixels is None or isinstance(pixels, Refusal):
            return pixels
        from PIL import Image  # lists need no pictures

        image = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality)
        return out.getvalue()

    def pixels(self, name: str, edge: int | None) -> Pixels | Refusal | None:
        """The original decoded, upright and scaled to a long edge of at most `edge` pixels."""
        row = self._permitted_row(name)
        if row is None or isinstance(row, Refusal):
            return row
        if row["kind"] == AssetKind.VIDEO:
            job: Job | Refusal | None = self.preview_job(name, edge)
        else:
            permit = self.permit([row])
            job = permit if isinstance(permit, Refusal) else self.decode_job(permit, row, edge)
        if job is None or isinstance(job, Refusal):
            return job
        result = next(iter(self._rooms.interactive.run([job])))
        if result.output is None:
            raise SourceError(result.error or "it cannot be decoded")
        return parse_decode_response(result.output)

    def preview_job(self, name: str, edge: int | Cut | None) -> Job | None:
        """The job that decodes an asset's preview, which a worker made and which is believed no
        more than the original; None where there is none.
        """
        preview = self._rooms.previews.get(name)
        if preview is None:
            return None
        request = build_decode_request(preview, edge, _PREVIEW_MEGAPIXELS)
        return Job(name, STEP_DECODE_SCALED, request, self._rooms.settings.step_timeout_s)

    def permit(self, rows: Sequence[Row]) -> Permit | Refusal:
        """Leave to open the originals of these assets: one decision, one entry in the ledger."""
        return self._rooms.gate.decide(Purpose.LIBRARY, [subject_of(row) for row in rows])

    def decode_job(self, permit: Permit, row: Row, edge: int | Cut | None) -> Job | Refusal:
        """The job that decodes one asset's original.

        Raises:
            SourceError: the file cannot be opened now.
        """
        rooms = self._rooms
        data = self.original(permit, row)
        if isinstance(data, Refusal):
            return data
        request = build_decode_request(data, edge, rooms.settings.max_megapixels)
        return Job(row["id"], STEP_DECODE_SCALED, request, rooms.settings.step_timeout_s)

    def rows(self, names: list[str]) -> dict[str, Row]:
        """Rows of the assets that may be seen, by id."""
        among = "a.error is null and a.id in (select value from json_each(?))"
        found = self._rooms.listing.assets(self._rooms.view(), among, (json.dumps(names),))
        return {row["id"]: row for row in found}

    def original(self, permit: Permit, row: Row) -> bytes | Refusal:
        """The bytes of one asset's file.

        Raises:
            SourceError: the file cannot be opened now.
        """
        limit = self._rooms.settings.max_file_megabytes << 20
        return self._rooms.vault.read(permit, row["id"], row["path"], limit)

    def _permitted_row(self, name: str) -> Row | Refusal | None:
        refusal = self._rooms.gate.refusal(Purpose.LIBRARY)
        if refusal is not None:
            return refusal
        return self.rows([name]).get(name)

    def _neighbour(self, row: Row, *, newer: bool) -> str | None:
        if row["taken_local"] is None:
            return None
        sign, order = (">", "asc") if newer else ("<", "desc")
        found = self._rooms.listing.assets(
            self._rooms.view(),
            f"a.error is null and (a.taken_local, a.key) {sign} (?, ?)",
            (row["taken_local"], row["key"]),
            f"order by a.taken_local {order}, a.key {order} limit 1",
            "a.id",
        )
        return next((other["id"] for other in found), None)


def labels_by_asset(seen: Sightings) -> dict[str, Summary]:
    """Words (each once, best first) and number of faces of every photo that was looked at."""
    words: list[dict[str, float]] = [{} for _ in seen.assets]
    for row, name, score in zip(seen.row, seen.name, seen.score, strict=True):
        word = seen.names[name]
        words[row][word] = max(round(score, 3), words[row].get(word, 0.0))
    return {
        asset: (
            tuple(sorted(found.items(), key=lambda pair: -pair[1])),
            faces if faces >= 0 else None,
        )
        for asset, found, faces in zip(seen.assets, words, seen.faces, strict=True)
    }


def asset_row(row: Row, known: dict[tuple[Any, ...], Place]) -> AssetRow:
    """A catalogue row as surfaces show it."""
    taken = capture_time(row)
    return AssetRow(
        id=row["id"],
        path=row["path"],
        kind=AssetKind(row["kind"]),
        taken_at=taken.isoformat() if taken else None,
        time_source=taken.source if taken else None,
        width=row["width"],
        height=row["height"],
        latitude=row.get("latitude"),
        longitude=row.get("longitude"),
        place=place_of(row, known),
        camera=row["camera"],
        kept_out=kept_out(row),
        duplicate_of=row["duplicate_of"],
        error=row["error"],
        rating=row["rating"],
        title=row["title"],
        duration_s=row["duration_s"],
        clock_shift_s=taken.clock_shift_s if taken else 0.0,
        clock_evidence=taken.clock_evidence if taken else None,
    )


def _page_start(cursor: str | None, month: str | None) -> tuple[str, tuple[Any, ...]]:
    if cursor is not None:
        taken, _, key = cursor.rpartition("~")
        number = int(key[:18]) if key.isdecimal() else 0
        if not taken:
            return "a.taken_local is null and a.key < ?", (number,)
        return "(a.taken_local is null or (a.taken_local, a.key) < (?, ?))", (taken, number)
    if month == "":
        return "a.taken_local is null", ()
    if month is not None:
        return "(a.taken_local is null or a.taken_local < ?)", (month + "-99",)
    return "1", ()


def _days(found: list[Row]) -> tuple[DayGroup, ...]:
    groups: dict[str | None, list[AssetRow]] = {}
    known: dict[tuple[Any, ...], Place] = {}
    for row in found:
        groups.setdefault(row["taken_on"], []).append(asset_row(row, known))
    return tuple(
        DayGroup(date.fromisoformat(day) if day else None, _mostly(assets), tuple(assets))
        for day, assets in groups.items()
    )


def _mostly(assets: list[AssetRow]) -> str | None:
    """The places of a day, those with most photos first; further ones are counted."""
    counts = Counter(asset.place.label() for asset in assets if asset.place is not None)
    names = [name for name, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    more = len(names) - _DAY_PLACES
    if more > 0:
        return f"{', '.join(names[:_DAY_PLACES])} and {more} more"
    return " and ".join(names) or None
