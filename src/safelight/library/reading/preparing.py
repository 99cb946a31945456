"""What reading loads late, loaded early: a worker that takes jobs can open no file any more."""

from __future__ import annotations

import codecs
from importlib import import_module

from PIL import Image

from safelight.library.reading.zones import load_zones

# Texts in files say in which of these they are written; Python loads each when it is first met.
_ENCODINGS = (
    "ascii", "latin-1", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32",
    "utf-32-le", "utf-32-be", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "iso8859-15",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "mac-roman", "shift_jis", "euc_jp",
    "gb18030", "big5", "euc_kr",
)  # fmt: skip
_LATE_PARTS = ("ImageColor", "ImageFilter", "ImagePalette", "PpmImagePlugin", "TiffImagePlugin")


def prepare() -> None:
    """Load everything that the steps of reading may open, and that imports leave out."""
    for name in _ENCODINGS:
        codecs.lookup(name)
    for part in _LATE_PARTS:
        import_module(f"PIL.{part}")
    Image.preinit()
    load_zones()
