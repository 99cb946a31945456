"""Forgetting that dies in its middle is finished later, and leaves nothing in a log or a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.library.catalogue import Catalogue
from safelight.library.locations import Locations
from safelight.library.previews import Previews
from safelight.model.consent import Purpose, Scope
from safelight.model.creations import Creation, CreationKind
from safelight.settings import Settings

START = datetime(2022, 7, 1, 9)
BERLIN = (52.52, 13.405)
LIVING_ON = ("catalogue", "previews", "places", "ideas", "creations", "restyled")


class Died(BaseException):
    """In place of a kill: nothing that follows in the program runs."""


def die(*_: object) -> None:
    raise Died


@contextmanager
def dying(room: type, step: str) -> Iterator[None]:
    """The program dies where this step would begin."""
    with pytest.MonkeyPatch.context() as killing:
        killing.setattr(room, step, die)
        with pytest.raises(Died):
            yield


@pytest.fixture
def shot(library: Safelight, photos: Path, camera: Any) -> list[str]:
    """Twelve photos of six days in two folders, scanned; asset ids by time."""
    for n in range(12):
        folder = photos / ("early" if n < 6 else "late")
        camera.shoot(folder / f"{n:02}.jpg", START + timedelta(hours=12 * n), gps=BERLIN)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.PLACES, Purpose.SUGGEST])
    library.scan()
    return [row.id for row in library.assets()]


def holding(library: Safelight, mark: str) -> set[str]:
    """Drawers whose pages, free ones included, or whose log may hold a mark."""
    drawers, found = library._rooms.drawers, set()
    for name in LIVING_ON:
        if not drawers.exists(name):
            continue
        log = drawers.path(name).with_name(f"{name}.db-wal")
        if mark.encode() in bytes(drawers.connection(name).serialize("main")):
            found.add(name)
        elif log.exists() and log.stat().st_size:
            found.add(f"the log of {name}")
    return found


FORGETTING = [(Previews, "remove"), (Locations, "remove"), (Catalogue, "remove_assets")]


@pytest.mark.parametrize(("room", "step"), FORGETTING)
def test_a_narrower_permission(
    library: Safelight,
    settings: Settings,
    shot: list[str],
    room: type,
    step: str,
) -> None:
    with dying(room, step):
        library.allow([Purpose.LIBRARY], Scope(since=date(2022, 7, 4)))
    with Safelight(settings, inline=True) as again:
        assert holding(again, shot[0]) == set()
        assert again.rows(shot[-1:])
        assert again.preview(shot[-1])


@pytest.mark.parametrize(
    ("room", "step"), [(Previews, "remove"), (Locations, "remove"), (Catalogue, "remove")]
)
def test_photos_that_are_gone_from_the_disk(
    library: Safelight,
    settings: Settings,
    shot: list[str],
    photos: Path,
    room: type,
    step: str,
) -> None:
    (photos / "early" / "00.jpg").unlink()
    with dying(room, step):
        library.scan()
    with Safelight(settings, inline=True) as again:
        again.scan()
        assert again._rooms.previews.get(shot[0]) is None
        assert again._rooms.locations.get(shot[0]) is None
        assert again.rows(shot[:1]) == []


@pytest.mark.parametrize(
    ("room", "step"), [(Previews, "remove"), (Locations, "remove"), (Catalogue, "remove_source")]
)
def test_a_folder_that_is_taken_out(
    library: Safelight,
    settings: Settings,
    shot: list[str],
    room: type,
    step: str,
) -> None:
    with dying(room, step):
        library.sourcing.remove(1)
    with Safelight(settings, inline=True) as again:
        assert again.sourcing.remove(1) == 12
        assert {name for asset in shot for name in holding(again, asset)} == set()


def test_what_is_taken_back_is_in_no_log(library: Safelight, shot: list[str]) -> None:
    library.make_ideas()
    assert "catalogue" in holding(library, "Berlin")
    library.withdraw(Purpose.PLACES)
    assert not {"catalogue", "the log of catalogue", "ideas"} & holding(library, "Berlin")
    log = library._rooms.drawers.path("consent").with_name("consent.db-wal")
    assert log.stat().st_size == 0, "what was struck from the book of consent"


def painted(asset: str) -> Creation:
    return Creation("c1", CreationKind.RESTYLE, "Starry", "image/jpeg", 8, 8, (asset,), (), {}, "")


@pytest.mark.parametrize(
    "act",
    [
        lambda library, asset: library.erasing.erase(library.erasing.photos([asset])),
        lambda library, _: library.allow([Purpose.LIBRARY], Scope(since=date(2022, 7, 4))),
    ],
)
def test_a_painting_of_a_photo_goes_with_it(
    library: Safelight, shot: list[str], act: Callable[[Safelight, str], object]
) -> None:
    needs = frozenset({Purpose.LIBRARY, Purpose.RESTYLE})
    library._rooms.creations.put(painted(shot[0]), needs, b"canary-71-painted" * 4000)
    assert "restyled" in holding(library, "canary-71-painted")
    act(library, shot[0])
    assert holding(library, "canary-71-painted") == set()


def test_a_painting_counts_where_nothing_else_was_made(library: Safelight, shot: list[str]) -> None:
    needs = frozenset({Purpose.LIBRARY, Purpose.RESTYLE})
    library.allow([Purpose.RESTYLE])
    library._rooms.creations.put(painted(shot[0]), needs, b"jpeg")
    assert library.erasing.forecast(library.erasing.photos(shot[:1])).creations == 1
    explained = library.explaining.explain(shot[0])
    assert "c1" in [use.id for use in explained.uses]  # type: ignore[union-attr]  # it is on
