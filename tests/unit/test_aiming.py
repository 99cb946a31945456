"""Where pages crop photos: faces stay whole in every shape in which they fit."""

from __future__ import annotations

import random

import pytest

from safelight.app.aiming import aim_at
from safelight.model.creations import Box
from safelight.surfaces.web.shapes import aim_class, ratio_styles


@pytest.mark.parametrize("shown", [0.45, 0.6, 0.8, 1.0])
def test_faces_that_fit_are_whole_whatever_is_shown(shown: float) -> None:
    chance = random.Random(5)
    whole = 0
    for _ in range(400):
        faces = []
        for _ in range(chance.randint(1, 3)):
            side = chance.uniform(0.03, 0.3)
            faces.append(
                Box(chance.uniform(0, 1 - side), chance.uniform(0.2, 1 - side), side, side)
            )
        aim = aim_at(faces)
        assert aim
        left, right = min(f.x for f in faces), max(f.x + f.width for f in faces)
        begins = aim[0] * (1 - shown)  # what CSS cuts at the left
        if right - left <= shown:
            whole += 1
            assert begins <= left + 1e-9
            assert right <= begins + shown + 1e-9
    assert whole > 50


def test_without_faces_the_middle_will_do() -> None:
    assert aim_at([]) is None
    assert aim_class(None) == ""
    assert aim_at([Box(0.0, 0.0, 1.0, 1.0)]) == (0.5, 0.5, 0.5)


def test_a_card_that_is_too_narrow_for_everyone_cuts_between_them() -> None:
    """Two girls at the ends of a wide picture: one of them whole, the other not at all."""
    left, right = Box(0.1, 0.2, 0.12, 0.2), Box(0.75, 0.2, 0.13, 0.2)
    aim = aim_at([left, right], 3 / 2)
    assert aim is not None
    shown = 4 / 5 / (3 / 2)
    begins = aim.narrow * (1 - shown)
    assert left.x + left.width <= begins
    assert right.x + right.width <= begins + shown
    roomy = aim_at([left, Box(0.4, 0.2, 0.12, 0.2)], 3 / 2)
    assert roomy is not None
    assert roomy.narrow == roomy.across


def test_every_aim_has_its_rules() -> None:
    styles = ratio_styles()
    for share in (0.0, 0.013, 0.5, 0.999, 1.0):
        named = aim_class((share, 1 - share, share)).split()
        assert named[0] == "aimed-at"
        assert all(f".{name}{{" in styles for name in named[1:])
