"""From the prompt to a collage, as a person does it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.browser.steps import allow, fits, go, until, wait_for_ideas

pytestmark = pytest.mark.browser

PAGES = ("/", "/library", "/compose", "/creations", "/settings", "/ledger", "/library/problems")


def test_prompt_scan_ideas_collage_download(page: Any, server: Any, tmp_path: Path) -> None:
    page.goto("/")
    assert page.url.endswith("/welcome")
    assert page.locator(".switch:checked").count() == 0
    allow(page)
    wait_for_ideas(page)
    page.locator(".hero").click()
    drawn = page.locator("img.drawn")
    until(page, lambda: drawn.evaluate("image => image.naturalWidth > 0"))
    first = drawn.get_attribute("src")
    page.keyboard.press("ArrowRight")
    until(page, lambda: drawn.get_attribute("src") != first)
    page.get_by_role("button", name="Share…").click()
    page.get_by_role("heading", name="Others will see").wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the file").click()
    saved = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    with Image.open(saved) as picture:
        assert max(picture.size) == 2048
    page.go_back()
    page.get_by_role("button", name="Keep").click()
    page.get_by_text("Kept under Creations.", exact=True).wait_for()
    page.goto("/creations")
    assert page.locator(".made li").count() == 1
    assert server.stop() == 0


def test_not_now_leaves_nothing_read(page: Any, server: Any) -> None:
    page.goto("/")
    page.get_by_role("button", name="Not now").click()
    page.get_by_role("heading", name="Nothing is switched on").wait_for()
    for address in PAGES:
        page.goto(address)
        assert page.locator("[data-photo]").count() == 0
    assert not any(server.home.rglob("*preview*"))
    page.goto("/ledger")
    assert page.get_by_text("read for").count() == 0


def test_the_two_answers_weigh_the_same(page: Any) -> None:
    page.goto("/welcome")
    yes = page.get_by_role("button", name="Allow what I switched on")
    no = page.get_by_role("button", name="Not now")
    one, other = yes.bounding_box(), no.bounding_box()
    assert (one["width"], one["height"]) == pytest.approx((other["width"], other["height"]), abs=1)
    look = "e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor, s.fontWeight, s.fontSize, s.borderColor] }"  # noqa: E501
    assert yes.evaluate(look) == no.evaluate(look)


def test_turning_off_takes_the_pictures_away(page: Any) -> None:
    allow(page)
    wait_for_ideas(page)
    page.goto("/library")
    picture = page.locator("[data-photo] img").first.get_attribute("src")
    page.goto("/settings")
    page.locator("#library").get_by_role("button", name="Turn off").first.click()
    page.get_by_role("button", name="Turn off and erase").locator("visible=true").click()
    page.get_by_role("heading", name="Turned off and erased").wait_for()
    assert page.context.request.get(picture).status in (403, 404)


def test_everything_by_keyboard(page: Any) -> None:
    allow(page)
    wait_for_ideas(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('main *')")
    page.keyboard.press("?")
    page.get_by_role("heading", name="Keys").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/library")
    page.locator("[data-photo]").first.focus()
    page.keyboard.press("Enter")
    caption = page.locator(".lightbox figcaption span[aria-live]")
    caption.wait_for()
    until(page, lambda: "(1 of" in caption.inner_text())
    page.keyboard.press("ArrowRight")
    until(page, lambda: "(2 of" in caption.inner_text())
    page.keyboard.press("Escape")
    until(page, lambda: page.evaluate("document.activeElement.matches('[data-photo]')"))


def test_the_way_back_closes_a_large_photo(page: Any) -> None:
    allow(page)
    wait_for_ideas(page)
    page.goto("/library")
    tile, large = page.locator("[data-photo]").nth(1), page.locator(".lightbox[open]")
    tile.click()
    large.wait_for()
    page.go_back()
    large.wait_for(state="hidden")
    assert page.url.endswith("/library")
    tile.click()
    large.wait_for()
    page.keyboard.press("Escape")
    large.wait_for(state="hidden")
    tile.click()
    page.locator(".lightbox").get_by_text("Details").click()
    page.wait_for_url("**/photo/*")
    page.go_back()
    page.wait_for_url("**/library")
    page.go_back()
    page.wait_for_url(lambda url: not url.endswith("/library"))


def test_a_limit_that_is_named_is_chosen(page: Any) -> None:
    page.goto("/welcome")
    page.locator("input[name=since]").fill("2020-05-01")
    until(page, page.locator("input[name=scope][value=since]").is_checked)
    page.locator("input[name=scope][value=all]").check()
    until(page, lambda: page.locator("input[name=since]").input_value() == "")


def test_on_a_phone_nothing_is_cut_and_targets_are_large(phone: Any) -> None:
    phone.goto("/welcome")
    fits(phone)
    allow(phone)
    wait_for_ideas(phone)
    idea = phone.locator(".hero").get_attribute("href")
    photo = None
    for address in (*PAGES, idea):
        phone.goto(address)
        phone.wait_for_load_state("networkidle")
        fits(phone)
        if address == "/library":
            photo = phone.locator("[data-photo]").first.get_attribute("href")
    phone.goto(photo)
    fits(phone)
    phone.set_viewport_size({"width": 320, "height": 640})  # as 1280 pixels at 400 % are
    for address in (*PAGES, idea, photo):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_without_scripts_the_way_is_the_same(chromium: Any, server: Any) -> None:
    context = chromium.new_context(base_url=server.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    for purpose in ("library", "places", "suggest"):
        page.locator(f"#p-{purpose}").check()
    go(page, page.get_by_role("button", name="Allow what I switched on").click)
    for _ in range(60):
        if page.locator(".hero").count():
            break
        page.wait_for_timeout(500)
        page.goto("/")
    go(page, page.locator(".hero").click)
    go(page, page.get_by_role("link", name="Next layout").click)
    assert "layout=1" in page.url
    go(page, page.get_by_role("button", name="Put away").click)
    assert page.get_by_text("Put away.").count() == 1
    page.goto("/settings")
    go(page, page.get_by_role("button", name=re.compile("Turn off Places")).click)
    go(page, page.get_by_role("button", name="Turn off and erase").click)
    assert page.get_by_role("heading", name="Turned off and erased").count() == 1
    context.close()
