"""One photo's account: every look, what it stood on, what is kept; and that it holds."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from safelight.app import Safelight
from safelight.app.explaining import Explanation, PurposeAccount
from safelight.model.consent import Purpose, Refusal, Scope
from safelight.settings import Settings
from safelight.surfaces.cli import cli

PRAGUE = (50.0875, 14.4213)
DAY = datetime(2020, 5, 1, 10)


@pytest.fixture
def asset(library: Safelight, photos: Path, camera: Any) -> str:
    """One of three scanned photos, under library and places."""
    for n in range(3):
        camera.shoot(photos / f"{n}.jpg", DAY + timedelta(hours=n), gps=PRAGUE)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.PLACES])
    library.scan()
    return next(row.id for row in library.assets() if row.path.endswith("1.jpg"))


def explained(library: Safelight, asset: str, prove: bool = False) -> dict[str, PurposeAccount]:
    found = library.explaining.explain(asset, prove=prove)
    assert isinstance(found, Explanation)
    return {account.purpose.value: account for account in found.purposes}


def test_what_is_kept_is_said_with_its_value(library: Safelight, asset: str, photos: Path) -> None:
    accounts = explained(library, asset)
    kept = {item.what: item.value for item in accounts["library"].held}
    assert kept["Where the file lies"] == str(photos / "1.jpg")
    assert kept["Date and time"] == "1 May 2020, 11:00:00"
    assert kept["Camera"] == "Testcam One"
    places = {item.what: item.value for item in accounts["places"].held}
    assert places["Coordinates"] == "50.08750, 14.42130"
    assert places["Place"].startswith("Prague")
    for name in ("content", "faces", "suggest", "learn", "restyle", "remote"):
        assert accounts[name].held == ()
        assert not accounts[name].covered


def test_every_look_names_its_entry_and_what_allowed_it(library: Safelight, asset: str) -> None:
    account = explained(library, asset, prove=True)["library"]
    ledger = library.ledger()
    for look in account.looks:
        assert look.proven
        for entry in look.entries:
            assert ledger[entry].event in ("select", "derive")
            assert ledger[entry].purpose is Purpose.LIBRARY
        (grant,) = look.allowed_by
        assert ledger[grant].event == "grant"
    assert account.entry is not None
    assert ledger[account.entry].raw["notice_digest"] == account.notice_digest


def test_a_photo_is_not_in_looks_at_others(library: Safelight, asset: str) -> None:
    before = explained(library, asset)["library"].looks
    other = next(row.id for row in library.assets() if row.id != asset)
    library.picture(other, 200)
    assert explained(library, asset)["library"].looks == before
    library.picture(asset, 200)
    assert explained(library, asset)["library"].looks != before


def test_a_changed_ledger_is_noticed(library: Safelight, asset: str, settings: Settings) -> None:
    log = settings.home / "ledger" / "log.jsonl"
    text = log.read_text("utf-8")
    log.write_text(re.sub('"digest":"[0-9a-f]{64}"', f'"digest":"{"0" * 64}"', text), "utf-8")
    looks = explained(library, asset, prove=True)["library"].looks
    assert [look.proven for look in looks] == [False] * len(looks)


def test_turning_off_takes_the_trail_along(library: Safelight, asset: str) -> None:
    library.withdraw(Purpose.PLACES)
    account = explained(library, asset)["places"]
    assert account.looks == ()
    assert account.held == ()
    library.allow([Purpose.PLACES])
    assert explained(library, asset)["places"].looks == ()


def test_ideas_and_creations_that_used_it_are_named(library: Safelight, asset: str) -> None:
    plan = library.collages.choices([row.id for row in library.assets()]).plans[0]
    made = library.collages.make(plan)
    found = library.explaining.explain(asset)
    assert isinstance(found, Explanation)
    assert ("creation", made.id) in [(use.kind, use.id) for use in found.uses]
    assert "1 creation that used it" in explained(library, asset)["library"].off


def test_a_photo_that_is_not_covered_says_so(library: Safelight, asset: str, photos: Path) -> None:
    library.allow([Purpose.PLACES], Scope(since=DAY.date() + timedelta(days=9)))
    account = explained(library, asset)["places"]
    assert not account.covered
    assert "does not cover this photo" in account.why
    assert account.held == ()


def test_without_the_library_nothing_is_explained(library: Safelight, asset: str) -> None:
    assert library.explaining.explain("0" * 16) is None
    library.withdraw(Purpose.LIBRARY)
    assert isinstance(library.explaining.explain(asset), Refusal)


def test_the_command_and_its_json(library: Safelight, asset: str, settings: Settings) -> None:
    arguments = ["consent", "explain", asset, "--prove", "--home", str(settings.home)]
    words = CliRunner().invoke(cli, arguments, env={"SAFELIGHT_KEY_STORE": "file"})
    assert words.exit_code == 0, words.output
    assert "Prague" in words.output
    assert "proven" in words.output
    data = CliRunner().invoke(cli, [*arguments, "--json"], env={"SAFELIGHT_KEY_STORE": "file"})
    assert json.loads(data.output)["asset"] == asset


def test_the_account_counts_what_was_read_today(library: Safelight, asset: str) -> None:
    today = datetime.now(UTC) - timedelta(hours=1)
    rows = {row.state.notice.purpose: row for row in library.accounting.account(today).purposes}
    assert rows[Purpose.LIBRARY].read == 3
    assert rows[Purpose.PLACES].read == 3
    assert rows[Purpose.FACES].read == 0
    assert "3 photos" in rows[Purpose.LIBRARY].kept
    assert rows[Purpose.LIBRARY].ends_with == ("Places and trips",)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert library.accounting.account(tomorrow).purposes[0].read == 0


def test_attempts_to_train_are_counted(library: Safelight) -> None:
    library.allow([Purpose.TRAIN])
    account = library.accounting.account(datetime.now(UTC))
    assert len(account.refused) == 1
    assert account.left == ()
