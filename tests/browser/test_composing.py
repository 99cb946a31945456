"""A story put in order by dragging, by buttons and on a phone, and taken out as one file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.browser.test_first_day import allow, until, wait_for_ideas

pytestmark = pytest.mark.browser


def _order(page: Any) -> list[str]:
    return [each.get_attribute("data-photo") for each in page.locator(".strip-photo").all()]


def _choose(page: Any, count: int) -> list[str]:
    allow(page)
    wait_for_ideas(page)
    page.goto("/compose")
    for number in range(count):
        page.locator(".picker .pick").nth(number).click()
        until(page, lambda: len(_order(page)) == number + 1)  # noqa: B023  # asked at once
    return _order(page)


def test_photos_are_dragged_undone_and_saved(page: Any, tmp_path: Path) -> None:
    first, second, third, fourth = _choose(page, 4)
    page.locator(f"#caption-{second}").fill("By the river")
    pictures = page.locator(".strip-picture img")
    pictures.nth(3).drag_to(pictures.nth(0), target_position={"x": 5, "y": 40})
    until(page, lambda: _order(page) == [fourth, first, second, third])
    assert page.locator(f"#caption-{second}").input_value() == "By the river"
    page.locator(f"#drop-{second}").click()
    until(page, lambda: _order(page) == [fourth, first, third])
    page.keyboard.press("Control+z")
    until(page, lambda: _order(page) == [fourth, first, second, third])
    page.locator("#post").fill("Two days away")
    page.get_by_role("button", name="Photos for a post").click()
    page.locator(".set-look").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save all as a ZIP").click()
    download.value.save_as(tmp_path / "post.zip")
    archive = zipfile.ZipFile(io.BytesIO((tmp_path / "post.zip").read_bytes()))
    assert archive.namelist() == ["01.jpg", "02.jpg", "03.jpg", "04.jpg", "post.txt"]
    assert archive.read("post.txt").decode() == "Two days away\n\n3. By the river\n"


def test_arrows_keep_the_focus_where_it_was(phone: Any) -> None:
    first, second, third = _choose(phone, 3)
    phone.locator(f"#later-{first}").press("Enter")
    until(phone, lambda: _order(phone) == [second, first, third])
    until(phone, lambda: phone.evaluate("document.activeElement.id") == f"later-{first}")
    phone.keyboard.press("Enter")
    until(phone, lambda: _order(phone) == [second, third, first])
    until(phone, lambda: phone.evaluate("document.activeElement.id") == f"earlier-{first}")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
