"""Between the coordinator and a worker: JSON heads and plain bytes, never pickles.

A worker has read a stranger's file, so what it says is a stranger's too: nothing that it sends
is ever run, and every length is bounded.
"""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from safelight.engine.sandbox import from_plain, to_plain
from safelight.model.errors import WireError
from safelight.model.isolation import LayerState
from safelight.model.jobs import Job, JobResult, Payload

_LONGEST_HEAD = 1 << 16
_LONGEST_OUTPUT = 1 << 30
_LONGEST_PART = 1 << 26
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker's first words: which layers hold; or why it cannot work."""

    layers: tuple[LayerState, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A worker's words in a long answer: a part, a wish for bytes, an error, or the end.

    Attributes:
        at, length: which bytes it wants; a length of 0 is the end.
    """

    part: bytes | None = field(repr=False, default=None)
    at: int = 0
    length: int = 0
    error: str | None = None


def send_job(pipe: Connection, job: Job) -> None:
    """Hand a job to a worker."""
    pieces = job.payload if isinstance(job.payload, tuple) else (job.payload,)
    sizes = [len(piece) for piece in pieces]
    head = {"ticket": job.ticket, "step": job.step, "timeout_s": job.timeout_s, "sizes": sizes}
    _send(pipe, head)
    for piece in pieces:
        _send_piece(pipe, piece)


def receive_job(pipe: Connection) -> Job:
    """The next job, in a worker."""
    head = json.loads(pipe.recv_bytes())
    pieces = tuple(_receive_piece(pipe, size) for size in head["sizes"])
    payload: Payload = pieces if len(pieces) > 1 else pieces[0]
    return Job(head["ticket"], head["step"], payload, head["timeout_s"])


def send_result(pipe: Connection, result: JobResult) -> None:
    """Answer a job."""
    reason = result.error[:_LONGEST_REASON] if result.error is not None else None
    _send(pipe, {"error": reason})
    pipe.send_bytes(result.output or b"")


def receive_result(pipe: Connection, ticket: str) -> JobResult:
    """The answer to the job of this ticket; its words are cut to what can be shown.

    Raises:
        EOFError, OSError: the worker is gone.
        WireError: it is not an answer.
    """
    reason = _receive(pipe).get("error")
    output = pipe.recv_bytes(_LONGEST_OUTPUT)
    if reason is None:
        return JobResult(ticket, output)
    if not isinstance(reason, str):
        raise WireError("not an answer")
    return JobResult(ticket, error=_showable(reason))


def send_part(pipe: Connection, part: bytes) -> None:
    """One part of a long answer, from a worker."""
    _send(pipe, {"part": True})
    pipe.send_bytes(part)


def send_end(pipe: Connection, error: str | None = None) -> None:
    """The end of a long answer, or why there is no more."""
    _send(pipe, {"error": error[:_LONGEST_REASON] if error is not None else None})


def ask_for(pipe: Connection, at: int, length: int) -> bytes:
    """Bytes of the file that a worker's job is about; fewer at its end."""
    _send(pipe, {"at": at, "length": length})
    return pipe.recv_bytes()


def receive_ask(pipe: Connection) -> Ask:
    """What a worker says in a long answer.

    Raises:
        EOFError, OSError: the worker is gone.
        WireError: it makes no sense.
    """
    head = _receive(pipe)
    if head.get("part"):
        return Ask(part=pipe.recv_bytes(_LONGEST_PART))
    at, length, error = head.get("at", 0), head.get("length", 0), head.get("error")
    if error is not None:
        return Ask(error=_showable(str(error)))
    if not (isinstance(at, int) and isinstance(length, int) and at >= 0 and length >= 0):
        raise WireError("not an answer")
    return Ask(at=at, length=length)


def send_ready(pipe: Connection, ready: Ready) -> None:
    """Say that a worker takes jobs from now on."""
    _send(pipe, {"layers": to_plain(ready.layers), "error": ready.error})


def receive_ready(pipe: Connection) -> Ready:
    """A worker's first words.

    Raises:
        EOFError, OSError: the worker is gone.
        WireError: they make no sense.
    """
    head = _receive(pipe)
    try:
        error = head["error"]
        return Ready(from_plain(head["layers"]), _showable(error) if error else None)
    except (KeyError, TypeError, ValueError) as wrong:
        raise WireError("a worker's first words make no sense") from wrong


def _send_piece(pipe: Connection, piece: bytes) -> None:
    if sys.platform == "win32":
        pipe.send_bytes(piece)
        return
    left = memoryview(piece)
    while left:
        left = left[os.write(pipe.fileno(), left) :]


def _receive_piece(pipe: Connection, size: int) -> bytes:
    """A photo, read to where it stays.

    `recv_bytes` would make room for all of it at each of some twenty pieces and put them together,
    which takes five times as long.
    """
    if sys.platform == "win32":
        return pipe.recv_bytes()
    whole = io.BytesIO()
    if size:
        whole.seek(size - 1)
        whole.write(b"\0")
    with whole.getbuffer() as room:
        at = 0
        while at < size:
            got = os.readv(pipe.fileno(), [room[at:]])
            if not got:
                raise EOFError
            at += got
    return whole.getvalue()


def _send(pipe: Connection, head: dict[str, Any]) -> None:
    pipe.send_bytes(json.dumps(head).encode())


def _receive(pipe: Connection) -> dict[str, Any]:
    try:
        head = json.loads(pipe.recv_bytes(_LONGEST_HEAD))
    except (ValueError, RecursionError) as wrong:
        raise WireError("not an answer") from wrong
    if not isinstance(head, dict):
        raise WireError("not an answer")
    return head


def _showable(text: str) -> str:
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return plain[:_LONGEST_REASON]
