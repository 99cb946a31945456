"""How good a picture is, in figures that can be said in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures of one picture, each 0 to 1, higher is better unless said otherwise.

    Attributes:
        score: all of it in one figure.
        sharpness: of the sharpest part, so that a blurred background costs nothing.
        exposure: 1 well lit; falls with clipped or drowned parts.
        contrast, colourfulness: spread of light and of colour.
        composition: whether what stands out lies where eyes rest, and the horizon is level.
        eyes: share of faces with open eyes; None without figures of faces.
        smile: share of faces that smile; None likewise.
        dark: how much it is a night picture.
        glow: how much of it is the warm light of a low sun.
        sparks: points and streaks of bright colour in the dark.
        text_cover: share of the picture that lines of text cover.
        paper: share that is one flat light tone, as paper and screens have.
        flat: share of small tiles without any texture, as drawn pictures have.
        caption: how surely words are set over or above it, as memes have them.
        bars: bars of one tone from side to side with something between, as screens have; in tenths.
    """

    score: float
    sharpness: float
    exposure: float
    contrast: float
    colourfulness: float
    composition: float
    eyes: float | None = None
    smile: float | None = None
    dark: float = 0.0
    glow: float = 0.0
    sparks: float = 0.0
    text_cover: float = 0.0
    paper: float = 0.0
    flat: float = 0.0
    caption: float = 0.0
    bars: float = 0.0
