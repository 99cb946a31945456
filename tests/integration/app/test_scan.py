"""Scanning real folders of real files into a real library."""

from __future__ import annotations

import errno
import io
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from safelight.app import Safelight
from safelight.app.views import AssetRow, ScanProgress
from safelight.model.assets import KeptOut
from safelight.model.consent import Purpose, Refusal, Scope
from safelight.model.errors import RefusedError

NOON = datetime(2021, 6, 12, 12, 0)
BRNO = (49.1951, 16.6068)


class Camera(Protocol):
    def shoot(self, path: Path, taken: datetime | None = None, **more: object) -> Path: ...


def start(library: Safelight, photos: Path, *purposes: Purpose) -> None:
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, *purposes])


def by_name(library: Safelight) -> dict[str, AssetRow]:
    return {Path(row.path).name: row for row in library.assets()}


def test_nothing_is_read_before_it_is_allowed(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    camera.shoot(photos / "a.jpg", NOON)
    library.add_folder(str(photos))
    with pytest.raises(RefusedError):
        library.scan()
    assert list(library.assets()) == []


def test_a_scan_catalogues_and_a_second_one_finds_nothing_new(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    for n in range(5):
        camera.shoot(photos / f"{n}.jpg", NOON + timedelta(hours=n), offset="+02:00")
    start(library, photos)
    first = library.scan()
    assert (first.new, first.failed, first.assets) == (5, 0, 5)
    second = library.scan()
    assert (second.new, second.changed, second.unchanged, second.removed) == (0, 0, 5, 0)
    row = by_name(library)["2.jpg"]
    assert row.taken_at == "2021-06-12T14:00:00+02:00"
    assert (row.width, row.height, row.camera) == (160, 120, "Testcam One")


def test_a_changed_file_is_read_again_and_keeps_its_place(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    camera.shoot(photos / "a.jpg", NOON)
    start(library, photos)
    library.scan()
    before = by_name(library)["a.jpg"]
    old = library.preview(before.id)
    camera.shoot(photos / "a.jpg", NOON + timedelta(days=1), size=(200, 100))
    report = library.scan()
    assert (report.new, report.changed, report.assets) == (0, 1, 1)
    after = by_name(library)["a.jpg"]
    assert (after.id, after.width) == (before.id, 200)
    assert library.preview(after.id) not in (None, old)


def test_a_changed_file_that_cannot_be_opened_now_loses_nothing(
    library: Safelight, photos: Path, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera.shoot(photos / "a.jpg", NOON)
    camera.shoot(photos / "b.jpg", NOON)
    start(library, photos, Purpose.CONTENT)
    library.scan()
    before = by_name(library)["a.jpg"]
    preview = library.preview(before.id)
    camera.shoot(photos / "a.jpg", NOON + timedelta(days=1), size=(200, 100))
    real = os.open

    def open_(path: str, flags: int, *more: object) -> int:
        if str(path).endswith("a.jpg"):
            raise OSError(errno.EIO, "the disk stumbles")
        return real(path, flags)

    with monkeypatch.context() as stumbling:
        stumbling.setattr("safelight.library.vault.os.open", open_)
        report = library.scan()
    assert [Path(path).name for path, _ in report.problems] == ["a.jpg"]
    assert by_name(library)["a.jpg"] == before
    assert library.preview(before.id) == preview
    assert library.scan().changed == 1
    assert by_name(library)["a.jpg"].taken_at != before.taken_at


def test_a_file_that_was_only_touched_is_not_read_again(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    path = camera.shoot(photos / "a.jpg", NOON)
    start(library, photos)
    library.scan()
    os.utime(path, (1, 1))
    report = library.scan()
    assert (report.new, report.changed, report.unchanged) == (0, 0, 1)
    assert library.scan().unchanged == 1


def test_a_moved_file_keeps_its_identity_and_its_place_name(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    camera.shoot(photos / "a.jpg", NOON, gps=BRNO)
    start(library, photos, Purpose.PLACES)
    library.scan()
    before = by_name(library)["a.jpg"]
    (photos / "sub").mkdir()
    shutil.move(photos / "a.jpg", photos / "sub" / "b.jpg")
    report = library.scan()
    after = by_name(library)["b.jpg"]
    assert (report.moved, report.removed, report.new) == (1, 0, 0)
    assert (after.id, after.place) == (before.id, before.place)
    assert after.place is not None
    assert library.preview(after.id)


def test_a_removed_file_is_forgotten_with_its_preview(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    camera.shoot(photos / "a.jpg", NOON)
    camera.shoot(photos / "b.jpg", NOON)
    start(library, photos)
    library.scan()
    gone = by_name(library)["b.jpg"].id
    (photos / "b.jpg").unlink()
    assert library.scan().removed == 1
    assert set(by_name(library)) == {"a.jpg"}
    assert library.preview(gone) is None


def test_a_vanished_disk_loses_nothing(library: Safelight, photos: Path, camera: Camera) -> None:
    camera.shoot(photos / "a.jpg", NOON)
    start(library, photos)
    library.scan()
    shutil.move(photos, photos.with_name("unplugged"))
    report = library.scan()
    assert (report.removed, report.assets) == (0, 1)
    (source,) = library.sources()
    assert not source.reachable
    assert source.note
    assert library.preview(by_name(library)["a.jpg"].id)


def test_an_emptied_mount_point_loses_nothing(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    camera.shoot(photos / "a.jpg", NOON)
    start(library, photos)
    library.scan()
    (photos / "a.jpg").unlink()
    assert library.scan().removed == 0
    assert set(by_name(library)) == {"a.jpg"}


def test_a_broken_file_becomes_a_row_with_its_reason(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    camera.shoot(photos / "good.jpg", NOON)
    (photos / "empty.jpg").write_bytes(b"")
    (photos / "noise.jpg").write_bytes(b"\x00\x01nothing like a picture" * 50)
    start(library, photos)
    report = library.scan()
    assert (report.assets, report.failed) == (3, 2)
    assert {Path(row.path).name for row in library.showing.problems()} == {"empty.jpg", "noise.jpg"}
    assert all(row.error for row in library.showing.problems())
    assert library.scan().unchanged == 3


def test_the_same_picture_twice_is_kept_out_once(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    camera.shoot(photos / "a.jpg", NOON)
    shutil.copy(photos / "a.jpg", photos / "copy.jpg")
    start(library, photos)
    library.scan()
    rows = by_name(library)
    assert rows["a.jpg"].kept_out is None
    assert rows["copy.jpg"].kept_out is KeptOut.DUPLICATE
    assert rows["copy.jpg"].duplicate_of == rows["a.jpg"].id
    (photos / "a.jpg").unlink()
    library.scan()
    assert by_name(library)["copy.jpg"].kept_out is None


def test_places_stay_null_until_they_are_allowed_and_go_when_they_are_not(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    camera.shoot(photos / "a.jpg", NOON, gps=BRNO)
    start(library, photos)
    library.scan()
    assert by_name(library)["a.jpg"].latitude is None
    library.allow([Purpose.PLACES])
    library.scan()
    row = by_name(library)["a.jpg"]
    assert row.latitude == pytest.approx(BRNO[0], abs=1e-3)
    assert row.place is not None
    assert row.place.city == "Brno"
    assert row.taken_at == "2021-06-12T12:00:00+02:00"
    library.withdraw(Purpose.PLACES)
    row = by_name(library)["a.jpg"]
    assert (row.latitude, row.place, row.taken_at) == (None, None, "2021-06-12T12:00:00")


def test_a_day_in_the_timeline_tells_where_it_was(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    prague, vienna, linz = (50.0875, 14.4213), (48.2085, 16.3721), (48.3064, 14.2858)
    for hour, spot in enumerate((BRNO, vienna, linz, prague, BRNO)):
        camera.shoot(photos / f"many-{hour}.jpg", NOON + timedelta(hours=hour), gps=spot)
    for hour, spot in enumerate((vienna, BRNO, BRNO)):
        camera.shoot(photos / f"two-{hour}.jpg", NOON - timedelta(days=1, hours=hour), gps=spot)
    start(library, photos, Purpose.PLACES)
    library.scan()
    days = library.showing.timeline_page(None, None).days
    assert [day.place for day in days] == ["Brno, Linz and 2 more", "Brno and Vienna"]


def test_a_dated_scope_leaves_the_rest_alone(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    camera.shoot(photos / "old.jpg", datetime(2010, 1, 1))
    camera.shoot(photos / "new.jpg", NOON)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY], Scope(since=datetime(2021, 1, 1).date()))
    report = library.scan()
    assert set(by_name(library)) == {"new.jpg"}
    assert report.skipped == 1


def test_a_folder_scope_leaves_the_rest_alone(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    camera.shoot(photos / "mine" / "a.jpg", NOON)
    camera.shoot(photos / "mine too" / "b.jpg", NOON)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY], Scope(folders=(str(photos / "mine"),)))
    library.scan()
    assert set(by_name(library)) == {"a.jpg"}


def test_withdrawing_library_leaves_nothing(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    camera.shoot(photos / "a.jpg", NOON)
    start(library, photos)
    library.scan()
    name = by_name(library)["a.jpg"].id
    (report,) = library.withdraw(Purpose.LIBRARY)
    assert report.bytes_removed > 0
    assert list(library.assets()) == []
    assert isinstance(library.preview(name), Refusal)
    assert (photos / "a.jpg").exists()


def test_a_stopped_scan_resumes(library: Safelight, photos: Path, camera: Camera) -> None:
    for n in range(12):
        camera.shoot(photos / f"{n}.jpg", NOON + timedelta(minutes=n))
    start(library, photos)
    scan = library.scans.begin(lambda _: None)

    def stop_soon(progress: ScanProgress) -> None:
        if progress.phase == "walking":
            scan.stop()

    scan._report = stop_soon
    assert scan.run().assets < 12  # type: ignore[union-attr]  # consent is on
    assert library.scan().assets == 12


def test_every_real_file_is_an_asset_or_has_a_reason(library: Safelight, shared_data: Path) -> None:
    trip = shared_data / "trip-usa-2015"
    start(library, trip, Purpose.PLACES)
    report = library.scan()
    pictures = {p for p in trip.rglob("*") if p.suffix.lower() in {".jpg", ".mp4", ".png"}}
    assert {row.path for row in library.assets()} >= {str(path) for path in pictures}
    assert [Path(row.path).name for row in library.showing.problems()] == ["broken image.JPG"]
    assert report.failed == 1


def test_seven_cities_in_four_minutes_stand_in_the_order_in_which_they_happened(
    library: Safelight, shared_data: Path
) -> None:
    start(library, shared_data / "trip-usa-2015" / "4MinsAroundTheWorld")
    library.scan()
    names = [Path(row.path).name for row in library.assets()]
    told = [name for name in names if name.startswith("UTC-")]  # the name gives the instant
    assert len(told) >= 7
    assert told == sorted(told)


def test_pictures_are_upright_everywhere(library: Safelight, shared_data: Path) -> None:
    start(library, shared_data / "orientation")
    library.scan()
    upright: dict[str, list[NDArray[np.float64]]] = {}
    for row in library.assets():
        shape = Path(row.path).stem.split("_")[0].lower()
        assert (row.width > row.height) == shape.startswith("landscape")
        for made in (library.preview(row.id), library.picture(row.id, 240)):
            assert isinstance(made, bytes)
            upright.setdefault(shape, []).append(tiny(made))
    assert {len(pictures) for pictures in upright.values()} == {18}
    for pictures in upright.values():
        assert max(float(np.abs(each - pictures[0]).mean()) for each in pictures) < 6


def tiny(jpeg: bytes) -> NDArray[np.float64]:
    with Image.open(io.BytesIO(jpeg)) as image:
        small = image.convert("L").resize((12, 12), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64)
