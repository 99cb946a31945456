"""The vault opens what a permit covers, read-only, and says plainly why it cannot."""

from __future__ import annotations

import errno
import os
import socket
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from safelight.library.vault import Vault
from safelight.model.consent import Permit, Refusal, RefusalCode
from safelight.model.errors import SourceError


class Door:
    """A gate that refuses everything but one asset."""

    def check(self, permit: Permit, subject_id: str) -> Refusal | None:
        if subject_id == "one":
            return None
        return Refusal(permit.purpose, RefusalCode.OUT_OF_SCOPE, "no")


@pytest.fixture
def vault() -> Vault:
    return Vault(Door())  # type: ignore[arg-type]  # the one method that the vault uses


@pytest.fixture
def permit() -> Permit:
    from datetime import UTC, datetime

    from safelight.model.consent import Purpose

    return Permit(Purpose.LIBRARY, frozenset({"one"}), 1, datetime.now(UTC), b"")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"pixels")
    return path


def test_what_is_covered_is_read(vault: Vault, permit: Permit, photo: Path) -> None:
    opened = vault.open(permit, "one", str(photo))
    assert not isinstance(opened, Refusal)
    with opened:
        assert opened.read() == b"pixels"
        assert not opened.writable()
    assert vault.read(permit, "one", str(photo), 6) == b"pixels"


def test_a_refusal_comes_before_the_file_is_touched(
    vault: Vault, permit: Permit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("it was opened"))
    assert vault.open(permit, "two", "/nowhere") == Door().check(permit, "two")
    assert isinstance(vault.read(permit, "two", "/nowhere", 10), Refusal)


def test_a_file_over_the_limit_is_not_read(vault: Vault, permit: Permit, photo: Path) -> None:
    with pytest.raises(SourceError, match=r"6 bytes is more than the limit of 5 bytes"):
        vault.read(permit, "one", str(photo), 5)
    os.truncate(photo, 3_000_000)
    with pytest.raises(SourceError, match=r"3\.0 MB is more than the limit of 2\.0 MB"):
        vault.read(permit, "one", str(photo), 2_000_000)


def test_a_file_that_grows_meanwhile_is_read_to_its_end_or_refused(
    vault: Vault, permit: Permit, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_it_is = os.fstat
    monkeypatch.setattr(os, "fstat", lambda number: _smaller(as_it_is(number)))
    assert vault.read(permit, "one", str(photo), 6) == b"pixels"
    with pytest.raises(SourceError, match=r"6 bytes is more than the limit of 5 bytes"):
        vault.read(permit, "one", str(photo), 5)


def _smaller(found: os.stat_result) -> os.stat_result:
    fields = list(found)
    fields[stat.ST_SIZE] = 2
    return os.stat_result(fields)


def test_a_link_to_a_photo_is_followed(vault: Vault, permit: Permit, photo: Path) -> None:
    link = photo.with_name("link.jpg")
    link.symlink_to(photo)
    assert vault.read(permit, "one", str(link), 10) == b"pixels"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "not there any more"),
        (lambda path: path.mkdir(), "not a regular file"),
        (os.mkfifo, "not a regular file"),
        (lambda path: path.symlink_to("/dev/zero"), "not a regular file"),
        (lambda path: path.symlink_to(path), "links lead in a circle"),
        (lambda path: path.symlink_to(path.parent / "gone"), "not there any more"),
    ],
    ids=["missing", "folder", "pipe", "device", "circle", "dangling"],
)
def test_what_is_no_photo_is_said(
    vault: Vault, permit: Permit, tmp_path: Path, make: object, words: str
) -> None:
    path = tmp_path / "odd.jpg"
    make(path)  # type: ignore[operator]
    with pytest.raises(SourceError, match=words):
        vault.read(permit, "one", str(path), 10)


def test_a_socket_is_no_photo(vault: Vault, permit: Permit) -> None:
    with TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listening:
        path = f"{folder}/s"
        listening.bind(path)
        with pytest.raises(SourceError, match="not a regular file"):
            vault.open(permit, "one", path)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nowhere/at/all.jpg", "its folder is not there"),
        ("/tmp/" + "x" * 300, "name is too long"),
        ("/etc/passwd/x.jpg", "not there any more"),
        ("/tmp/\0.jpg", "not a usable file name"),
    ],
)
def test_odd_paths_are_said(vault: Vault, permit: Permit, path: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        vault.open(permit, "one", path)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "no permission"),
        (errno.EIO, "does not answer"),
        (errno.ESTALE, "does not answer"),
        (errno.EMFILE, "too many files"),
    ],
)
def test_what_the_system_answers_is_said(
    vault: Vault, permit: Permit, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fail(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(SourceError, match=words):
        vault.open(permit, "one", "/photos/x.jpg")


def test_a_disk_that_goes_while_reading_is_said(vault: Vault, permit: Permit) -> None:
    memory = Path("/proc/self/mem")  # reading its first page gives EIO
    if not memory.exists():
        pytest.skip("no /proc here")
    with pytest.raises(SourceError, match="does not answer"):
        vault.read(permit, "one", str(memory), 10)
