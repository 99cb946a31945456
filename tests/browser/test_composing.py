"""A story put in order by dragging, by buttons and on a phone, and taken out as one file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.browser.steps import allow, until, wait_for_ideas

pytestmark = pytest.mark.browser


def _order(page: Any) -> list[str]:
    names: list[str] = page.locator(".strip-photo").evaluate_all(
        "photos => photos.map((each) => each.dataset.photo)"
    )  # at once: the strip is drawn anew while one asks
    return names


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
    until(page, lambda: page.locator(f"#caption-{second}").input_value() == "By the river")
    page.locator(f"#drop-{second}").click()
    until(page, lambda: _order(page) == [fourth, first, third])
    page.keyboard.press("Control+z")
    until(page, lambda: _order(page) == [fourth, first, second, third])
    page.keyboard.press("Control+Shift+z")
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


def test_what_belongs_joins_and_the_focus_goes_on(page: Any) -> None:
    _choose(page, 1)
    add = page.locator(".belongs .pick").first
    joins = add.get_attribute("value")
    add.press("Enter")
    until(page, lambda: joins in _order(page))
    until(page, lambda: page.evaluate("document.activeElement.name") == "add")


def test_a_photo_is_cropped_by_keys(page: Any) -> None:
    _choose(page, 2)
    page.get_by_role("button", name="Photos for a post").click()
    page.locator(".set-look").first.wait_for()
    button = page.get_by_role("button", name="Crop photo 1")
    name = button.get_attribute("data-crop")
    button.press("Enter")
    frame = page.get_by_role("group", name="What is shown")
    frame.wait_for()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        frame.press(key)
    page.get_by_role("button", name="Done").click()
    look = f".set-look[src*='/share/{name}/'][src*='crop=']"
    page.locator(look).wait_for()
    until(page, lambda: page.evaluate("document.activeElement.dataset.crop") == name)
    page.get_by_role("button", name="Undo").click()
    page.locator(look).wait_for(state="detached")
    page.get_by_role("button", name="Crop photo 1").click()
    page.get_by_role("button", name="Whole photo").click()
    page.get_by_role("button", name="Done").click()
    page.locator(".set-look[src*='crop=whole']").wait_for()


def test_on_a_phone_the_photo_is_dragged_and_all_go_to_the_share_sheet(phone: Any) -> None:
    phone.add_init_script(
        "navigator.canShare = () => true;"
        "navigator.share = async ({ files }) => {"
        "  window.handed = files.map((file) => [file.name, file.type, file.size > 1000]);"
        "};"
    )
    _choose(phone, 2)
    phone.locator("#post").fill("Two days away")
    phone.get_by_role("button", name="Photos for a post").click()
    phone.locator(".set-look").first.wait_for()
    phone.get_by_role("button", name="Crop photo 2").tap()
    frame = phone.get_by_role("group", name="What is shown")
    box = frame.bounding_box()
    before = frame.locator("img").get_attribute("style")
    touch = phone.context.new_cdp_session(phone)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for kind, at in (("touchStart", 0), ("touchMove", 20), ("touchMove", 45), ("touchEnd", None)):
        points = [] if at is None else [{"x": x + at, "y": y + at}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    until(phone, lambda: frame.locator("img").get_attribute("style") != before)
    phone.wait_for_timeout(500)  # a finger that dragged does not tap elsewhere within an instant
    phone.get_by_role("button", name="Done").tap()
    phone.locator(".set-look[src*='crop=']").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_role("button", name="Share 2 photos").tap()
    handed = [["01.jpg", "image/jpeg", True], ["02.jpg", "image/jpeg", True]]
    until(phone, lambda: phone.evaluate("window.handed") == handed)


def test_a_photo_leaves_ideas_from_the_large_view(page: Any) -> None:
    allow(page)
    wait_for_ideas(page)
    page.goto("/library")
    page.locator("[data-photo]").first.click()
    out = page.get_by_role("button", name="Not in ideas")
    out.click()
    until(page, lambda: out.get_attribute("aria-pressed") == "true")
    page.get_by_role("button", name="Undo").click()
    until(page, lambda: out.get_attribute("aria-pressed") == "false")
    page.keyboard.press("x")
    until(page, lambda: out.get_attribute("aria-pressed") == "true")
    page.keyboard.press("Escape")
    until(page, lambda: page.evaluate("!history.state?.large"))  # closing goes one step back
    page.reload()
    page.locator("[data-photo]").first.click()
    until(page, lambda: out.get_attribute("aria-pressed") == "true")
