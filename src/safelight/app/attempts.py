"""How often somebody may guess: a few times at once, then ever more slowly, and all together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

FREE = 5
"""Wrong attempts from one address before it has to wait."""
_FIRST_WAIT_S = 2.0
_LONGEST_WAIT_S = 900.0
_FORGOTTEN_S = 3600.0
_ALL_TOGETHER = 60
"""Attempts an hour from all addresses: who has many addresses is no faster."""
_MOST_CLIENTS = 10_000


@dataclass(slots=True)
class _Client:
    count: int = 0
    until: float = 0.0
    last: float = 0.0


class Attempts:
    """Counts attempts; held in memory, as a restart of the server takes longer than a wait."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._clients: dict[str, _Client] = {}
        self._recent: list[float] = []

    def wait_s(self, client: str) -> float:
        """Seconds until this client may try again; 0 when now."""
        with self._lock:
            now = self._now()
            self._tidy(now)
            found = self._clients.get(_place(client))
            own = found.until - now if found is not None else 0.0
            crowd = self._recent[0] + _FORGOTTEN_S - now if self._full() else 0.0
            return max(0.0, own, crowd)

    def begin(self, client: str) -> None:
        """Count one attempt before it is looked at, so that many at once count, too."""
        with self._lock:
            now = self._now()
            found = self._clients.setdefault(_place(client), _Client())
            found.count, found.last = found.count + 1, now
            if found.count >= FREE:
                wait = _FIRST_WAIT_S * 2.0 ** min(20, found.count - FREE)
                found.until = now + min(_LONGEST_WAIT_S, wait)
            self._recent.append(now)

    def forget(self, client: str) -> None:
        """It was right: its own attempts no longer count."""
        with self._lock:
            self._clients.pop(_place(client), None)
            if self._recent:
                self._recent.pop()

    def _full(self) -> bool:
        return len(self._recent) >= _ALL_TOGETHER

    def _tidy(self, now: float) -> None:
        self._recent = [at for at in self._recent if now - at < _FORGOTTEN_S]
        if len(self._clients) > _MOST_CLIENTS:
            self._clients.clear()
        for name in [n for n, c in self._clients.items() if now - c.last > _FORGOTTEN_S]:
            del self._clients[name]


def _place(client: str) -> str:
    """Whom an address stands for: of IPv6 a whole network, in which anybody has many."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    return client if address.version == 4 else str(ip_network((address.packed[:8] + bytes(8), 64)))
