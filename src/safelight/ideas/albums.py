"""Albums without dates: photos that lost their times, kept together by their folder.

Pictures that were sent, shared or saved again carry no time of capture, and the file's own date
tells when it was copied. A folder of them is still one thing that somebody put together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from safelight.model.assets import Shot
from safelight.model.ideas import Moment

FEWEST, MOST = 8, 400
"""Photos from which a folder is an album, and beyond which it is a store of all sorts."""

ALL_SORTS = frozenset(
    {
        *("downloads", "download", "desktop", "pictures", "photos", "images", "camera", "dcim"),
        *("camera roll", "saved pictures", "saved", "screenshots", "whatsapp images", "received"),
        *("telegram", "signal", "instagram", "facebook", "misc", "temp", "tmp", "backup", "scans"),
        *("scan", "bilder", "fotos", "eigene bilder", "images sauvegardees", "imagenes"),
    }
)
"""Names of folders where things gather that do not belong together."""


CAMERA_FOLDER = re.compile(r"\d{3}[_ -]?[A-Z0-9_]{4,5}")


def is_put_together(folder: str) -> bool:
    """Whether a folder may hold what belongs together: no camera's, and no store of all sorts."""
    return folder.casefold() not in ALL_SORTS and not CAMERA_FOLDER.fullmatch(folder)


def parted(moments: Iterable[Moment], by_id: Mapping[str, Shot]) -> list[Moment]:
    """The same moments, but those of one second that hold several whole folders cut by folder.

    A date without a time, as for a year alone, puts into one second what was years apart.
    """
    found: list[Moment] = []
    for moment in moments:
        still = moment.start == moment.end and len(moment.assets) >= 2 * FEWEST
        found += _by_folder(moment, by_id) if still else [moment]
    return found


def _by_folder(moment: Moment, by_id: Mapping[str, Shot]) -> list[Moment]:
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for asset in moment.assets:
        folders[by_id[asset].folder].append(asset)
    if len(folders) < 2 or min(map(len, folders.values())) < FEWEST:
        return [moment]
    return [
        replace(moment, id=f"moment-{assets[0]}", assets=tuple(assets))
        for assets in folders.values()
    ]


def undated_albums(shots: Iterable[Shot], moments: Sequence[Moment]) -> list[Moment]:
    """Moments of folders whose photos have no time that can be believed, and are in no moment."""
    lost = [shot for shot in shots if not shot.trusted and shot.kept_out is None and shot.folder]
    if len(lost) < FEWEST:
        return []
    placed = {asset for moment in moments for asset in moment.assets}
    folders: defaultdict[str, list[Shot]] = defaultdict(list)
    for shot in lost:
        if shot.id not in placed:
            folders[shot.folder].append(shot)
    return [
        _album(name, members)
        for name, members in sorted(folders.items())
        if FEWEST <= len(members) <= MOST and name.casefold() not in ALL_SORTS
    ]


def _album(name: str, members: list[Shot]) -> Moment:
    ordered = sorted(members, key=lambda shot: (shot.utc, shot.id))
    first, last = ordered[0].local_time, ordered[-1].local_time
    return Moment(
        id=f"moment-{min(shot.id for shot in members)}",
        title=name,
        start=first,
        end=max(first, last),
        assets=tuple(shot.id for shot in ordered),
        dated=False,
    )
