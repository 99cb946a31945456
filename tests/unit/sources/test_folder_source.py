"""Walking folders: what is listed, what is left out, and what is said when it cannot be read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from safelight.model.errors import SourceError
from safelight.model.names import shown, system_path
from safelight.model.sources import FolderListing
from safelight.sources.folder import FolderSource

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux file names")


def listed(root: Path) -> list[FolderListing]:
    return list(FolderSource(root).listings())


def names(root: Path) -> list[str]:
    base = os.fspath(root)
    return [os.path.relpath(file.path, base) for one in listed(root) for file in one.files]


def touch(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"x")


def test_media_and_sidecars_in_a_stable_order(tmp_path: Path) -> None:
    touch(tmp_path, "b/2.JPG", "b/1.heic", "a/c/x.mov", "a/x.xmp", "z.png", "a.cr2", "y.jxl")
    touch(tmp_path, "notes.txt", "photo.jpg.json", "Thumbs.db", "film.srt")
    expected = ["a.cr2", "y.jxl", "z.png", "a/x.xmp", "a/c/x.mov", "b/1.heic", "b/2.JPG"]
    assert names(tmp_path) == expected
    assert names(tmp_path) == expected
    folders = [Path(one.folder).name for one in listed(tmp_path)]
    assert folders == [tmp_path.name, "a", "c", "b"]


def test_sizes_and_times_come_from_the_file_system(tmp_path: Path) -> None:
    touch(tmp_path, "a.jpg")
    os.utime(tmp_path / "a.jpg", ns=(5, 1_234_567_890))
    (found,) = listed(tmp_path)[0].files
    assert (found.size, found.modified_ns) == (1, 1_234_567_890)
    assert found.path == os.fspath(tmp_path / "a.jpg")


@pytest.mark.parametrize(
    "hidden",
    [".hidden.jpg", ".git/a.jpg", "@eaDir/a.jpg", "#recycle/a.jpg", "$RECYCLE.BIN/a.jpg",
     "System Volume Information/a.jpg", "lost+found/a.jpg", "._a.jpg", "Thumbs/a.jpg"],
)  # fmt: skip
def test_hidden_and_system_folders_are_left_out(tmp_path: Path, hidden: str) -> None:
    touch(tmp_path, hidden, "seen.jpg")
    assert names(tmp_path) == ["seen.jpg"]


def test_apple_photos_libraries_are_pointed_out(tmp_path: Path) -> None:
    touch(tmp_path, "My.photoslibrary/originals/1/a.jpeg", "a.jpg")
    (listing,) = listed(tmp_path)
    assert [Path(file.path).name for file in listing.files] == ["a.jpg"]
    (problem,) = listing.problems
    assert problem.path.endswith("My.photoslibrary")
    assert "Apple Photos library" in problem.reason
    with pytest.raises(SourceError, match="Apple Photos library"):
        listed(tmp_path / "My.photoslibrary")


def test_linked_folders_are_followed_once(tmp_path: Path) -> None:
    touch(tmp_path, "real/a.jpg")
    (tmp_path / "real/loop").symlink_to(tmp_path)
    (tmp_path / "zlink").symlink_to(tmp_path / "real")
    assert names(tmp_path) == ["real/a.jpg"]
    outside = tmp_path / "elsewhere"
    touch(tmp_path, "elsewhere/b.jpg")
    library = tmp_path / "library"
    library.mkdir()
    (library / "link").symlink_to(outside)
    assert names(library) == ["link/b.jpg"]


def test_what_lies_in_a_folder_is_known_by_the_name_that_it_has_there(tmp_path: Path) -> None:
    touch(tmp_path, "real/below/a.jpg")
    (tmp_path / "allowed").mkdir()
    (tmp_path / "allowed/link").symlink_to(tmp_path / "real")
    assert names(tmp_path) == ["real/below/a.jpg"]


def test_links_that_lead_out_can_be_left_alone(tmp_path: Path) -> None:
    touch(tmp_path, "allowed/a.jpg", "private/b.jpg", "private/c.jpg")
    (tmp_path / "allowed/folder").symlink_to(tmp_path / "private")
    (tmp_path / "allowed/file.jpg").symlink_to(tmp_path / "private/c.jpg")
    (tmp_path / "allowed/twin.jpg").symlink_to(tmp_path / "allowed/a.jpg")
    source = FolderSource(tmp_path / "allowed", links_stay=True)
    (listing,) = source.listings()
    assert [Path(file.path).name for file in listing.files] == ["a.jpg", "twin.jpg"]
    assert [Path(problem.path).name for problem in listing.problems] == ["file.jpg", "folder"]
    assert listing.complete


def test_a_dead_link_is_a_row_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (listing,) = listed(tmp_path)
    assert listing.files == ()
    assert [problem.reason for problem in listing.problems] == [
        "This link leads to a file that is not there."
    ]
    assert listing.complete


def test_an_unreadable_folder_is_a_row_and_incomplete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "locked/a.jpg", "open/b.jpg")
    # A patch, for the tests may run as root, whom no permission stops.
    scandir = os.scandir

    def guarded(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("safelight.sources.folder.os.scandir", guarded)
    found = {Path(one.folder).name: one for one in listed(tmp_path)}
    assert not found["locked"].complete
    assert found["locked"].problems[0].reason == (
        "This folder cannot be read: permission is missing."
    )
    assert len(found["open"].files) == 1


def test_a_pipe_with_a_photos_name_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")
    assert names(tmp_path) == []


def test_a_folder_named_like_a_photo_is_a_folder(tmp_path: Path) -> None:
    touch(tmp_path, "trip.jpg/a.png")
    assert names(tmp_path) == ["trip.jpg/a.png"]


def test_missing_roots_say_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"is not there\. Is its disk connected\?"):
        listed(tmp_path / "gone")
    touch(tmp_path, "file.jpg")
    with pytest.raises(SourceError, match="is a file, not a folder"):
        listed(tmp_path / "file.jpg")


def test_an_empty_mount_point_is_not_an_empty_library(tmp_path: Path) -> None:
    assert listed(tmp_path) == [FolderListing(os.fspath(tmp_path), ())]
    with pytest.raises(SourceError, match="is empty, although photos were found there before"):
        list(FolderSource(tmp_path, expected_files=True).listings())


@linux
def test_names_with_every_odd_character(tmp_path: Path) -> None:
    odd = [
        b"new\nline.jpg",
        b"bad\xff\xfe.jpg",
        "emoji 😀.jpg".encode(),
        "\u202egpj.evil.jpg".encode(),
        "עברית.jpg".encode(),
        b"quote'\"\\.jpg",
        b" lead and trail .jpg",
        b"-rf.jpg",
        ("x" * 251 + ".jpg").encode(),
    ]
    for name in odd:
        (tmp_path / os.fsdecode(name)).write_bytes(b"x")
    files = listed(tmp_path)[0].files
    kept = [Path(system_path(file.path)).name for file in files]
    assert sorted(map(os.fsencode, kept)) == sorted(odd)
    for file in files:
        printable = shown(file.path)
        printable.encode("utf-8")
        assert printable.isprintable()


def test_shown_names() -> None:
    assert shown("/plain/a.jpg") == "/plain/a.jpg"
    assert shown("új\nsor\udcff\u202e.jpg") == "új\\x0asor\\xff\\u202e.jpg"
    assert shown("עברית 👨‍👩‍👧.jpg") == "עברית 👨‍👩‍👧.jpg"


def test_a_real_trip(shared_data: Path) -> None:
    found = names(shared_data / "trip-usa-2015")
    assert len(found) == 45
    assert "broken image.JPG" in found
    assert not any(name.endswith(".gpx") for name in found)
