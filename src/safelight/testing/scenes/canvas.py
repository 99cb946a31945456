"""The canvas: noise, masks, shaded fields, brush dabs and glows that every scene is made of.

Everything is drawn on 8-bit RGB at a working size of about 1,000 pixels; `finish` enlarges it.
A shape is a mask (float32, 0 to 1) and a field (float32, 0 to 1) looked up in a colour ramp, so
that shading costs one channel instead of three.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from safelight.testing.scenes.colour import Array, Colour, Light, ramp


class Canvas:
    """A picture being painted.

    Attributes:
        img: uint8 RGB, shape (h, w, 3).
        u: the shorter edge in pixels, the unit for sizes that must not depend on the shape.
        rng: the only source of chance.
    """

    def __init__(
        self, width: int, height: int, rng: np.random.Generator, light: Light, season: str
    ) -> None:
        self.w, self.h, self.u = width, height, float(min(width, height))
        self.rng, self.light, self.season = rng, light, season
        self.img: Array = np.zeros((height, width, 3), np.uint8)
        self.xs: Array = np.arange(width, dtype=np.float32)
        self.ys: Array = np.arange(height, dtype=np.float32)[:, None]

    def noise(
        self, cell: float, octaves: int = 3, stretch: float = 1.0, gain: float = 0.5
    ) -> Array:
        """Cubic value noise about 0, within about -1 to 1, over the whole canvas.

        `cell` is the size of the largest blobs as a fraction of the shorter edge; `stretch`
        above 1 makes them wide, below 1 tall.
        """
        fine = cell * self.u / 2 ** (octaves - 1)
        half = fine > 5  # smooth enough to be worked out at half the size
        shape = (self.h // 2, self.w // 2) if half else (self.h, self.w)
        out = np.zeros(shape, np.float32)
        size, weight, total = cell * self.u, 1.0, 0.0
        for _ in range(octaves):
            rows = max(2, int(self.h / (size / stretch**0.5)) + 2)
            cols = max(2, int(self.w / (size * stretch**0.5)) + 2)
            grid = self.rng.uniform(-weight, weight, (rows, cols)).astype(np.float32)
            cv2.add(out, cv2.resize(grid, shape[::-1], interpolation=cv2.INTER_CUBIC), out)
            total, size, weight = total + weight, size / 2, weight * gain
        out *= 1.3 / total
        return np.asarray(cv2.resize(out, (self.w, self.h)) if half else out)

    def line(self, cell: float, octaves: int = 5, gain: float = 0.5, ridged: bool = False) -> Array:
        """One-dimensional noise across the width, about -1 to 1; `ridged` gives sharp peaks."""
        out = np.zeros(self.w, np.float32)
        size, weight, total = cell * self.u, 1.0, 0.0
        for octave in range(octaves):
            count = max(4, int(self.w / size) + 4)
            knots = self.rng.uniform(-1, 1, count)
            at = self.xs / size + self.rng.uniform(0, 1)
            sharp = ridged and octave < 3
            wave = np.interp(at, np.arange(count), knots) if sharp else _smooth_at(at, knots)
            out += (np.asarray(wave) * weight).astype(np.float32)
            total, size, weight = total + weight, size / 2.1, weight * gain
        return np.asarray(out * (1.4 / total))

    def below(self, profile: Array | float) -> Array:
        """Mask of everything under a profile (y of each column, pixels), edge antialiased."""
        return np.clip(self.ys - profile + 0.5, 0, 1).astype(np.float32) + np.zeros(
            (1, self.w), np.float32
        )

    def depth(self, profile: Array | float, span: float) -> Array:
        """0 at the profile to 1 at `span` pixels under it (not clipped)."""
        return np.asarray(((self.ys - profile) / span).astype(np.float32))

    def fill(self, mask: Array, field: Array | float, stops: Sequence[Colour]) -> None:
        """Paint a field through a mask; rows that the mask leaves empty cost nothing."""
        rows = np.flatnonzero(mask.max(axis=1) > 0)
        if rows.size == 0:
            return
        band = slice(int(rows[0]), int(rows[-1]) + 1)
        table = ramp(tuple(stops))
        cover = np.ascontiguousarray(mask[band], np.float32)
        if isinstance(field, float | int):
            colour = np.empty_like(self.img[band])
            colour[:] = table[int(min(1.0, max(0.0, field)) * 255)]
        else:
            full = np.broadcast_to(field, mask.shape)[band]
            index = cv2.convertScaleAbs(np.maximum(full, 0, dtype=np.float32), alpha=255)
            colour = cv2.applyColorMap(index, table[:, None, :])
        self.img[band] = cv2.blendLinear(self.img[band], colour, 1 - cover, cover)

    def layer(self, profile: Array, field: Array | float, stops: Sequence[Colour]) -> None:
        """Paint everything under a profile."""
        self.fill(self.below(profile), field, stops)

    def shape(self, points: Array | Sequence[tuple[float, float]], soft: float = 0.0) -> Array:
        """Mask of one polygon, or of several when given an array of shape (n, k, 2)."""
        mask: Array = np.zeros((self.h, self.w), np.uint8)
        spots = np.asarray(points, np.float64)
        many = spots if spots.ndim == 3 else spots[None]
        for outline in np.rint(many * 16).astype(np.int32):  # one call would cancel overlaps
            cv2.fillPoly(mask, [outline], 255, cv2.LINE_AA, 4)
        if soft:
            mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), soft))
        return np.asarray(mask.astype(np.float32) * (1 / 255))

    def polygon(self, points: Array | Sequence[tuple[float, float]], colour: Colour) -> None:
        """Draw one opaque polygon."""
        spots = np.rint(np.asarray(points, np.float64) * 16).astype(np.int32)
        cv2.fillPoly(self.img, [spots], colour, cv2.LINE_AA, 4)

    def box(self, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        """Draw one opaque upright rectangle."""
        self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour)

    def stroke(
        self, points: Array | Sequence[tuple[float, float]], width: float, colour: Colour
    ) -> None:
        """Draw one open line, `width` pixels thick."""
        spots = np.rint(np.asarray(points, np.float64) * 16).astype(np.int32)
        cv2.polylines(self.img, [spots], False, colour, max(1, round(width)), cv2.LINE_AA, 4)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, colour: Colour, angle: float = 0.0
    ) -> None:
        """Draw one opaque ellipse; `angle` in degrees."""
        centre, axes = (round(x * 16), round(y * 16)), (round(rx * 16), round(ry * 16))
        cv2.ellipse(self.img, centre, axes, angle, 0, 360, colour, -1, cv2.LINE_AA, 4)

    def dabs(
        self,
        xs: Array,
        ys: Array,
        sizes: Array | float,
        colours: Sequence[Colour],
        flat: float = 1.0,
        tilt: float = 0.0,
    ) -> None:
        """Brush dabs, each in one of the colours by chance; `flat` is height over width."""
        sizes = np.broadcast_to(np.asarray(sizes, np.float64), np.shape(xs))
        chosen = self.rng.integers(0, len(colours), len(xs))
        angles = self.rng.normal(0, tilt, len(xs)) if tilt else np.zeros(len(xs))
        for x, y, size, pick, angle in zip(xs, ys, sizes, chosen, angles, strict=True):
            self.ellipse(x, y, max(0.5, size), max(0.4, size * flat), colours[pick], angle)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        """Add light around a point (screen blend), fading to nothing at three radii."""
        reach = radius * 3
        x0, x1 = max(0, int(x - reach)), min(self.w, int(x + reach) + 1)
        y0, y1 = max(0, int(y - reach)), min(self.h, int(y + reach) + 1)
        if x0 >= x1 or y0 >= y1:
            return
        step = max(1, int(radius / 20))  # a glow has no detail: work it out small
        far = (self.xs[x0:x1:step] - x) ** 2 + (self.ys[y0:y1:step] - y) ** 2
        far *= 1 / radius**2
        power = (np.exp(-far) + 0.35 * np.exp(-far / 3)) * np.clip(1 - far / 9, 0, 1) * strength
        light = cv2.resize(np.asarray(power, np.float32), (x1 - x0, y1 - y0))[..., None]
        part = self.img[y0:y1, x0:x1].astype(np.float32)
        part += (255 - part) * (light * (np.asarray(colour, np.float32) / 255))
        self.img[y0:y1, x0:x1] = np.clip(part, 0, 255).astype(np.uint8)

    def blur(self, sigma: float, band: slice = slice(None)) -> None:
        """Throw what is painted so far out of focus; done small, as it leaves no detail."""
        part = self.img[band]
        step = max(1, int(sigma / 2))
        small = cv2.resize(
            part,
            (max(2, part.shape[1] // step), max(2, part.shape[0] // step)),
            interpolation=cv2.INTER_AREA,
        )
        small = cv2.GaussianBlur(small, (0, 0), sigma / step)
        self.img[band] = cv2.resize(
            small, (part.shape[1], part.shape[0]), interpolation=cv2.INTER_CUBIC
        )

    def pick(self, *choices: str) -> str:
        """One of the choices by chance."""
        return choices[int(self.rng.integers(0, len(choices)))]

    def between(self, low: float, high: float) -> float:
        """A number in a range by chance."""
        return float(self.rng.uniform(low, high))


def _smooth_at(at: Array, knots: Array) -> Array:
    index = at.astype(int)
    share = at - index
    share = share * share * (3 - 2 * share)
    return np.asarray(knots[index] * (1 - share) + knots[index + 1] * share)


def rounded(points: Sequence[tuple[float, float]], steps: int = 12) -> Array:
    """Closed Catmull-Rom curve through points; shape (n, 2)."""
    spots = np.asarray(points, np.float64)
    before, after, beyond = (np.roll(spots, shift, 0) for shift in (1, -1, -2))
    parts = [
        spots
        + (after - before) * (t / 2)
        + (before - 2.5 * spots + 2 * after - beyond / 2) * t**2
        + (1.5 * spots - before / 2 - 1.5 * after + beyond / 2) * t**3
        for t in np.linspace(0, 1, steps, endpoint=False)
    ]
    return np.stack(parts, 1).reshape(-1, 2)
