"""Fit the weights of `safelight.creations.enhance.white`, and print how near they come.

    PYTHONPATH=benchmarks/accuracy python benchmarks/white_balance.py --photos DIR [--photos DIR …]

Every photo is taken for right and put under light of several colours. Fitted (ridge regression,
photos as they are count five times) on photos whose file has an even digest; printed for the
others: the median distance between the colour of the light and what was found, in logarithms of
red by green and of blue by green, and how far off the light was.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from enhance import cast, even, gather

from safelight.creations.arrays import Image
from safelight.creations.enhance import white

LIGHTS: dict[str, tuple[float, float]] = {
    "none": (1.0, 1.0),
    "warm": (1.35, 0.6),
    "slightly warm": (1.15, 0.8),
    "cool": (0.72, 1.35),
    "slightly cool": (0.87, 1.15),
    "very cool": (0.63, 1.58),
    "green": (0.76, 0.76),
    "magenta": (1.32, 1.32),
}
"""Red and blue against green, in linear light."""
_RANDOM, _SPREAD = 3, 0.31
_RIDGE, _AS_IT_IS = 0.1, 5.0


def guessed(image: Image) -> white.Pairs:
    """The guesses at the light of one picture."""
    return white.guesses(np.asarray(image, np.float32) / np.float32(255))


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, action="append", required=True)
    photos = gather(parser.parse_args().photos)
    rng = np.random.default_rng(0)
    rows = []
    for path, image in photos.items():
        others = {str(n): tuple(np.exp(rng.normal(0, _SPREAD, 2))) for n in range(_RANDOM)}
        for name, (red, blue) in {**LIGHTS, **others}.items():
            truth = np.log([red, blue]) / 2.2
            rows.append((even(path), name, guessed(cast(image, red, blue)), truth))
    fit = np.array([row[0] for row in rows])
    names = np.array([row[1] for row in rows])
    given = np.stack([white.features(row[2]) for row in rows])
    truth = np.stack([row[3] for row in rows])
    weight = np.where(names == "none", _AS_IT_IS, 1.0)[:, None] * fit[:, None]
    left = given.T @ (given * weight) + _RIDGE * np.eye(given.shape[1])
    print(np.round(np.linalg.solve(left, given.T @ (truth * weight)), 3).tolist())
    found = np.stack([white.find_light(row[2]) for row in rows])
    away = np.hypot(*(found - truth).T)
    for name in LIGHTS:
        chosen = (names == name) & ~fit
        print(f"{name:<14} {np.median(away[chosen]):.3f} of {np.hypot(*truth[chosen][0]):.3f}")


if __name__ == "__main__":
    main()
