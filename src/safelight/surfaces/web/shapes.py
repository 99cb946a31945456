"""Shapes of photos as classes: the page's policy forbids inline styles, so CSS knows the steps."""

from __future__ import annotations

_STEP = 5
_NARROWEST, _WIDEST = 50, 300


def ratio_class(width: int, height: int) -> str:
    """The class for a picture's width to height, in steps of 0.05 from 0.5 to 3.

    What the step does not match (at most 2.5 %, and more only beyond the ends) is cut by CSS.
    """
    if width <= 0 or height <= 0:
        return "r100"
    wanted = round(width / height * 100 / _STEP) * _STEP
    return f"r{min(_WIDEST, max(_NARROWEST, wanted))}"


def ratio_styles() -> str:
    """The stylesheet for `ratio_class`."""
    steps = range(_NARROWEST, _WIDEST + 1, _STEP)
    rules = [f".r{step}{{--r:{step / 100:g}}}" for step in steps]
    return "@layer parts {\n" + "\n".join(rules) + "\n}\n"
