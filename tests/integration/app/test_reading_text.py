"""Words in photos: read under `content`, found, themes of moments, erased with the switch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.settings import Settings

NOON = datetime(2023, 5, 14, 12)


def shoot(path: Path, taken: datetime, *lines: str) -> None:
    """A photo of a plain wall above a floor in changing light."""
    picture = np.full((900, 1200, 3), (150, 60, 90), np.uint8)
    picture[600:, :, 1] += np.linspace(0, 120, 1200).astype(np.uint8)
    image = Image.fromarray(picture)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(90)
    for number, said in enumerate(lines):
        pen.text((150, 150 + 200 * number), said, font=font, fill=(255, 250, 240))
    save(image, path, taken)


def save(image: Image.Image, path: Path, taken: datetime) -> None:
    """With the EXIF of a camera."""
    exif = image.getexif()
    exif[0x010F], exif[0x0110] = "Testcam", "One"
    exif.get_ifd(0x8769)[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
    image.save(path, "JPEG", exif=exif, quality=90)


@pytest.fixture
def party(photos: Path) -> Path:
    """Four photos within an hour, one of which says what is celebrated."""
    shoot(photos / "a.jpg", NOON, "Happy Birthday", "Leonora")
    for number in (1, 2, 3):
        shoot(photos / f"{number}.jpg", NOON + timedelta(minutes=10 * number))
    return photos


def scanned(library: Safelight, folder: Path) -> Safelight:
    library.add_folder(str(folder))
    library.allow([Purpose.LIBRARY, Purpose.CONTENT])
    library.scan()
    return library


def named(library: Safelight, name: str) -> str:
    return next(row.id for row in library.assets() if Path(row.path).name == name)


def test_what_is_written_is_kept_and_found(library: Safelight, party: Path) -> None:
    scanned(library, party)
    insight = library.insights.of(named(library, "a.jpg"))
    assert insight is not None
    assert insight.text == "Happy Birthday Leonora"
    assert [Path(path).name for _, path in library.finding.search("leonora")] == ["a.jpg"]


@pytest.mark.parametrize(("said", "expected"), [("Happy Birthday", True), ("Leonora", False)])
def test_a_written_birthday_makes_a_moment_with_people_one(
    library: Safelight, photos: Path, shared_data: Path, said: str, expected: bool
) -> None:
    shoot(photos / "a.jpg", NOON, said)
    with Image.open(shared_data / "metadata" / "faces" / "portrait.jpg") as guests:
        for number in range(1, 8):
            shown = guests.convert("RGB").resize((1200 - 20 * number, 900))
            save(shown, photos / f"{number}.jpg", NOON + timedelta(minutes=6 * number))
    (moment,) = scanned(library, photos).moments()
    assert ("birthday" in [theme.name for theme in moment.themes]) == expected


def test_what_was_read_goes_with_the_switch(library: Safelight, party: Path) -> None:
    scanned(library, party).withdraw(Purpose.CONTENT)
    assert library.finding.search("leonora") == []
    library.allow([Purpose.CONTENT])
    assert library.finding.search("leonora") == []  # nothing was kept anywhere
    library.scan()
    assert library.finding.search("leonora")


def test_without_content_nothing_is_read(library: Safelight, party: Path) -> None:
    library.add_folder(str(party))
    library.allow([Purpose.LIBRARY])
    library.scan()
    assert library.finding.search("leonora") == []


def test_a_picture_that_changed_says_what_it_says_now(library: Safelight, party: Path) -> None:
    scanned(library, party)
    shoot(party / "a.jpg", NOON, "Bon voyage")
    library.scan()
    assert library.finding.search("leonora") == []
    insight = library.insights.of(named(library, "a.jpg"))
    assert insight is not None
    assert insight.text == "Bon voyage"


def test_shut_in_workers_read_too(settings: Settings, party: Path) -> None:
    with Safelight(settings) as library:  # what is not loaded before the doors close never is
        scanned(library, party)
        assert library.finding.search("leonora")


def test_a_photo_that_is_looked_at_twice_counts_once(library: Safelight, party: Path) -> None:
    scanned(library, party)
    account = library.accounting.account(datetime.now(UTC) - timedelta(hours=1))
    read = {each.state.notice.purpose: each.read for each in account.purposes}
    assert (read[Purpose.LIBRARY], read[Purpose.CONTENT]) == (4, 4)
