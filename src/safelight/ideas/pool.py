"""The usable shots of a timeline as columns, made once, so that many sets are chosen quickly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from safelight.ideas.cast import Cast
from safelight.ideas.flaws import figure, flaws
from safelight.ideas.likeness import BURST_SECONDS, alike, bursts
from safelight.model.assets import AssetKind, KeptOut, Shot
from safelight.model.ideas import Moment, Timeline, Trip
from safelight.model.people import NOBODY_SEEN, PeopleSeen
from safelight.model.places import Place
from safelight.model.sights import Looks

Rows = NDArray[np.intp]

LEFT_OUT = frozenset({"reject", "rejected", "delete", "trash", "private", "hidden", "hide"})
FAVOURITE = frozenset({"favorite", "favourite", "favorites", "favourites", "best", "pick", "top"})
GOOD_RATING = 4

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_BY_RATING = {1: 0.3, 2: 0.4, 3: 0.6, 4: 0.85, 5: 1.0}
_UNRATED = 0.5
_SMALL_PICTURE = 300_000
_KNOWN_FINENESS = 20
_FULL_LIBRARY, _LEAST_SHARE = 400, 0.5


def usable(shot: Shot) -> bool:
    """Whether an idea may show it: not kept out, time trusted, not rejected by the person."""
    if shot.kept_out is not None or not shot.trusted or shot.rating == -1:
        return False
    return not shot.keywords or not any(word.lower() in LEFT_OUT for word in shot.keywords)


def favourite(shot: Shot) -> bool:
    """Whether a keyword says that the person likes it best."""
    return bool(shot.keywords) and any(word.lower() in FAVOURITE for word in shot.keywords)


def quality(shot: Shot) -> float:
    """What the person and the file say for a shot, 0 to 1; the same for most of a library."""
    value = _UNRATED if shot.rating is None else _BY_RATING.get(shot.rating, _UNRATED)
    if shot.keywords:
        value += 0.3 if favourite(shot) else 0.05
    if shot.kind is AssetKind.VIDEO:
        value -= 0.35
    pixels = shot.width * shot.height
    if pixels < _SMALL_PICTURE:
        value -= 0.3
    elif shot.width > shot.height:
        value += 0.03 if shot.width <= 3 * shot.height else -0.1
    return min(1.0, max(0.0, value))


def _qualities(shots: Sequence[Shot]) -> NDArray[np.float64]:
    """`quality` of each; most shots of a library share a few kinds of answers."""
    known: dict[object, float] = {}
    found = np.empty(len(shots))
    for row, shot in enumerate(shots):
        key = (shot.rating, shot.keywords, shot.kind, shot.width, shot.height)
        value = known.get(key)
        if value is None:
            value = known[key] = quality(shot)
        found[row] = value
    return found


def _standing(shot: Shot) -> tuple[float, bool, bool, float, bool, int]:
    rating = 2.5 if shot.rating is None else float(shot.rating)
    wide = shot.width >= shot.height
    sharp = -1.0 if shot.sharpness is None else shot.sharpness
    photo = shot.kind is not AssetKind.VIDEO
    return rating, favourite(shot), photo, sharp, wide, shot.width * shot.height


@dataclass(frozen=True)
class Pool:
    """Usable shots, oldest first, as parallel columns.

    Attributes:
        day: ordinal of the local calendar day (`date.toordinal`).
        prints, known: fingerprints, and which rows have one.
        loved, favourite: rated 4 or 5 stars; marked by a keyword.
        place: index into `places`, -1 where no place is known.
        lead: True for the best shot of each burst; only those are chosen.
        burst: how many shots the burst has.
    """

    shots: Sequence[Shot]
    utc: NDArray[np.float64]
    day: NDArray[np.intp]
    prints: NDArray[np.uint64]
    known: NDArray[np.bool_]
    quality: NDArray[np.float64]
    video: NDArray[np.bool_]
    loved: NDArray[np.bool_]
    favourite: NDArray[np.bool_]
    place: NDArray[np.intp]
    lead: NDArray[np.bool_]
    burst: Rows
    places: Sequence[Place] = field(default=())
    people: PeopleSeen = NOBODY_SEEN
    looks: Looks | None = None

    @classmethod
    def of(
        cls,
        shots: Iterable[Shot],
        moments: Iterable[Moment] = (),
        people: PeopleSeen = NOBODY_SEEN,
        looks: Looks | None = None,
    ) -> Pool:
        """Sort the usable ones of `shots` and take their columns; the same id counts once.

        A photo without a place of its own has that of its moment.
        """
        shots = list(shots)
        kept = sorted(
            {shot.id: shot for shot in shots if usable(shot)}.values(),
            key=lambda shot: (shot.utc, shot.id),
        )
        codes: dict[Place, int] = {}
        around = {asset: m.place for m in moments if m.place is not None for asset in m.assets}
        said = [shot.place or around.get(shot.id) for shot in kept]
        place = [-1 if name is None else codes.setdefault(name, len(codes)) for name in said]
        ratings = [shot.rating or 0 for shot in kept]
        lead, burst = _leads(kept)
        _count_seconds(burst, kept, [s for s in shots if s.kept_out is KeptOut.DUPLICATE])
        return cls(
            shots=kept,
            utc=np.array([shot.utc for shot in kept], dtype=np.float64),
            day=(np.array([s.local for s in kept]) // 86400).astype(np.intp) + _EPOCH_DAY,
            prints=np.array([(s.fingerprint or 0) & _WORD for s in kept], dtype=np.uint64),
            known=np.array([shot.fingerprint is not None for shot in kept], dtype=np.bool_),
            quality=_qualities(kept),
            video=np.array([shot.kind is AssetKind.VIDEO for shot in kept], dtype=np.bool_),
            loved=np.array(ratings, dtype=np.int64) >= GOOD_RATING,
            favourite=np.array([favourite(shot) for shot in kept], dtype=np.bool_),
            place=np.array(place, dtype=np.intp),
            lead=lead,
            burst=burst,
            places=list(codes),
            people=people,
            looks=looks,
        )

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row by asset id."""
        return {shot.id: row for row, shot in enumerate(self.shots)}

    @cached_property
    def folders(self) -> Counter[str]:
        """How many rows each folder holds."""
        return Counter(shot.folder for shot in self.shots)

    @cached_property
    def _by_day(self) -> tuple[Rows, Rows]:
        """Rows ordered by their day, and those days: clocks of other zones are out of step."""
        order = np.argsort(self.day, kind="stable")
        return order, self.day[order]

    @cached_property
    def moves(self) -> NDArray[np.bool_]:
        """Rows that move: videos and Live Photos."""
        kinds = (AssetKind.VIDEO, AssetKind.LIVE)
        return np.array([shot.kind in kinds for shot in self.shots], dtype=np.bool_)

    @cached_property
    def cast(self) -> Cast:
        """Who is in which rows, as far as `faces` allows and names were given."""
        return Cast.of([shot.id for shot in self.shots], self.people)

    @cached_property
    def flawed(self) -> NDArray[np.bool_]:
        """Rows with closed eyes, out of focus or all dark, as far as `content` was looked at."""
        return flaws([shot.id for shot in self.shots], self.looks)

    @cached_property
    def fineness(self) -> NDArray[np.float32]:
        """Quality of each row, 0 to 1, not-a-number where `content` was not looked at."""
        return figure([shot.id for shot in self.shots], self.looks, "score")

    @cached_property
    def usual_fineness(self) -> tuple[float, float] | None:
        """Middle and upper quality of this library; None where too little was looked at."""
        known = self.fineness[~np.isnan(self.fineness)]
        if len(known) < _KNOWN_FINENESS:
            return None
        return float(np.quantile(known, 0.5)), float(np.quantile(known, 0.9))

    @cached_property
    def modesty(self) -> float:
        """What a story needs in a library of this size, as a share of what it usually needs.

        Who has 200 photos in all has had great days of five.
        """
        return min(1.0, max(_LEAST_SHARE, int(self.lead.sum()) / _FULL_LIBRARY))

    @cached_property
    def day_counts(self) -> tuple[Rows, Rows]:
        """Days that have leading photos, ascending, and how many each has."""
        days, counts = np.unique(self.day[self.lead & ~self.video], return_counts=True)
        return days, counts

    def rows(self, assets: Iterable[str]) -> Rows:
        """Rows of the assets that are usable, oldest first."""
        known = self.row_of
        return np.array(sorted({known[a] for a in assets if a in known}), dtype=np.intp)

    def between(self, first: date, last: date) -> Rows:
        """Rows whose local day lies in first to last, both included."""
        order, days = self._by_day
        low = int(np.searchsorted(days, first.toordinal()))
        high = int(np.searchsorted(days, last.toordinal(), side="right"))
        return np.sort(order[low:high])

    def dates(self, rows: Rows) -> list[date]:
        """The different local days of the rows, ascending."""
        return [date.fromordinal(int(day)) for day in np.unique(self.day[rows])]


_WORD = (1 << 64) - 1


def _leads(kept: Sequence[Shot]) -> tuple[NDArray[np.bool_], Rows]:
    """Which shots stand for their burst, and how large each one's burst is."""
    numbers = bursts([shot.utc for shot in kept], [shot.fingerprint for shot in kept])
    best: dict[int, int] = {}
    for row, number in enumerate(numbers):
        rival = best.get(number)
        if rival is None or _standing(kept[row]) > _standing(kept[rival]):
            best[number] = row
    lead = np.zeros(len(kept), dtype=np.bool_)
    lead[list(best.values())] = True
    of = np.array(numbers, dtype=np.intp)
    return lead, np.bincount(of, minlength=1)[of] if len(of) else of


def _count_seconds(burst: Rows, kept: Sequence[Shot], seconds: Sequence[Shot]) -> None:
    """Count the shots that already stood back for a better one into its burst.

    Copies of a file have its very instant, and are no shots of a burst.
    """
    if not len(kept):
        return
    times = np.array([shot.utc for shot in kept])
    for shot in seconds:
        near = int(np.searchsorted(times, shot.utc))
        for row in (near - 1, near):
            gap = abs(shot.utc - times[row]) if 0 <= row < len(kept) else 0.0
            if 0 < gap <= BURST_SECONDS and alike(kept[row].fingerprint, shot.fingerprint, gap):
                burst[row] += 1
                break


def undated_pool(timeline: Timeline, moment: Moment) -> Pool:
    """The shots of an album whose dates are lost, a few minutes apart in the order it has.

    The times of their files would make bursts of what was only copied together.
    """
    known = [timeline.by_id[asset] for asset in moment.assets if asset in timeline.by_id]
    first = known[0].local if known else 0.0
    times = (first + number * 2 * BURST_SECONDS for number in range(len(known)))
    spaced = [
        replace(shot, trusted=True, utc=at, local=at) for shot, at in zip(known, times, strict=True)
    ]
    return Pool.of(spaced, (), timeline.people, timeline.looks)


def trip_numbers(pool: Pool, trips: Sequence[Trip]) -> Rows:
    """For each row the number of its trip in `trips`, -1 where it is on none."""
    numbers = np.full(len(pool.shots), -1, dtype=np.intp)
    row_of = pool.row_of
    for number, trip in enumerate(trips):
        numbers[[row_of[asset] for asset in trip.assets if asset in row_of]] = number
    return numbers


@dataclass(frozen=True, slots=True)
class PooledTimeline(Timeline):
    """A timeline that carries its pool, so that several makers share one."""

    pool: Pool | None = None


def with_pool(timeline: Timeline) -> PooledTimeline:
    """The same timeline with its pool made."""
    return PooledTimeline(
        shots=timeline.shots,
        moments=timeline.moments,
        trips=timeline.trips,
        homes=timeline.homes,
        by_id=timeline.by_id,
        people=timeline.people,
        sights=timeline.sights,
        looks=timeline.looks,
        views=timeline.views,
        preferences=timeline.preferences,
        pool=pool_of(timeline),
    )


def pool_of(timeline: Timeline) -> Pool:
    """The timeline's pool: the one it carries, or a new one."""
    if isinstance(timeline, PooledTimeline) and timeline.pool is not None:
        return timeline.pool
    return Pool.of(timeline.shots, timeline.moments, timeline.people, timeline.looks)
