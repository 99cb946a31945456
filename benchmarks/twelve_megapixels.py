"""Real photos brought to 12 megapixels, for timing what cameras of today give.

    python benchmarks/twelve_megapixels.py FOLDER [COPIES]

Takes the photos of the folder of real photos that differ (see `accuracy/photos.py`), scales each to
12 megapixels, adds the noise of a sensor (4 levels) and writes JPEGs of quality 88, 2 to 3 MB each.
Further copies are mirrored, cut a little closer and noisier, so that no two files are the same.
Of EXIF the time alone is kept, a minute later for each copy, so that there are moments as in a
library; photos that had none belong to none.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps
from PIL.ExifTags import IFD, Base

sys.path.insert(0, str(Path(__file__).parent / "accuracy"))
from photos import ROOT, unlike

FOLDERS = (
    "walk-albums", "trip-usa-2015", "metadata", "apple-photos-faces.photoslibrary/originals",
    "exif", "takeout",
)  # fmt: skip
PIXELS = 12e6
_EXIF = "%Y:%m:%d %H:%M:%S"


def enlarged(path: Path, copy: int, rng: np.random.Generator) -> Image.Image:
    """One photo at 12 megapixels; every copy is another picture."""
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    factor = (PIXELS / (upright.width * upright.height)) ** 0.5
    size = round(upright.width * factor), round(upright.height * factor)
    left, top = round(0.02 * copy * upright.width), round(0.02 * copy * upright.height)
    cut = np.asarray(upright)[top : upright.height - top, left : upright.width - left]
    cut = cut[:, ::-1] if copy % 2 else cut
    pixels = cv2.resize(np.ascontiguousarray(cut), size, interpolation=cv2.INTER_CUBIC)
    noise = rng.normal(0, 4 + copy, pixels.shape[:2]).astype(np.float32)[..., None]
    return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))


def dated(path: Path, copy: int) -> Image.Exif:
    """The time of the original, some minutes later; empty where it has none."""
    exif = Image.Exif()
    with Image.open(path) as image:
        taken = str(image.getexif().get_ifd(IFD.Exif).get(Base.DateTimeOriginal, ""))
    with suppress(ValueError):
        later = datetime.strptime(taken.strip("\0 "), _EXIF) + timedelta(minutes=copy)
        exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = later.strftime(_EXIF)
    return exif


def main() -> None:
    """Write the files and say how many."""
    folder, copies = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    folder.mkdir(parents=True, exist_ok=True)
    files = [
        path
        for name in FOLDERS
        for path in sorted((ROOT / name).rglob("*"))
        if path.suffix.lower() in (".jpg", ".jpeg")
    ]
    rng, number = np.random.default_rng(5), 0
    for path, _ in unlike(files):
        for copy in range(copies):
            made = enlarged(path, copy, rng)
            name = folder / f"{number:04}.jpg"
            made.save(name, quality=88, subsampling="4:2:0", exif=dated(path, copy))
            number += 1
    print(f"{number} photos of 12 megapixels in {folder}")


if __name__ == "__main__":
    main()
