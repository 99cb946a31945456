"""A whole generated life: every kind, what each stands on, and what goes when a purpose goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from safelight.ideas import build_timeline, keep_quiet, make_ideas, offer, speaking
from safelight.ideas.keepsakes import Keepsakes
from safelight.ideas.selection import cooldown
from safelight.ideas.themes import Knowledge, with_themes
from safelight.model.assets import AssetKind, Shot
from safelight.model.consent import Purpose
from safelight.model.ideas import Days, Idea, IdeaKind, Preferences, Shown, Timeline
from safelight.model.people import NOBODY_SEEN, PeopleSeen
from safelight.model.places import Place
from safelight.model.sights import Looks, Sight, Views, sightings
from safelight.testing.lives_full import FullLife, make_full_life

PEOPLE = {
    *(IdeaKind.TOGETHER, IdeaKind.FIRST_AND_LATEST, IdeaKind.THEN_AND_NOW),
    *(IdeaKind.GROWING_UP, IdeaKind.DAY_WITH, IdeaKind.GROUP),
}
CONTENT = {
    *(IdeaKind.PETS, IdeaKind.COLLECTION, IdeaKind.BEFORE_AND_AFTER),
    *(IdeaKind.ENHANCE, IdeaKind.RESTYLE),
}
PLACES = {
    *(IdeaKind.TRIP, IdeaKind.TRIP_DAY, IdeaKind.LIVED_THERE, IdeaKind.RETURNING),
    IdeaKind.BEFORE_AND_AFTER,
}
ENGLISH = {"the", "photos", "photo", "with", "from", "day", "years", "week", "of", "and", "only"}
FIGURES = ("score", "sharpness", "exposure", "contrast", "colourfulness", "composition", "eyes")


@pytest.fixture(scope="module")
def life() -> FullLife:
    return make_full_life(6001)


@pytest.fixture(scope="module")
def shots(life: FullLife) -> list[Shot]:
    """Its shots; some are videos, and every fifth home photo has two that follow at once."""
    rng = np.random.default_rng(1)
    found: list[Shot] = []
    for number, shot in enumerate(life.life.shots):
        kind = AssetKind.VIDEO if number % 19 == 3 else AssetKind.PHOTO
        shot = replace(shot, kind=kind, sharpness=float(rng.random()))
        found.append(shot)
        if number % 25 == 0 and shot.trusted:
            found += [
                replace(shot, id=f"{shot.id}+{n}", utc=shot.utc + n, local=shot.local + n)
                for n in (1, 2)
            ]
    return found


@pytest.fixture(scope="module")
def today(life: FullLife) -> date:
    right = (s for s in life.life.shots if s.trusted and s.id not in life.clock_error)
    return max(shot.day for shot in right) + timedelta(days=2)


def known(
    life: FullLife,
    shots: Iterable[Shot],
    people: PeopleSeen = NOBODY_SEEN,
    *,
    content: bool = True,
    preferences: Preferences = Preferences(),  # noqa: B008  # frozen
) -> Timeline:
    """The life as the app hands it to makers where only this is allowed."""
    seen = sightings(life.sights) if content else None
    kept = keep_quiet(list(shots), people, preferences)
    knowledge = Knowledge(sightings=seen, birthdays=people.birthdays, people=people.in_photos)
    timeline = with_themes(build_timeline(kept), knowledge)
    timeline = replace(timeline, people=people, preferences=preferences)
    if not content:
        return timeline
    return replace(timeline, sights=seen, looks=_looks(timeline), views=_views(timeline))


def said_in(idea: Idea) -> list[str]:
    """Every reason of an idea and of its photos."""
    return [reason.text for reason in idea.reasons] + [photo.text for photo in idea.photos]


def _looks(timeline: Timeline) -> Looks:
    rng = np.random.default_rng(2)
    table = rng.uniform(0.2, 0.9, (len(timeline.shots), len(FIGURES))).astype("<f4")
    names = (*FIGURES, "dark", "flat")
    table = np.hstack([table, np.full((len(table), 2), 0.1, "<f4")]).astype("<f4")
    return Looks([shot.id for shot in timeline.shots], names, memoryview(table.tobytes()))


def _views(timeline: Timeline):  # type: ignore[no-untyped-def]
    """Photos of one place look alike, as those of one view do."""

    def views(assets: Iterable[str]) -> Views:
        rows = []
        for asset in assets:
            place = timeline.by_id[asset].place
            rng = np.random.default_rng(abs(hash(place and place.label())) % 1000)
            vector = rng.normal(size=8)
            rows.append(vector / np.linalg.norm(vector))
        values = np.array(rows, "<f2")
        return Views(list(assets), 8, memoryview(values.tobytes()))

    return views


@pytest.fixture(scope="module")
def everything(life: FullLife, shots: list[Shot]) -> Timeline:
    return known(life, shots, life.people)


@pytest.fixture(scope="module")
def ideas(everything: Timeline, today: date) -> list[Idea]:
    made = make_ideas(everything, today)
    assert made.problems == []
    return made.ideas


def test_a_life_has_every_kind(ideas: list[Idea]) -> None:
    assert set(IdeaKind) - {idea.kind for idea in ideas} <= {IdeaKind.LIVED_THERE}


def test_every_idea_has_words_reasons_parts_and_a_reason_for_each_photo(ideas: list[Idea]) -> None:
    for idea in ideas:
        words = [idea.title, idea.subtitle, *said_in(idea)]
        assert all(word.strip() and "{" not in word and "None" not in word for word in words)
        assert {photo.asset for photo in idea.photos} == set(idea.assets)
        assert 0 < sum(part.adds for part in idea.parts) <= 1
        assert idea.score == pytest.approx(sum(part.adds for part in idea.parts), abs=1e-3)
        assert f"kind:{idea.kind}" in idea.about
        assert idea.makes


def test_what_an_idea_is_about_names_the_purpose_that_allowed_it(ideas: list[Idea]) -> None:
    for idea in ideas:
        if idea.kind in PEOPLE:
            assert Purpose.FACES in idea.purposes
            assert any(subject.startswith("person:") for subject in idea.about)
        if idea.kind in CONTENT:
            assert Purpose.CONTENT in idea.purposes
        if idea.kind in PLACES:
            assert Purpose.PLACES in idea.purposes
        if any(subject.startswith("place:") for subject in idea.about):
            assert Purpose.PLACES in idea.purposes


def test_gems_show_what_people_photograph_for_its_own_sake(
    everything: Timeline, today: date
) -> None:
    dull = {shot.id for number, shot in enumerate(everything.shots) if number % 2}
    seen = {
        shot.id: Sight((("oil filter" if shot.id in dull else "animal", 0.9),), faces=0)
        for shot in everything.shots
    }
    made = Keepsakes().make(replace(everything, sights=sightings(seen)), today)
    (gems,) = (idea for idea in made if idea.kind is IdeaKind.GEMS)
    assert dull.isdisjoint(gems.assets)


def test_without_faces_nobody_is_named_and_nothing_stands_on_faces(
    life: FullLife, shots: list[Shot], today: date
) -> None:
    made = make_ideas(known(life, shots), today).ideas
    assert made
    assert not PEOPLE & {idea.kind for idea in made}
    said = " ".join(text for i in made for text in (i.title, *(r.text for r in i.reasons)))
    assert not any(f"{name} " in said or f"{name}'" in said for name in life.people.names.values())
    assert all(Purpose.FACES not in idea.purposes for idea in made)


def test_without_content_nothing_stands_on_content(
    life: FullLife, shots: list[Shot], today: date
) -> None:
    made = make_ideas(known(life, shots, life.people, content=False), today).ideas
    assert made
    assert not CONTENT & {idea.kind for idea in made}
    assert all(Purpose.CONTENT not in idea.purposes for idea in made)


def test_without_places_nothing_stands_on_places(
    life: FullLife, shots: list[Shot], today: date
) -> None:
    bare = [replace(shot, place=None, latitude=None, longitude=None) for shot in shots]
    made = make_ideas(known(life, bare, life.people), today).ideas
    assert made
    assert not PLACES & {idea.kind for idea in made}
    assert all(Purpose.PLACES not in idea.purposes for idea in made)


def test_what_is_hidden_or_rests_is_in_no_idea(
    life: FullLife, shots: list[Shot], today: date
) -> None:
    hidden, resting = sorted(life.people.names)[:2]
    away = max(life.life.trips, key=lambda trip: len(trip.assets))
    town = next(s.place for s in shots if s.id in away.assets and s.place is not None)
    wishes = Preferences(
        hidden_people=frozenset({hidden}),
        rested_people=frozenset({resting}),
        hidden_days=(Days(away.since, away.since + timedelta(days=2)),),
        rested_days=(Days(date(2022, 1, 1), date(2022, 1, 31)),),
        hidden_places=frozenset({Place(None, town.region, town.country, town.country_code)}),
        hidden_themes=frozenset({"birthday", "zoo"}),
        hidden_assets=frozenset({shots[100].id}),
        hidden_kinds=frozenset({IdeaKind.FILM}),
    )
    timeline = known(life, shots, life.people, preferences=wishes)
    made = make_ideas(timeline, today).ideas
    assert len(made) > 50
    for idea in made:
        assert not {"theme:birthday", "theme:zoo", f"person:{hidden}", f"person:{resting}"} & set(
            idea.about
        )
        for asset in idea.assets:
            shot = timeline.by_id[asset]
            assert not life.people.in_photos.get(asset, frozenset()) & {hidden, resting}
            assert not any(shot.day in days for days in wishes.quiet_days)
            assert shot.place is None or shot.place.region != town.region
            assert asset != shots[100].id
    assert IdeaKind.FILM not in {i.kind for i in offer(made, today, Shown(), wishes)}


def test_a_month_of_offerings_repeats_nothing_and_has_something_every_day(
    everything: Timeline, ideas: list[Idea], today: date
) -> None:
    shown, seen = Shown({}, {}, {}), dict[str, date]()
    for number in range(40):
        day = today + timedelta(days=number)
        offered = offer(ideas, day, shown)
        assert 1 <= len(offered) <= Preferences().a_day
        assert len({idea.kind for idea in offered}) >= min(2, len(offered))
        for idea in offered:
            assert idea.id not in seen or (day - seen[idea.id]).days > cooldown(idea.kind)
            seen[idea.id] = day
        shown = Shown(
            {**shown.ideas, **{idea.id: day for idea in offered}},
            {**shown.assets, **{asset: day for idea in offered for asset in idea.assets}},
            {**shown.kinds, **{idea.kind: day for idea in offered}},
        )


def test_in_german_no_english_is_left(life: FullLife, shots: list[Shot], today: date) -> None:
    with speaking("de"):
        made = make_ideas(known(life, shots, life.people), today).ideas
    why = [text for idea in made for text in said_in(idea)]
    said = [*why, *(text for idea in made for text in (idea.title, idea.subtitle))]
    assert any(" Fotos" in text for text in said)
    for text in said:
        own = text.replace("House by the Lake", "")  # a made-up name stays as it is
        assert not ENGLISH & set(own.lower().replace(",", " ").replace(":", " ").split()), text
