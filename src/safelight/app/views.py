"""What surfaces get to show: frozen rows, already filtered by consent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from safelight.model.arrangement import AS_LAID_OUT, Arrangement, Border, Hold
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
    look_error: str | None = None
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
    """One day of the timeline; `day` is None for undated assets, `place` tells its places."""

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
class CollageOrder:
    """A collage as it was asked for and then changed: enough to make it again exactly.

    Attributes:
        layout: number of the layout, from 0, round and round.
        kept: id of a creation whose own layout it begins with; empty for none.
    """

    photos: tuple[str, ...]
    format: str
    title: str = ""
    subtitle: str = ""
    layout: int = 0
    seed: int = 0
    style: str = "mosaic"
    kept: str = ""
    arrangement: Arrangement = AS_LAID_OUT

    @property
    def shown(self) -> tuple[str, ...]:
        """The photos in it, in their order."""
        return self.arrangement.photos(self.photos)

    def changed(self, **changes: Any) -> CollageOrder:
        """Another layout, with the crops and pins; what suits only this one is left behind."""
        fresh = replace(
            self, photos=self.shown, arrangement=self.arrangement.carried(), kept="", layout=0
        )
        return replace(fresh, **changes)


@dataclass(frozen=True, slots=True)
class ArrangedCollage:
    """An order laid out.

    Attributes:
        order: what was laid out: as asked for, less what may no longer be used.
        plans: the layouts to choose from, the chosen one with all changes.
        at: number of the chosen one, from 0.
        holds: what can be done with each cell of it.
        borders: what can be moved in it.
        lost: how many photos may no longer be used.
        undrawn: letters of its words that no font here has.
    """

    order: CollageOrder
    plans: tuple[CollagePlan, ...]
    at: int
    holds: tuple[Hold, ...]
    borders: tuple[Border, ...]
    lost: int = 0
    undrawn: str = ""

    @property
    def plan(self) -> CollagePlan:
        """The chosen layout."""
        return self.plans[self.at]

    def turned(self, at: int) -> CollageOrder:
        """The order for another of the layouts."""
        at %= len(self.plans)
        if not self.order.kept:
            return self.order.changed(layout=at)
        if set(self.order.shown) == set(self.order.photos):
            return self.order.changed(layout=at, kept=self.order.kept, photos=self.order.photos)
        return self.order.changed(layout=max(0, at - 1))

    @property
    def cut(self) -> tuple[int, ...]:
        """Numbers, from 1, of the photos in which a face is cut."""
        return tuple(number for number, hold in enumerate(self.holds, 1) if hold.cuts)


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
class LedgerRun:
    """Entries that follow one another on one day and say the same, told once.

    The log itself has each of them; `lines` are in the order in which they were given.
    """

    text: str
    lines: tuple[LedgerLine, ...]

    @property
    def first(self) -> LedgerLine:
        """The oldest of them."""
        return min(self.lines, key=lambda line: line.index)

    @property
    def last(self) -> LedgerLine:
        """The newest of them."""
        return max(self.lines, key=lambda line: line.index)


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
