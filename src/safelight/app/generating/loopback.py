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
_ASIDE_EVERY_S, _ASIDE_S = 1.0, 3.0
_MOST_BYTES = 64 << 20
_CHUNK = 1 << 16
_LONGEST_REASON = 1 << 16
_LONGEST_SAID = 300
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
        beat: called a few times a second with the share of the work that is done, as far as the
            program tells; what it raises ends the errand, and the connection.
        sent: called when the first body has been handed over, which is the one with the photo.

    Attributes:
        share: how far the other program is, 0 to 1, as it was last told.
        broken_off: whether it was ended from this side: stopped, no longer allowed, or too late.
    """

    def __init__(
        self, seconds: float, beat: Callable[[float], None], sent: Callable[[], None] = lambda: None
    ) -> None:
        self._until = time.monotonic() + seconds
        self._seconds = seconds
        self._beat = beat
        self._sent: Callable[[], None] | None = sent
        self.share = 0.0
        self.broken_off = False

    def get(self, place: Place, path: str) -> bytes:
        """What lies at a path."""
        return self._request(place, "GET", path, None, "")

    def post(
        self,
        place: Place,
        path: str,
        body: bytes,
        media_type: str,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> bytes:
        """What is answered to a body.

        Args:
            meanwhile: called about once a second until the answer begins.
        """
        return self._request(place, "POST", path, body, media_type, meanwhile)

    def post_json(
        self, place: Place, path: str, body: object, meanwhile: Callable[[], None] = lambda: None
    ) -> Any:
        """The same with JSON, there and back."""
        content = json.dumps(body).encode()
        return read_json(self.post(place, path, content, "application/json", meanwhile))

    def aside(self) -> Exchange:
        """Another errand beside this one, short and not stopped with it: to ask how far the
        program is, or to tell it to stop.
        """
        return Exchange(_ASIDE_S, lambda _: None)

    def pause(self) -> None:
        """Wait a moment before asking again.

        Raises:
            RenderError: the time is up.
        """
        self._check()
        time.sleep(_BEAT_S)

    def _check(self) -> None:
        try:
            self._beat(self.share)
            if time.monotonic() > self._until:
                raise RenderError(f"The generator took longer than {self._seconds:.0f} s.")
        except BaseException:
            self.broken_off = True
            raise

    def _request(
        self,
        place: Place,
        method: str,
        path: str,
        body: bytes | None,
        media_type: str,
        meanwhile: Callable[[], None] = lambda: None,
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
            return self._await(pool.submit(_read, line), meanwhile)

    def _await(self, work: Future[_Of], meanwhile: Callable[[], None] = lambda: None) -> _Of:
        next_look = time.monotonic() + _ASIDE_EVERY_S
        while not wait([work], _BEAT_S).done:
            self._check()
            if time.monotonic() >= next_look:
                meanwhile()
                next_look = time.monotonic() + _ASIDE_EVERY_S
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
            raise RenderError(_refusal(answer.status, answer.read(_LONGEST_REASON)))
        content = bytearray()
        while chunk := answer.read(_CHUNK):
            content += chunk
            if len(content) > _MOST_BYTES:
                raise RenderError(f"The generator's answer is larger than {_MOST_BYTES >> 20} MB.")
        return bytes(content)


def _refusal(status: int, content: bytes) -> str:
    """What a refusal says, in words; those of the other program as far as they can be read."""
    if status == 401:
        return "The generator asks for a password, which Safelight does not have."
    if status == 404:
        return "The generator does not know this request (404). Was it started with its API on?"
    said = _reason(content)
    return (
        f"The generator refused ({status}): {said}" if said else f"The generator refused: {status}."
    )


def _reason(content: bytes) -> str:
    """The reason in an error of a web UI (`detail`, `errors`) or of ComfyUI (`error.message`)."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    values = (
        [answer.get(key) for key in ("detail", "errors", "error")]
        if isinstance(answer, dict)
        else []
    )
    found = [value.get("message") if isinstance(value, dict) else value for value in values]
    text = next((value for value in found if isinstance(value, str) and value.strip()), "")
    return readable(text)


def readable(text: str) -> str:
    """Words of another program on one line, cut short, without control characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _LONGEST_SAID else f"{line[: _LONGEST_SAID - 1]}…"


def read_json(content: bytes) -> Any:
    """An answer as JSON.

    Raises:
        RenderError: it is none.
    """
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise RenderError("The generator's answer cannot be understood.") from error
