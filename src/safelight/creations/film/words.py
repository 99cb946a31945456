"""The title of a film: white letters on a soft shadow, low in the first seconds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from safelight.creations.collage.typography import fit, printable
from safelight.creations.film.takes import FilmPlan

_SIDE = 0.08
_LOW = 0.16
_WHITE, _SHADOW = 235, 16


@dataclass(frozen=True, slots=True)
class Plate:
    """Words ready to be laid over planes.

    Attributes:
        top: row of the luma plane at which it begins, even.
        covers: how much of it hides the picture, 0 to 1, for luma and for chroma.
        inks: what it puts there, for Y, Cb and Cr.
    """

    top: int
    covers: tuple[NDArray[np.float32], NDArray[np.float32]]
    inks: tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


def title_plate(plan: FilmPlan) -> Plate | None:
    """The plate of a plan's words; None where it has none that can be drawn."""
    title, subtitle = printable(plan.title), printable(plan.subtitle)
    if not title:
        return None
    short, room = min(plan.width, plan.height), plan.width * (1 - 2 * _SIDE)
    head = fit(title, room, plan.height * 0.5, short * 0.085, lines=3)
    words = Image.new("L", (plan.width, plan.height), 0)
    draw = ImageDraw.Draw(words)
    y = (
        plan.height * (1 - _LOW)
        - head.leading * len(head.lines)
        - (short * 0.07 if subtitle else 0)
    )
    begin = y
    for line in head.lines:
        draw.text((plan.width / 2, y), line, font=head.font, fill=255, anchor="ma")
        y += head.leading
    if subtitle:
        foot = fit(subtitle, room, short * 0.07, short * 0.045, face="italic", lines=1)
        for line in foot.lines:
            draw.text(
                (plan.width / 2, y + short * 0.012), line, font=foot.font, fill=255, anchor="ma"
            )
        y += short * 0.07
    margin = short * 0.14
    top = max(0, int(begin - margin)) // 2 * 2
    bottom = min(plan.height, int(y + margin)) // 2 * 2
    letters = words.crop((0, top, plan.width, bottom))
    shade = letters.filter(ImageFilter.GaussianBlur(short * 0.035))
    ink = np.asarray(letters, np.float32) / 255
    shadow = np.minimum(np.asarray(shade, np.float32) / 255 * 1.5, 0.6)
    cover = ink + shadow * (1 - ink)
    luma = np.where(cover > 0, (ink * _WHITE + shadow * (1 - ink) * _SHADOW), 0)
    luma = luma / np.maximum(cover, 1e-3)
    halved = np.asarray(cover, np.float32).reshape(cover.shape[0] // 2, 2, -1, 2).mean((1, 3))
    grey = np.full_like(halved, 128)
    return Plate(
        top,
        (np.asarray(cover, np.float32), np.asarray(halved, np.float32)),
        (np.asarray(luma, np.float32), grey, grey),
    )
