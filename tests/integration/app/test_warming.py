"""Workers stand ready before somebody waits for them, and not where nothing may be drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from safelight.app import Safelight
from safelight.app.making.wishes import Wish
from safelight.engine.processes import ProcessExecutor
from safelight.model.consent import Purpose
from safelight.model.sharing import ShareWish
from safelight.settings import Settings


def _workers(library: Safelight) -> list[int | None]:
    pool = library._rooms.interactive
    assert isinstance(pool, ProcessExecutor)
    return [worker.process.pid for worker in pool._workers]


def test_the_workers_that_were_warmed_decode_share_and_alter(
    settings: Settings, photos: Path, camera: Any
) -> None:
    camera.shoot(photos / "one.jpg", size=(640, 480))
    with Safelight(settings) as library:
        library.warming.begin()
        assert _workers(library) == [], "nothing may be drawn yet"
        library.add_folder(str(photos))
        library.allow([Purpose.LIBRARY])
        library.scan()
        library.warming.begin()
        library.warming.wait()
        warmed = _workers(library)
        assert len(warmed) == settings.worker_count
        (row,) = library.assets()
        library.making.pictures.decode({row.id: 200})
        library.sharing.sheet(library.sharing.subject(row.id), ShareWish())
        library.making.make("enhance", Wish((row.id,)))
        library.warming.begin()
        assert _workers(library) == warmed, "none had to be started anew"


def test_closing_waits_for_workers_that_are_being_started(
    settings: Settings,
) -> None:
    library = Safelight(settings)
    library.allow([Purpose.LIBRARY])
    library.warming.begin()
    library.close()
    assert _workers(library) == []
