"""`safelight search`: words as they are typed, also those that are to be left out."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.conftest import Camera

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.surfaces.cli.search import command


def test_words_with_a_dash_are_words_and_no_options(
    library: Safelight, photos: Path, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFELIGHT_KEY_STORE", "file")
    for name in ("boat one", "boat two", "train"):
        camera.shoot(photos / f"{name}.jpg", datetime(2015, 6, 12, 12))
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.scan()

    def run(*words: str) -> Any:
        where = ["--home", str(library.settings.home), "--json"]
        return CliRunner().invoke(command, [*words, *where])

    def found(*words: str) -> set[str]:
        lines = map(json.loads, run(*words).stdout.splitlines())
        return {Path(line["path"]).stem for line in lines}

    assert found("boat", "-two") == {"boat one"}
    assert found("-boat") == {"train"}
    assert found("12", "June", "-train") == {"boat one", "boat two"}
    assert found("boat", "--limit", "1") < {"boat one", "boat two"}
    wrong = run("boat", "--limt", "1")
    assert wrong.exit_code == 2
    assert "--limt" in wrong.output
