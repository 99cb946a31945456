"""Themes in the app: what was found, and teaching one by example."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from safelight.app import Safelight
from safelight.library.observations import Observations
from safelight.model.consent import Purpose
from safelight.model.ideas import ThemeScore
from safelight.model.observations import Analyser, ContentResult, Embedding
from safelight.surfaces.web.pages.themes import _covers


@pytest.fixture
def looked(library: Safelight, weekend: list[str]) -> list[str]:
    """The weekend, of which every third photo looks alike; those come first."""
    library.allow([Purpose.CONTENT])
    random = np.random.default_rng(0)
    boats = weekend[::3]
    for name in weekend:
        vector = random.normal(size=16) * 0.3
        vector[0] += 3 if name in boats else -1
        vector /= np.linalg.norm(vector)
        values = Embedding("scenes", 16, vector.astype("<f2").tobytes())
        Observations(library._rooms.drawers).put(
            [(name, ContentResult(Analyser("content", "1"), embedding=values))]
        )
    return boats


def test_a_theme_is_taught_shown_and_forgotten(
    browser: Any, library: Safelight, looked: list[str]
) -> None:
    off = browser.get("/themes/teach").text
    assert "A switch is off" in off
    assert 'name="photo"' not in off
    assert browser.post("/themes/teach", name="boat", learn="1", photo=looked).status_code == 403
    library.allow([Purpose.LEARN])
    assert 'name="photo"' in browser.get("/themes/teach").text
    few = browser.post("/themes/teach", name="boat", learn="1", photo=looked[:1])
    assert few.status_code == 400
    assert f'value="{looked[0]}" checked' in few.text
    answer = browser.post("/themes/teach", name="Our Boat", learn="1", photo=looked)
    assert answer.headers["location"] == "/themes/our%20boat?said=taught"
    page = browser.get("/themes/our%20boat").text
    assert set(looked) <= set(re.findall(r'data-photo="([^"]+)"', page))
    assert "Our boat" in browser.get("/themes").text
    assert browser.post("/themes/our%20boat/forget").headers["location"].startswith("/themes?")
    assert browser.get("/themes/our%20boat").status_code == 404
    assert browser.post("/themes/our%20boat/forget").status_code == 404


def test_choosing_goes_on_over_another_month(
    browser: Any, library: Safelight, looked: list[str]
) -> None:
    library.allow([Purpose.LEARN])
    page = browser.post("/themes/teach", name="boat", photo=looked[:2], month="2023-09").text
    assert len(re.findall(r'value="[^"]+" checked', page)) == 2
    assert 'value="boat"' in page


def test_themes_found_are_listed_with_their_moments(
    browser: Any, library: Safelight, looked: list[str]
) -> None:
    rows = [row for row in library.teaching.rows() if row.moments]
    page = browser.get("/themes").text
    for row in rows:
        assert f"/themes/{row.name}" in page
        shown = browser.get(f"/themes/{row.name}").text
        assert shown.count('class="themed"') == row.moments
    assert "birthday" in page
    assert browser.get("/themes/birthday").status_code == 200
    assert browser.get("/themes/nothing").status_code == 404


def test_the_api_lists_teaches_and_forgets(
    browser: Any, library: Safelight, looked: list[str]
) -> None:
    headers = {"X-CSRF-Token": browser.token()}
    body = {"name": "boat", "like": looked}
    refused = browser.client.post("/api/v1/themes", json=body, headers=headers)
    assert refused.status_code == 403
    library.allow([Purpose.LEARN])
    made = browser.client.post("/api/v1/themes", json=body, headers=headers)
    assert made.status_code == 201
    names = [row["name"] for row in browser.get("/api/v1/themes").json()]
    assert "boat" in names
    assert "birthday" in names
    gone = browser.client.delete("/api/v1/themes/boat", headers=headers)
    assert gone.json() == {"forgotten": True}


def test_a_theme_s_page_has_the_look_that_was_chosen(
    browser: Any, library: Safelight, looked: list[str]
) -> None:
    browser.post("/theme", theme="dark")
    for address in ("/themes", "/themes/birthday"):
        assert '<html lang="en" data-theme="dark">' in browser.get(address).text


def test_no_two_themes_have_the_same_cover_and_no_covered_one(
    browser: Any, library: Safelight, looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = max(library.moments(), key=lambda each: len(each.assets))
    both = tuple(ThemeScore(name, 0.9, ()) for name in ("beach", "birthday"))
    moments = [replace(moment, themes=both)]
    monkeypatch.setattr(Safelight, "moments", lambda _: moments)
    covers = _covers(library, moments)
    assert len(set(covers.values())) == 2
    sensitive = frozenset(moment.assets) - {covers["beach"]}
    monkeypatch.setattr(library.keeping_out.__class__, "sensitive", lambda *_: sensitive)
    assert set(_covers(library, moments).values()) == {covers["beach"]}


@pytest.mark.parametrize("name", ["", "teach", "birthday", "a/b", "a" * 61, "left\u200eright"])
def test_a_name_that_no_page_could_have_is_not_taught(
    browser: Any, library: Safelight, looked: list[str], name: str
) -> None:
    library.allow([Purpose.LEARN])
    answer = browser.post("/themes/teach", name=name, learn="1", photo=looked)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert not any(row.own for row in library.teaching.rows())


def test_a_name_may_have_signs_that_mean_something_in_addresses(
    browser: Any, library: Safelight, looked: list[str]
) -> None:
    library.allow([Purpose.LEARN])
    answer = browser.post("/themes/teach", name="Kids & dogs? #1", learn="1", photo=looked)
    assert "Kids &amp; dogs? #1" in browser.get(answer.headers["location"]).text


def test_an_own_theme_that_nothing_shows_has_a_photo_that_taught_it(
    browser: Any, library: Safelight, looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    library.allow([Purpose.LEARN])
    library.teaching.teach("boat", looked)
    monkeypatch.setattr(Safelight, "moments", lambda _: [])
    assert f"/previews/{looked[0]}.jpg" in browser.get("/themes").text
    few = frozenset(looked[:1])
    monkeypatch.setattr(library.keeping_out.__class__, "sensitive", lambda *_: few)
    page = browser.get("/themes").text
    assert f"/previews/{looked[0]}.jpg" not in page
    assert f"/previews/{looked[1]}.jpg" in page
