"""Which themes moments get, by the evidence that was measured on real albums."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from safelight.ideas.themes import BUILT_IN, Birthday, Knowledge, with_themes
from safelight.model.assets import AssetKind, Shot
from safelight.model.consent import Purpose
from safelight.model.ideas import Moment, Timeline
from safelight.model.places import Place
from safelight.model.sights import Sight, sightings

_EPOCH = datetime(1970, 1, 1)
GERMANY = Place("Cologne", "North Rhine-Westphalia", "Germany", "DE")
JAPAN = Place("Kyoto", "Kyoto", "Japan", "JP")
RUSSIA = Place("Kazan", None, "Russia", "RU")
PARTY = Sight(faces=2)


def shots(count: int, start: datetime, place: Place | None = None, **rest: object) -> list[Shot]:
    found = []
    for number in range(count):
        seconds = (start + timedelta(minutes=3 * number) - _EPOCH).total_seconds()
        name = f"{start:%Y%m%d%H}-{number:03d}"
        found.append(
            Shot(name, seconds, seconds, True, AssetKind.PHOTO, 4000, 3000, place=place, **rest)  # type: ignore[arg-type]
        )
    return found


def moment(members: list[Shot], trip: str | None = None) -> Moment:
    return Moment(
        id=f"moment-{members[0].id}",
        title="",
        start=members[0].local_time,
        end=members[-1].local_time,
        assets=tuple(shot.id for shot in members),
        place=members[0].place,
        trip=trip,
    )


def themed(
    members: list[Shot], sights: list[Sight], trip: str | None = None, **known: object
) -> Moment:
    """One moment among ordinary ones; `sights` are of its first photos, the rest see faces."""
    seen = {
        shot.id: sights[number] if number < len(sights) else PARTY
        for number, shot in enumerate(members)
    }
    other = shots(40, datetime(2014, 3, 4, 12))
    seen |= {shot.id: Sight(labels=(("laptop", 0.6),), faces=1) for shot in other}
    everything = [*other, *members]
    timeline = Timeline(
        shots=everything,
        moments=[moment(other), moment(members, trip)],
        by_id={shot.id: shot for shot in everything},
    )
    knowledge = Knowledge(sightings=sightings(seen), **known)  # type: ignore[arg-type]
    ordinary, found = with_themes(timeline, knowledge).moments
    assert not ordinary.themes
    return found


def names(found: Moment) -> list[str]:
    return [theme.name for theme in found.themes]


def label(*words: str, score: float = 0.5, faces: int = 1) -> Sight:
    return Sight(labels=tuple((word, score) for word in words), faces=faces)


def thing(*words: str, score: float = 0.6, faces: int = 1) -> Sight:
    return Sight(objects=tuple((word, score) for word in words), faces=faces)


SUMMER = datetime(2015, 6, 17, 14)

CASES = {
    "cake in 2 of 37": (37, [thing("cake")] * 2, ["birthday"]),
    "cake in 2 of 47": (47, [thing("cake")] * 2, ["birthday"]),
    "gown in 3 of 34": (34, [label("academic gown", score=0.3)] * 3, ["graduation"]),
    "mortarboard in 4 of 59": (59, [label("mortarboard")] * 4, ["graduation"]),
    "skateboards": (59, [thing("skateboard")] * 43, ["sports"]),
    "stage and microphone": (74, [label("stage", "microphone")] * 71, ["show"]),
    "guitars on a stage": (40, [label("stage", "electric guitar")] * 15, ["concert"]),
    "carousel": (50, [label("carousel")] * 3, ["theme-park"]),
    "sea": (20, [label("beach")] * 9, ["beach"]),
    "skis": (30, [thing("skis")] * 8, ["skiing"]),
    "zoo": (30, [label("lion"), label("gorilla"), label("flamingo"), label("lion")], ["zoo"]),
    "tents": (25, [label("tent")] * 4, ["camping"]),
    "a dog": (20, [label("dog", score=0.7)] * 9, ["pets"]),
    "flowers": (20, [label("daisy")] * 9, ["garden"]),
    "armour": (30, [label("breastplate")] * 5, ["museum"]),
    "men in suits": (59, [label("bridegroom", "gown", "suit")] * 9, []),
    "skateboarding in a suit": (
        59,
        [*[label("bridegroom", "gown", "suit")] * 4, *[thing("skateboard")] * 43],
        ["sports"],
    ),
    "groom, gown and altar": (
        60,
        [*[label("bridegroom", "gown")] * 9, *[label("altar")] * 4],
        ["wedding"],
    ),
    "pumpkins that pass for balls": (
        12,
        [Sight((("jack-o'-lantern", 0.5),), (("sports ball", 0.5),), faces=2)] * 6,
        [],
    ),
    "a stage twice": (74, [label("stage")] * 2, []),
    "one piece of cake": (37, [thing("cake")], []),
    "cake in a café": (5, [thing("cake", faces=0)] * 2, []),
    "a photo of a dog": (40, [label("dog")], []),
    "nothing": (30, [], []),
}


@pytest.mark.parametrize("case", CASES)
def test_themes_follow_from_counted_evidence(case: str) -> None:
    count, sights, expected = CASES[case]
    assert names(themed(shots(count, SUMMER), sights)) == expected


def test_a_cafe_without_people_is_no_birthday() -> None:
    members = shots(12, SUMMER)
    empty = [Sight(objects=(("cake", 0.8),), faces=0)] * 4 + [Sight(faces=0)] * 8
    assert names(themed(members, empty)) == []


def test_evidence_says_how_many_photos() -> None:
    found = themed(shots(37, SUMMER), [thing("cake")] * 4)
    assert found.themes[0].evidence[0] == "Cake in 4 of 37 photos"
    assert {reason.purpose for reason in found.themes[0].reasons} == {Purpose.CONTENT}


CALENDAR = {
    "christmas at home": (datetime(2015, 12, 25, 10), GERMANY, ["christmas"]),
    "christmas eve": (datetime(2015, 12, 24, 18), GERMANY, ["christmas"]),
    "the morning before": (datetime(2015, 12, 24, 9), GERMANY, []),
    "december in Kyoto": (datetime(2015, 12, 25, 10), JAPAN, []),
    "no country known": (datetime(2015, 12, 25, 10), None, ["christmas"]),
    "christmas in Russia": (datetime(2016, 1, 7, 12), RUSSIA, ["christmas"]),
    "midnight": (datetime(2015, 12, 31, 22), GERMANY, ["new-year"]),
    "new year's brunch": (datetime(2016, 1, 1, 12), GERMANY, []),
    "any day": (datetime(2015, 9, 8, 12), GERMANY, []),
}


@pytest.mark.parametrize("case", CALENDAR)
def test_the_calendar_alone_knows_some_days(case: str) -> None:
    start, place, expected = CALENDAR[case]
    members = shots(12, start, place)
    timeline = Timeline(
        shots=members, moments=[moment(members)], by_id={shot.id: shot for shot in members}
    )
    (found,) = with_themes(timeline, Knowledge()).moments
    assert names(found) == expected


def test_an_entered_birthday_names_the_person_only_where_the_name_is_known() -> None:
    ana = Birthday(6, 17, "person-1", "Ana")
    people = {f"{SUMMER:%Y%m%d%H}-003": frozenset({"person-1"})}
    found = themed(shots(20, SUMMER), [thing("cake")], birthdays=[ana], people=people)
    assert found.themes[0].title == "Ana's birthday"
    assert Purpose.FACES in {reason.purpose for reason in found.themes[0].reasons}
    nameless = themed(shots(20, SUMMER), [thing("cake")] * 2, birthdays=[Birthday(6, 17)])
    assert nameless.themes[0].title == ""
    other_day = themed(shots(20, SUMMER), [], birthdays=[Birthday(6, 18, "person-1", "Ana")])
    assert names(other_day) == []


@pytest.mark.parametrize(
    ("keyword", "expected"),
    [
        ("Emma's Birthday", ["birthday"]),
        ("Geburtstag", ["birthday"]),
        ("USA Road trip", ["road-trip"]),
        ("Hochzeit von Jan", ["wedding"]),
        ("Noël", ["christmas"]),
        ("Partyka", []),
        ("Sydney Opera House", []),
        ("Long Beach", []),
        ("Beach 2015", ["beach"]),
        ("Displaying", []),
    ],
)
def test_words_of_other_programs_count_whole(keyword: str, expected: list[str]) -> None:
    assert names(themed(shots(20, SUMMER, keywords=(keyword,)), [])) == expected


def test_words_need_no_content() -> None:
    members = shots(20, SUMMER, keywords=("wedding",))
    timeline = Timeline(
        shots=members, moments=[moment(members)], by_id={shot.id: shot for shot in members}
    )
    (found,) = with_themes(timeline, Knowledge()).moments
    assert names(found) == ["wedding"]
    assert {r.purpose for t in found.themes for r in t.reasons} == {Purpose.LIBRARY}


def test_what_is_usual_here_says_less() -> None:
    everywhere = {}
    moments = []
    everything: list[Shot] = []
    for week in range(10):
        members = shots(20, SUMMER + timedelta(days=7 * week))
        moments.append(moment(members))
        everything += members
        for number, shot in enumerate(members):
            everywhere[shot.id] = label("daisy") if number < 4 else PARTY
    timeline = Timeline(
        shots=everything, moments=moments, by_id={shot.id: shot for shot in everything}
    )
    found = with_themes(timeline, Knowledge(sightings=sightings(everywhere))).moments
    assert all(not each.themes for each in found)
    assert names(themed(shots(20, SUMMER), [label("daisy")] * 4)) == ["garden"]


def test_every_promised_name_has_a_rule() -> None:
    promised = (
        "birthday, graduation, wedding, christmas, halloween, new-year, beach, hiking, camping,"
        " skiing, road-trip, city-trip, theme-park, zoo, museum, concert, show, sports, party,"
        " dinner, baby, pets, garden, fireworks, sunset, snow"
    )
    assert set(promised.split(", ")) == set(BUILT_IN)
