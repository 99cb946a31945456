"""A ZIP archive that is written as it is read: never more of it in memory than one entry."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

STORED_SUFFIXES = (".jpg", ".png", ".mp4", ".webp", ".gif", ".pdf")
_CHUNK = 1 << 16
_DAY = (2026, 1, 1, 0, 0, 0)  # when it was packed says the ledger


class _Sink:
    """Takes what the archive writes until it is fetched; cannot be wound back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._at = 0

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        pass

    def fetch(self) -> bytes:
        data, self._parts = b"".join(self._parts), []
        return data


Entry = tuple[str, Iterable[bytes]]
"""A name in the archive, and its content piece by piece."""


def stream_zip(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The archive's bytes, while `entries` are drawn one by one."""
    sink = _Sink()
    # zipfile needs to write and tell only, since the sink has no seek.
    with zipfile.ZipFile(cast(BinaryIO, sink), "w", allowZip64=True) as archive:
        for name, pieces in entries:
            info = zipfile.ZipInfo(name, _DAY)
            stored = name.endswith(STORED_SUFFIXES)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as file:
                waiting = 0
                for piece in pieces:
                    file.write(piece)
                    waiting += len(piece)
                    if waiting >= _CHUNK:
                        yield sink.fetch()
                        waiting = 0
            yield sink.fetch()
    yield sink.fetch()
