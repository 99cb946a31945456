"""Enhancing judged without a reference, and what it does to skin.

    PYTHONPATH=benchmarks/accuracy python benchmarks/quality.py --photos DIR [--photos DIR …]
        --out FOLDER

Writes each photo (at most 768 pixels) untouched, stretched by a plain automatic contrast, and
enhanced, as PNG into FOLDER, as they are and spoilt (dark, noisy), and prints by how
many degrees the hue of skin turns on faces. NIQE, BRISQUE and PIQE of the files come from
established programs in an environment of their own, which print their means and intervals:

    python benchmarks/quality_scores.py FOLDER
        (pip install brisque==0.2.0 scikit-video==1.1.11 pypiqe==1.2 numpy==1.23.5 scipy==1.9.3
        scikit-image==0.21.0 opencv-python-headless==4.8.1.78)
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
from enhance import SPOIL, stretched
from photos import unlike
from PIL import Image as Pillow

from safelight.analysis.faces.detect import find_faces
from safelight.creations.arrays import Image, as_array, as_pixels
from safelight.creations.enhance import enhance
from safelight.creations.enhance.skin import hue
from safelight.model.creations import Box

_EDGE = 768
_KINDS = ("nothing", "dark", "noisy")
_LEAST_FACE = 40


def faces_in(image: Image) -> list[Box]:
    """Faces that are large enough to have a colour."""
    height, width = image.shape[:2]
    boxes = [face.box for face in find_faces(image)]
    found = [Box(b.x * width, b.y * height, b.width * width, b.height * height) for b in boxes]
    return [box for box in found if box.width >= _LEAST_FACE]


def skin(image: Image, face: Box) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The median colour of the middle of a face."""
    top, left = int(face.y + 0.35 * face.height), int(face.x + 0.25 * face.width)
    part = image[top : int(face.y + 0.8 * face.height), left : int(face.x + 0.75 * face.width)]
    return np.asarray(np.median(part.reshape(-1, 3), axis=0), np.float64)


def main() -> None:
    """Write the pictures and print what happens to skin."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, action="append", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--most", type=int, default=60)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    paths = [p for d in given.photos for p in sorted(d.rglob("*.[jJ]*[gG]"))]
    turned: dict[str, list[float]] = {"stretched": [], "enhanced": [], "enhanced, unaware": []}
    for number, (_, picture) in enumerate(unlike(paths)):
        if number >= given.most:
            break
        scale = min(1.0, _EDGE / max(picture.shape[:2]))
        photo = np.asarray(
            cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
        faces = faces_in(photo)
        for kind in _KINDS:
            spoilt = SPOIL[kind](photo)
            better = as_array(enhance(as_pixels(spoilt), strength=0.85, faces=faces))
            made = {"untouched": spoilt, "stretched": stretched(spoilt), "enhanced": better}
            for way, image in made.items():
                Pillow.fromarray(image).save(given.out / f"{number:03d}.{kind}.{way}.png")
            if kind == "nothing" and faces:
                unaware = as_array(enhance(as_pixels(spoilt), strength=0.85))
                others = {**made, "enhanced, unaware": unaware}
                for way, turns in turned.items():
                    turns += [
                        abs(np.degrees(hue(skin(others[way], f)) - hue(skin(photo, f))))
                        for f in faces
                    ]
    for way, turns in turned.items():
        low, middle, high = np.quantile(turns, (0.25, 0.5, 0.9))
        worst = f"a quarter under {low:.1f}, nine in ten under {high:.1f}, most {max(turns):.1f}"
        print(f"skin of {len(turns)} faces, {way}: turned by {middle:.1f} degrees ({worst})")


if __name__ == "__main__":
    main()
