"""Signs that mean more together: kinds of things, doubted things, words in pictures, dates."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from safelight.ideas import build_timeline
from safelight.ideas.themes import Knowledge, with_themes
from safelight.ideas.themes.signs import read_in, together
from safelight.model.assets import AssetKind, Shot
from safelight.model.sights import Sight, sightings

SUNDAY = datetime(2015, 6, 14, 14)
PEOPLE = Sight(faces=2)
CAKE = Sight(objects=(("cake", 0.6),), faces=2)
CANDLE = Sight((("candle", 0.5),), faces=1)
BALLOON = Sight((("balloon", 0.5),), faces=1)
GIFT = Sight((("packet", 0.5),), faces=1)
MAYBE = Sight(faces=1, glimpses=(("cake", 0.3),))


def shots(name: str, count: int, start: datetime) -> list[Shot]:
    begin = (start - datetime(1970, 1, 1)).total_seconds()
    return [
        Shot(f"{name}-{n:03d}", begin + 120 * n, begin + 120 * n, True, AssetKind.PHOTO, 40, 30)
        for n in range(count)
    ]


def themes(*days: tuple[datetime, int, list[Sight]]) -> list[dict[str, tuple[str, ...]]]:
    """Themes with their evidence of moments: (start, photos, what the first of them show)."""
    members: list[Shot] = []
    seen: dict[str, Sight] = {}
    for number, (start, count, sights) in enumerate(days):
        own = shots(str(number), count, start)
        members += own
        seen |= {shot.id: sights[n] if n < len(sights) else PEOPLE for n, shot in enumerate(own)}
    timeline = with_themes(build_timeline(members), Knowledge(sightings(seen)))
    assert len(timeline.moments) == len(days)
    return [{theme.name: theme.evidence for theme in each.themes} for each in timeline.moments]


@pytest.mark.parametrize("signs", [[CAKE], [CANDLE], [BALLOON], [GIFT]], ids=str)
def test_one_sign_alone_names_nothing(signs: list[Sight]) -> None:
    assert themes((SUNDAY, 15, signs)) == [{}]


def test_a_cake_a_candle_and_a_balloon_together_are_a_birthday() -> None:
    (found,) = themes((SUNDAY, 15, [CAKE, CANDLE, BALLOON]))
    assert found.keys() == {"birthday"}
    assert "Seen together: Cake, Candles, Balloons" in found["birthday"]


def test_candles_and_parcels_without_a_cake_are_no_birthday_yet() -> None:
    assert themes((SUNDAY, 15, [CANDLE, GIFT, GIFT])) == [{}]


def test_cakes_behind_a_counter_are_no_birthday() -> None:
    shop = Sight((("espresso maker", 0.6),), (("cake", 0.6),), faces=1)
    assert themes((SUNDAY, 20, [shop] * 3)) == [{}]


def test_what_is_thought_a_cake_supports_one_that_is_seen_and_makes_none() -> None:
    assert themes((SUNDAY, 40, [CAKE])) == [{}]
    (found,) = themes((SUNDAY, 40, [CAKE, *[MAYBE] * 12]))
    assert found.keys() == {"birthday"}
    assert themes((SUNDAY, 40, [MAYBE] * 20)) == [{}]


def test_a_cake_on_the_same_day_in_three_years_is_a_birthday() -> None:
    one = [CAKE, CAKE]
    years = [(SUNDAY.replace(year=year), 12, one) for year in (2013, 2014, 2015)]
    for found in themes(*years):
        assert found.keys() == {"birthday"}
    apart = [(day[0] + timedelta(days=40 * n), *day[1:]) for n, day in enumerate(years)]
    assert themes(*apart) == [{}, {}, {}]


def test_a_laid_table_at_noon_is_no_dinner() -> None:
    table = Sight((("plate", 0.6), ("wine bottle", 0.6)), faces=2)
    (noon,) = themes((SUNDAY.replace(hour=12), 10, [table] * 6))
    (night,) = themes((SUNDAY.replace(hour=19), 10, [table] * 6))
    assert not noon
    assert night.keys() == {"dinner"}


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("HAPPY BIRTHDAY", "birthday"),
        ("HAPPYBIRTHDAY LEO", "birthday"),
        ("Happy B1rthdav", "birthday"),
        ("Alles Gute zum Geburtstag", "birthday"),
        ("CLASS OF 2013", "graduation"),
        ("Congrats Grad!", "graduation"),
        ("JUST MARRIED", "wedding"),
        ("Walt Disney World", "theme-park"),
        ("Merry Xmas", "christmas"),
    ],
)
def test_a_banner_says_what_day_it_is(text: str, theme: str) -> None:
    assert read_in(text)[theme] > 0.8
    banner = Sight(faces=2, text=text)
    (found,) = themes((SUNDAY, 12, [banner]))
    assert theme in found


@pytest.mark.parametrize("text", ["Museum", "Dinner from 6 pm", "Six dogs", "Birch Street 12", ""])
def test_any_other_word_in_one_picture_names_nothing(text: str) -> None:
    assert max(read_in(text).values(), default=0.0) <= 0.5
    assert themes((SUNDAY, 12, [Sight(faces=1, text=text)])) == [{}]


def test_pictures_that_agree_say_it_more_clearly() -> None:
    assert together([0.5]) < together([0.5, 0.5]) < together([0.5] * 3) == 1.0
