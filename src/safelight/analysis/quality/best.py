"""The best of several near-identical pictures, with a reason that a person can check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from safelight.model.quality import Quality

_CLEARLY_OPEN = 0.25


@dataclass(frozen=True, slots=True)
class Candidate:
    """One picture of a burst.

    Attributes:
        rating: what the person gave it, 0 to 5; it decides before anything that is measured.
        pixels: of the full-size picture.
    """

    id: str
    quality: Quality
    rating: int | None = None
    pixels: int = 0


@dataclass(frozen=True, slots=True)
class Best:
    """The chosen one, and why."""

    id: str
    why: str


def best_of(candidates: Sequence[Candidate]) -> Best:
    """Choose one; the earlier wins a tie.

    Raises:
        ValueError: there are none.
    """
    if not candidates:
        raise ValueError("there is nothing to choose from")
    usual = _Usual.of(candidates)
    winner = max(candidates, key=lambda candidate: _standing(candidate, usual))
    others = [candidate for candidate in candidates if candidate is not winner]
    return Best(winner.id, _why(winner, others))


@dataclass(frozen=True, slots=True)
class _Usual:
    """What a burst has, to compare with; a face that one frame lost counts as the others have it.

    Sharpness compares only within a burst, where all show the same.
    """

    sharpest: float
    eyes: float
    smile: float

    @classmethod
    def of(cls, candidates: Sequence[Candidate]) -> Self:
        qualities = [candidate.quality for candidate in candidates]
        return cls(
            max(0.01, *(quality.sharpness for quality in qualities)),
            _mean([quality.eyes for quality in qualities]),
            _mean([quality.smile for quality in qualities]),
        )


def _standing(candidate: Candidate, usual: _Usual) -> tuple[float, float, int]:
    quality = candidate.quality
    value = 0.45 * quality.sharpness / usual.sharpest + 0.25 * quality.exposure
    value += 0.1 * quality.composition + 0.05 * quality.contrast
    value += 0.6 * (usual.eyes if quality.eyes is None else quality.eyes)
    value += 0.25 * (usual.smile if quality.smile is None else quality.smile)
    rating = 2.5 if candidate.rating is None else float(candidate.rating)
    return rating, round(value, 3), candidate.pixels


def _why(winner: Candidate, others: Sequence[Candidate]) -> str:
    if not others:
        return "there is only this one"
    rated = max((other.rating or 0 for other in others), default=0)
    if (winner.rating or 0) > rated:
        return "you rated it highest"
    quality = winner.quality
    if _ahead(quality.eyes, [other.quality.eyes for other in others], _CLEARLY_OPEN):
        return "eyes are open"
    said = [
        words
        for words, own, rest, least in (
            ("it is the sharpest", quality.sharpness, _of("sharpness", others), 0.04),
            ("it is the best lit", quality.exposure, _of("exposure", others), 0.08),
        )
        if own >= max(rest) + least
    ]
    if _ahead(quality.smile, [other.quality.smile for other in others], 0.15):
        said.append("people smile")
    if winner.pixels > 1.2 * max(other.pixels for other in others):
        said.append("it is the largest")
    return " and ".join(said[:2]) or "it is as good as the others, and came first"


def _mean(values: Sequence[float | None]) -> float:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else 0.0


def _ahead(own: float | None, others: Sequence[float | None], least: float) -> bool:
    known = [other for other in others if other is not None]
    return own is not None and bool(known) and own >= max(known) + least


def _of(name: str, others: Sequence[Candidate]) -> list[float]:
    return [float(getattr(other.quality, name)) for other in others]
