"""Fonts for titles, and setting words so that they fit their box.

PT Serif (SIL Open Font Licence; Latin of every European language and Cyrillic) where the
package `fontpkg-pt-serif` is installed, else the font inside Pillow (Aileron; Western European
letters only). Neither draws Greek, Arabic, Hebrew, Indic, Chinese, Japanese or Korean:
`missing_glyphs` says what a title would lose.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

from PIL import ImageFont

_PACKAGE = "fontpkg_pt_serif"
_FACES = {"regular": "PT_Serif-Web-Regular.ttf", "italic": "PT_Serif-Web-Italic.ttf"}

Font = ImageFont.FreeTypeFont


@lru_cache(maxsize=64)
def load_font(face: str, size: int) -> Font:
    """The title font, `regular` or `italic`, at a size in pixels."""
    try:
        source = files(_PACKAGE) / "files" / _FACES[face]
        with as_file(source) as path:
            return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    except (ModuleNotFoundError, OSError):
        font = ImageFont.load_default(size)
        assert isinstance(font, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
        return font


def missing_glyphs(text: str) -> str:
    """Characters of a title that the font cannot draw, each once, in order."""
    return "".join(dict.fromkeys(c for c in _composed(text) if not _drawable(c)))


def printable(text: str) -> str:
    """The title as it can be drawn: without what no glyph exists for, spaces tidied."""
    simple = "".join(_nearest(c) for c in _composed(text))
    return " ".join(simple.split())


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _nearest(character: str) -> str:
    if _drawable(character):
        return character
    dashes = {"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-"}
    plain = dashes.get(character) or unicodedata.normalize("NFKD", character)
    return "".join(c for c in plain if _drawable(c))


@lru_cache(maxsize=2048)
def _drawable(character: str) -> bool:
    if character.isspace():
        return True
    font = load_font("regular", 32)
    return bytes(font.getmask(character)) != _tofu(font)


@lru_cache(maxsize=4)
def _tofu(font: Font) -> bytes:
    """What the font draws for a character it lacks (a noncharacter is in no font)."""
    return bytes(font.getmask("\U0010fffe"))


@dataclass(frozen=True, slots=True)
class Setting:
    """Words ready to draw: lines, their font, tracking and leading in pixels."""

    lines: tuple[str, ...]
    font: Font
    tracking: float
    leading: int

    @property
    def height(self) -> int:
        """From the top of the first line's capitals to the last baseline."""
        return round(cap_height(self.font)) + self.leading * (len(self.lines) - 1)


def cap_height(font: Font) -> float:
    """Height of a capital letter in pixels."""
    return -font.getbbox("H", anchor="ls")[1]


def width_of(text: str, font: Font, tracking: float = 0.0) -> float:
    """Width of a line, kerned; tracking is added between characters."""
    return font.getlength(text) + tracking * max(0, len(text) - 1)


def fit(
    text: str,
    width: float,
    height: float,
    size: int,
    *,
    face: str = "regular",
    lines: int = 2,
    tracking: float = 0.0,
) -> Setting:
    """Set words as large as they fit, up to `size`: one line, else more, else shortened.

    `tracking` is a share of the font's size. Nothing is set smaller than about half of `size`.
    """
    least = max(8, round(size * 0.5))
    for tried in range(size, least - 1, -max(1, size // 24)):
        font = load_font(face, tried)
        if width_of(text, font, tracking * tried) <= width:
            return _set([text], font, tracking)
        if lines > 1 and tried < size * 0.82:
            broken = _break(text, font, width, tracking * tried, lines)
            if broken and _set(broken, font, tracking).height <= height:
                return _set(broken, font, tracking)
    return _set(
        [_shorten(text, load_font(face, least), width, tracking * least)],
        load_font(face, least),
        tracking,
    )


def _set(lines: list[str], font: Font, tracking: float) -> Setting:
    return Setting(tuple(lines), font, tracking * font.size, round(font.size * 1.16))


def _break(text: str, font: Font, width: float, tracking: float, most: int) -> list[str]:
    """Lines of nearly equal length, at most `most`; [] when the words do not fit."""
    words = text.split(" ")
    for count in range(2, most + 1):
        lines = _balanced(words, font, count, tracking)
        if lines and all(width_of(line, font, tracking) <= width for line in lines):
            return lines
    return []


def _balanced(words: list[str], font: Font, count: int, tracking: float) -> list[str]:
    if count == 1:
        return [" ".join(words)]
    choices = []
    for cut in range(1, len(words) - count + 2):
        rest = _balanced(words[cut:], font, count - 1, tracking)
        if rest:
            choices.append([" ".join(words[:cut]), *rest])
    if not choices:
        return []
    return min(choices, key=lambda ls: max(width_of(line, font, tracking) for line in ls))


def _shorten(text: str, font: Font, width: float, tracking: float) -> str:
    """The text cut at a character, with an ellipsis."""
    for end in range(len(text), 0, -1):
        cut = text[:end].rstrip(" ,.;:-") + "\u2026"
        if width_of(cut, font, tracking) <= width:
            return cut
    return ""
