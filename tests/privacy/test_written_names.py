"""Names that other programs wrote at faces tell who is in a picture: they are for `faces` alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import apsw
import pytest

from safelight.app import Safelight
from safelight.library.migrations import migrate, scripts, version
from safelight.model.consent import Purpose, Scope

NAME = "Marie Curie"


@pytest.fixture
def portraits(library: Safelight, shared_data: Path, tmp_path: Path) -> Safelight:
    """Two portraits with names in them, and the same names as keywords in a sidecar."""
    folder = tmp_path / "portraits"
    folder.mkdir()
    for path in (shared_data / "metadata" / "faces").glob("portrait*.jpg"):
        (folder / path.name).write_bytes(path.read_bytes())
    library.add_folder(str(folder))
    return library


def said(library: Safelight) -> str:
    """Everything that lists, search, ideas and suggestions say, in one text."""
    rows = [asdict(row) for row in library.assets()]
    details = [asdict(d) for row in library.assets() if (d := library.showing.asset(row.id))]
    ideas = [asdict(card) for card in library.ideas("all")]
    offers = asdict(library.finding.suggestions())
    moments = [asdict(moment) for moment in library.moments()]
    return json.dumps([rows, details, ideas, offers, moments], default=str)


def kept(library: Safelight) -> str:
    """Every text in every drawer, as far as drawers can be opened."""
    return "\n".join(_texts(library))


def _texts(library: Safelight) -> Iterator[str]:
    drawers = library._rooms.drawers
    for path in sorted(drawers.folder.glob("*.db")):
        connection = drawers.connection(path.stem)
        tables = connection.execute("select name from sqlite_schema where type = 'table'")
        for (table,) in list(tables):
            for row in connection.execute(f'select * from "{table}"'):
                yield from (f"{path.stem}: {value}" for value in row if isinstance(value, str))


def found(library: Safelight) -> list[str]:
    return [Path(path).name for _, path in library.finding.search(f'"{NAME}"')]


def test_without_faces_no_name_is_read_kept_or_said(portraits: Safelight) -> None:
    portraits.allow([Purpose.LIBRARY, Purpose.CONTENT, Purpose.SUGGEST])
    portraits.scan()
    assert NAME not in kept(portraits)
    assert NAME not in said(portraits)
    assert found(portraits) == []
    assert {row.people for row in portraits.assets()} == {None}


def test_with_faces_the_names_are_found_and_lie_in_its_drawer_alone(portraits: Safelight) -> None:
    portraits.allow([Purpose.LIBRARY, Purpose.FACES])
    portraits.scan()
    assert len(found(portraits)) == 2
    assert all(NAME in (row.people or ()) for row in portraits.assets())
    lines = [line for line in kept(portraits).splitlines() if NAME in line]
    assert lines
    assert {line.partition(":")[0] for line in lines} == {"faces"}


def test_turned_on_later_they_come_with_the_next_scan(portraits: Safelight) -> None:
    portraits.allow([Purpose.LIBRARY])
    portraits.scan()
    assert found(portraits) == []
    portraits.allow([Purpose.FACES])
    portraits.scan()
    assert len(found(portraits)) == 2


def test_withdrawing_faces_takes_them_away_everywhere_at_once_and_leaves_content(
    portraits: Safelight,
) -> None:
    portraits.allow([Purpose.LIBRARY, Purpose.CONTENT, Purpose.FACES, Purpose.SUGGEST])
    portraits.scan()
    person = portraits.people.people()[0]
    portraits.people.name(person.id, "Mme C")
    assert portraits.finding.search("Mme")
    labels = {row.id: row.labels for row in portraits.assets()}
    portraits.withdraw(Purpose.FACES)
    for name in (NAME, "Mme C"):
        assert name not in said(portraits)
        assert name not in kept(portraits)
    assert found(portraits) == []
    assert portraits.finding.search("Mme") == []
    assert {row.id: row.labels for row in portraits.assets()} == labels
    assert all(row.labels is not None for row in portraits.assets())


def test_withdrawing_content_leaves_the_names(portraits: Safelight) -> None:
    portraits.allow([Purpose.LIBRARY, Purpose.CONTENT, Purpose.FACES])
    portraits.scan()
    portraits.withdraw(Purpose.CONTENT)
    assert all(row.labels is None for row in portraits.assets())
    assert len(found(portraits)) == 2
    assert portraits.people.people()


def test_names_follow_the_scope_of_faces(portraits: Safelight, tmp_path: Path) -> None:
    portraits.allow([Purpose.LIBRARY])
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    portraits.add_folder(str(elsewhere))
    portraits.allow([Purpose.FACES], Scope(folders=(str(elsewhere),)))
    portraits.scan()
    assert NAME not in kept(portraits)
    assert found(portraits) == []


def test_never_grouping_somebody_erases_the_written_name_too(portraits: Safelight) -> None:
    portraits.allow([Purpose.LIBRARY, Purpose.FACES])
    portraits.scan()
    marie = next(row for row in portraits.people.people() if NAME in row.suggested)
    portraits.people.exclude(marie.id)
    assert NAME not in kept(portraits)
    assert found(portraits) == []
    portraits._rooms.drawers.connection("faces").execute("delete from looked")
    portraits.scan()  # a new look at the same photos does not bring it back
    assert NAME not in kept(portraits)


def test_hidden_people_are_not_said_by_their_written_name(portraits: Safelight) -> None:
    portraits.allow([Purpose.LIBRARY, Purpose.FACES])
    portraits.scan()
    marie = next(row for row in portraits.people.people() if NAME in row.suggested)
    portraits.people.hide(marie.id)
    assert found(portraits) == []
    portraits.people.hide(marie.id, hidden=False)
    assert len(found(portraits)) == 2


def test_an_older_catalogue_loses_the_names_it_held() -> None:
    connection = apsw.Connection(":memory:")
    connection.execute(scripts("catalogue")[0])
    connection.pragma("user_version", 1)
    connection.execute("insert into source values (1, 'folder', '/p', '2026', 1, null)")
    regions = [[NAME, "face", [0.1, 0.1, 0.2, 0.2]], ["Rex", "pet", [0.5, 0.5, 0.1, 0.1]]]
    _old_asset(connection, json.dumps(["marie curie", "Rex", "Paris"]), json.dumps(regions))
    migrate(connection, "catalogue")
    assert version(connection) == len(scripts("catalogue"))
    columns = [row[1] for row in connection.execute("pragma table_info(asset)")]
    assert "regions" not in columns
    ((keywords,),) = connection.execute("select keywords from asset")
    assert json.loads(keywords) == ["Rex", "Paris"]


def _old_asset(connection: apsw.Connection, keywords: str, regions: str) -> None:
    values: dict[str, Any] = {
        "id": "one", "source": 1, "folder": "/p", "path": "/p/a.jpg", "kind": "photo",
        "media_type": "image/jpeg", "digest": b"x", "size": 1, "catalogued_at": "2026",
        "keywords": keywords, "regions": regions,
    }  # fmt: skip
    marks = ", ".join("?" * len(values))
    connection.execute(
        f"insert into asset ({', '.join(values)}) values ({marks})", tuple(values.values())
    )
