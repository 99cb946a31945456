"""What a survey of a video is asked, and what it answers; also as it is kept."""

from __future__ import annotations

from typing import Any

from safelight.creations.film import Look, Moving
from safelight.engine import header_of, pack
from safelight.model.creations import Box
from safelight.model.errors import WireError

VERSION = "1"
"""Of what is measured and found; what another version saw is looked at again."""

_FIGURES = ("at", "sharpness", "motion", "pan", "light")


def build_survey_request(seconds: float | None, *, faces: bool = False) -> bytes:
    """Frame a survey.

    Args:
        seconds: how long the video is said to be.
        faces: whether faces are looked for.
    """
    return pack({"seconds": seconds or 0.0, "faces": faces})


def parse_survey(part: bytes, *, live: bool) -> Moving:
    """What a survey found.

    Raises:
        WireError: the message is damaged.
    """
    return moving_of(header_of(part), live=live)


def moving_of(said: dict[str, Any], *, live: bool) -> Moving:
    """What a survey found, from the JSON that was kept of it.

    Raises:
        WireError: it is damaged.
    """
    try:
        looks = tuple(_from_json(look) for look in said["looks"])
        size = int(said["width"]), int(said["height"])
        return Moving(*size, float(said["seconds"]), looks, live, faced=bool(said["faced"]))
    except (KeyError, TypeError, ValueError) as error:
        raise WireError("damaged survey") from error


def moving_to_json(found: Moving) -> dict[str, Any]:
    """What a survey found, rounded to what is known; whether it is live the asset tells."""
    size = {"width": found.width, "height": found.height, "seconds": found.seconds}
    return {**size, "faced": found.faced, "looks": [_to_json(look) for look in found.looks]}


def _to_json(look: Look) -> dict[str, Any]:
    figures = {name: round(float(getattr(look, name)), 5) for name in _FIGURES}
    eye = look.eye and _four(look.eye)
    return {**figures, "faces": [_four(face) for face in look.faces], "eye": eye}


def _four(box: Box) -> list[float]:
    return [round(value, 4) for value in (box.x, box.y, box.width, box.height)]


def _from_json(said: dict[str, Any]) -> Look:
    faces, eye = (Box(*map(float, box)) for box in said["faces"]), said["eye"]
    figures = {name: float(said[name]) for name in _FIGURES}
    return Look(**figures, faces=tuple(faces), eye=Box(*map(float, eye)) if eye else None)
