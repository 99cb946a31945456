"""A long answer made piece by piece, all of it on one thread of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator

_AHEAD = 16


def from_one_thread(make: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    """The pieces of `make()`, whoever asks for them.

    A server draws each piece on whatever thread is free; a database connection must not be
    passed around like that. When the reader goes away the maker ends with its next piece.
    """
    pieces: queue.Queue[bytes | BaseException | None] = queue.Queue(_AHEAD)
    gone = threading.Event()

    def run() -> None:
        end: BaseException | None = None
        try:
            for piece in make():
                if not _put(pieces, piece, gone):
                    return
        except BaseException as error:  # noqa: BLE001  # raised again where it is read
            end = error
        _put(pieces, end, gone)

    threading.Thread(target=run, name="safelight-answer", daemon=True).start()
    try:
        while (piece := pieces.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        gone.set()


def _put(
    pieces: queue.Queue[bytes | BaseException | None],
    piece: bytes | BaseException | None,
    gone: threading.Event,
) -> bool:
    while not gone.is_set():
        try:
            pieces.put(piece, timeout=0.2)
        except queue.Full:
            continue
        return True
    return False
