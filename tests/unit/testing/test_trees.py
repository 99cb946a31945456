"""Generated trees for benchmarks hold what they claim."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from safelight.testing.lives import metadata_only_shots
from safelight.testing.trees import write_camera_jpegs, write_metadata_tree


def test_tiny_pictures_say_when_and_where(tmp_path: Path) -> None:
    shots = metadata_only_shots(60, 3)
    written = write_metadata_tree(tmp_path, 60, 3)
    paths = sorted(tmp_path.rglob("*.jpg"), key=lambda path: path.name)
    assert len(paths) == 60
    assert len({path.read_bytes() for path in paths}) == 60
    assert written == sum(path.stat().st_size for path in paths)
    for path, shot in zip(paths, shots, strict=True):
        assert path.parent == tmp_path / f"{shot.local_time:%Y}" / f"{shot.local_time:%m}"
        with Image.open(path) as picture:
            picture.load()
            tags = picture.getexif()
        more, gps = tags.get_ifd(0x8769), tags.get_ifd(0x8825)
        assert more[0x9003] == f"{shot.local_time:%Y:%m:%d %H:%M:%S}"
        assert _minutes(more[0x9011]) == round((shot.local - shot.utc) / 60)
        assert bool(gps) == shot.located
        for value, at in ((shot.latitude, 1), (shot.longitude, 3)):
            if value is not None:
                parts = [float(part) for part in gps[at + 1]]
                size = parts[0] + parts[1] / 60 + parts[2] / 3600
                sign = -1 if gps[at] in "SW" else 1
                assert sign * size == pytest.approx(value, abs=2e-6)


def _minutes(text: str) -> int:
    size = int(text[1:3]) * 60 + int(text[4:6])
    return -size if text[0] == "-" else size


def test_camera_jpegs_are_heavy_and_distinct(tmp_path: Path) -> None:
    paths = write_camera_jpegs(tmp_path, 2, 1, size=(400, 300))
    assert paths[0].read_bytes() != paths[1].read_bytes()
    for path in paths:
        with Image.open(path) as picture:
            assert picture.size == (400, 300)
        # A camera's 12-megapixel file of 4 MB carries some 2.7 bits a pixel.
        assert path.stat().st_size * 8 / (400 * 300) > 2
