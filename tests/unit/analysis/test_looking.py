"""What is seen in real photos, and that geometry holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from safelight.analysis.content import ContentAnalyser, objects
from safelight.analysis.content.scene import vocabulary
from safelight.analysis.faces import FaceEmbedder, detect, find_faces
from safelight.analysis.faces.embed import similarity
from safelight.analysis.framing import Array, as_array, scaled
from safelight.model.creations import Pixels
from safelight.model.observations import ContentResult

COUPLE = "apple-photos-faces.photoslibrary/originals/9/916732EA-E357-47E7-894C-DB0692F24327.jpeg"


def _photo(path: Path, edge: int = 1024) -> Array:
    read = cv2.imread(str(path))
    assert read is not None
    picture = read[..., ::-1]
    factor = edge / max(picture.shape[:2])
    size = (round(picture.shape[1] * factor), round(picture.shape[0] * factor))
    return np.ascontiguousarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))


def _pixels(picture: Array) -> Pixels:
    return Pixels(picture.shape[1], picture.shape[0], np.ascontiguousarray(picture).tobytes())


def _look(path: Path) -> ContentResult:
    return ContentAnalyser().analyse([_pixels(_photo(path))])[0]


def _names(result: ContentResult) -> set[str]:
    return {label.name for label in result.labels}


def test_scenes_and_groups(shared_data: Path) -> None:
    trip = shared_data / "trip-usa-2015"
    assert "valley" in _names(_look(trip / "IMG_6296.jpg"))
    assert {"squirrel", "animal"} <= _names(_look(trip / "IMG_5910.jpg"))
    assert {"cliff", "landscape"} <= _names(_look(trip / "IMG_6263.jpg"))


def test_objects_have_places(shared_data: Path) -> None:
    result = _look(shared_data / "metadata/faces/portrait.jpg")
    people = [thing for thing in result.objects if thing.name == "person"]
    assert len(people) >= 2
    assert min(p.box.x for p in people) < 0.4 < 0.6 < max(p.box.x + p.box.width for p in people)


def test_known_faces_are_found(shared_data: Path) -> None:
    faces = find_faces(_photo(shared_data / "metadata/faces/portrait.jpg"))
    marie = (0.368452, 0.307857)  # centre, from the regions written in the file
    assert any(
        abs(f.box.x + f.box.width / 2 - marie[0]) < 0.04
        and abs(f.box.y + f.box.height / 2 - marie[1]) < 0.05
        for f in faces
    )


def test_the_persons_right_eye_is_on_the_left_of_the_picture(shared_data: Path) -> None:
    face = find_faces(_photo(shared_data / "metadata/faces/portrait.jpg"))[0]
    assert face.right_eye[0] < face.nose[0] < face.left_eye[0]
    assert face.right_eye[1] < face.nose[1] < face.mouth[1]


def test_one_face_twice_is_close_and_two_people_are_far(shared_data: Path) -> None:
    picture = _photo(shared_data / COUPLE)
    darker = np.ascontiguousarray((picture * 0.7).astype(np.uint8)[20:, 30:])
    (her, him), (her_again, him_again) = (_templates(version) for version in (picture, darker))
    assert np.linalg.norm(her - her_again) < 0.3
    assert np.linalg.norm(him - him_again) < 0.3
    assert np.linalg.norm(her - him) > 0.6


def _templates(picture: Array) -> list[Array]:
    """One template a face, from left to right."""
    faces = sorted(find_faces(picture), key=lambda face: face.box.x)
    made = FaceEmbedder().embed(_pixels(picture), faces)
    return [np.frombuffer(item.template.values, "<f2").astype(float) for item in made]


def test_blur_and_distance_lower_the_quality_of_a_face(shared_data: Path) -> None:
    picture = _photo(shared_data / "metadata/faces/portrait.jpg")
    face = find_faces(picture)[:1]
    small = cv2.resize(picture, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA)
    views = [picture, cv2.GaussianBlur(picture, (0, 0), 6), small]
    sharp, blurred, far = (FaceEmbedder().embed(_pixels(view), face)[0].quality for view in views)
    assert blurred.score < sharp.score
    assert far.score < sharp.score
    assert far.pixels == pytest.approx(sharp.pixels * 0.3, rel=0.02)


def test_the_same_picture_gives_the_same_result(shared_data: Path) -> None:
    path = shared_data / "trip-usa-2015/IMG_1252.jpg"
    assert _look(path) == _look(path)


def test_embedding_is_a_unit_vector(shared_data: Path) -> None:
    embedding = _look(shared_data / "trip-usa-2015/IMG_1252.jpg").embedding
    assert embedding is not None
    values = np.frombuffer(embedding.values, "<f2").astype(float)
    assert len(values) == embedding.dimension == 1280
    assert np.linalg.norm(values) == pytest.approx(1, abs=0.002)


def test_results_name_every_model() -> None:
    models = dict(ContentAnalyser().analyser.models)
    assert set(models) == {"scenes", "objects", "face-boxes", "sensitive"}
    assert all(len(digest) == 64 for digest in models.values())


def test_vocabulary_is_human() -> None:
    entries = vocabulary()
    assert len(entries) == 1000
    assert all(name == name.lower() and kind in ("scene", "object") for name, kind, _ in entries)
    assert entries[978] == ("beach", "scene", ("landscape", "coast", "water"))
    assert "dog" in entries[207][2]


def test_similarity_recovers_a_known_transform() -> None:
    points = np.random.default_rng(0).normal(size=(4, 2))
    turn = 2.5 * np.array([[np.cos(0.7), -np.sin(0.7)], [np.sin(0.7), np.cos(0.7)]])
    matrix = similarity(points, points @ turn.T + (3, -8))
    assert matrix == pytest.approx(np.hstack([turn, [[3], [-8]]]))


def test_small_faces_are_not_looked_for_where_nobody_can_be(
    shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, ...]] = []
    find = detect.find_faces

    def remembered(picture: Array, passes: tuple[int, ...], *more: Any, **named: Any) -> Any:
        asked.append(passes)
        return find(picture, passes, *more, **named)

    monkeypatch.setattr(detect, "find_faces", remembered)
    assert not _look(shared_data / "trip-usa-2015/IMG_6296.jpg").faces
    assert asked == [detect.PASSES[:1]]
    asked.clear()
    assert _look(shared_data / "metadata/faces/portrait.jpg").faces
    assert asked[0][: len(detect.PASSES)] == detect.PASSES


def test_a_face_that_fills_the_picture_is_looked_at_finely_without_a_person(
    shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = _photo(shared_data / COUPLE)
    monkeypatch.setattr(objects, "find_objects", lambda *_: ())
    found = ContentAnalyser().analyse([_pixels(picture)])[0].faces
    assert found == find_faces(picture)
    assert found


def test_halves_are_made_once_and_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(1).integers(0, 256, (601, 801, 3), dtype=np.uint8)
    shared, plain = as_array(_pixels(values)), values
    sizes = ((300, 400), (100, 130), (224, 224), (288, 384))
    expected = [scaled(plain, *size) for size in sizes]
    assert all(
        np.array_equal(scaled(shared, *size), e) for size, e in zip(sizes, expected, strict=True)
    )
    calls: list[tuple[int, int]] = []
    resize = cv2.resize

    def counted(picture: Array, size: tuple[int, int], **named: Any) -> Any:
        calls.append(size)
        return resize(picture, size, **named)

    monkeypatch.setattr("safelight.analysis.framing.cv2.resize", counted)
    scaled(shared, 100, 130)
    assert calls == [(130, 100)]
    cut = as_array(_pixels(values))[100:]
    assert np.array_equal(scaled(cut, 200, 300), scaled(plain[100:], 200, 300))
