"""Why single photos are in a set: what each of them alone brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from safelight.ideas import words
from safelight.ideas.pool import Pool
from safelight.model.consent import Purpose
from safelight.model.ideas import PhotoReason

_MOST = 2
_FEWEST_IN_BURST = 3

_Note = tuple[str, Purpose]


def photo_reasons(
    pool: Pool, picked: Sequence[int], *, by_place: bool, begins: bool
) -> tuple[PhotoReason, ...]:
    """At most two reasons a photo, the telling ones first; every photo has one.

    Args:
        by_place: whether the story may use places.
        begins: whether the story has a beginning and an end.
    """
    tellers = [
        *([_of_people(pool, picked)] if pool.cast.of_row else []),
        *(_of_bursts(pool), _of_rating(pool)),
        *([_of_place(pool, picked)] if by_place else []),
        *([_of_order(picked)] if begins else []),
    ]
    found: list[PhotoReason] = []
    fallback = _of_day(pool, picked)
    for place, row in enumerate(picked):
        said = [note for teller in tellers for note in teller(place, row)][:_MOST]
        for text, purpose in said or list(fallback(place, row)):
            found.append(PhotoReason(pool.shots[row].id, words.sentence(text), purpose))
    return tuple(found)


_Teller = Callable[[int, int], Iterator[_Note]]


def _of_people(pool: Pool, picked: Sequence[int]) -> _Teller:
    cast = pool.cast
    together = Counter(cast.of_row[row] for row in picked if row in cast.of_row)
    everyone = frozenset[str]().union(*together)
    alone = Counter(
        person for who, number in together.items() for person in who for _ in range(number)
    )

    def tell(place: int, row: int) -> Iterator[_Note]:
        who = cast.of_row.get(row, frozenset())
        if len(everyone) >= 3 and who == everyone and together[who] == 1:
            text = words.say("photo-all", number=words.small_number(len(everyone)))
            yield text, Purpose.FACES
            return
        rare = sorted(cast.names[person] for person in who if alone[person] == 1)
        if rare and len(picked) > 2:
            yield words.say("photo-only-with", names=words.and_list(rare)), Purpose.FACES

    return tell


def _of_bursts(pool: Pool) -> _Teller:
    def tell(place: int, row: int) -> Iterator[_Note]:
        size = int(pool.burst[row])
        if size >= _FEWEST_IN_BURST:
            sharp = pool.shots[row].sharpness is not None
            key = "photo-sharpest" if sharp else "photo-best"
            yield words.say(key, number=words.number(size)), Purpose.LIBRARY

    return tell


def _of_rating(pool: Pool) -> _Teller:
    def tell(place: int, row: int) -> Iterator[_Note]:
        if pool.loved[row]:
            stars = words.number(pool.shots[row].rating or 0)
            yield words.say("photo-rated", stars=stars), Purpose.LIBRARY
        elif pool.favourite[row]:
            yield words.say("photo-favourite"), Purpose.LIBRARY

    return tell


def _of_place(pool: Pool, picked: Sequence[int]) -> _Teller:
    codes = pool.place[np.array(picked, dtype=np.intp)].tolist()
    counts = Counter(pool.places[code].city for code in codes if code >= 0)

    def tell(place: int, row: int) -> Iterator[_Note]:
        if codes[place] < 0 or len(counts) < 2:
            return
        name = pool.places[codes[place]].city
        if name is not None and counts[name] == 1:
            yield words.say("photo-only-at", at=words.at([name])), Purpose.PLACES

    return tell


def _of_order(picked: Sequence[int]) -> _Teller:
    def tell(place: int, row: int) -> Iterator[_Note]:
        if len(picked) < 3:
            return
        if place == 0:
            yield words.say("photo-begins"), Purpose.LIBRARY
        elif place == len(picked) - 1:
            yield words.say("photo-ends"), Purpose.LIBRARY

    return tell


def _of_day(pool: Pool, picked: Sequence[int]) -> _Teller:
    """What can be said of any photo: the day, or the part of the day, that it stands for."""
    days = Counter(int(pool.day[row]) for row in picked)

    def tell(place: int, row: int) -> Iterator[_Note]:
        moment = pool.shots[row].local_time
        if len(days) == 1:
            yield words.say("photo-hour", time=f"{moment:%H:%M}"), Purpose.LIBRARY
            return
        day = words.day(moment.date())
        alone = days[int(pool.day[row])] == 1
        yield words.say("photo-only-day" if alone else "photo-day", date=day), Purpose.LIBRARY

    return tell
