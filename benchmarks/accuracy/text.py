"""Text in pictures: what is read, what is made up, which photos are asked, and what that costs.

    python benchmarks/accuracy/text.py

Real photos are those of the folder of real photos, copies left out. Which of them show text was
noted by eye, and the hints were chosen on them. Drawn text is SYNTHETIC: words in a plain font on
real photos that show none, at three heights, level or upside down; it is read without asking for
hints, so these figures are of the readers alone.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from intervals import line
from photos import ROOT, pixels, unlike
from PIL import Image, ImageDraw, ImageFont

from safelight.analysis.content import ContentAnalyser
from safelight.analysis.framing import Array
from safelight.analysis.quality.measure import measure
from safelight.analysis.text import hint_of, load_text, read_text

FOLDERS = ("walk-albums", "trip-usa-2015", "metadata", "apple-photos-faces.photoslibrary/originals")
SHOWING = (
    "book-beside", "craft-beer", "handwritten", "japanese-shop", "20240413", "UTC-2024", "Chars_",
    "wild-1", "portrait-orientation-6", "11639AAB", "399592DC", "E2930419",
)  # fmt: skip
PHRASES = ("Happy Birthday", "Merry Christmas", "Bakery", "Welcome Home", "Just Married", "Menu")
HEIGHTS = (0.04, 0.07, 0.12)


def drawn(picture: Array, phrase: str, height: float, rng: np.random.Generator) -> Array:
    """The picture with a phrase somewhere on it; `height` is a share of its short side."""
    image = Image.fromarray(picture)
    font = ImageFont.load_default(min(picture.shape[:2]) * height)
    left, top, right, bottom = font.getbbox(phrase)
    at = (
        rng.uniform(0, max(1.0, image.width - right + left)),
        rng.uniform(0, max(1.0, image.height - bottom + top)),
    )
    ink = rng.integers(200, 256, 3) if rng.random() < 0.6 else rng.integers(0, 60, 3)
    ImageDraw.Draw(image).text(at, phrase, font=font, fill=tuple(int(v) for v in ink))
    return np.asarray(image)


def on_real_photos(showing: Sequence[Array], plain: Sequence[Array]) -> None:
    """How many are asked, how many say something, and processor time."""
    analyser = ContentAnalyser()
    for title, pictures in (("that show text", showing), ("that show none", plain)):
        asked = said = 0
        spent = 0.0
        for picture in pictures:
            (content,) = analyser.analyse([pixels(picture)])
            quality = measure(pixels(picture))
            start = time.process_time()
            if hint_of(content, quality) > 0:
                asked += 1
                said += bool(read_text(picture).text)
            spent += time.process_time() - start
        print(line(f"photos {title}: hinted at", asked, len(pictures)))
        print(line(f"photos {title}: something read", said, len(pictures)))
        print(f"photos {title}: {spent / len(pictures) * 1000:.1f} core-ms a photo")


def on_drawn_text(plain: Sequence[Array]) -> None:
    """Whether the drawn words are read, letter for letter, capitals aside."""
    rng = np.random.default_rng(16)
    for height in HEIGHTS:
        for turned in (False, True):
            right = 0
            for number, picture in enumerate(plain):
                phrase = PHRASES[number % len(PHRASES)]
                made = drawn(picture, phrase, height, rng)
                shown = np.ascontiguousarray(made[::-1, ::-1]) if turned else made
                read = read_text(shown).text.casefold().replace(" ", "")
                right += phrase.casefold().replace(" ", "") in read
            way = "upside down" if turned else "level"
            print(line(f"drawn words of {height:.0%}, {way}: read", right, len(plain)))


def main() -> None:
    """Read everything once and print."""
    load_text()
    files = [p for folder in FOLDERS for p in sorted((ROOT / folder).rglob("*.jp*g"))]
    found = list(unlike(files))
    showing = [a for path, a in found if path.name.startswith(SHOWING)]
    plain = [a for path, a in found if not path.name.startswith(SHOWING)]
    on_real_photos(showing, plain)
    on_drawn_text(plain)


if __name__ == "__main__":
    main()
