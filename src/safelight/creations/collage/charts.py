"""A sketched map of a journey, drawn from what is on this machine.

Land is where time zones are: the borders that come with `tzfpy` (timezone-boundary-builder, ODbL)
are exact between countries and lie some 20 km off the coasts. So land is drawn only for journeys
long enough that this does not show; a shorter one is drawn on plain paper.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import tzfpy
from PIL import Image, ImageDraw

from safelight.creations.collage.typography import Setting, fit, printable
from safelight.model.creations import Waypoint

_SEA, _LAND, _BORDER, _WAY, _INK = "#dbe6ea", "#f3ecdc", "#d9cdb4", "#b3311f", "#2b2622"
_LONG_KM = 250.0
_ROOM = 0.24
"""Room around the journey, as a share of it."""
_SMOOTH = 2
_SAMPLES = 24
_LABELS = 6

Point = tuple[float, float]


def draw_chart(route: Sequence[Waypoint], size: tuple[int, int]) -> Image.Image:
    """A map with the way, its stops and their names."""
    width, height = size[0] * _SMOOTH, size[1] * _SMOOTH
    view = _View(route, width, height)
    large = Image.new("RGB", (width, height), _SEA if view.far else _LAND)
    pen = ImageDraw.Draw(large)
    if view.far:
        for ring in _land(view):
            pen.polygon(ring, fill=_LAND, outline=_BORDER, width=max(1, width // 500))
    points = [view.place(stop.latitude, stop.longitude) for stop in route]
    thick = max(2, round(min(width, height) * 0.008))
    if len(points) > 1:
        pen.line(points, fill=_WAY, width=thick, joint="curve")
    for x, y in points:
        r = thick * 1.7
        pen.ellipse((x - r, y - r, x + r, y + r), fill="#ffffff", outline=_WAY, width=thick)
    chart = large.resize(size, Image.Resampling.LANCZOS)
    _write(chart, route, [(x / _SMOOTH, y / _SMOOTH) for x, y in points])
    return chart


class _View:
    """A part of the world in Mercator's projection, fitted to a picture."""

    def __init__(self, route: Sequence[Waypoint], width: int, height: int) -> None:
        first = route[0].longitude
        # A journey across the date line stays in one piece.
        self._first = first
        xs = [self._x(stop.longitude) for stop in route]
        ys = [_mercator(stop.latitude) for stop in route]
        across, down = max(xs) - min(xs), max(ys) - min(ys)
        least = math.radians(0.08)
        self.far = _kilometres(route) >= _LONG_KM
        scale_x = width / ((across or least) * (1 + 2 * _ROOM) + least)
        scale_y = height / ((down or least) * (1 + 2 * _ROOM) + least)
        self.scale = min(scale_x, scale_y)
        self.middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
        self.width, self.height = width, height

    def _x(self, longitude: float) -> float:
        return math.radians((longitude - self._first + 180) % 360 - 180)

    def place(self, latitude: float, longitude: float) -> Point:
        """Where a coordinate lies in the picture."""
        x = (self._x(longitude) - self.middle[0]) * self.scale + self.width / 2
        y = self.height / 2 - (_mercator(latitude) - self.middle[1]) * self.scale
        return x, y

    def sampled(self) -> list[tuple[float, float]]:
        """Coordinates spread evenly over the picture."""
        found = []
        for i in range(_SAMPLES):
            for j in range(_SAMPLES):
                x = (i + 0.5) / _SAMPLES * self.width
                y = (j + 0.5) / _SAMPLES * self.height
                east = math.degrees((x - self.width / 2) / self.scale + self.middle[0])
                north = (self.height / 2 - y) / self.scale + self.middle[1]
                latitude = math.degrees(2 * math.atan(math.exp(north)) - math.pi / 2)
                found.append((latitude, (east + self._first + 180) % 360 - 180))
        return found


def _mercator(latitude: float) -> float:
    bounded = math.radians(max(-80.0, min(80.0, latitude)))
    return math.log(math.tan(math.pi / 4 + bounded / 2))


def _kilometres(route: Sequence[Waypoint]) -> float:
    """The longer side of the journey's rectangle."""
    south, north = min(w.latitude for w in route), max(w.latitude for w in route)
    spread = [(w.longitude - route[0].longitude + 180) % 360 - 180 for w in route]
    across = (max(spread) - min(spread)) * math.cos(math.radians((south + north) / 2))
    return 111.2 * max(north - south, across)


def _land(view: _View) -> list[list[Point]]:
    """Outlines of the zones that are seen, in the picture's pixels."""
    names = {tzfpy.get_tz(longitude, latitude) for latitude, longitude in view.sampled()}
    rings = []
    for name in sorted(name for name in names if name and not name.startswith("Etc/")):
        for ring in _outlines(name):
            points = [view.place(latitude, longitude) for longitude, latitude in ring]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            seen = max(xs) > 0 and min(xs) < view.width and max(ys) > 0 and min(ys) < view.height
            if seen and max(xs) - min(xs) < 6 * view.width:  # wrapped around the date line
                rings.append(points)
    return rings


@lru_cache(maxsize=32)
def _outlines(zone: str) -> tuple[tuple[Point, ...], ...]:
    found = []
    for feature in json.loads(tzfpy.get_tz_polygon_geojson(zone))["features"]:
        geometry = feature["geometry"]
        parts = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            parts = [parts]
        found += [tuple((float(x), float(y)) for x, y in part[0]) for part in parts]
    return tuple(found)


def _write(chart: Image.Image, route: Sequence[Waypoint], points: Sequence[Point]) -> None:
    """Names of stops, where they do not run into one another."""
    pen = ImageDraw.Draw(chart)
    taken: list[tuple[float, float, float, float]] = []
    written = 0
    way = _along(points)
    size = min(chart.size) * 0.05
    for stop, (x, y) in _ends_first(route, points):
        words = printable(stop.label)
        if not words or written >= _LABELS:
            continue
        setting = fit(words, chart.width * 0.6, 2 * size, size, face="italic", lines=1)
        if not setting.lines:
            continue
        box = _room_for(setting, chart.size, (x, y), taken, way)
        if box is None:
            continue
        taken.append(box)
        written += 1
        pen.text(
            (box[0], box[1]),
            setting.lines[0],
            font=setting.font,
            fill=_INK,
            stroke_width=max(1, round(size * 0.09)),
            stroke_fill=_LAND,
        )


def _ends_first(route: Sequence[Waypoint], points: Sequence[Point]) -> list[tuple[Waypoint, Point]]:
    pairs = list(zip(route, points, strict=True))
    return [pairs[0], pairs[-1], *pairs[1:-1]] if len(pairs) > 1 else pairs


def _room_for(
    setting: Setting,
    size: tuple[int, int],
    point: Point,
    taken: Sequence[tuple[float, float, float, float]],
    way: Sequence[Point],
) -> tuple[float, float, float, float] | None:
    """A box beside a stop, on the map, clear of other names and, if it can be, of the way."""
    width = setting.width_of(setting.lines[0])
    height = setting.leading
    x, y = point
    gap = height * 0.45
    found: list[tuple[int, tuple[float, float, float, float]]] = []
    for left, top in (
        (x + gap, y - height / 2),
        (x - gap - width, y - height / 2),
        (x - width / 2, y - gap - height),
        (x - width / 2, y + gap * 0.6),
    ):
        box = (left, top, left + width, top + height)
        inside = left > 2 and top > 2 and box[2] < size[0] - 2 and box[3] < size[1] - 2
        if inside and not any(_overlap(box, other) for other in taken):
            crossed = sum(box[0] < a < box[2] and box[1] < b < box[3] for a, b in way)
            found.append((crossed, box))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _along(points: Sequence[Point]) -> list[Point]:
    """Points strewn along the way."""
    return [
        (a + (c - a) * step / 24, b + (d - b) * step / 24)
        for (a, b), (c, d) in pairwise(points)
        for step in range(25)
    ]


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]
