"""Does everything that Safelight needs work on this machine? Each check tries the real thing."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, features

from safelight.app.composition import Rooms, build_rooms
from safelight.app.proving import verify_home
from safelight.app.recounting import describe_check
from safelight.library.reading.step import build_decode_request, decode_scaled
from safelight.model.consent import Grant, Purpose
from safelight.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One check and what came of it, in words."""

    check: str
    ok: bool
    text: str


def examine(settings: Settings) -> list[Finding]:
    """Run every check in a throw-away home; the person's own home is only looked at."""
    with tempfile.TemporaryDirectory() as folder:
        trial = replace(settings, home=Path(folder, "home"), key_store="file")
        checks: dict[str, Callable[[], str]] = {
            "settings": lambda: f"read, home is {settings.home}",
            "decoders": _decoders,
            "encrypted drawers": lambda: _drawers(trial),
            "workers": lambda: _workers(trial),
            "walls around readers": lambda: _walls(trial),
            "place names": lambda: _places(trial),
            "your record": lambda: _record(settings),
        }
        return [_finding(name, check) for name, check in checks.items()]


def _finding(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, check())
    except Exception as error:  # noqa: BLE001  # whatever is broken here is the finding
        return Finding(name, False, f"{type(error).__name__}: {error}")


def _decoders() -> str:
    import pi_heif

    out = io.BytesIO()
    Image.new("RGB", (8, 8), "#804020").save(out, "JPEG")
    decode_scaled(build_decode_request(out.getvalue(), 8, 1))
    avif = "AVIF" if features.check("avif") else "no AVIF"
    return f"JPEG, PNG, WebP, TIFF, GIF, {avif}, HEIC (libheif {pi_heif.libheif_version()})"


def _drawers(settings: Settings) -> str:
    rooms = build_rooms(settings, inline=True)
    try:
        if not isinstance(rooms.book.allow(Purpose.LIBRARY), Grant):
            raise RuntimeError("a grant was refused")
        rooms.catalogue.add_source("folder", "canary-in-a-drawer")
        rooms.catalogue.connection.pragma("wal_checkpoint", "truncate")
        if _holds(settings.home, b"canary-in-a-drawer"):
            raise RuntimeError("a drawer can be read without its key")
        return f"written, unreadable without the key; log: {describe_check(rooms.ledger.verify())}"
    finally:
        rooms.close()


def _record(settings: Settings) -> str:
    verdict = verify_home(settings.home)
    if not verdict.ok:
        raise RuntimeError(f"{verdict.text} Nothing is allowed until `safelight ledger renew`.")
    return verdict.text


def _holds(folder: Path, needle: bytes) -> bool:
    return any(needle in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def _workers(settings: Settings) -> str:
    rooms = build_rooms(settings)
    try:
        return _decode_in_worker(rooms)
    finally:
        rooms.close()


def _decode_in_worker(rooms: Rooms) -> str:
    from safelight.library.reading.step import STEP_DECODE_SCALED
    from safelight.model.jobs import Job

    out = io.BytesIO()
    Image.new("RGB", (64, 48), "#804020").save(out, "JPEG")
    job = Job("trial", STEP_DECODE_SCALED, build_decode_request(out.getvalue(), 32, 1))
    result = next(iter(rooms.executor.run([job])))
    if result.output is None:
        raise RuntimeError(result.error)
    return f"{rooms.settings.worker_count} worker processes"


def _walls(settings: Settings) -> str:
    rooms = build_rooms(settings)
    try:
        rooms.isolating.begin()
        held = [f"{each.layer.value} ({each.text})" for each in rooms.isolating.layers if each.held]
        lacking = [f"missing {text}" for text in rooms.isolating.missing()]
        return "; ".join([*held, *lacking])
    finally:
        rooms.close()


def _places(settings: Settings) -> str:
    rooms = build_rooms(settings, inline=True)
    try:
        (place,) = rooms.geocoder.names([(48.8584, 2.2945)])
        return f"offline; the Eiffel Tower is in {place.label() if place else 'nowhere'}"
    finally:
        rooms.close()
