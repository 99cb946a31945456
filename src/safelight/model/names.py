"""Showing file names that hold anything a file system allows."""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # part of ordinary words and of emoji


def shown(path: str) -> str:
    """A path as text that is safe to print: one line, reading order kept, valid UTF-8.

    Bytes that are no UTF-8 (surrogate escapes), control characters and invisible direction
    marks become `\\x..` or `\\u....`. For people only: it cannot be turned back into a path.
    """
    if path.isascii() and path.isprintable():
        return path
    return "".join(_visible(character) for character in path)


def _visible(character: str) -> str:
    if character in _JOINERS or unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
