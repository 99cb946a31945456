"""A generator on loopback: asked under two purposes, believed in nothing, on this machine only."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.integration.app.stand_in import StandIn, stand_in

from safelight.app import Safelight
from safelight.app.generating import loopback
from safelight.app.generating.loopback import find_place
from safelight.app.making import Wish
from safelight.model.consent import Purpose, Scope
from safelight.model.errors import RefusedError, RenderError, UserError
from safelight.settings import Settings
from safelight.sharing import origin_of

BOTH = [Purpose.RESTYLE, Purpose.REMOTE]


@pytest.fixture
def generator() -> Iterator[StandIn]:
    with stand_in() as running:
        yield running


@pytest.fixture
def open_with(settings: Settings, photos: Path) -> Iterator[Callable[..., Safelight]]:
    """Opens a library of one photo with its place in it, under some settings."""
    coarse = np.random.default_rng(5).integers(0, 255, (9, 12, 3), dtype=np.uint8)
    picture = Image.fromarray(coarse).resize((1600, 1200), Image.Resampling.BICUBIC)
    exif = picture.getexif()
    exif[0x010F], exif[0x0112] = "SECRETCAM", 6
    picture.save(photos / "IMG_1.jpg", exif=exif, quality=90)
    opened: list[Safelight] = []

    def open_library(**changes: object) -> Safelight:
        library = Safelight(replace(settings, **changes), inline=True)  # type: ignore[arg-type]
        opened.append(library)
        library.add_folder(str(photos))
        library.allow([Purpose.LIBRARY])
        library.scan()
        return library

    yield open_library
    for library in opened:
        library.close()


def wish(library: Safelight, words: str | None = "as a woodcut") -> Wish:
    asset = next(row.id for row in library.assets())
    return Wish((asset,), style="generator", strength=0.4, words=words, seed=11)


def make(library: Safelight) -> object:
    return library.making.make("restyle", wish(library))


def events(library: Safelight) -> list[tuple[str, Purpose | None]]:
    return [(line.event, line.purpose) for line in library.ledger(0, 1000)]


def test_a_web_ui_is_asked_and_its_picture_kept_as_made_by_a_model(
    open_with: Callable[..., Safelight], generator: StandIn
) -> None:
    library = open_with(generator=generator.url)
    library.allow(BOTH)
    made = library.making.make("restyle", wish(library))
    (path, asked), sent = generator.asked[0], generator.photos[0]
    assert path == "/sdapi/v1/img2img"
    assert (asked["prompt"], asked["denoising_strength"], asked["seed"]) == (
        "as a woodcut", 0.4, 11)  # fmt: skip
    assert asked["save_images"] is False
    assert Image.open(io.BytesIO(sent)).size == (768, 1024), "upright and small"
    assert b"SECRETCAM" not in sent
    assert not Image.open(io.BytesIO(sent)).getexif()
    assert made.recipe["origin"] == "generator"
    assert made.recipe["words"] == "as a woodcut"
    found = library.creation(made.id)
    assert found is not None
    before, after = (np.asarray(Image.open(io.BytesIO(data))) for data in (sent, found[1]))
    assert np.abs(255 - before.astype(int) - after).mean() < 3, "the picture that came back"
    assert origin_of(made).model_made
    assert [r.purpose for r in library.making.restyles.styles() if r.name == "generator"]


def test_the_log_says_so_before_and_after_and_holds_no_words(
    open_with: Callable[..., Safelight], generator: StandIn
) -> None:
    library = open_with(generator=generator.url)
    library.allow(BOTH)
    at_work: list[tuple[str, Purpose | None]] = []
    generator.meanwhile = lambda: at_work.extend(events(library))
    make(library)
    assert ("egress-intent", Purpose.REMOTE) in at_work, "recorded before it left"
    found = events(library)
    assert found.index(("egress-done", Purpose.REMOTE)) < found.index(("derive", Purpose.RESTYLE))
    text = str([line.raw for line in library.ledger(0, 1000)])
    assert "woodcut" not in text
    assert next(row.id for row in library.assets()) not in text
    said = [line.text for line in library.ledger(0, 1000) if line.event == "egress-done"]
    assert said == ["A photo was handed to your own generator."]


def test_comfyui_runs_a_workflow_of_ones_own(
    open_with: Callable[..., Safelight], generator: StandIn, tmp_path: Path
) -> None:
    workflow = tmp_path / "w.json"
    nodes = {
        "1": {"class_type": "LoadImage", "inputs": {"image": "{photo}"}},
        "2": {"class_type": "KSampler", "inputs": {"seed": "{seed}", "denoise": "{strength}"}},
        "3": {"class_type": "CLIPTextEncode", "inputs": {"text": "{words}", "clip": ["4", 1]}},
    }
    workflow.write_text(json.dumps(nodes))
    library = open_with(generator=generator.url, generator_workflow=str(workflow))
    library.allow(BOTH)
    made = library.making.make("restyle", wish(library, "{seed}"))
    asked = dict(generator.asked)
    assert asked["/upload/image"] is True, "among the files that it forgets"
    prompt = asked["/prompt"]
    assert prompt["1"]["inputs"]["image"] == "up.jpg [temp]"
    assert prompt["2"]["inputs"] == {"seed": 11, "denoise": 0.4}
    assert prompt["3"]["inputs"] == {"text": "{seed}", "clip": ["4", 1]}
    assert (made.width, made.height) == (768, 1024)
    workflow.write_text("{}")
    with pytest.raises(UserError, match="no place for the photo"):
        make(library)


@pytest.mark.parametrize("allowed", [[], [Purpose.RESTYLE], [Purpose.REMOTE]])
def test_both_purposes_must_be_on(
    open_with: Callable[..., Safelight], generator: StandIn, allowed: list[Purpose]
) -> None:
    library = open_with(generator=generator.url)
    library.allow(allowed)
    with pytest.raises(RefusedError):
        make(library)
    assert generator.photos == []
    assert library.making.restyles.generating.refusal() is not None, "the page says so, too"
    assert "egress-intent" not in dict(events(library))


@pytest.mark.parametrize("narrow", BOTH)
def test_both_purposes_must_cover_that_photo(
    open_with: Callable[..., Safelight], generator: StandIn, tmp_path: Path, narrow: Purpose
) -> None:
    library = open_with(generator=generator.url)
    library.allow([purpose for purpose in BOTH if purpose is not narrow])
    library.allow([narrow], Scope(folders=(str(tmp_path / "elsewhere"),)))
    with pytest.raises(RefusedError):
        make(library)
    assert generator.photos == []


def test_nothing_is_handed_over_for_a_preview_or_without_words(
    open_with: Callable[..., Safelight], generator: StandIn
) -> None:
    library = open_with(generator=generator.url)
    library.allow(BOTH)
    with pytest.raises(UserError, match="no previews"):
        library.making.restyles.preview(wish(library).assets[0], "generator")
    for words in (None, "  ", "x" * 1001):
        with pytest.raises(UserError, match="words"):
            library.making.make("restyle", wish(library, words))
    assert generator.photos == []


def test_without_the_setting_there_is_no_such_style(open_with: Callable[..., Safelight]) -> None:
    library = open_with()
    with pytest.raises(UserError, match="no style 'generator'"):
        make(library)


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1:7860",
        "http://example.org",
        "http://localhost.example.org",
        "http://127.0.0.1.example.org",
        "http://0.0.0.0:7860",
        "http://[::ffff:192.0.2.1]",
        "http://127.0.0.1@192.0.2.1",
        "http://192.0.2.1#@127.0.0.1",
        "https://127.0.0.1",
        "file:///etc/passwd",
        "http://127.0.0.1:99999",
        "http://2130706433",
        "http://",
        "",
    ],
)
def test_only_this_machine_is_ever_named(url: str) -> None:
    with pytest.raises(UserError):
        find_place(url)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://localhost:1", "127.0.0.1"),
        ("http://[::1]:1", "::1"),
        ("http://127.9.9.9:1/", "127.9.9.9"),
    ],
)
def test_this_machine_goes_by_several_names(url: str, address: str) -> None:
    assert find_place(url) == loopback.Place(address, 1)


def _redirect(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(307)
    handler.send_header("Location", "http://192.0.2.1/sdapi/v1/img2img")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def _send(content: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()  # of no length: until the line is closed
        with suppress(OSError):
            handler.wfile.write(content)

    return send


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    with suppress(OSError):
        for _ in range(200):
            handler.wfile.write(b" ")
            time.sleep(0.05)


def _fail(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(500)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_redirect, "never followed"),
        (_fail, "refused: 500"),
        (_send(b"x" * 3_000_000), "larger than 2 MB"),
        (_send(b"no json"), "cannot be understood"),
        (_send(b"[" * 100_000), "cannot be understood"),
        (_send(b'{"images": []}'), "holds no picture"),
        (_send(b'{"images": ["bm8gcGljdHVyZQ=="]}'), "is no picture"),
        (_drip, "took longer than 1 s"),
    ],
)
def test_a_bad_answer_gives_words_and_leaves_nothing(
    open_with: Callable[..., Safelight],
    generator: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[BaseHTTPRequestHandler], None],
    words: str,
) -> None:
    monkeypatch.setattr(loopback, "_MOST_BYTES", 2 << 20)
    library = open_with(generator=generator.url, generator_timeout_s=1.0)
    library.allow(BOTH)
    generator.spoil = spoil
    with pytest.raises(RenderError, match=words):
        make(library)
    assert len(generator.photos) == 1, "asked once"
    assert library.creations() == []
    assert ("egress-done", Purpose.REMOTE) in events(library), "it was handed over all the same"


@pytest.mark.parametrize("ended", [*BOTH, Purpose.LIBRARY])
def test_a_withdrawal_in_between_drops_the_picture(
    open_with: Callable[..., Safelight], generator: StandIn, ended: Purpose
) -> None:
    library = open_with(generator=generator.url)
    library.allow(BOTH)
    generator.meanwhile = lambda: library.withdraw(ended)
    with pytest.raises(RefusedError):
        make(library)
    library.allow([Purpose.LIBRARY, *BOTH])
    assert library.creations() == []


@pytest.mark.parametrize("ended", BOTH)
def test_a_withdrawal_afterwards_takes_the_picture_back(
    open_with: Callable[..., Safelight], generator: StandIn, ended: Purpose
) -> None:
    library = open_with(generator=generator.url)
    library.allow(BOTH)
    make(library)
    assert len(library.creations()) == 1
    library.withdraw(ended)
    assert library.creations() == []


@pytest.mark.parametrize("narrowed", BOTH)
def test_a_narrower_permission_takes_the_picture_back(
    open_with: Callable[..., Safelight], generator: StandIn, tmp_path: Path, narrowed: Purpose
) -> None:
    library = open_with(generator=generator.url)
    library.allow(BOTH)
    make(library)
    library.allow([narrowed], Scope(folders=(str(tmp_path / "elsewhere"),)))
    assert library.creations() == []


def test_a_stop_ends_the_connection_at_once(
    open_with: Callable[..., Safelight], generator: StandIn
) -> None:
    library = open_with(generator=generator.url)
    library.allow(BOTH)
    generator.spoil = _drip

    def stop(share: float) -> None:
        if generator.photos:
            raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        library.making.make("restyle", wish(library), stop)
    assert time.monotonic() - began < 5
    assert library.creations() == []


def test_nobody_at_home_is_said(open_with: Callable[..., Safelight]) -> None:
    library = open_with(generator="http://127.0.0.1:9")
    library.allow(BOTH)
    with pytest.raises(RenderError, match="cannot be reached"):
        make(library)
    assert ("egress-done", Purpose.REMOTE) not in events(library)
