"""`safelight assets kept-out` and `bring-back`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, UserError
from safelight.surfaces.cli.assets import command


def test_kept_out_pictures_are_listed_and_brought_back(
    library: Safelight, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFELIGHT_KEY_STORE", "file")
    Image.effect_noise((320, 240), 60).convert("RGB").save(photos / "Screenshot 1.png")

    def run(*words: str) -> list[dict[str, Any]]:
        where = ["--home", str(library.settings.home), "--json"]
        result = CliRunner().invoke(command, [*words, *where])
        if result.exception is not None:
            raise result.exception
        return [json.loads(line) for line in result.stdout.splitlines()]

    with pytest.raises(RefusedError):
        run("kept-out")
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.scan()
    (row,) = run("kept-out")
    assert (row["kept_out"], row["brought_back"], row["best"]) == ("screenshot", False, None)
    run("bring-back", row["id"], "--dry-run")
    assert not run("kept-out")[0]["brought_back"]
    run("bring-back", row["id"])
    assert run("kept-out", "--brought-back")[0]["id"] == row["id"]
    assert [each["kept_out"] for each in run("list")] == [None]
    run("bring-back", row["id"], "--leave-out")
    assert run("kept-out", "--brought-back") == []
    with pytest.raises(UserError, match="no such photo"):
        run("bring-back", "nothing")
