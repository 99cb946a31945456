"""Twice as large: the network against resampling.

    PYTHONPATH=benchmarks/accuracy python benchmarks/larger.py --photos DIR [--photos DIR …]

The middle of each photo (brought to about 1150 pixels, 400 by 400 of it) is halved and enlarged
again, as it is and after JPEG at quality 92 and 80, as photos come from messengers. Printed are
the mean PSNR (of luma, in dB) and SSIM (Wang and others 2004) against the photo, and how often the
network comes nearer than Lanczos, with its 95% interval. Lanczos with sharpening is the best
amount of those tried on these photos.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from intervals import wilson
from photos import unlike
from PIL import Image as Pillow

from safelight.creations.arrays import Image, as_array, as_pixels
from safelight.creations.enlarge import enlarge

_SIDE, _MOST = 400, 40
_LUMA = np.array([65.481, 128.553, 24.966]) / 255


def lanczos(image: Image) -> Image:
    """Resampled."""
    size = (2 * image.shape[1], 2 * image.shape[0])
    return np.asarray(Pillow.fromarray(image).resize(size, Pillow.Resampling.LANCZOS))


def sharpened(image: Image) -> Image:
    """Resampled and sharpened."""
    base = lanczos(image).astype(np.float32)
    sharp = base + 0.4 * (base - cv2.GaussianBlur(base, (0, 0), 1.0))
    return np.asarray(np.clip(sharp + 0.5, 0, 255), np.uint8)


def network(image: Image) -> Image:
    """What the app makes."""
    return as_array(enlarge(as_pixels(np.ascontiguousarray(image))))


WAYS: dict[str, Callable[[Image], Image]] = {
    "lanczos": lanczos,
    "lanczos, sharpened": sharpened,
    "network": network,
}


def halved(image: Image, quality: int | None) -> Image:
    """A copy of half the size, once through a JPEG where a quality is given."""
    small = Pillow.fromarray(image).resize((_SIDE // 2, _SIDE // 2), Pillow.Resampling.BICUBIC)
    if quality is None:
        return np.asarray(small)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=quality)
    return np.asarray(Pillow.open(out).convert("RGB"))


def likeness(one: Image, other: Image) -> tuple[float, float]:
    """PSNR and SSIM of luma, eight pixels from the edge."""
    a, b = (image.astype(np.float64) @ _LUMA + 16 for image in (one, other))
    error = float(((a - b)[8:-8, 8:-8] ** 2).mean())

    def mean(plane: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Image:
        return np.asarray(cv2.GaussianBlur(plane, (11, 11), 1.5)[8:-8, 8:-8])

    ma, mb = mean(a), mean(b)
    va, vb, both = mean(a * a) - ma * ma, mean(b * b) - mb * mb, mean(a * b) - ma * mb
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    ssim = (2 * ma * mb + c1) * (2 * both + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2))
    return 10 * float(np.log10(255**2 / max(error, 1e-9))), float(ssim.mean())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, action="append", required=True)
    paths = [p for d in parser.parse_args().photos for p in sorted(d.rglob("*.jp*g"))]
    crops: list[Image] = []
    for _, picture in unlike(paths):
        top, left = (picture.shape[0] - _SIDE) // 2, (picture.shape[1] - _SIDE) // 2
        if min(top, left) >= 0 and len(crops) < _MOST:
            crops.append(np.ascontiguousarray(picture[top : top + _SIDE, left : left + _SIDE]))
    for name, quality in (("as it is", None), ("JPEG 92", 92), ("JPEG 80", 80)):
        rows = np.array(
            [
                [likeness(way(halved(crop, quality)), crop) for way in WAYS.values()]
                for crop in crops
            ]
        )
        better = int((rows[:, 2, 0] > rows[:, 0, 0]).sum())
        low, high = wilson(better, len(rows))
        means = rows.mean(0)
        said = "  ".join(f"{w} {means[i, 0]:.2f}/{means[i, 1]:.4f}" for i, w in enumerate(WAYS))
        print(f"{name:<9} {said}  nearer {better}/{len(rows)} ({low:.2f} to {high:.2f})")


if __name__ == "__main__":
    main()
