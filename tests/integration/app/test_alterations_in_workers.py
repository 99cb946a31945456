"""Every way of altering a photo, in a worker that can open no file any more."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from safelight.app.making.altering import (
    STEP_READ_STYLE,
    Alteration,
    build_alter_request,
    parse_altered,
    parse_style,
)
from safelight.app.making.enlarging import STEP_ENLARGE
from safelight.app.steps import STEP_ALTER
from safelight.creations.restyle import LOOKS
from safelight.engine import ProcessExecutor, pack, unpack
from safelight.model.jobs import Executor, Job, Payload


@pytest.fixture(scope="module")
def worker() -> Iterator[Executor]:
    executor = ProcessExecutor(1)
    yield executor
    executor.close()


@pytest.fixture(scope="module")
def photo() -> bytes:
    coarse = np.random.default_rng(5).integers(0, 255, (9, 12, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(coarse).resize((240, 180), Image.Resampling.BICUBIC).save(out, "JPEG")
    return out.getvalue()


def work(worker: Executor, step: str, payload: Payload) -> bytes:
    (done,) = worker.run([Job("photo", step, payload, 60)])
    assert done.error is None
    assert done.output is not None
    return done.output


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_each_look_needs_nothing_from_the_disk(worker: Executor, photo: bytes, look: str) -> None:
    request = build_alter_request(photo, Alteration("look", look=look), 100)
    made = parse_altered(work(worker, STEP_ALTER, request))
    assert (made.width, made.height) == (240, 180)
    assert made.content.startswith(b"\xff\xd8")


def test_enhancing_reading_a_style_and_painting_need_nothing_either(
    worker: Executor, photo: bytes
) -> None:
    parse_altered(work(worker, STEP_ALTER, build_alter_request(photo, Alteration("enhance"), 100)))
    style = parse_style(work(worker, STEP_READ_STYLE, pack({"max_megapixels": 100}, [photo])))
    wanted = Alteration("paint", style=style)
    painted = parse_altered(work(worker, STEP_ALTER, build_alter_request(photo, wanted, 100)))
    assert painted.content.startswith(b"\xff\xd8")


def test_enlarging_needs_nothing_either(worker: Executor, photo: bytes) -> None:
    asked = {"strength": 0.8, "faces": [], "count": 2, "band": 1, "max_megapixels": 100}
    header, (rgb,) = unpack(work(worker, STEP_ENLARGE, pack(asked, [photo])))
    assert (header["width"], header["height"]) == (480, 180), "half of the rows, twice as large"
    assert len(rgb) == 480 * 180 * 3
