"""A stand-in for a picture generator on loopback, which speaks both interfaces."""

from __future__ import annotations

import base64
import io
import json
import threading
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
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.photos: list[bytes] = []
        self.meanwhile: Callable[[], object] = lambda: None
        self.spoil: Callable[[BaseHTTPRequestHandler], object] | None = None
        self.url = ""

    def negative(self) -> bytes:
        picture = Image.open(io.BytesIO(self.photos[-1])).convert("RGB")
        out = io.BytesIO()
        ImageOps.invert(picture).save(out, "PNG")
        return out.getvalue()

    def answer(self, path: str, query: dict[str, list[str]], body: bytes) -> bytes:
        if path == "/sdapi/v1/img2img":
            wish = json.loads(body)
            self.asked.append((path, wish))
            self.photos.append(base64.b64decode(wish["init_images"][0]))
            self.meanwhile()
            return json.dumps({"images": [base64.b64encode(self.negative()).decode()]}).encode()
        if path == "/upload/image":
            self.photos.append(body[body.index(b"\xff\xd8") : body.rindex(b"\xff\xd9") + 2])
            self.asked.append((path, b'name="type"\r\n\r\ntemp' in body))
            return b'{"name": "up.jpg", "subfolder": "", "type": "temp"}'
        if path == "/prompt":
            self.asked.append((path, json.loads(body)["prompt"]))
            self.meanwhile()
            return b'{"prompt_id": "7-a"}'
        if path == "/history/7-a":
            self.asked.append((path, None))
            if sum(known == path for known, _ in self.asked) < 3:
                return b"{}"
            made = {"filename": "out.png", "subfolder": "", "type": "output"}
            seen = {"filename": "look.png", "subfolder": "", "type": "temp"}
            outputs = {"8": {"images": [seen]}, "9": {"images": [made]}, "3": {"text": ["x"]}}
            return json.dumps({"7-a": {"outputs": outputs}}).encode()
        assert path == "/view"
        assert query["filename"] == ["out.png"]
        return self.negative()


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
