"""What is put on disk is whole: on a disk that is nearly full, and on systems with text modes."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from safelight.consent.ledger import Ledger
from safelight.consent.ledger.checkpoints import Checkpoints
from safelight.consent.ledger.ondisk import replace_file
from safelight.consent.ledger.witness import Witness
from safelight.library.keys import KeyRing

_REAL = os.write


def test_a_system_that_takes_a_part_is_given_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "write", lambda where, data: _REAL(where, bytes(data)[:7]))
    replace_file(tmp_path / "file", bytes(range(256)))
    assert (tmp_path / "file").read_bytes() == bytes(range(256))
    ring = KeyRing(tmp_path, "file")
    key = ring.create("catalogue")
    assert KeyRing(tmp_path, "file").key("catalogue") == key
    ledger = Ledger(tmp_path)
    ledger.append("ask", None, {})
    Checkpoints(ledger, lambda: bytes(32)).make()
    assert ledger.verify().ok
    assert Ledger(tmp_path).fault == ""


def test_the_old_key_ring_stays_when_the_disk_fills_within_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ring cut short would have taken every key of the library with it."""
    key = KeyRing(tmp_path, "file").create("catalogue")
    room = 100

    def filling(where: int, data: bytes) -> int:
        nonlocal room
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken = min(room, len(data))
        room -= taken
        return _REAL(where, bytes(data)[:taken])

    with monkeypatch.context() as full:
        full.setattr(os, "write", filling)
        with pytest.raises(Exception, match="cannot be written"):
            KeyRing(tmp_path, "file").create("previews")
    after = KeyRing(tmp_path, "file")
    assert after.key("catalogue") == key
    assert len(after.create("previews")) == 32


def test_nothing_is_written_in_text_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows would make two bytes of a line's end, in signed notes and in keys alike."""
    binary, opened = 1 << 30, dict[str, int]()
    real_open = os.open
    monkeypatch.setattr(os, "O_BINARY", binary, raising=False)

    def spying(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR) and Path(path).name != "lock":
            opened[Path(path).name] = flags
        return real_open(path, flags & ~binary, mode)

    monkeypatch.setattr(os, "open", spying)
    ledger = Ledger(tmp_path)
    ledger.append("ask", None, {})
    Checkpoints(ledger, lambda: bytes(32)).make()
    Witness(tmp_path / "witness")
    KeyRing(tmp_path, "file").create("catalogue")
    assert {"log.jsonl", "head.json", "checkpoint.new", "witness.key.new", "ring.json.new"} <= {
        *opened
    }
    assert [name for name, flags in opened.items() if not flags & binary] == []
