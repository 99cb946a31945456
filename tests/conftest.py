"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from safelight.settings import Settings, load_settings

if TYPE_CHECKING:
    from safelight.app import Safelight

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real photos beside the checkout; tests that need them skip where they are missing."""
    if not SHARED_DATA.is_dir():
        pytest.skip("no real photos at ../shared/data")
    return SHARED_DATA


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a throw-away home whose keys stay out of the system's key store."""
    return load_settings(tmp_path / "home", key_store="file")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """An empty folder for photos."""
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def library(settings: Settings) -> Iterator[Safelight]:
    """The real app over a real SQLite; jobs run in this process."""
    from safelight.app import Safelight  # costs a second, and few tests need it

    with Safelight(settings, inline=True) as opened:
        yield opened


@pytest.fixture
def camera() -> Camera:
    """Takes small real JPEGs with EXIF."""
    return Camera()


class Camera:
    """Takes small pictures, each different, with the EXIF that a camera would write."""

    def __init__(self) -> None:
        self._seed = 0

    def shoot(
        self,
        path: Path,
        taken: datetime | None = None,
        *,
        offset: str | None = None,
        gps: tuple[float, float] | None = None,
        size: tuple[int, int] = (160, 120),
        orientation: int = 1,
    ) -> Path:
        """Write one JPEG; its picture is noise of its own, so no two are alike."""
        self._seed += 1
        noise = np.random.default_rng(self._seed).integers(0, 255, (6, 8, 3), dtype=np.uint8)
        image = Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC)
        exif = image.getexif()
        exif[0x010F], exif[0x0110], exif[0x0112] = "Testcam", "One", orientation
        details = exif.get_ifd(0x8769)
        if taken:
            details[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
        if offset:
            details[0x9011] = offset
        if gps:
            exif.get_ifd(0x8825).update(_gps_fields(*gps))
        path.parent.mkdir(parents=True, exist_ok=True)
        image.save(path, "JPEG", exif=exif, quality=90)
        return path


def _gps_fields(latitude: float, longitude: float) -> dict[int, object]:
    return {
        1: "N" if latitude >= 0 else "S",
        2: _sexagesimal(abs(latitude)),
        3: "E" if longitude >= 0 else "W",
        4: _sexagesimal(abs(longitude)),
    }


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    whole = int(degrees)
    minutes = int((degrees - whole) * 60)
    return float(whole), float(minutes), round((degrees - whole - minutes / 60) * 3600, 4)
