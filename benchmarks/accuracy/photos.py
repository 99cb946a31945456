"""Photos for the accuracy benchmarks: where they are, and how they are split.

Nothing is copied: the folder of real photos is read in place. A photo is for tuning or for testing
by the parity of the digest of its file, so that copies of one file fall on the same side; series
of one subject are kept together by the callers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps

from safelight.analysis.framing import Array
from safelight.model.creations import Pixels

ROOT = Path(__file__).resolve().parents[2].parent / "shared" / "data"
EDGE = 1024
ENDINGS = {".jpg", ".jpeg", ".png", ".webp"}


def decoded(path: Path, edge: int = EDGE) -> Array | None:
    """An upright RGB picture with its long side at `edge`, as scans give it to analysers."""
    try:
        with Image.open(path) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError):
        return None
    upright.thumbnail((edge, edge), Image.Resampling.BOX, reducing_gap=2)
    return np.asarray(upright)


def pixels(picture: Array) -> Pixels:
    """As analysers take it."""
    return Pixels(picture.shape[1], picture.shape[0], np.ascontiguousarray(picture).tobytes())


def unlike(paths: list[Path]) -> Iterator[tuple[Path, Array]]:
    """Photos that look different from all before them (64-bit difference hash, 6 bits apart)."""
    seen: list[int] = []
    for path in paths:
        picture = decoded(path)
        if picture is None or min(picture.shape[:2]) < 200:
            continue
        mark = _difference_hash(picture)
        if all((mark ^ other).bit_count() > 6 for other in seen):
            seen.append(mark)
            yield path, picture


def for_tuning(path: Path) -> bool:
    """Whether the photo may be used for choosing thresholds."""
    return hashlib.sha256(path.read_bytes()).digest()[0] % 2 == 0


def _difference_hash(picture: Array) -> int:
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA)
    bits = (small[:, 1:] > small[:, :-1]).ravel()
    return int("".join("1" if bit else "0" for bit in bits), 2)
