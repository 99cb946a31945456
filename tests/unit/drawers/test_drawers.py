"""Each drawer is a file that only its own key opens, and erased means gone."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import pytest

from safelight.library.drawers import DRAWERS, Drawers, owned_by, trail_name
from safelight.library.keys import KeyRing
from safelight.library.storage_errors import storage_errors
from safelight.model.consent import Purpose
from safelight.model.errors import UserError

CANARY = "canary-5b1e-in-a-drawer"


def fill(connection: apsw.Connection, text: str = CANARY) -> None:
    connection.execute("create table if not exists note (text)")
    connection.execute("insert into note values (?)", (text,))


def notes(connection: apsw.Connection) -> list[str]:
    return [text for (text,) in connection.execute("select text from note")]


def tables(connection: apsw.Connection) -> set[str]:
    return {name for (name,) in connection.execute("select name from sqlite_schema")}


def everything_on_disk(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_every_grantable_purpose_owns_a_drawer() -> None:
    owners = {spec.owner for spec in DRAWERS.values()} - {None}
    assert owners == {purpose for purpose in Purpose if purpose.grantable}
    own = {"catalogue", "previews", "creations", "erased", trail_name(Purpose.LIBRARY)}
    assert set(owned_by(Purpose.LIBRARY)) == own


def test_every_drawer_opens_with_its_tables(drawers: Drawers) -> None:
    for name in DRAWERS:
        assert not drawers.exists(name)
        assert drawers.connection(name).pragma("journal_mode") == "wal"
        assert drawers.exists(name)
    assert "consent_grant" in tables(drawers.connection("consent"))
    assert "asset" in tables(drawers.connection("catalogue"))


def test_nothing_readable_is_on_disk(drawers: Drawers, tmp_path: Path) -> None:
    fill(drawers.connection("faces"))
    connection = drawers.connection("faces")
    assert notes(connection) == [CANARY]
    assert CANARY.encode() not in everything_on_disk(tmp_path)
    connection.pragma("wal_checkpoint", "truncate")
    assert CANARY.encode() not in everything_on_disk(tmp_path)
    assert b"SQLite format" not in everything_on_disk(tmp_path)
    assert connection.pragma("temp_store") == 2


def test_a_thread_keeps_its_connection_and_shares_it_with_none(drawers: Drawers) -> None:
    mine = drawers.connection("faces")
    assert drawers.connection("faces") is mine
    found: list[apsw.Connection] = []
    thread = threading.Thread(target=lambda: found.append(drawers.connection("faces")))
    thread.start()
    thread.join()
    assert found[0] is not mine
    drawers.close()


def test_a_drawer_that_several_threads_begin_at_once_opens_for_all(drawers: Drawers) -> None:
    for _ in range(12):
        for name in DRAWERS:
            together = threading.Barrier(4)

            def begin(name: str = name, together: threading.Barrier = together) -> set[str]:
                together.wait()
                return tables(drawers.connection(name))

            with ThreadPoolExecutor(4) as pool:
                found = [each.result() for each in [pool.submit(begin) for _ in range(4)]]
            assert found == [found[0]] * 4
        drawers.erase(*DRAWERS)


def test_a_reader_sees_the_drawers_that_exist(drawers: Drawers) -> None:
    names = ["catalogue", "places", "faces"]
    fill(drawers.connection("places"))
    reader = drawers.reader(names)
    assert drawers.reader(names) is reader
    attached = {row[1] for row in reader.execute("pragma database_list")}
    assert attached - {"temp"} == {"main", "places"}  # a migration opens temp, in memory
    assert reader.execute("select text from places.note").fetchall() == [(CANARY,)]
    fill(drawers.connection("faces"))
    attached = {row[1] for row in drawers.reader(names).execute("pragma database_list")}
    assert attached == {"main", "places", "faces"}


def test_an_erased_drawer_is_gone_for_every_connection(drawers: Drawers, keyring: KeyRing) -> None:
    old, reader = drawers.connection("places"), drawers.reader(["catalogue", "places"])
    fill(old)
    key = keyring.key("places")
    assert drawers.erase("places") > 0
    assert not drawers.exists("places")
    assert list(drawers.folder.glob("places*")) == []
    for stale in (old, reader):
        with pytest.raises(apsw.ConnectionClosedError):
            stale.execute("select 1")
    assert "places" not in str(
        drawers.reader(["catalogue", "places"]).execute("pragma database_list").fetchall()
    )
    assert "note" not in tables(drawers.connection("places"))
    assert keyring.key("places") != key


def test_erasing_what_does_not_exist_is_nothing(drawers: Drawers) -> None:
    assert drawers.erase("faces", "places") == 0


def test_a_drawer_erased_by_another_process_is_not_served_again(
    drawers: Drawers, tmp_path: Path
) -> None:
    other = Drawers(tmp_path, KeyRing(tmp_path, "file"))
    fill(other.connection("places"))
    assert notes(other.connection("places")) == [CANARY]
    reader = other.reader(["catalogue", "places"])
    assert reader.execute("select count(*) from places.note").fetchone() == (1,)
    drawers.erase("places")
    assert "note" not in tables(other.connection("places"))
    reader = other.reader(["catalogue", "places"])
    with pytest.raises(apsw.SQLError):
        reader.execute("select count(*) from places.note")


def test_a_drawer_erased_and_filled_anew_elsewhere_is_the_new_one(
    drawers: Drawers, tmp_path: Path
) -> None:
    other = Drawers(tmp_path, KeyRing(tmp_path, "file"))
    fill(other.connection("places"), "old")
    drawers.erase("places")
    fill(drawers.connection("places"), "new")
    assert notes(other.connection("places")) == ["new"]


def test_a_change_elsewhere_in_the_ring_keeps_connections(drawers: Drawers) -> None:
    mine = drawers.connection("places")
    drawers.connection("faces")
    drawers.erase("faces")
    assert drawers.connection("places") is mine


def test_a_thread_in_the_middle_of_reading_is_stopped(drawers: Drawers) -> None:
    fill(drawers.connection("places"))
    reading, ended = threading.Event(), threading.Event()

    def read() -> None:
        connection = drawers.connection("places")
        endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
        try:
            for _ in connection.execute(endless + " where i % 1000 = 0"):
                reading.set()
        except apsw.Error:
            ended.set()

    thread = threading.Thread(target=read)
    thread.start()
    assert reading.wait(10)
    drawers.erase("places")
    thread.join(10)
    assert ended.is_set()
    assert not drawers.exists("places")


def test_a_file_without_its_key_is_named_and_kept(drawers: Drawers, keyring: KeyRing) -> None:
    fill(drawers.connection("places"))
    drawers.close()
    keyring.path.unlink()
    with pytest.raises(UserError, match=r"places\.db has no key"):
        drawers.connection("places")
    assert drawers.path("places").exists()


def test_leftovers_of_an_unfinished_erasure_are_cleared_away(
    drawers: Drawers, keyring: KeyRing
) -> None:
    fill(drawers.connection("places"))
    drawers.close()
    keyring.forget("places")
    assert drawers.path("places").exists()
    assert not drawers.exists("places")
    assert "note" not in tables(drawers.connection("places"))


def test_a_damaged_file_is_named(drawers: Drawers) -> None:
    fill(drawers.connection("places"))
    drawers.close()
    drawers.path("places").write_bytes(b"x" * 8192)
    with pytest.raises(UserError, match=r"places\.db cannot be opened"):
        drawers.connection("places")
    drawers.connection("catalogue")
    with pytest.raises(UserError, match=r"places\.db cannot be opened"):
        drawers.reader(["catalogue", "places"])


def test_a_drawer_of_a_newer_version_is_left_alone(drawers: Drawers) -> None:
    drawers.connection("places").pragma("user_version", 99)
    drawers.close()
    with pytest.raises(UserError, match="newer version"):
        drawers.connection("places")


def test_steps_that_are_missing_are_run(drawers: Drawers, monkeypatch: pytest.MonkeyPatch) -> None:
    drawers.connection("remote")
    drawers.close()
    grown = ("create table one (x);", "create table two (x); create table three (x);")
    for place in ("safelight.library.migrations.scripts", "safelight.library.drawers.scripts"):
        monkeypatch.setattr(place, lambda name: grown if name == "remote" else ())
    reader = drawers.reader(["taste", "remote"])
    assert reader.execute("select count(*) from remote.three").fetchone() == (0,)
    assert tables(drawers.connection("remote")) == {"one", "two", "three"}


def test_a_step_that_fails_leaves_nothing(
    drawers: Drawers, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawers.connection("remote")
    drawers.close()
    broken = ("create table one (x);", "create table two (")
    monkeypatch.setattr("safelight.library.migrations.scripts", lambda name: broken)
    with pytest.raises(apsw.SQLError):
        drawers.connection("remote")
    monkeypatch.undo()
    assert tables(drawers.connection("remote")) == set()


def test_a_full_disk_is_said_in_words(drawers: Drawers) -> None:
    connection = drawers.connection("places")
    fill(connection)
    connection.pragma("max_page_count", connection.pragma("page_count"))
    words = r"disk that holds .*places\.db is full"
    with pytest.raises(UserError, match=words), storage_errors(drawers.path("places")):
        fill(connection, "x" * 100_000)


def test_other_database_errors_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(apsw.SQLError), storage_errors(tmp_path):
        apsw.Connection(":memory:").execute("select nothing from nowhere")


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "drawers").write_text("a file in the way")
    drawers = Drawers(tmp_path, KeyRing(tmp_path, "file"))
    with pytest.raises(UserError, match="drawers"):
        drawers.connection("places")


def test_threads_opening_at_once_make_one_drawer(drawers: Drawers, tmp_path: Path) -> None:
    others = [Drawers(tmp_path, KeyRing(tmp_path, "file")) for _ in range(4)]
    start = threading.Barrier(4)

    def work(each: Drawers) -> None:
        start.wait()
        fill(each.connection("places"))

    threads = [threading.Thread(target=work, args=(each,)) for each in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert notes(drawers.connection("places")) == [CANARY] * 4


def test_connections_of_threads_that_ended_are_closed(drawers: Drawers) -> None:
    """A server's threads come and go all day; each left three open files a drawer behind."""
    drawers.connection("consent")

    def visit() -> None:
        fill(drawers.connection("catalogue"))
        notes(drawers.reader(("catalogue", "consent")))

    for _ in range(12):
        thread = threading.Thread(target=visit)
        thread.start()
        thread.join()
    mine = [c for c in apsw.connections() if c.filename.startswith(str(drawers.folder))]
    assert len(mine) <= 4
    assert notes(drawers.connection("catalogue")) == [CANARY] * 12
