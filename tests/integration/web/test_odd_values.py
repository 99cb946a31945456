"""Values in addresses that no page of ours would write are answered in words, never by a crash."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from fastapi.routing import APIRoute
from tests.integration.web.conftest import Browser

from safelight.surfaces.api import router as api
from safelight.surfaces.web.pages import ROUTERS

ODD = ("²", "9" * 30, "9" * 5000, "-1", "\0", "2023-09-09~" + "9" * 30)
PLACE = re.compile(r"\{\w+(?::path)?\}")


def addresses() -> Iterator[str]:
    """Every page and every answer to programs that says what it varies by."""
    for router in (*ROUTERS, api):
        for route in router.routes:
            if isinstance(route, APIRoute) and "GET" in (route.methods or ()):
                names = [each.alias for each in route.dependant.query_params]
                if names or PLACE.search(route.path):
                    yield f"{route.path}?{'&'.join(f'{name}=?' for name in names)}"


@pytest.mark.parametrize("odd", ODD)
def test_odd_values_crash_nothing(browser: Any, weekend: list[str], odd: str) -> None:
    value, broken = quote(odd, safe=""), []
    for address in addresses():
        path, _, names = address.partition("?")
        asked = {PLACE.sub(value, path), f"{PLACE.sub(weekend[0], path)}?{names}"}
        for each in asked:
            answer = browser.get(each.replace("=?", f"={value}"))
            if answer.status_code >= 500:
                broken.append(each)
    assert broken == []


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "²"])
def test_odd_numbers_in_forms_crash_nothing(browser: Any, weekend: list[str], number: str) -> None:
    altered = browser.get(f"/photo/{weekend[0]}/alter?strength={quote(number)}")
    assert altered.status_code == 200
    assert browser.post("/people/undo", number=number).status_code < 500


@pytest.mark.parametrize(
    "path", ["/" + "x" * 300, "x\0y", "~nobody-of-that-name/photos", "x" * 9000]
)
def test_odd_paths_are_no_folders(browser: Browser, weekend: list[str], path: str) -> None:
    for address, field in (("/welcome/folder", "path"), ("/settings/sources", "path")):
        answer = browser.post(address, **{field: path})
        assert answer.status_code == 400
        assert "There is no folder" in answer.text
    assert browser.post("/albums/pick", name="Mine", path=path).status_code == 400
    assert browser.get(f"/erase?folder={quote(path)}").status_code == 400
    assert len(_send(browser, "/sources", {"path": path}).json()["error"]) > 0


ODD_JSON: tuple[object, ...] = (
    None,
    -1,
    0,
    1e308,
    float("nan"),
    float("inf"),
    10**30,
    "x",
    "\ud800",
    [],
    {},
    [1],
    True,
)


def test_odd_json_crashes_nothing(browser: Browser, weekend: list[str]) -> None:
    """A program that sends nonsense is told so; nothing of it is kept to break a page later."""
    send = partial(_send, browser)
    wish = {
        "assets": weekend[:2],
        "title": "T",
        "subtitle": "s",
        "style": "seasonal",
        "format": "story",
    }
    plan = send("/collages/plans", wish).json()[0]
    asked: list[tuple[str, Any]] = []
    for odd in ODD_JSON:
        asked += [("/creations", {"plan": plan | {key: odd}}) for key in plan]
        cells = ({**plan["cells"][0], key: odd} for key in plan["cells"][0])
        asked += [("/creations", {"plan": plan | {"cells": [cell]}}) for cell in cells]
        asked += [("/collages/plans", wish | {key: odd}) for key in wish]
        asked += [
            (f"/share/{weekend[0]}/sheet", {key: odd}) for key in ("media_type", "edge", "keep")
        ]
        asked += [(f"/share/{weekend[0]}", {"shape": "square", "crop": {"x": odd}})]
        asked += [("/share/set", {"photos": [{"asset": weekend[0]}], "text": odd})]
        asked += [("/albums", {"name": odd}), ("/preferences/hidden", {"subject": odd})]
        asked += [("/erasures", {"assets": [odd], "dry_run": True})]
    for box in ([0, 0, 1e9, 5], [0, 0, 9e9, 9e9], [0, 0, 0, 0]):
        asked += [("/creations", {"plan": plan | {"ornaments": [["strip", box, 0]]}})]
    broken = [(address, body) for address, body in asked if send(address, body).status_code >= 500]
    assert broken == []
    assert browser.get("/creations").status_code == 200


def _send(browser: Browser, address: str, body: Any) -> httpx.Response:
    headers = {"X-CSRF-Token": browser.token(), "content-type": "application/json"}
    text = json.dumps(body)
    return browser.client.post(f"/api/v1{address}", content=text, headers=headers)
