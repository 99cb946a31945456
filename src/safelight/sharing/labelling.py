"""A label in the picture itself, where everybody sees it and no program can strip it unseen."""

from __future__ import annotations

from functools import cache

from PIL import Image, ImageDraw, ImageFont

MADE_WITH_AI = "Made with AI"


def draw_label(image: Image.Image, words: str) -> Image.Image:
    """The picture with a small plate of words in its lower left corner."""
    labelled = image.convert("RGB")
    short = min(labelled.size)
    font = _font(max(11, round(short / 32)))
    draw = ImageDraw.Draw(labelled, "RGBA")
    left, top, right, bottom = draw.textbbox((0, 0), words, font=font)
    pad, edge = (bottom - top) * 0.6, short * 0.025
    height = bottom - top + 2 * pad
    x, y = edge, labelled.height - edge - height
    plate = (x, y, x + right - left + 2 * pad * 1.3, y + height)
    draw.rounded_rectangle(plate, height / 2, fill=(20, 17, 16, 190))
    draw.text((x + pad * 1.3 - left, y + pad - top), words, font=font, fill=(255, 255, 255, 255))
    if image.mode == "RGBA":
        alpha = image.getchannel("A")  # a plate on clear ground is there to be read, too
        ImageDraw.Draw(alpha).rounded_rectangle(plate, height / 2, fill=255)
        labelled.putalpha(alpha)
    return labelled


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return font
