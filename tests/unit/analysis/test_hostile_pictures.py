"""No picture, however odd, breaks an analyser: it gives little or nothing, within bounds."""

from __future__ import annotations

import numpy as np
import pytest

from safelight.analysis.content import ContentAnalyser
from safelight.analysis.faces import FaceEmbedder, find_faces
from safelight.model.creations import Box, Pixels
from safelight.model.errors import AnalysisError
from safelight.model.observations import ContentResult, FaceBox

SHAPES = {
    "one pixel": (1, 1),
    "a line": (1, 20_000),
    "a pole": (20_000, 1),
    "thin": (20, 3_000),
    "tiny": (15, 15),
}
FLAT = {
    "black": (0, 0, 0),
    "white": (255, 255, 255),
    "grey": (128, 128, 128),
    "skin": (224, 172, 105),
}


def _flat(height: int, width: int, colour: tuple[int, int, int] = (90, 120, 30)) -> Pixels:
    return Pixels(width, height, np.full((height, width, 3), colour, np.uint8).tobytes())


def _face(x: float = 0.5, y: float = 0.5, size: float = 0.1) -> FaceBox:
    """A face box of which only the points matter."""
    low, high = x - size / 4, x + size / 4
    return FaceBox(
        Box(x - size / 2, y - size / 2, size, size),
        0.9,
        right_eye=(low, y - size / 8),
        left_eye=(high, y - size / 8),
        nose=(x, y),
        mouth=(x, y + size / 4),
        right_ear=(x - size / 2, y),
        left_ear=(x + size / 2, y),
    )


@pytest.fixture(scope="module")
def content() -> ContentAnalyser:
    return ContentAnalyser()


def _bounded(result: ContentResult) -> bool:
    boxes = [thing.box for thing in result.objects] + [face.box for face in result.faces]
    inside = all(0 <= b.x <= 1 and 0 <= b.y <= 1 and b.width <= 1 and b.height <= 1 for b in boxes)
    scores = [label.score for label in result.labels] + [item.score for item in result.objects]
    return inside and all(0 <= score <= 1.0001 for score in scores)


@pytest.mark.parametrize("name", SHAPES)
def test_nothing_is_seen_where_nothing_can_be(name: str, content: ContentAnalyser) -> None:
    (result,) = content.analyse([_flat(*SHAPES[name])])
    assert result == ContentResult(content.analyser)


@pytest.mark.parametrize("name", FLAT)
def test_flat_pictures_show_no_one(name: str, content: ContentAnalyser) -> None:
    (result,) = content.analyse([_flat(300, 400, FLAT[name])])
    assert result.faces == ()
    assert not [thing for thing in result.objects if thing.name == "person"]
    assert _bounded(result)
    assert result.embedding is not None


def test_noise_stays_within_bounds(content: ContentAnalyser) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (600, 333, 3), np.uint8)
    (result,) = content.analyse([Pixels(333, 600, noise.tobytes())])
    assert _bounded(result)


def test_a_long_strip_is_looked_at(content: ContentAnalyser) -> None:
    (result,) = content.analyse([_flat(60, 2_000)])
    assert result.embedding is not None
    assert _bounded(result)


def test_small_and_large_pictures_share_a_batch(content: ContentAnalyser) -> None:
    sizes = [(1, 1), (64, 64), (1, 9), (200, 100)]
    results = content.analyse([_flat(*size) for size in sizes])
    assert [result.embedding is not None for result in results] == [False, True, False, True]
    assert content.analyse([]) == []


def test_bytes_that_do_not_fit_are_an_error(content: ContentAnalyser) -> None:
    for pixels in (Pixels(10, 10, b"\0" * 10), Pixels(0, 0, b""), Pixels(-1, -1, b"\0" * 3)):
        with pytest.raises(AnalysisError):
            content.analyse([pixels])


def test_faces_too_small_to_compare_are_left_out() -> None:
    made = FaceEmbedder().embed(_flat(100, 100), [_face(size=0.05), _face(size=0.5)])
    assert [template.face for template in made] == [_face(size=0.5)]


@pytest.mark.parametrize(("x", "y"), [(0.0, 0.0), (1.0, 1.0), (1.4, -0.3)])
def test_faces_over_the_edge_are_templates_too(x: float, y: float) -> None:
    (template,) = FaceEmbedder().embed(_flat(200, 300), [_face(x, y, 0.4)])
    values = np.frombuffer(template.template.values, "<f2")
    assert np.isfinite(values).all()
    assert template.quality.sharpness == 0


def test_points_that_fall_together_do_not_divide_by_zero() -> None:
    point = (0.5, 0.5)
    face = FaceBox(Box(0.4, 0.4, 0.2, 0.2), 0.9, point, (0.7, 0.5), point, point, point, point)
    (template,) = FaceEmbedder().embed(_flat(200, 300), [face])
    assert template.quality.frontal == 0 or template.quality.score >= 0


def test_no_face_in_a_picture_of_one_row() -> None:
    assert find_faces(np.zeros((1, 5000, 3), np.uint8)) == ()
