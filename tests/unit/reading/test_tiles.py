"""HEIC pictures in tiles: the same as libheif shows, or left to it."""

from __future__ import annotations

import contextlib
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from tests.unit.reading.heics import coloured, encode_tiles, mirrored, turned, write_heic

from safelight.creations.film.encoder import find_encoder
from safelight.library.reading import raster
from safelight.library.reading.heif_grid import read_grid
from safelight.library.reading.raster import Wish, decode, open_picture
from safelight.library.reading.tiles import decode_tiles
from safelight.model.errors import AnalysisError

TILE, ROWS, COLUMNS = 128, 2, 3
SIZE = (COLUMNS * TILE - 24, ROWS * TILE - 16)
Heic = Callable[..., bytes]
Array = NDArray[Any]


def picture() -> Array:
    """Colours of every kind, each tile unlike the others."""
    down, across = np.mgrid[0 : ROWS * TILE, 0 : COLUMNS * TILE].astype(float)
    red, green = across / across.max(), down / down.max()
    blue = 0.5 + 0.5 * np.sin(across / 9) * np.cos(down / 13)
    return (np.stack([red, green, blue], axis=2) * 255).astype(np.uint8)


@pytest.fixture(scope="module")
def heic() -> Heic:
    found = find_encoder()
    if found is None or b"libx265" not in _encoders(found.program):
        pytest.skip("no FFmpeg with libx265 here")
    ways = ("full", "limited")
    tiles = {way: encode_tiles(found.program, picture(), TILE, way) for way in ways}

    def made(
        *said: bytes,
        colours: str = "full",
        size: tuple[int, int] = SIZE,
        of_tiles: bool = False,
    ) -> bytes:
        return write_heic(tiles[colours], COLUMNS, TILE, size, properties=said, of_tiles=of_tiles)

    return made


def _encoders(program: str) -> bytes:
    return subprocess.run([program, "-encoders"], capture_output=True, check=True).stdout


def by_libheif(data: bytes) -> Array:
    return np.asarray(open_picture(data, "image/heic").convert("RGB"))


def by_tiles(data: bytes, least: tuple[int, int] | None = None) -> Array | None:
    image = open_picture(data, "image/heic")
    found = decode_tiles(data, image, least or image.size, raster._HeifImageFile)
    return None if found is None else np.asarray(found)


def apart(one: Array, other: Array) -> float:
    assert one.shape == other.shape
    return float(np.abs(one.astype(float) - other).mean())


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_tiles_give_what_libheif_gives(heic: Heic, quarters: int) -> None:
    data = heic(*([turned(quarters)] if quarters else []))
    ours = by_tiles(data)
    assert ours is not None
    assert apart(ours, by_libheif(data)) < 1
    upright = np.rot90(picture()[: SIZE[1], : SIZE[0]], quarters)
    assert apart(ours, upright) < 4


@pytest.mark.parametrize(("least", "reach"), [((181, 121), 1), ((180, 120), 2), ((46, 31), 4)])
def test_they_are_made_smaller_as_far_as_is_wished(
    heic: Heic, least: tuple[int, int], reach: int
) -> None:
    data = heic()
    ours = by_tiles(data, least)
    assert ours is not None
    rows, columns = SIZE[1] // reach, SIZE[0] // reach
    whole = by_libheif(data)[: rows * reach, : columns * reach].astype(float)
    assert apart(ours, whole.reshape(rows, reach, columns, reach, 3).mean(axis=(1, 3))) < 1


@pytest.mark.parametrize(
    ("said", "of_tiles", "colours"),
    [
        (mirrored(0), False, "full"),
        (coloured(9, full=True), False, "full"),
        (coloured(9, full=True), True, "full"),
        (coloured(1, full=True), True, "full"),
        (coloured(6, full=True), True, "limited"),
    ],
    ids=["mirrored", "only the whole BT.2020", "BT.2020", "BT.709", "levels"],
)
def test_what_is_unusual_is_left_to_libheif(
    heic: Heic, said: bytes, of_tiles: bool, colours: str
) -> None:
    data = heic(said, colours=colours, of_tiles=of_tiles)
    assert by_tiles(data) is None
    image = open_picture(data, "image/heic")
    assert apart(np.asarray(decode(data, image, 1, Wish(None, 100))), by_libheif(data)) == 0


def test_colours_that_are_said_as_they_are_taken_change_nothing(heic: Heic) -> None:
    data = heic(coloured(6, full=True), of_tiles=True)
    ours = by_tiles(data)
    assert ours is not None
    assert apart(ours, by_libheif(data)) < 1


def test_more_tiles_than_fit_or_fewer_are_left_to_libheif(heic: Heic) -> None:
    for size in ((TILE, TILE), (COLUMNS * TILE + 1, ROWS * TILE)):
        with contextlib.suppress(AnalysisError):  # libheif need not open it either
            assert by_tiles(heic(size=size)) is None


def test_a_file_that_is_cut_short_is_left_to_libheif(heic: Heic) -> None:
    data = heic()[:-200]
    assert read_grid(data) is None
    assert read_grid(heic()) is not None


def test_damage_is_said_in_words_or_does_no_harm(heic: Heic) -> None:
    whole, chance = heic(turned(1)), random.Random(7)
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            reach = len(broken) // chance.choice([1, 4, 12])  # mostly what says where things are
            broken[chance.randrange(reach)] = chance.randrange(256)
        if chance.random() < 0.2:
            del broken[chance.randrange(len(broken)) :]
        with contextlib.suppress(AnalysisError):
            image = open_picture(bytes(broken), "image/heic")
            assert max(decode(bytes(broken), image, 1, Wish(100, 1)).size) <= 110


def test_pictures_of_real_phones(shared_data: Path) -> None:
    found = sorted(shared_data.rglob("*.heic"))
    assert found
    for path in found:
        data = path.read_bytes()
        ours = by_tiles(data, (700, 700))
        assert ours is not None, path.name
        whole = Image.fromarray(by_libheif(data))
        assert apart(ours, np.asarray(whole.reduce(4))) < 1, path.name


def test_a_preview_of_a_heic_is_as_large_as_it_is_decoded(shared_data: Path) -> None:
    data = next(iter(sorted(shared_data.rglob("IMG_3092.heic")))).read_bytes()
    image = open_picture(data, "image/heic")
    assert decode(data, image, 1, Wish(1000, 100)).size == (756, 1008)
    assert decode(data, open_picture(data, "image/heic"), 1, Wish(1000, 100, sharp=True)).size == (
        750,
        1000,
    )
