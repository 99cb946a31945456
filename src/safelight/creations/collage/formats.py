"""Named canvas sizes."""

from __future__ import annotations

from dataclasses import dataclass

from safelight.model.errors import UserError


@dataclass(frozen=True, slots=True)
class Format:
    """A canvas that people know by name: pixels, and dots per inch where it is for print."""

    name: str
    label: str
    width: int
    height: int
    dpi: int | None = None


def _print_size(centimetres: float, dpi: int = 300) -> int:
    return round(centimetres / 2.54 * dpi)


FORMATS: tuple[Format, ...] = (
    Format("square", "Square", 2048, 2048),
    Format("portrait", "Portrait 4:5", 2048, 2560),
    Format("landscape", "Landscape 4:3", 2560, 1920),
    Format("wide", "Wide 16:9", 2560, 1440),
    Format("story", "Story 9:16", 1080, 1920),
    Format("story-2x", "Story 9:16, double", 2160, 3840),
    Format("a4", "A4, upright", _print_size(21.0), _print_size(29.7), 300),
    Format("a4-landscape", "A4, across", _print_size(29.7), _print_size(21.0), 300),
    Format("card", "Card 15 x 10 cm", _print_size(15), _print_size(10), 300),
    Format("30x40", "30 x 40 cm, upright", _print_size(30), _print_size(40), 300),
    Format("40x30", "40 x 30 cm, across", _print_size(40), _print_size(30), 300),
)

_BY_NAME = {item.name: item for item in FORMATS}


def find_format(name: str) -> Format:
    """The format of that name.

    Raises:
        UserError: there is none; the message lists those there are.
    """
    if name not in _BY_NAME:
        raise UserError(f"there is no format {name!r}; there are {', '.join(_BY_NAME)}")
    return _BY_NAME[name]
