"""Films through the wired app: made, kept, watched, stopped, shared."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest

from safelight.app import Safelight
from safelight.app.making.wishes import Wish
from safelight.creations.film import FORMATS, find_encoder
from safelight.model.consent import Purpose
from safelight.model.errors import UserError
from safelight.model.sharing import Covering, ShareWish
from safelight.testing.planting import leaks_in


@pytest.fixture
def shots(
    library: Safelight, photos: Path, camera: Any, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, ...]:
    if find_encoder() is None:
        pytest.skip("no ffmpeg here")
    monkeypatch.setitem(FORMATS, "tiny", (144, 256))
    for n in range(5):
        taken = datetime(2023, 9, 9, 10) + timedelta(hours=n)
        camera.shoot(photos / f"{n}.jpg", taken, gps=(50.0, 14.4), size=(400, 300))
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.scan()
    return tuple(row.id for row in library.assets())


def test_a_film_is_made_again_from_the_same_wish(
    library: Safelight, shots: tuple[str, ...]
) -> None:
    wish = Wish(shots, format="tiny", seconds=10, music="bright", seed=3)
    made = library.making.make("film", wish)
    first = library.creation(made.id)
    again = library.making.make("film", wish)
    second = library.creation(again.id)
    assert first is not None
    assert second is not None
    assert made.id == again.id
    assert first[1] == second[1]
    assert made.used == shots
    assert made.recipe["mood"] == "bright"
    assert made.media_type == "video/mp4"
    assert library.making.make("film", Wish(shots, format="tiny", seconds=10, seed=4)).id != made.id


def test_a_film_has_a_poster_while_consent_holds(
    library: Safelight, shots: tuple[str, ...]
) -> None:
    made = library.making.make("film", Wish(shots, format="tiny", seconds=10))
    poster = library.making.poster(made.id)
    assert poster is not None
    assert poster[:3] == b"\xff\xd8\xff"
    assert leaks_in(poster) == []
    assert library.making.poster("nothing") is None
    library.withdraw(Purpose.LIBRARY)
    with pytest.raises(UserError):
        library.making.poster(made.id)


def test_a_full_disk_is_said_and_nothing_is_kept(
    library: Safelight, shots: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise apsw.FullError("database or disk is full")

    monkeypatch.setattr(library._rooms.creations, "put", full)
    job = library.making.start("film", Wish(shots, format="tiny", seconds=10))
    ended = job
    for _ in range(1200):
        ended = library.making.jobs.find(job.id) or job
        if ended.state != "running":
            break
        time.sleep(0.05)
    assert ended.state == "failed"
    assert "full" in ended.note
    assert library.creations() == []


def test_a_film_leaves_signed_and_clean(library: Safelight, shots: tuple[str, ...]) -> None:
    made = library.making.make("film", Wish(shots, format="tiny", seconds=10))
    subject = library.sharing.subject(made.id)
    shared = library.sharing.share(subject, ShareWish())
    assert shared.name == "film.mp4"
    assert leaks_in(shared.content) == []
    assert b"c2pa" in shared.content
    import io

    import c2pa

    context = c2pa.Context.from_dict(
        {"trust": {"trust_anchors": shared.certificate}, "verify": {"verify_trust": True}}
    )
    reader = c2pa.Reader("video/mp4", io.BytesIO(shared.content), context=context)
    assert reader.get_validation_state() == "Trusted"
    with pytest.raises(UserError):
        library.sharing.share(subject, ShareWish(covering=Covering.SOLID))


def test_a_film_in_the_background_is_watched_and_stopped(
    library: Safelight, shots: tuple[str, ...]
) -> None:
    job = library.making.start("film", Wish(shots, format="story", seconds=60))
    with pytest.raises(UserError, match="being made"):
        library.making.start("film", Wish(shots, format="tiny", seconds=10))
    library.making.jobs.stop(job.id)
    ended = library.making.jobs.find(job.id)
    assert ended is not None
    assert ended.state == "stopped"
    assert library.creations() == []
    again = library.making.start("film", Wish(shots, format="tiny", seconds=10))
    found = again
    for _ in range(600):
        found = library.making.jobs.find(again.id) or again
        if found.state != "running":
            break
        time.sleep(0.05)
    assert found.state == "done", found.note
    assert library.creations()[0].id == found.creation


def test_withdrawing_ends_a_film_and_leaves_none(
    library: Safelight, shots: tuple[str, ...]
) -> None:
    job = library.making.start("film", Wish(shots, format="story", seconds=60))
    library.withdraw(Purpose.LIBRARY)
    ended = library.making.jobs.find(job.id)
    assert ended is not None
    assert ended.state in ("stopped", "failed")
    assert library.creations() == []


@pytest.mark.parametrize(
    "wrong", [{"format": "round"}, {"music": "techno"}, {"seconds": 5.0}, {"assets": ("nobody",)}]
)
def test_what_cannot_be_made_is_said(
    library: Safelight, shots: tuple[str, ...], wrong: dict[str, Any]
) -> None:
    with pytest.raises(UserError):
        library.making.start("film", Wish(**{"assets": shots, "format": "tiny", **wrong}))
