"""Values in addresses that no page of ours would write are answered in words, never by a crash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute

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
