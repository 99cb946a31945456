"""What a daily run costs from ten thousand to a million assets, and whether that grows in line.

Files of a million photos would take hours to write and to scan, so libraries are filled with
rows through the library's own stores (`safelight.testing.filling`): one long life in outings,
with places and with what a recogniser might have seen. No picture stands behind a row.

Each figure is that of a whole process: `safelight ideas make` reads all rows, finds homes,
moments, trips and themes, makes every kind of idea and keeps them, which is what the purpose
`suggest` does once a day. Libraries take turns, so that a busy minute of the machine hits all.

Usage: python benchmarks/growth.py [--sizes 10000,100000] [--runs 3] [--plot FILE.svg]
       [--keep FOLDER] [--without-content]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from safelight.app import Safelight
from safelight.app.composition import build_rooms
from safelight.library.observations import Observations
from safelight.model.consent import Purpose
from safelight.settings import load_settings
from safelight.testing.filling import LAST_DAY, fill

_SIZES = "10000,30000,100000,300000,1000000"


@dataclass(frozen=True)
class Run:
    """One process: wall seconds, seconds on a processor, peak memory in MiB."""

    wall: float
    cpu: float
    mib: float


def prepared(folder: Path, count: int, *, content: bool) -> Path:
    """A library of `count` rows; one that is there already is used again."""
    home = folder / f"{count}{'' if content else '-plain'}"
    if (home / "filled").exists():
        return home
    purposes = [Purpose.LIBRARY, Purpose.PLACES, Purpose.SUGGEST]
    if content:
        purposes.append(Purpose.CONTENT)
    settings = load_settings(home, key_store="file")
    with Safelight(settings) as library:
        library.allow(purposes)
    rooms = build_rooms(settings)
    try:
        seen = Observations(rooms.drawers) if content else None
        fill(rooms.catalogue, rooms.locations, count, observations=seen)
    finally:
        rooms.close()
    (home / "filled").touch()
    return home


def daily_run(home: Path) -> Run:
    """Make the ideas of the day after the library's last."""
    command = [sys.executable, "-m", "safelight", "ideas", "make", "--json"]
    command += ["--today", f"{LAST_DAY:%Y-%m-%d}"]
    environment = {**os.environ, "SAFELIGHT_HOME": str(home), "SAFELIGHT_KEY_STORE": "file"}
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    if status != 0:
        raise SystemExit(f"{home} failed with {status}")
    wall = time.perf_counter() - started
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def main() -> None:
    """Fill, measure, print a row a size, and draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=_SIZES)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--keep", type=Path, help="where filled libraries stay for the next time")
    parser.add_argument("--without-content", action="store_true")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory() as place:
        folder = options.keep or Path(place)
        homes = {s: prepared(folder, s, content=not options.without_content) for s in sizes}
        found: dict[int, list[Run]] = {size: [] for size in sizes}
        for _ in range(options.runs):
            for size, home in homes.items():
                found[size].append(daily_run(home))
    for size, runs in found.items():
        print(f"{size:>9,} assets  {_said(runs)}")
    for low, high in pairwise(sizes):
        more = _middle([run.cpu for run in found[high]]) / _middle([run.cpu for run in found[low]])
        print(f"{low:,} to {high:,}: times {high / low:.1f} the assets, times {more:.1f} the work")
    print(json.dumps({size: [vars(run) for run in runs] for size, runs in found.items()}))
    if options.plot:
        options.plot.write_text(drawn(found), "utf-8")


def _said(runs: Sequence[Run]) -> str:
    walls = sorted(run.wall for run in runs)
    cpu = _middle([run.cpu for run in runs])
    return (
        f"{walls[0]:.1f} / {_middle(walls):.1f} / {walls[-1]:.1f} s"
        f"  processor {cpu:.1f} s  {max(run.mib for run in runs):,.0f} MiB"
    )


def _middle(values: Sequence[float]) -> float:
    return statistics.median(values)


# Drawing

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 360, 300, 62, 44, 16, 48
_INK, _SOFT, _LINE = "#1d2430", "#6b7688", "#c2410c"


@dataclass(frozen=True)
class _Axis:
    """A logarithmic scale from `low` to `high`, laid on the pixels from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        share = math.log(max(value, self.low) / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)


def drawn(found: dict[int, list[Run]]) -> str:
    """Two panels with logarithmic axes as SVG: seconds and memory; dashed lines grow in line."""
    sizes = list(found)
    panels = (
        _panel(
            "Seconds on a processor (thin: on the clock)",
            "s",
            60.0,
            sizes,
            [
                [[run.cpu for run in runs] for runs in found.values()],
                [[run.wall for run in runs] for runs in found.values()],
            ],
        ),
        _panel(
            "Peak memory",
            "GB",
            2.0,
            sizes,
            [
                [[run.mib / 1024 for run in runs] for runs in found.values()],
            ],
        ),
    )
    body = "".join(
        f'<g transform="translate({number * _WIDTH} 0)">{panel}</g>'
        for number, panel in enumerate(panels)
    )
    size = f'width="{2 * _WIDTH}" height="{_HEIGHT}" viewBox="0 0 {2 * _WIDTH} {_HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="system-ui, sans-serif"'
        f' font-size="11" role="img" aria-label="A daily run by the size of the library">'
        f'<rect width="100%" height="100%" rx="8" fill="#fff"/>{body}</svg>\n'
    )


def _panel(
    title: str, unit: str, limit: float, sizes: list[int], lines: list[list[list[float]]]
) -> str:
    """One panel: the first of `lines` with its spread, the others thin."""
    values = [value for line in lines for its in line for value in its]
    low = 10 ** math.floor(math.log10(min(values)))
    high = 10 ** math.ceil(math.log10(1.01 * max(limit, *values)))
    x = _Axis(sizes[0], sizes[-1], _LEFT, _WIDTH - _RIGHT)
    y = _Axis(low, high, _HEIGHT - _BOTTOM, _TOP)
    head = f'<text x="{_LEFT}" y="24" font-size="12" font-weight="600" fill="{_INK}">{title}</text>'
    return "".join((head, *_frame(x, y, unit, limit, sizes), *_lines(x, y, sizes, lines)))


def _frame(x: _Axis, y: _Axis, unit: str, limit: float, sizes: list[int]) -> Iterator[str]:
    tick = y.low
    while tick <= y.high * 1.001:
        yield _rule(x.start, x.end, y.at(tick), "#e4e8ee")
        yield _label(x.start - 8, y.at(tick) + 4, f"{tick:g} {unit}", "end")
        tick *= 10
    for size in sizes:
        yield _label(x.at(size), y.start + 18, _short(size), "middle")
    yield _label((x.start + x.end) / 2, _HEIGHT - 10, "assets", "middle")
    yield _rule(x.start, x.end, y.at(limit), _SOFT, "2 3")
    yield _label(x.start + 4, y.at(limit) - 5, f"aim: under {limit:g} {unit}", "start")


def _lines(x: _Axis, y: _Axis, sizes: list[int], lines: list[list[list[float]]]) -> Iterator[str]:
    for number, line in enumerate(lines):
        points = [(x.at(s), y.at(_middle(its))) for s, its in zip(sizes, line, strict=True)]
        yield _path(points, _LINE, width=1 if number else 2)
    last = _middle(lines[0][-1])
    first = max(sizes[0], sizes[-1] * y.low / last)
    ends = [(x.at(s), y.at(last * s / sizes[-1])) for s in (first, sizes[-1])]
    yield _path(ends, _SOFT, dashes="5 4")
    yield _label(ends[1][0] - 4, ends[1][1] + 34, "in line", "end")
    for size, its in zip(sizes, lines[0], strict=True):
        at, top, bottom = x.at(size), y.at(max(its)), y.at(min(its))
        yield (
            f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{bottom:.1f}" y2="{top:.1f}"'
            f' stroke="{_LINE}" stroke-width="5" opacity="0.25"/>'
            f'<circle cx="{at:.1f}" cy="{y.at(_middle(its)):.1f}" r="3.5" fill="{_LINE}"/>'
        )


def _label(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_SOFT}">{text}</text>'


def _rule(x1: float, x2: float, y: float, colour: str, dashes: str = "none") -> str:
    ends = f'x1="{x1:.1f}" x2="{x2:.1f}" y1="{y:.1f}" y2="{y:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-dasharray="{dashes}"/>'


def _path(
    points: Sequence[tuple[float, float]], colour: str, dashes: str = "none", width: int = 2
) -> str:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    look = f'stroke="{colour}" stroke-width="{width}" stroke-dasharray="{dashes}" fill="none"'
    return f'<polyline points="{places}" {look}/>'


def _short(size: int) -> str:
    return f"{size // 1_000_000}M" if size >= 1_000_000 else f"{size // 1000}k"


if __name__ == "__main__":
    main()
