"""Less of this: said at an idea, undone from the toast, listed under the settings."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from safelight.app import Safelight
from safelight.library.shelves import IdeaShelf
from safelight.model.consent import Purpose
from safelight.model.ideas import IdeaKind
from safelight.surfaces.web.pages.ideas import _SECTIONS


@pytest.fixture
def idea(library: Safelight, weekend: list[str]) -> str:
    """An idea of the weekend."""
    library.make_ideas()
    return library.ideas()[0].idea.id


def _subjects(page: str, name: str) -> list[str]:
    return [html.unescape(s) for s in re.findall(rf'name="{name}" value="([^"]+)"', page)]


def test_a_place_is_hidden_and_brought_back_from_the_toast(
    browser: Any, library: Safelight, idea: str
) -> None:
    page = browser.get(f"/ideas/{idea}").text
    place = next(s for s in _subjects(page, "hide") if s.startswith("place:"))
    answer = browser.post(f"/ideas/{idea}/less", hide=place)
    where = urlsplit(answer.headers["location"])
    assert where.path == "/"  # the idea is gone
    assert parse_qs(where.query)["about"] == [place]
    assert browser.get(f"/ideas/{idea}").status_code == 404
    shown = browser.get(answer.headers["location"]).text
    assert 'action="/ideas/hidden/back"' in shown
    assert html.escape(place) in shown
    assert "Bring back" in browser.get("/ideas/hidden").text
    browser.post("/ideas/hidden/back", subject=place)
    assert browser.get(f"/ideas/{idea}").status_code == 200
    assert "Nothing is hidden" in browser.get("/ideas/hidden").text


def test_each_photo_says_why_and_can_be_left_out(
    browser: Any, library: Safelight, idea: str
) -> None:
    card = library.idea(idea)
    assert card
    page = browser.get(f"/ideas/{idea}").text
    assert "How it was ranked" in page
    for note in card.idea.photos:
        assert page.count(html.escape(note.text)) >= 2  # large, and in the list
    photo = f"photo:{card.idea.assets[0]}"
    assert photo in _subjects(page, "hide")
    browser.post(f"/ideas/{idea}/less", hide=photo)
    assert library.preferences.all()[0].subject == photo
    assert f"/previews/{card.idea.assets[0]}.jpg" in browser.get("/ideas/hidden").text


def test_days_rest(browser: Any, library: Safelight, idea: str) -> None:
    (days,) = _subjects(browser.get(f"/ideas/{idea}").text, "rest")
    browser.post(f"/ideas/{idea}/less", rest=days)
    assert "Rests until" in browser.get("/ideas/hidden").text
    assert library.idea(idea) is None


def test_fewer_needs_learn_and_is_forgotten(browser: Any, library: Safelight, idea: str) -> None:
    assert browser.post(f"/ideas/{idea}/less", how="fewer").status_code == 403
    library.allow([Purpose.LEARN])
    answer = browser.post(f"/ideas/{idea}/less", how="fewer")
    assert 'value="more">Undo' in browser.get(answer.headers["location"]).text
    assert "counts 0.5 times" in browser.get("/ideas/hidden").text
    browser.post("/ideas/hidden/unlearn")
    assert "Nothing yet" in browser.get("/ideas/hidden").text


def test_nonsense_is_an_error_with_words(browser: Any, idea: str) -> None:
    assert browser.post(f"/ideas/{idea}/less", hide="place:XX//").status_code == 400
    assert browser.post("/ideas/no/less", hide="kind:week").status_code == 404
    assert browser.get("/?said=less.hide&about=%22%3E%3Cscript%3E").text.count("<script>") == 0


def test_a_title_is_kept(browser: Any, idea: str) -> None:
    browser.post(f"/ideas/{idea}/title", title="Bridges & beer")
    assert "<h1>Bridges &amp; beer</h1>" in browser.get(f"/ideas/{idea}").text
    assert "Bridges &amp; beer" in browser.get("/").text


def test_every_kind_has_one_section() -> None:
    kinds = [kind for _, group in _SECTIONS for kind in group]
    assert sorted(kinds) == sorted(IdeaKind)


def test_the_api_hides_lists_and_brings_back(browser: Any, library: Safelight, idea: str) -> None:
    token = {"x-csrf-token": browser.token()}
    days = "days:2023-09-01/2023-09-30"
    api = "/api/v1/preferences"
    hidden = browser.client.post(f"{api}/hidden", json={"subject": days}, headers=token)
    assert hidden.json()["label"] == "1 September 2023 to 30 September 2023"
    assert [row["subject"] for row in browser.get(f"{api}/hidden").json()] == [days]
    back = browser.client.post(f"{api}/hidden/back", json={"subject": days}, headers=token)
    assert back.json() == []
    fewer = f"/api/v1/ideas/{idea}/fewer"
    assert browser.client.post(fewer, headers=token).status_code == 403
    library.allow([Purpose.LEARN])
    assert browser.client.post(fewer, headers=token).json()[0]["share"] == 0.5
    assert browser.client.delete(f"{api}/learned", headers=token).json() == []


def test_the_day_has_a_page_and_a_surprise(browser: Any, library: Safelight, idea: str) -> None:
    number = len(library.daily.cards())
    assert number
    assert f"{number} new idea" in browser.get("/").text
    assert browser.get("/today").text.count('class="card-link"') == number
    there = browser.get("/today/surprise?seed=1").headers["location"]
    assert there == browser.get("/today/surprise?seed=1").headers["location"]
    assert browser.get(there).status_code == 200
    assert len(browser.get("/api/v1/today").json()) == number
    assert browser.get("/api/v1/surprise?seed=1").status_code == 200
    library.withdraw(Purpose.SUGGEST)
    assert "Ideas come by themselves when" in browser.get("/today").text


def test_what_was_liked_or_named_has_a_shelf(browser: Any, library: Safelight, idea: str) -> None:
    first = library.ideas()[0].idea
    others = [replace(first, id=name, score=first.score / 2) for name in ("two", "three", "four")]
    IdeaShelf(library._rooms.drawers, "catalogue").replace([first, *others], [first.id])
    assert "Liked or named by you" not in browser.get("/").text
    browser.post("/ideas/two/decide", verdict="like")
    browser.post("/ideas/three/title", title="Ours")
    page = browser.get("/").text
    shelf = page.partition("Liked or named by you")[2].partition("</section>")[0]
    assert set(re.findall(r'href="/ideas/(\w+)"', shelf)) == {"two", "three"}
    elsewhere = page.replace(shelf, "")
    assert "/ideas/two" not in elsewhere
    assert "/ideas/four" in elsewhere
