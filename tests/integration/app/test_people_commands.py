"""`safelight people`: by id or by name, what is said back, and how it is taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.unit.people.conftest import Likenesses, template

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, UserError
from safelight.model.people import FacesFound
from safelight.surfaces.cli import cli

Say = Callable[..., str]


@pytest.fixture
def two(library: Safelight, photos: Path, camera: Any) -> tuple[str, str]:
    """Two people: one in four photos, one in three."""
    for n in range(7):
        camera.shoot(photos / f"{n}.jpg")
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.scan()
    library.allow([Purpose.FACES])
    likenesses = Likenesses()
    library.people.keep(
        [
            FacesFound(row.id, (template(likenesses.of(0 if n < 4 else 1)),))
            for n, row in enumerate(library.assets())
        ],
        "a" * 64,
    )
    library.people.update()
    first, second = library.people.people()
    return first.id, second.id


@pytest.fixture
def say(library: Safelight, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Run a command and give what it said; what it raised is raised."""
    monkeypatch.setenv("SAFELIGHT_KEY_STORE", "file")

    def say(*words: str) -> str:
        done = CliRunner().invoke(cli, ["people", *words, "--home", str(library.settings.home)])
        if done.exception is not None:
            raise done.exception
        return done.stdout.strip()

    return say


def test_a_name_will_do_for_an_id(library: Safelight, two: tuple[str, str], say: Say) -> None:
    first, second = two
    assert say("name", first, "  Ann \n Lee ") == f"{first} is Ann Lee."
    assert say("hide", "ann lee") == "Ann Lee is hidden."
    assert say("hide", "Ann Lee", "--show") == "Ann Lee is shown."
    say("name", second, "Bob")
    assert say("merge", "Ann Lee", "bob", "--dry-run") == "Bob would become Ann Lee."
    assert len(library.people.people()) == 2
    assert say("merge", "Ann Lee", "bob") == "Bob became Ann Lee."
    assert [len(row.faces) for row in library.people.people()] == [7]
    assert say("undo") == "Taken back: merge."
    face = library.people.people()[0].faces[0].id
    assert say("split", "Ann Lee", face, "--to", "Bob") == "1 face: now Bob."
    say("undo")
    assert say("split", "Ann Lee", face, "--nobody") == "1 face: now nobody's."
    say("undo")
    made = json.loads(say("split", "Ann Lee", face, "--json"))["new"]
    assert made in {row.id for row in library.people.people()}
    say("undo")
    assert say("exclude", "Bob", "--dry-run") == "Would erase 3 faces."
    assert say("exclude", "Bob") == "Erased 3 faces."
    assert say("regroup") == "4 faces belong to somebody."


def test_what_cannot_be_done_is_said(library: Safelight, two: tuple[str, str], say: Say) -> None:
    first, second = two
    with pytest.raises(UserError, match="people list"):
        say("hide", "Nobody")
    assert say("undo") == "There is nothing to take back."
    for person in two:
        say("name", person, "Ann")
    with pytest.raises(UserError, match=f"Several.*{first}"):
        say("hide", "Ann")
    with pytest.raises(UserError, match="not in elsewhere"):
        say("split", first, "elsewhere")
    with pytest.raises(UserError, match="not both"):
        say("split", first, library.people.people()[0].faces[0].id, "--nobody", "--to", second)
    assert say("undo", "--dry-run") == "Would take back what was said last."
    assert say("undo") == "Taken back: name."
    library.withdraw(Purpose.FACES)
    for command in (("list",), ("undo",), ("regroup",), ("hide", first)):
        with pytest.raises(RefusedError):
            say(*command)


def test_a_name_may_be_joined_as_persian_and_emoji_are(
    library: Safelight, two: tuple[str, str], say: Say
) -> None:
    for name in ("\u0646\u06cc\u200c\u0644\u0648", "Us \U0001f469\u200d\U0001f467"):
        say("name", two[0], name)
        assert library.people.people()[0].name == name
    with pytest.raises(UserError, match="one line"):
        say("name", two[0], "turned \u202e round")
