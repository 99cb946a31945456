"""A story becomes an idea: its set, its cover, its reasons and its score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from safelight.ideas import words
from safelight.ideas.choosing import SMALLEST, choose_cover, pick, suggested_size
from safelight.ideas.pool import Pool, Rows
from safelight.ideas.scoring import score, story_value
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, Reason


@dataclass(frozen=True, slots=True)
class Story:
    """What a maker found, before photos are chosen.

    Attributes:
        key: names the subject within its kind, whatever is imported later: a date, a trip's id.
        rows: the usable shots it is about.
        reasons: signals of its own, besides dates and ratings, which every story has.
        by_place: whether places spread the set; only for stories that name a place reason.
        distance_km: how far away it was, 0 where no place was used.
        anniversary: see `scoring`.
    """

    kind: IdeaKind
    key: str
    title: str
    subtitle: str
    rows: Rows
    reasons: tuple[Reason, ...] = ()
    by_place: bool = False
    distance_km: float = 0.0
    anniversary: float = 0.0


def idea_id(kind: IdeaKind, key: str) -> str:
    """The id of the idea about this subject: 16 hexadecimal digits of SHA-256."""
    return sha256(f"{kind}:{key}".encode()).hexdigest()[:16]


def write(pool: Pool, story: Story, today: date) -> Idea | None:
    """Choose the photos of a story; None where fewer than four different ones are left."""
    rows = story.rows
    days = pool.dates(rows)
    leads = int(pool.lead[rows].sum())
    picked = pick(pool, rows, suggested_size(leads, len(days)), by_place=story.by_place)
    if len(picked) < SMALLEST:
        return None
    chosen = [pool.shots[row] for row in picked]
    liked = int((pool.loved | pool.favourite)[rows].sum())
    return Idea(
        id=idea_id(story.kind, story.key),
        kind=story.kind,
        title=story.title,
        subtitle=words.sentence(story.subtitle),
        assets=tuple(shot.id for shot in chosen),
        cover=choose_cover(chosen).id,
        reasons=(*_reasons(pool, rows, days), *story.reasons),
        score=score(
            story=story_value(leads, len(days), story.distance_km),
            liked=liked,
            anniversary=story.anniversary,
            age_days=(today - days[-1]).days,
        ),
        start=pool.shots[int(rows[0])].local_time,
        end=pool.shots[int(rows[-1])].local_time,
    )


def material(pool: Pool, rows: Rows) -> str:
    """How much there is, in words: "42 photos and 2 videos"."""
    videos = int(pool.video[rows].sum())
    return words.material(len(rows) - videos, videos)


def library_reason(signal: str, text: str) -> Reason:
    """A reason that the purpose `library` allowed."""
    return Reason(signal, words.sentence(text), Purpose.LIBRARY)


def density_reason(kind: IdeaKind, photos: int, usual: float) -> Reason:
    """Why it stands out: more photos than a usual day, weekend, week … of this library."""
    text = words.say(
        "density",
        photos=words.count(photos, "photo"),
        unit=words.WORDS[f"unit-{kind}"],
        usual=f"{usual:,.0f}",
    )
    return library_reason("density", text)


def place_reason(text: str) -> Reason:
    """A reason that the purpose `places` allowed."""
    return Reason("place", words.sentence(text), Purpose.PLACES)


def places_reasons(names: Sequence[str]) -> Iterator[Reason]:
    """The reason of a story that has place names; none where it has none."""
    if names:
        yield place_reason(words.say("places", places=words.and_list(names)))


def day_title(day: date, places: Sequence[str]) -> str:
    """ "A day in Moab, 13 June 2015", or "Saturday, 13 June 2015" without a place."""
    if not places:
        return words.full_day(day)
    return words.say("day-in", place=words.and_list(places), date=words.day(day))


def _reasons(pool: Pool, rows: Rows, days: list[date]) -> Iterator[Reason]:
    what = material(pool, rows)
    if len(days) == 1:
        yield library_reason(
            "dates", words.say("dates-day", material=what, date=words.day(days[0]))
        )
    else:
        first, last = words.since_until(days[0], days[-1])
        yield library_reason("dates", words.say("dates", material=what, first=first, last=last))
    if rated := int(pool.loved[rows].sum()):
        text = words.say("ratings", photos=words.count(rated, "photo"))
        yield library_reason("ratings", text)
    if liked := int(pool.favourite[rows].sum()):
        text = words.say("favourites", photos=words.count(liked, "photo"))
        yield library_reason("favourites", text)
    if similar := int((~pool.lead[rows]).sum()):
        text = words.say("variety", shots=words.spelled(similar, "similar"))
        yield library_reason("variety", text)
