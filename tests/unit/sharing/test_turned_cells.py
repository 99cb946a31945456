"""People on prints that lie askew are covered where they are, not where they would be upright."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from safelight.app.sharing.hiding import in_cell
from safelight.creations.collage import Sheet, plans_in, render
from safelight.model.creations import Box, Ingredient, Pixels

FACE = Box(1500, 300, 400, 400)


def _photo() -> Pixels:
    image = Image.new("RGB", (500, 375), "#203020")
    image.paste("#ff00ff", (188, 38, 238, 88))
    return Pixels(*image.size, image.tobytes())


@pytest.mark.parametrize("seed", range(4))
def test_a_turned_face_lies_in_its_box(seed: int) -> None:
    photos = [Ingredient(f"p{i}", 4000, 3000, keep=(FACE,)) for i in range(4)]
    plan = plans_in("polaroid", Sheet(photos, 2048, 2048, seed=seed), 1)[0]
    assert all(cell.angle for cell in plan.cells)
    drawn = Image.open(io.BytesIO(render(plan, {p.asset: _photo() for p in photos})))
    shown = np.asarray(drawn.convert("RGB"), np.int16)
    magenta = (shown[:, :, 0] > 150) & (shown[:, :, 1] < 90) & (shown[:, :, 2] > 150)
    left_over = magenta.copy()
    for cell in plan.cells:
        box = in_cell(FACE, cell)
        assert box is not None
        rows = slice(int(box.y) - 2, int(box.y + box.height) + 3)
        columns = slice(int(box.x) - 2, int(box.x + box.width) + 3)
        assert magenta[rows, columns].mean() > 0.6
        left_over[rows, columns] = False
    assert magenta.sum() > 1000
    assert left_over.sum() == 0
