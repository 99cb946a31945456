"""Receipts on a table and captions over photos, drawn for the benchmarks."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from safelight.analysis.framing import Array

GOODS = ("milk", "bread", "butter", "apples", "coffee", "cheese", "water", "rice", "soap", "eggs")
SHOPS = ("MARKET", "CAFE ROSA", "SUPER 24", "BOOKS & CO")
SAYING = (
    *("when", "you", "finally", "find", "the", "remote", "nobody", "expected", "this", "much"),
    *("trouble", "before", "breakfast", "one", "does", "not", "simply", "walk", "into", "monday"),
)
TABLES = ((120, 80, 50), (90, 60, 40), (170, 130, 90), (60, 60, 65), (200, 190, 175))


def receipt(rng: np.random.Generator) -> Array:
    """A till's receipt, photographed askew on a table in uneven light."""
    paper = np.asarray(_printed(rng))
    height, width = paper.shape[:2]
    scale = min(920 / height, 560 / width) * rng.uniform(0.8, 1)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    middle = (np.array([750, 1000]) - np.array([width, height]) * scale) / 2
    aim = corners * scale + middle + rng.uniform(-18, 18, (4, 2))
    turn = cv2.getPerspectiveTransform(corners, aim.astype(np.float32))
    lies = cv2.warpPerspective(np.full((height, width), 255, np.uint8), turn, (750, 1000))
    laid = cv2.warpPerspective(paper, turn, (750, 1000)) * np.linspace(
        rng.uniform(0.7, 1), 1, 1000
    ).reshape(-1, 1, 1)
    shot = np.where(lies[..., None] > 127, laid, _table(rng)) + rng.normal(0, 3, (1000, 750, 3))
    return np.asarray(np.clip(shot, 0, 255), np.uint8)


def _printed(rng: np.random.Generator) -> Image.Image:
    prices = rng.uniform(0.5, 19, int(rng.integers(5, 14))).round(2)
    total = f"{prices.sum():.2f}"
    rows = [
        *((str(rng.choice(SHOPS)), "", 32), ("Main Street 12", "", 20), ("VAT ID 4482913", "", 20)),
        *((str(rng.choice(GOODS)).upper(), f"{price:.2f}", 20) for price in prices),
        *(("TOTAL", total, 32), ("VISA", total, 20), ("2024-03-11 17:42", "", 20)),
        ("THANK YOU", "", 20),
    ]
    tone, ink = int(rng.integers(225, 250)), int(rng.integers(40, 90))
    image = Image.new("RGB", (360, 40 + 40 * len(rows)), (tone, tone, tone))
    draw = ImageDraw.Draw(image)
    for row, (left, right, size) in enumerate(rows):
        font = ImageFont.load_default(size)
        at = 20 + 40 * row
        start = 16 if right else (360 - draw.textlength(left, font=font)) / 2
        draw.text((start, at), left, font=font, fill=(ink, ink, ink))
        draw.text((344 - draw.textlength(right, font=font), at), right, font=font, fill=(ink,) * 3)
    return image


def _table(rng: np.random.Generator) -> Array:
    grain = rng.normal(0, 1, 750).cumsum()
    grain = (grain - grain.mean()) / grain.std() * 14
    return np.asarray(np.array(TABLES[int(rng.integers(len(TABLES)))]) + grain[None, :, None])


def captioned(photo: Array, rng: np.random.Generator) -> Array:
    """A photo with white, outlined capitals at its edges, or words on a white band above it."""
    image = Image.fromarray(photo)
    image.thumbnail((900, 900))
    made = _with_capitals(image, rng) if rng.random() < 0.5 else _with_a_band(image, rng)
    kept = io.BytesIO()
    made.save(kept, "JPEG", quality=int(rng.integers(55, 92)))
    return np.asarray(Image.open(kept).convert("RGB"))


def _words(rng: np.random.Generator, count: int) -> str:
    return " ".join(str(word) for word in rng.choice(SAYING, count))


def _with_capitals(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    draw = ImageDraw.Draw(image)
    for below in (False, True):
        text, size = _words(rng, int(rng.integers(3, 6))).upper(), int(image.height * 0.1)
        while draw.textlength(text, font=ImageFont.load_default(size)) > image.width * 0.95:
            size -= 1
        font = ImageFont.load_default(size)
        across = (image.width - draw.textlength(text, font=font)) / 2
        down = image.height * 0.96 - 1.2 * size if below else image.height * 0.03
        edge = max(2, size // 10)
        draw.text(
            (across, down), text, font=font, fill="white", stroke_width=edge, stroke_fill="black"
        )
    return image


def _with_a_band(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    size, lines = int(max(16, image.width * 0.05)), int(rng.integers(1, 3))
    font = ImageFont.load_default(size)
    whole = Image.new("RGB", (image.width, image.height + int(1.5 * size * lines) + 10), "white")
    whole.paste(image, (0, whole.height - image.height))
    draw = ImageDraw.Draw(whole)
    for line in range(lines):
        text = _words(rng, 6)
        while draw.textlength(text, font=font) > whole.width * 0.97:
            text = text.rsplit(" ", 1)[0]
        draw.text((8, 6 + 1.4 * size * line), text, font=font, fill="black")
    return whole
