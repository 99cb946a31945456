"""Generated trees of files for benchmarks: very many tiny pictures, and a few heavy ones."""

from __future__ import annotations

import io
import struct
from datetime import datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from safelight.model.assets import Shot
from safelight.testing.lives import metadata_only_shots
from safelight.testing.scenes import KINDS, paint
from safelight.testing.scenes.colour import Array

_DATE, _OFFSET, _UNIQUE = "1111:11:11 11:11:11", "+11:11", "1" * 32
_PICTURES = 499
_LATITUDE, _LONGITUDE = (1_111_111, 1_111_112, 1_111_113), (1_111_114, 1_111_115, 1_111_116)


def write_metadata_tree(folder: Path, count: int, seed: int) -> int:
    """Write `count` tiny JPEGs (16 by 12) with date, offset and GPS, foldered by year and month.

    A few hundred pictures are encoded; each file is one of them with its bytes patched, so that a
    hundred thousand take seconds. Every file's content is distinct, and neighbours do not look
    alike. Gives back the bytes written.
    """
    template = _Template()
    made: set[Path] = set()
    written = 0
    for index, shot in enumerate(metadata_only_shots(count, seed)):
        taken = shot.local_time
        month = folder / f"{taken:%Y}" / f"{taken:%m}"
        if month not in made:
            month.mkdir(parents=True, exist_ok=True)
            made.add(month)
        data = template.filled(shot, index)
        (month / f"IMG_{index:06}.jpg").write_bytes(data)
        written += len(data)
    return written


class _Template:
    """Tiny JPEGs with known places for date, offset, identity and coordinates."""

    def __init__(self) -> None:
        self._located = [_encode(number, located=True) for number in range(_PICTURES)]
        self._plain = [_encode(number, located=False) for number in range(_PICTURES)]

    def filled(self, shot: Shot, index: int) -> bytes:
        data = bytearray((self._located if shot.located else self._plain)[index % _PICTURES])
        offset = round((shot.local - shot.utc) / 60)
        sign, minutes = "-" if offset < 0 else "+", abs(offset)
        _put(data, _DATE, f"{shot.local_time:%Y:%m:%d %H:%M:%S}")
        _put(data, _OFFSET, f"{sign}{minutes // 60:02}:{minutes % 60:02}")
        _put(data, _UNIQUE, f"{index:032x}")
        if shot.latitude is not None and shot.longitude is not None:
            _put_degrees(data, _LATITUDE, shot.latitude, 1, "NS")
            _put_degrees(data, _LONGITUDE, shot.longitude, 3, "EW")
        return bytes(data)


def _put(data: bytearray, mark: str, text: str) -> None:
    at = data.index(mark.encode())
    data[at : at + len(mark)] = text.encode()


def _put_degrees(
    data: bytearray, marks: tuple[int, int, int], value: float, tag: int, letters: str
) -> None:
    hundredths = round(abs(value) * 360_000)
    parts = (hundredths // 360_000, hundredths // 6_000 % 60, hundredths % 6_000)
    at = data.index(struct.pack(">II", marks[0], 1))
    data[at : at + 24] = struct.pack(">IIIIII", parts[0], 1, parts[1], 1, parts[2], 100)
    at = data.index(struct.pack(">HHI", tag, 2, 2)) + 8
    data[at : at + 1] = letters[value < 0].encode()


def _encode(number: int, *, located: bool) -> bytes:
    tags = Image.Exif()
    tags[0x010F], tags[0x0110] = "Safelight", "Tiny"
    more = tags.get_ifd(0x8769)
    more[0x9003], more[0x9011], more[0xA420] = _DATE, _OFFSET, _UNIQUE
    if located:
        gps = tags.get_ifd(0x8825)
        gps[1], gps[3] = "N", "E"
        gps[2] = tuple(IFDRational(mark, 1) for mark in _LATITUDE)
        gps[4] = tuple(IFDRational(mark, 1) for mark in _LONGITUDE)
    out = io.BytesIO()
    noise = np.random.default_rng(number).integers(0, 256, (12, 16, 3), dtype=np.uint8)
    Image.fromarray(noise).save(out, "JPEG", quality=50, exif=tags.tobytes())
    return out.getvalue()


def write_camera_jpegs(
    folder: Path, count: int, seed: int, size: tuple[int, int] = (4000, 3000)
) -> list[Path]:
    """Write JPEGs as heavy in bits as a camera's (quality 90, some 4 to 5 MB at 12 megapixels).

    Each is another scene under its own fine detail and sensor noise. Gives back the paths.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for index in range(count):
        kind = KINDS[(seed + index) % len(KINDS)]
        pixels = _as_noisy(paint(kind, seed + index, *size), seed + index)
        path = folder / f"camera_{index:04}.jpg"
        tags = Image.Exif()
        tags[0x010F], tags[0x0110] = "Safelight", "Painted scene"
        taken = datetime(2020, 1, 1, 12) + timedelta(hours=7 * index)
        tags.get_ifd(0x8769)[0x9003] = f"{taken:%Y:%m:%d %H:%M:%S}"
        Image.fromarray(pixels).save(path, "JPEG", quality=90, exif=tags.tobytes())
        paths.append(path)
    return paths


def _as_noisy(pixels: Array, seed: int) -> Array:
    """Add detail at several scales and sensor noise, as lenses and sensors do."""
    rng = np.random.default_rng([seed, 5])
    height, width = pixels.shape[:2]
    total = np.zeros((height, width), np.float32)
    for cell, power in ((12, 5.0), (4, 6.0), (1, 5.0)):
        shape = (height // cell + 1, width // cell + 1)
        grid: Array = rng.standard_normal(shape, np.float32) * power
        fine = grid[:height, :width] if cell == 1 else cv2.resize(grid, (width, height))
        total += np.asarray(fine, dtype=np.float32)
    layer = cv2.merge([total] * 3)
    return np.asarray(cv2.add(pixels, layer, dtype=cv2.CV_8U))
