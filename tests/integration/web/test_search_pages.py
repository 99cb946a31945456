"""Search in the app: the field, why something was found, narrowing down, what could be asked."""

from __future__ import annotations

import html
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from safelight.app import Safelight
from safelight.app.finding import Found
from safelight.model.consent import Purpose


def found_in(page: str) -> list[str]:
    return re.findall(r'data-photo="([^"]+)"', page)


def test_the_field_is_on_every_page_and_the_words_come_back_escaped(
    browser: Any, weekend: list[str]
) -> None:
    for address in ("/", "/library", "/people", "/settings", "/creations"):
        assert 'action="/search"' in browser.get(address).text
    page = browser.get("/search?q=<b>boo</b>").text
    assert "<b>boo" not in page
    assert "Nothing for" in page


def test_found_photos_say_why(browser: Any, weekend: list[str]) -> None:
    page = html.unescape(browser.get("/search?q=czech+september+2023").text)
    assert set(found_in(page)) == set(weekend)
    assert "Place: " in page
    assert "Date: " in page
    assert "18 photos" in page


def test_narrowing_down_by_place_year_and_person(
    browser: Any, library: Safelight, weekend: list[str], photos: Path, camera: Any
) -> None:
    camera.shoot(photos / "brno.jpg", datetime(2021, 5, 1, 12), gps=(49.1951, 16.6068))
    library.scan()
    page = html.unescape(browser.get("/search?q=czech").text)
    chips = re.findall(r'class="filter" href="([^"]+)"', page)
    assert any("year=2021" in chip for chip in chips)
    assert any("place=Brno" in chip for chip in chips)
    narrowed = html.unescape(browser.get("/search?q=czech&year=2021").text)
    assert len(found_in(narrowed)) == 1
    assert 'href="/search?q=czech" aria-current="true"' in narrowed
    assert len(found_in(browser.get("/search?place=Brno").text)) == 1
    assert found_in(browser.get("/search?q=czech&person=nobody").text) == []
    assert browser.get("/search?q=czech&year=x&at=-5").status_code == 200


def test_large_results_come_in_pages(library: Safelight, browser: Any, weekend: list[str]) -> None:
    def find(**more: Any) -> Found:
        found = library.finding.find("czech", **more)
        assert isinstance(found, Found)
        return found

    first, rest = find(count=10), find(at=10, count=10)
    assert [len(first.photos), len(rest.photos)] == [10, 8]
    ids = [hit.row.id for hit in (*first.photos, *rest.photos)]
    assert set(ids) == set(weekend)
    assert first.total == rest.total == 18
    assert find(at=500).photos == ()


def test_what_could_be_asked_is_what_the_library_holds(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    page = browser.get("/search").text
    assert "/search?q=2023" in page
    assert "q=Prague" in page
    assert "Who is in the pictures" in page  # off, so not searched
    offers = browser.get("/api/v1/search/suggestions").json()
    assert offers["years"] == ["2023"]
    assert "Prague" in offers["places"]
    library.withdraw(Purpose.PLACES)
    assert "q=Prague" not in browser.get("/search").text
    assert browser.get("/api/v1/search/suggestions").json()["places"] == []


def test_without_the_library_nothing_is_found_or_offered(browser: Any, library: Safelight) -> None:
    assert "The library is off" in browser.get("/search?q=beach").text
    assert browser.get("/api/v1/search?q=beach").status_code == 403
    assert browser.get("/api/v1/search/suggestions").json()["years"] == []


def test_the_api_gives_pages_reasons_and_facets(browser: Any, weekend: list[str]) -> None:
    found = browser.get("/api/v1/search?q=prague&count=5").json()
    assert found["total"] == 18
    assert len(found["photos"]) == 5
    assert {"field": "place", "said": "Prague", "score": None} in found["photos"][0]["why"]
    assert {"kind": "year", "value": "2023", "label": "2023", "count": 18} in found["facets"]
    everything = browser.get("/api/v1/search?year=2023").json()
    assert everything["total"] == 18
