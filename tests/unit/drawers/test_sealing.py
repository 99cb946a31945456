"""The master key behind a passphrase, moved between places, and what each of them is worth."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safelight.library import sealing
from safelight.library.keys import KeyRing
from safelight.library.sealing import new_lock, passphrase_from_environment, unseal
from safelight.model.errors import UserError

if TYPE_CHECKING:
    from tests.unit.drawers.conftest import FakeStore

WORDS = "four words are good"


def ring(home: Path, store: FakeStore | None = None, words: str | None = None) -> KeyRing:
    def ask() -> str:
        if words is None:
            raise AssertionError("it was opened without asking")
        return words

    return KeyRing(home, "auto", lambda: store, ask)


def kept(home: Path) -> set[str]:
    return {path.suffix for path in (home / "keys").glob("master.*")}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """As slow as it has to be is not needed to see that it works; one test measures the rest."""
    monkeypatch.setattr(sealing, "MEMORY_KIB", 64)


def test_a_passphrase_opens_what_it_sealed_and_no_other() -> None:
    lock = new_lock(WORDS)
    sealed = lock.seal(b"m" * 32)
    assert b"m" * 32 not in sealed
    assert unseal(sealed, lambda: WORDS, None)[0] == b"m" * 32
    assert unseal(sealed, lambda: "", lock)[0] == b"m" * 32, "not asked twice"
    with pytest.raises(UserError, match="does not open"):
        unseal(sealed, lambda: WORDS + "!", None)
    with pytest.raises(UserError, match="at least 8"):
        new_lock("short")
    for damaged in (b"", b"{}", b"[]"):
        with pytest.raises(ValueError, match=r"sealed|Expecting"):
            unseal(damaged, lambda: WORDS, None)


def test_the_costs_are_those_of_the_standard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert (sealing.MEMORY_KIB, sealing.ITERATIONS, sealing.LANES) == (65_536, 3, 4)
    assert b'"memory_kib": 65536' in new_lock(WORDS).seal(b"k" * 32)


def test_the_key_moves_and_the_drawers_open_as_before(tmp_path: Path, store: FakeStore) -> None:
    keyring = ring(tmp_path, store)
    keys = {name: keyring.create(name) for name in ("places", "faces")}
    assert keyring.store == "keyring"
    for to, files, held in (("passphrase", {".sealed"}, 0), ("file", {".key"}, 0)):
        keyring.move(to, WORDS)
        assert (keyring.store, kept(tmp_path), len(store.kept)) == (to, files, held)
        again = ring(tmp_path, store, WORDS)
        assert {name: again.key(name) for name in keys} == keys
    keyring.move("keyring")
    assert (kept(tmp_path), len(store.kept)) == (set(), 1)


def test_forgetting_keeps_the_passphrase_and_asks_nobody(tmp_path: Path) -> None:
    keyring = ring(tmp_path)
    keyring.create("places")
    faces = keyring.create("faces")
    keyring.move("passphrase", WORDS)
    before = next((tmp_path / "keys").glob("*.sealed"))
    backup = tmp_path / "backup"
    shutil.copytree(tmp_path / "keys", backup)
    keyring.forget("places")
    assert not before.exists()
    assert kept(tmp_path) == {".sealed"}
    assert ring(tmp_path, words=WORDS).key("faces") == faces
    with pytest.raises(UserError, match="does not open"):
        ring(tmp_path, words="not the passphrase").key("faces")
    shutil.copy(backup / "ring.json", tmp_path / "keys" / "ring.json")
    with pytest.raises(UserError, match="cannot be read"):
        ring(tmp_path, words=WORDS).key("places")


def test_a_new_passphrase_replaces_the_old(tmp_path: Path) -> None:
    keyring = ring(tmp_path)
    key = keyring.create("places")
    keyring.move("passphrase", WORDS)
    keyring.move("passphrase", "another four words")
    assert ring(tmp_path, words="another four words").key("places") == key
    with pytest.raises(UserError, match="does not open"):
        ring(tmp_path, words=WORDS).key("places")


def test_what_cannot_be_had_is_said_and_changes_nothing(tmp_path: Path) -> None:
    keyring = ring(tmp_path)
    key = keyring.create("places")
    with pytest.raises(UserError, match="cannot be used here"):
        keyring.move("keyring")
    with pytest.raises(UserError, match="at least 8"):
        keyring.move("passphrase", "")
    assert ring(tmp_path).key("places") == key
    keyring.move("passphrase", WORDS)
    next((tmp_path / "keys").glob("*.sealed")).write_bytes(b"{")
    with pytest.raises(UserError, match="damaged"):
        ring(tmp_path, words=WORDS).key("places")


def test_a_moved_key_stays_where_it_was_put(tmp_path: Path, store: FakeStore) -> None:
    keyring = ring(tmp_path, store)
    keyring.create("places")
    keyring.create("faces")
    keyring.move("file")
    keyring.forget("faces")
    assert keyring.store == "file"
    assert store.kept == {}
    assert "in a file" in keyring.where


def test_the_status_says_what_each_place_is_worth(tmp_path: Path, store: FakeStore) -> None:
    keyring = ring(tmp_path, store)
    keyring.create("places")
    said = [keyring.where]
    for to in ("passphrase", "file"):
        keyring.move(to, WORDS)
        said.append(keyring.where)
    assert "key store" in said[0]
    assert "passphrase" in said[1]
    assert "Whoever copies the whole folder" in said[2]


def test_without_a_terminal_the_passphrase_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SAFELIGHT_PASSPHRASE", WORDS)
    assert passphrase_from_environment() == WORDS
    monkeypatch.delenv("SAFELIGHT_PASSPHRASE")
    with pytest.raises(UserError, match="SAFELIGHT_PASSPHRASE"):
        passphrase_from_environment()


def test_a_left_over_of_a_crash_is_shredded(tmp_path: Path) -> None:
    keyring = ring(tmp_path)
    keyring.create("places")
    keyring.move("passphrase", WORDS)
    (tmp_path / "keys" / "master.0000.sealed").write_bytes(b"old")
    (tmp_path / "keys" / "master.0001.key").write_bytes(b"old")
    keyring.finish_pending()
    assert len(list((tmp_path / "keys").glob("master.*"))) == 1
