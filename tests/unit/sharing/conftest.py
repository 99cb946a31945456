"""What the tests of sharing work with."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def noise() -> Image.Image:
    """A picture in which every pixel tells something."""
    pixels = np.random.default_rng(7).integers(0, 255, (400, 600, 3), dtype=np.uint8)
    return Image.fromarray(pixels)
