"""What is kept out of ideas, a photo with what was seen in it, and its likes."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from safelight.app import Safelight
from safelight.library.judgements import Judged, Judgements, Likeness
from safelight.library.observations import Observations
from safelight.model.assets import KeptOut
from safelight.model.consent import Purpose
from safelight.model.creations import Box
from safelight.model.observations import (
    Analyser,
    ContentResult,
    DetectedObject,
    Embedding,
    Label,
)
from safelight.model.quality import Quality

WHO = Analyser("content", "1")
SHARP = Quality(0.9, 0.9, 0.9, 0.5, 0.5, 0.5)


def seen(*words: tuple[str, float], vector: tuple[float, float] = (1, 0)) -> ContentResult:
    return ContentResult(
        WHO,
        labels=tuple(Label(name, score, "scene") for name, score in words),
        embedding=Embedding("scenes", 2, np.array(vector, "<f2").tobytes()),
        objects=(
            DetectedObject("dog", 0.8, Box(0, 0, 1, 1)),
            DetectedObject("dog", 0.5, Box(0, 0, 1, 1)),
        ),
    )


@pytest.fixture
def content(library: Safelight, weekend: list[str]) -> Judgements:
    """The drawer of content of the weekend; the test says what is seen."""
    library.allow([Purpose.CONTENT])
    return Judgements(library._rooms.drawers)


def test_a_screenshot_is_brought_back_left_out_and_stays_so_over_a_scan(
    browser: Any, library: Safelight, weekend: list[str], photos: Path, camera: Any
) -> None:
    path = photos / "Screenshot 2023-09-09.png"
    from PIL import Image

    Image.effect_noise((320, 240), 60).convert("RGB").save(path)
    library.scan()
    (group,) = library.keeping_out.groups()
    name = group.pictures[0].row.id
    assert group.reason is KeptOut.SCREENSHOT
    page = browser.get("/kept-out").text
    assert "Screenshots" in page
    assert f'action="/kept-out/{name}"' in page
    answer = browser.post(f"/kept-out/{name}", bring="yes", back="/kept-out")
    after = html.unescape(browser.get(answer.headers["location"]).text)
    assert "It may be in ideas again." in after
    assert "Brought back by you" in after
    assert re.search(rf'action="/kept-out/{name}".*?name="bring" value="no"', after, re.DOTALL)
    path.touch()
    library.scan()
    assert library.keeping_out.groups() == []
    browser.post(f"/kept-out/{name}", bring="no")
    assert library.keeping_out.groups()[0].total == 1
    assert browser.post("/kept-out/nothing", bring="yes").status_code == 400


def test_a_copy_of_a_file_says_what_is_used_and_comes_back_all_the_same(
    browser: Any, library: Safelight, weekend: list[str], photos: Path
) -> None:
    shutil.copy(photos / "00.jpg", photos / "copy.jpg")
    library.scan()
    (group,) = library.keeping_out.groups()
    (kept,) = group.pictures
    assert kept.best is not None
    assert kept.best.id in weekend
    assert "Used instead" in browser.get("/kept-out").text
    browser.post(f"/kept-out/{kept.row.id}", bring="yes", back="/kept-out")
    library.allow([Purpose.CONTENT])
    (photos / "copy.jpg").touch()
    library.scan()  # neither the file nor a likeness keeps it out again
    assert KeptOut.DUPLICATE not in {each.reason for each in library.keeping_out.groups()}
    library.withdraw(Purpose.CONTENT)
    assert [each.row.id for each in library.keeping_out.brought_back()] == [kept.row.id]
    said = html.unescape(browser.get(f"/photo/{kept.row.id}").text)
    assert "is in ideas too" in said
    browser.post(f"/kept-out/{kept.row.id}", bring="no", back="/kept-out")
    (group,) = library.keeping_out.groups()
    assert [each.row.id for each in group.pictures] == [kept.row.id]
    assert library.keeping_out.brought_back() == []


def test_every_reason_has_its_group_and_sensitive_ones_are_covered(
    browser: Any, library: Safelight, weekend: list[str], content: Judgements
) -> None:
    content.put_quality(
        [
            Judged(weekend[0], SHARP, KeptOut.SENSITIVE, "it may show nudity"),
            Judged(weekend[1], SHARP, KeptOut.BLURRED, "nothing in it is sharp"),
            Judged(weekend[2], SHARP, KeptOut.DOCUMENT, "it looks like a document"),
        ]
    )
    content.replace_likeness([Likeness(weekend[3], weekend[4], "it is the sharpest")])
    page = browser.get("/kept-out").text
    for words in ("Documents", "Blurred", "Duplicates", "Sensitive", "it is the sharpest"):
        assert words in page
    assert page.count("kept-picture covered") == 1
    assert "Covered. Show it" in browser.get(f"/photo/{weekend[0]}").text
    assert "Covered. Show it" not in browser.get(f"/photo/{weekend[1]}").text
    assert "the one that is used" in browser.get(f"/photo/{weekend[3]}").text
    assert browser.get("/kept-out/blurred").status_code == 200
    assert browser.get("/kept-out/nothing").status_code == 404
    library.withdraw(Purpose.CONTENT)
    page = browser.get("/kept-out").text
    assert "Nothing is kept out" in page
    assert "/settings#content" in page


def test_a_photo_says_what_was_seen_in_words(
    browser: Any, library: Safelight, weekend: list[str], content: Judgements
) -> None:
    Observations(library._rooms.drawers).put(
        [(weekend[0], seen(("beach", 0.8), ("cliff", 0.3), ("trace", 0.05)))]
    )
    content.put_quality([Judged(weekend[0], SHARP, None, "")])
    page = re.sub(r"<[^>]+>", "", browser.get(f"/photo/{weekend[0]}").text)
    for words in ("2 dogs surely", "beach surely", "cliff perhaps", "Good: sharp, well lit"):
        assert words in page
    assert "trace" not in page
    library.withdraw(Purpose.CONTENT)
    page = browser.get(f"/photo/{weekend[0]}").text
    assert "beach" not in page
    assert "Not looked at" in page


def test_similar_photos_are_those_that_look_alike(
    browser: Any, library: Safelight, weekend: list[str], content: Judgements
) -> None:
    Observations(library._rooms.drawers).put(
        [
            (weekend[0], seen(vector=(1, 0))),
            (weekend[1], seen(vector=(0.8, 0.6))),
            (weekend[2], seen(vector=(0.96, 0.28))),
            (weekend[3], seen(vector=(0, 1))),
        ]
    )
    page = browser.get(f"/photo/{weekend[0]}/similar").text
    assert re.findall(r'data-photo="([^"]+)"', page) == [weekend[2], weekend[1]]
    assert "not looked at yet" in browser.get(f"/photo/{weekend[9]}/similar").text
    found = browser.get(f"/api/v1/assets/{weekend[0]}/similar").json()
    assert [each["id"] for each in found] == [weekend[2], weekend[1]]
    library.withdraw(Purpose.CONTENT)
    assert browser.get(f"/photo/{weekend[0]}/similar").status_code == 403
    assert browser.get(f"/api/v1/assets/{weekend[0]}/similar").status_code == 403


def test_the_api_lists_and_brings_back(
    browser: Any, library: Safelight, weekend: list[str], content: Judgements
) -> None:
    content.put_quality([Judged(weekend[1], SHARP, KeptOut.BLURRED, "nothing in it is sharp")])
    (group,) = browser.get("/api/v1/kept-out").json()
    assert group["reason"] == "blurred"
    assert group["pictures"][0]["why"] == "nothing in it is sharp"
    headers = {"X-CSRF-Token": browser.token()}
    address = f"/api/v1/kept-out/{weekend[1]}"
    answer = browser.client.post(address, json={"bring_back": True}, headers=headers)
    assert answer.json()["back"] is True
    assert browser.get("/api/v1/kept-out").json() == []
    seen_in = browser.get(f"/api/v1/assets/{weekend[1]}/content")
    assert seen_in.status_code == 404  # nobody looked at it


def test_sensitive_pictures_are_covered_wherever_photos_stand_together(
    browser: Any, library: Safelight, weekend: list[str], content: Judgements
) -> None:
    shy, other, *_ = weekend
    Observations(library._rooms.drawers).put([(name, seen(("beach", 0.9))) for name in weekend])
    content.put_quality([Judged(shy, SHARP, KeptOut.SENSITIVE, "it may show a naked body")])
    pages = ("/library", "/search?q=prague", f"/photo/{other}/similar")
    for page in pages:
        text = browser.get(page).text
        assert re.search(rf'class="[^"]* covered" href="/photo/{shy}"', text), page
        assert not re.search(rf'class="[^"]* covered" href="/photo/{other}"', text), page
    browser.post(f"/kept-out/{shy}", bring="yes", back="/kept-out")
    assert not any(re.search(r'class="[^"]* covered"', browser.get(page).text) for page in pages)
    library.withdraw(Purpose.CONTENT)
    assert library.keeping_out.sensitive() == frozenset()
