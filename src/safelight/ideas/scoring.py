"""How much an idea is worth showing: one documented sum, whose parts an idea keeps.

Each part is 0 to 1 and adds up to its weight:

- story (0.36): half photos n / (n + 40), a quarter days (d - 1) / (d + 3), a quarter distance
  km / (km + 500), which only trips have.
- people (0.14): k / (k + 6) for k photos with people whom the person named or marked as dear.
- quality (0.12): k / (k + 5) for k photos that the person rated 4 or 5 stars or called
  favourites, or, where pictures were looked at, how far the set is above the usual.
- anniversary (0.18): 1 when it happened on this day of the year, 0.6 when it began this week.
- season (0.05): 1 in the month of the year in which it was, 0 half a year away.
- freshness (0.15): halves every 60 days after the last photo.

When ideas are offered, novelty adds up to 0.10: 1 where neither the idea nor its photos were
offered before, less for each photo that was, the more recently the less. What the person wants
more or fewer of (under `learn`) multiplies the sum, and so does, less, how ideas of the same
subject were received. An idea that was liked adds nothing itself: it has been seen.
"""

from __future__ import annotations

from datetime import date

from safelight.model.ideas import Idea, Part, Shown

STORY, PEOPLE, QUALITY, ANNIVERSARY, SEASON, FRESHNESS = 0.36, 0.14, 0.12, 0.18, 0.05, 0.15
NOVELTY = 0.10
HALF_LIFE_DAYS = 60.0
FORGOTTEN_DAYS = 180
"""Photos that were offered longer ago are as new."""


def story_value(photos: int, days: int, distance_km: float = 0.0) -> float:
    """What there is to tell, 0 to 1; `distance_km` is 0 where no place was used."""
    by_photos = photos / (photos + 40)
    by_days = (days - 1) / (days + 3)
    by_distance = distance_km / (distance_km + 500)
    return by_photos / 2 + by_days / 4 + by_distance / 4


def season_value(then: date, today: date) -> float:
    """How near two days are in the course of a year: 1 for the same day, 0 half a year apart."""
    apart = abs(then.timetuple().tm_yday - today.timetuple().tm_yday)
    return 1 - min(apart, 365 - min(apart, 365)) / 182.5


def parts_of(
    *,
    story: float,
    dear: int,
    liked: int,
    fine: float,
    anniversary: float,
    season: float,
    age_days: int,
) -> tuple[Part, ...]:
    """The parts of the sum at the head of this file; those that add nothing are left out.

    Args:
        dear, liked: photos with dear people; that the person rated or marked.
        fine: how far the set's quality is above the usual, 0 to 1.
    """
    freshness = float(0.5 ** (max(0, age_days) / HALF_LIFE_DAYS))
    values = (
        ("story", story, STORY),
        ("people", dear / (dear + 6), PEOPLE),
        ("quality", max(liked / (liked + 5), fine), QUALITY),
        ("anniversary", anniversary, ANNIVERSARY),
        ("season", season, SEASON),
        ("freshness", freshness, FRESHNESS),
    )
    found = (Part(name, round(v, 4), round(v * weight, 4)) for name, v, weight in values)
    return tuple(part for part in found if part.adds > 0)


def score(parts: tuple[Part, ...]) -> float:
    """What the parts add up to; rounded, so that it is the same on every machine."""
    return round(min(1.0, max(0.0, sum(part.adds for part in parts))), 4)


def novelty(idea: Idea, today: date, shown: Shown) -> Part:
    """How new the idea and its photos are, 0 to 1."""
    known = 0.0
    for asset in idea.assets:
        last = shown.assets.get(asset)
        if last is not None and last < today:
            known += max(0.0, 1 - (today - last).days / FORGOTTEN_DAYS)
    value = 1 - known / len(idea.assets)
    if shown.ideas.get(idea.id, today) < today:
        value /= 2
    return Part("novelty", round(value, 4), round(NOVELTY * value, 4))
