"""The interface of ComfyUI: a workflow of the person's own, with places for what is asked."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from safelight.app.generating.asking import Asked
from safelight.app.generating.loopback import Exchange, Place, read_json, readable
from safelight.model.errors import RenderError, UserError

_LONGEST_WORKFLOW = 1 << 20
_BEGUN = 0.1
"""The share that stands for work that has begun: how far it is, ComfyUI tells only listeners."""
PHOTO, WORDS, SEED, STRENGTH = "{photo}", "{words}", "{seed}", "{strength}"


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow in ComfyUI's API format, whose values may be `{photo}`, `{words}`, `{seed}` and
    `{strength}`; `digest` tells it from others.
    """

    nodes: Mapping[str, Any]
    digest: str


def read_workflow(path: str) -> Workflow:
    """Read a workflow that ComfyUI exported for its API.

    Raises:
        UserError: it cannot be read, or has no place for the photo.
    """
    try:
        with Path(path).expanduser().open("rb") as file:
            data = file.read(_LONGEST_WORKFLOW)
        nodes = json.loads(data)
    except (OSError, ValueError, RecursionError) as error:
        raise UserError(f"The workflow {path} cannot be read: {error}.") from error
    if not isinstance(nodes, dict) or f'"{PHOTO}"' not in json.dumps(nodes):
        raise UserError(
            f'The workflow {path} has no place for the photo: put "{PHOTO}" where its file name '
            "stands, and export it in the API format."
        )
    return Workflow(nodes, hashlib.blake2b(data, digest_size=8).hexdigest())


class Comfy:
    """Hands over the photo among the files that ComfyUI forgets, queues the workflow, waits for
    it, fetches its first picture, and has the wish taken out of the list of what was made.

    When the wish is broken off, it is taken out of the queue, or interrupted where it runs.
    """

    def __init__(self, place: Place, workflow: Workflow) -> None:
        self._place = place
        self._workflow = workflow

    @property
    def name(self) -> str:
        """See `Generator`."""
        return f"comfy {self._workflow.digest}"

    def make(self, asked: Asked, exchange: Exchange) -> bytes:
        """See `Generator`."""
        values = {
            PHOTO: self._upload(asked.photo, exchange),
            WORDS: asked.words,
            SEED: asked.seed,
            STRENGTH: asked.strength,
        }
        queued = exchange.post_json(
            self._place, "/prompt", {"prompt": _filled(self._workflow.nodes, values)}
        )
        job = _text(queued, "prompt_id")
        try:
            made = self._wait_for(job, exchange)
            keys = ("filename", "subfolder", "type")
            query = urlencode({key: made[key] for key in keys if isinstance(made.get(key), str)})
            return exchange.get(self._place, f"/view?{query}")
        except BaseException:
            if exchange.broken_off:
                self._cancel(job, exchange)
            raise
        finally:
            self._tell(exchange, "/history", {"delete": [job]})

    def _upload(self, photo: bytes, exchange: Exchange) -> str:
        mark = secrets.token_hex(16)
        file = f'name="image"; filename="{mark}.jpg"\r\nContent-Type: image/jpeg'
        parts = [(file, photo), ('name="type"', b"temp")]
        body = b"".join(
            f"--{mark}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + value + b"\r\n"
            for head, value in parts
        )
        body += f"--{mark}--\r\n".encode()
        kind = f"multipart/form-data; boundary={mark}"
        answer = read_json(exchange.post(self._place, "/upload/image", body, kind))
        return f"{_text(answer, 'name')} [temp]"

    def _wait_for(self, job: str, exchange: Exchange) -> Mapping[str, Any]:
        path = f"/history/{quote(job, safe='')}"
        while True:
            history = read_json(exchange.get(self._place, path))
            ended = history.get(job) if isinstance(history, dict) else None
            if ended is not None:
                return _first_picture(ended)
            if not exchange.share and self._runs(job, exchange):
                exchange.share = _BEGUN
            exchange.pause()

    def _runs(self, job: str, exchange: Exchange) -> bool:
        """Whether the workflow is being worked on, and not only waited for."""
        with suppress(RenderError):
            queue = read_json(exchange.aside().get(self._place, "/queue"))
            running = queue.get("queue_running") if isinstance(queue, dict) else None
            entries = running if isinstance(running, list) else []
            return any(isinstance(entry, list) and job in entry[:2] for entry in entries)
        return False

    def _cancel(self, job: str, exchange: Exchange) -> None:
        self._tell(exchange, "/queue", {"delete": [job]})
        # Older versions stop whatever runs: asked only where that is this.
        if self._runs(job, exchange):
            self._tell(exchange, "/interrupt", {"prompt_id": job})

    def _tell(self, exchange: Exchange, path: str, body: object) -> None:
        content = json.dumps(body).encode()
        with suppress(RenderError):
            exchange.aside().post(self._place, path, content, "application/json")


def _first_picture(ended: Any) -> Mapping[str, Any]:
    reason = _failure(ended)
    if reason is not None:
        raise RenderError(f"The generator's workflow failed{reason and f': {reason}'}.")
    try:
        made: list[dict[str, Any]] = [
            picture for node in ended["outputs"].values() for picture in node.get("images", ())
        ]
        # Previews on the way lie among the temporary files, results among the others.
        made.sort(key=lambda picture: picture.get("type") == "temp")
        return made[0]
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise RenderError("The generator's workflow ended without a picture.") from error


def _failure(ended: Any) -> str | None:
    """Why a workflow failed, in ComfyUI's words; None where it did not say that it had."""
    status = ended.get("status") if isinstance(ended, dict) else None
    if not isinstance(status, dict) or status.get("status_str") != "error":
        return None
    messages = status.get("messages")
    for message in messages if isinstance(messages, list) else []:
        body = message[1] if isinstance(message, list) and len(message) == 2 else None
        said = body.get("exception_message") if isinstance(body, dict) else None
        if isinstance(said, str):
            return readable(said).rstrip(".")
        if isinstance(message, list) and message[:1] == ["execution_interrupted"]:
            return "it was interrupted there"
    return ""


def _filled(value: Any, values: Mapping[str, object]) -> Any:
    """The same with what is asked in its places; words can hold no place of their own."""
    if isinstance(value, Mapping):
        return {key: _filled(inner, values) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, values) for inner in value]
    return values.get(value, value) if isinstance(value, str) else value


def _text(answer: Any, key: str) -> str:
    found = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(found, str):
        raise RenderError("The generator's answer cannot be understood.")
    return found
