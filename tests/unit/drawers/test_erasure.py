"""Withdrawing erases to the end, however often it is killed on the way."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safelight.library.drawers import Drawers, owned_by
from safelight.library.keys import KeyRing
from safelight.model.consent import Purpose
from safelight.model.errors import UserError

if TYPE_CHECKING:
    from tests.unit.drawers import crashing_erasure as crashing
else:
    _file = Path(__file__).with_name("crashing_erasure.py")
    _spec = importlib.util.spec_from_file_location("crashing_erasure", _file)
    crashing = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(crashing)

FILLED = ("catalogue", "places", "ideas")


def furnish(home: Path) -> crashing.Shop:
    shop = crashing.Shop(home)
    for purpose in (Purpose.LIBRARY, Purpose.PLACES, Purpose.SUGGEST):
        assert shop.book.allow(purpose)
        shop.book.digest(purpose, ["one"])
    shop.fill(FILLED)
    return shop


@pytest.fixture
def shop(tmp_path: Path) -> crashing.Shop:
    return furnish(tmp_path / "home")


def events(shop: crashing.Shop) -> list[str]:
    return [entry.event for entry in shop.ledger.entries()]


def test_a_purpose_goes_with_its_drawer_keys_and_ideas(shop: crashing.Shop) -> None:
    report = shop.erasure.withdraw(Purpose.PLACES)
    assert report.drawers == owned_by(Purpose.PLACES)
    assert report.bytes_removed > 0
    assert report.rows_removed == 1
    assert len(report.out_of_reach) == 3
    assert shop.book.grant(Purpose.PLACES) is None
    assert shop.book.grant(Purpose.SUGGEST)
    assert not shop.drawers.exists("places")
    assert {"places", "digest:places"}.isdisjoint(shop.keyring.names())
    assert {"catalogue", "ideas", "digest:library"} <= shop.keyring.names()
    assert events(shop)[-3:] == ["erase-intent", "withdraw", "erase-done"]
    assert report.entry == len(shop.ledger) - 1


def test_the_library_takes_everything_but_the_consent_book(shop: crashing.Shop) -> None:
    report = shop.erasure.withdraw(Purpose.LIBRARY)
    assert set(FILLED) < set(report.drawers)
    assert shop.keyring.names() == {"consent"}
    assert {path.stem for path in shop.drawers.folder.glob("*.db")} == {"consent"}
    assert not any(state.active for state in shop.book.states())
    assert shop.erasure.finish_pending() == ()


def test_a_restored_backup_of_drawer_and_ring_opens_nothing(shop: crashing.Shop) -> None:
    shop.drawers.close()
    backup = shop.home.with_name("backup")
    for kept in ("drawers/places.db", "keys/ring.json"):
        (backup / kept).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shop.home / kept, backup / kept)
    shop.erasure.withdraw(Purpose.PLACES)
    shop.drawers.close()
    shutil.copytree(backup, shop.home, dirs_exist_ok=True)
    with pytest.raises(UserError):
        Drawers(shop.home, KeyRing(shop.home, "file")).connection("places")


def test_withdrawing_what_is_off_still_clears_what_is_left(shop: crashing.Shop) -> None:
    shop.book.withdraw(Purpose.PLACES)
    assert shop.erasure.withdraw(Purpose.PLACES).bytes_removed > 0
    assert not shop.drawers.exists("places")


def test_a_step_that_fails_is_done_at_the_next_start(
    shop: crashing.Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> int:
        raise UserError("the disk is read-only")

    with monkeypatch.context() as patch:
        patch.setattr(shop.drawers, "erase", fail)
        with pytest.raises(UserError):
            shop.erasure.withdraw(Purpose.PLACES)
    assert shop.book.grant(Purpose.PLACES) is None, "consent ends first"
    (report,) = crashing.Shop(shop.home).erasure.finish_pending()
    assert report.purpose is Purpose.PLACES
    assert not shop.drawers.exists("places")
    assert crashing.Shop(shop.home).erasure.finish_pending() == ()


def test_what_was_allowed_again_after_an_erasure_stays(shop: crashing.Shop) -> None:
    shop.erasure.withdraw(Purpose.PLACES)
    shop.book.allow(Purpose.PLACES)
    shop.fill(("places",))
    assert shop.erasure.finish_pending() == ()
    assert shop.drawers.exists("places")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to die like a killed process")
@pytest.mark.parametrize("purpose", [Purpose.PLACES, Purpose.LIBRARY])
def test_killed_at_any_file_operation_the_next_start_finishes(
    tmp_path: Path, purpose: Purpose
) -> None:
    furnish(tmp_path / "template").drawers.close()
    work = tmp_path / "work"
    work.mkdir()
    command = [sys.executable, crashing.__file__ or "", str(tmp_path / "template"), str(work)]
    done = subprocess.run([*command, purpose.value], check=True, capture_output=True, text=True)
    runs = int(done.stdout)
    assert runs > 30
    finished = [check_after_crash(work / str(number), purpose) for number in range(1, runs + 1)]
    assert not all(finished), "some crash comes before the intent is on record"
    assert finished == sorted(finished), "once the intent is recorded there is no way back"


def check_after_crash(home: Path, purpose: Purpose) -> bool:
    """Start again after a crash; returns whether the purpose is gone."""
    shop = crashing.Shop(home)
    shop.erasure.finish_pending()
    gone = "erase-intent" in events(shop)
    erased = {"catalogue", "places", "ideas"} if purpose is Purpose.LIBRARY else {"places"}
    for name in FILLED:
        assert shop.drawers.exists(name) is not (gone and name in erased), (home.name, name)
        if shop.drawers.exists(name):
            rows = shop.drawers.connection(name).execute("select text from note").fetchall()
            assert (crashing.CANARY,) in rows
    for name in owned_by(purpose) if gone else ():
        assert not shop.drawers.path(name).exists()
    assert (shop.book.grant(purpose) is None) is gone
    assert len(list((home / "keys").glob("master.*.key"))) == 1
    assert shop.ledger.verify().ok
    if gone:
        assert events(shop).count("erase-done") == events(shop).count("erase-intent") == 1
        assert f"digest:{purpose.value}" not in shop.keyring.names()
    shop.drawers.close()
    return gone
