"""Pictures whose content says that they are no memories: blurred, papers, screens, sensitive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safelight.analysis.quality.receipts import is_receipt
from safelight.model.assets import KeptOut
from safelight.model.observations import ContentResult
from safelight.model.quality import Quality

BLURRED_UNDER = 0.33
"""The softest of 115 sharp photos had 0.69; a blur that spoils any picture leaves about 0.3."""
SENSITIVE_FROM = 0.8
"""Of nudity scores; over 402 photos of family albums the highest was 0.14."""

CAPTIONED_FROM = 0.8
"""Eight letters in a line; none of 826 real photos had more than six, all of them written in."""

BARS = 0.3
"""Of `Quality.bars`: 55 screens with photos in them had 0.3 and more, 200 photos cut to a phone's
shape 0.1 at most."""

RECEIPT_COVER = 0.05
"""Share that lines of text cover; receipts have a dozen lines and more."""

_PAPERS: Mapping[str, float] = {
    "document": 1.0,
    "envelope": 0.9,
    "menu": 0.9,
    "crossword puzzle": 0.9,
    "book jacket": 0.7,
    "packet": 0.4,
    "binder": 0.6,
    "notebook": 0.4,
    "comic book": 0.6,
    "letter opener": 0.3,
    "rule": 0.3,
    "handkerchief": 0.2,
}
_SCREENS: Mapping[str, float] = {
    "screenshot": 1.0,
    "web site": 1.0,
    "screen": 0.5,
    "monitor": 0.4,
    "ipod": 0.3,
    "mobile phone": 0.3,
    "handheld computer": 0.4,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a picture stays out of ideas, and that in words; None when it does not."""

    kept_out: KeptOut | None
    why: str = ""


def judge(
    quality: Quality,
    content: ContentResult | None,
    *,
    has_camera: bool,
    size: tuple[int, int],
    text: str = "",
) -> Verdict:
    """Judge one picture; in doubt it stays in.

    Args:
        text: what was read in it.
        has_camera: whether its files name a camera.
        size: pixels of the upright picture.
    """
    if content is not None and (content.sensitive or 0.0) >= SENSITIVE_FROM:
        return Verdict(KeptOut.SENSITIVE, "it may show nudity")
    faces = sum(face.score >= 0.6 for face in content.faces) if content else 0
    if not has_camera and _is_screen(quality, content, size, faces > 0):
        return Verdict(KeptOut.SCREENSHOT, "it looks like a screenshot or a drawn picture")
    if quality.caption >= CAPTIONED_FROM and not has_camera:
        return Verdict(KeptOut.SCREENSHOT, "it looks like a meme: a caption is set over it")
    if not faces and _is_receipt(quality, content, text):
        return Verdict(KeptOut.DOCUMENT, "it looks like a receipt or a bill")
    if not faces and _is_paper(quality, content):
        return Verdict(KeptOut.DOCUMENT, "it looks like a document")
    if _is_blurred(quality):
        return Verdict(KeptOut.BLURRED, "nothing in it is sharp")
    return Verdict(None)


def _is_blurred(quality: Quality) -> bool:
    # Fog, night and fireworks are soft and wanted; they have light or colour where a mistake
    # of the finger has none.
    if quality.sparks > 0.2 or quality.glow > 0.5 or quality.dark > 0.7:
        return quality.sharpness < BLURRED_UNDER / 3
    return quality.sharpness < BLURRED_UNDER


def _is_receipt(quality: Quality, content: ContentResult | None, text: str) -> bool:
    """The words of one, on what looks like paper: prices on a market stall are none."""
    if quality.text_cover < RECEIPT_COVER or not is_receipt(text):
        return False
    return _weight(content, _PAPERS) >= 0.3 or _is_plain(quality)


def _is_plain(quality: Quality) -> bool:
    return quality.paper >= 0.35 and quality.colourfulness < 0.25


def _is_paper(quality: Quality, content: ContentResult | None) -> bool:
    """Two of three must agree: the words for it, the text on it, the paper's tone."""
    said = _weight(content, _PAPERS)
    text = quality.text_cover
    plain = _is_plain(quality)
    if text >= 0.12:
        return plain or said >= 0.15 or text >= 0.3
    # A lamp or a desk colours paper; then the words for it must be clear.
    return (said >= 0.3 and plain) or (said >= 0.6 and quality.paper >= 0.3)


def _is_screen(
    quality: Quality, content: ContentResult | None, size: tuple[int, int], faces: bool
) -> bool:
    """Whether a picture that names no camera is of a screen.

    With faces in it, only where its size or the words for it are sure: people are in what is
    shared and sent, and in photos beside a screen.
    """
    said = _weight(content, _SCREENS)
    full = quality.flat < 0.85  # a title on a plain ground is no screen
    if full and quality.bars >= BARS and (said >= 0.3 or _is_long(size) or size in _DESKS):
        return True
    if faces:
        return said >= 0.7 and quality.flat >= 0.15
    if quality.flat >= 0.7 and quality.paper >= 0.7:
        return True  # a table or a chart: nearly all of it one light tone, to the level
    drawn = quality.flat >= 0.35
    return (said >= 0.5 and quality.flat >= 0.15) or (
        drawn and (said >= 0.2 or (full and quality.bars > 0 and _like_a_phone(size)))
    )


def _like_a_phone(size: tuple[int, int]) -> bool:
    """Whether the shape is that of a phone's screen, which no camera's sensor has."""
    long, short = max(size), min(size)
    return short > 0 and 1.7 <= long / short <= 2.4 and short in _PHONE_WIDTHS


def _is_long(size: tuple[int, int]) -> bool:
    """Whether it is as long as phones are, in a size of theirs or made smaller by a messenger."""
    long, short = max(size), min(size)
    return short > 0 and 1.95 <= long / short <= 2.4


_DESKS = frozenset(
    {
        *((1280, 800), (1366, 768), (1440, 900), (1536, 864), (1600, 900), (1680, 1050)),
        *((1920, 1080), (1920, 1200), (2560, 1440), (2560, 1600), (2880, 1800), (3024, 1964)),
        *((3456, 2234), (3840, 2160), (5120, 2880)),
    }
)
"""Sizes of screens that stand on desks."""

_PHONE_WIDTHS = frozenset(
    {640, 720, 750, 768, 828, 1080, 1125, 1170, 1179, 1206, 1242, 1284, 1290, 1320, 1440}
)


def _weight(content: ContentResult | None, words: Mapping[str, float]) -> float:
    if content is None:
        return 0.0
    return sum(words.get(label.name, 0.0) * label.score for label in content.labels)
