"""What every real library also holds: screenshots, scans, downloads, a video, a torn file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from safelight.testing.demo_files import exif, jpeg, rating_xmp, stamp
from safelight.testing.demo_story import Frame, central_offset
from safelight.testing.scenes import paint
from safelight.testing.scenes.colour import Array


def write_oddities(folder: str, seed: int, last: datetime, scale: float = 1.0) -> list[str]:
    """Write the odd files, dated up to `last`; give back their paths under `folder`.

    `scale` is of the pictures' edges; the video keeps its size.
    """
    cv2.setNumThreads(1)
    root = Path(folder)
    makers: tuple[Callable[[Path, int, datetime, float], list[str]], ...] = (
        _screenshots,
        _scans,
        _download,
        _with_sidecar,
        _videos,
        _torn,
    )
    return [name for make in makers for name in make(root, seed, last, scale)]


def _place(root: Path, name: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _screenshots(root: Path, seed: int, last: datetime, scale: float) -> list[str]:
    names = []
    for index in range(3):
        taken = last - timedelta(days=9 + 40 * index, hours=3)
        name = f"Screenshots/Screenshot_{taken:%Y%m%d-%H%M%S}.png"
        path = _place(root, name)
        size = (round(1080 * scale), round(2340 * scale))
        screen = cv2.resize(_screen(seed + index), size, interpolation=cv2.INTER_AREA)
        Image.fromarray(screen).save(path, "PNG")
        stamp(path, taken, central_offset(taken))
        names.append(name)
    return names


def _screen(seed: int) -> Array:
    """A phone's screen with bars where words would be."""
    rng = np.random.default_rng([seed, 7])
    screen = np.full((2340, 1080, 3), (247, 247, 250), np.uint8)
    screen[:90] = (238, 239, 244)
    screen[90:260] = rng.integers(60, 140, 3)
    y = 320
    while y < 2100:
        mine = rng.random() < 0.5
        tall, wide = int(rng.integers(110, 320)), int(rng.integers(420, 760))
        x = 1040 - wide if mine else 40
        screen[y : y + tall, x : x + wide] = (206, 228, 250) if mine else (228, 229, 233)
        for line in range(y + 40, y + tall - 30, 48):
            end = x + 40 + int((wide - 80) * rng.uniform(0.6, 1))
            screen[line : line + 16, x + 40 : end] = (120, 126, 138)
        y += tall + 40
    screen[2200:2340] = (238, 239, 244)
    return screen


def _scans(root: Path, seed: int, last: datetime, scale: float) -> list[str]:
    """Old prints, all digitised on one afternoon: their only date is a wrong one."""
    names = []
    for index, kind in enumerate(("old_town", "beach", "snow")):
        taken = last - timedelta(days=200, minutes=-2 * index)
        frame = Frame(kind, seed + index, taken, None, (1500, 1050), None)
        edge = max(2, round(50 * scale))
        wide, tall = round(1400 * scale), round(950 * scale)
        print_ = paint(kind, seed + index, wide, tall, hour=15, season="summer").astype(np.float32)
        grey = print_ @ np.array([0.3, 0.59, 0.11], np.float32)
        sheet = np.full((tall + 2 * edge, wide + 2 * edge, 3), (238, 232, 220), np.uint8)
        sepia = grey[..., None] * np.array([1.0, 0.9, 0.74], np.float32) * 0.86 + 26
        sheet[edge : edge + tall, edge : edge + wide] = np.clip(sepia, 0, 255)
        tags = exif(frame, taken)
        tags[0x0110], tags[0x0131] = "Painted scan", "Safelight scanner"
        del tags.get_ifd(0x8769)[0x9003]
        name = f"Scans/scan{index + 1:04}.jpg"
        path = _place(root, name)
        path.write_bytes(jpeg(sheet, tags))
        stamp(path, taken, 60)
        names.append(name)
    return names


def _download(root: Path, seed: int, last: datetime, scale: float) -> list[str]:
    """A picture that came through a messenger: no tags, the date only in its name."""
    taken = last - timedelta(days=70)
    name = f"Downloads/IMG-{taken:%Y%m%d}-WA0007.jpg"
    path = _place(root, name)
    Image.fromarray(paint("flowers", seed, round(1280 * scale), round(960 * scale))).save(
        path, "JPEG", quality=75
    )
    stamp(path, taken + timedelta(days=3), 60)
    return [name]


def _with_sidecar(root: Path, seed: int, last: datetime, scale: float) -> list[str]:
    """A picture whose rating and title another program keeps beside it."""
    taken = (last - timedelta(days=31)).replace(hour=11, minute=20, second=0)
    frame = Frame("flowers", seed + 5, taken, central_offset(taken), (1600, 1200), None)
    name = f"{taken:%Y}/{taken:%m}/{taken:%Y%m%d_%H%M%S}_edited.jpg"
    path = _place(root, name)
    size = (round(1600 * scale), round(1200 * scale))
    pixels = paint("flowers", frame.seed, *size, hour=frame.hour, season="summer")
    path.write_bytes(jpeg(pixels, exif(frame, taken)))
    stamp(path, taken, frame.offset)
    beside = path.with_name(path.name + ".xmp")
    beside.write_bytes(rating_xmp(5, "First flowers on the balcony"))
    stamp(beside, taken, frame.offset)
    return [name, beside.relative_to(root).as_posix()]


def _videos(root: Path, seed: int, last: datetime, scale: float) -> list[str]:
    """A short pan, where the video library can encode one; otherwise none."""
    taken = (last - timedelta(days=24)).replace(hour=17, minute=5, second=0)
    name = f"{taken:%Y}/{taken:%m}/{taken:%Y%m%d_%H%M%S}.mp4"
    path = _place(root, name)
    size = (640, 480)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 12.0, size)
    if not writer.isOpened():
        path.unlink(missing_ok=True)
        return []
    whole = paint("harbour", seed, 800, 480, hour=17, season="summer")[..., ::-1]
    for step in range(36):
        left = step * (whole.shape[1] - size[0]) // 35
        writer.write(np.ascontiguousarray(whole[:, left : left + size[0]]))
    writer.release()
    stamp(path, taken, central_offset(taken))
    return [name]


def _torn(root: Path, seed: int, last: datetime, scale: float) -> list[str]:
    """A file that a broken copy cut short, so that the error row has something to say."""
    taken = last - timedelta(days=55)
    name = f"{taken:%Y}/{taken:%m}/torn.jpg"
    path = _place(root, name)
    frame = Frame("cat", seed, taken, None, (64, 48), None)
    whole = jpeg(paint("cat", seed, 64, 48), exif(frame, taken))
    path.write_bytes(whole[:300])
    stamp(path, taken, 60)
    return [name]
