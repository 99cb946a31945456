"""Requests to a program on this machine: the one place where Safelight itself connects.

An address must be a literal of loopback, or `localhost`, which is taken for 127.0.0.1 without
being looked up (RFC 6761), so no hosts file and no name server can send a photo elsewhere.
Redirects are answers like any other that is no success. Size and time are limited.
"""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit

from safelight.model.errors import RenderError, UserError

_BEAT_S = 0.2
_MOST_BYTES = 64 << 20
_CHUNK = 1 << 16
_Of = TypeVar("_Of")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a program listens.

    Attributes:
        address: a literal address of loopback.
        path: what stands before every path, without a slash at its end.
    """

    address: str
    port: int
    path: str = ""


def find_place(url: str) -> Place:
    """The place that an address names.

    Raises:
        UserError: it is no plain `http` address of this machine.
    """
    if not url:
        raise UserError("No generator is set up: the setting `generator` is empty.")
    try:
        parts = urlsplit(url)
        port = parts.port or 80
    except ValueError as error:
        raise UserError(f"The setting `generator` is no address: {error}.") from error
    if parts.scheme != "http" or parts.username is not None or parts.query or parts.fragment:
        raise UserError("The setting `generator` must look like http://127.0.0.1:7860.")
    host = parts.hostname or ""
    address = "127.0.0.1" if host == "localhost" else host
    if not _is_loopback(address):
        raise UserError(
            f"{host!r} in the setting `generator` is not this machine. Photos are only handed to "
            "a program on this machine: 127.0.0.1, [::1] or localhost."
        )
    return Place(address, port, parts.path.rstrip("/"))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


class Exchange:
    """One errand of several requests, under one limit of time, ended as soon as it must end.

    Args:
        seconds: all requests together.
        beat: called a few times a second; what it raises ends the errand, and the connection.
        sent: called when the first body has been handed over, which is the one with the photo.
    """

    def __init__(
        self, seconds: float, beat: Callable[[], None], sent: Callable[[], None] = lambda: None
    ) -> None:
        self._until = time.monotonic() + seconds
        self._seconds = seconds
        self._beat = beat
        self._sent: Callable[[], None] | None = sent

    def get(self, place: Place, path: str) -> bytes:
        """What lies at a path."""
        return self._request(place, "GET", path, None, "")

    def post(self, place: Place, path: str, body: bytes, media_type: str) -> bytes:
        """What is answered to a body."""
        return self._request(place, "POST", path, body, media_type)

    def post_json(self, place: Place, path: str, body: object) -> Any:
        """The same with JSON, there and back."""
        return read_json(self.post(place, path, json.dumps(body).encode(), "application/json"))

    def pause(self) -> None:
        """Wait a moment before asking again.

        Raises:
            RenderError: the time is up.
        """
        self._check()
        time.sleep(_BEAT_S)

    def _check(self) -> None:
        self._beat()
        if time.monotonic() > self._until:
            raise RenderError(f"The generator took longer than {self._seconds:.0f} s.")

    def _request(
        self, place: Place, method: str, path: str, body: bytes | None, media_type: str
    ) -> bytes:
        self._check()
        line = http.client.HTTPConnection(place.address, place.port, timeout=self._seconds)
        headers = {"Content-Type": media_type} if body is not None else {}
        # The line is hung up first, so that the thread ends whatever it waits for.
        with ThreadPoolExecutor(1, "safelight-generator") as pool, _connected(line):
            self._await(pool.submit(line.request, method, place.path + path, body, headers))
            if body is not None and self._sent is not None:
                self._sent()
                self._sent = None
            return self._await(pool.submit(_read, line))

    def _await(self, work: Future[_Of]) -> _Of:
        while not wait([work], _BEAT_S).done:
            self._check()
        return work.result()


@contextmanager
def _connected(line: http.client.HTTPConnection) -> Iterator[None]:
    """Connect, and hang up at the end at once, also under a thread that still reads."""
    try:
        line.connect()
        reached = line.sock  # the line forgets it while its answer is still being read
        try:
            if not _is_loopback(reached.getpeername()[0]):
                raise RenderError("The generator's address led away; nothing was sent.")
            yield
        finally:
            with suppress(OSError):  # the other side was quicker
                reached.shutdown(socket.SHUT_RDWR)
            line.close()
    except (OSError, http.client.HTTPException) as error:
        raise RenderError(f"The generator cannot be reached: {error}.") from error


def _read(line: http.client.HTTPConnection) -> bytes:
    with line.getresponse() as answer:
        if 300 <= answer.status < 400:
            raise RenderError("The generator pointed to another address, which is never followed.")
        if answer.status != 200:
            raise RenderError(f"The generator refused: {answer.status}.")
        content = bytearray()
        while chunk := answer.read(_CHUNK):
            content += chunk
            if len(content) > _MOST_BYTES:
                raise RenderError(f"The generator's answer is larger than {_MOST_BYTES >> 20} MB.")
        return bytes(content)


def read_json(content: bytes) -> Any:
    """An answer as JSON.

    Raises:
        RenderError: it is none.
    """
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise RenderError("The generator's answer cannot be understood.") from error
