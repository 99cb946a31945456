"""Composing a story: order, swaps, captions, undo, and the set that leaves."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from safelight.app import Safelight
from safelight.library.shelves import IdeaShelf
from safelight.model.assets import AssetKind
from safelight.model.consent import Purpose
from safelight.model.ideas import Reason
from safelight.model.sharing import Crop
from safelight.surfaces.web.share_view import crop_text, read_crop
from safelight.testing.planting import leaks_in
from safelight.testing.videos import shoot_video


class Page:
    """The composer's form as it is on a page, to be sent back with some of it changed."""

    def __init__(self, browser: Any, text: str) -> None:
        self._browser = browser
        self.text = text

    @property
    def fields(self) -> dict[str, str | list[str]]:
        """What a browser would send."""
        found: dict[str, list[str]] = {}
        for tag in re.findall(r"<input [^>]*>", self.text):
            said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
            ticked = said.get("type") not in ("checkbox", "radio") or " checked" in tag
            if "name" in said and ticked and said["name"] not in ("csrf", "q"):
                found.setdefault(said["name"], []).append(html.unescape(said.get("value", "")))
        for name, words in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>([^<]*)<', self.text):
            found[name] = [html.unescape(words)]
        return dict(found)

    @property
    def order(self) -> list[str]:
        return re.findall(r'name="order" value="([^"]+)"', self.text)

    def send(self, **changes: str | list[str]) -> Page:
        return Page(self._browser, self._browser.post("/compose", **self.fields | changes).text)


@pytest.fixture
def story(browser: Any, weekend: list[str]) -> Page:
    """Four photos of the weekend, chosen one after the other."""
    page = Page(browser, browser.get("/compose").text)
    return page.send(photo=[weekend[3], weekend[0], weekend[5], weekend[9]])


def test_photos_move_and_stay_where_they_were_put(story: Page) -> None:
    first, second, third, fourth = story.order
    moved = story.send(move=f"{fourth}:0")
    assert moved.order == [fourth, first, second, third]
    assert "Now number 1 of 4" in moved.text
    assert moved.send(words="Prague").order == moved.order
    assert moved.send(move=f"{first}:9").order == [fourth, second, third, first]


def test_what_is_kept_of_an_idea_goes_with_what_the_idea_stood_on(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    ideas = library.make_ideas()
    idea = next(i for i in ideas if Purpose.PLACES in i.purposes and "Prague" in i.title)
    page = Page(browser, browser.get(f"/compose?idea={idea.id}").text)
    page = page.send(move=f"{page.order[-1]}:0")
    (view,) = set(re.findall(r'formaction="/collage/keep" name="view" value="([^"]+)"', page.text))
    browser.post("/collage/keep", **page.fields | {"view": html.unescape(view)})
    (made,) = library.creations()
    assert made.idea == idea.id
    assert made.title == idea.title
    library.withdraw(Purpose.PLACES)
    assert library._rooms.creations.all() == []
    # The page is still open in the browser, and says where they were.
    browser.post("/collage/keep", **page.fields | {"view": html.unescape(view)})
    assert library._rooms.creations.all() == []


def test_what_is_kept_of_two_ideas_goes_with_what_either_stood_on(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    placed = next(i for i in library.make_ideas() if Purpose.PLACES in i.purposes)
    why = (Reason("density", "Many photos", Purpose.LIBRARY),)
    plain = replace(placed, id="plain", title="Some days", reasons=why, photos=())
    shelf = IdeaShelf(library._rooms.drawers, "catalogue")
    shelf.replace([placed, plain], [placed.id, plain.id])
    page = Page(browser, browser.get(f"/compose?idea={plain.id}").text).send(use=placed.id)
    (view,) = set(re.findall(r'formaction="/collage/keep" name="view" value="([^"]+)"', page.text))
    browser.post("/collage/keep", **page.fields | {"view": html.unescape(view)})
    assert [made.idea for made in library.creations()] == [plain.id]
    library.withdraw(Purpose.PLACES)
    assert library._rooms.creations.all() == []


def test_a_photo_is_dropped_and_another_takes_a_place(story: Page, weekend: list[str]) -> None:
    first, second, third, fourth = story.order
    assert story.send(drop=second).order == [first, third, fourth]
    asking = story.send(swap=second)
    assert "Which photo instead?" in asking.text
    assert f'name="put" value="{weekend[1]}"' in asking.text
    assert asking.send(put=weekend[1]).order == [first, weekend[1], third, fourth]
    assert asking.send(put=first).order == story.order
    assert "Which photo instead?" not in asking.send(swap="").text


def test_every_step_can_be_undone_and_captions_come_back(story: Page) -> None:
    start = story.order
    caption = f"caption-{start[1]}"
    dropped = story.send(**{caption: "On the bridge", "drop": start[1]})
    assert dropped.fields[caption] == ["On the bridge"]
    moved = dropped.send(move=f"{start[3]}:0")
    back = moved.send(undo="1")
    assert back.order == dropped.order
    whole = back.send(undo="1")
    assert whole.order == start
    assert whole.fields[caption] == ["On the bridge"]
    assert whole.send(undo="1").order == []
    assert 'value="1" disabled' in whole.send(undo="1").text


def test_what_was_undone_is_done_again_until_something_else_is_done(story: Page) -> None:
    start = story.order
    dropped = story.send(drop=start[1])
    moved = dropped.send(move=f"{start[3]}:0")
    back = moved.send(undo="1").send(undo="1")
    assert back.order == start
    once = back.send(redo="1")
    assert once.order == dropped.order
    assert "Done again" in once.text
    assert once.send(redo="1").order == moved.order
    assert once.send(redo="1").send(redo="1").order == moved.order
    assert once.send(redo="1").send(undo="1").order == dropped.order
    other = once.send(drop=start[0])
    assert other.send(redo="1").order == other.order


def test_photos_that_belong_to_it_are_offered_and_join_at_their_time(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    taken = {row.id: row.taken_at or "" for row in library.assets()}
    by_time = sorted(weekend, key=taken.__getitem__)
    blank = Page(browser, browser.get("/compose").text)
    assert "These belong to it" not in blank.text
    page = blank.send(photo=[by_time[0], by_time[6]])
    offered = re.findall(r'name="add" value="([^"]+)"', page.text)
    assert offered
    assert len(offered) == len(set(offered))
    assert not {by_time[0], by_time[6]} & set(offered)
    between = next(name for name in offered if by_time[0] != name and name in by_time[1:6])
    joined = page.send(add=between)
    assert joined.order == [by_time[0], between, by_time[6]]
    assert joined.send(undo="1").order == [by_time[0], by_time[6]]
    turned = joined.send(move=f"{by_time[6]}:0").send(add=by_time[3])
    assert turned.order[-1] == by_time[3]
    assert page.send(add="nobody").order == page.order
    library.preferences.hide(f"photo:{offered[0]}")
    again = re.findall(r'name="add" value="([^"]+)"', page.send().text)
    assert offered[0] not in again


def test_what_is_shown_of_a_photo_is_chosen_and_comes_along(
    browser: Any, library: Safelight, story: Page
) -> None:
    order = story.order
    asked = Page(browser, browser.post("/share/set", **story.fields, shape="square").text)
    usual = re.findall(r'data-usual="([^"]+)"', asked.text)
    assert len(usual) == 4
    assert "selected>As you chose" not in asked.text
    chosen = {f"crop-{order[0]}": "0.0000,0.5000,1.000", f"crop-{order[1]}": "whole"}
    told = Page(browser, browser.post("/share/set", **(asked.fields | chosen)).text)
    assert told.text.count(">Cropped</button>") == 2
    assert f"/share/{order[0]}/look?" in told.text
    assert "crop=0.0000,0.5000,1.000" in told.text
    looks = [
        browser.get(f"/share/{order[0]}/look?asked=1&shape=square&crop={crop}").content
        for crop in ("0.0000,0.5000,1.000", "1.0000,0.5000,1.000", "")
    ]
    assert len(set(looks)) == 3
    sent = told.fields | chosen | {"shape": "square"}
    archive = zipfile.ZipFile(io.BytesIO(browser.post("/share/set/zip", **sent).content))
    with Image.open(archive.open("02.jpg")) as picture:
        assert picture.size == (240, 240)  # whole, on paper
    with Image.open(archive.open("01.jpg")) as picture:
        assert picture.size == (160, 160)
    alone = browser.post(f"/share/{order[1]}", **sent)
    with Image.open(io.BytesIO(alone.content)) as picture:
        assert picture.size == (240, 240)
    back = Page(browser, browser.post("/compose", **sent).text)
    for name, said in chosen.items():
        assert back.fields[name] == [said]
    told_in_ledger = json.dumps([line.raw for line in library.ledger(0)])
    assert "0.5000" not in told_in_ledger


@pytest.mark.parametrize("forged", ["", "1,2", "nan,0,1", "0.5,0.5,99", "<b>", "0.5;0.5;1"])
def test_a_crop_that_makes_no_sense_is_the_usual_one(forged: str) -> None:
    assert read_crop(forged) is None


def test_a_crop_is_said_and_read_alike() -> None:
    for crop in (Crop(0.25, 0.75, 1.5), Crop(), Crop(whole=True)):
        assert read_crop(crop_text(crop)) == crop


def test_using_an_idea_can_be_undone(library: Safelight, story: Page) -> None:
    used = story.send(use=library.ideas()[0].idea.id)
    assert used.order != story.order
    assert used.send(undo="1").order == story.order


def test_forged_fields_change_nothing(story: Page) -> None:
    for change in ({"move": "nobody:1"}, {"move": f"{story.order[0]}:-1"}, {"put": "nobody"}):
        assert story.send(**change).order == story.order
    assert story.send(photo=[*story.order, "nobody"]).order == story.order


def test_a_set_is_asked_about_and_leaves_as_one_file(
    browser: Any, library: Safelight, story: Page
) -> None:
    order = story.order
    fields = story.fields | {
        f"caption-{order[2]}": "On <the> bridge",
        "post": "Two days in Prague.\nMore to come.",
        "format": "square",
    }
    before = library.ledger_size()
    asked = browser.post("/share/set", **fields)
    assert asked.text.count('class="set-look square"') == 4
    assert "On &lt;the&gt; bridge</p>" in asked.text
    assert "the place (near Prague" in asked.text
    assert not {line.event for line in library.ledger(before)} & {"share", "egress-intent"}
    sent = Page(browser, asked.text).fields
    answer = browser.post("/share/set/zip", **sent)
    assert answer.headers["content-disposition"] == 'attachment; filename="post.zip"'
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.namelist() == ["01.jpg", "02.jpg", "03.jpg", "04.jpg", "post.txt"]
    assert archive.read("post.txt").decode() == (
        "Two days in Prague.\nMore to come.\n\n3. On <the> bridge\n"
    )
    for name in archive.namelist()[:-1]:
        assert leaks_in(archive.read(name)) == []
        with Image.open(archive.open(name)) as picture:
            assert picture.width == picture.height == 160
            assert not picture.getexif()
    events = [line.event for line in library.ledger(before)]
    assert [events.count(each) for each in ("share", "egress-intent", "egress-done")] == [4, 4, 4]
    told = json.dumps([line.raw for line in library.ledger(before)])
    assert "bridge" not in told
    assert not any(name in told for name in order)
    again = Page(browser, browser.post("/compose", **sent).text)
    assert again.order == order
    assert again.fields["post"] == ["Two days in Prague.\nMore to come."]
    assert again.fields["format"] == ["square"]


def test_one_photo_and_the_text_leave_alone(browser: Any, story: Page) -> None:
    asked = browser.post("/share/set", **(story.fields | {"post": "Hello"}))
    sent = Page(browser, asked.text).fields
    alone = browser.post(f"/share/{story.order[1]}", **sent)
    assert alone.headers["content-disposition"] == 'attachment; filename="photo.jpg"'
    with Image.open(io.BytesIO(alone.content)) as picture:
        assert picture.size == (90, 160)
    text = browser.post("/share/set/text", **sent)
    assert text.text == "Hello\n"
    assert text.headers["content-type"].startswith("text/plain")


def test_a_set_of_nothing_or_without_consent_does_not_leave(
    browser: Any, library: Safelight, story: Page
) -> None:
    assert browser.post("/share/set/zip", asked="1").status_code == 400
    fields = Page(browser, browser.post("/share/set", **story.fields).text).fields
    library.withdraw(Purpose.LIBRARY)
    refused = browser.post("/share/set/zip", **fields)
    assert refused.status_code == 403
    assert "attachment" not in refused.headers.get("content-disposition", "")


def test_a_video_of_the_story_stays_out_of_the_set_and_in_the_story(
    browser: Any, library: Safelight, weekend: list[str], photos: Path
) -> None:
    assert shoot_video(photos / "walk.mp4")
    library.scan()
    video = next(row.id for row in library.assets() if row.kind is AssetKind.VIDEO)
    fields = {"photo": [weekend[0], video, weekend[1]], "format": "square"}
    asked = browser.post("/share/set", **fields)
    assert asked.text.count('class="set-look square"') == 2
    assert "1 video of your story stays out" in asked.text
    sent = Page(browser, asked.text).fields
    archive = zipfile.ZipFile(io.BytesIO(browser.post("/share/set/zip", **sent).content))
    assert archive.namelist() == ["01.jpg", "02.jpg"]
    assert Page(browser, browser.post("/compose", **sent).text).order == fields["photo"]
    assert browser.post("/share/set", photo=video, format="square").status_code == 400


def test_people_of_a_set_are_covered_like_those_of_one_photo(
    browser: Any, library: Safelight, story: Page
) -> None:
    asked = {"asked": "1", "people": "solid", "bodies": "1", "shape": "square"}
    assert "must have looked for faces" in browser.post("/share/set", **story.fields | asked).text
    library.allow([Purpose.CONTENT])
    library.scan()
    one = browser.get(f"/share/{story.order[0]}").text
    page = browser.post("/share/set", **story.fields | asked).text
    for choice in ('name="people" value="mosaic"', 'name="bodies" value="1"'):
        assert choice in one
        assert choice in page
    assert 'name="bodies" value="1" checked' in page
    assert "people=solid&amp;bodies=1" in page  # as each is shown
    answer = browser.post("/share/set/zip", **story.fields | asked)
    assert answer.headers["content-type"] == "application/zip"
