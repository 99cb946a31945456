"""NIQE, BRISQUE and PIQE of the pictures that `quality.py` wrote; see there.

    python benchmarks/quality_scores.py FOLDER [--kind KIND …] [--judge NAME …]

Runs in an environment of its own. Of each figure less is better. Printed are the means with their
95% intervals from 2,000 resamplings of photos, and on how many photos enhancing is better than
leaving them, and than the automatic contrast.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

WAYS = ("untouched", "stretched", "enhanced")


def _as_old_packages_expect() -> None:
    """A function that scipy has since dropped, for scikit-video."""
    import_module("scipy.misc").imresize = _resized  # type: ignore[attr-defined]


def _resized(image: Any, size: float, **_: object) -> Any:
    picture = Image.fromarray(np.asarray(image, np.float32), "F")
    wide, high = (int(length * size) for length in picture.size)
    return np.asarray(picture.resize((wide, high), Image.Resampling.BICUBIC))


def scores(path: Path, judges: dict[str, Any]) -> dict[str, float]:
    """Every figure of one picture."""
    picture = np.asarray(Image.open(path).convert("RGB"))
    return {name: float(judge(picture)) for name, judge in judges.items()}


def load_judges() -> dict[str, Any]:
    """Those that are installed."""
    _as_old_packages_expect()
    brisque = import_module("brisque").BRISQUE(url=False)
    piqe = import_module("pypiqe").piqe
    niqe = import_module("skvideo.measure").niqe
    return {
        "BRISQUE": brisque.score,
        "PIQE": lambda image: piqe(np.asarray(image[..., ::-1]))[0],
        "NIQE": lambda image: niqe(np.asarray(Image.fromarray(image).convert("L")))[0],
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind", action="append")
    parser.add_argument("--judge", action="append")
    given = parser.parse_args()
    every = load_judges()
    judges = {name: every[name] for name in given.judge or every}
    found: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(given.folder.glob("*.untouched.png")):
        number, kind, _, _ = path.name.split(".")
        if kind not in (given.kind or [kind]):
            continue
        for way in WAYS:
            for name, value in scores(path.with_name(f"{number}.{kind}.{way}.png"), judges).items():
                found[kind, name][way].append(value)
    rng = np.random.default_rng(0)
    for (kind, name), values in found.items():
        rows = np.array([values[way] for way in WAYS])
        whole = np.isfinite(rows).all(0)
        rows = rows[:, whole]
        picks = rng.integers(0, rows.shape[1], (2000, rows.shape[1]))
        low, high = np.quantile(rows[:, picks].mean(-1), (0.025, 0.975), axis=1)
        means = "  ".join(
            f"{way} {rows[i].mean():.2f} ({low[i]:.2f} to {high[i]:.2f})"
            for i, way in enumerate(WAYS)
        )
        better, nearer = int((rows[2] < rows[0]).sum()), int((rows[2] < rows[1]).sum())
        count = rows.shape[1]
        print(
            f"{kind:<8} {name:<8} {means}; better than left: {better}/{count}, "
            f"than stretched: {nearer}/{count}"
        )


if __name__ == "__main__":
    main()
