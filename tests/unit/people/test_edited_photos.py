"""What was said of people and photos stays when a file is written anew: tagged, turned, cropped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from safelight.analysis.faces import FaceEmbedder
from safelight.app import looking
from safelight.library.judgements import Judged, Judgements
from safelight.library.kept_in import KeptIn
from safelight.model.assets import KeptOut
from safelight.model.consent import Purpose
from safelight.model.creations import Box, Pixels
from safelight.model.observations import Embedding, FaceBox, FaceTemplate
from safelight.model.people import FacesFound
from safelight.model.quality import Quality

if TYPE_CHECKING:
    from tests.unit.people.conftest import Home, Likenesses

    from safelight.app import Safelight

MakeHome = Callable[[int], "Home"]
TAKEN = datetime(2015, 6, 12, 12)
COLOURS = [(220, 30, 30), (30, 220, 30), (30, 30, 220)]


class Cast:
    """Stands in for the models: people are known by the colours of the picture's columns."""

    def __init__(self, likenesses: Likenesses) -> None:
        self.faces = [likenesses.of(person) for person in range(len(COLOURS))]

    def templates(self, pixels: Pixels, *_: object) -> tuple[FaceTemplate, ...]:
        from tests.unit.people.conftest import template

        picture = np.frombuffer(pixels.rgb, np.uint8).reshape(pixels.height, pixels.width, 3)
        found = []
        for person, colour in enumerate(COLOURS):
            near = np.abs(picture.astype(int) - colour).sum(axis=2) < 90
            if near.any():
                rows, columns = np.nonzero(near)
                face = template(self.faces[person], 0.0)
                box = Box(
                    float(columns.min()) / pixels.width,
                    float(rows.min()) / pixels.height,
                    float(columns.max() - columns.min() + 1) / pixels.width,
                    float(rows.max() - rows.min() + 1) / pixels.height,
                )
                values = face.template.values
                moved = FaceTemplate(
                    face.analyser,
                    type(face.face)(box, 0.9, *[(0.5, 0.5)] * 6),
                    Embedding("face-template", 128, values),
                    face.quality,
                )
                found.append(moved)
        return tuple(found)


def shoot(
    path: Path,
    *people: int,
    taken: datetime = TAKEN,
    comment: str = "",
    turn: int = 0,
    scene: int = 0,
) -> None:
    """A picture with people side by side, as squares of their colours before some scene."""
    tiles = np.random.default_rng(scene).integers(90, 170, (6, 8, 1), np.uint8)
    picture = Image.fromarray(tiles.repeat(3, axis=2)).resize((320, 240), Image.Resampling.NEAREST)
    for at, person in enumerate(people):
        picture.paste(COLOURS[person], (20 + 100 * at, 40, 90 + 100 * at, 110))
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = f"{taken:%Y:%m:%d %H:%M:%S}"
    exif[0x010E] = comment
    picture.rotate(turn, expand=True).save(path, quality=95, exif=exif)


@pytest.fixture
def album(
    library: Safelight, photos: Path, likenesses_of: Callable[[int], Likenesses], monkeypatch: Any
) -> Path:
    """Six photos of Ann, three of them with Bob."""
    cast = Cast(likenesses_of(3))
    somewhere = FaceBox(Box(0, 0, 1, 1), 0.9, *[(0.5, 0.5)] * 6)
    monkeypatch.setattr(looking, "find_faces", lambda *_: (somewhere,))
    monkeypatch.setattr(looking, "find_meshes", lambda *_: [None])
    monkeypatch.setattr(FaceEmbedder, "embed", cast.templates)
    for number in range(6):
        who = (0, 1) if number % 2 else (0,)
        shoot(photos / f"{number}.jpg", *who, taken=TAKEN.replace(minute=number))
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.FACES])
    library.scan()
    return photos


def sizes(library: Safelight) -> dict[str | None, int]:
    return {row.name: len(row.faces) for row in library.people.people()}


def call(library: Safelight, **names: int) -> None:
    """Name people by how many faces they have."""
    for name, count in names.items():
        (person,) = (row.id for row in library.people.people() if len(row.faces) == count)
        library.people.name(person, name)


@pytest.mark.parametrize("turn", [0, 90])
def test_names_stay_when_every_file_is_tagged_or_turned(
    library: Safelight, album: Path, turn: int
) -> None:
    call(library, Ann=6, Bob=3)
    before = {(f.id, f.confirmed) for row in library.people.people() for f in row.faces}
    for number in range(6):
        who = (0, 1) if number % 2 else (0,)
        taken = TAKEN.replace(minute=number)
        shoot(album / f"{number}.jpg", *who, taken=taken, comment="tagged", turn=turn)
    assert library.scan().changed == 6
    assert sizes(library) == {"Ann": 6, "Bob": 3}
    assert {(f.id, f.confirmed) for row in library.people.people() for f in row.faces} == before
    assert library.people.undo() == "name"


@pytest.mark.parametrize("turn", [0, 90])
def test_who_is_never_to_be_grouped_stays_out_of_a_photo_that_is_edited(
    library: Safelight, album: Path, turn: int
) -> None:
    call(library, Ann=6)
    (bob,) = (row.id for row in library.people.people() if row.name is None)
    library.people.exclude(bob)
    for number in (1, 3, 5):
        taken = TAKEN.replace(minute=number)
        shoot(album / f"{number}.jpg", 0, 1, taken=taken, comment="tagged", turn=turn)
    library.scan()
    assert sizes(library) == {"Ann": 6}
    drawer = library._rooms.drawers.connection("faces")
    assert list(drawer.execute("select count(*) from face where template is not null")) == [(6,)]


def test_not_this_person_is_remembered_over_an_edit(library: Safelight, album: Path) -> None:
    call(library, Ann=6)
    (ann,) = (row for row in library.people.people() if row.name == "Ann")
    (face,) = (f.id for f in ann.faces if f.asset == library.moments()[0].assets[0])
    library.people.not_this_person(face)
    shoot(album / "0.jpg", 0, comment="tagged")
    library.scan()
    library.people.regroup()
    assert sizes(library)["Ann"] == 5


def test_a_date_that_was_put_right_makes_no_other_photo(library: Safelight, album: Path) -> None:
    call(library, Ann=6, Bob=3)
    for number in range(6):
        who = (0, 1) if number % 2 else (0,)
        shoot(album / f"{number}.jpg", *who, taken=TAKEN.replace(year=2016, minute=number))
    library.scan()
    assert sizes(library) == {"Ann": 6, "Bob": 3}


def test_another_picture_under_the_same_name_brings_nobody_along(
    library: Safelight, album: Path
) -> None:
    call(library, Ann=6, Bob=3)
    shoot(album / "0.jpg", 2, taken=datetime(2020, 1, 1), scene=1)
    library.scan()
    assert sizes(library) == {"Ann": 5, "Bob": 3}


def test_faces_of_an_edited_photo_that_cannot_be_looked_at_go(
    library: Safelight, album: Path, monkeypatch: Any
) -> None:
    call(library, Ann=6, Bob=3)

    def fail(*_: object) -> None:
        raise ValueError("no")

    monkeypatch.setattr(FaceEmbedder, "embed", fail)
    shoot(album / "0.jpg", 0, comment="tagged")
    library.scan()
    assert sizes(library) == {"Ann": 5, "Bob": 3}
    assert len(library.failed_looks.reasons()) == 1


def test_a_picture_brought_back_stays_in_when_it_is_tagged(library: Safelight, album: Path) -> None:
    library.allow([Purpose.CONTENT])
    library.scan()
    first, second = library.moments()[0].assets[:2]
    judged = Judgements(library._rooms.drawers)
    judged.put_quality([Judged(first, Quality(0.1, 0.1, 0.5, 0.2, 0.5, 0.5), KeptOut.BLURRED, "")])
    library.keeping_out.bring_back(first)
    shoot(album / "0.jpg", 0, comment="tagged")
    library.scan()
    drawer = library._rooms.drawers.connection("content")
    assert list(drawer.execute("select asset from kept_in")) == [(first,)]
    assert KeptIn(library._rooms.drawers).all() == set()
    library.preferences.hide(f"photo:{second}")
    shoot(album / "1.jpg", 0, 1, taken=TAKEN.replace(minute=1), comment="tagged")
    library.scan()
    assert library.preferences.preferences().hidden_assets == {second}
    shoot(album / "1.jpg", 2, taken=datetime(2020, 1, 1), scene=1)
    library.scan()
    assert library.preferences.preferences().hidden_assets == set()


def test_faces_found_again_in_an_edited_photo_are_known_by_their_templates(home: MakeHome) -> None:
    """A crop moves every box; who is in it is told by what they look like."""
    from tests.unit.people.conftest import template

    here = home(4)
    a = here.meet([0, 1], [0], [1], [0])
    ann = next(r.id for r in here.people.people() if len(r.faces) == 3)
    here.people.name(ann, "Ann")
    store = here.people._store
    old = {bytes(row["template"]): row["id"] for row in store.faces_in(a[0]) or ()}
    store.rework([a[0]])
    at = [np.frombuffer(values, "<f2").astype(np.float32) for values in old]
    crop = FacesFound(a[0], tuple(template(v, 0.6 - 0.3 * n) for n, v in enumerate(at)))
    here.people.keep([crop], "a" * 64)
    again = {bytes(row["template"]): row["id"] for row in store.faces_in(a[0]) or ()}
    assert again == old
    assert len(next(r for r in here.people.people() if r.id == ann).faces) == 3


def test_an_edited_photo_is_clear_of_nobody_until_it_was_looked_at_again(home: MakeHome) -> None:
    here = home(4)
    a = here.meet([0], [0], [1], [1])
    ann = here.of(a[0])
    members = here.rooms.book.limits.members
    assert members.clear_of((ann,)) == frozenset(a[2:])
    here.people._store.rework([a[2]])
    assert members.clear_of((ann,)) == frozenset(a[3:])
