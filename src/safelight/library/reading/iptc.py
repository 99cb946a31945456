"""IPTC IIM: the older fields that press photo programs write (IPTC-NAA 4.2)."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import IptcImagePlugin
from PIL.ImageFile import ImageFile

from safelight.library.reading.cameras import clean
from safelight.library.reading.dates import Stamp, parse_stamp

_CHARACTER_SET, _TITLE, _KEYWORDS = (1, 90), (2, 5), (2, 25)
_DAY, _CLOCK, _SCAN_DAY, _SCAN_CLOCK = (2, 55), (2, 60), (2, 62), (2, 63)
_HEADLINE, _CAPTION = (2, 105), (2, 120)
_UTF8 = b"\x1b%G"

_Records = dict[tuple[int, int], "bytes | list[bytes]"]


@dataclass(frozen=True, slots=True)
class IptcFacts:
    """What IPTC says; `created` is the day the picture was taken, `digitized` of its file."""

    title: str | None = None
    description: str | None = None
    keywords: tuple[str, ...] = ()
    created: Stamp | None = None
    digitized: Stamp | None = None


def iptc_facts(image: ImageFile) -> IptcFacts:
    """Read the fields that are used; damaged records give nothing."""
    try:
        records = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # noqa: BLE001  # a damaged record may raise anything; it is one of many
        return IptcFacts()
    words = [clean(word) for word in _texts(records, _KEYWORDS)]
    return IptcFacts(
        title=clean(_text(records, _TITLE)) or clean(_text(records, _HEADLINE)),
        description=clean(_text(records, _CAPTION)),
        keywords=tuple(word for word in words if word),
        created=_stamp(_text(records, _DAY), _text(records, _CLOCK)),
        digitized=_stamp(_text(records, _SCAN_DAY), _text(records, _SCAN_CLOCK)),
    )


def _texts(records: _Records, key: tuple[int, int]) -> list[str]:
    value = records.get(key, [])
    items = value if isinstance(value, list) else [value]
    return [_decoded(item, records.get(_CHARACTER_SET) == _UTF8) for item in items]


def _decoded(data: bytes, known_utf8: bool) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8" if known_utf8 else "latin-1", "replace")


def _text(records: _Records, key: tuple[int, int]) -> str:
    return next(iter(_texts(records, key)), "")


def _stamp(day: str, clock: str) -> Stamp | None:
    """A stamp from "20150612" and "134032+0100"; a time without a day is no date."""
    if len(day) != 8 or not day.isdigit():
        return None
    text = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    if len(clock) >= 6 and clock[:6].isdigit():
        # The format demands an offset: +0000 is what writers put who know none.
        offset = "" if clock[7:] == "0000" else clock[6:]
        text += f"T{clock[:2]}:{clock[2:4]}:{clock[4:6]}{offset}"
    return parse_stamp(text)
