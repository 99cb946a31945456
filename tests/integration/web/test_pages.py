"""Ideas, library, photo, collage, composer, creations, ledger."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from safelight.app import Safelight
from safelight.model.ideas import Idea, IdeaKind
from safelight.surfaces.web.pages.ideas import all_photos


def _idea(library: Safelight) -> str:
    return library.ideas()[0].idea.id


def test_the_start_page_shows_each_idea_once(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    page = browser.get("/").text
    cards = library.ideas()
    assert cards
    for card in cards:
        assert page.count(f'href="/ideas/{card.idea.id}"') == 1
        assert html.escape(card.idea.title) in page


def test_beside_a_cover_stands_none_of_another_idea(
    library: Safelight, photos: Path, camera: Any, weekend: list[str]
) -> None:
    for day in range(12, 22):
        for hour in (9, 15):
            camera.shoot(photos / f"{day}-{hour}.jpg", datetime(2023, 9, day, hour))
    library.scan()
    library.make_ideas()
    cards = library.ideas()
    leads = [card.covers[0] for card in cards]
    assert len(cards) > 1, "the weekend, and the month that it is in"
    assert len(set(leads)) == len(leads)
    assert all(len(card.covers) > 1 for card in cards)
    assert all(set(card.covers[1:]).isdisjoint(leads) for card in cards)


def test_an_idea_shows_its_photos_oldest_first_with_reasons(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    card = library.ideas()[0]
    page = browser.get(f"/ideas/{card.idea.id}").text
    shown = re.findall(r'data-photo="([^"]+)"', page)
    assert tuple(shown) == card.idea.assets
    for reason in card.idea.reasons:
        assert html.escape(reason.text, quote=False) in html.unescape(page).replace("&", "&amp;")
        assert f"/settings#{reason.purpose}" in page


def test_an_idea_leads_to_all_photos_of_its_days(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    page = browser.get(f"/ideas/{_idea(library)}").text
    (link,) = re.findall(r'href="(/library\?month=[^"]+)"', page)
    address, _, day = link.partition("#")
    timeline = browser.get(address).text
    assert f'id="{day}"' in timeline
    assert set(weekend) <= set(re.findall(r'data-photo="([^"]+)"', timeline))


def test_an_idea_of_many_years_leads_to_no_single_days() -> None:
    start = datetime(2015, 6, 1, tzinfo=UTC)
    idea = Idea("i", IdeaKind.ON_THIS_DAY, "This day", "2015", ("a",), "a", (), 0.5, start=start)
    assert all_photos(idea) is None
    assert all_photos(replace(idea, end=start + timedelta(days=900))) is None
    assert all_photos(replace(idea, end=start)) == "/library?month=2015-06#day-2015-06-01"


def test_an_idea_is_put_away_and_brought_back(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    name = _idea(library)
    answer = browser.post(f"/ideas/{name}/decide", verdict="dismiss")
    assert answer.headers["location"] == f"/?said=dismissed&about={name}"
    assert f'href="/ideas/{name}"' not in browser.get("/").text
    assert f"/ideas/{name}/decide" in browser.get(answer.headers["location"]).text
    assert f"/ideas/{name}/decide" in browser.get("/ideas/put-away").text
    browser.post(f"/ideas/{name}/decide", verdict="restore")
    assert f'href="/ideas/{name}"' in browser.get("/").text
    assert browser.post(f"/ideas/{name}/decide", verdict="burn").status_code == 400
    assert browser.get("/ideas/none").status_code == 404


def test_a_liked_idea_can_still_be_put_away(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    name = _idea(library)
    browser.post(f"/ideas/{name}/decide", verdict="like")
    page = browser.get(f"/ideas/{name}").text
    assert 'aria-pressed="true"' in page
    assert 'value="dismiss"' in page


def test_a_collage_flips_changes_format_and_loses_a_photo(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    name = _idea(library)
    part = browser.get(f"/ideas/{name}?layout=1&format=square&title=", x_part="collage").text
    assert part.lstrip().startswith("<section")
    assert "<html" not in part
    drawn = html.unescape(re.findall(r'class="drawn" src="([^"]+)"', part)[0])
    picture = Image.open(io.BytesIO(browser.get(drawn).content))
    assert picture.size == (1280, 1280)
    photos = re.findall(r"photos=([^&\"]+)", drawn)[0].split(",")
    swap = browser.get(f"/ideas/{name}?photos={','.join(photos)}&swap={photos[0]}").text
    assert "Leave it out" in swap
    fewer = browser.get(f"/ideas/{name}?photos={','.join(photos[1:])}", x_part="collage").text
    assert f"Collage of {len(photos) - 1} photo" in fewer


def test_a_collage_is_kept_to_be_shared_at_each_size(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    view = f"photos={','.join(weekend[:5])}&title=Prag%20%E2%80%94%20%22Tag%22/1&format=square"
    asked = browser.post("/collage/keep", view=view, then="share").headers["location"]
    assert asked == f"/share/{library.creations()[0].id}"
    for size, edge in (("small", 1280), ("full", 2048), ("print", 4724)):
        answer = browser.post(asked, asked="1", size=size, format="jpeg", people="none")
        picture = Image.open(io.BytesIO(answer.content))
        assert max(picture.size) == edge
        assert answer.headers["content-disposition"] == 'attachment; filename="collage.jpg"'
    assert browser.get("/collage?photos=nobody").status_code == 404


def test_a_collage_is_kept_looked_at_and_deleted(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    view = f"photos={','.join(weekend[:4])}&format=square&title=Two+days"
    assert library.creations() == []
    answer = browser.post("/collage/keep", view=view, idea=_idea(library))
    assert answer.headers["location"] == "/creations?said=kept"
    made = library.creations()[0]
    assert made.title == "Two days"
    assert "Two days" in browser.get("/creations").text
    shown = browser.get(f"/creations/{made.id}/file")
    assert "content-disposition" not in shown.headers
    assert max(Image.open(io.BytesIO(shown.content)).size) == 1600
    answer = browser.post(f"/creations/{made.id}/delete")
    assert answer.headers["clear-site-data"] == '"cache"'
    assert library.creations() == []
    assert browser.post(f"/creations/{made.id}/delete").status_code == 404


def test_the_timeline_reads_on_without_scripts(browser: Any, weekend: list[str]) -> None:
    page = browser.get("/library").text
    assert set(re.findall(r'data-photo="([^"]+)"', page)) == set(weekend)
    assert "September 2023" in page
    assert "1 file could not be read" in page
    assert browser.get("/library?month=2023-09").status_code == 200
    assert browser.get("/library?month=2023-13").status_code == 404
    assert browser.get("/library?cursor=nonsense").status_code == 200
    assert "broken.jpg" in browser.get("/library/problems").text


def test_a_photo_tells_what_is_known(browser: Any, library: Safelight, weekend: list[str]) -> None:
    page = browser.get(f"/photo/{weekend[3]}").text
    for words in ("September 2023", "The date comes from the camera", "Testcam One", "Czech"):
        assert words in page
    assert f"/photo/{weekend[2]}" in page
    assert f"/photo/{weekend[4]}" in page
    browser.post("/settings/off/places")
    assert "Czech" not in browser.get(f"/photo/{weekend[3]}").text


def test_pictures_are_private_short_lived_and_checked_again(
    browser: Any, weekend: list[str]
) -> None:
    first = browser.get(f"/previews/{weekend[0]}.jpg")
    assert "private" in first.headers["cache-control"]
    assert "immutable" not in first.headers["cache-control"]
    again = browser.get(f"/previews/{weekend[0]}.jpg", if_none_match=first.headers["etag"])
    assert again.status_code == 304
    assert browser.get(f"/pictures/{weekend[0]}.jpg?edge=99999").status_code == 404


def test_a_large_picture_falls_back_to_its_preview_when_the_file_is_gone(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    detail = library.showing.asset(weekend[0])
    assert detail is not None
    Path(detail.row.path).unlink()
    answer = browser.get(f"/pictures/{weekend[0]}.jpg?edge=1600")
    assert answer.status_code == 200
    assert answer.content == browser.get(f"/previews/{weekend[0]}.jpg").content


def test_the_composer_offers_what_fits_the_words_and_stores_nothing(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    before = library.ledger_size()
    page = browser.post("/compose", words="september", format="story", show_words="1").text
    assert "You have" in page
    name = _idea(library)
    used = browser.post("/compose", use=name, format="square", show_words="1").text
    assert used.count("checked") > 3
    assert 'class="drawn"' in used
    assert library.creations() == []
    assert library.ledger_size() == before


def test_the_ledger_tells_filters_and_verifies(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    page = browser.get("/ledger").text
    assert "You allowed" in page
    assert f'"count": {len(weekend) + 1}' in page, "the broken file was chosen to be read, too"
    assert "Ideas were made with" in page
    assert "read for “Ideas by themselves”" not in page  # it opens no picture
    assert "You allowed" not in browser.get("/ledger?show=erasure").text
    verdict = browser.get("/ledger?verify=true").text
    assert html.escape(library.ledger_verify()[1], quote=False) in verdict


def test_a_scan_starts_pauses_and_shows_its_strip(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    assert browser.post("/scan/start", back="/library").headers["location"] == "/library"
    assert browser.post("/scan/stop").status_code == 303
    strip = browser.get("/scan").text
    assert 'id="scan"' in strip
    assert "<html" not in strip


def test_the_theme_is_rendered_by_the_server(browser: Any) -> None:
    assert "data-theme" not in browser.get("/help").text
    browser.post("/theme", theme="dark")
    assert '<html lang="en" data-theme="dark">' in browser.get("/help").text
    browser.post("/theme", theme="system")
    assert "data-theme" not in browser.get("/help").text


def test_unknown_words_in_the_address_are_not_repeated(browser: Any) -> None:
    page = browser.get("/help?said=<b>boo</b>&about=<b>boo</b>&other=<i>").text
    assert "boo" not in page
    assert "<i>" not in page
