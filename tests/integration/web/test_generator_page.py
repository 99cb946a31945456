"""The page on which a generator of one's own is at work, and the same through `/api`."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.integration.app.stand_in import StandIn, stand_in
from tests.integration.web.conftest import Browser, Camera, Client

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.settings import Settings
from safelight.surfaces.web.server import build_app

AT_MOST_S = 15


@pytest.fixture
def generator() -> Iterator[StandIn]:
    with stand_in() as running:
        yield running


@pytest.fixture
def with_generator(
    settings: Settings, photos: Path, camera: Camera, generator: StandIn
) -> Iterator[Safelight]:
    """A library of one photo whose settings name the generator."""
    camera.shoot(photos / "one.jpg", datetime(2024, 5, 1, 12), size=(320, 240))
    library = Safelight(replace(settings, generator=generator.url), inline=True)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.RESTYLE, Purpose.REMOTE])
    library.scan()
    yield library
    library.close()


@pytest.fixture
def browsing(with_generator: Safelight) -> Iterator[Browser]:
    client = Client(build_app(with_generator))
    yield Browser(client)
    client.close()


def _asset(library: Safelight) -> str:
    return next(row.id for row in library.assets())


def _until(browsing: Browser, address: str, state: str) -> str:
    """The page, once its job is in a state."""
    until = time.monotonic() + AT_MOST_S
    while time.monotonic() < until:
        text: str = browsing.get(address).text
        if f'data-state="{state}"' in text:
            return text
        time.sleep(0.05)
    raise AssertionError(f"{address} was never {state}: {text[-1500:]}")


def test_a_picture_is_asked_for_watched_and_shown(
    browsing: Browser, with_generator: Safelight, generator: StandIn
) -> None:
    asset = _asset(with_generator)
    page = browsing.get(f"/photo/{asset}/alter?style=generator").text
    assert f'action="/making/{asset}"' in page
    answer = browsing.post(
        f"/making/{asset}", style="generator", words="as a woodcut", strength="40"
    )
    address = answer.headers["location"]
    done = _until(browsing, address, "done")
    assert "as a woodcut" in done
    (made,) = with_generator.creations()
    assert f"/share/{made.id}" in done
    assert made.recipe["strength"] == 0.4
    part = browsing.get(address, x_part="making").text
    assert "<html" not in part
    assert 'id="making"' in part


def test_it_can_be_stopped_and_nothing_is_kept(
    browsing: Browser, with_generator: Safelight, generator: StandIn
) -> None:
    generator.seconds = 30
    asset = _asset(with_generator)
    address = browsing.post(f"/making/{asset}", style="generator", words="w").headers["location"]
    running = _until(browsing, address, "running")
    assert "<progress" in running
    assert "made already" in browsing.get(f"/photo/{asset}/alter?style=generator").text
    answer = browsing.post(f"{address}/stop")
    assert answer.headers["location"] == address
    assert "Stopped" in _until(browsing, address, "stopped")
    assert with_generator.creations() == []


def test_what_goes_wrong_is_said_with_a_way_back(
    browsing: Browser, with_generator: Safelight, generator: StandIn
) -> None:
    generator.spoil = lambda handler: handler.send_error(500)
    asset = _asset(with_generator)
    address = browsing.post(f"/making/{asset}", style="generator", words="w").headers["location"]
    failed = _until(browsing, address, "failed")
    assert "The generator refused: 500." in failed
    assert f"/photo/{asset}/alter" in failed
    assert browsing.get(f"/making/{asset}/gone").status_code == 404


def test_without_words_nothing_begins(
    browsing: Browser, with_generator: Safelight, generator: StandIn
) -> None:
    address = browsing.post(
        f"/making/{_asset(with_generator)}", style="generator", words="  "
    ).headers["location"]
    assert "Say in words" in _until(browsing, address, "failed")
    assert generator.photos == []


def _api(browsing: Browser, method: str, path: str, **more: Any) -> Any:
    headers = {"X-CSRF-Token": browsing.token()}
    return browsing.client.request(method, f"/api/v1/{path}", headers=headers, **more)


def test_the_api_makes_every_kind_in_the_background(
    browsing: Browser, with_generator: Safelight, generator: StandIn
) -> None:
    asset = _asset(with_generator)
    names = {row["name"] for row in _api(browsing, "GET", "styles").json()}
    assert {"film", "wave", "generator"} <= names
    for kind, more in (
        ("enhance", {"strength": 0.5}),
        ("restyle", {"style": "pencil"}),
        ("restyle", {"style": "generator", "words": "as a woodcut"}),
    ):
        job = _api(browsing, "POST", "making", json={"kind": kind, "assets": [asset], **more})
        assert job.status_code == 202, job.text
        until = time.monotonic() + AT_MOST_S
        while (now := _api(browsing, "GET", f"making/{job.json()['id']}").json())[
            "state"
        ] == "running" and time.monotonic() < until:
            time.sleep(0.05)
        assert now["state"] == "done", now
        made = _api(browsing, "GET", f"creations/{now['creation']}").json()
        assert made["kind"] == kind
    assert len(with_generator.creations()) == 3


def test_the_api_stops_and_says_what_it_does_not_know(
    browsing: Browser, with_generator: Safelight, generator: StandIn
) -> None:
    generator.seconds = 30
    asked = {"kind": "restyle", "assets": [_asset(with_generator)], "style": "generator"}
    name = _api(browsing, "POST", "making", json={**asked, "words": "w"}).json()["id"]
    assert _api(browsing, "POST", "making", json={**asked, "words": "w"}).status_code == 400
    assert _api(browsing, "DELETE", f"making/{name}").json()["state"] == "stopped"
    assert _api(browsing, "DELETE", "making/gone").status_code == 404
    assert _api(browsing, "POST", "making", json={**asked, "strength": 2}).status_code == 400
    assert _api(browsing, "POST", "making", json={**asked, "kind": "statue"}).status_code == 400
    assert re.search(
        r"There is no style",
        _api(browsing, "POST", "making", json={**asked, "style": "banksy"}).json()["error"],
    )
