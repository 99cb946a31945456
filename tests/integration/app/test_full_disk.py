"""A disk that fills up during a scan loses nothing that was kept, and the scan resumes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.model.errors import UserError


class Camera(Protocol):
    def shoot(self, path: Path, taken: datetime | None = None, **more: object) -> Path: ...


def test_a_full_disk_is_said_and_the_scan_resumes(
    library: Safelight, photos: Path, camera: Camera
) -> None:
    for n in range(30):
        camera.shoot(
            photos / f"{n}.jpg", datetime(2021, 6, 12) + timedelta(hours=n), size=(900, 700)
        )
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    connection = library._rooms.previews.connection
    pages = int(str(connection.pragma("page_count")))
    connection.pragma("max_page_count", pages + 20)  # what SQLite says on a full disk
    with pytest.raises(UserError, match="full"):
        library.scan()
    connection.pragma("max_page_count", 1_000_000)
    assert library.scan().assets == 30
    assert all(library.preview(row.id) for row in library.assets())
