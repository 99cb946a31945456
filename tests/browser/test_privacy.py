"""Privacy with a real browser: only these photos, what is known of one, off in two clicks."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.browser.steps import go, until

pytestmark = pytest.mark.browser


def allow_picked(page: Any, *names: str) -> None:
    """From the prompt: pick photos by name, then allow the library for them alone."""
    page.goto("/welcome")
    go(page, page.get_by_role("link", name="Pick them by name").click)
    for name in names:
        page.get_by_label(name).check()
    go(page, page.get_by_role("button", name="Keep this choice").click)
    go(page, page.get_by_role("link", name="On to the switches").click)
    assert page.get_by_label("Only photos that I pick").is_checked()
    page.get_by_role("switch", name="Your photo library").check()
    go(page, page.get_by_role("button", name="Allow what I switched on").click)


def scanned(page: Any, count: int) -> None:
    """Wait until the timeline shows so many photos."""
    for _ in range(100):
        page.goto("/library")
        if page.locator(".tile").count() == count:
            return
        page.wait_for_timeout(200)
    pytest.fail(f"{page.locator('.tile').count()} photos")


def test_only_these_photos_then_off_in_two_clicks(page: Any) -> None:
    allow_picked(page, "prague-00.jpg", "prague-01.jpg")
    scanned(page, 2)
    page.goto("/privacy")
    assert "Nothing has left this machine" in page.locator("main").inner_text()
    page.get_by_role("button", name="Turn off Your photo library").click()
    page.get_by_role("dialog").get_by_role("button", name="Turn off and erase").click()
    report = page.get_by_role("status").filter(has_text="is off, and erased")
    report.wait_for()
    until(page, report.get_by_role("link", name="Receipt").is_visible)
    page.goto("/library")
    assert page.locator(".tile").count() == 0


def test_a_photo_leads_to_what_is_known_of_it(phone: Any) -> None:
    allow_picked(phone, "home-00.jpg")
    scanned(phone, 1)
    name = phone.locator(".tile").get_attribute("data-photo")
    phone.goto(f"/photo/{name}")
    go(phone, phone.get_by_role("link", name="What is known of this photo").click)
    assert "home-00.jpg" in phone.locator("main").inner_text()
    phone.get_by_role("button", name="Check against the ledger").click()
    checked = "Every entry named here was checked"
    until(phone, lambda: checked in phone.locator("main").inner_text())
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_everything_is_taken_along(page: Any, chromium: Any, tmp_path: Path) -> None:
    allow_picked(page, "home-00.jpg")
    scanned(page, 1)
    page.goto("/privacy")
    page.get_by_role("link", name="Everything Safelight holds about you").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the archive").click()
    waiting.value.save_as(tmp_path / "mine.zip")
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        archive.extractall(tmp_path / "mine")
    alone = chromium.new_context(offline=True).new_page()
    alone.goto((tmp_path / "mine" / "index.html").as_uri())
    go(alone, alone.get_by_role("link", name="2023-06").click)
    assert "home-00.jpg" in alone.locator("body").inner_text()
    until(alone, lambda: alone.locator("img").evaluate("image => image.naturalWidth") > 0)
    alone.context.close()
