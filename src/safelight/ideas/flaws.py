"""Photos that stand back in ideas because of how they turned out (purpose `content`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from safelight.model.sights import Looks

CLOSED_EYES, OUT_OF_FOCUS, UNLIT = 0.5, 0.12, 0.08
"""Figures (see `Quality`) under which a photo stands back."""


def figure(assets: Sequence[str], looks: Looks | None, name: str) -> NDArray[np.float32]:
    """One quality figure of every asset; not-a-number where it is not known."""
    column = np.full(len(assets), np.nan, dtype=np.float32)
    if looks is None or not looks.assets:
        return column
    table = np.frombuffer(looks.figures, "<f4").reshape(len(looks.assets), len(looks.names))
    values = table[:, looks.names.index(name)]
    row_of = {asset: row for row, asset in enumerate(looks.assets)}
    at = np.fromiter((row_of.get(asset, -1) for asset in assets), np.intp, len(assets))
    column[at >= 0] = values[at[at >= 0]]
    return column


def flaws(assets: Sequence[str], looks: Looks | None) -> NDArray[np.bool_]:
    """Which assets have closed eyes, are out of focus everywhere, or show next to nothing."""
    if looks is None:
        return np.zeros(len(assets), dtype=np.bool_)
    with np.errstate(invalid="ignore"):
        closed = figure(assets, looks, "eyes") < CLOSED_EYES
        soft = figure(assets, looks, "sharpness") < OUT_OF_FOCUS
        unlit = (figure(assets, looks, "exposure") < UNLIT) & (figure(assets, looks, "dark") < 0.5)
    return np.asarray(closed | soft | unlit)
