"""Values that are kept of a photo, as a person would say them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from safelight.model.quality import Quality

_SOURCES = {
    "exif": "the camera",
    "xmp": "what another program wrote into the photo",
    "sidecar": "a file beside the photo",
    "takeout": "a Google Takeout",
    "filename": "the name of the file",
    "file": "the file itself, so it may be wrong",
}

_FIGURES = {
    "score": "all in all",
    "sharpness": "sharp",
    "exposure": "well lit",
    "contrast": "contrast",
    "colourfulness": "colour",
    "composition": "composition",
    "eyes": "eyes open",
    "smile": "smiles",
    "dark": "night",
    "glow": "light of a low sun",
    "sparks": "lights in the dark",
    "text_cover": "covered by text",
    "paper": "like paper",
    "flat": "like a drawing",
}
"""By field of `Quality`, in the order in which they are said."""


def said(column: str, value: Any) -> str:
    """A column of the catalogue in words."""
    return _SAID.get(column, str)(value)


def percent(share: float) -> str:
    """0.824 as 82%."""
    return f"{share:.0%}"


def figures_of(quality: Quality) -> str:
    """Every figure of a picture; those that were not measured are left out."""
    found = ((words, getattr(quality, name)) for name, words in _FIGURES.items())
    return ", ".join(f"{words} {percent(value)}" for words, value in found if value is not None)


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return f"{moment.day} {moment:%B %Y, %H:%M:%S}"


def _instant(seconds: float) -> str:
    return f"{_moment(datetime.fromtimestamp(seconds, UTC).isoformat())} UTC"


def _shift(seconds: float) -> str:
    whole = round(abs(seconds))
    hours, minutes = divmod(whole // 60, 60)
    parts = ((hours, "hour"), (minutes, "minute"), (whole % 60, "second"))
    words = " ".join(f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n)
    return f"{words} {'later' if seconds > 0 else 'earlier'}"


def _stars(rating: int) -> str:
    return "rejected" if rating < 0 else f"{rating} of 5 stars"


def _words(text: str) -> str:
    return ", ".join(map(str, json.loads(text)))


def _source(name: str) -> str:
    return _SOURCES.get(name, name)


_SAID: dict[str, Callable[[Any], str]] = {
    "taken_local": _moment,
    "time_source": _source,
    "clock_shift_s": _shift,
    "fix_utc": _instant,
    "rating": _stars,
    "keywords": _words,
}
