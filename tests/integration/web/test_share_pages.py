"""The page that asks before something leaves shows the thing itself, and all that it tells."""

from __future__ import annotations

import re

import pytest
from tests.integration.web.conftest import Browser

from safelight.app import Safelight
from safelight.app.making.wishes import Wish
from safelight.model.ideas import Idea
from safelight.model.sharing import ShareWish


@pytest.fixture
def idea(library: Safelight, weekend: list[str]) -> Idea:
    """One with a place and a day in its title."""
    return next(each for each in library.make_ideas() if "Prague" in each.title)


@pytest.mark.parametrize(
    ("kind", "form", "shown"),
    [("gif", "gif", "image/gif"), ("gif", "webp", "image/webp"), ("pdf", None, "application/pdf")],
)
def test_what_leaves_as_it_was_made_is_shown_as_what_it_is(
    browser: Browser, library: Safelight, idea: Idea, kind: str, form: str | None, shown: str
) -> None:
    made = library.making.make(kind, Wish(idea.assets[:3], idea, format=form))
    page = browser.get(f"/share/{made.id}").text
    assert "<video" not in page
    address = f"/creations/{made.id}/file"
    assert (f'href="{address}"' if kind == "pdf" else f'<img src="{address}"') in page
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == shown
    assert answer.content == library.creation(made.id)[1]  # type: ignore[index]


@pytest.mark.parametrize(("kind", "style"), [("pdf", "book"), ("card", None), ("collage", None)])
def test_words_in_what_was_made_are_told_before_it_leaves(
    library: Safelight, idea: Idea, kind: str, style: str | None
) -> None:
    made = library.making.make(kind, Wish(idea.assets[:4], idea, style=style))
    sheet = library.sharing.sheet(library.sharing.subject(made.id), ShareWish())
    assert any(idea.title in line and "when it was" in line for line in sheet.seen)


def test_what_we_call_a_thing_is_nobodys_words(library: Safelight, weekend: list[str]) -> None:
    for kind in ("gif", "enhance", "pdf"):
        made = library.making.make(kind, Wish(tuple(weekend[:2])))
        subject = library.sharing.subject(made.id)
        assert not library.sharing.sheet(subject, ShareWish()).has_caption, kind


def test_a_film_of_an_idea_that_is_gone_is_not_begun(browser: Browser, weekend: list[str]) -> None:
    answer = browser.post("/film", idea="gone", photos=",".join(weekend), seconds="10")
    assert answer.status_code == 400
    assert "is gone" in answer.text
    headers = {"X-CSRF-Token": browser.token()}
    wish = {"kind": "gif", "idea": "gone", "assets": weekend[:2]}
    assert browser.client.post("/api/v1/making", json=wish, headers=headers).status_code == 404


def test_the_pages_of_an_idea_offer_a_film_once(browser: Browser, idea: Idea) -> None:
    page = browser.get(f"/ideas/{idea.id}").text
    assert len(re.findall(rf'href="/film\?idea={idea.id}"', page)) == 1
