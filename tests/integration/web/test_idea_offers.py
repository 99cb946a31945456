"""What an idea is for leads its page; a photo leaves all ideas and comes back; notices go away."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.model.ideas import Idea, IdeaKind
from safelight.surfaces.web.offers import offers_of


def _idea(makes: tuple[str, ...], photos: int = 3) -> Idea:
    assets = tuple(f"{n:016x}" for n in range(photos))
    return Idea(
        "a" * 16, IdeaKind.FILM, "A film", "Three photos", assets, assets[0], (), 0.5, makes
    )


@pytest.mark.parametrize("kind", ["collage", "film", "enhance", "restyle", "gif", "card", "pdf"])
def test_what_an_idea_is_for_comes_first_and_nothing_twice(kind: str) -> None:
    offers = offers_of(_idea((kind, "collage")), "noir")
    assert offers.lead.kind == kind
    every = [offers.lead, *offers.rest]
    assert len(every) == len(set(every)) == 8
    assert all(bool(offer.address) != bool(offer.what) for offer in every)


def test_a_kind_that_no_page_makes_is_passed_over() -> None:
    offers = offers_of(_idea(("hologram", "film")), "noir")
    assert offers.lead.kind == "film"
    assert offers_of(_idea(()), "noir").lead.kind == "collage"
    single = offers_of(_idea(("collage",), photos=1), "noir")
    assert "gif" not in {offer.kind for offer in single.rest}


@pytest.mark.parametrize(
    ("makes", "says"),
    [
        (("film",), "Make the film"),
        (("enhance",), "Enhance the cover"),
        (("restyle", "card"), "Try all looks"),
        (("gif",), "Make the moving picture"),
        (("pdf", "collage"), "Make the photo book"),
    ],
)
def test_the_page_leads_with_it_and_the_collage_follows(
    browser: Any,
    library: Safelight,
    weekend: list[str],
    monkeypatch: pytest.MonkeyPatch,
    makes: tuple[str, ...],
    says: str,
) -> None:
    card = library.ideas()[0]
    made = replace(card, idea=replace(card.idea, makes=makes))
    monkeypatch.setattr(library, "idea", lambda name: made)
    text = browser.get(f"/ideas/{card.idea.id}").text
    primary = re.search(r'class="(?:button )*primary"[^>]*>.*?</svg>([^<]+)<', text)
    assert primary
    assert primary[1] == says
    assert text.index(says) < text.index('id="photos"') < text.index('id="collage"')


def test_a_collage_stands_where_it_is_what_the_idea_is_for(
    browser: Any, weekend: list[str]
) -> None:
    found = re.search(r'class="hero" href="(/ideas/\w+)"', browser.get("/").text)
    assert found
    text = browser.get(found[1]).text
    assert text.index('id="collage"') < text.index('id="photos"')
    assert "lead-make" not in text


def test_a_photo_leaves_all_ideas_and_undo_brings_it_back(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    name = weekend[2]
    assert any(name in card.idea.assets for card in library.ideas())
    gone = browser.post(f"/photo/{name}/ideas", stays="out")
    assert gone.headers["location"] == f"/photo/{name}?said=photo.out&about={name}"
    assert not any(name in card.idea.assets for card in library.ideas())
    said = browser.get(gone.headers["location"]).text
    assert f'action="/photo/{name}/ideas"' in said
    assert 'class="toast-undo" name="stays" value="in"' in said
    assert 'aria-pressed="true"' in said
    assert browser.get("/ideas/hidden/photos").json() == [name]
    browser.post(f"/photo/{name}/ideas", stays="in")
    assert any(name in card.idea.assets for card in library.ideas())
    assert browser.get("/ideas/hidden/photos").json() == []


def test_a_photo_that_is_not_there_cannot_leave(browser: Any, weekend: list[str]) -> None:
    assert browser.post("/photo/0000/ideas", stays="out").status_code == 404


def test_the_notice_of_new_ideas_goes_away_and_stays_so(browser: Any, weekend: list[str]) -> None:
    assert "new ideas today" in browser.get("/").text or "new idea today" in browser.get("/").text
    seen = browser.post("/today/seen")
    assert seen.headers["location"] == "/"
    kept = seen.headers["set-cookie"].partition(";")[0]
    assert "today</a>" not in browser.get("/", cookie=kept).text
    assert "today</a>" in browser.get("/", cookie="safelight-seen=20200101-00").text
