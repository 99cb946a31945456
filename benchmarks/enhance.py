"""Enhancing against the untouched photo and against a plain automatic contrast.

    PYTHONPATH=benchmarks/accuracy python benchmarks/enhance.py --photos DIR … [--sheet OUT.jpg]

Each photo is taken for right and spoilt in known ways (too dark, too bright, flat, tinted warm,
tinted cool, noisy); printed is how far the spoilt, the automatically stretched and the enhanced
picture are from it (CIEDE2000, median over photos, with the share of photos that came nearer),
and how far enhancing moves a photo that nobody spoilt. Then the time at 12 megapixels, as a ratio
to decoding.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

import cv2
import numpy as np
from intervals import wilson
from PIL import Image as Pillow
from PIL import ImageOps

from safelight.creations.arrays import Image, as_array, as_pixels
from safelight.creations.enhance import assess, enhance
from safelight.model.creations import Pixels

_EDGE = 512
_KINDS = {".jpg", ".jpeg", ".png", ".webp"}


def load(path: Path) -> Image | None:
    """A photo at most 512 pixels long; None where the file is none."""
    try:
        with Pillow.open(path, formats=["JPEG", "PNG", "WEBP"]) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
            picture.thumbnail((_EDGE, _EDGE))
    except OSError:
        return None
    return np.asarray(picture) if min(picture.size) >= 200 else None


def even(path: str) -> bool:
    """Whether a photo is one of those that white balance is fitted to."""
    return hashlib.sha256(Path(path).read_bytes()).digest()[0] % 2 == 0


def gather(folders: Sequence[Path]) -> dict[str, Image]:
    """Photos, each picture once."""
    found, seen = {}, set()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            picture = load(path) if path.suffix.lower() in _KINDS else None
            if picture is None:
                continue
            small = cv2.resize(picture, (8, 8), interpolation=cv2.INTER_AREA)
            key = (np.asarray(small, np.int16) // 24).tobytes()
            if key not in seen:
                seen.add(key)
                found[str(path)] = picture
    return found


def curve(image: Image, power: float, gain: float = 1.0, lift: float = 0.0) -> Image:
    """Another exposure or contrast."""
    values = np.power(np.asarray(image, np.float32) / 255, power) * gain + lift
    return np.asarray(np.clip(values * 255 + 0.5, 0, 255), np.uint8)


def cast(image: Image, red: float, blue: float) -> Image:
    """Light of another colour."""
    linear = np.power(np.asarray(image, np.float32) / 255, 2.2) * np.array([red, 1.0, blue])
    return np.asarray(np.clip(np.power(linear, 1 / 2.2) * 255 + 0.5, 0, 255), np.uint8)


def noise(image: Image) -> Image:
    """Grain of 11 steps."""
    grain = np.random.default_rng(11).normal(0, 11, image.shape)
    return np.asarray(np.clip(image + grain, 0, 255), np.uint8)


SPOIL: dict[str, Callable[[Image], Image]] = {
    "nothing": lambda image: image,
    "dark": lambda image: curve(image, 1.7, 0.85),
    "bright": lambda image: curve(image, 0.62),
    "flat": lambda image: curve(image, 1.0, 0.55, 0.2),
    "warm": lambda image: cast(image, 1.35, 0.6),
    "cool": lambda image: cast(image, 0.72, 1.35),
    "cooler": lambda image: cast(image, 0.6, 1.5),
    "green": lambda image: cast(image, 0.76, 0.76),
    "noisy": noise,
    "low light": lambda image: noise(curve(image, 2.1, 0.75)),
}


def stretched(image: Image) -> Image:
    """What a plain automatic contrast makes of it."""
    return np.asarray(ImageOps.autocontrast(Pillow.fromarray(image), cutoff=0.5))


def enhanced(image: Image) -> Image:
    """What is measured here, without turning."""
    pixels = as_pixels(image)
    found = assess(pixels)
    # Turned pictures cannot be compared pixel by pixel: turning has a measure of its own.
    return as_array(enhance(pixels, replace(found, tilt=0.0)))


def ciede2000(one: Image, other: Image) -> float:
    """Mean colour difference (Sharma, Wu and Dalal 2005), on copies of a third of the size."""
    labs = []
    for image in (one, other):
        size = (image.shape[1] // 3, image.shape[0] // 3)
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        unit = np.asarray(small, np.float32) / np.float32(255)
        labs.append(np.asarray(cv2.cvtColor(unit, cv2.COLOR_RGB2Lab), np.float64).reshape(-1, 3))
    (l1, a1, b1), (l2, a2, b2) = (lab.T for lab in labs)
    c = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(c**7 / (c**7 + 25.0**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.arctan2(b1, a1) % (2 * np.pi), np.arctan2(b2, a2) % (2 * np.pi)
    turn = h2 - h1
    turn = np.where(np.abs(turn) > np.pi, turn - 2 * np.pi * np.sign(turn), turn)
    turn = np.where(c1 * c2 == 0, 0, turn)
    dl, dc, dh = l2 - l1, c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(turn / 2)
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = h1 + turn / 2
    t = (
        1
        - 0.17 * np.cos(hm - np.pi / 6)
        + 0.24 * np.cos(2 * hm)
        + 0.32 * np.cos(3 * hm + np.pi / 30)
        - 0.2 * np.cos(4 * hm - np.radians(63))
    )
    sl = 1 + 0.015 * (lm - 50) ** 2 / np.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    rc = 2 * np.sqrt(cm**7 / (cm**7 + 25.0**7))
    rotation = -rc * np.sin(np.radians(60) * np.exp(-(((np.degrees(hm) - 275) / 25) ** 2)))
    terms = (dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rotation * (dc / sc) * (dh / sh)
    return float(np.sqrt(np.maximum(terms, 0)).mean())


def colours(photos: dict[str, Image]) -> None:
    """Distances, spoilt in each way."""
    print(f"{len(photos)} photos; median CIEDE2000 to the photo, and photos that came nearer")
    print(f"{'spoilt':<9} {'as it is':>9} {'contrast':>9} {'enhanced':>9}  nearer (95% interval)")
    for name, spoil in SPOIL.items():
        rows = []
        for photo in photos.values():
            bad = spoil(photo)
            rows.append([ciede2000(made, photo) for made in (bad, stretched(bad), enhanced(bad))])
        as_is, contrast, ours = (median(column) for column in zip(*rows, strict=True))
        nearer = sum(row[2] < row[0] for row in rows)
        low, high = wilson(nearer, len(rows))
        words = f"{nearer}/{len(rows)} ({low:.2f} to {high:.2f})" if name != "nothing" else ""
        print(f"{name:<9} {as_is:9.2f} {contrast:9.2f} {ours:9.2f}  {words}", flush=True)


def tilts(photos: dict[str, Image]) -> None:
    """Turning: how often it dares, and how near it comes."""
    errors, dared, asked, moved = [], 0, 0, 0
    for photo in photos.values():
        base = assess(as_pixels(photo)).tilt
        moved += base != 0
        height, width = photo.shape[:2]
        for degrees in (-5.0, -3.0, 3.0, 5.0):
            turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.2)
            leaning = np.asarray(cv2.warpAffine(photo, turn, (width, height)), np.uint8)
            found = assess(as_pixels(leaning)).tilt
            asked += 1
            dared += found != 0
            if found:
                errors.append(abs(found + degrees - base))
    print(f"turned though nobody had turned it: {moved}/{len(photos)}")
    near = sum(error < 1 for error in errors)
    print(f"turned after 3 or 5 degrees: {dared}/{asked}, within one degree {near}/{dared}")


def speed() -> None:
    """Enhancing beside decoding."""
    rng = np.random.default_rng(0)
    coarse = np.asarray(rng.integers(0, 255, (60, 80, 3)), np.uint8)
    photo = cv2.resize(coarse, (4000, 3000), interpolation=cv2.INTER_CUBIC)
    out = io.BytesIO()
    Pillow.fromarray(np.asarray(photo, np.uint8)).save(out, "JPEG", quality=90)
    rounds = []
    for _ in range(5):
        start = time.perf_counter()
        decoded = np.asarray(Pillow.open(io.BytesIO(out.getvalue())).convert("RGB"))
        middle = time.perf_counter()
        enhance(Pixels(4000, 3000, decoded.tobytes()))
        rounds.append((middle - start, time.perf_counter() - middle))
    decode, ours = (median(column) for column in zip(*rounds, strict=True))
    print(f"12 megapixels: {ours:.2f} s, {ours / decode:.2f} of decoding ({decode:.2f} s)")


def sheet(photos: dict[str, Image], out: Path) -> None:
    """Every photo as it is, stretched and enhanced, side by side."""
    tile = (420, 300)
    rows = []
    for photo in photos.values():
        row = [
            ImageOps.pad(Pillow.fromarray(np.asarray(made, np.uint8)), tile, color="#222222")
            for made in (photo, stretched(photo), as_array(enhance(as_pixels(photo))))
        ]
        rows.append(np.hstack([np.asarray(picture) for picture in row]))
    rows += [np.full_like(rows[0], 34)] * (len(rows) % 2)
    pairs = [np.hstack(rows[i : i + 2]) for i in range(0, len(rows), 2)]
    Pillow.fromarray(np.vstack(pairs)).save(out, quality=88)


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, action="append", required=True)
    parser.add_argument("--sheet", type=Path)
    parser.add_argument(
        "--held-out", action="store_true", help="only photos that white balance was not fitted to"
    )
    given = parser.parse_args()
    photos = gather(given.photos)
    if given.held_out:
        photos = {path: image for path, image in photos.items() if not even(path)}
    colours(photos)
    tilts(photos)
    speed()
    if given.sheet:
        sheet(photos, given.sheet)


if __name__ == "__main__":
    main()
