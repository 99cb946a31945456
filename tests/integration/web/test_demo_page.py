"""The sample library with every switch on: asked for, for the painted pictures alone, and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.app.demonstrating import REST
from safelight.model.consent import Purpose
from safelight.testing.demo_library import write_demo_library


@pytest.fixture
def painted(library: Safelight, tmp_path: Path) -> str:
    """A sample library as the demo begins; its folder."""
    folder = tmp_path / "painted"
    write_demo_library(folder, today=date.today(), workers=1, scale=0.03)
    library.add_folder(str(folder))
    library.allow([Purpose.LIBRARY, Purpose.PLACES, Purpose.SUGGEST])
    return str(folder)


def _on(library: Safelight) -> set[Purpose]:
    return set(library.status().on)


def test_the_rest_is_turned_on_for_the_painted_pictures_alone(
    browser: Any, library: Safelight, painted: str, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(library.scans, "start", lambda: begun.append(True))
    library.add_folder(str(photos))
    assert "See it with every switch on" in browser.get("/").text
    page = browser.get("/demo").text
    assert page.count("<li><strong>") == len(REST)
    before = library.ledger_size()
    assert browser.post("/demo", answer="all").headers["location"] == "/?said=demo.all"
    assert begun == [True]
    assert _on(library) >= set(REST)
    grants = [line for line in library.ledger(before) if line.event == "grant"]
    assert len(grants) == len(REST)  # each switch has a record of its own
    for state in library.purposes():
        if state.notice.purpose in REST:
            assert state.grant
            assert state.grant.scope.folders == (painted,)
    assert "Everything is on here" in browser.get("/demo").text
    assert "See it with every switch on" not in browser.get("/").text
    assert browser.post("/demo", answer="less").headers["location"] == "/demo?said=demo.less"
    assert not _on(library) & set(REST)
    assert _on(library) == {Purpose.LIBRARY, Purpose.PLACES, Purpose.SUGGEST}


def test_an_own_library_has_no_such_button(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    assert "/demo" not in browser.get("/").text
    assert browser.get("/demo").status_code == 404
    assert browser.post("/demo", answer="all").status_code == 404
    assert not _on(library) & set(REST)
