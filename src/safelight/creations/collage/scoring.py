"""How good a placed layout is, as one cost: what a picky photographer would object to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from safelight.creations.collage.framing import Frame
from safelight.model.creations import Box, Ingredient

SNAP = 1.5
"""A cell this near a photo's own shape, in pixels, shows all of the photo."""

CROP = 0.2
"""Share of a photo that may be cropped before it counts as spoilt."""


def shown(ingredient: Ingredient, placed: Box) -> float:
    """Share of a photo's area that a cell shows."""
    aspect = ingredient.width / ingredient.height
    if fits(ingredient, placed):
        return 1.0
    ratio = placed.width / placed.height / aspect
    return min(ratio, 1 / ratio)


def fits(ingredient: Ingredient, placed: Box) -> bool:
    """Whether a cell has the photo's own shape, to about a pixel."""
    aspect = ingredient.width / ingredient.height
    across = abs(aspect * placed.height - placed.width)
    down = abs(placed.width / aspect - placed.height)
    return min(across, down) <= SNAP


def cuts(ingredient: Ingredient, placed: Box) -> bool:
    """Whether a cell of that shape must cut one of the photo's `keep` rectangles."""
    if not ingredient.keep or fits(ingredient, placed):
        return False
    aspect = placed.width / placed.height
    width = min(ingredient.width, ingredient.height * aspect)
    height = min(ingredient.height, ingredient.width / aspect)
    boxes = ingredient.keep
    spread = max(b.x + b.width for b in boxes) - min(b.x for b in boxes)
    rise = max(b.y + b.height for b in boxes) - min(b.y for b in boxes)
    return spread > width or rise > height


class Judge:
    """Costs of placed layouts for one set of photos; lower is better."""

    def __init__(self, ingredients: Sequence[Ingredient]) -> None:
        self._photos = ingredients
        heaviest = sorted(range(len(ingredients)), key=lambda i: -ingredients[i].weight)
        self._star = heaviest[0] if self._stands_out(heaviest) else None

    def _stands_out(self, heaviest: Sequence[int]) -> bool:
        if len(heaviest) < 2:
            return False
        return self._photos[heaviest[0]].weight >= 1.2 * self._photos[heaviest[1]].weight

    def cost(self, placed: Mapping[int, Box], frame: Frame, hero: int | None) -> float:
        """The weighted sum of every objection."""
        return (
            self._cropping(placed)
            + self._blank(placed, frame)
            + self._balance(placed, frame, hero)
            + self._slivers(placed, frame)
            + self._order(placed, hero)
            + self._blur(placed)
            + self._cut(placed)
        )

    def _cropping(self, placed: Mapping[int, Box]) -> float:
        losses = [1 - shown(self._photos[i], box) for i, box in placed.items()]
        spoilt = sum(max(0.0, loss - CROP) for loss in losses)
        worst = math.pow(max(losses), 1.5)
        return 1.7 * sum(losses) / len(losses) + 1.5 * worst + 12 * spoilt

    def _blank(self, placed: Mapping[int, Box], frame: Frame) -> float:
        covered = sum(box.width * box.height for box in placed.values())
        empty = 1 - covered / (frame.room.width * frame.room.height)
        if frame.margin == 0:  # paper beside photos that run to the edge looks like a mistake
            return 6.0 * empty
        return 2.4 * empty + 3.0 * max(0.0, empty - 0.15)

    def _balance(self, placed: Mapping[int, Box], frame: Frame, hero: int | None) -> float:
        wanted = self.wanted(frame, hero)
        off = [math.log(box.width * box.height / wanted[i]) for i, box in placed.items()]
        mean = sum(off) / len(off)
        spread = math.sqrt(sum((o - mean) ** 2 for o in off) / len(off))
        smallest = max(0.0, mean - min(off) - 0.9)
        cost = 0.4 * spread + 0.5 * smallest
        if self._star is not None:
            largest = max(placed, key=lambda i: placed[i].width * placed[i].height)
            cost += 0.0 if largest == self._star else 0.25
        return cost

    def wanted(self, frame: Frame, hero: int | None) -> list[float]:
        """Area that each photo should get, in square pixels; no more than it has itself."""
        weights = [photo.weight for photo in self._photos]
        if hero is not None:
            weights[hero] *= 3.5 if len(weights) > 4 else 2.2
        room = frame.room.width * frame.room.height / sum(weights)
        return [
            min(weight * room, float(photo.width * photo.height))
            for weight, photo in zip(weights, self._photos, strict=True)
        ]

    def _slivers(self, placed: Mapping[int, Box], frame: Frame) -> float:
        usual = math.sqrt(frame.room.width * frame.room.height / len(placed))
        thin = [max(0.0, 0.45 - min(b.width, b.height) / usual) for b in placed.values()]
        return 4 * sum(thin) / math.sqrt(len(thin))

    def _order(self, placed: Mapping[int, Box], hero: int | None) -> float:
        boxes = [placed[i] for i in sorted(placed) if i != hero]
        wrong = sum(_before(b, a) for a, b in pairwise(boxes))
        return 0.5 * wrong / max(1, len(boxes) - 1)

    def _blur(self, placed: Mapping[int, Box]) -> float:
        over = [
            max(
                0.0,
                math.log2(max(b.width / self._photos[i].width, b.height / self._photos[i].height)),
            )
            for i, b in placed.items()
        ]
        return 0.8 * sum(over) / len(over) + 0.6 * max(over)

    def _cut(self, placed: Mapping[int, Box]) -> float:
        return 100.0 * sum(cuts(self._photos[i], box) for i, box in placed.items())


def _before(one: Box, other: Box) -> bool:
    """Whether a reader comes to `one` before `other`: it ends above, or is left of it."""
    if one.y + one.height <= other.y:
        return True
    return one.x + one.width <= other.x and one.y < other.y + other.height
