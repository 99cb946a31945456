"""The faces that a whole scan finds: the real program, with its workers, gates and drawers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from safelight.analysis.framing import Array
from safelight.model.consent import Purpose


@dataclass(frozen=True)
class ScannedFace:
    """The face that counts of a photo: its template, and the number of its person, -1 for none."""

    values: Array
    person: int


def scanned(paths: Iterable[Path]) -> dict[Path, ScannedFace]:
    """The face of each photo, after one scan of them all; photos without one are missing.

    Of several the largest counts, weighed by how near the middle it is. Of files that are the same
    to the byte one was looked at, and stands for all.
    """
    from safelight.app import Safelight  # not above: workers import this file, as no command does
    from safelight.settings import load_settings

    with TemporaryDirectory() as there:
        photos, home = Path(there) / "photos", Path(there) / "home"
        own = _laid_out(paths, photos)
        with Safelight(replace(load_settings(home), key_store="file")) as library:
            library.add_folder(str(photos))
            library.allow([Purpose.LIBRARY, Purpose.CONTENT, Purpose.FACES])
            library.scan()
            rows = list(library.assets())
            store = library.people._store  # no surface says what a template is
            faces = {row.id: store.faces_in(row.id) or [] for row in rows}
    number: dict[str, int] = {}
    found: dict[Path, ScannedFace] = {}
    for row in rows:
        seen = [f for f in faces[row.duplicate_of or row.id] if f["template"]]
        if seen:
            face = max(seen, key=lambda f: _weight(f["x"], f["y"], f["width"], f["height"]))
            who = face["person"]
            person = -1 if who is None else number.setdefault(who, len(number))
            values = np.frombuffer(face["template"], "<f2").astype(np.float32)
            found[own[Path(row.path)]] = ScannedFace(values, person)
    return found


def _laid_out(paths: Iterable[Path], photos: Path) -> dict[Path, Path]:
    """Second names of the files in a folder of their own, with the path of each."""
    photos.mkdir()
    own: dict[Path, Path] = {}
    for at, path in enumerate(sorted(set(paths))):
        target = photos / f"{at:06d}{path.suffix.lower()}"
        try:
            os.link(path.resolve(), target)
        except OSError:
            shutil.copyfile(path, target)
        own[target] = path
    return own


def _weight(left: float, top: float, width: float, height: float) -> float:
    x, y = left + width / 2 - 0.5, top + height / 2 - 0.5
    return width * height * (1 - (x * x + y * y))
