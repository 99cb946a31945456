"""What became of a file that is not the one that was read before."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from safelight.model.assets import TimeSource

_ALIKE_BITS = 10
"""Fingerprints that differ in no more than this of 64 bits are of one picture; chance puts 32
between two."""


class Change(StrEnum):
    """How a file differs from what was known of its path.

    Attributes:
        EDITED: the photo was tagged, turned, cropped or brightened.
        OTHER: another picture took its place, or it cannot be told.
    """

    NONE = "none"
    EDITED = "edited"
    OTHER = "other"


def change_of(old: Mapping[str, Any], new: Mapping[str, Any]) -> Change:
    """Compare an asset's row of before with the new one.

    The same photo is told by the moment at which it was taken, which editors keep, or by a picture
    that looks the same. A file that cannot be read any more tells nothing.
    """
    if bytes(old["digest"]) == new["digest"]:
        return Change.NONE
    if old["error"] is not None or new["error"] is not None:
        return Change.OTHER
    same = _same_moment(old, new) or _looks_the_same(old["fingerprint"], new["fingerprint"])
    return Change.EDITED if same else Change.OTHER


def _same_moment(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    if new.get("taken_local") is None or new["time_source"] == TimeSource.FILE:
        return False
    return all(old[name] == new[name] for name in ("taken_local", "time_source"))


def _looks_the_same(one: int | None, other: int | None) -> bool:
    if one is None or other is None:
        return False
    return ((one ^ other) & (1 << 64) - 1).bit_count() <= _ALIKE_BITS
