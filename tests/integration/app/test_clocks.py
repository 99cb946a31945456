"""A camera whose clock was wrong, from real files to the dates that a person sees."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from safelight.app import Safelight
from safelight.app.views import AssetRow
from safelight.model.consent import Purpose

NOON = datetime(2021, 6, 12, 10, 0)
"""In UTC; the cameras are two hours east of it."""
SLOW = timedelta(days=400, minutes=17)


class Camera(Protocol):
    def shoot(self, path: Path, taken: datetime | None = None, **more: object) -> Path: ...


@pytest.fixture
def outing(photos: Path, camera: Camera) -> Path:
    """Six photos of a slow clock, the third without a fix, and one of a phone."""
    for n in range(6):
        at = NOON + timedelta(minutes=7 * n)
        wall, fix = at + timedelta(hours=2) - SLOW, at if n != 2 else None
        camera.shoot(photos / f"{n}.jpg", wall, offset="+02:00", fix=fix, model="Slow")
    camera.shoot(photos / "phone.jpg", NOON + timedelta(hours=2), offset="+02:00", model="Phone")
    return photos


def rows_of(library: Safelight) -> dict[str, AssetRow]:
    return {Path(row.path).stem: row for row in library.assets()}


def test_its_photos_have_the_day_they_were_taken_on_and_say_why(
    library: Safelight, outing: Path
) -> None:
    library.add_folder(str(outing))
    library.allow([Purpose.LIBRARY])
    library.scan()
    rows = rows_of(library)
    assert {row.taken_at[:10] for row in rows.values() if row.taken_at} == {"2021-06-12"}
    assert rows["4"].taken_at == "2021-06-12T12:28:00+02:00"
    assert rows["4"].clock_evidence == "own-gps-time"
    assert rows["2"].clock_evidence == "gps-time-of-same-camera"
    assert rows["2"].clock_shift_s == SLOW.total_seconds()
    assert (rows["phone"].clock_evidence, rows["phone"].clock_shift_s) == (None, 0.0)
    assert library.scan().changed == 0
    assert rows_of(library) == rows


def test_once_the_fixes_are_gone_the_clock_is_believed_again(
    library: Safelight, outing: Path
) -> None:
    library.add_folder(str(outing))
    library.allow([Purpose.LIBRARY])
    library.scan()
    for n in (0, 1, 3, 4):
        (outing / f"{n}.jpg").unlink()
    library.scan()
    rows = rows_of(library)
    assert rows["2"].clock_evidence is None
    assert (
        rows["2"].taken_at == (NOON + timedelta(hours=2, minutes=14) - SLOW).isoformat() + "+02:00"
    )


def test_a_date_that_a_person_wrote_beside_it_is_never_moved(
    library: Safelight, outing: Path
) -> None:
    (outing / "3.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
        ' xmlns:exif="http://ns.adobe.com/exif/1.0/"'
        ' exif:DateTimeOriginal="2019-05-01T09:00:00"/></rdf:RDF></x:xmpmeta>'
    )
    library.add_folder(str(outing))
    library.allow([Purpose.LIBRARY])
    library.scan()
    row = rows_of(library)["3"]
    assert (row.time_source, row.clock_evidence) == ("sidecar", None)
    assert (row.taken_at or "").startswith("2019-05-01T09:00:00")


def test_where_its_own_photos_name_no_zone_those_of_others_that_day_do(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    for n in range(5):
        at = NOON + timedelta(minutes=7 * n)
        camera.shoot(photos / f"{n}.jpg", at + timedelta(hours=2) - SLOW, fix=at, model="Slow")
    camera.shoot(photos / "phone.jpg", NOON + timedelta(hours=5), offset="+02:00", model="Phone")
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.scan()
    assert rows_of(library)["4"].taken_at == "2021-06-12T12:28:00+02:00"
