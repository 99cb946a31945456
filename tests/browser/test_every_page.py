"""Every page, on a desk in the light and on a phone in the dark: names, room, contrast, fingers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.browser.steps import allow, wait_for_ideas

pytestmark = pytest.mark.browser

_AUDIT = Path(__file__).with_name("audit.js").read_text("utf-8")
_PAGES = (
    *("/", "/today", "/ideas/put-away", "/ideas/hidden", "/library", "/library/problems"),
    *("/search", "/search?q=Prague", "/search?q=nothing+like+it", "/people", "/kept-out"),
    *("/themes", "/compose", "/creations", "/settings", "/settings/library/photos"),
    *("/settings/off/places", "/albums", "/privacy", "/privacy/export", "/regions", "/ledger"),
    *("/ledger/how", "/ledger/0/proof", "/receipts", "/devices", "/help", "/welcome", "/nowhere"),
)
_OF_AN_IDEA = ("/ideas/{idea}", "/compose?idea={idea}", "/film?idea={idea}")
_OF_A_PHOTO = ("", "/account", "/alter", "/similar")


def _faults(page: Any) -> dict[str, list[str]]:
    allow(page)
    wait_for_ideas(page)
    page.goto("/")
    (idea,) = re.findall(r"/ideas/(\w+)", page.locator("a.hero").get_attribute("href"))
    page.goto(f"/ideas/{idea}")
    photo = page.locator("[data-photo]").first.get_attribute("data-photo")
    pages = [*_PAGES, *(each.format(idea=idea) for each in _OF_AN_IDEA), f"/share/{photo}"]
    pages.append(f"/ideas/{idea}?swap={photo}")
    found = {}
    for address in [*pages, *(f"/photo/{photo}{each}" for each in _OF_A_PHOTO)]:
        page.goto(address)
        faults = page.evaluate(_AUDIT)
        if faults:
            found[address] = faults
    return found


def test_on_a_desk(chromium: Any, server: Any) -> None:
    context = chromium.new_context(
        base_url=server.address, viewport={"width": 1280, "height": 860}, bypass_csp=True
    )
    assert _faults(context.new_page()) == {}
    context.close()


def test_on_a_phone_in_the_dark(chromium: Any, server: Any) -> None:
    context = chromium.new_context(
        base_url=server.address,
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        color_scheme="dark",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    assert _faults(context.new_page()) == {}
    context.close()
