"""Single photos, folders and people erased: gone from everywhere, passed over, and let back in."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from safelight.app import Safelight
from safelight.app.verifying import read_key, verify_receipt
from safelight.library.people import PeopleStore
from safelight.library.previews import Previews
from safelight.model.consent import Purpose
from safelight.model.creations import Box
from safelight.model.errors import UserError
from safelight.model.observations import Analyser, Embedding, FaceBox, FaceQuality, FaceTemplate
from safelight.model.people import FacesFound
from safelight.settings import Settings

START = datetime(2022, 7, 1, 9)
BERLIN = (52.52, 13.405)


class Camera(Protocol):
    def shoot(self, path: Path, taken: datetime | None = None, **more: object) -> Path: ...


@pytest.fixture
def shot(library: Safelight, photos: Path, camera: Camera) -> list[str]:
    """A scanned library of twelve photos in two folders; asset ids by time."""
    for n in range(12):
        folder = photos / ("trip" if n < 6 else "home")
        camera.shoot(folder / f"{n:02}.jpg", START + timedelta(minutes=7 * n), gps=BERLIN)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.PLACES, Purpose.FACES, Purpose.SUGGEST])
    library.scan()
    return [row.id for row in library.assets()]


def everywhere(library: Safelight, asset: str) -> set[str]:
    """Drawers that hold something of an asset."""
    drawers = library._rooms.drawers
    found = set()
    for name in ("catalogue", "previews", "places", "content", "faces", "ideas", "creations"):
        if drawers.exists(name):
            pages = bytes(drawers.connection(name).serialize("main"))
            if asset.encode() in pages:
                found.add(name)
    return found


def name_somebody(library: Safelight, asset: str, name: str) -> str:
    """A person in one photo."""
    middle = (0.2, 0.2)
    found = FaceBox(Box(0.1, 0.1, 0.2, 0.2), 0.9, *[middle] * 6)
    vector, quality = Embedding("m", 128, b"\x01\x3c" * 128), FaceQuality(50, 1.0, 1.0, 0.9)
    template = FaceTemplate(Analyser("faces", "1"), found, vector, quality)
    store = PeopleStore(library._rooms.drawers)
    store.put([FacesFound(asset, (template,))], "m")
    store.add_people(["p1"])
    (face,) = store.stored("m")
    store.confirm([face.id], "p1")
    store.change("p1", name=name)
    return "p1"


def test_a_photo_is_gone_from_everywhere_and_stays_out(
    library: Safelight, shot: list[str], photos: Path
) -> None:
    gone = shot[2]
    path = library.rows([gone])[0].path
    assert {"catalogue", "previews", "places"} <= everywhere(library, gone)
    erased = library.erasing.erase(library.erasing.photos([gone]))
    assert erased.photos == 1
    assert erased.rows >= 3
    assert erased.not_rewritten == ()
    assert everywhere(library, gone) == set()
    assert Path(path).is_file(), "the photo itself is untouched"
    report = library.scan()
    assert report.assets == 11
    assert report.new == 0
    Path(path).rename(photos / "home" / "moved.jpg")
    assert library.scan().assets == 11, "also when it lies elsewhere"
    assert library.erasing.left_out() == 1


def test_a_dry_run_says_what_it_would_take_and_takes_nothing(
    library: Safelight, shot: list[str], photos: Path
) -> None:
    entries = library.ledger_size()
    forecast = library.erasing.forecast(library.erasing.folder(str(photos / "trip")))
    assert forecast.photos == 6
    assert forecast.rows["previews"] == 6
    assert library.ledger_size() == entries
    assert len(list(library.assets())) == 12


def test_a_folder_goes_with_what_used_its_photos(
    library: Safelight, shot: list[str], photos: Path
) -> None:
    library.make_ideas()
    assert library.ideas("all")
    erased = library.erasing.erase(library.erasing.folder(str(photos / "trip")))
    assert erased.photos == 6
    assert erased.taken_back > 0
    assert [row.id for row in library.assets()] == shot[6:]
    assert not any(set(shot[:6]) & set(card.idea.assets) for card in library.ideas("all"))
    with pytest.raises(UserError, match="No photo of the library lies in"):
        library.erasing.folder(str(photos / "nowhere"))


def test_a_person_goes_with_every_photo_that_shows_them(
    library: Safelight, shot: list[str]
) -> None:
    name_somebody(library, shot[4], "Zacharias Quill")
    assert everywhere(library, "Zacharias Quill") == {"faces"}
    erased = library.erasing.erase(library.erasing.person("Zacharias Quill"))
    assert erased.photos == 1
    assert everywhere(library, "Zacharias Quill") == set()
    assert everywhere(library, shot[4]) == set()
    with pytest.raises(UserError, match="Nobody is known"):
        library.erasing.person("Zacharias Quill")


def test_what_was_erased_can_be_let_back_in(library: Safelight, shot: list[str]) -> None:
    chosen = library.rows(shot[:3])
    library.erasing.erase(library.erasing.photos([row.id for row in chosen]))
    assert library.erasing.left_out() == 3
    assert library.erasing.lift(["/no/such/file.jpg"]) == 0
    assert library.erasing.lift([chosen[0].path]) == 1
    assert library.scan().assets == 10
    assert library.erasing.lift_all() == 2
    assert library.scan().assets == 12
    assert library.erasing.lift_all() == 0
    said = [line.text for line in library.ledger(0, 10_000) if line.event == "erase-lift"]
    assert said == ["You let photos back in that had been erased."] * 3


def test_what_is_not_in_the_library_cannot_be_erased(library: Safelight, shot: list[str]) -> None:
    with pytest.raises(UserError, match="no photo nonsense"):
        library.erasing.photos([shot[0], "nonsense"])


def test_every_erasure_leaves_a_receipt_that_holds_alone(
    library: Safelight, shot: list[str], settings: Settings
) -> None:
    path = library.rows(shot[:1])[0].path
    library.erasing.erase(library.erasing.photos(shot[:1]))
    library.withdraw(Purpose.PLACES)
    parts, whole = library.receipts.all()[::-1]
    assert "1 photo" in parts.words[0]
    assert "Places and trips" in whole.words[0]
    assert any("key" in words for words in whole.words)
    assert any("Backups" in words for words in parts.not_reached)
    key = read_key(library.proofs.key)
    for row in (parts, whole):
        text = row.path.read_text("utf-8")
        assert path not in text
        assert shot[0] not in text
        assert verify_receipt(row.path.read_bytes(), key).ok
        assert verify_receipt(row.path.read_bytes(), None).ok
        assert verify_receipt(row.path.with_suffix(".tlog-proof").read_bytes(), key).ok
    library.withdraw(Purpose.LIBRARY)
    assert len(library.receipts.all()) == 3, "receipts name nothing, so they stay"


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["receipt"].update(entry=0),
        lambda d: d["receipt"]["erased"].update(bytes=1),
        lambda d: d["receipt"]["words"].append("And more."),
        lambda d: d.update(signature=d["signature"][::-1]),
        lambda d: d.update(proof=d["proof"].replace("index", "indes")),
        lambda d: d.pop("key"),
    ],
)
def test_a_receipt_that_was_changed_does_not_hold(
    library: Safelight, shot: list[str], change: object
) -> None:
    library.erasing.erase(library.erasing.photos(shot[:1]))
    (row,) = library.receipts.all()
    document = json.loads(row.path.read_bytes())
    change(document)  # type: ignore[operator]
    assert not verify_receipt(json.dumps(document).encode(), read_key(library.proofs.key)).ok


def test_a_lost_receipt_is_made_again(library: Safelight, shot: list[str]) -> None:
    library.withdraw(Purpose.PLACES)
    (row,) = library.receipts.all()
    row.path.unlink()
    assert library.receipts.all()[0].words == row.words


def test_the_list_of_what_is_left_out_tells_nothing_without_its_key(
    library: Safelight, shot: list[str], settings: Settings
) -> None:
    path = library.rows(shot[:1])[0].path
    library.erasing.erase(library.erasing.photos(shot[:1]))
    pages = bytes(library._rooms.drawers.connection("erased").serialize("main"))
    assert path.encode() not in pages
    assert shot[0].encode() not in pages
    library.withdraw(Purpose.LIBRARY)
    assert not (settings.home / "drawers" / "erased.db").exists()
    assert "erased" not in library._rooms.keys.names()


def test_previews_that_are_left_can_still_be_seen(library: Safelight, shot: list[str]) -> None:
    library.erasing.erase(library.erasing.photos(shot[::2]))
    previews = Previews(library._rooms.drawers)
    assert all(previews.get(name) for name in shot[1::2])
    assert not any(previews.get(name) for name in shot[::2])
