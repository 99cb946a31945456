"""After an opt-out nothing of what it held can be found: in no file, no page, no backup."""

from __future__ import annotations

import base64
import shutil
import struct
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from safelight.app import Safelight
from safelight.app.composition import Rooms
from safelight.library.drawers import DRAWERS
from safelight.library.locations import Located
from safelight.library.observations import Observations
from safelight.library.people import PeopleStore
from safelight.model.assets import GeoPoint
from safelight.model.consent import Purpose
from safelight.model.creations import Box
from safelight.model.errors import UserError
from safelight.model.observations import (
    Analyser,
    ContentResult,
    Embedding,
    FaceBox,
    FaceQuality,
    FaceTemplate,
)
from safelight.model.people import FacesFound
from safelight.settings import Settings, load_settings


@dataclass(frozen=True)
class Planted:
    """What is unique to one photo, as bytes: in the drawer of which purpose it may be.

    Attributes:
        marks: by purpose: a file name, a name, coordinates, vectors.
    """

    asset: str
    path: str
    marks: dict[Purpose, tuple[bytes, ...]]

    def of(self, *purposes: Purpose) -> list[bytes]:
        return [mark for purpose in purposes for mark in self.marks[purpose]]


def guises(mark: bytes) -> list[bytes]:
    """A mark as it may be found: raw, base64 at any offset, hex, UTF-16."""
    found = [mark, mark.hex().encode(), mark.hex().upper().encode()]
    found += [base64.b64encode(b"x" * shift + mark)[4 * (shift > 0) : -4] for shift in range(3)]
    with suppress(UnicodeDecodeError):
        found += [mark.decode().encode(coding) for coding in ("utf-16-le", "utf-16-be")]
    return found


def traces(folder: Path, marks: list[bytes]) -> list[str]:
    """Files under a folder that hold one of the marks in any guise."""
    wanted = [guise for mark in marks for guise in guises(mark)]
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found += [path.name for guise in wanted if guise in content]
    return found


def opened_traces(library: Safelight, marks: list[bytes]) -> list[str]:
    """Drawers that hold one of the marks once opened with their keys: pages, gaps and all."""
    drawers, found = library._rooms.drawers, []
    for name in DRAWERS:
        if drawers.exists(name):
            pages = bytes(drawers.connection(name).serialize("main"))
            found += [name for mark in marks for guise in guises(mark) if guise in pages]
    return found


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Planted]]:
    """The home of a scanned library of eight photos, each with marks of its own."""
    folder = tmp_path_factory.mktemp("template")
    (folder / "photos").mkdir()
    for n in range(8):
        picture = Image.new("RGB", (160, 120), (20 * n, 90, 200))
        picture.save(folder / "photos" / f"canary-file-{n}-7f3a.jpg")
    with Safelight(load_settings(folder / "home", key_store="file"), inline=True) as library:
        library.add_folder(str(folder / "photos"))
        library.allow([Purpose.LIBRARY, Purpose.PLACES])
        library.scan()
        library.allow([Purpose.CONTENT, Purpose.FACES])
        rows = list(library.assets())
        return folder / "home", [plant(library, n, r.id, r.path) for n, r in enumerate(rows)]


@pytest.fixture
def planted(template: tuple[Path, list[Planted]], settings: Settings) -> list[Planted]:
    """That library, in the home of this test; ask for it before `library`."""
    shutil.copytree(template[0], settings.home, dirs_exist_ok=True)
    return template[1]


@pytest.fixture
def library(planted: list[Planted], settings: Settings) -> Iterator[Safelight]:
    """The planted library, open."""
    with Safelight(settings, inline=True) as opened:
        yield opened


def plant(library: Safelight, n: int, asset: str, path: str) -> Planted:
    """Give a photo a label, an embedding, a face and a name that no other has."""
    drawers = library._rooms.drawers
    vector = f"canary-vector-{n}-".encode().ljust(64, b"v")
    face = f"canary-face-{n}-".encode().ljust(256, b"f")
    name = f"Canary Person {n} 91bd"
    seen = ContentResult(Analyser("planted", "1"), embedding=Embedding("planted", 32, vector))
    Observations(drawers).put([(asset, seen)])
    store, middle = PeopleStore(drawers), (0.3, 0.3)
    box = FaceBox(Box(0.1, 0.1, 0.3, 0.3), 0.9, *[middle] * 6)
    template = FaceTemplate(
        Analyser("planted", "1"), box, Embedding("planted", 128, face), FaceQuality(50, 1, 1, 1)
    )
    store.put([FacesFound(asset, (template,))], "planted")
    store.add_people([f"person{n}"])
    (made,) = [row for row in store.stored("planted") if row.asset == asset]
    store.confirm([made.id], f"person{n}")
    store.change(f"person{n}", name=name)
    latitude = 10 + n * 1.0304050607
    library._rooms.locations.put([Located(asset, GeoPoint(latitude, 20.5), None, None)])
    return Planted(
        asset,
        path,
        {
            Purpose.LIBRARY: (Path(path).name.encode(),),
            Purpose.PLACES: (packed(latitude),),
            Purpose.CONTENT: (vector,),
            Purpose.FACES: (face, name.encode()),
        },
    )


def packed(number: float) -> bytes:
    """A coordinate as SQLite keeps it: eight bytes, big-endian."""
    return struct.pack(">d", number)


@pytest.fixture(autouse=True)
def own_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Iterator[None]:
    """Temporary files go where the tests can look for traces."""
    settings.home.mkdir(parents=True, exist_ok=True)
    folder = settings.home / "tmp"
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield
    tempfile.tempdir = None


ALL = (Purpose.LIBRARY, Purpose.PLACES, Purpose.CONTENT, Purpose.FACES)


def marks_of(planted: list[Planted], *purposes: Purpose) -> list[bytes]:
    return [mark for each in planted for mark in each.of(*purposes)]


def test_the_marks_are_where_they_should_be_and_nowhere_else(
    library: Safelight, planted: list[Planted], settings: Settings
) -> None:
    """Else the tests below would find nothing because nothing was there."""
    where = {p: set(opened_traces(library, marks_of(planted, p))) for p in ALL}
    assert where[Purpose.PLACES] == {"places"}
    assert where[Purpose.CONTENT] == {"content"}
    assert where[Purpose.FACES] == {"faces"}
    assert "catalogue" in where[Purpose.LIBRARY]
    assert traces(settings.home, marks_of(planted, *ALL)) == [], "no file in the clear"


@pytest.mark.parametrize("purpose", [Purpose.PLACES, Purpose.CONTENT, Purpose.FACES])
def test_nothing_of_a_purpose_is_left(
    library: Safelight, planted: list[Planted], settings: Settings, purpose: Purpose
) -> None:
    library.withdraw(purpose)
    assert opened_traces(library, marks_of(planted, purpose)) == []
    assert traces(settings.home, marks_of(planted, purpose)) == []
    rest = [other for other in ALL if other is not purpose]
    assert set(opened_traces(library, marks_of(planted, *rest))), "the rest stays"


def test_nothing_at_all_is_left_of_a_library(
    library: Safelight, planted: list[Planted], settings: Settings
) -> None:
    library.withdraw(Purpose.LIBRARY)
    assert opened_traces(library, marks_of(planted, *ALL)) == []
    assert traces(settings.home, marks_of(planted, *ALL)) == []
    assert all(Path(each.path).is_file() for each in planted), "the photos are untouched"


def test_nothing_of_an_erased_photo_is_left_and_all_of_the_others(
    library: Safelight, planted: list[Planted], settings: Settings
) -> None:
    gone, kept = planted[:3], planted[3:]
    library.erasing.erase(library.erasing.photos([each.asset for each in gone]))
    marks = [*marks_of(gone, *ALL), *(each.asset.encode() for each in gone)]
    assert opened_traces(library, marks) == []
    assert traces(settings.home, marks) == []
    for each in kept:
        found = opened_traces(library, each.of(*ALL))
        assert {"catalogue", "places", "content", "faces"} <= set(found)


@pytest.fixture
def backup(library: Safelight, planted: list[Planted], settings: Settings, tmp_path: Path) -> Path:
    """A copy of the whole home, from before `faces` was turned off in it."""
    library.close()
    shutil.copytree(settings.home, tmp_path / "backup")
    with Safelight(settings, inline=True) as again:
        again.withdraw(Purpose.FACES)
    return tmp_path / "backup"


def restored(settings: Settings, backup: Path, parts: tuple[str, ...]) -> None:
    """Put parts of a backup over the home."""
    for part in parts:
        for path in backup.glob(part):
            target = settings.home / path.relative_to(backup)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)


def test_a_backup_of_drawers_and_ring_opens_nothing_after_an_opt_out(
    backup: Path, planted: list[Planted], settings: Settings
) -> None:
    restored(settings, backup, ("drawers/*", "keys/ring.json"))
    assert traces(settings.home, marks_of(planted, *ALL)) == []
    with pytest.raises(UserError, match="cannot be read"), Safelight(settings, inline=True):
        pass


def test_a_backup_with_the_master_key_in_it_can_be_opened_and_the_receipt_says_so(
    backup: Path, planted: list[Planted], settings: Settings
) -> None:
    """What cannot be reached is not claimed to be: with the key of that time, all is there."""
    with Safelight(settings, inline=True) as after:
        (receipt,) = after.receipts.all()
    assert any("backups that hold both the drawer and the key" in t for t in receipt.not_reached)
    shutil.rmtree(settings.home)
    shutil.copytree(backup, settings.home)
    with Safelight(settings, inline=True) as old:
        assert "faces" in opened_traces(old, marks_of(planted, Purpose.FACES))


# The faults that these tests are there to find


@pytest.mark.parametrize(
    "write",
    [
        lambda mark: mark,
        lambda mark: base64.b64encode(b"1" + mark + b"2"),
        lambda mark: mark.hex().encode(),
        lambda mark: mark.decode().encode("utf-16-le"),
    ],
    ids=["raw", "base64", "hex", "utf-16"],
)
@pytest.mark.parametrize("where", ["tmp/part", "safelight.log", "drawers/faces.db-wal"])
def test_a_planted_copy_is_found_in_any_guise(
    library: Safelight, planted: list[Planted], settings: Settings, write: object, where: str
) -> None:
    library.withdraw(Purpose.FACES)
    name = planted[5].marks[Purpose.FACES][1]
    path = settings.home / where
    path.write_bytes(b"before " + write(name) + b" after")  # type: ignore[operator]
    assert traces(settings.home, [name]) == [path.name]


def test_a_planted_step_that_forgets_the_content_is_found(
    library: Safelight, planted: list[Planted], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Observations, "remove", lambda self, assets: None)
    library.erasing.erase(library.erasing.photos([planted[0].asset]))
    assert set(opened_traces(library, planted[0].of(*ALL))) == {"content"}


def test_a_planted_delete_without_overwriting_is_found(
    library: Safelight, planted: list[Planted], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("faces", "places", "content", "catalogue"):
        library._rooms.drawers.connection(name).pragma("secure_delete", 0)
    monkeypatch.setattr("safelight.app.erasing.scrub", lambda drawers, names: Nothing)
    library.erasing.erase(library.erasing.photos([planted[0].asset]))
    assert set(opened_traces(library, planted[0].of(*ALL))) >= {"faces", "content"}


class Nothing:
    """A planted scrubbing that does nothing and says that all is well."""

    freed = 0
    left = ()


def test_a_planted_creation_that_is_not_taken_back_is_found(
    library: Safelight, planted: list[Planted], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Rooms, "forget_assets", lambda self, assets: None)
    library.erasing.erase(library.erasing.photos([planted[0].asset]))
    assert "previews" in opened_traces(library, [planted[0].asset.encode()])
