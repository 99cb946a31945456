"""A stand-in for a picture generator on loopback, which speaks both interfaces.

Requests and answers follow `modules/api/api.py` of AUTOMATIC1111's web UI and `server.py` and
`execution.py` of ComfyUI, as far as they are used here.
"""

from __future__ import annotations

import base64
import io
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from PIL import Image, ImageOps


class StandIn:
    """Answers every photo with its negative, and remembers what it was asked.

    Attributes:
        meanwhile: called while it works.
        spoil: answers in place of the right answer.
        seconds: how long it works on a picture.
        busy_with: the job of somebody else that it works on first.
        failure: what ComfyUI says went wrong.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.photos: list[bytes] = []
        self.meanwhile: Callable[[], object] = lambda: None
        self.spoil: Callable[[BaseHTTPRequestHandler], object] | None = None
        self.url = ""
        self.seconds = 0.0
        self.busy_with = ""
        self.failure = ""
        self.share = 0.0
        self.interrupted = threading.Event()
        self.queued: list[str] = []

    def paths(self) -> list[str]:
        """What was asked, in order."""
        return [path for path, _ in self.asked]

    def work(self) -> None:
        """Take its time; an interruption ends it early, with a picture all the same."""
        began = time.monotonic()
        while not self.interrupted.is_set() and time.monotonic() - began < self.seconds:
            if not self.busy_with:
                self.share = (time.monotonic() - began) / self.seconds
            time.sleep(0.02)

    def negative(self) -> bytes:
        picture = Image.open(io.BytesIO(self.photos[-1])).convert("RGB")
        out = io.BytesIO()
        ImageOps.invert(picture).save(out, "PNG")
        return out.getvalue()

    def answer(self, path: str, query: dict[str, list[str]], body: bytes) -> bytes:
        if path in ("/sdapi/v1/interrupt", "/interrupt"):
            self.asked.append((path, json.loads(body)))
            self.interrupted.set()
            return b"{}"
        if path.startswith("/sdapi/"):
            return self._as_web_ui(path, query, body)
        return self._as_comfy(path, query, body)

    def _as_web_ui(self, path: str, query: dict[str, list[str]], body: bytes) -> bytes:
        if path == "/sdapi/v1/progress":
            assert query["skip_current_image"] == ["true"]
            self.asked.append((path, None))
            job = self.busy_with or "scripts_img2img"
            state = {"job": job, "job_count": 1, "interrupted": self.interrupted.is_set()}
            told = {"progress": self.share, "eta_relative": 1.0, "state": state}
            return json.dumps(told).encode()
        assert path == "/sdapi/v1/img2img"
        wish = json.loads(body)
        self.asked.append((path, wish))
        self.photos.append(base64.b64decode(wish["init_images"][0]))
        self.meanwhile()
        self.work()
        return json.dumps({"images": [base64.b64encode(self.negative()).decode()]}).encode()

    def _as_comfy(self, path: str, query: dict[str, list[str]], body: bytes) -> bytes:
        if path == "/view":
            assert query["filename"] == ["out.png"]
            return self.negative()
        if path == "/upload/image":
            self.photos.append(body[body.index(b"\xff\xd8") : body.rindex(b"\xff\xd9") + 2])
            self.asked.append((path, b'name="type"\r\n\r\ntemp' in body))
            return b'{"name": "up.jpg", "subfolder": "", "type": "temp"}'
        if path == "/prompt":
            self.asked.append((path, json.loads(body)["prompt"]))
            self.meanwhile()
            self.queued.append("7-a")
            return b'{"prompt_id": "7-a", "number": 1, "node_errors": {}}'
        self.asked.append((path, json.loads(body) if body else None))
        if body:  # of the queue or of the history, something is to be taken out
            return b""
        if path == "/queue":
            running = [[1, "7-a", {}, {}, ["9"]]] if "7-a" in self.queued else []
            return json.dumps({"queue_running": running, "queue_pending": []}).encode()
        assert path == "/history/7-a"
        return self._history()

    def _history(self) -> bytes:
        asked = self.paths().count("/history/7-a")
        if asked < 3 or (self.seconds and not self.interrupted.is_set()):
            return b"{}"
        if self.failure:
            event = ["execution_error", {"node_id": "3", "exception_message": self.failure}]
            failed = {"status_str": "error", "completed": False, "messages": [event]}
            return json.dumps({"7-a": {"outputs": {}, "status": failed}}).encode()
        made = {"filename": "out.png", "subfolder": "", "type": "output"}
        seen = {"filename": "look.png", "subfolder": "", "type": "temp"}
        outputs = {"8": {"images": [seen]}, "9": {"images": [made]}, "3": {"text": ["x"]}}
        status = {"status_str": "success", "completed": True, "messages": []}
        return json.dumps({"7-a": {"outputs": outputs, "status": status}}).encode()


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """A generator that listens until the end."""
    generator = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if generator.spoil is not None:
                generator.photos.append(body)
                generator.spoil(self)
                return
            parts = urlsplit(self.path)
            content = generator.answer(parts.path, parse_qs(parts.query), body)
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST  # noqa: N815  # the library's name

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    generator.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield generator
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
