"""Fonts for titles, and setting words so that they fit their box.

PT Serif (SIL Open Font Licence; Cyrillic, and the Latin of Europe but for some Welsh and Maltese
letters, which lose their marks) where the package `fontpkg-pt-serif` is installed, else the
font inside Pillow (Aileron; plain letters only, not kerned). Neither draws Greek, Arabic,
Hebrew, Indic, Chinese, Japanese or Korean: `missing_glyphs` says what a title would lose.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import as_file, files

from PIL import ImageFont

_PACKAGE = "fontpkg_pt_serif"
_FACES = {"regular": "PT_Serif-Web-Regular.ttf", "italic": "PT_Serif-Web-Italic.ttf"}

Font = ImageFont.FreeTypeFont


@lru_cache(maxsize=64)
def load_font(face: str, size: float) -> Font:
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
    """Characters of a title that are lost, as the font has nothing like them; each once."""
    return "".join(dict.fromkeys(c for c in _composed(text) if c.isprintable() and not _nearest(c)))


def printable(text: str) -> str:
    """The title as it can be drawn: without what no glyph exists for, spaces tidied."""
    simple = "".join(_nearest(c) for c in _composed(text))
    return " ".join(simple.split())


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"),
        **dict.fromkeys("\u2018\u2019", "'"),
        **dict.fromkeys("\u201c\u201d\u201e", '"'),
        "\u2026": "...",
        "\u0141": "L",
        "\u0142": "l",
        "\u00d8": "O",
        "\u00f8": "o",
        "\u0110": "D",
        "\u0111": "d",
        "\u00d0": "D",
        "\u00f0": "d",
        "\u00de": "Th",
        "\u00fe": "th",
        "\u00c6": "Ae",
        "\u00e6": "ae",
        "\u0152": "Oe",
        "\u0153": "oe",
        "\u00df": "ss",
        "\u0131": "i",
    }
)
"""Letters and signs with no decomposition, as people write them on a plain keyboard."""


def _nearest(character: str) -> str:
    if _drawable(character):
        return character
    plain = unicodedata.normalize("NFKD", character.translate(_PLAIN))
    return "".join(c for c in plain if _drawable(c) and not unicodedata.combining(c))


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
    """Words that fit: lines, face and size; tracking is a share of the size."""

    lines: tuple[str, ...]
    face: str
    size: float
    tracking: float

    @property
    def font(self) -> Font:
        """The font at this size."""
        return load_font(self.face, self.size)

    @property
    def leading(self) -> float:
        """From one baseline to the next, pixels."""
        return self.size * 1.16

    @property
    def height(self) -> float:
        """From the top of the first line's capitals to the last baseline, pixels."""
        return cap_height(self.font) + self.leading * (len(self.lines) - 1)

    def scaled(self, scale: float) -> Setting:
        """The same words at another scale, with the same breaks."""
        return replace(self, size=self.size * scale)

    def width_of(self, line: str) -> float:
        """Width of a line, kerned, pixels."""
        return self.font.getlength(line) + self.tracking * self.size * max(0, len(line) - 1)


def cap_height(font: Font) -> float:
    """Height of a capital letter in pixels."""
    return -font.getbbox("H", anchor="ls")[1]


_LONGEST = 400
"""Letters of a title; no box holds more of them."""
_FLOORS = (0.8, 0.62, 0.55)
"""How small one, two or three lines may become before another line is begun."""


def fit(
    text: str,
    width: float,
    height: float,
    size: float,
    *,
    face: str = "regular",
    lines: int = 2,
    tracking: float = 0.0,
) -> Setting:
    """Set words as large as they fit, up to `size`: one line, else more, else shortened.

    Nothing is set smaller than half of `size`.
    """
    text = text[:_LONGEST]
    lines = min(lines, len(text.split(" ")))  # a word by itself gets small before it is cut
    for count in range(1, lines + 1):
        floor = _FLOORS[min(count, len(_FLOORS)) - 1] if count < lines else 0.5
        for step in range(21):
            tried = size * (1 - step / 40)
            if tried < floor * size:
                break
            found = _broken(Setting((text,), face, tried, tracking), count, width)
            if found is not None and (count == 1 or found.height <= height):
                return found
    return _shortened(Setting((text,), face, size * 0.5, tracking), width)


def _broken(whole: Setting, count: int, width: float) -> Setting | None:
    """The words in `count` lines of nearly equal length; None where they do not fit."""
    text = whole.lines[0]
    if whole.width_of(text) > width * count + whole.size * (count - 1):  # blanks go at the breaks
        return None
    lines = (text,) if count == 1 else _balanced(text.split(" "), whole, count, width)
    return replace(whole, lines=lines) if lines else None


def _balanced(words: list[str], setting: Setting, count: int, width: float) -> tuple[str, ...]:
    """The lines whose longest is the shortest; none where that is still too long."""

    @cache
    def best(start: int, lines: int) -> tuple[float, tuple[str, ...]]:
        found: tuple[float, tuple[str, ...]] = (float("inf"), ())
        ends = range(start + 1, len(words) - lines + 2) if lines > 1 else (len(words),)
        for end in ends:
            line = " ".join(words[start:end])
            length = setting.width_of(line)
            if length > width:
                break
            longest, rest = best(end, lines - 1) if lines > 1 else (0.0, ())
            if max(length, longest) < found[0]:
                found = (max(length, longest), (line, *rest))
        return found

    return best(0, count)[1]


def _shortened(whole: Setting, width: float) -> Setting:
    """The words cut at a character, with an ellipsis."""
    text = whole.lines[0]
    ellipsis = printable("\u2026") or "..."
    for end in range(len(text), 0, -1):
        cut = text[:end].rstrip(" ,.;:-") + ellipsis
        if whole.width_of(cut) <= width:
            return replace(whole, lines=(cut,))
    return replace(whole, lines=())
