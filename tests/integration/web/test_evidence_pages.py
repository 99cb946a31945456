"""Proofs, receipts and erasing in the web app; and a record that does not hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.app.verifying import read_key, verify_receipt
from safelight.model.consent import Purpose
from safelight.settings import Settings


@pytest.fixture
def damaged(settings: Settings) -> None:
    """A home whose record was edited before the app opens it."""
    with Safelight(settings, inline=True) as before:
        before.allow([Purpose.LIBRARY, Purpose.PLACES])
    log = settings.home / "ledger" / "log.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"folders":0', b'"folders":7', 1))


def test_an_entry_is_shown_with_its_proof(browser: Any, library: Safelight) -> None:
    library.allow([Purpose.LIBRARY])
    listed = browser.get("/ledger").text
    assert 'href="/ledger/0/proof"' in listed
    assert f'data-key="{library.proofs.key}"' in listed
    shown = browser.get("/ledger/0/proof").text
    assert "You allowed “Your photo library”." in shown
    proof = browser.get("/ledger/0.tlog-proof")
    assert "attachment" in proof.headers["content-disposition"]
    key = read_key(browser.get("/ledger/key").text)
    assert verify_receipt(proof.content, key).ok
    assert browser.get("/ledger/99/proof").status_code == 400
    assert "safelight ledger verify" in browser.get("/ledger/how").text


def test_growth_is_proved_between_any_two_sizes(browser: Any, library: Safelight) -> None:
    library.allow([Purpose.LIBRARY, Purpose.PLACES])
    browser.get("/ledger/checkpoint")
    assert browser.get("/ledger/growth?old=3&new=3").text == ""
    assert len(browser.get("/ledger/growth?old=1&new=3").text.split()) == 2
    assert browser.get("/ledger/growth?old=3&new=99").status_code == 400
    assert browser.get("/ledger/growth?old=3&new=1").status_code == 400


def test_a_photo_is_erased_and_leaves_a_receipt(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    gone = weekend[3]
    asked = browser.get(f"/erase?photo={gone}").text
    assert "The photo itself stays where it is." in asked
    assert len(list(library.assets())) == 19, "asking takes nothing"
    answer = browser.post("/erase", photo=gone, folder="", person="")
    assert answer.status_code == 303
    assert answer.headers["clear-site-data"] == '"cache"'
    assert browser.get(f"/photo/{gone}").status_code == 404
    assert browser.get(f"/previews/{gone}.jpg").status_code == 404
    shown = browser.get("/receipts").text
    assert "Everything that was worked out from 1 photo was erased." in shown
    entry = library.receipts.all()[0].entry
    document = browser.get(f"/receipts/{entry}.json")
    assert verify_receipt(document.content, read_key(json.loads(document.content)["key"])).ok
    assert browser.get(f"/receipts/{entry}.tlog-proof").text.startswith("c2sp.org/tlog-proof@v1")
    assert browser.post("/receipts/lift").status_code == 303
    assert library.erasing.left_out() == 0


def test_what_is_to_be_erased_has_to_be_named(browser: Any, weekend: list[str]) -> None:
    assert browser.get("/erase").status_code == 400
    assert browser.get("/erase?photo=nonsense").status_code == 400
    assert browser.get("/erase?folder=/nowhere").status_code == 400
    assert browser.get("/receipts/5.json").status_code == 400
    assert "Nothing was erased yet." in browser.get("/receipts").text


def test_the_programming_interface_erases_and_proves(
    browser: Any, library: Safelight, weekend: list[str], photos: Path
) -> None:
    def post(address: str, **body: object) -> Any:
        headers = {"X-CSRF-Token": browser.token()}
        return browser.client.post(f"/api/v1/{address}", json=body, headers=headers)

    assert post("erasures", assets=weekend[:2], dry_run=True).json()["photos"] == 2
    assert post("erasures", assets=weekend[:2]).json()["photos"] == 2
    assert browser.get("/api/v1/erasures").json() == {"left_out": 2}
    assert post("erasures").status_code == 400
    assert post("erasures", folder=str(photos)).json()["photos"] == 17
    (folder, first) = browser.get("/api/v1/receipts").json()
    assert folder["entry"] > first["entry"]
    assert browser.get(f"/api/v1/receipts/{first['entry']}").json()["receipt"]["began"]
    assert post("erasures/lift").json() == {"lifted": 19}
    assert browser.get("/api/v1/ledger/checkpoint").json()["key"] == library.proofs.key
    assert browser.get("/api/v1/ledger/0/proof").json()["entry"] == 0
    assert browser.get("/api/v1/ledger/growth?old=1&new=2").json()


def test_what_verifying_finds_counts_from_then_on(
    browser: Any, library: Safelight, settings: Settings
) -> None:
    library.allow([Purpose.LIBRARY, Purpose.PLACES])
    log = settings.home / "ledger" / "log.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"folders":0', b'"folders":7', 1))
    assert "does not hold at entry 0" in browser.get("/ledger?verify=true").text
    assert library.status().on == ()
    assert "nothing is allowed now" in browser.get("/settings").text


def test_a_record_that_does_not_hold_is_said_on_every_page(
    damaged: None, browser: Any, library: Safelight
) -> None:
    for address in ("/settings", "/privacy", "/ledger", "/help", "/receipts"):
        assert "does not hold, so nothing is allowed now" in browser.get(address).text, address
    assert "something in its first" in browser.get("/api/v1/status").json()["ledger_fault"]
    refused = browser.post("/settings/on/content")
    assert "ledger renew" in refused.text
    assert "device-witness" not in browser.get("/ledger").text
    assert browser.post("/ledger/renew").status_code == 303
    assert "does not hold" not in browser.get("/settings").text
    assert library.ledger_verify()[0]
    assert not library.status().on, "everything is asked again"


def test_an_evening_of_looking_is_one_line_and_every_entry_is_there(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    begun = library.ledger_size()
    for n in range(130):
        library.picture(weekend[n % len(weekend)], 64)
    text = browser.get("/ledger").text
    assert "Photos chosen one by one to be read" in text
    assert ", 130 times." in text
    assert f"Entries {begun} to {begun + 129}, exactly" in text
    assert "You allowed" in text, "what came before is on the same page"
    assert text.count("Proof of entry") < 60
    each = browser.get(f"/ledger?each=true&before={begun + 130}").text
    assert "one by one" not in each
    assert f'href="/ledger/{begun + 129}/proof"' in each
