"""What a person wants no ideas of is gone from the list at once, and comes back when they say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from safelight.app import Safelight
from safelight.app.learning import subject_of_taste
from safelight.app.preferring import choices
from safelight.app.subjects import season_of, season_subject, stretches
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, UserError
from safelight.model.ideas import Days, Idea, IdeaKind
from safelight.surfaces.cli import cli

TODAY = date(2023, 7, 1)
PLACES = {"a": (50.0875, 14.4213), "b": (43.7696, 11.2558)}


class Camera(Protocol):
    def shoot(self, path: Path, taken: datetime | None = None, **more: object) -> Path: ...


@pytest.fixture
def lived(library: Safelight, photos: Path, camera: Camera) -> Safelight:
    """Three days in Prague in May and three in Florence in June."""
    for name, (month, spot) in {"a": (5, PLACES["a"]), "b": (6, PLACES["b"])}.items():
        for n in range(24):
            taken = datetime(2023, month, 12, 9) + timedelta(days=n // 8, minutes=31 * (n % 8))
            camera.shoot(photos / f"{name}{n:02d}.jpg", taken, gps=spot)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.PLACES])
    library.scan()
    library.make_ideas(TODAY)
    return library


def _in(library: Safelight, month: int) -> list[Idea]:
    days = {row.id: row.taken_at or "" for row in library.assets()}
    ideas = [card.idea for card in library.ideas()]
    return [i for i in ideas if any(days[a].startswith(f"2023-0{month}") for a in i.assets)]


def test_a_hidden_place_leaves_the_list_at_once_and_later_makings(lived: Safelight) -> None:
    assert _in(lived, 5)
    assert _in(lived, 6)
    italy = lived.preferences.place_named("italy")
    assert lived.preferences.hide(italy).label == "Italy"
    assert not _in(lived, 6)
    assert _in(lived, 5)
    lived.make_ideas(TODAY)
    assert not _in(lived, 6)
    with pytest.raises(UserError, match="None of your photos"):
        lived.preferences.place_named("Peru")
    assert [row.label for row in lived.preferences.all()] == ["Italy"]
    assert lived.preferences.bring_back(italy)
    lived.make_ideas(TODAY)
    assert _in(lived, 6)
    assert lived.preferences.all() == []


def test_days_are_hidden_and_rest_for_a_while(
    lived: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = "days:2023-05-01/2023-05-31"
    lived.preferences.hide(days)
    assert not _in(lived, 5)
    lived.preferences.bring_back(days)
    assert _in(lived, 5)
    row = lived.preferences.rest(days, date.today() + timedelta(days=3))
    assert row.until == date.today() + timedelta(days=3)
    assert not _in(lived, 5)
    assert _in(lived, 6)
    later = date.today() + timedelta(days=4)
    monkeypatch.setattr(lived.preferences, "_today", lambda: later)
    lived._stories.forget()
    assert _in(lived, 5)
    assert lived.preferences.all() == []


def test_a_kind_and_a_photo_are_hidden(lived: Safelight) -> None:
    idea = lived.ideas()[0].idea
    lived.preferences.hide(f"photo:{idea.assets[0]}")
    assert all(idea.assets[0] not in card.idea.assets for card in lived.ideas())
    lived.preferences.bring_back(f"photo:{idea.assets[0]}")
    assert lived.idea(idea.id)
    lived.preferences.hide(f"kind:{idea.kind}")
    assert idea.kind not in {card.idea.kind for card in lived.ideas()}


def test_likes_and_dismissals_count_for_later_ideas_under_learn(lived: Safelight) -> None:
    first, second = (card.idea for card in lived.ideas()[:2])
    lived.answers.decide(first.id, "like")
    assert lived.preferences.preferences().leanings == {}, "learn is off"
    lived.allow([Purpose.LEARN])
    subject = subject_of_taste(first)
    lived.answers.decide(first.id, "like")
    assert lived.preferences.preferences().leanings == {subject: pytest.approx(1.1)}
    (learnt,) = lived.learning.learned()
    assert (learnt.subject, learnt.share) == (subject, 1.1)
    lived.learning.fewer(first)
    assert lived.learning.learned()[0].share == 0.55
    lived.answers.decide(first.id, "restore")
    assert lived.learning.learned()[0].share == 0.5
    lived.answers.decide(second.id, "dismiss")
    assert lived.preferences.preferences().leanings[subject_of_taste(second)] < 1
    lived.learning.unlearn(subject_of_taste(second))
    assert lived.preferences.preferences().leanings == {}
    lived.answers.decide(second.id, "restore")
    lived.answers.decide(second.id, "like")
    lived.withdraw(Purpose.LEARN)
    lived.allow([Purpose.LEARN])
    assert lived.learning.learned() == []


def test_a_person_rests_and_is_hidden(lived: Safelight) -> None:
    with pytest.raises(RefusedError):
        lived.preferences.hide("person:nobody")
    lived.allow([Purpose.FACES])
    with pytest.raises(UserError):
        lived.preferences.rest("person:nobody")


@pytest.mark.parametrize(
    "subject", ["place:XX//", "days:soon", "days:2023-02-02/2023-01-01", "kind:nap", "photo:no", ""]
)
def test_what_is_no_subject_is_refused_with_words(lived: Safelight, subject: str) -> None:
    with pytest.raises(UserError):
        lived.preferences.hide(subject)
    assert lived.preferences.all() == []


def test_a_time_of_the_year_is_quiet_every_year_while_it_lasts(
    lived: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = lived.preferences.hide("season:05-05/05-19")
    assert (row.kind, row.label) == ("season", "5 May to 19 May, every year")

    def on(day: date) -> list[Idea]:
        monkeypatch.setattr(lived.preferences, "_today", lambda: day)
        lived._stories.forget()
        return _in(lived, 5)

    for year in (2024, 2025):
        assert on(date(year, 5, 4))
        assert not on(date(year, 5, 5))
        assert not on(date(year, 5, 19))
        assert on(date(year, 5, 20))
    assert lived.preferences.bring_back(row.subject)
    assert on(date(2025, 5, 12))


def test_a_time_of_the_year_may_go_over_new_year() -> None:
    season = season_of("12-28/01-04")
    inside = [date(2023, 12, 28), date(2024, 1, 1), date(2024, 1, 4)]
    assert [day in season for day in [*inside, date(2024, 1, 5), date(2023, 12, 27)]] == [
        *[True] * 3,
        *[False] * 2,
    ]
    days = Days(date(2023, 12, 30), date(2023, 12, 31))
    assert season_subject(days) == "season:12-23/01-07"
    with pytest.raises(UserError):
        season_of("02-30")


def test_anniversaries_offer_their_time_of_the_year() -> None:
    days = [date(2019, 6, 12), date(2021, 6, 12)]
    idea = Idea("x", IdeaKind.ON_THIS_DAY, "On this day", "", ("a",), "a", (), 1.0)
    assert "season:06-05/06-19" in [row.subject for row in choices(idea, [], days, {})]
    trip = Idea("x", IdeaKind.TRIP, "A trip", "", ("a",), "a", (), 1.0)
    assert "season" not in [row.kind for row in choices(trip, [], days, {})]


@pytest.mark.parametrize("said_on", [date(2026, 6, 10), date(2026, 6, 16), date(2026, 5, 30)])
def test_days_that_rest_for_a_year_do_not_come_up_at_their_next_anniversary(
    lived: Safelight, monkeypatch: pytest.MonkeyPatch, said_on: date
) -> None:
    monkeypatch.setattr(lived.preferences, "_today", lambda: said_on)
    until = lived.preferences.rest("days:2015-06-10/2015-06-16").until
    assert until is not None
    assert until >= date(2027, 6, 16)
    november = date(2026, 11, 20)
    monkeypatch.setattr(lived.preferences, "_today", lambda: november)
    assert lived.preferences.rest("days:2015-06-10/2015-06-16").until == date(2027, 11, 20)


def test_only_days_and_people_rest_and_only_until_a_day_to_come(lived: Safelight) -> None:
    with pytest.raises(UserError, match="Only days and people"):
        lived.preferences.rest("kind:week")
    with pytest.raises(UserError, match="is over"):
        lived.preferences.rest("days:2023-05-12", date(2023, 6, 1))


def test_fewer_is_learnt_only_under_learn_and_goes_with_it(lived: Safelight) -> None:
    idea = lived.ideas()[0].idea
    with pytest.raises(RefusedError):
        lived.learning.fewer(idea)
    lived.allow([Purpose.LEARN])
    before = lived.ledger_size()
    subject = lived.learning.fewer(idea)
    assert lived.ledger_size() > before
    (weight,) = lived.learning.learned()
    assert (weight.subject, weight.share) == (subject, 0.5)
    assert lived.preferences.preferences().weights == {subject: 0.5}
    lived.learning.more(idea)
    assert lived.learning.learned() == []
    lived.learning.fewer(idea)
    lived.withdraw(Purpose.LEARN)
    assert lived.preferences.preferences().weights == {}
    lived.allow([Purpose.LEARN])
    assert lived.learning.learned() == []


def test_fewer_and_more_count_at_once_and_are_taken_back_at_once(lived: Safelight) -> None:
    lived.allow([Purpose.LEARN])
    before = [card.idea for card in lived.ideas()]
    assert len({idea.kind for idea in before}) > 1
    first = before[0]
    lived.learning.fewer(first)
    after = [card.idea.id for card in lived.ideas()]
    assert sorted(after) == sorted(idea.id for idea in before)  # fewer is not none
    assert after.index(first.id) > 0
    lived.learning.unlearn()
    assert [card.idea.id for card in lived.ideas()] == [idea.id for idea in before]
    other = next(idea for idea in reversed(before) if idea.kind is not first.kind)
    place = [idea.id for idea in before].index(other.id)
    lived.learning.more(other)
    assert [card.idea.id for card in lived.ideas()].index(other.id) < place


def test_what_was_learnt_can_be_forgotten(lived: Safelight) -> None:
    lived.allow([Purpose.LEARN])
    subject = lived.learning.fewer(lived.ideas()[0].idea)
    lived.learning.unlearn("kind:other")
    assert lived.learning.learned()
    lived.learning.unlearn(subject)
    assert lived.learning.learned() == []


def test_a_title_of_ones_own_outlives_another_making(lived: Safelight) -> None:
    idea = lived.ideas()[0].idea
    lived.answers.entitle(idea.id, "  Our   spring ")
    lived.make_ideas(TODAY)
    assert lived.idea(idea.id).idea.title == "Our spring"  # type: ignore[union-attr]  # it is there
    lived.answers.entitle(idea.id, "")
    assert lived.idea(idea.id).idea.title == idea.title  # type: ignore[union-attr]  # it is there
    with pytest.raises(UserError):
        lived.answers.entitle(idea.id, "x" * 121)


def test_an_idea_of_single_days_over_the_years_never_offers_the_years_between() -> None:
    days = [date(2021, 11, 25), date(2023, 11, 25), date(2023, 11, 27)]
    runs = [(run.first, run.last) for run in stretches(days)]
    assert runs == [(days[0], days[0]), (days[1], days[2])]


def test_the_command_line_hides_lists_and_brings_back(
    lived: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFELIGHT_KEY_STORE", "file")
    home = ["--home", str(lived.settings.home), "--json"]

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, ["ideas", *words, *home])

    assert run("less", "--place", "Italy", "--dry-run").exit_code == 0
    assert lived.preferences.all() == []
    hidden = json.loads(run("less", "--place", "Italy").stdout)
    assert hidden == {"subject": "place:IT//", "said": "hidden", "dry_run": False}
    run("less", "--period", "2023-05-12/2023-05-13", "--until", f"{date.today().year + 1}-01-01")
    listed = [json.loads(line) for line in run("hidden").stdout.splitlines()]
    assert {row["subject"] for row in listed} == {"place:IT//", "days:2023-05-12/2023-05-13"}
    assert {row["until"] for row in listed} == {None, f"{date.today().year + 1}-01-01"}
    assert not _in(lived, 6)
    assert run("bring-back", "place:IT//").exit_code == 0
    assert _in(lived, 6)
    assert isinstance(run("bring-back", "place:IT//").exception, UserError)
    assert run("less").exit_code == 2
    assert run("less", "--theme", "beach", "--date", "2023-05-12").exit_code == 2
    idea = lived.ideas()[0].idea.id
    assert isinstance(run("less", "--like", idea).exception, RefusedError)
    lived.allow([Purpose.LEARN])
    run("less", "--like", idea)
    assert json.loads(run("learned").stdout)["share"] == 0.5
    run("unlearn")
    assert run("learned").stdout == ""
    run("title", idea, "Two cities")
    assert lived.idea(idea).idea.title == "Two cities"  # type: ignore[union-attr]  # it is there
    assert isinstance(run("daily").exception, RefusedError)  # `suggest` is off
    surprises = [json.loads(run("surprise", "--seed", "4").stdout)["id"] for _ in range(2)]
    assert surprises[0] == surprises[1]


def test_a_title_outlives_a_tag_that_is_written_into_a_photo(
    lived: Safelight, photos: Path
) -> None:
    idea = lived.ideas()[0].idea
    (tagged,) = (Path(row.path) for row in lived.rows(idea.assets[:1]))
    lived.answers.entitle(idea.id, "Our best days")
    with Image.open(tagged) as picture:
        exif = picture.getexif()
        exif[0x010E] = "by the river"
        picture.save(tagged, exif=exif, quality=95)
    assert lived.scan().changed == 1
    assert lived.idea(idea.id) is None, "it was made of what the file was"
    lived.make_ideas(TODAY)
    again = lived.idea(idea.id)
    assert again is not None
    assert again.idea.title == "Our best days"


def _kinds(library: Safelight) -> dict[str, IdeaKind]:
    return {card.idea.id: card.idea.kind for card in library.ideas()}


def test_what_was_liked_or_named_stays_when_other_ideas_are_made(
    lived: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    trip, *others = [c.idea for c in lived.ideas() if c.idea.kind is not IdeaKind.ON_THIS_DAY]
    lived.answers.decide(trip.id, "like")
    lived.answers.entitle(others[0].id, "Ours")
    monkeypatch.setattr("safelight.app.stories.make_ideas", lambda *_: ([], []))
    lived.make_ideas(TODAY)
    assert {card.idea.title for card in lived.ideas()} == {trip.title, "Ours"}
    assert lived.answers.chosen() == {trip.id, others[0].id}
    lived.answers.decide(trip.id, "restore")
    lived.make_ideas(TODAY)
    assert {card.idea.title for card in lived.ideas()} == {"Ours"}
    lived.withdraw(Purpose.LIBRARY)
    lived.allow([Purpose.LIBRARY])
    assert lived.ideas() == []


def test_what_speaks_of_today_and_what_a_fresh_idea_took_in_goes(
    lived: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = next(c.idea for c in lived.ideas() if len(c.idea.assets) > 3)
    today = replace(first, id="today", kind=IdeaKind.ON_THIS_DAY)
    made = [[first, today], [replace(first, id="grown")]]
    monkeypatch.setattr("safelight.app.stories.make_ideas", lambda *_: (made[0], []))
    lived.make_ideas(TODAY)
    for each in made[0]:
        lived.answers.decide(each.id, "like")
    monkeypatch.setattr("safelight.app.stories.make_ideas", lambda *_: (made[1], []))
    lived.make_ideas(TODAY)
    assert set(_kinds(lived)) == {"grown"}
