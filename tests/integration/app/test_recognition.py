"""Looking at pictures, each purpose under its own switch, over real photos."""

from __future__ import annotations

from pathlib import Path

import pytest

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError
from safelight.settings import Settings


@pytest.fixture
def looked(library: Safelight, shared_data: Path) -> Safelight:
    library.add_folder(str(shared_data / "metadata" / "faces"))
    library.add_folder(str(shared_data / "walk-albums" / "nature"))
    library.allow([Purpose.LIBRARY, Purpose.CONTENT, Purpose.FACES])
    library.scan()
    return library


def labels(library: Safelight) -> list[object]:
    return [row.labels for row in library.assets() if row.labels is not None]


def test_pictures_are_looked_at_and_people_found(looked: Safelight) -> None:
    rows = list(looked.assets())
    assert all(row.labels is not None and row.quality is not None for row in rows)
    assert {row.faces for row in rows if "portrait" in row.path} == {2}
    assert looked.people.people()
    _, path = looked.finding.search("flower")[0]
    assert Path(path).parent.name == "nature"


def test_things_are_told_with_their_places_and_what_is_only_glimpsed_apart(
    looked: Safelight,
) -> None:
    rows = {row.id: row for row in looked.assets()}
    placed = {each.asset: each for each in looked.insights.placed()}
    assert placed.keys() == rows.keys()
    assert any(each.glimpses for each in placed.values())
    for asset, each in placed.items():
        wide, high = rows[asset].width, rows[asset].height
        for thing in (*each.objects, *each.glimpses):
            assert 0 <= thing.box.x <= thing.box.x + thing.box.width <= wide + 1
            assert 0 <= thing.box.y <= thing.box.y + thing.box.height <= high + 1
        assert all(thing.score >= 0.35 for thing in each.objects)
        assert all(0.05 <= thing.score < 0.36 for thing in each.glimpses)
        said = {name for name, _ in rows[asset].labels or ()}
        assert said.issuperset(thing.name for thing in each.objects)
    portraits = [row.id for row in rows.values() if "portrait" in row.path]
    assert [len(placed[portrait].faces) for portrait in portraits] == [2, 2]
    looked.withdraw(Purpose.CONTENT)
    assert list(looked.insights.placed()) == []


def test_withdrawing_faces_removes_people_and_leaves_content(looked: Safelight) -> None:
    looked.withdraw(Purpose.FACES)
    with pytest.raises(RefusedError):
        looked.people.people()
    assert labels(looked)
    looked.allow([Purpose.FACES])
    assert looked.people.people() == []  # nothing was kept anywhere


def test_withdrawing_content_removes_labels_and_leaves_people(looked: Safelight) -> None:
    looked.withdraw(Purpose.CONTENT)
    assert labels(looked) == []
    assert looked.people.people()
    assert all(row.faces is None and row.quality is None for row in looked.assets())


def test_a_switch_that_is_turned_on_later_catches_up(library: Safelight, shared_data: Path) -> None:
    library.add_folder(str(shared_data / "metadata" / "faces"))
    library.allow([Purpose.LIBRARY])
    library.scan()
    assert labels(library) == []
    library.allow([Purpose.FACES])
    library.scan()
    assert library.people.people()
    assert labels(library) == []  # faces were looked for, and nothing else was kept
    library.allow([Purpose.CONTENT])
    library.scan()
    assert len(labels(library)) == 2


def test_collages_keep_faces_whole(looked: Safelight) -> None:
    faces = [row.id for row in looked.assets() if "portrait" in row.path]
    choice = looked.collages.choices(faces, format="wide")
    keep = {asset: looked.making.collages._pictures.ingredients([asset])[0].keep for asset in faces}
    assert all(keep.values())
    for cell in choice.plans[0].cells:
        for face in keep[cell.asset]:
            assert cell.source.x <= face.x + 1
            assert cell.source.y <= face.y + 1
            assert face.x + face.width <= cell.source.x + cell.source.width + 1
            assert face.y + face.height <= cell.source.y + cell.source.height + 1


def test_shut_in_workers_have_every_model_before_the_doors_close(
    settings: Settings, shared_data: Path
) -> None:
    with Safelight(settings) as library:  # real workers: what is not loaded early is never loaded
        library.add_folder(str(shared_data / "metadata" / "faces"))
        library.allow([Purpose.LIBRARY, Purpose.CONTENT, Purpose.FACES])
        library.scan()
        assert all(labels(library))
        judged = [library.insights.of(row.id) for row in library.assets()]
        eyes = [each.quality.eyes for each in judged if each and each.quality]
        assert len(eyes) == len(judged)
        assert any(value is not None for value in eyes)
        assert library.people.people()
