"""Pictures made for tests: a scene with edges, gradients and known flaws."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from safelight.creations.arrays import Image


@pytest.fixture
def scene() -> Image:
    """480 by 360: sky over ground, a grey card, a few straight level lines, mild texture."""
    rng = np.random.default_rng(7)
    rows = np.linspace(0, 1, 360)[:, None, None]
    sky = np.array([0.55, 0.7, 0.9]) * (1 - 0.3 * rows)
    ground = np.array([0.42, 0.36, 0.25]) * (0.7 + 0.6 * rows)
    picture = np.where(rows < 0.5, sky, ground) * np.ones((360, 480, 1))
    picture[40:150, 40:200] = 0.5
    picture[60:90, 230:420] = [0.95, 0.95, 0.95]
    picture[220:330, 60:240] = 0.06
    picture[240:300, 290:430] = [0.8, 0.25, 0.2]
    texture = cv2.GaussianBlur(rng.normal(0, 0.08, (360, 480)), (0, 0), 1.2)
    picture = picture + np.asarray(texture)[..., None]
    return np.asarray(np.clip(picture * 255, 0, 255), np.uint8)
