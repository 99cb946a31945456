"""Ways to read a file the way a scan does."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from safelight.library.reading.step import ReadResult, build_request, parse_response, read_asset
from safelight.model.assets import FileRole, MediaFile

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MODIFIED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

Read = Callable[..., ReadResult]


@pytest.fixture
def read() -> Read:
    """Read bytes as an asset: `read(data, name="a.jpg", sidecars=[b""], places=True, …)`."""

    def run(
        data: bytes,
        name: str = "picture.jpg",
        *,
        sidecars: tuple[bytes, ...] = (),
        places: bool = True,
        live: bool = False,
        edge: int = 720,
        max_megapixels: float = 250,
        since: date | None = None,
        until: date | None = None,
        now: datetime = NOW,
    ) -> ReadResult:
        modified_ns = int(MODIFIED.timestamp()) * 10**9
        primary = MediaFile(f"/photos/{name}", FileRole.PRIMARY, len(data), modified_ns)
        beside = [
            (MediaFile(f"/photos/{name}.xmp", FileRole.SIDECAR, len(packet), 0), packet)
            for packet in sidecars
        ]
        request = build_request(
            [(primary, data), *beside],
            live=live,
            want_places=places,
            preview_edge=edge,
            preview_quality=82,
            max_megapixels=max_megapixels,
            since=since,
            until=until,
            now=now,
        )
        return parse_response(read_asset(request))

    return run


@pytest.fixture
def read_path(read: Read) -> Read:
    """Read a real file with the sidecars given."""

    def run(path: Path, *sidecars: Path, **options: Any) -> ReadResult:
        packets = tuple(sidecar.read_bytes() for sidecar in sidecars)
        return read(path.read_bytes(), path.name, sidecars=packets, **options)

    return run


Saved = Callable[..., bytes]


@pytest.fixture
def saved() -> Saved:
    """A picture as a file: `saved(image, "PNG", …)`."""

    def run(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
        out = io.BytesIO()
        image.save(out, kind, **options)
        return out.getvalue()

    return run


@pytest.fixture
def preview_of() -> Callable[[ReadResult], Image.Image]:
    """The decoded preview; fails with the reason where there is none."""

    def run(result: ReadResult) -> Image.Image:
        assert result.preview is not None, result.error
        return Image.open(io.BytesIO(result.preview), formats=["JPEG"])

    return run
