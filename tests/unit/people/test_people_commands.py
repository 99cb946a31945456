"""`safelight people`: fields that other programs rely on, dry runs, refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, UserError
from safelight.surfaces.cli.people import command

if TYPE_CHECKING:
    from tests.unit.people.conftest import Home

MakeHome = Callable[[int], "Home"]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[dict[str, Any]]]:
    """Runs `people …` with --json on a home; gives its lines."""
    monkeypatch.setenv("SAFELIGHT_KEY_STORE", "file")

    def call(home: Home, *words: str) -> list[dict[str, Any]]:
        where = ["--home", str(home.rooms.settings.home), "--json"]
        result = CliRunner().invoke(command, [*words, *where], catch_exceptions=True)
        if result.exception is not None:
            raise result.exception
        return [json.loads(line) for line in result.stdout.splitlines()]

    return call


Run = Callable[..., list[dict[str, Any]]]


def test_list_gives_the_fields_of_the_interface(home: MakeHome, run: Run) -> None:
    here = home(3)
    a = here.meet([0], [0], [1])
    (row,) = run(here, "list")
    assert row["name"] is None
    assert {face["asset"] for face in row["faces"]} == set(a[:2])
    assert all(face["box"] == [0.0, 24.0, 16.0, 24.0] for face in row["faces"])


def test_what_is_said_on_the_command_line_stands(home: MakeHome, run: Run) -> None:
    here = home(6)
    a = here.meet([0], [0], [0], [1], [1])
    one, two = here.of(a[0]), here.of(a[3])
    run(here, "name", one, "Ann")
    run(here, "merge", one, two)
    (split,) = run(here, "split", one, *a[3:])
    assert len(split["faces"]) == 2
    rows = {row["id"]: row for row in run(here, "list")}
    assert rows[one]["name"] == "Ann"
    assert {face["asset"] for face in rows[split["new"]]["faces"]} == set(a[3:])
    run(here, "hide", split["new"])
    assert [row["id"] for row in run(here, "list")] == [one]
    assert len(run(here, "list", "--hidden")) == 2
    assert run(here, "undo")[0]["undone"] == "hide"
    assert len(run(here, "list")) == 2
    (gone,) = run(here, "exclude", one)
    assert gone["erased"] == 3
    assert [row["id"] for row in run(here, "list")] == [split["new"]]


@pytest.mark.parametrize(
    "words", [["name", "P", "Ann"], ["exclude", "P"], ["hide", "P"], ["split", "P", "A"], ["undo"]]
)
def test_a_dry_run_changes_nothing(home: MakeHome, run: Run, words: list[str]) -> None:
    here = home(3)
    a = here.meet([0], [0], [0])
    before = run(here, "list")
    size = len(here.rooms.ledger)
    said = {"P": here.of(a[0]), "A": a[0]}
    (answer,) = run(here, *[said.get(word, word) for word in words], "--dry-run")
    assert answer["dry_run"] is True
    assert run(here, "list") == before
    assert len(here.rooms.ledger) == size


def test_nobody_and_refusals(home: MakeHome, run: Run, library: Safelight) -> None:
    here = home(2)
    here.meet([0], [0])
    with pytest.raises(UserError, match="no person"):
        run(here, "name", "p0", "Ann")
    library.withdraw(Purpose.FACES)
    for words in (["list"], ["name", "p0", "Ann"], ["undo"], ["regroup"], ["exclude", "p0"]):
        with pytest.raises(RefusedError):
            run(here, *words)


def test_faces_move_to_somebody_known(home: MakeHome, run: Run) -> None:
    here = home(6)
    a = here.meet([0], [0], [0], [1], [1])
    one, two = here.of(a[0]), here.of(a[3])
    (moved,) = run(here, "split", one, a[0], "--to", two)
    assert moved["new"] == two
    rows = {row["id"]: {face["asset"] for face in row["faces"]} for row in run(here, "list")}
    assert rows == {one: set(a[1:3]), two: {a[0], *a[3:]}}
    run(here, "regroup")
    assert here.of(a[0]) == two
    run(here, "undo")
    assert here.of(a[0]) == one
    with pytest.raises(UserError, match="not both"):
        run(here, "split", one, a[0], "--to", two, "--nobody")
