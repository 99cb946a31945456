"""What is known of a photo, in words: its time, its place, what was seen in it, how good it is."""

from __future__ import annotations

from collections.abc import Sequence

from safelight.model.assets import ClockEvidence, TimeSource
from safelight.model.places import Place
from safelight.model.quality import Quality
from safelight.surfaces.web.number_words import count

_TIME_SOURCES = {
    TimeSource.EXIF: "from the camera",
    TimeSource.XMP: "from XMP data in the photo",
    TimeSource.SIDECAR: "from a sidecar file",
    TimeSource.TAKEOUT: "from the Takeout export",
    TimeSource.FILENAME: "from the file name",
    TimeSource.FILE: "from the date of the file itself, so it may be wrong",
}


def time_source(value: TimeSource | None) -> str:
    """Where a capture time came from."""
    return _TIME_SOURCES.get(value, "") if value else ""


def clock_shift(seconds: float, evidence: ClockEvidence | None) -> str:
    """How a camera's clock was wrong, and what says so; empty where it was not."""
    if evidence is None:
        return ""
    return (
        f"the camera's clock was {_span(abs(seconds))} {_FAST[seconds < 0]}, as {_SAYS[evidence]}"
    )


_FAST = ("slow", "fast")

_SAYS = {
    ClockEvidence.OWN_FIX: "the time of its GPS shows",
    ClockEvidence.SAME_CAMERA: "the GPS times of photos around it from the same camera show",
}


def _span(seconds: float) -> str:
    for unit, length in (("day", 86_400.0), ("hour", 3_600.0), ("minute", 60.0)):
        number = round(seconds / length)
        if seconds >= 1.9 * length or (number and unit != "day"):
            return f"{number} {unit}{'s' if number != 1 else ''}"
    return "less than a minute"


def place(value: Place | None) -> str:
    """A place from the smallest name to the country, each once."""
    if value is None:
        return ""
    names = [name for name in (value.city, value.region, value.country) if name]
    return ", ".join(dict.fromkeys(names))


_REASONS = {
    "screenshot": ("Screenshots", "Screens, drawn pictures and memes that no camera took."),
    "document": ("Documents", "Papers, notes, receipts and pages."),
    "blurred": ("Blurred", "Nothing in them is sharp."),
    "duplicate": ("Duplicates", "Nearly the same picture more than once; the best one is used."),
    "sensitive": ("Sensitive", "They may show nudity. Covered until you look."),
    "hidden": ("Hidden", "With somebody whom you hid."),
}


def reason_title(value: str) -> str:
    """What kept-out pictures of one reason are called."""
    return _REASONS[str(value)][0]


def reason_words(value: str) -> str:
    """Why pictures of one reason are kept out."""
    return _REASONS[str(value)][1]


def things(found: Sequence[tuple[str, int, float]]) -> list[tuple[str, str]]:
    """Things seen, each with how sure that is: ("2 chairs", "likely")."""
    return [
        (name if number == 1 else count(number, name, _MANY.get(name)), surely(score))
        for name, number, score in found
    ]


_MANY = {
    "person": "people",
    "knife": "knives",
    "mouse": "mice",
    "sheep": "sheep",
    "bus": "buses",
    "bench": "benches",
    "couch": "couches",
    "sandwich": "sandwiches",
    "wine glass": "wine glasses",
    "toothbrush": "toothbrushes",
    "skis": "pairs of skis",
    "scissors": "pairs of scissors",
}


def verdict(quality: Quality) -> str:
    """How good a picture is, in words that one can check."""
    overall = "Good" if quality.score >= 0.75 else "Fair" if quality.score >= 0.5 else "Weak"
    said = [
        _step(quality.sharpness, (0.7, "sharp"), (0.33, "a little soft"), "blurred"),
        _step(quality.exposure, (0.75, "well lit"), (0.45, "hard light"), "too dark or too bright"),
    ]
    if quality.dark > 0.5:
        said[1] = "taken at night"
    if quality.eyes is not None:
        said.append("eyes open" if quality.eyes >= 0.75 else "not all eyes open")
    if quality.smile is not None and quality.smile >= 0.5:
        said.append("smiles")
    return f"{overall}: {', '.join(said)}"


def _step(value: float, high: tuple[float, str], middle: tuple[float, str], low: str) -> str:
    return next((word for least, word in (high, middle) if value >= least), low)


def surely(score: float) -> str:
    """A recogniser's score in a word."""
    steps = ((0.75, "surely"), (0.45, "likely"), (0.25, "perhaps"))
    return next((word for least, word in steps if score >= least), "a trace")
