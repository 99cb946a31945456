"""Ideas from folders that somebody put together, where dates do not tell the story.

Scans, pictures that were sent or saved again: their dates are lost, but their folder has a name.
Where a person gave it, it is the title; no day, season or age is ever claimed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from safelight.ideas import words
from safelight.ideas.albums import ALL_SORTS, CAMERA_FOLDER, FEWEST, MOST
from safelight.ideas.pool import Pool, undated_pool
from safelight.ideas.story import Story, library_reason, material, written
from safelight.ideas.themed import LEAST_SCORE, MAKES
from safelight.ideas.wishes import theme_subject
from safelight.model.assets import Shot
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, MakerSpec, Moment, ThemeScore, Timeline

LOST_SHARE = 1 / 3
"""Share of a folder's photos without a date that can be believed, from which it is an album."""

_LONGEST = 60
_DATE_BEFORE = re.compile(r"^\d{4}[-_. ]?\d{2}([-_. ]?\d{2})?[-_. ]+")
_CODE = re.compile(r"[0-9a-f]{6,}|[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
_NO_NAME = ALL_SORTS | frozenset(
    {
        *("img", "image", "dsc", "dscn", "dscf", "dcim", "pict", "pic", "pics", "photo", "mvi"),
        *("vid", "video", "videos", "dji", "gopr", "gopro", "iphone", "android", "canon", "nikon"),
        *(
            "new",
            "folder",
            "untitled",
            "album",
            "albums",
            "export",
            "exports",
            "import",
            "imported",
        ),
        *(
            "copy",
            "edited",
            "originals",
            "original",
            "roll",
            "disc",
            "disk",
            "batch",
            "part",
            "jpg",
        ),
        *("jpeg", "png", "neuer", "neu", "ordner", "unbenannt", "kopie", "sonstiges", "and", "the"),
        *("other", "various", "sort", "unsorted", "files", "media", "scanned", "from", "of"),
    }
)
"""Words that name no story: programs and cameras give them, or they say nothing."""


class Albums:
    """Finds ALBUM ideas; of a folder without a name, a THEME idea where it shows one."""

    spec = MakerSpec("albums", "1", frozenset({Purpose.LIBRARY}))

    def make(self, timeline: Timeline, today: date) -> Iterable[Idea]:
        """Yield ideas; none where every photo has its date."""
        themes = {m.title: _best(m) for m in timeline.moments if not m.dated}
        for folder, shots, lost in _folders(timeline):
            theme = themes.get(folder)
            if theme is not None and theme.name in timeline.preferences.hidden_themes:
                continue
            title = title_of_folder(folder)
            if title is None and theme is None:
                continue
            pool = undated_pool(timeline, _as_moment(folder, shots))
            if len(pool.shots):
                yield from written(pool, [_story(pool, folder, lost, title, theme)], today)


def title_of_folder(name: str) -> str | None:
    """What a person would call it; None where a program or a camera gave the name."""
    words_ = " ".join(name.replace("_", " ").split())
    told = _DATE_BEFORE.sub("", words_)
    if CAMERA_FOLDER.fullmatch(name) or _CODE.fullmatch(told.replace(" ", "")):
        return None
    if told.casefold() in ALL_SORTS or not _says_something(told):
        return None
    told = told if len(told) <= _LONGEST else told[:_LONGEST].rsplit(" ", 1)[0] + "…"
    return told[0].upper() + told[1:]


def _says_something(name: str) -> bool:
    tokens = re.findall(r"[^\W\d_]+", name)
    return any(len(token) >= 3 and token.casefold() not in _NO_NAME for token in tokens)


def _folders(timeline: Timeline) -> Iterator[tuple[str, list[Shot], int]]:
    """Folders of which enough photos have lost their date, their usable photos, how many did.

    A photo of doubtful date that fell into a dated moment has its place there.
    """
    lost = {shot.id for shot in timeline.shots if not shot.trusted}
    dated = (moment.assets for moment in timeline.moments if moment.dated)
    lost.difference_update(asset for assets in dated for asset in assets)
    able = {shot.folder for shot in timeline.shots if shot.id in lost and shot.folder}
    found: defaultdict[str, list[Shot]] = defaultdict(list)
    for shot in timeline.shots if able else ():
        if shot.folder in able and shot.kept_out is None:
            found[shot.folder].append(shot)
    for folder, shots in sorted(found.items()):
        without = sum(shot.id in lost for shot in shots)
        if FEWEST <= len(shots) <= MOST and without >= LOST_SHARE * len(shots):
            yield folder, shots, without


def _as_moment(folder: str, shots: list[Shot]) -> Moment:
    """Dated ones first, in their order; what is without a date follows as the files lie."""
    ordered = sorted(shots, key=lambda shot: (not shot.trusted, shot.utc, shot.id))
    at = ordered[0].local_time
    return Moment("", folder, at, at, tuple(shot.id for shot in ordered), dated=False)


def _story(
    pool: Pool, folder: str, lost: int, title: str | None, theme: ThemeScore | None
) -> Story:
    rows = pool.rows(shot.id for shot in pool.shots)
    what = material(pool, rows)
    kind = IdeaKind.ALBUM if title is not None else IdeaKind.THEME
    usual = (theme.title or words.theme(theme.name)) if theme is not None else ""
    subtitle = "album-theme-sub" if title and usual else "album-sub"
    why = words.say("album-why", material=what, folder=folder, lost=words.number(lost))
    return Story(
        kind=kind,
        key=folder.casefold() if theme is None or title else f"{theme.name}:{folder.casefold()}",
        title=title or usual,
        subtitle=words.say(subtitle, material=what, theme=usual),
        rows=rows,
        reasons=(library_reason("album", why), *(theme.reasons if theme else ())),
        about=(theme_subject(theme.name),) if theme else (),
        makes=MAKES.get(theme.name, ("collage", "film")) if theme else ("collage", "film", "pdf"),
        dated=False,
    )


def _best(moment: Moment) -> ThemeScore | None:
    return next((t for t in moment.themes if t.score >= LEAST_SCORE), None)
