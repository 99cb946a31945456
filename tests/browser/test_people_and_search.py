"""People, search and kept-out pages in a real browser, over real faces."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.browser.steps import fits, until

pytestmark = pytest.mark.browser

STILL_SCANNING = """
addEventListener("DOMContentLoaded", () => {
  if (location.pathname !== "/settings" || sessionStorage.getItem("scanned")) return;
  sessionStorage.setItem("scanned", "yes");
  document.getElementById("scan")?.remove();
  const strip = document.createElement("section");
  Object.assign(strip.dataset, { running: "yes", phase: "reading" });
  strip.id = "scan";
  document.querySelector("main").append(strip);
});
"""
"""The settings as they come while photos are read; the scan itself may be over before they come."""

PAGES = ("/people", "/search", "/search?q=prague", "/kept-out", "/themes", "/themes/teach")


@pytest.fixture(autouse=True)
def portraits(photos: Path, shared_data: Path) -> None:
    """Two portraits of the same two people, and a screenshot, beside the usual photos."""
    for path in (shared_data / "metadata" / "faces").glob("portrait*.jpg"):
        (photos / path.name).write_bytes(path.read_bytes())
    Image.effect_noise((320, 240), 60).convert("RGB").save(photos / "Screenshot 1.png")


def allow(page: Any, *purposes: str) -> None:
    """Answer the prompt and wait until the scan is done."""
    page.goto("/")
    page.locator("details.later > summary").first.click()
    for purpose in purposes:
        page.locator(f"#p-{purpose}").check()
    page.get_by_role("button", name="Allow what I switched on").click()
    page.wait_for_url("**/")
    page.locator("#scan[data-running=no]").wait_for(state="attached", timeout=120_000)


def test_a_person_is_named_and_the_name_taken_back(page: Any) -> None:
    allow(page, "library", "faces")
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.get_by_role("heading", name="Who is this?").wait_for()
    portrait = page.locator(".asked .face img").first
    assert portrait.evaluate("image => image.decode().then(() => image.naturalWidth)") == 256
    page.locator(".asked input[name=name]").first.fill("Marie")
    page.keyboard.press("Enter")
    page.get_by_text("Named.", exact=True).wait_for()
    page.locator(".faces").get_by_text("Marie", exact=True).wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back.", exact=True).wait_for()
    until(page, lambda: page.locator(".faces").get_by_text("Marie", exact=True).count() == 0)


def test_wrong_faces_are_chosen_by_keyboard(page: Any) -> None:
    allow(page, "library", "faces")
    page.goto("/people")
    page.locator(".asked a.face").first.click()
    page.get_by_role("link", name="Some are someone else").click()
    out = page.get_by_role("button", name="Someone new")
    until(page, out.is_disabled)
    page.locator("input[name=face]").first.focus()
    page.keyboard.press("Space")
    page.get_by_text("1 chosen").wait_for()
    out.click()
    page.get_by_text("Somebody new.", exact=True).wait_for()


def test_search_from_anywhere_and_narrow_down(page: Any) -> None:
    allow(page, "library", "places")
    page.goto("/library")
    page.keyboard.press("/")
    page.keyboard.type("czech")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=czech")
    page.locator(".hit").first.wait_for()
    page.wait_for_load_state()
    every = page.locator(".hit").count()
    assert page.locator(".hit-why").first.inner_text()
    page.locator(".filter", has_text="Brno").click()
    page.locator(".filter[aria-current]").wait_for()
    until(page, lambda: 0 < page.locator(".hit").count() < every)
    page.locator("[data-photo]").first.click()
    page.locator(".lightbox figcaption span[aria-live]").wait_for()
    page.keyboard.press("Escape")


def test_a_kept_out_picture_comes_back_and_goes_again(page: Any) -> None:
    allow(page, "library")
    page.goto("/library")
    page.get_by_role("link", name="Kept out of ideas").click()
    page.get_by_role("heading", name="Screenshots").wait_for()
    page.get_by_role("button", name="Bring back").first.click()
    page.get_by_role("heading", name="Brought back by you").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Kept out again.", exact=True).wait_for()
    page.get_by_role("heading", name="Screenshots").wait_for()


def test_on_a_phone_every_pagefits(phone: Any) -> None:
    allow(phone, "library", "places", "content", "faces", "learn")
    for address in PAGES:
        phone.goto(address)
        phone.wait_for_load_state("networkidle")
        fits(phone)
    phone.goto("/people")
    person = phone.locator(".asked a.face").first.get_attribute("href")
    for part in ("", "/faces", "/same", "/never"):
        phone.goto(f"{person}{part}")
        fits(phone)
    phone.goto(person)
    phone.goto(phone.locator("[data-photo]").first.get_attribute("href"))
    phone.wait_for_load_state("networkidle")
    fits(phone)


def test_people_go_from_open_pages_when_faces_is_turned_off(page: Any, server: Any) -> None:
    allow(page, "library", "faces")
    page.goto("/people")
    person = page.locator(".asked a.face").first.get_attribute("href")
    context = page.context
    tabs = {}
    for address in ("/people", person, f"{person}/faces", f"{person}/same"):
        tabs[address] = context.new_page()
        tabs[address].goto(address)
        assert tabs[address].locator('img[src^="/faces/"]').count()
    page.goto("/settings/off/faces")
    page.get_by_role("button", name="Turn off and erase").click()
    page.get_by_text("Turned off and erased").wait_for()
    for tab in tabs.values():
        tab.get_by_text("Who is in the pictures” is off").or_(
            tab.get_by_text("People are off")
        ).wait_for()
        assert tab.locator('img[src^="/faces/"]').count() == 0
    assert page.get_by_text("Turned off and erased").is_visible(), "the report stays"


def test_what_is_turned_off_in_a_terminal_goes_from_an_open_page(page: Any, server: Any) -> None:
    allow(page, "library", "faces")
    page.goto("/people")
    page.get_by_role("heading", name="Who is this?").wait_for()
    command = [sys.executable, "-m", "safelight", "consent", "withdraw", "faces"]
    environment = {**os.environ, "SAFELIGHT_KEY_STORE": "file"}
    subprocess.run([*command, "--home", str(server.home)], env=environment, check=True)
    page.get_by_role("heading", name="People are off").wait_for()


def test_what_somebody_writes_outlives_the_end_of_a_scan(page: Any) -> None:
    allow(page, "library")

    page.add_init_script(STILL_SCANNING)
    page.goto("/settings")
    page.get_by_placeholder("/home/you/Pictures").fill("/somewhere")
    page.locator("#scan[data-running=no]").wait_for(state="attached")
    page.wait_for_timeout(1500)
    assert page.get_by_placeholder("/home/you/Pictures").input_value() == "/somewhere"
    page.get_by_placeholder("/home/you/Pictures").fill("")
    with page.expect_navigation():
        page.evaluate("document.activeElement.blur()")


def test_a_person_is_renamed_by_keyboard_and_escape_leaves_it(page: Any) -> None:
    allow(page, "library", "faces")
    page.goto("/people")
    page.locator(".asked input[name=name]").first.fill("Marie")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(page.locator(".faces a.face").first.get_attribute("href"))
    rename = page.locator("details.rename")
    rename.locator("summary").focus()
    page.keyboard.press("Enter")
    until(page, lambda: page.evaluate("document.activeElement.name") == "name")
    page.keyboard.press("Escape")
    until(page, lambda: rename.get_attribute("open") is None)
    page.keyboard.press("Enter")
    until(page, lambda: page.evaluate("document.activeElement.name") == "name")
    page.keyboard.type("Maria")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_role("heading", name="Maria").wait_for()
