"""The privacy page, a photo's account, what runs out, regions, Global Privacy Control."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.model.consent import Purpose, Refusal, Scope
from safelight.model.errors import UserError
from safelight.sharing.vocabulary import NO_TRAINING


def test_it_says_what_is_on_what_was_read_and_that_nothing_left(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    text = browser.get("/privacy").text
    assert "Nothing has left this machine" in text
    assert "18 photos with a place" in text
    assert re.search(r"Read today</dt><dd>1[89] photos", text)
    assert len(re.findall(r'href="/ledger/\d+/proof">Proof', text)) == 3
    assert "Nobody has tried" in text


def test_every_photo_leads_to_its_account(browser: Any, weekend: list[str]) -> None:
    asset = weekend[0]
    assert f'href="/photo/{asset}/account"' in browser.get(f"/photo/{asset}").text
    text = browser.get(f"/photo/{asset}/account?prove=true").text
    assert "Every entry named here was checked" in text
    assert "Prague" in text
    assert browser.get("/photo/nothing/account").status_code == 404


def test_off_is_two_clicks_away_and_seen_to_be_done(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    page = browser.get("/privacy").text
    assert 'data-dialog="off-places"' in page
    assert 'action="/privacy/off/places"' in page
    answer = browser.post("/privacy/off/places")
    assert "Places and trips is off, and erased" in answer.text
    assert re.search(r'href="/receipts#r\d+">Receipt', answer.text)
    assert answer.headers["clear-site-data"] == '"cache"'
    assert Purpose.PLACES not in library.status().on


def test_what_ends_with_a_purpose_is_said_before(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    text = browser.get("/privacy").text
    assert "Turned off with it: Places and trips, Ideas by themselves" in text


def test_what_ends_soon_and_what_has_ended_is_asked(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    soon = datetime.now(UTC) + timedelta(days=3)
    library.allow([Purpose.PLACES], Scope(), soon)
    assert "ends by itself on" in browser.get("/").text
    library._rooms.book._clock = lambda: soon + timedelta(seconds=1)
    library.consent.end_over()
    library._rooms.book._clock = lambda: datetime.now(UTC)
    page = browser.get("/library").text
    assert "as you had set" in page
    assert Purpose.PLACES not in library.status().on
    assert browser.post("/privacy/renew/places", back="/library").status_code == 303
    assert Purpose.PLACES in library.status().on
    assert "as you had set" not in browser.get("/library").text
    assert browser.post("/privacy/renew/faces").status_code == 400


def test_a_photo_picked_by_nobody_is_not_renewed(browser: Any, library: Safelight) -> None:
    assert browser.post("/privacy/renew/nonsense").status_code == 404
    assert browser.post("/privacy/seen/places", back="//elsewhere").headers["location"] == (
        "/privacy"
    )


def test_regions_are_shown_with_sources_and_without_advice(browser: Any) -> None:
    text = browser.get("/regions").text
    assert "no legal advice" in text
    assert "740 ILCS 14/15(b)" in text
    assert "to be checked" in text


def test_choosing_a_region_only_takes_away(browser: Any, library: Safelight) -> None:
    assert '<option value="">None</option>' in browser.get("/regions").text
    for code in (*(row.code for row in library.regions.all()), ""):
        assert browser.post("/regions", region=code).status_code == 303
        assert library.status().on == ()
    library.allow([Purpose.LIBRARY, Purpose.FACES])
    answer = browser.post("/regions", region="us-il")
    assert answer.headers["clear-site-data"] == '"cache"'
    assert library.status().on == (Purpose.LIBRARY,)
    assert 'value="us-il" selected' in browser.get("/regions").text
    assert "because the region you set rules it out" in browser.get("/ledger").text
    browser.post("/regions", region="")
    assert library.regions.here() is None
    assert library.status().on == (Purpose.LIBRARY,)  # taking it back turns nothing on


def test_a_chosen_region_outlives_a_restart_and_yields_to_the_setting(
    browser: Any, library: Safelight
) -> None:
    browser.post("/regions", region="us-il")
    again = replace(library.settings)
    with Safelight(again, inline=True) as other:
        assert other.regions.here() == library.regions.here() is not None
        assert isinstance(other.allow([Purpose.LIBRARY, Purpose.FACES])[1], Refusal)
    with Safelight(replace(again, region="eu"), inline=True) as other:
        here = other.regions.here()
        assert here is not None
        assert here.code == "eu"
        with pytest.raises(UserError, match="change it there"):
            other.regions.choose("")


def test_what_is_no_region_is_refused_in_words(browser: Any, library: Safelight) -> None:
    answer = browser.post("/regions", region="atlantis")
    assert answer.status_code == 400
    assert "There is no region" in answer.text
    assert library.ledger() == []


@pytest.mark.parametrize(
    ("gpc", "fields", "declared"),
    [
        ({}, {}, True),
        ({}, {"asked": "1"}, False),  # the box was seen and left empty
        ({"sec-gpc": "1"}, {}, True),
        ({"sec-gpc": "1"}, {"asked": "1"}, True),  # a missing field is no wish under GPC
        ({"sec-gpc": "1"}, {"asked": "1", "undeclared": "1"}, False),
    ],
)
def test_under_gpc_what_is_shared_says_no_training_unless_told_not_to(
    browser: Any,
    weekend: list[str],
    gpc: dict[str, str],
    fields: dict[str, str],
    declared: bool,
) -> None:
    for signed in ({}, {"sign": "1"} if fields else {}):
        data = {"csrf": browser.token(), **fields, **signed}
        shared = browser.client.post(f"/share/{weekend[0]}", data=data, headers=gpc)
        assert shared.status_code == 200
        assert (NO_TRAINING.encode() in shared.content) is declared
        assert (b"cawg.training-mining" in shared.content) is (
            declared and bool(signed or not fields)
        )


def test_the_form_asks_under_gpc_only_for_leaving_it_out(browser: Any, weekend: list[str]) -> None:
    usual = browser.get(f"/share/{weekend[0]}").text
    assert re.search(r'name="declare" value="1" checked', usual)
    heard = browser.get(f"/share/{weekend[0]}?asked=1", sec_gpc="1").text
    assert 'name="declare"' not in heard
    assert re.search(r'name="undeclared" value="1">', heard)
    assert "must not be used for training" in heard


@pytest.mark.parametrize("address", ["/privacy", "/api/v1/status"])
def test_gpc_is_heard_once_and_turns_nothing_on(
    browser: Any, library: Safelight, address: str
) -> None:
    assert browser.get("/.well-known/gpc.json").json()["gpc"] is True
    for _ in range(2):
        browser.get(address, sec_gpc="1")
    assert [line.event for line in library.ledger()] == ["signal"]
    assert "Global Privacy Control" in browser.get("/privacy").text
    assert library.status().on == ()


def test_the_api_explains_a_photo(browser: Any, library: Safelight, weekend: list[str]) -> None:
    found = browser.get(f"/api/v1/assets/{weekend[0]}/account").json()
    assert found["purposes"][0]["covered"] is True
    assert browser.get("/api/v1/assets/none/account").status_code == 404
    library.withdraw(Purpose.LIBRARY)
    assert browser.get(f"/api/v1/assets/{weekend[0]}/account").status_code == 403


def test_the_archive_is_asked_for_and_streamed(browser: Any, weekend: list[str]) -> None:
    page = browser.get("/privacy/export").text
    assert page.count("checked") == 5
    assert page.count("disabled") == 3
    answer = browser.post("/privacy/export", part=["photos", "previews"])
    assert answer.headers["content-disposition"].startswith("attachment")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    assert f"previews/{weekend[0]}.jpg" in archive.namelist()
    assert "You took along" in browser.get("/privacy").text
    assert browser.post("/privacy/export").status_code == 400


def test_records_are_downloads(browser: Any, library: Safelight) -> None:
    library.allow([Purpose.LIBRARY])
    assert "attachment" in browser.get("/privacy/record.jsonld").headers["content-disposition"]
    assert browser.get("/privacy/receipt.json").json()[0]["version"] == "KI-CR-v1.1.0"
