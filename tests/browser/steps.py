"""What a person does again and again in these tests, and how long one waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest


def allow(page: Any, *purposes: str) -> None:
    """Answer the prompt and wait for the ideas."""
    page.goto("/")
    for purpose in purposes or ("library", "places", "suggest"):
        page.locator(f"#p-{purpose}").check()
    page.get_by_role("button", name="Allow what I switched on").click()
    page.wait_for_url("**/")


def until(page: Any, holds: Callable[[], bool]) -> None:
    """Wait for something that the page's own policy forbids to be watched from inside it.

    A page that is left while one asks has nothing to say yet, so it is asked again.
    """
    from playwright.sync_api import Error  # the tests skip where there is none

    end, last = time.monotonic() + 30, ""
    while time.monotonic() < end:
        try:
            if holds():
                return
            last = "it did not come to be"
        except Error as error:
            last = str(error)
        page.wait_for_timeout(50)
    pytest.fail(f"{last} ({page.url})")


def go(page: Any, click: Callable[[], None]) -> None:
    """Click what leads to another page, and wait until that page is there.

    A click alone comes back as soon as the browser has begun to go.
    """
    with page.expect_navigation():
        click()


def wait_for_ideas(page: Any) -> None:
    """Wait until the scan is done and its ideas are shown."""
    page.locator(".hero").wait_for(timeout=60_000)
    page.locator("#scan[data-running=no]").wait_for(state="attached", timeout=60_000)


def fits(page: Any) -> None:
    """Nothing is wider than the screen, and nothing to press is smaller than a finger."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, .button, nav a, summary, select')]
          .filter(e => e.checkVisibility() && !e.closest('dialog, .rail, [aria-hidden=true]'))
          .map(e => [e.outerHTML.slice(0, 120), e.getBoundingClientRect()])
          .filter(([, box]) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
          .map(([text]) => text)"""
    )
    assert small == [], page.url
