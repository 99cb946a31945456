"""Only these photos: what is not chosen is not opened, not named, and forgotten when taken out."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.app.composition import build_rooms
from safelight.app.explaining import Explanation
from safelight.app.making.keeping import Made, Shelf
from safelight.library.vault import Vault
from safelight.model.consent import Grant, Permit, Purpose, Refusal, Scope
from safelight.model.creations import CreationKind
from safelight.model.errors import RefusedError, UserError
from safelight.settings import Settings

DAY = datetime(2020, 5, 1, 10)
PRAGUE = (50.0875, 14.4213)


@pytest.fixture
def folder(photos: Path, camera: Any) -> Path:
    """Four photos in a folder, two of them in one below."""
    for n, name in enumerate(("a", "b", "sub/c", "sub/d")):
        camera.shoot(photos / f"{name}.jpg", DAY + timedelta(days=n), gps=PRAGUE)
    return photos


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every path that the vault was asked to open."""
    paths: list[str] = []
    real = Vault.open

    def open_(self: Vault, permit: Permit, asset_id: str, path: str) -> Any:
        paths.append(path)
        return real(self, permit, asset_id, path)

    monkeypatch.setattr(Vault, "open", open_)
    return paths


def names(library: Safelight) -> list[str]:
    return [Path(row.path).name for row in library.assets()]


def drawer_holds(library: Safelight, drawer: str, needle: str) -> bool:
    connection = library._rooms.drawers.connection(drawer)
    tables = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    return any(
        needle in str(row)
        for (table,) in tables
        for row in connection.execute(f"select * from {table}")
    )


def test_only_the_chosen_photos_are_opened(
    library: Safelight, folder: Path, opened: list[str]
) -> None:
    library.add_folder(str(folder))
    library.consent.scoping.pick("Mine", [str(folder / "a.jpg"), str(folder / "sub")])
    library.allow([Purpose.LIBRARY], Scope(albums=("Mine",)))
    library.scan()
    assert names(library) == ["a.jpg", "c.jpg", "d.jpg"]
    assert str(folder / "b.jpg") not in opened
    for drawer in ("catalogue", "previews", "consent"):
        assert not drawer_holds(library, drawer, "b.jpg")


def test_adding_to_an_album_widens_nothing_until_it_is_allowed(
    library: Safelight, folder: Path, opened: list[str]
) -> None:
    library.add_folder(str(folder))
    scoping = library.consent.scoping
    scoping.pick("Mine", [str(folder / "a.jpg")])
    library.allow([Purpose.LIBRARY], Scope(albums=("Mine",)))
    library.scan()
    scoping.pick("Mine", [str(folder / "b.jpg")])
    library.scan()
    assert names(library) == ["a.jpg"]
    assert str(folder / "b.jpg") not in opened
    library.allow([Purpose.LIBRARY], Scope(albums=("Mine",)))
    library.scan()
    assert names(library) == ["a.jpg", "b.jpg"]


def test_taking_out_is_forgetting(library: Safelight, folder: Path) -> None:
    library.add_folder(str(folder))
    library.consent.scoping.pick("Mine", [str(folder / "a.jpg"), str(folder / "b.jpg")])
    library.allow([Purpose.LIBRARY, Purpose.PLACES], Scope(albums=("Mine",)))
    library.scan()
    gone = next(row for row in library.assets() if row.path.endswith("b.jpg"))
    assert gone.latitude is not None
    library.consent.take_out("Mine", [str(folder / "b.jpg")])
    assert names(library) == ["a.jpg"]
    assert library.preview(gone.id) is None
    for drawer, trace in (("catalogue", "b.jpg"), ("previews", gone.id), ("places", gone.id)):
        assert not drawer_holds(library, drawer, trace)
    assert library.ledger()[-1].event == "narrow"


def test_a_narrower_permission_erases_what_lies_outside(library: Safelight, folder: Path) -> None:
    library.add_folder(str(folder))
    library.allow([Purpose.LIBRARY, Purpose.PLACES])
    library.scan()
    library.allow([Purpose.PLACES], Scope(folders=(str(folder / "sub"),)))
    located = [Path(row.path).name for row in library.assets() if row.latitude is not None]
    assert located == ["c.jpg", "d.jpg"]
    outside = next(row for row in library.assets() if row.path.endswith("a.jpg"))
    assert not drawer_holds(library, "places", outside.id)
    library.allow([Purpose.LIBRARY], Scope(since=DAY.date() + timedelta(days=3)))
    assert names(library) == ["d.jpg"]
    assert not drawer_holds(library, "catalogue", "c.jpg")


def test_an_album_that_is_forgotten_stops_what_it_limits(library: Safelight, folder: Path) -> None:
    library.add_folder(str(folder))
    library.consent.scoping.pick("Mine", [str(folder / "a.jpg")])
    library.allow([Purpose.LIBRARY], Scope(albums=("Mine",)))
    library.scan()
    library.consent.scoping.remove("Mine")
    assert names(library) == []
    state = library.purposes()[0]
    assert not state.active
    assert "say again for which photos" in state.why
    assert library.consent.end_over() == (Purpose.LIBRARY,)
    assert not library._rooms.drawers.exists("catalogue")
    assert "album or person it was limited by is gone" in library.ledger()[-2].text


@pytest.mark.parametrize("scope", [Scope(albums=("Nobody's",)), Scope(without_people=("Anna",))])
def test_a_name_that_is_not_known_turns_nothing_on(library: Safelight, scope: Scope) -> None:
    library.allow([Purpose.LIBRARY])
    with pytest.raises(UserError):
        library.allow([Purpose.PLACES], scope)
    assert library.status().on == (Purpose.LIBRARY,)


def test_a_link_does_not_lead_out_of_what_is_allowed(
    library: Safelight, folder: Path, opened: list[str]
) -> None:
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "sub" / "a.jpg").symlink_to(folder / "a.jpg")
    library.add_folder(str(folder))
    library.allow([Purpose.LIBRARY], Scope(folders=(str(folder / "sub"),)))
    library.scan()
    assert {Path(path).name for path in opened} == {"c.jpg", "d.jpg"}
    assert {Path(row.path).name for row in library.assets()} == {"c.jpg", "d.jpg"}


@pytest.mark.parametrize("by", ["folder", "album"])
def test_a_link_is_not_the_folder_that_it_lies_in(
    library: Safelight, folder: Path, tmp_path: Path, camera: Any, by: str
) -> None:
    """The library is all there is; `places` is for one folder, and links lead out of it."""
    private = tmp_path / "private"
    for name in ("x.jpg", "deep/y.jpg"):
        camera.shoot(private / name, datetime(2020, 5, 1), gps=(48.2, 16.4))
    (folder / "sub" / "x.jpg").symlink_to(private / "x.jpg")
    (folder / "sub" / "deep").symlink_to(private / "deep")
    (folder / "sub" / "twin.jpg").symlink_to(folder / "sub" / "c.jpg")
    library.add_folder(str(folder))
    library.allow([Purpose.LIBRARY])
    if by == "album":
        library.consent.scoping.pick("Sub", [str(folder / "sub")])
    scope = Scope(albums=("Sub",)) if by == "album" else Scope(folders=(str(folder / "sub"),))
    library.allow([Purpose.PLACES], scope)
    library.scan()
    names = {row.id: Path(row.path).name for row in library.assets()}
    assert {"x.jpg", "y.jpg"} <= set(names.values())
    looked = {names[asset] for asset in library._rooms.locations.looked_at()}
    assert looked == {"c.jpg", "d.jpg", "twin.jpg"}
    library.consent.scoping.pick("X", [str(folder / "sub" / "x.jpg")])
    library.allow([Purpose.PLACES], Scope(albums=("X",)))
    library.scan()
    looked = {names[asset] for asset in library._rooms.locations.looked_at()}
    assert looked == {"x.jpg"}, "its very name was picked"


def test_names_outside_are_neither_shown_nor_kept(
    library: Safelight, folder: Path, tmp_path: Path
) -> None:
    """What could not be read is a name, too."""
    for place in (folder, folder / "sub"):
        (place / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    library.add_folder(str(folder))
    library.allow([Purpose.LIBRARY])
    library.scan()
    inside, outside = str(folder / "sub" / "gone.jpg"), str(folder / "gone.jpg")
    assert [path for path, _ in library.showing.folder_problems()] == [outside, inside]
    library.allow([Purpose.LIBRARY], Scope(folders=(str(folder / "sub"),)))
    assert [path for path, _ in library.showing.folder_problems()] == [inside]
    assert library._rooms.catalogue.unread() == [inside]
    library.withdraw(Purpose.LIBRARY)
    assert library.showing.folder_problems() == []


def test_more_photos_are_asked_for_than_a_statement_takes(library: Safelight, folder: Path) -> None:
    library.add_folder(str(folder))
    library.allow([Purpose.LIBRARY])
    library.scan()
    names = [row.id for row in library.assets()]
    assert len(library.rows([*names, *map(str, range(40_000))])) == len(names)


def test_an_album_of_a_folder_is_not_read_through_links(
    library: Safelight, folder: Path, opened: list[str]
) -> None:
    (folder / "sub" / "a.jpg").symlink_to(folder / "a.jpg")
    library.add_folder(str(folder))
    library.consent.scoping.pick("Sub", [str(folder / "sub")])
    library.allow([Purpose.LIBRARY], Scope(albums=("Sub",)))
    library.scan()
    assert {Path(path).name for path in opened} == {"c.jpg", "d.jpg"}


def test_a_photo_that_moves_out_of_what_is_allowed_is_forgotten(
    library: Safelight, folder: Path
) -> None:
    library.add_folder(str(folder))
    library.allow([Purpose.LIBRARY])
    library.allow([Purpose.PLACES], Scope(folders=(str(folder / "sub"),)))
    library.scan()
    places = library._rooms.locations
    moved, stays = (row.id for row in library.assets() if "sub" in row.path)
    by_id = {row.id: Path(row.path) for row in library.assets()}
    assert places.looked_at() == {moved, stays}
    by_id[moved].rename(folder / "elsewhere.jpg")
    assert library.scan().moved == 1
    assert places.looked_at() == {stays}
    assert {row.id for row in library.assets()} == set(by_id)


# Time


class Watch:
    """Time that moves only when told."""

    now = datetime(2026, 6, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch(library: Safelight) -> Watch:
    """The library's clock, held in the hand."""
    watch = Watch()
    for room in (library._rooms.book, library._rooms.gate):
        room._clock = watch
    library._rooms.papers.endings.clock = watch
    return watch


def test_what_runs_out_is_erased_told_and_asked_again(
    library: Safelight, folder: Path, watch: Watch
) -> None:
    library.add_folder(str(folder))
    library.allow([Purpose.LIBRARY])
    scope = Scope(folders=(str(folder / "sub"),))
    library.allow([Purpose.PLACES], scope, watch.now + timedelta(days=10))
    library.scan()
    consent = library.consent
    assert consent.ends_soon(watch.now) == []
    watch.now += timedelta(days=4)
    assert [state.notice.purpose for state in consent.ends_soon(watch.now)] == [Purpose.PLACES]
    watch.now += timedelta(days=6)
    assert Purpose.PLACES not in library.status().on
    assert consent.end_over() == (Purpose.PLACES,)
    assert not library._rooms.drawers.exists("places")
    events = [line.event for line in library.ledger()][-4:]
    assert events == ["expire", "erase-intent", "withdraw", "erase-done"]
    assert "permission had run out" in library.ledger()[-2].text
    (ended,) = consent.ended()
    assert (ended.purpose, ended.why, ended.scope) == (Purpose.PLACES, "expired", scope)
    assert consent.end_over() == ()
    renewed = consent.renew(Purpose.PLACES, watch.now + timedelta(days=30))
    assert isinstance(renewed, Grant)
    assert renewed.scope == scope
    assert consent.ended() == []


def test_what_was_made_is_shown_nowhere_once_a_permission_has_run_out(
    library: Safelight, folder: Path, watch: Watch
) -> None:
    library.add_folder(str(folder))
    library.allow([Purpose.LIBRARY])
    library.allow([Purpose.PLACES], Scope(), watch.now + timedelta(days=10))
    library.scan()
    one = next(iter(library.assets()))
    used, files = (one.id,), {"all": b"all", "places": b"where"}
    for name, content in files.items():
        made = Made(CreationKind.COLLAGE, name, "image/jpeg", 1, 1, used, {"of": name}, content)
        Shelf(library._rooms).keep(made, None, [Purpose.PLACES] if name == "places" else [])
    names = {made.title: made.id for made in library.creations()}
    assert set(names) == set(files)
    archive = library.archiving.pack(["creations"])
    watch.now += timedelta(days=11)  # over, and not erased yet
    assert [made.title for made in library.creations()] == ["all"]
    assert library.creation(names["places"]) is None
    assert library.creation(names["all"]) is not None
    with pytest.raises(UserError, match="no creation"):
        library.sharing.subject(names["places"])
    found = library.explaining.explain(one.id)
    assert isinstance(found, Explanation)
    assert [use.title for use in found.uses] == ["all"]
    packed = zipfile.ZipFile(io.BytesIO(b"".join(library.archiving.pack(["creations"]))))
    assert f"creations/{names['places']}.jpg" not in packed.namelist()
    assert f"creations/{names['all']}.jpg" in packed.namelist()
    with pytest.raises(RefusedError, match="changed while"):  # it was begun before
        b"".join(archive)


def test_a_renewal_is_refused_once_and_not_asked_again(library: Safelight, watch: Watch) -> None:
    library.allow([Purpose.LIBRARY])
    library.allow([Purpose.PLACES], Scope(), watch.now + timedelta(days=1))
    watch.now += timedelta(days=2)
    library.consent.end_over()
    library.consent.decline([Purpose.PLACES], for_good=True)
    assert library.consent.ended() == []
    assert library.status().on == (Purpose.LIBRARY,)


def test_a_limit_that_was_forgotten_does_not_come_back_as_none(
    library: Safelight, folder: Path, watch: Watch
) -> None:
    scope = Scope(folders=(str(folder / "sub"),))
    library.allow([Purpose.LIBRARY], scope, watch.now + timedelta(days=1))
    watch.now += timedelta(days=2)
    assert library.consent.end_over() == (Purpose.LIBRARY,)
    (ended,) = library.consent.ended()
    assert ended.scope is None
    assert not drawer_holds(library, "consent", "sub")
    with pytest.raises(UserError, match="say for which photos"):
        library.consent.renew(Purpose.LIBRARY, None)
    assert library.status().on == ()


def test_everything_can_be_renewed_with_a_click(library: Safelight, watch: Watch) -> None:
    library.allow([Purpose.LIBRARY], Scope(), watch.now + timedelta(days=1))
    watch.now += timedelta(days=2)
    library.consent.end_over()
    assert isinstance(library.consent.renew(Purpose.LIBRARY, None), Grant)


def test_what_ran_out_while_nothing_ran_goes_at_the_next_start(settings: Settings) -> None:
    with Safelight(settings, inline=True) as library:
        library.allow([Purpose.LIBRARY])
        soon = datetime.now(UTC) + timedelta(seconds=0.2)
        library.allow([Purpose.PLACES], Scope(), soon)
        library._rooms.locations.put([])
        assert library._rooms.drawers.exists("places")
    while datetime.now(UTC) < soon:
        pass
    with Safelight(settings, inline=True) as library:
        assert not library._rooms.drawers.exists("places")
        assert [ended.purpose for ended in library.consent.ended()] == [Purpose.PLACES]


# Nothing is turned on by itself


def on(settings: Settings, **changed: Any) -> set[Purpose]:
    from dataclasses import replace

    with Safelight(replace(settings, **changed), inline=True) as library:
        return set(library.status().on)


def test_neither_a_start_nor_another_region_turns_anything_on(settings: Settings) -> None:
    assert on(settings) == set()
    for code in ("eu", "us-il", "us-tx", ""):
        assert on(settings, region=code) == set()


def test_what_a_region_ended_stays_off_when_it_is_taken_back(settings: Settings) -> None:
    with Safelight(settings, inline=True) as library:
        library.allow([Purpose.LIBRARY, Purpose.FACES])
    assert on(settings) == {Purpose.LIBRARY, Purpose.FACES}
    assert on(settings, region="us-il") == {Purpose.LIBRARY}
    assert on(settings) == {Purpose.LIBRARY}


def test_new_words_turn_a_purpose_off_until_they_are_agreed_to(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from safelight.consent import purposes

    with Safelight(settings, inline=True) as library:
        library.allow([Purpose.LIBRARY, Purpose.PLACES])
    newer = replace(purposes.NOTICES[Purpose.PLACES], version=99, reads="More.", digest="other")
    monkeypatch.setitem(purposes.NOTICES, Purpose.PLACES, newer)
    with Safelight(settings, inline=True) as library:
        assert library.status().on == (Purpose.LIBRARY,)
        state = next(s for s in library.purposes() if s.notice.purpose is Purpose.PLACES)
        assert "until you agree again" in state.why
        library.allow([Purpose.PLACES])
        assert set(library.status().on) == {Purpose.LIBRARY, Purpose.PLACES}


def test_reading_and_making_turn_nothing_on(library: Safelight, folder: Path) -> None:
    library.add_folder(str(folder))
    library.allow([Purpose.LIBRARY])
    library.scan()
    ids = [row.id for row in library.assets()]
    library.make_ideas()
    library.collages.make(library.collages.choices(ids).plans[0])
    library.picture(ids[0], 400)
    assert library.status().on == (Purpose.LIBRARY,)
    for purpose in (Purpose.TRAIN, Purpose.ADS, Purpose.SHARE):
        (answer,) = library.allow([purpose])
        assert isinstance(answer, Refusal)


def test_a_fresh_home_has_no_grant(settings: Settings) -> None:
    rooms = build_rooms(settings, inline=True)
    try:
        assert not any(state.grant for state in rooms.book.states())
    finally:
        rooms.close()
