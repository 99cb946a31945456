"""Before and after under one slider, by keys, by touch and on a phone; a photo twice as large."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser.steps import until, wait_for_ideas

pytestmark = pytest.mark.browser
_AT = "document.querySelector('.compare-at').value"


def test_before_and_after_are_compared_and_the_photo_made_larger(page: Any, server: Any) -> None:
    page.goto("/")
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    for purpose in ("library", "places", "suggest", "restyle"):
        page.locator(f"#p-{purpose}").check()
    page.get_by_role("button", name="Allow what I switched on").click()
    wait_for_ideas(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/library")
    photo = page.locator("a[href^='/photo/']").first.get_attribute("href")
    page.goto(f"{photo}/alter")
    page.locator(".compare-at").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    until(page, lambda: page.evaluate(_AT) == "47")
    clip = "getComputedStyle(document.querySelector('.compare-before')).clipPath"
    until(page, lambda: "53%" in page.evaluate(clip))  # the picture follows
    box = page.locator(".compare").bounding_box()
    page.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    until(page, lambda: int(page.evaluate(_AT)) > 80)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Keep twice as large").click()
    page.wait_for_url("**/making/**")
    page.locator("#making[data-state=done]").wait_for(timeout=120_000)
    made = page.locator("#making img")
    assert sorted([made.get_attribute("width"), made.get_attribute("height")]) == ["480", "640"]
