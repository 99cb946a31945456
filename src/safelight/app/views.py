"""What surfaces get to show: frozen rows, already filtered by consent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from safelight.model.assets import AssetKind, ClockEvidence, KeptOut, TimeSource
from safelight.model.consent import Purpose
from safelight.model.creations import CollagePlan
from safelight.model.ideas import Idea
from safelight.model.isolation import LayerState
from safelight.model.places import Place


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A place where photos come from. `reachable` is False for a vanished disk, with `note`."""

    id: int
    kind: str
    location: str
    added_at: datetime
    reachable: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class AssetRow:
    """One asset in a list; fields that consent does not cover are None.

    `taken_at` is ISO 8601 with an offset where known; `error` says in words why a file could
    not become a picture (then width and height are 0). `labels` (name and score, best first),
    `faces` (how many) and `quality` (0 to 1) are None where nobody looked, `people` (names that
    are said of it) where the purpose `faces` is off.
    `clock_shift_s` was added to a camera's clock that was wrong; `clock_evidence` says so.
    """

    id: str
    path: str
    kind: AssetKind
    taken_at: str | None
    time_source: TimeSource | None
    width: int
    height: int
    latitude: float | None
    longitude: float | None
    place: Place | None
    camera: str | None
    kept_out: KeptOut | None
    duplicate_of: str | None
    error: str | None
    rating: int | None = None
    title: str | None = None
    duration_s: float | None = None
    labels: tuple[tuple[str, float], ...] | None = None
    faces: int | None = None
    quality: float | None = None
    people: tuple[str, ...] | None = None
    clock_shift_s: float = 0.0
    clock_evidence: ClockEvidence | None = None


@dataclass(frozen=True, slots=True)
class AssetDetail:
    """Everything known of one asset, for its own page. `files` are (role, path, bytes)."""

    row: AssetRow
    files: tuple[tuple[str, str, int], ...]
    description: str | None
    keywords: tuple[str, ...]
    lens: str | None
    offset_source: str | None
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many assets a month of the timeline holds; `month` is "2015-06", or "" for undated."""

    month: str
    count: int


@dataclass(frozen=True, slots=True)
class DayGroup:
    """One day of the timeline; `day` is None for undated assets."""

    day: date | None
    place: str | None
    assets: tuple[AssetRow, ...]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Days newest first; `cursor` continues, None at the end."""

    days: tuple[DayGroup, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class IdeaCard:
    """An idea with the covers a card shows (asset ids, the cover first) and its state.

    `state` is "new", "liked", "dismissed" or "hidden".
    """

    idea: Idea
    covers: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """Where a scan is.

    `phase` is idle, walking, reading, places, content, people, ideas, done, stopped or failed.

    Attributes:
        done, total: assets read, and to be read as far as known (None while walking).
        photos_per_second: over the last few seconds.
        seconds_left: estimate; None while unknown.
        note: what is being done, or what went wrong, in words.
    """

    phase: str
    done: int = 0
    total: int | None = None
    failed: int = 0
    photos_per_second: float = 0.0
    seconds_left: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a scan did; the fields of `safelight scan --json`."""

    assets: int
    new: int
    changed: int
    unchanged: int
    removed: int
    moved: int
    failed: int
    skipped: int
    seconds: float
    photos_per_second: float
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CollageChoice:
    """Alternative layouts for one set of photos, best first."""

    plans: tuple[CollagePlan, ...]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A ledger entry in plain words, with its exact form for those who check."""

    index: int
    at: datetime
    event: str
    purpose: Purpose | None
    text: str
    raw: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Status:
    """What is on, what runs, and what is missing on this machine.

    `ledger_fault` says why the record of consent does not hold; empty when it does.
    """

    home: str
    on: tuple[Purpose, ...]
    assets: int
    sources: int
    ideas: int
    scan: ScanProgress
    key_store: str
    missing: tuple[str, ...]
    walls: tuple[LayerState, ...]
    ledger_fault: str = ""
