"""The prompt, turning on, turning off."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.model.consent import Purpose


def test_the_first_page_is_the_prompt_with_everything_off(
    browser: Any, library: Safelight, photos: Path
) -> None:
    library.add_folder(str(photos))
    assert browser.get("/").headers["location"] == "/welcome"
    page = browser.get("/welcome").text
    switches = re.findall(r'<input class="switch"[^>]*>', page)
    assert len(switches) == 8
    assert not any("checked" in switch for switch in switches)
    assert str(photos) in page
    for state in library.purposes():
        assert state.notice.title in page


def test_not_now_leaves_nothing_on_and_opens_the_app(browser: Any, library: Safelight) -> None:
    answer = browser.post("/welcome", answer="not-now", purpose=["library", "places"])
    assert answer.status_code == 303
    assert library.status().on == ()
    page = browser.get("/")
    assert page.status_code == 200
    assert "Nothing is switched on" in page.text
    for address in ("/library", "/compose", "/creations", "/settings", "/ledger"):
        assert browser.get(address).status_code == 200


def test_allow_without_a_switch_asks_again(browser: Any, library: Safelight) -> None:
    answer = browser.post("/welcome", answer="allow")
    assert answer.status_code == 400
    assert "No switch is on" in answer.text
    assert not library.consent.answered()


def test_allowing_turns_on_only_what_was_switched(browser: Any, library: Safelight) -> None:
    browser.post("/welcome", answer="allow", purpose=["library"], scope="all")
    assert library.status().on == (Purpose.LIBRARY,)


def test_a_switch_that_needs_another_says_so(browser: Any, library: Safelight) -> None:
    answer = browser.post("/welcome", answer="allow", purpose=["places"], scope="all")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert library.status().on == ()


def test_a_scope_is_kept_with_the_switch(browser: Any, library: Safelight) -> None:
    browser.post("/welcome", answer="allow", purpose="library", scope="since", since="2020-05-01")
    grant = library.purposes()[0].grant
    assert grant is not None
    assert str(grant.scope.since) == "2020-05-01"
    assert "since 1 May 2020" in browser.get("/settings").text


@pytest.mark.parametrize("since", ["", "tomorrow", "2020-13-01"])
def test_a_scope_that_is_none_turns_nothing_on(
    browser: Any, library: Safelight, since: str
) -> None:
    answer = browser.post("/welcome", answer="allow", purpose="library", scope="since", since=since)
    assert answer.status_code == 400
    assert library.status().on == ()


@pytest.mark.parametrize("purpose", ["train", "ads", "share", "nonsense"])
def test_what_cannot_be_granted_cannot_be_turned_on(
    browser: Any, library: Safelight, purpose: str
) -> None:
    browser.post("/welcome", answer="allow", purpose=[purpose], scope="all")
    assert browser.post(f"/settings/on/{purpose}", scope="all").status_code in (400, 404)
    assert library.status().on == ()


@pytest.mark.parametrize("limit", [{"since": "2020-05-01"}, {"folder": "/somewhere"}])
@pytest.mark.parametrize("where", ["/welcome", "/settings/on/library"])
def test_a_limit_that_was_named_is_never_dropped(
    browser: Any, library: Safelight, where: str, limit: dict[str, str]
) -> None:
    answer = browser.post(where, answer="allow", purpose="library", scope="all", **limit)
    assert "You named a limit" in answer.text
    assert library.status().on == ()


def test_turning_off_erases_reports_and_clears_the_browser(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    answer = browser.post("/settings/off/library")
    assert answer.status_code == 200
    assert "Turned off and erased" in answer.text
    assert answer.headers["clear-site-data"] == '"cache"'
    assert library.status().on == ()
    assert "The library is off" in browser.get("/library").text
    assert library.creations() == []


def test_pictures_are_refused_after_turning_off(browser: Any, weekend: list[str]) -> None:
    asset = weekend[0]
    kept = browser.get(f"/previews/{asset}.jpg")
    assert kept.status_code == 200
    collage = f"/collage?photos={','.join(weekend[:4])}"
    assert browser.get(collage).status_code == 200
    browser.post("/settings/off/library")
    for address in (f"/previews/{asset}.jpg", f"/pictures/{asset}.jpg?edge=1600"):
        again = browser.get(address, if_none_match=kept.headers["etag"])
        assert again.status_code in (403, 404)
        assert not again.content.startswith(b"\xff\xd8")
    assert browser.get(collage).status_code in (403, 404)
    assert browser.get(f"/photo/{asset}").status_code in (403, 404)


def test_a_refusal_names_its_switch(browser: Any) -> None:
    browser.post("/welcome", answer="not-now")
    page = browser.get("/previews/anything.jpg")
    assert page.status_code == 403
    api = browser.post("/ideas/make")
    assert api.status_code == 403


def test_folders_come_and_go(browser: Any, library: Safelight, photos: Path) -> None:
    assert browser.post("/settings/sources", path=str(photos)).status_code == 303
    missing = browser.post("/settings/sources", path=str(photos / "none"))
    assert missing.status_code == 400
    assert str(photos / "none") in missing.text
    number = library.sources()[0].id
    answer = browser.post(f"/settings/sources/{number}/remove")
    assert answer.status_code == 303
    assert answer.headers["clear-site-data"] == '"cache"'
    assert library.sources() == []
    assert browser.post(f"/settings/sources/{number}/remove").status_code == 400


def test_names_of_folders_are_escaped(browser: Any, library: Safelight, photos: Path) -> None:
    odd = photos / "<img src=x onerror=alert(1)>&\u202eabc"
    odd.mkdir()
    library.add_folder(str(odd))
    for address in ("/welcome", "/settings"):
        page = browser.get(address).text
        assert "<img src=x" not in page
        assert "\u202e" not in re.sub(r'value="[^"]*"', "", page)
