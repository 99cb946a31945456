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
from safelight.app.making.jobs import MakingJob
from safelight.app.making.wishes import Wish
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
    assert sum(b"init_images" in body for body in generator.photos) == 1, "asked once"
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
    assert time.monotonic() - began < 9, "not after the ten seconds that it would take"
    assert library.creations() == []


def _stopped_when_begun(library: Safelight, generator: StandIn) -> MakingJob:
    """The job of a picture that was stopped once the generator was at work on it."""
    job = library.making.start("restyle", wish(library))
    until = time.monotonic() + 10
    while time.monotonic() < until and not generator.photos:
        time.sleep(0.02)
    time.sleep(0.3)
    library.making.jobs.stop(job.id)
    found = library.making.jobs.find(job.id)
    assert found is not None
    return found


def test_a_web_ui_tells_how_far_it_is(
    open_with: Callable[..., Safelight], generator: StandIn
) -> None:
    library = open_with(generator=generator.url)
    library.allow(BOTH)
    generator.seconds = 2.6
    heard: list[float] = []
    library.making.make("restyle", wish(library), heard.append)
    assert "/sdapi/v1/progress" in generator.paths()
    between = [share for share in heard if 0.11 < share < 0.9]
    assert between, "told while it worked"
    assert heard == sorted(heard), "never backwards"
    assert "/sdapi/v1/interrupt" not in generator.paths()


def test_stopping_ends_the_work_of_a_web_ui(
    open_with: Callable[..., Safelight], generator: StandIn
) -> None:
    library = open_with(generator=generator.url)
    library.allow(BOTH)
    generator.seconds = 20
    began = time.monotonic()
    job = _stopped_when_begun(library, generator)
    assert job.state == "stopped"
    assert "/sdapi/v1/interrupt" in generator.paths()
    assert time.monotonic() - began < 8
    assert library.creations() == []


def test_the_work_of_somebody_else_is_not_interrupted(
    open_with: Callable[..., Safelight], generator: StandIn
) -> None:
    library = open_with(generator=generator.url)
    library.allow(BOTH)
    generator.seconds, generator.busy_with = 20, "task(8xk3)"
    assert _stopped_when_begun(library, generator).state == "stopped"
    assert "/sdapi/v1/interrupt" not in generator.paths()
    generator.interrupted.set()  # so that the test need not wait for it


@pytest.fixture
def comfy(open_with: Callable[..., Safelight], generator: StandIn, tmp_path: Path) -> Safelight:
    """A library whose generator is a ComfyUI."""
    workflow = tmp_path / "w.json"
    workflow.write_text(json.dumps({"1": {"inputs": {"image": "{photo}"}}}))
    library = open_with(generator=generator.url, generator_workflow=str(workflow))
    library.allow(BOTH)
    return library


def test_stopping_takes_a_workflow_out_of_the_queue_and_interrupts_it(
    comfy: Safelight, generator: StandIn
) -> None:
    generator.seconds = 20
    job = _stopped_when_begun(comfy, generator)
    assert job.state == "stopped"
    assert ("/queue", {"delete": ["7-a"]}) in generator.asked
    assert ("/interrupt", {"prompt_id": "7-a"}) in generator.asked
    assert ("/history", {"delete": ["7-a"]}) in generator.asked


def test_what_went_wrong_in_a_workflow_is_said(comfy: Safelight, generator: StandIn) -> None:
    generator.failure = "CUDA out of\nmemory"
    with pytest.raises(RenderError, match="workflow failed: CUDA out of memory"):
        make(comfy)
    assert ("/history", {"delete": ["7-a"]}) in generator.asked, "nothing of it stays listed"
    assert "/interrupt" not in generator.paths()


def _answer(status: int, content: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


@pytest.mark.parametrize(
    ("status", "content", "words"),
    [
        (401, b"{}", "asks for a password"),
        (404, b'{"detail": "Not Found"}', "API on"),
        (422, b'{"detail": "Sampler not found"}', r"\(422\): Sampler not found"),
        (
            500,
            b'{"error": "OutOfMemoryError", "detail": "", "errors": "no\\u0007 room"}',
            "no room",
        ),
        (400, b'{"error": {"message": "Prompt has no outputs"}}', "Prompt has no outputs"),
        (500, b'{"detail": "' + b"x" * 999 + b'"}', "x{100}…"),
        (503, b"[1]", "refused: 503"),
    ],
)
def test_a_refusal_is_said_in_the_words_of_the_generator(
    open_with: Callable[..., Safelight],
    generator: StandIn,
    status: int,
    content: bytes,
    words: str,
) -> None:
    library = open_with(generator=generator.url)
    library.allow(BOTH)
    generator.spoil = _answer(status, content)
    with pytest.raises(RenderError, match=words):
        make(library)


def test_nobody_at_home_is_said(open_with: Callable[..., Safelight]) -> None:
    library = open_with(generator="http://127.0.0.1:9")
    library.allow(BOTH)
    with pytest.raises(RenderError, match="cannot be reached"):
        make(library)
    assert ("egress-done", Purpose.REMOTE) not in events(library)
