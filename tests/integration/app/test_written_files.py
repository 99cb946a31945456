"""Files that commands write are there whole or not at all, and a failure is said in words."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from safelight.model.errors import UserError
from safelight.surfaces.cli.writing import write_whole

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes with a name")


def test_what_was_there_stays_when_the_disk_fills_up(tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    out.write_bytes(b"the one before")

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(UserError, match="No space left"):
        write_whole(out, pieces())
    assert out.read_bytes() == b"the one before"
    assert list(tmp_path.iterdir()) == [out]


def test_a_full_device_is_said_in_words() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(UserError, match=r"Cannot write /dev/full: No space left on device\."):
        write_whole(Path("/dev/full"), [b"x" * 100_000])


def test_a_folder_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No such file or directory"):
        write_whole(tmp_path / "nowhere" / "a.jpg", [b"x"])


@POSIX
def test_a_link_still_leads_to_its_file(tmp_path: Path) -> None:
    real, link = tmp_path / "real.jpg", tmp_path / "link.jpg"
    real.write_bytes(b"old")
    link.symlink_to(real)
    assert write_whole(link, [b"n", b"ew"]) == 3
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@POSIX
def test_only_its_person_reads_what_is_private(tmp_path: Path) -> None:
    write_whole(tmp_path / "open", [b""])
    write_whole(tmp_path / "private", [b""], private=True)
    assert (tmp_path / "private").stat().st_mode & 0o077 == 0
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o666 & ~umask
