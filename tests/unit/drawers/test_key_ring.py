"""Keys are made once, kept between processes, and destroyed for good."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from safelight.library.keys import KeyRing, PurposeKeys
from safelight.library.ring import read_ring
from safelight.model.consent import Purpose
from safelight.model.errors import UserError

if TYPE_CHECKING:
    from tests.unit.drawers.conftest import FakeStore


def masters(home: Path) -> list[Path]:
    return sorted((home / "keys").glob("master.*.key"))


def test_a_key_is_made_once_and_read_by_others(tmp_path: Path, keyring: KeyRing) -> None:
    assert keyring.key("places") is None
    key = keyring.create("places")
    assert len(key) == 32
    assert keyring.create("places") == key
    other = KeyRing(tmp_path, "file")
    assert other.key("places") == key
    assert other.create("faces") != key
    assert keyring.key("faces") == other.key("faces")
    assert keyring.names() == {"places", "faces"}


def test_files_are_the_owners_alone(tmp_path: Path, keyring: KeyRing) -> None:
    keyring.create("places")
    assert keyring.path.stat().st_mode & 0o077 == 0
    assert [path.stat().st_mode & 0o077 for path in masters(tmp_path)] == [0]


def test_a_forgotten_key_is_gone_and_the_others_stay(tmp_path: Path, keyring: KeyRing) -> None:
    gone, kept = keyring.create("faces"), keyring.create("places")
    before = masters(tmp_path)
    assert keyring.forget("faces", "unknown")
    assert keyring.key("faces") is None
    assert keyring.forgotten("faces")
    assert not keyring.forgotten("unknown")
    assert KeyRing(tmp_path, "file").key("places") == kept
    assert masters(tmp_path) != before
    assert len(masters(tmp_path)) == 1
    assert keyring.create("faces") != gone
    assert not keyring.forgotten("faces")


def test_forgetting_what_is_not_there_rotates_nothing(tmp_path: Path, keyring: KeyRing) -> None:
    keyring.create("places")
    before = masters(tmp_path)
    assert not keyring.forget("faces")
    assert masters(tmp_path) == before


def test_a_backup_of_the_old_ring_opens_nothing(tmp_path: Path, keyring: KeyRing) -> None:
    keyring.create("faces")
    keyring.create("places")
    backup = tmp_path / "ring.backup"
    shutil.copy(keyring.path, backup)
    keyring.forget("faces")
    shutil.copy(backup, keyring.path)
    with pytest.raises(UserError, match="cannot be read"):
        KeyRing(tmp_path, "file").key("faces")


def test_the_stamp_changes_with_every_change(keyring: KeyRing) -> None:
    stamps = [keyring.stamp()]
    for _ in range(5):
        keyring.create("faces")
        stamps.append(keyring.stamp())
        keyring.forget("faces")
        stamps.append(keyring.stamp())
    assert len(set(stamps)) == len(stamps)


def test_the_stamp_of_another_process_changes_too(tmp_path: Path, keyring: KeyRing) -> None:
    other = KeyRing(tmp_path, "file")
    stamps = {other.stamp()}
    for _ in range(5):
        keyring.create("faces")
        stamps.add(other.stamp())
        keyring.forget("faces")
        stamps.add(other.stamp())
    assert len(stamps) == 11


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"master": 1}'])
def test_a_damaged_ring_is_named(keyring: KeyRing, damage: bytes) -> None:
    keyring.create("places")
    keyring.path.write_bytes(damage)
    with pytest.raises(UserError, match=r"ring\.json.*damaged"):
        keyring.key("places")


def test_a_changed_wrapped_key_is_named(tmp_path: Path, keyring: KeyRing) -> None:
    keyring.create("places")
    ring = read_ring(keyring.path)
    ring.keys["faces"] = ring.keys["places"]
    keyring.path.write_bytes(ring.to_bytes())
    with pytest.raises(UserError, match="damaged"):
        KeyRing(tmp_path, "file").key("faces")


def test_a_missing_master_key_is_named(tmp_path: Path, keyring: KeyRing) -> None:
    keyring.create("places")
    path = masters(tmp_path)[0]
    path.unlink()
    with pytest.raises(UserError, match=path.name):
        KeyRing(tmp_path, "file").key("places")


def test_the_systems_store_is_used_when_there_is_one(tmp_path: Path, store: FakeStore) -> None:
    ring = KeyRing(tmp_path, "auto", lambda: store)
    key = ring.create("places")
    ring.create("faces")
    old = set(store.kept)
    assert masters(tmp_path) == []
    assert "key store" in ring.where
    ring.forget("faces")
    assert len(store.kept) == 1
    assert set(store.kept) != old
    assert KeyRing(tmp_path, "auto", lambda: store).key("places") == key


def test_an_old_master_that_the_store_would_not_give_up_goes_later(
    tmp_path: Path, store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = KeyRing(tmp_path, "auto", lambda: store)
    ring.create("faces")
    with monkeypatch.context() as patch:
        patch.setattr(store, "remove", lambda name: False)
        ring.forget("faces")
    assert len(store.kept) == 2
    KeyRing(tmp_path, "auto", lambda: store).finish_pending()
    assert len(store.kept) == 1


def test_a_store_that_keeps_nothing_gives_way_to_a_file(tmp_path: Path, store: FakeStore) -> None:
    store.working = False
    ring = KeyRing(tmp_path, "auto", lambda: store)
    key = ring.create("places")
    assert len(masters(tmp_path)) == 1
    assert "in a file" in ring.where
    assert KeyRing(tmp_path, "file").key("places") == key


@pytest.mark.parametrize("found", [True, False])
def test_a_store_that_was_demanded_must_work(tmp_path: Path, store: FakeStore, found: bool) -> None:
    store.working = False
    with pytest.raises(UserError, match="key_store"):
        KeyRing(tmp_path, "keyring", lambda: store if found else None).create("places")


def test_a_store_that_cannot_be_reached_is_said_so(tmp_path: Path, store: FakeStore) -> None:
    KeyRing(tmp_path, "auto", lambda: store).create("places")
    with pytest.raises(UserError, match="key store, which cannot be read"):
        KeyRing(tmp_path, "auto", lambda: None).key("places")


def test_digest_keys_are_made_once_for_each_purpose(keyring: KeyRing) -> None:
    keys = PurposeKeys(keyring)
    assert keys.key(Purpose.FACES) == keys.key(Purpose.FACES) != keys.key(Purpose.PLACES)
    keyring.forget("digest:faces")
    assert len(keys.key(Purpose.FACES)) == 32
