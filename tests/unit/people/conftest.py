"""Templates with known truth, and a library that holds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.typing import NDArray

from safelight.app.composition import Rooms, build_rooms
from safelight.app.people import People
from safelight.model.consent import Purpose, Scope
from safelight.model.creations import Box
from safelight.model.observations import (
    Analyser,
    Embedding,
    FaceBox,
    FaceQuality,
    FaceTemplate,
)
from safelight.model.people import FacesFound

if TYPE_CHECKING:
    from safelight.app import Safelight
    from safelight.settings import Settings

Array = NDArray[Any]
MODEL = "a" * 64
_POINT = (0.5, 0.5)


class Likenesses:
    """Faces of people: those of one person are about 0.3 apart, of two about 1."""

    def __init__(self, seed: int = 0, noise: float = 0.21) -> None:
        self._rng = np.random.default_rng(seed)
        self._noise = noise
        self._middles: dict[int, Array] = {}

    def of(self, person: int) -> Array:
        """One more template of a person, float32 (128,)."""
        if person not in self._middles:
            self._middles[person] = self._rng.normal(size=128) * 0.7 / np.sqrt(128)
        made = self._middles[person] + self._rng.normal(size=128) * self._noise / np.sqrt(128)
        return np.asarray(made.astype(np.float16).astype(np.float32))

    def crowd(self, people: Sequence[int]) -> Array:
        """One template for each mention."""
        return np.stack([self.of(person) for person in people])


@pytest.fixture(scope="session")
def likenesses_of() -> Callable[[int], Likenesses]:
    """Likenesses by seed."""
    return Likenesses


def template(values: Array, place: float = 0.1, quality: float = 0.9) -> FaceTemplate:
    """A face with these numbers; `place` is its left edge, a fraction of the picture."""
    face = FaceBox(Box(place, 0.2, 0.1, 0.2), 0.9, *[_POINT] * 6)
    vector = Embedding("face-template", values.size, values.astype("<f2").tobytes())
    return FaceTemplate(Analyser("faces", "1"), face, vector, FaceQuality(50, 1.0, 1.0, quality))


@dataclass
class Home:
    """A library with photos whose faces the test chooses."""

    rooms: Rooms
    people: People
    assets: list[str]
    likenesses: Likenesses = field(default_factory=Likenesses)
    used: int = 0

    def meet(self, *who: Sequence[int], quality: float = 0.9) -> list[str]:
        """A photo for each group of people; grouped as a scan does it. Returns the assets."""
        found, assets = [], self.assets[self.used : self.used + len(who)]
        self.used += len(who)
        for asset, people in zip(assets, who, strict=True):
            faces = [
                template(self.likenesses.of(person), 0.2 * number, quality)
                for number, person in enumerate(people)
            ]
            found.append(FacesFound(asset, tuple(faces)))
        self.people.keep(found, MODEL)
        self.people.update()
        return assets

    def groups(self) -> set[frozenset[str]]:
        """Assets of each person."""
        return {frozenset(f.asset for f in row.faces) for row in self.people.people()}

    def of(self, asset: str) -> str:
        """The one person in an asset."""
        (found,) = (
            row.id for row in self.people.people() if any(f.asset == asset for f in row.faces)
        )
        return found


@pytest.fixture
def home(
    settings: Settings, photos: Path, camera: Any, library: Safelight
) -> Callable[[int], Home]:
    """Makes a library of so many photos in which `library` and `faces` are on."""

    def make(count: int) -> Home:
        for number in range(count):
            camera.shoot(photos / f"{number:03}.jpg", datetime(2024, 5, 1, 12, number % 60))
        library.add_folder(str(photos))
        library.allow([Purpose.LIBRARY], Scope())
        library.scan()
        library.allow([Purpose.FACES], Scope())  # after it: the test says what faces there are
        rooms = build_rooms(settings, inline=True)
        assets = sorted(row.id for row in library.assets())
        return Home(rooms, People(rooms), assets)

    return make
