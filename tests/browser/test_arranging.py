"""A collage changed by mouse, keys and touch in a real browser, undone, reloaded and kept."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser.steps import allow, until, wait_for_ideas

pytestmark = pytest.mark.browser

Places = dict[str, tuple[float, ...]]


def _collage(page: Any) -> list[str]:
    """Open the first idea; the photos in its collage."""
    allow(page)
    wait_for_ideas(page)
    page.locator(".card-link").first.click()
    page.locator("#collage .drawn:not(.waiting)").wait_for()
    page.locator("#collage").scroll_into_view_if_needed()
    return list(_places(page))


def _places(page: Any) -> Places:
    script = """() => [...document.querySelectorAll(".handles a[data-cell]")].map((each) => {
      const rect = each.querySelector("rect");
      return [each.dataset.cell, ["x", "y", "width", "height"].map((n) => +rect.getAttribute(n))];
    })"""
    return {name: tuple(sides) for name, sides in page.evaluate(script)}


def _shown(page: Any, asset: str) -> list[float]:
    box = page.locator(f'.sheet-of [data-shows="{asset}"]').get_attribute("viewBox")
    return [float(each) for each in box.split()]


def _query(page: Any) -> str:
    return str(page.locator("#collage").get_attribute("data-query"))


def _middle(page: Any, asset: str) -> tuple[float, float]:
    box = page.locator(f'.handles [data-cell="{asset}"] rect').bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _drag(page: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def _choose(page: Any, asset: str) -> None:
    page.locator(f'.handles [data-cell="{asset}"]').click()
    page.locator(f'.swapper[data-chosen="{asset}"]').wait_for()


def test_photos_change_places_and_it_is_undone_after_a_reload(page: Any) -> None:
    photos = _collage(page)
    before = _places(page)
    one, other = photos[0], photos[2]
    _drag(page, _middle(page, one), _middle(page, other))
    until(page, lambda: "seats=" in _query(page))
    after = _places(page)
    assert (after[one], after[other]) == (before[other], before[one])
    assert {k: v for k, v in after.items() if k not in (one, other)} == {
        k: v for k, v in before.items() if k not in (one, other)
    }
    page.reload()
    until(page, lambda: _places(page) == after)
    page.keyboard.press("Control+z")
    until(page, lambda: _places(page) == before)
    page.keyboard.press("Control+Shift+z")
    until(page, lambda: _places(page) == after)
    page.get_by_role("button", name="Undo").click()
    until(page, lambda: _places(page) == before)
    until(page, page.get_by_role("button", name="Undo").is_disabled)


def test_wheel_and_keys_zoom_and_move_and_the_picture_is_the_same(page: Any) -> None:
    photos = _collage(page)
    _choose(page, photos[1])
    before = _shown(page, photos[1])
    page.mouse.move(*_middle(page, photos[1]))
    page.mouse.wheel(0, -240)
    until(page, lambda: f"crops={photos[1]}" in _query(page))
    zoomed = _shown(page, photos[1])
    assert zoomed[2] < 0.8 * before[2]
    page.locator(f'.handles [data-cell="{photos[1]}"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    until(page, lambda: _shown(page, photos[1])[0] < zoomed[0])
    query = _query(page)
    until(page, lambda: _query(page) != query)
    until(page, lambda: page.evaluate("document.activeElement.dataset.cell") == photos[1])
    drawn = page.locator("#collage .drawn:not(.waiting)")
    drawn.wait_for()
    until(page, lambda: _query(page) in drawn.get_attribute("src"))
    place = _middle(page, photos[1])
    _drag(page, place, (place[0] - 25, place[1]))
    moved = _query(page)
    until(page, lambda: _query(page) != moved)
    page.keyboard.press("Escape")
    until(page, lambda: page.locator(".swapper").count() == 0)
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Kept under Creations").wait_for()
    page.goto("/creations")
    page.get_by_role("link", name="Change").click()
    until(page, lambda: _shown(page, photos[1])[2] < 0.8 * before[2])


def test_a_border_is_moved_by_mouse_and_keys(page: Any) -> None:
    _collage(page)
    before = _places(page)
    grip = page.locator(".grip").first
    box = grip.locator("rect").first.bounding_box()
    upright = "upright" in grip.get_attribute("class")
    start = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    end = (start[0] + 20, start[1]) if upright else (start[0], start[1] + 20)
    _drag(page, start, end)
    until(page, lambda: "borders=" in _query(page))
    after = _places(page)
    changed = [name for name in after if after[name] != before[name]]
    assert len(changed) >= 2
    name = page.locator(".grip").first.get_attribute("data-border")
    page.locator(f'[data-border="{name}"]').focus()
    page.keyboard.press("ArrowLeft" if upright else "ArrowUp")
    until(page, lambda: _places(page) != after)
    query = _query(page)
    until(page, lambda: _query(page) != query)
    until(page, lambda: page.evaluate("document.activeElement.dataset.border") == name)


def test_a_photo_is_carried_by_keys_and_stays_when_pinned(page: Any) -> None:
    one, other, *_ = _collage(page)
    before = _places(page)
    page.locator(f'.handles [data-cell="{one}"]').focus()
    page.keyboard.press("Space")
    page.locator(f'.handles [data-cell="{other}"]').focus()
    page.keyboard.press("Space")
    until(page, lambda: _places(page)[one] == before[other])
    page.keyboard.press("p")
    until(page, lambda: "pins=" in _query(page))
    page.get_by_role("link", name="Next layout").click()
    until(page, lambda: "layout=1" in _query(page))
    assert "pins=" in _query(page)
    until(page, lambda: page.locator(".handles [data-pinned]").count() == 1)


def test_fingers_zoom_move_and_carry_on_a_phone(phone: Any) -> None:
    session = phone.context.new_cdp_session(phone)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        where = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})

    photos = _collage(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    before = _places(phone)
    phone.locator(f'.handles [data-cell="{photos[0]}"]').tap()
    phone.locator(f'.swapper[data-chosen="{photos[0]}"]').wait_for()
    phone.locator("#collage").scroll_into_view_if_needed()
    x, y = _middle(phone, photos[0])
    full = _shown(phone, photos[0])
    touch("touchStart", (x - 15, y), (x + 15, y))
    for far in (20, 26, 32):
        touch("touchMove", (x - far, y), (x + far, y))
    touch("touchEnd")
    until(phone, lambda: f"crops={photos[0]}" in _query(phone))
    zoomed = _shown(phone, photos[0])
    assert zoomed[2] < 0.8 * full[2]
    scrolled = phone.evaluate("scrollY")
    x, y = _middle(phone, photos[0])
    touch("touchStart", (x, y))
    for far in (8, 16, 24):
        touch("touchMove", (x, y - far))
    touch("touchEnd")
    until(phone, lambda: _shown(phone, photos[0])[1] > zoomed[1])
    assert phone.evaluate("scrollY") == scrolled
    query = _query(phone)
    until(phone, lambda: _query(phone) != query)
    start, end = _middle(phone, photos[1]), _middle(phone, photos[2])
    touch("touchStart", start)
    phone.wait_for_timeout(600)
    touch("touchMove", ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
    touch("touchMove", end)
    touch("touchEnd")
    until(phone, lambda: _places(phone)[photos[1]] == before[photos[2]])
    phone.get_by_role("button", name="Undo").click()
    until(phone, lambda: _places(phone) == before)
