"""Quality figures of pictures whose faults are known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from safelight.analysis.quality import Candidate, best_of, judge
from safelight.analysis.quality.bars import bars
from safelight.analysis.quality.measure import FaceFigures, _middle, measure
from safelight.model.assets import KeptOut
from safelight.model.creations import Box, Pixels
from safelight.model.errors import AnalysisError
from safelight.model.observations import Analyser, ContentResult, FaceBox, Label
from safelight.model.quality import Quality

Picture = NDArray[np.uint8]
GOOD = Quality(0.8, 0.9, 0.9, 0.8, 0.6, 0.7)


def pixels(picture: Picture) -> Pixels:
    return Pixels(picture.shape[1], picture.shape[0], np.ascontiguousarray(picture).tobytes())


def scene(seed: int = 0) -> Picture:
    """Shapes and texture, as detailed as a photo."""
    rng = np.random.default_rng(seed)
    picture = np.full((480, 640, 3), 90, np.uint8)
    for _ in range(120):
        x, y, size = rng.integers(0, 640), rng.integers(0, 480), rng.integers(8, 70)
        colour = tuple(int(value) for value in rng.integers(20, 235, 3))
        cv2.circle(picture, (int(x), int(y)), int(size), colour, -1, cv2.LINE_AA)
    return np.clip(picture + rng.normal(0, 3, picture.shape), 0, 255).astype(np.uint8)


def blurred(picture: Picture, sigma: float) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)


def test_blur_lowers_sharpness_step_by_step() -> None:
    figures = [measure(pixels(blurred(scene(), s))).sharpness for s in (0.3, 1.5, 3, 6, 12)]
    assert figures == sorted(figures, reverse=True)
    assert figures[0] > 0.8
    assert figures[-1] < 0.2


def test_noise_does_not_pass_for_sharpness() -> None:
    rng = np.random.default_rng(0)
    soft = blurred(scene(), 10)
    noisy = np.clip(soft + rng.normal(0, 18, soft.shape), 0, 255).astype(np.uint8)
    assert measure(pixels(noisy)).sharpness < measure(pixels(soft)).sharpness + 0.1


def test_a_blurred_background_costs_nothing() -> None:
    picture = blurred(scene(), 10)
    picture[120:360, 200:440] = scene()[120:360, 200:440]
    assert measure(pixels(picture)).sharpness > 0.8


def test_sharpness_of_the_face_counts_where_there_is_one() -> None:
    picture = scene()
    picture[120:360, 200:440] = blurred(picture, 10)[120:360, 200:440]
    face = FaceFigures(Box(200 / 640, 120 / 480, 240 / 640, 240 / 480))
    assert measure(pixels(picture), [face]).sharpness < measure(pixels(picture)).sharpness - 0.2


def test_clipped_and_drowned_pictures_are_badly_exposed() -> None:
    normal = scene()
    burnt = np.clip(normal.astype(np.int32) * 4 + 120, 0, 255).astype(np.uint8)
    drowned = (normal // 16).astype(np.uint8)
    good = measure(pixels(normal)).exposure
    assert measure(pixels(burnt)).exposure < good - 0.3
    assert measure(pixels(drowned)).exposure < good - 0.2


def test_fireworks_are_sparks_and_a_street_by_day_is_none() -> None:
    rng = np.random.default_rng(1)
    night = np.zeros((480, 640, 3), np.uint8)
    for _ in range(200):
        x, y = int(rng.integers(100, 540)), int(rng.integers(30, 250))
        cv2.line(night, (x, y), (x + 6, y + 5), (255, 140, 40), 2)
    assert measure(pixels(night)).sparks > 0.5
    assert measure(pixels(night)).dark > 0.5
    assert measure(pixels(scene())).sparks == 0


def test_bright_words_on_black_are_no_fireworks() -> None:
    card = np.zeros((480, 640, 3), np.uint8)
    for row, words in enumerate(("UTC 2024-04-13 20:36:30", "London 21:36:30")):
        place = (30, 120 + 70 * row)
        cv2.putText(card, words, place, cv2.FONT_HERSHEY_SIMPLEX, 1.4, (255, 180, 40), 3)
    assert measure(pixels(card)).sparks == 0


def test_a_low_sun_glows() -> None:
    picture = np.zeros((480, 640, 3), np.uint8)
    rows = np.linspace(0, 1, 360)[:, None]
    picture[:360] = np.stack([200 + 40 * rows, 90 + 40 * rows, 30 + 0 * rows], -1).astype(np.uint8)
    picture[360:] = 15
    assert measure(pixels(picture)).glow > 0.5
    assert measure(pixels(scene())).glow < 0.3


@settings(max_examples=25, deadline=None)
@given(width=st.integers(1, 90), height=st.integers(1, 90), seed=st.integers(0, 9))
def test_figures_stay_between_0_and_1_for_any_size(width: int, height: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    picture = rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
    found = measure(pixels(picture), [FaceFigures(Box(-0.2, 0.1, 0.9, 2.0), 0.5, None)])
    for name in Quality.__dataclass_fields__:
        value = getattr(found, name)
        assert value is None or 0 <= value <= 1, name


@pytest.mark.parametrize("size", [(1, 20000), (20000, 1), (1, 1)])
def test_odd_shapes(size: tuple[int, int]) -> None:
    measure(Pixels(size[0], size[1], bytes(3 * size[0] * size[1])))


def test_pixels_that_lie_are_refused() -> None:
    with pytest.raises(AnalysisError):
        measure(Pixels(4, 4, b"123"))


# What stays out


def seen(
    *labels: tuple[str, float], faces: int = 0, sensitive: float | None = None
) -> ContentResult:
    face = FaceBox(Box(0, 0, 0.2, 0.2), 0.9, *[(0.1, 0.1)] * 6)
    words = tuple(Label(name, score, "object") for name, score in labels)
    return ContentResult(Analyser("t", "1"), words, faces=(face,) * faces, sensitive=sensitive)


def quality(**figures: float) -> Quality:
    return Quality(**{**{name: getattr(GOOD, name) for name in _FIVE}, **figures})


_FIVE = ("score", "sharpness", "exposure", "contrast", "colourfulness", "composition")
PAPER = {"paper": 0.7, "colourfulness": 0.1}

VERDICTS = [
    ("a good photo", GOOD, seen(("dog", 0.9)), True, None),
    ("nothing sharp", quality(sharpness=0.1), seen(), True, KeptOut.BLURRED),
    ("soft but lit by sparks", quality(sharpness=0.2, sparks=0.9), seen(), True, None),
    (
        "paper and the word for it",
        quality(**PAPER),
        seen(("document", 0.5)),
        True,
        KeptOut.DOCUMENT,
    ),
    ("only the word for it", GOOD, seen(("document", 0.5)), True, None),
    (
        "paper under a lamp",
        quality(paper=0.5, colourfulness=0.4),
        seen(("document", 0.5), ("menu", 0.4)),
        True,
        KeptOut.DOCUMENT,
    ),
    ("a chart", quality(flat=0.8, paper=0.9), seen(), False, KeptOut.SCREENSHOT),
    ("only paper", quality(**PAPER), seen(("snow", 0.5)), True, None),
    ("text on paper", quality(**PAPER, text_cover=0.2), seen(), True, KeptOut.DOCUMENT),
    ("someone holding it", quality(**PAPER), seen(("document", 0.5), faces=1), True, None),
    ("drawn, no camera", quality(flat=0.5), seen(("screenshot", 0.6)), False, KeptOut.SCREENSHOT),
    ("drawn, a camera", quality(flat=0.5), seen(("screenshot", 0.6)), True, None),
    ("a plain sky", quality(flat=0.5), seen(("kite", 0.6)), False, None),
    ("nudity", GOOD, seen(sensitive=0.95), True, KeptOut.SENSITIVE),
    ("a beach", GOOD, seen(sensitive=0.5), True, None),
]


@pytest.mark.parametrize("case", VERDICTS, ids=[case[0] for case in VERDICTS])
def test_verdicts(case: tuple[str, Quality, ContentResult, bool, KeptOut | None]) -> None:
    _, figures, content, has_camera, expected = case
    verdict = judge(figures, content, has_camera=has_camera, size=(4000, 3000))
    assert verdict.kept_out == expected
    assert bool(verdict.why) == (expected is not None)


PHONE, SENT_ON, DESK, STORY = (1170, 2532), (739, 1600), (1440, 900), (1080, 1920)
FEED = quality(bars=0.6, flat=0.16)
"""A feed of photos: bars between them, and hardly a level tile."""

SCREENS = [
    ("faces in a feed", FEED, seen(faces=2), PHONE, KeptOut.SCREENSHOT),
    ("made smaller by a messenger", FEED, seen(faces=1), SENT_ON, KeptOut.SCREENSHOT),
    ("lying on its side", FEED, seen(), PHONE[::-1], KeptOut.SCREENSHOT),
    ("on a desk", FEED, seen(faces=1), DESK, KeptOut.SCREENSHOT),
    ("any size, with the word for it", FEED, seen(("screen", 0.7)), (900, 700), KeptOut.SCREENSHOT),
    ("said for sure, with faces", quality(flat=0.3), seen(("screenshot", 0.7), faces=1), (900, 700),
     KeptOut.SCREENSHOT),
    ("said in doubt, with faces", quality(flat=0.3), seen(("screenshot", 0.6), faces=1), (900, 700),
     None),
    ("a collage with white between", FEED, seen(faces=3), (2000, 2000), None),
    ("a story", FEED, seen(faces=1), STORY, None),
    ("a photo cut to a phone's shape", quality(flat=0.5), seen(), PHONE, None),
    ("a sky above a ground, cut so", quality(flat=0.3, bars=0.1), seen(), PHONE, None),
    ("drawn, in a phone's shape", quality(flat=0.5, bars=0.1), seen(), PHONE, KeptOut.SCREENSHOT),
    ("a title on black", quality(flat=0.9, bars=0.4), seen(), PHONE, None),
]  # fmt: skip


@pytest.mark.parametrize("case", SCREENS, ids=[case[0] for case in SCREENS])
def test_screens(
    case: tuple[str, Quality, ContentResult, tuple[int, int], KeptOut | None],
) -> None:
    _, figures, content, size, expected = case
    assert judge(figures, content, has_camera=False, size=size).kept_out == expected
    assert judge(figures, content, has_camera=True, size=size).kept_out is None


def test_bars_are_counted_between_what_is_shown() -> None:
    rng = np.random.default_rng(3)
    feed = rng.integers(0, 256, (500, 230), np.uint8)
    assert bars(feed) == 0.0
    for top in (0, 150, 300, 480):
        feed[top : top + 20] = 240
    assert bars(feed) == 0.4
    feed[250] = 17  # a line is no bar
    feed[350:380, 40:] = 255  # nor is what does not go from side to side
    assert bars(feed) == 0.4
    for top in range(0, 500, 10):
        feed[top : top + 3] = 255
    assert bars(feed) == 1.0


def test_a_clear_sky_is_one_bar_at_most() -> None:
    sky = np.repeat(np.linspace(180, 230, 500)[:, None], 300, axis=1)
    sky += np.random.default_rng(4).uniform(-1.6, 1.6, sky.shape)
    sky[400:] = np.random.default_rng(5).integers(0, 256, (100, 300))
    assert bars(sky.astype(np.uint8)) <= 0.1


@pytest.mark.parametrize("size", [(1, 1), (1, 20000), (20000, 1), (2, 2)])
def test_bars_of_odd_sizes(size: tuple[int, int]) -> None:
    assert 0.0 <= bars(np.zeros(size, np.uint8)) <= 0.1


# The best of a burst

BEST = [
    ("the sharpest", [quality(sharpness=0.5), quality(sharpness=0.9)], 1, "it is the sharpest"),
    ("the best lit", [quality(exposure=0.9), quality(exposure=0.5)], 0, "it is the best lit"),
    (
        "open eyes before sharpness",
        [quality(sharpness=0.95, eyes=0.0), quality(sharpness=0.8, eyes=1.0)],
        1,
        "eyes are open",
    ),
    (
        "a smile",
        [quality(eyes=1.0, smile=0.0), quality(eyes=1.0, smile=1.0)],
        1,
        "people smile",
    ),
    ("a tie", [GOOD, GOOD], 0, "it is as good as the others, and came first"),
]


@pytest.mark.parametrize("case", BEST, ids=[case[0] for case in BEST])
def test_the_best_has_a_reason(case: tuple[str, list[Quality], int, str]) -> None:
    _, figures, winner, why = case
    chosen = best_of([Candidate(str(i), figure) for i, figure in enumerate(figures)])
    assert (chosen.id, chosen.why) == (str(winner), why)


def test_the_persons_rating_decides_first() -> None:
    poor, good = Candidate("poor", quality(sharpness=0.4), rating=5), Candidate("good", GOOD)
    assert best_of([good, poor]) == best_of([poor, good])
    assert best_of([poor, good]).why == "you rated it highest"
    with pytest.raises(ValueError, match="nothing"):
        best_of([])


def test_a_frame_whose_faces_were_not_read_is_not_held_to_have_shut_eyes() -> None:
    lost = Candidate("lost", quality(sharpness=0.95))
    seen = Candidate("seen", quality(sharpness=0.6, eyes=0.9, smile=0.5))
    assert best_of([seen, lost]).id == "lost"


@given(st.lists(st.integers(0, 255), min_size=1, max_size=60))
def test_the_middle_of_counted_levels_is_their_median(levels: list[int]) -> None:
    values = np.array(levels, np.uint8)
    assert _middle(values) == np.median(values)
