"""How much an idea is worth showing: one documented formula, 0 to 1.

score = 0.45 story + 0.15 ratings + 0.20 anniversary + 0.20 freshness, each part 0 to 1:

- story: half photos n / (n + 40), a quarter days (d - 1) / (d + 3), a quarter distance
  km / (km + 500), which only trips have.
- ratings: k / (k + 5) for k photos that the person rated 4 or 5 stars or called favourites.
- anniversary: 1 when it happened on this day of the year, 0.6 when it began this week.
- freshness: halves every 60 days after the last photo.
"""

from __future__ import annotations

STORY, RATINGS, ANNIVERSARY, FRESHNESS = 0.45, 0.15, 0.20, 0.20
HALF_LIFE_DAYS = 60.0


def story_value(photos: int, days: int, distance_km: float = 0.0) -> float:
    """What there is to tell, 0 to 1; `distance_km` is 0 where no place was used."""
    by_photos = photos / (photos + 40)
    by_days = (days - 1) / (days + 3)
    by_distance = distance_km / (distance_km + 500)
    return by_photos / 2 + by_days / 4 + by_distance / 4


def score(*, story: float, liked: int, anniversary: float, age_days: int) -> float:
    """The formula at the head of this file; rounded, so that it is the same on every machine."""
    freshness = float(0.5 ** (max(0, age_days) / HALF_LIFE_DAYS))
    value = (
        STORY * story
        + RATINGS * liked / (liked + 5)
        + ANNIVERSARY * anniversary
        + FRESHNESS * freshness
    )
    return round(min(1.0, max(0.0, value)), 4)
