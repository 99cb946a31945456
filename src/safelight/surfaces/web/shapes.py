"""Shapes of photos, and where they are cropped, as classes that CSS knows in steps.

The policy of the pages forbids inline styles.
"""

from __future__ import annotations

_STEP = 5
_NARROWEST, _WIDEST = 50, 300
_AIM_STEP = 2
_NARROW = ".card-cover, .hit-picture, .pick, .strip-picture"
"""What shows pictures about as narrow as a card: see `Aim.narrow`."""


def ratio_class(width: int, height: int) -> str:
    """The class for a picture's width to height, in steps of 0.05 from 0.5 to 3.

    What the step does not match (at most 2.5 %, and more only beyond the ends) is cut by CSS.
    """
    if width <= 0 or height <= 0:
        return "r100"
    wanted = round(width / height * 100 / _STEP) * _STEP
    return f"r{min(_WIDEST, max(_NARROWEST, wanted))}"


def aim_class(aim: tuple[float, float, float] | None) -> str:
    """The classes for a picture that is cropped elsewhere than in its middle, in steps of 2 %."""
    if aim is None:
        return ""
    across, down, narrow = (round(share * 100 / _AIM_STEP) * _AIM_STEP for share in aim)
    return f"aimed-at x{across} y{down} n{narrow}"


def ratio_styles() -> str:
    """The stylesheet for `ratio_class` and `aim_class`."""
    steps = range(_NARROWEST, _WIDEST + 1, _STEP)
    rules = [f".r{step}{{--r:{step / 100:g}}}" for step in steps]
    rules.append("img.aimed-at{object-position:var(--x) var(--y)}")
    rules.append(f":is({_NARROW}) img.aimed-at{{object-position:var(--n) var(--y)}}")
    rules.append(
        "@media (max-width: 760px){"
        ".mosaic img.aimed-at{object-position:var(--n) var(--y)}"
        ".shelf-1 .card-cover img.aimed-at{object-position:var(--x) var(--y)}}"
    )
    for step in range(0, 101, _AIM_STEP):
        rules += [f".{axis}{step}{{--{axis}:{step}%}}" for axis in "xyn"]
    return "@layer parts {\n" + "\n".join(rules) + "\n}\n"
