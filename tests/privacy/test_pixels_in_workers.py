"""Photos are decoded and looked at by models in workers alone, never in the program's own process.

Every door to a decoder or a model is watched in this process; what workers do is not seen here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import cv2
import onnxruntime
import pytest
from PIL.ImageFile import ImageFile

from safelight.app import Safelight
from safelight.engine import InlineExecutor
from safelight.model.consent import Purpose
from safelight.settings import load_settings


class Camera(Protocol):
    def shoot(self, path: Path, taken: datetime | None = None, **more: object) -> Path: ...


@pytest.fixture
def doors(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was decoded or inferred in this process."""
    opened: list[str] = []

    def watched(name: str, door: Callable[..., Any]) -> Callable[..., Any]:
        def through(*arguments: Any, **more: Any) -> Any:
            opened.append(name)
            return door(*arguments, **more)

        return through

    session = onnxruntime.InferenceSession
    monkeypatch.setattr(ImageFile, "load", watched("Pillow", ImageFile.load))
    monkeypatch.setattr(cv2, "imdecode", watched("OpenCV", cv2.imdecode))
    monkeypatch.setattr(cv2, "VideoCapture", watched("FFmpeg", cv2.VideoCapture))
    monkeypatch.setattr(session, "run", watched("model", session.run))
    return opened


@pytest.fixture
def library(tmp_path: Path, photos: Path, camera: Camera) -> Iterator[Safelight]:
    taken = datetime(2023, 9, 9, 10)
    for n in range(6):
        camera.shoot(photos / f"{n}.jpg", taken.replace(hour=10 + n), size=(320, 240))
    film = cv2.VideoWriter(
        str(photos / "film.mp4"), cv2.VideoWriter.fourcc(*"mp4v"), 10.0, (64, 48)
    )
    for shade in range(40, 240, 10):
        film.write(cv2.merge([cv2.UMat(48, 64, cv2.CV_8UC1, shade).get()] * 3))
    film.release()
    with Safelight(load_settings(tmp_path / "home", key_store="file", workers=1)) as opened:
        opened.add_folder(str(photos))
        opened.allow([Purpose.LIBRARY, Purpose.PLACES, Purpose.CONTENT, Purpose.FACES])
        yield opened


def use_everything(library: Safelight) -> None:
    """A scan with every model, then what a person does with the pictures."""
    report = library.scan()
    assert (report.new, report.failed) == (7, 0)
    rows = list(library.assets())
    assert any(row.labels is not None for row in rows)
    for row in rows:
        assert isinstance(library.picture(row.id, 200), bytes)
    choice = library.collages.choices([row.id for row in rows])
    library.collages.make(choice.plans[0])


def test_no_photo_is_decoded_in_the_programs_own_process(
    library: Safelight, doors: list[str]
) -> None:
    use_everything(library)
    assert doors == []


def test_the_watch_sees_a_planted_fault(library: Safelight, doors: list[str]) -> None:
    library._rooms.executor = library._rooms.interactive = InlineExecutor()
    use_everything(library)
    assert {"Pillow", "FFmpeg", "model"} <= set(doors)
