"""The page that enhances or restyles one photo."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from safelight.app import Safelight
from safelight.model.consent import Purpose


def test_the_page_shows_before_and_after_and_every_style(browser: Any, weekend: list[str]) -> None:
    page = browser.get(f"/photo/{weekend[0]}/alter").text
    assert f'src="/altered/{weekend[0]}.jpg?style=&amp;strength=85&amp;colours=0"' in page
    assert "Watercolour" in page
    assert "Katsushika Hokusai" in page
    assert "switch is off" in page
    assert f'href="/photo/{weekend[0]}/alter"' in browser.get(f"/photo/{weekend[0]}").text


def test_a_preview_is_a_picture_and_a_painting_waits_for_the_switch(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    address = f"/altered/{weekend[0]}.jpg"
    with Image.open(io.BytesIO(browser.get(address).content)) as picture:
        assert picture.size == (240, 160)
    assert browser.get(f"{address}?style=wave").status_code == 403
    held = browser.get(f"/photo/{weekend[0]}/alter?style=wave").text
    assert "Decide in the settings" in held
    assert "data-compare" not in held
    library.allow([Purpose.RESTYLE])
    assert browser.get(f"{address}?style=wave").status_code == 200
    assert browser.get(f"{address}?size=huge").status_code == 404
    assert browser.get(f"{address}?style=banksy").status_code == 400


def test_what_is_kept_lies_among_the_creations(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    answer = browser.post(f"/photo/{weekend[0]}/alter", style="film", strength="60", colours="0")
    assert answer.headers["location"] == "/creations?said=kept"
    (made,) = library.creations()
    assert made.recipe["strength"] == 0.6
    assert "Film" in browser.get("/creations").text


def test_odd_addresses_are_borne(browser: Any, weekend: list[str]) -> None:
    assert browser.get("/photo/nobody/alter").status_code == 404
    assert browser.get("/altered/nobody.jpg").status_code == 400
    page = browser.get(f"/photo/{weekend[0]}/alter?strength=many&colours=perhaps")
    assert page.status_code == 200


def test_an_idea_becomes_a_book_a_card_and_a_moving_picture(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    name = library.ideas()[0].idea.id
    assert "Photo book (PDF)" in browser.get(f"/ideas/{name}").text
    for what in ("pdf/book", "card/", "gif/"):
        answer = browser.post(f"/ideas/{name}/make", what=what)
        assert answer.headers["location"] == "/creations?said=kept"
    assert browser.post(f"/ideas/{name}/make", what="statue/").status_code == 404
    assert {str(c.kind) for c in library.creations()} == {"pdf", "card", "gif"}
    assert "made-pages" in browser.get("/creations").text


def test_an_idea_leads_to_where_its_cover_is_enhanced(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    idea = library.ideas()[0].idea
    assert f'href="/photo/{idea.cover}/alter"' in browser.get(f"/ideas/{idea.id}").text
    assert browser.get(f"/photo/{idea.cover}/alter").status_code == 200
