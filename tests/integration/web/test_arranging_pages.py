"""Changing a collage by addresses alone: every step is laid out, checked and recorded anew."""

from __future__ import annotations

import html
import re
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from starlette.datastructures import QueryParams

from safelight.app import Safelight
from safelight.app.making.wishes import Wish
from safelight.model.consent import Purpose, Scope
from safelight.surfaces.web.collage_view import CollageView, read_view


def _part(browser: Any, address: str) -> str:
    return str(browser.get(address, x_part="collage").text)


def _query(part: str) -> str:
    return html.unescape(re.findall(r'data-query="([^"]*)"', part)[0])


def _cells(part: str) -> dict[str, tuple[str, ...]]:
    found = re.findall(
        r'data-cell="([^"]+)".*?<rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"',
        part,
    )
    return {name: tuple(sides) for name, *sides in found}


@pytest.fixture
def start(browser: Any, library: Safelight, weekend: list[str]) -> tuple[str, str]:
    """The page of an idea, and the query of its collage."""
    page = f"/ideas/{library.ideas()[0].idea.id}"
    return page, _query(_part(browser, page))


def test_a_step_leads_to_an_address_that_says_it_all(browser: Any, start: tuple[str, str]) -> None:
    page, query = start
    one, other, *_ = _cells(before := _part(browser, f"{page}?{query}"))
    answer = browser.get(f"{page}?{query}&swap={one}&do=swap:{one}:{other}")
    assert answer.status_code == 303
    address = answer.headers["location"]
    assert "do=" not in address
    after = _part(browser, address.partition("#")[0])
    assert _cells(after)[one] == _cells(before)[other]
    assert _query(_part(browser, f"{page}?{_query(after)}")) == _query(after)


def test_what_is_drawn_and_kept_is_what_was_arranged(
    browser: Any, library: Safelight, start: tuple[str, str]
) -> None:
    page, query = start
    one, other, third, *_ = _cells(_part(browser, f"{page}?{query}"))
    steps = (f"swap:{one}:{other}", f"nudge:{third}:1.4:0.2:0", f"pin:{one}")
    part = ""
    for step in steps:
        part = _part(browser, f"{page}?{query}&do={step}")
        query = _query(part)
    grip = re.findall(r'data-border="([^"]+)" data-span="[^"]+" data-at="([^"]+)"', part)[0]
    query = _query(_part(browser, f"{page}?{query}&do=border:{grip[0]}:{float(grip[1]) + 0.05}"))
    plan = browser.get(f"/collage/plan?{query}").json()
    browser.post("/collage/keep", view=query)
    made = library.creations()[0]
    assert [cell["placed"] for cell in plan["cells"]] == [
        [c.placed.x, c.placed.y, c.placed.width, c.placed.height] for c in made.cells
    ]
    assert [cell["source"] for cell in plan["cells"]] == [
        [c.source.x, c.source.y, c.source.width, c.source.height] for c in made.cells
    ]
    again = library.collages.from_json(made.recipe)
    assert again.cells == made.cells
    found = library.creation(made.id)
    assert found is not None
    assert library.collages.render(again) == found[1]


def test_another_photo_takes_a_place_and_goes_along_to_other_layouts(
    browser: Any, library: Safelight, start: tuple[str, str]
) -> None:
    page, _ = start
    weekend = library.ideas()[0].idea.assets
    query = f"photos={','.join(weekend[:5])}&format=square&title="
    before = _cells(_part(browser, f"{page}?{query}"))
    assert weekend[7] in _part(browser, f"{page}?{query}&swap={weekend[2]}")
    part = _part(browser, f"{page}?{query}&do=put:{weekend[2]}:{weekend[7]}")
    assert _cells(part)[weekend[7]] == before[weekend[2]]
    turned = html.unescape(re.findall(r'flip-on" href="([^"]+)"', part)[0]).partition("#")[0]
    photos = parse_qs(turned.partition("?")[2])["photos"][0].split(",")
    assert tuple(photos) == (*weekend[:2], weekend[7], *weekend[3:5])
    fewer = _part(browser, f"{page}?{_query(part)}&do=drop:{weekend[0]}")
    assert set(_cells(fewer)) == {weekend[1], weekend[7], *weekend[3:5]}


def test_the_layout_that_was_kept_stands_first_and_once(
    library: Safelight, weekend: list[str]
) -> None:
    made = library.making.make("collage", Wish(tuple(weekend[:5]), titled=False))
    arranging = library.making.arranging
    found = arranging.lay_out(arranging.start(made.id))
    assert found.plan.cells == made.cells
    assert [plan.cells for plan in found.plans].count(made.cells) == 1
    other = arranging.lay_out(found.turned(2))
    assert other.plan == found.plans[2]
    assert arranging.lay_out(other.turned(0)).plan == found.plan


def test_a_pinned_photo_is_not_moved_or_left_out(browser: Any, start: tuple[str, str]) -> None:
    page, query = start
    one, other, *_ = _cells(_part(browser, f"{page}?{query}"))
    pinned = _query(_part(browser, f"{page}?{query}&do=pin:{one}"))
    for step in (f"swap:{one}:{other}", f"drop:{one}", f"put:{one}:{other}"):
        refused = browser.get(f"{page}?{pinned}&do={step}")
        assert refused.status_code == 200
        assert "This photo is pinned" in refused.text
    shuffled = _part(browser, f"{page}?{pinned}&seed=3")
    assert f"pins={one}" in _query(shuffled)
    assert "pins=" not in _query(_part(browser, f"{page}?{pinned}&do=unpin:{one}"))


def test_a_photo_that_falls_out_of_permission_disappears(
    browser: Any, library: Safelight, weekend: list[str], start: tuple[str, str]
) -> None:
    page, _ = start
    asked = weekend[6:12]  # of both days
    one, other = asked[0], asked[-1]
    query = f"photos={','.join(asked)}&format=square&title="
    for step in (f"swap:{one}:{other}", f"nudge:{one}:1.5:0:0", f"pin:{other}"):
        query = _query(_part(browser, f"{page}?{query}&do={step}"))
    browser.post("/collage/keep", view=query)
    kept = library.creations()[0].id
    row = library.rows([one])[0]
    assert row.taken_at is not None
    library.allow([Purpose.LIBRARY], Scope(since=_after(datetime.fromisoformat(row.taken_at))))
    seen = {row.id for row in library.assets()}
    left = [name for name in asked if name in seen]
    assert one not in left
    assert other in left
    plan = browser.get(f"/collage/plan?{query}")
    assert sorted(cell["asset"] for cell in plan.json()["cells"]) == sorted(left)
    found = library.making.arranging.lay_out(read_view(QueryParams(query), CollageView(())))
    assert found.lost == len(asked) - len(left)
    assert one not in CollageView.of(found.order).query()
    assert [hold.asset for hold in found.holds if hold.pinned] == [other]
    assert browser.get(f"/creations/{kept}/edit").status_code == 404
    library.withdraw(Purpose.LIBRARY)
    assert browser.get(f"/collage/plan?{query}").status_code in (403, 404)


def _after(day: datetime) -> date:
    return day.date() + timedelta(days=1)


def test_a_kept_collage_is_changed_and_stands_on_what_the_first_stood_on(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    assets = tuple(weekend[:4])
    wish = Wish(assets, library.ideas()[0].idea, style="polaroid")
    made = library.making.make("collage", wish)
    page = f"/creations/{made.id}/edit"
    part = _part(browser, page)
    assert list(_cells(part)) == [cell.asset for cell in made.cells]
    query = _query(part)
    assert f"kept={made.id}" in query
    swapped = _query(_part(browser, f"{page}?{query}&do=swap:{assets[0]}:{assets[1]}"))
    browser.post("/collage/keep", view=swapped, source=made.id)
    other = next(c for c in library.creations() if c.id != made.id)
    assert [c.angle for c in other.cells] == [c.angle for c in made.cells]
    assert [c.asset for c in other.cells][:2] == [assets[1], assets[0]]
    standing = {each.id: purposes for each, purposes in library._rooms.creations.standing()}
    assert standing[other.id] == standing[made.id]
    browser.post(f"/creations/{made.id}/delete")
    assert browser.get(page).status_code == 404


@pytest.mark.parametrize(
    "step", ["", "fly", "swap:a", "crop:a:b", "nudge:x:1e9:0:0", "border:b.0:nan", "pin", "put:a:b"]
)
def test_what_cannot_be_read_changes_nothing(
    browser: Any, start: tuple[str, str], step: str
) -> None:
    page, query = start
    assert _query(_part(browser, f"{page}?{query}&do={step}")) == query


@pytest.mark.parametrize(
    "rest", ["seats=a,a", "seats=nobody", "crops=x:1", "pins=a:b:c:d:e", "kept=0", "borders=::,"]
)
def test_an_address_that_was_tampered_with_still_shows_a_collage(
    browser: Any, start: tuple[str, str], rest: str
) -> None:
    page, query = start
    assert browser.get(f"{page}?{query}&{rest}").status_code == 200
    assert browser.get(f"/collage/plan?{query}&{rest}").status_code in (200, 404)


def test_letters_that_no_font_has_are_said_and_leave_no_hole(
    browser: Any, start: tuple[str, str]
) -> None:
    page, query = start
    photos = parse_qs(query)["photos"][0]
    mixed = _part(browser, f"{page}?photos={photos}&title=Trip%20東京%20東")
    assert "leaves them out: 東京" in mixed
    assert "titled Trip 東京 東" in mixed
    none = _part(browser, f"{page}?photos={photos}&title=東京")
    assert "leaves them out: 東京" in none
    assert "titled" not in none  # no strip is kept free for words that cannot be drawn
    assert "leaves them out" not in _part(browser, f"{page}?photos={photos}&title=Łódź,%20Ærø")
