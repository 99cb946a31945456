"""File names that hold anything a file system allows: keeping them, opening them, showing them.

A name may hold bytes that are no UTF-8; Python gives those as lone surrogates, which neither a
database nor JSON can carry. Inside Safelight they are characters of a private plane instead.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # part of ordinary words and of emoji


_SURROGATES = {code: 0x100000 + code for code in range(0xDC80, 0xDD00)}
_BYTES = {kept: code for code, kept in _SURROGATES.items()}


def storable(path: str) -> str:
    """A path as the system gives it, as text that can be kept and sent anywhere."""
    return path if path.isascii() else path.translate(_SURROGATES)


def system_path(path: str) -> str:
    """The inverse of `storable`: what the system knows the file by."""
    return path if path.isascii() else path.translate(_BYTES)


def typed(path: str) -> Path:
    """A path as a person types it, from the root, links kept; `~` is their own folder.

    Whether anything is there does not matter, nor whether anything could be: it never fails.
    """
    return Path(os.path.abspath(os.path.expanduser(path)))  # noqa: PTH100, PTH111  # those do


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
    code = _BYTES.get(ord(character), ord(character))
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
