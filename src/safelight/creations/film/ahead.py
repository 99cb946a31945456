"""Making things on a thread of its own, a few ahead of whoever takes them."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Iterator

_WAITING = 6
_POLL_S = 0.2


def made_ahead(items: Iterator[bytes], waiting: int = _WAITING) -> Iterator[bytes]:
    """The items, made on another thread that begins with the first call; its errors come out here.

    Closing it closes `items` as well, on that thread.
    """
    ready: queue.Queue[bytes | BaseException | None] = queue.Queue(waiting)
    stop = threading.Event()

    def offer(item: bytes | BaseException | None) -> None:
        while not stop.is_set():
            with contextlib.suppress(queue.Full):
                ready.put(item, timeout=_POLL_S)
                return

    def make() -> None:
        try:
            for item in items:
                offer(item)
                if stop.is_set():
                    break
            else:
                offer(None)
        except BaseException as error:  # noqa: BLE001  # raised again where it is awaited
            offer(error)
        finally:
            close = getattr(items, "close", None)
            if close is not None:
                close()

    thread = threading.Thread(target=make, name="safelight-ahead", daemon=True)
    thread.start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stop.set()
        thread.join(30)
