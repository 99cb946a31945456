"""A picture is looked at while it is read, but never further than consent reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Camera
from tests.unit.analysis.test_hostile_looks import BROKEN, FILES

from safelight.app import Safelight, looking
from safelight.app.steps import STEP_LOOK, STEP_READ_AND_LOOK, STEP_READ_WORDS
from safelight.engine import InlineExecutor, header_of
from safelight.library.failures import TRIES
from safelight.library.reading.wire import STEP_READ_ASSET
from safelight.model.consent import Purpose, Scope
from safelight.model.errors import UserError
from safelight.model.jobs import Job, JobResult
from safelight.settings import Settings

NOON = datetime(2021, 6, 1, 12)
ALL = [Purpose.LIBRARY, Purpose.CONTENT, Purpose.FACES]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool, bool]]:
    """Every job's step, and whether it was told to look at content and for faces."""
    seen: list[tuple[str, bool, bool]] = []
    real = InlineExecutor.run

    def run(self: InlineExecutor, jobs: Iterable[Job]) -> Iterator[JobResult]:
        def watched() -> Iterator[Job]:
            for job in jobs:
                told = header_of(job.payload)
                told = told.get("also") or told
                seen.append((job.step, bool(told.get("content")), bool(told.get("faces"))))
                yield job

        return real(self, watched())

    monkeypatch.setattr(InlineExecutor, "run", run)
    return seen


@pytest.fixture
def shot(library: Safelight, photos: Path, camera: Camera) -> Safelight:
    for n in range(3):
        camera.shoot(photos / f"{n}.jpg", NOON + timedelta(days=n))
    library.add_folder(str(photos))
    return library


def named(library: Safelight, name: str) -> Any:
    return next(row for row in library.assets() if Path(row.path).name == name)


@pytest.mark.parametrize(
    ("purposes", "expected"),
    [
        ([Purpose.LIBRARY], (STEP_READ_ASSET, False, False)),
        ([Purpose.LIBRARY, Purpose.CONTENT], (STEP_READ_AND_LOOK, True, False)),
        ([Purpose.LIBRARY, Purpose.FACES], (STEP_READ_AND_LOOK, False, True)),
        (ALL, (STEP_READ_AND_LOOK, True, True)),
    ],
)
def test_one_job_a_photo_looks_for_what_is_on(
    shot: Safelight, ran: list[Any], purposes: list[Purpose], expected: tuple[str, bool, bool]
) -> None:
    shot.allow(purposes)
    shot.scan()
    assert [job for job in ran if job[0] != STEP_READ_WORDS] == [expected] * 3
    rows = list(shot.assets())
    assert all((row.labels is not None) == (Purpose.CONTENT in purposes) for row in rows)


def test_a_scope_of_days_is_kept_to_although_the_day_is_not_known_yet(
    shot: Safelight, ran: list[Any]
) -> None:
    shot.allow([Purpose.LIBRARY])
    shot.allow([Purpose.CONTENT], Scope(since=date(2021, 6, 2), until=date(2021, 6, 2)))
    shot.scan()
    steps = [step for step, *_ in ran if step != STEP_READ_WORDS]
    assert steps == [STEP_READ_ASSET] * 3 + [STEP_LOOK], "one day's photo, once its day was known"
    assert [row.labels is not None for row in shot.assets()] == [False, True, False]


def test_only_photos_of_the_scope_are_looked_at_while_read(
    library: Safelight, photos: Path, camera: Camera, ran: list[Any]
) -> None:
    for place in ("in", "out"):
        (photos / place).mkdir()
        camera.shoot(photos / place / f"{place}.jpg", NOON)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.allow([Purpose.CONTENT], Scope(folders=(str(photos / "in"),)))
    library.scan()
    looked = [told for told in ran if told[0] != STEP_READ_WORDS]
    assert sorted(looked) == sorted(
        [(STEP_READ_AND_LOOK, True, False), (STEP_READ_ASSET, False, False)]
    )
    assert named(library, "in.jpg").labels is not None
    assert named(library, "out.jpg").labels is None


@pytest.mark.parametrize("purpose", [Purpose.CONTENT, Purpose.FACES])
def test_what_is_withdrawn_while_a_photo_is_looked_at_is_not_kept(
    shot: Safelight, settings: Settings, monkeypatch: pytest.MonkeyPatch, purpose: Purpose
) -> None:
    shot.allow(ALL)
    real = InlineExecutor.run

    def run(self: InlineExecutor, jobs: Iterable[Job]) -> Iterator[JobResult]:
        for number, result in enumerate(real(self, jobs)):
            if number == 1:
                with Safelight(settings, inline=True) as other:
                    other.withdraw(purpose)
            yield result

    monkeypatch.setattr(InlineExecutor, "run", run)
    shot.scan()
    assert len(list(shot.assets())) == 3
    assert not shot._rooms.drawers.exists(purpose.value)
    lines = shot.ledger(0, 10_000)
    gone = max(line.index for line in lines if line.event == "erase-done")
    later = [x for x in lines if x.index > gone and x.purpose is purpose and x.event == "derive"]
    assert later == []


def test_a_copy_is_not_looked_at(shot: Safelight, photos: Path, ran: list[Any]) -> None:
    (photos / "copy.jpg").write_bytes((photos / "0.jpg").read_bytes())
    shot.allow(ALL)
    shot.scan()
    assert sorted(step for step, *_ in ran if step != STEP_READ_WORDS) == sorted(
        [STEP_READ_AND_LOOK] * 3 + [STEP_READ_ASSET]
    )


def breaking(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("a number that is none")

    monkeypatch.setattr(looking, "_seen", broken)


def test_a_look_that_fails_leaves_the_photo_with_a_reason_and_can_be_tried_again(
    shot: Safelight, monkeypatch: pytest.MonkeyPatch, ran: list[Any]
) -> None:
    shot.allow(ALL)
    with monkeypatch.context() as patched:
        breaking(patched)
        assert shot.scan().failed == 0
        row = named(shot, "0.jpg")
        assert row.error is None
        assert "a number that is none" in str(row.look_error)
        assert shot.preview(row.id)
        assert len(shot.showing.problems()) == 3
        explained = shot.explaining.explain(row.id)
        assert any("a number that is none" in h.value for p in explained.purposes for h in p.held)  # type: ignore[union-attr]
        for _ in range(TRIES):
            shot.scan()
        ran.clear()
        shot.scan()
        assert ran == [], "after some tries the person says when"
    assert shot.failed_looks.try_again([row.id]) == [row.id]
    shot.scan()
    assert named(shot, "0.jpg").look_error is None
    assert named(shot, "0.jpg").labels is not None
    assert named(shot, "1.jpg").look_error
    assert len(shot.failed_looks.try_again()) == 2
    with pytest.raises(UserError, match="did not fail"):
        shot.failed_looks.try_again([row.id])


def test_reasons_go_with_the_switch(shot: Safelight, monkeypatch: pytest.MonkeyPatch) -> None:
    shot.allow(ALL)
    breaking(monkeypatch)
    shot.scan()
    shot.withdraw(Purpose.CONTENT)
    assert len(shot.failed_looks.reasons()) == 3, "looking for faces failed as well"
    shot.withdraw(Purpose.FACES)
    assert shot.failed_looks.reasons() == {}
    assert all(row.look_error is None for row in shot.assets())


def test_odd_and_broken_files_go_through_real_workers(settings: Settings, photos: Path) -> None:
    endings = {b"\xff\xd8": "jpg", b"\x89P": "png", b"II": "tif", b"GI": "gif"}
    made = {name: data() for name, data in FILES.items()} | BROKEN
    for name, data in made.items():
        (photos / f"{name}.{endings.get(data[:2], 'jpg')}").write_bytes(data)
    with Safelight(settings) as library:
        library.add_folder(str(photos))
        library.allow(ALL)
        library.scan()
        rows = {Path(row.path).stem: row for row in library.assets()}
        assert set(rows) == set(made)
        for name in FILES:
            assert rows[name].error or rows[name].look_error or rows[name].labels is not None, name
        assert all(rows[name].error for name in BROKEN)
        assert rows["CMYK"].labels is not None
        assert rows["a palette"].labels is not None


def test_a_model_that_ends_its_worker_costs_the_look_and_not_the_photo(
    shot: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    shot.allow(ALL)
    real = InlineExecutor.run

    def run(self: InlineExecutor, jobs: Iterable[Job]) -> Iterator[JobResult]:
        for job in jobs:
            if job.step in (STEP_READ_AND_LOOK, STEP_LOOK):
                yield JobResult(job.ticket, error="reading it crashed the reader")
            else:
                yield from real(self, [job])

    monkeypatch.setattr(InlineExecutor, "run", run)
    report = shot.scan()
    assert (report.new, report.failed) == (3, 0)
    rows = list(shot.assets())
    assert all(row.error is None and row.width for row in rows)
    assert {row.look_error for row in rows} == {"reading it crashed the reader"}
