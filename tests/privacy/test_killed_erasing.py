"""kill -9 at every step of erasing: a new start finishes it, and never leaves half of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from safelight.app import Safelight
from safelight.library.locations import Located
from safelight.model.assets import GeoPoint
from safelight.model.consent import Purpose
from safelight.settings import load_settings

PROGRAM = Path(__file__).with_name("killing.py")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The home of a library of four photos with places, and one photo's id."""
    folder = tmp_path_factory.mktemp("template")
    (folder / "photos").mkdir()
    for n in range(4):
        Image.new("RGB", (160, 120), (40 * n, 90, 200)).save(folder / "photos" / f"{n}.jpg")
    with Safelight(load_settings(folder / "home", key_store="file"), inline=True) as library:
        library.add_folder(str(folder / "photos"))
        library.allow([Purpose.LIBRARY, Purpose.PLACES])
        library.scan()
        names = [row.id for row in library.assets()]
        library._rooms.locations.put(Located(n, GeoPoint(1, 2), None, None) for n in names)
    return folder / "home", names[1]


def killed(
    template: tuple[Path, str], work: Path, action: str, *fault: str
) -> list[dict[str, Any]]:
    home, asset = template
    command = [sys.executable, str(PROGRAM), str(home), str(work), action, asset, *fault]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_photo_is_gone_or_whole_wherever_its_erasing_is_killed(
    template: tuple[Path, str], tmp_path: Path
) -> None:
    runs = killed(template, tmp_path, "photo")
    assert len(runs) > 15
    for run in runs:
        assert run["holds"]
        assert run["done"] == run["receipts"] == run["intents"]
        if run["intents"]:
            assert run["asset_in"] == []
            assert run["left_out"] == 1
        else:
            assert {"catalogue", "places", "previews"} <= set(run["asset_in"])
            assert run["left_out"] == 0
    begun = [run["intents"] for run in runs]
    assert begun == sorted(begun), "once the intent is recorded there is no way back"
    assert set(begun) == {0, 1}, "some kills come before it, some after"


def test_a_purpose_is_gone_or_whole_wherever_its_erasing_is_killed(
    template: tuple[Path, str], tmp_path: Path
) -> None:
    runs = killed(template, tmp_path, "places")
    assert len(runs) > 15
    for run in runs:
        assert run["holds"]
        assert run["done"] == run["receipts"] == run["intents"]
        assert run["places"] is not bool(run["intents"])
        assert run["masters"] == 1, "no old master key is left lying"
    assert {run["intents"] for run in runs} == {0, 1}


def test_a_planted_start_that_finishes_nothing_is_found(
    template: tuple[Path, str], tmp_path: Path
) -> None:
    runs = killed(template, tmp_path, "photo", "forgetful")
    assert any(run["done"] < run["intents"] for run in runs)
    assert any(run["asset_in"] for run in runs if run["intents"])
