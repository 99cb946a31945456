"""Rows deleted from a drawer that lives on cannot be read with its own key either."""

from __future__ import annotations

import random

import pytest

from safelight.library.drawers import Drawers
from safelight.library.held import count_rows, rows_of
from safelight.library.keys import KeyRing
from safelight.library.scrubbing import scrub

CANARY = b"canary-5c1e-row-"


def raw_pages(drawers: Drawers, name: str) -> bytes:
    """Every page of a drawer, decrypted, the free ones and the gaps included."""
    found = bytes(drawers.connection(name).serialize("main"))
    assert found.startswith(b"SQLite format 3\0"), "these are the pages as the key shows them"
    return found


def fill(drawers: Drawers, rows: int = 400) -> list[str]:
    """Previews of many sizes, with a canary in each, written and rewritten as time goes by."""
    chance = random.Random(7)
    names = [f"{number:016x}" for number in range(rows)]
    connection = drawers.connection("previews")
    for again in range(3):
        with connection:
            for name in chance.sample(names, rows if again == 0 else rows // 3):
                size = chance.choice((200, 900, 5_000, 20_000))
                jpeg = CANARY + name.encode() + b"x" * size + CANARY
                connection.execute(
                    "insert or replace into preview values (?, ?, ?)", (name, "tag", jpeg)
                )
    return names


def delete(drawers: Drawers, names: list[str]) -> None:
    rows = [(name,) for name in names]
    drawers.connection("previews").executemany("delete from preview where asset = ?", rows)


def test_what_was_deleted_is_in_no_page_and_no_log(drawers: Drawers) -> None:
    names = fill(drawers)
    gone = names[::3]
    delete(drawers, gone)
    scrubbed = scrub(drawers, ["previews", "places"])
    assert scrubbed.left == ()
    assert scrubbed.freed > 100_000
    pages = raw_pages(drawers, "previews")
    assert not [name for name in gone if name.encode() in pages]
    assert all(name.encode() in pages for name in names if name not in gone)
    log = drawers.path("previews").with_name("previews.db-wal")
    assert not log.exists() or log.stat().st_size == 0


def test_the_scan_of_pages_would_find_what_a_plain_delete_leaves(
    drawers: Drawers,
) -> None:
    """Planted: rows deleted without overwriting them stay readable under the key."""
    names = fill(drawers)
    drawers.connection("previews").pragma("secure_delete", 0)
    delete(drawers, names[::3])
    pages = raw_pages(drawers, "previews")
    assert [name for name in names[::3] if name.encode() in pages]


def test_a_drawer_that_somebody_reads_is_named(drawers: Drawers, keyring: KeyRing) -> None:
    names = fill(drawers, 40)
    other = Drawers(drawers.folder.parent, keyring)
    reading = other.connection("previews").execute("select * from preview")
    next(reading)
    delete(drawers, names[:10])
    drawers.connection("previews").set_busy_timeout(50)
    assert scrub(drawers, ["previews"]).left == ("previews",)
    other.close()


def test_rows_are_counted_by_drawer(drawers: Drawers) -> None:
    names = fill(drawers, 12)
    assert count_rows(drawers, ["previews", "places"]) == 12
    assert rows_of(drawers, names[:5]) == {"catalogue": 5, "previews": 5}
    assert rows_of(drawers, []) == {}


@pytest.mark.parametrize("name", ["faces", "content"])
def test_a_drawer_that_is_not_there_is_fine(drawers: Drawers, name: str) -> None:
    assert scrub(drawers, [name]).freed == 0
    assert not drawers.exists(name)
