"""Training and advertising are refused on every way in, and each attempt is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from safelight.app import Safelight, stories
from safelight.consent.gate import Gate
from safelight.model.consent import Permit, Purpose, Refusal, RefusalCode
from safelight.model.ideas import Idea, MakerSpec, Timeline
from safelight.settings import Settings
from safelight.surfaces.cli import main
from safelight.surfaces.web.server import build_app

NEVER = [Purpose.TRAIN, Purpose.ADS]


def refusals(library: Safelight, purpose: Purpose) -> list[dict[str, object]]:
    lines = library.ledger(0, 100_000)
    return [line.raw for line in lines if line.event == "refusal" and line.purpose is purpose]


@pytest.mark.parametrize("purpose", NEVER)
def test_the_command_line_refuses_and_records(
    settings: Settings, purpose: Purpose, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFELIGHT_KEY_STORE", "file")
    with pytest.raises(SystemExit) as left:
        main(["consent", "allow", purpose.value, "library", "--home", str(settings.home)])
    assert left.value.code == 3
    with Safelight(settings, inline=True) as library:
        assert refusals(library, purpose) == [{"asked": "allow", "code": "never-grantable"}]
        assert library.status().on == (Purpose.LIBRARY,)


async def asked(app: Any, purpose: Purpose) -> httpx.Response:
    """Ask as another program would, with a token of its own."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8420") as client:
        await client.get("/help")
        token = next(iter(client.cookies.values()))
        body, headers = {"purposes": [purpose]}, {"X-CSRF-Token": token}
        return await client.post("/api/v1/consent", json=body, headers=headers)


@pytest.mark.parametrize("purpose", NEVER)
def test_the_programming_interface_refuses_and_records(
    library: Safelight, purpose: Purpose
) -> None:
    answer = anyio.run(asked, build_app(library), purpose)
    assert answer.status_code == 200
    assert answer.json()["granted"] == []
    assert answer.json()["refused"][0]["code"] == "never-grantable"
    assert len(refusals(library, purpose)) == 1


class Trainer:
    """A plug-in that declares what it wants: photos to train on."""

    def __init__(self, purpose: Purpose) -> None:
        self.spec = MakerSpec("trainer", "1", frozenset({Purpose.LIBRARY, purpose}))
        self.made = 0

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        self.made += 1
        return ()


@pytest.mark.parametrize("purpose", NEVER)
def test_a_plug_in_that_asks_for_it_never_runs_and_is_recorded(
    library: Safelight,
    photos: Path,
    camera: Any,
    purpose: Purpose,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    camera.shoot(photos / "one.jpg", datetime(2022, 1, 1))
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.scan()
    trainer = Trainer(purpose)
    monkeypatch.setattr(stories, "idea_makers", lambda: [trainer])
    library.make_ideas()
    assert trainer.made == 0
    assert [body["code"] for body in refusals(library, purpose)] == ["never-grantable"]


@pytest.mark.parametrize("purpose", NEVER)
def test_a_hand_made_permit_opens_nothing_and_is_recorded(
    library: Safelight, photos: Path, camera: Any, purpose: Purpose
) -> None:
    path = camera.shoot(photos / "one.jpg", datetime(2022, 1, 1))
    library.allow([Purpose.LIBRARY])
    until = datetime.now(UTC) + timedelta(minutes=5)
    forged = Permit(purpose, frozenset({"a"}), 0, until, b"s" * 32)
    opened = library._rooms.vault.open(forged, "a", str(path))
    assert isinstance(opened, Refusal)
    assert opened.code is RefusalCode.FORGED
    assert [body["code"] for body in refusals(library, purpose)] == ["forged"]


@pytest.mark.parametrize("purpose", NEVER)
def test_the_gate_itself_has_no_way_to_say_yes(library: Safelight, purpose: Purpose) -> None:
    library.allow([Purpose.LIBRARY])
    assert isinstance(library._rooms.gate.decide(purpose, ()), Refusal)
    assert not library._rooms.gate.allows(purpose)
    assert library._rooms.gate.condition(purpose).sql == "0"
    assert len(refusals(library, purpose)) == 1


def test_a_planted_gate_that_forgets_to_record_is_found(
    library: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Gate, "_refuse", lambda self, refusal, asked: refusal)
    library._rooms.gate.decide(Purpose.TRAIN, ())
    assert refusals(library, Purpose.TRAIN) == []
