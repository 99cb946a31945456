"""A story becomes an idea: its set, its cover, its reasons and its score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

import numpy as np

from safelight.ideas import words
from safelight.ideas.choosing import SMALLEST, choose_cover, pick, suggested_size, with_everyone
from safelight.ideas.notes import photo_reasons
from safelight.ideas.pool import Pool, Rows
from safelight.ideas.scoring import parts_of, score, season_value, story_value
from safelight.ideas.wishes import kind_subject, person_subject, place_subject
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, PhotoReason, Reason

FINE = 0.3
"""How far a set's mean must be from the middle of the library to its best tenth to be fine."""

LONG_AGO_DAYS = 3650
"""How old photos count as whose dates are lost: nobody scans or sends what was taken today."""

_MOST_PLACES = 6
_CHRONICLES = frozenset(
    {
        *(IdeaKind.TRIP, IdeaKind.TRIP_DAY, IdeaKind.DAY, IdeaKind.WEEKEND, IdeaKind.WEEK),
        *(IdeaKind.MONTH, IdeaKind.SEASON, IdeaKind.YEAR, IdeaKind.THEME, IdeaKind.DAY_WITH),
        *(IdeaKind.THIS_WEEK, IdeaKind.LIVED_THERE),
    }
)
"""Kinds that tell something with a beginning and an end."""


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
        about: subjects besides its kind, people and places, see `Idea.about`.
        people: whom it is about; such a story names a reason with the purpose `faces`.
        fixed: the rows to show, where the maker has chosen them; else the set is chosen here.
        notes: why single rows are in it, said before anything else.
        smallest: with fewer photos it is no idea.
        makes: see `Idea.makes`.
        dated: False where the times of its photos cannot be believed: none is said then, and
            neither season nor age count.
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
    about: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    fixed: Rows | None = None
    notes: Mapping[int, tuple[str, Purpose]] = field(default_factory=dict)
    smallest: int = SMALLEST
    makes: tuple[str, ...] = ("collage", "film")
    dated: bool = True


def idea_id(kind: IdeaKind, key: str) -> str:
    """The id of the idea about this subject: 16 hexadecimal digits of SHA-256."""
    return sha256(f"{kind}:{key}".encode()).hexdigest()[:16]


def write(pool: Pool, story: Story, today: date) -> Idea | None:
    """Choose the photos of a story; None where too few different ones are left."""
    rows, days = story.rows, pool.dates(story.rows)
    leads = int(pool.lead[rows].sum())
    picked, stood_back = _chosen(pool, story, leads, len(days))
    if story.fixed is not None:  # it tells no more than it shows
        leads, days = len(picked), pool.dates(story.fixed)
    if len(picked) < story.smallest:
        return None
    chosen = [pool.shots[row] for row in picked]
    begins = pool.shots[int(rows[0])].local_time  # who flies east over the Pacific lands before it
    people = pool.cast.count(rows)
    fine = _fineness(pool, picked)
    parts = parts_of(
        story=story_value(leads, len(days), story.distance_km),
        dear=_with_dear(pool, rows),
        liked=int((pool.loved[rows] | pool.favourite[rows]).sum()),
        fine=fine,
        anniversary=story.anniversary,
        season=season_value(days[len(days) // 2], today) if story.dated else 0.0,
        age_days=(today - days[-1]).days if story.dated else LONG_AGO_DAYS,
    )
    reasons = [
        *(_reasons(pool, rows, pool.dates(rows)) if story.dated else ()),
        *story.reasons,
        *_people_reasons(pool, people, story),
        *_quality_reasons(fine, stood_back, {reason.signal for reason in story.reasons}),
    ]
    return Idea(
        id=idea_id(story.kind, story.key),
        kind=story.kind,
        title=words.sentence(story.title),
        subtitle=words.sentence(story.subtitle),
        assets=tuple(shot.id for shot in chosen),
        cover=choose_cover(chosen).id,
        reasons=tuple(reasons),
        score=score(parts),
        makes=story.makes,
        start=begins if story.dated else None,
        end=max(begins, pool.shots[int(rows[-1])].local_time) if story.dated else None,
        about=tuple(_about(pool, story, picked)),
        photos=_photo_reasons(pool, story, picked),
        parts=parts,
    )


def _chosen(pool: Pool, story: Story, leads: int, days: int) -> tuple[list[int], int]:
    """Rows to show, and how many stood back for closed eyes or blur."""
    if story.fixed is not None:
        return story.fixed.tolist(), 0
    rows = story.rows
    sound = rows[~pool.flawed[rows]]
    if 2 * int(pool.lead[sound].sum()) < leads:
        sound = rows
    stood_back = leads - int(pool.lead[sound].sum())
    size = suggested_size(leads - stood_back, days)
    picked = pick(pool, sound, size, by_place=story.by_place)
    return with_everyone(pool, sound, picked), stood_back


def _about(pool: Pool, story: Story, picked: Sequence[int]) -> Iterator[str]:
    yield kind_subject(story.kind)
    yield from story.about
    yield from (person_subject(person) for person in story.people)
    if story.by_place:
        codes = pool.place[np.array(picked, dtype=np.intp)]
        values, counts = np.unique(codes[codes >= 0], return_counts=True)
        for code in values[np.argsort(-counts, kind="stable")][:_MOST_PLACES].tolist():
            yield place_subject(pool.places[code])


def _photo_reasons(pool: Pool, story: Story, picked: Sequence[int]) -> tuple[PhotoReason, ...]:
    own = [
        PhotoReason(pool.shots[row].id, words.sentence(text), purpose)
        for row, (text, purpose) in story.notes.items()
        if row in picked
    ]
    begins = story.dated and story.fixed is None and story.kind in _CHRONICLES
    found = photo_reasons(pool, picked, by_place=story.by_place, begins=begins)
    return (*own, *(each for each in found if each.asset not in {note.asset for note in own}))


def _with_dear(pool: Pool, rows: Rows) -> int:
    """Photos with people whom the person named."""
    of_row = pool.cast.of_row
    return sum(int(row) in of_row for row in rows.tolist()) if of_row else 0


def _fineness(pool: Pool, picked: Sequence[int]) -> float:
    """How far the quality of a set is above the usual of this library, 0 to 1.

    0 where it is no more than usual, so that only sets which gain by it stand on `content`.
    """
    if pool.usual_fineness is None:
        return 0.0
    middle, best = pool.usual_fineness
    scores = pool.fineness[np.array(picked, dtype=np.intp)]
    known = scores[~np.isnan(scores)]
    if len(known) * 2 < len(scores) or not len(known):
        return 0.0
    value = float(np.clip((known.mean() - middle) / max(best - middle, 1e-6), 0, 1))
    return value if value >= FINE else 0.0


def material(pool: Pool, rows: Rows) -> str:
    """How much there is, in words: "42 photos and 2 videos"."""
    videos = int(pool.video[rows].sum())
    return words.material(len(rows) - videos, videos)


def library_reason(signal: str, text: str) -> Reason:
    """A reason that the purpose `library` allowed."""
    return Reason(signal, words.sentence(text), Purpose.LIBRARY)


def density_reason(kind: IdeaKind, photos: int, usual: float, among: int) -> Reason:
    """Why it stands out: more photos than a usual day, weekend, week … of this library.

    Args:
        photos: those that differ, as `usual` counts them.
        among: all of them; where these are more, it says that it means the different ones.
    """
    text = words.say(
        "density",
        photos=words.count(photos, "photo" if photos == among else "different-photo"),
        unit=words.say(f"usual-{kind}"),
        usual=words.number(round(usual)),
    )
    return library_reason("density", text)


def place_reason(text: str) -> Reason:
    """A reason that the purpose `places` allowed."""
    return Reason("place", words.sentence(text), Purpose.PLACES)


def places_reasons(names: Sequence[str]) -> Iterator[Reason]:
    """The reason of a story that has place names; none where it has none."""
    if names:
        yield place_reason(words.say("places", at=words.at(names)))


def day_title(day: date, places: Sequence[str]) -> str:
    """ "A day in Moab, 13 June 2015", or "Saturday, 13 June 2015" without a place."""
    if not places:
        return words.full_day(day)
    return words.say("day-in", at=words.at(places), date=words.day(day))


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


def _people_reasons(pool: Pool, counts: Mapping[str, int], story: Story) -> Iterator[Reason]:
    """Who is in the photos; what a story about people says itself is not said again."""
    others = [person for person in counts if person not in story.people]
    if not others:
        return
    names = words.some_names([pool.cast.names[person] for person in others])
    text = words.say("people", names=names)
    if len(others) == 1:
        photos = words.spelled(counts[others[0]], "photo-in")
        text = words.say("person-in", name=names, photos=photos)
    yield Reason("people", words.sentence(text), Purpose.FACES)


def _quality_reasons(fine: float, stood_back: int, said: set[str]) -> Iterator[Reason]:
    if fine and "quality" not in said:
        yield Reason("quality", words.say("fine"), Purpose.CONTENT)
    if stood_back:
        text = words.say("stood-back", photos=words.spelled(stood_back, "photo"))
        yield Reason("quality", words.sentence(text), Purpose.CONTENT)


def written(pool: Pool, stories: Iterable[Story], today: date) -> Iterator[Idea]:
    """The ideas of those stories that have enough to show."""
    for story in stories:
        idea = write(pool, story, today)
        if idea is not None:
            yield idea
