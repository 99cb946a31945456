"""A list with nothing in it says why and what to do, to a person and never to a program."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import pytest
from click.testing import CliRunner, Result
from tests.unit.people.conftest import Likenesses, template

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.model.people import FacesFound
from safelight.surfaces.cli import cli

LISTS = (
    *("assets list", "assets objects", "assets kept-out", "assets kept-out --brought-back"),
    *("moments list", "trips list", "people list", "search boat", "sources list", "albums list"),
    *("ideas list", "ideas list --state dismissed", "ideas make", "ideas daily", "ideas surprise"),
    *("ideas hidden", "ideas learned", "creations list", "tokens list", "consent receipts"),
    *("consent release list", "ledger show --start 10000"),
)


class Run(Protocol):
    """Runs a command on the library of the test."""

    def __call__(self, words: str, *more: str) -> Result: ...


@pytest.fixture
def run(library: Safelight, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SAFELIGHT_KEY_STORE", "file")

    def run(words: str, *more: str) -> Result:
        where = ["--home", str(library.settings.home)]
        return CliRunner().invoke(cli, [*words.split(), *more, *where])

    return run


@pytest.mark.parametrize("words", LISTS)
def test_an_empty_list_says_why(library: Safelight, run: Run, words: str) -> None:
    library.allow([Purpose.LIBRARY])
    library.allow([Purpose.CONTENT, Purpose.FACES, Purpose.PLACES, Purpose.SUGGEST, Purpose.LEARN])
    told = run(words)
    assert (told.exit_code, told.stdout) == (0, ""), told.output
    assert len(told.stderr.splitlines()) == 1
    assert told.stderr.rstrip()[-1] in ".:"
    data = run(words, "--json")
    assert (data.exit_code, data.output) == (0, "")


def test_the_next_step_is_the_one_that_lacks(
    library: Safelight, run: Run, photos: Path, camera: Any
) -> None:
    library.allow([Purpose.LIBRARY])
    assert "sources add folder" in run("moments list").stderr
    library.add_folder(str(photos))
    assert "safelight scan" in run("moments list").stderr
    camera.shoot(photos / "one.jpg")
    library.scan()
    assert "consent allow places" in run("trips list").stderr
    assert "consent allow content" in run("assets objects").stderr
    assert "Who is in the pictures" in run("search zeppelin").stderr
    library.allow([Purpose.PLACES])
    assert "No trip found" in run("trips list").stderr


def test_nobody_says_who_is_hidden_and_who_is_named_in_files(
    library: Safelight, run: Run, photos: Path, camera: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.allow([Purpose.FACES])
    assets = [camera.shoot(photos / f"{n}.jpg").name for n in range(3)]
    library.scan()
    assets = [row.id for row in library.assets()]
    monkeypatch.setattr(library.people.__class__, "written_names", lambda _: {assets[0]: ("Ann",)})
    assert "Ann" in run("people list").stderr
    likenesses = Likenesses()
    found = [FacesFound(asset, (template(likenesses.of(0)),)) for asset in assets]
    library.people.keep(found, "a" * 64)
    library.people.update()
    (person,) = library.people.people()
    library.people.hide(person.id)
    assert "--hidden" in run("people list").stderr
    assert "(hidden)" in run("people list --hidden").stdout
    assert run("people list --hidden").stderr == ""
