"""Fixtures that every test may use."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from safelight.model.consent import Purpose
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
def off_meanwhile(
    library: Safelight, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    """Does something, and another program turns a purpose off in the middle of it.

    That is once the ledger says what is about to be kept; where it says nothing of that, as the
    drawer is first reached for.

    The other one is let go on until it is done, or waits for what is being put away. Whether the
    word was refused or kept and then erased: nothing of it may be left in the drawer.
    """
    from safelight.app import Safelight
    from safelight.app.composition import Rooms
    from safelight.library.drawers import Drawers
    from safelight.library.held import count_rows
    from safelight.model.errors import SafelightError

    def withdraw(purpose: Purpose) -> None:
        with Safelight(settings, inline=True) as program:
            program.withdraw(purpose)

    def act(
        purpose: Purpose, drawer: str, say: Callable[[], object], *, recorded: bool = False
    ) -> None:
        reach, record, here = Drawers.connection, Rooms.record, threading.get_ident()
        other = threading.Thread(target=withdraw, args=[purpose])

        def go_on() -> None:
            if threading.get_ident() == here and not other.ident:
                other.start()
                other.join(0.7)

        def connection(self: Drawers, name: str) -> Any:
            if name == drawer and not recorded:
                go_on()
            return reach(self, name)

        def recording(self: Rooms, *said: Any) -> None:
            record(self, *said)
            go_on()

        with monkeypatch.context() as patch, suppress(SafelightError):
            patch.setattr(Drawers, "connection", connection)
            patch.setattr(Rooms, "record", recording)
            say()
        assert other.ident, "it neither recorded anything nor reached for the drawer"
        other.join()
        assert count_rows(library._rooms.drawers, [drawer]) == 0

    return act


@pytest.fixture
def tiny_pair(tmp_path: Path) -> Path:
    """A folder with an image-text pair, tiny and made here.

    The image encoder gives the mean colour, the text encoder the sum of the colours of the words
    it knows: "red" and "object" lie at (1, 0, 0), "blue" and "beach" at (0, 0, 1).
    """
    folder = tmp_path / "pair"
    folder.mkdir()
    _save_encoders(folder)
    pieces = ("<|startoftext|>", "<|endoftext|>", "red</w>", "blue</w>", "beach</w>", "object</w>")
    merges = [pair for word in ("red", "blue", "beach", "object") for pair in _merges(word)]
    model = {"vocab": {piece: n for n, piece in enumerate(pieces)}, "merges": merges}
    (folder / "tokenizer.json").write_text(json.dumps({"model": model}))
    spec = ('name = "tiny"', "size = 8", "mean = [0, 0, 0]", "deviation = [1, 1, 1]", "length = 12")
    (folder / "pair.toml").write_text("\n".join(spec))
    return folder


def _merges(word: str) -> list[str]:
    """The merges that put a word together from its left."""
    return [
        f"{word[:at]} {word[at]}" + "</w>" * (at == len(word) - 1) for at in range(1, len(word))
    ]


def _save_encoders(folder: Path) -> None:
    from onnx import TensorProto, helper, numpy_helper, save

    def value(name: str, kind: int, shape: list[int | str]) -> Any:
        return helper.make_tensor_value_info(name, kind, shape)

    image = helper.make_graph(
        [helper.make_node("ReduceMean", ["x"], ["y"], axes=[2, 3], keepdims=0)],
        "image",
        [value("x", TensorProto.FLOAT, ["n", 3, 8, 8])],
        [value("y", TensorProto.FLOAT, ["n", 3])],
    )
    colours = np.eye(3, dtype=np.float32)[[0, 0, 0, 2, 2, 0]] * [[0], [0], [1], [1], [1], [1]]
    axis = numpy_helper.from_array(np.array([1], np.int64), "axis")
    text = helper.make_graph(
        [
            helper.make_node("Gather", ["colours", "ids"], ["each"]),
            helper.make_node("ReduceSum", ["each", "axis"], ["y"], keepdims=0),
        ],
        "text",
        [value("ids", TensorProto.INT64, ["n", 12])],
        [value("y", TensorProto.FLOAT, ["n", 3])],
        [numpy_helper.from_array(colours.astype(np.float32), "colours"), axis],
    )
    for name, graph in (("image", image), ("text", text)):
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
        model.ir_version = 9
        save(model, folder / f"{name}.onnx")


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
        fix: datetime | None = None,
        model: str = "One",
    ) -> Path:
        """Write one JPEG; its picture is noise of its own, so no two are alike."""
        self._seed += 1
        noise = np.random.default_rng(self._seed).integers(0, 255, (6, 8, 3), dtype=np.uint8)
        image = Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC)
        exif = image.getexif()
        exif[0x010F], exif[0x0110], exif[0x0112] = "Testcam", model, orientation
        details = exif.get_ifd(0x8769)
        if taken:
            details[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
        if offset:
            details[0x9011] = offset
        if gps:
            exif.get_ifd(0x8825).update(_gps_fields(*gps))
        if fix:
            clock = {7: (fix.hour, fix.minute, fix.second), 29: fix.strftime("%Y:%m:%d")}
            exif.get_ifd(0x8825).update(clock)
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
