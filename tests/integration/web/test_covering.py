"""A sensitive photo is covered on every page that shows it small: the pages are walked."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from safelight.app import Safelight
from safelight.library.judgements import Judged, Judgements
from safelight.library.observations import Observations
from safelight.model.assets import KeptOut
from safelight.model.consent import Purpose
from safelight.model.observations import Analyser, ContentResult, Label
from safelight.model.quality import Quality

SHARP = Quality(0.9, 0.9, 0.9, 0.5, 0.5, 0.5)
BEACH = ContentResult(Analyser("content", "1"), (Label("beach", 0.9, "scene"),))
MOST_PAGES = 160
LEAVES = ("/static", "/previews", "/pictures", "/api", "/sw.js", "/manifest", "/sign")


def pages(browser: Any, *starts: str) -> dict[str, str]:
    """The HTML of every page that links lead to; of pages of one photo a few are enough."""
    waiting, found, photos = ["/", *starts], dict[str, str](), 0
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        if address in found:
            continue
        answer = browser.get(address)
        if answer.status_code != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        found[address] = answer.text
        for link in re.findall(r'href="(/[^"#]*)', answer.text):
            link = unescape(link)
            photos += link.startswith("/photo/")
            if not link.startswith(LEAVES) and (photos < 12 or not link.startswith("/photo/")):
                waiting.append(link)
    return found


def small_pictures(text: str, asset: str) -> list[str]:
    return re.findall(rf'<img\b[^>]*src="/previews/{asset}\.jpg"[^>]*>', text)


def test_a_sensitive_photo_is_covered_on_every_page_that_shows_it(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    library.allow([Purpose.CONTENT])
    content = Observations(library._rooms.drawers)
    content.put([(name, BEACH) for name in weekend])
    library.make_ideas()
    shy, other, *_ = weekend
    shown = Judged(shy, SHARP, KeptOut.SENSITIVE, "it may show a naked body")
    Judgements(library._rooms.drawers).put_quality([shown])
    some = f"photos={shy},{other}"
    walked = pages(
        browser,
        *(f"/photo/{shy}", f"/photo/{shy}/account", f"/photo/{other}/similar", "/kept-out"),
        *(f"/compose?{some}", f"/collage?{some}", f"/erase?photo={shy}", f"/share/{shy}"),
        *("/search?q=beach", "/themes/teach?name=x"),
    )
    showing = {address for address, text in walked.items() if small_pictures(text, shy)}
    for address in showing:
        for image in small_pictures(walked[address], shy):
            assert "data-covered" in image, (address, image)
    kinds = {re.sub(r"/[0-9a-f]{16}", "", address.split("?")[0]) for address in showing}
    assert kinds >= {
        "/library",
        "/search",
        "/compose",
        "/kept-out",
        "/erase",
        "/photo/account",
    }, kinds
    for address, text in walked.items():
        for image in small_pictures(text, other):
            assert "data-covered" not in image, (address, image)
    library.keeping_out.bring_back(shy)
    assert not any("data-covered" in browser.get(address).text for address in sorted(showing))
