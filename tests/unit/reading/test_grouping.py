"""Files of one folder become assets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelight.library.grouping import FileGroup, group
from safelight.model.assets import AssetKind, FileRole
from safelight.model.sources import FolderListing, FoundFile


def grouped(*names: str) -> list[FileGroup]:
    return group(FolderListing("/f", tuple(FoundFile(f"/f/{name}", 1, 1) for name in names)))


def shape(found: FileGroup) -> tuple[str, ...]:
    return tuple(f"{role.value}={file.path.rpartition('/')[2]}" for role, file in found.members)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.jpg", "a.xmp"], [("primary=a.jpg", "sidecar=a.xmp")]),
        (["a.jpg", "a.jpg.xmp"], [("primary=a.jpg", "sidecar=a.jpg.xmp")]),
        (
            ["a.jpg", "a.JPG.XMP", "A.xmp"],
            [("primary=a.jpg", "sidecar=a.JPG.XMP", "sidecar=A.xmp")],
        ),
        (["IMG_1.JPG", "img_1.cr2"], [("primary=IMG_1.JPG", "raw=img_1.cr2")]),
        (
            ["a.cr3", "a.cr3.xmp", "a.heic"],
            [("primary=a.heic", "sidecar=a.cr3.xmp", "raw=a.cr3")],
        ),
        (["a.nef"], [("primary=a.nef",)]),
        (["a.nef", "a.xmp"], [("primary=a.nef", "sidecar=a.xmp")]),
        (["a.jxl"], [("primary=a.jxl",)]),
        (["IMG_1.HEIC", "IMG_1.MOV"], [("primary=IMG_1.HEIC", "live-video=IMG_1.MOV")]),
        (["IMG_1.JPG", "IMG_1.mp4"], [("primary=IMG_1.JPG", "live-video=IMG_1.mp4")]),
        (["IMG_1.JPG", "IMG_1.PNG"], [("primary=IMG_1.JPG",), ("primary=IMG_1.PNG",)]),
        (
            ["IMG_1.HEIC", "IMG_1.JPG", "IMG_1.MOV"],
            [("primary=IMG_1.HEIC", "live-video=IMG_1.MOV"), ("primary=IMG_1.JPG",)],
        ),
        (["a.png", "a.mov"], [("primary=a.png",), ("primary=a.mov",)]),
        (["bunny.mp4", "bunny.mp4.xmp"], [("primary=bunny.mp4", "sidecar=bunny.mp4.xmp")]),
        (["alone.xmp"], []),
        (["bunny.mp4.xmp"], []),
        (["a.b.jpg", "a.jpg"], [("primary=a.b.jpg",), ("primary=a.jpg",)]),
    ],
)
def test_what_belongs_together(names: list[str], expected: list[tuple[str, ...]]) -> None:
    assert [shape(found) for found in grouped(*names)] == expected


def test_kinds() -> None:
    assert grouped("a.heic", "a.mov")[0].kind is AssetKind.LIVE
    assert grouped("a.mov")[0].kind is AssetKind.VIDEO
    assert grouped("a.jpg")[0].kind is AssetKind.PHOTO


@given(
    st.lists(
        st.builds(
            "{}.{}".format,
            st.sampled_from("abAB\n"),
            st.sampled_from(["jpg", "HEIC", "mov", "mp4", "cr2", "png", "xmp", "jpg.xmp", "jxl"]),
        ),
        unique=True,
    )
)
def test_no_picture_is_lost_or_told_twice(names: list[str]) -> None:
    found = grouped(*names)
    pictures = [name for name in names if not name.lower().endswith("xmp")]
    placed = [
        file.path.rpartition("/")[2]
        for asset in found
        for role, file in asset.members
        if role is not FileRole.SIDECAR
    ]
    assert sorted(placed) == sorted(pictures)
    assert all(asset.members[0] == (FileRole.PRIMARY, asset.primary) for asset in found)
