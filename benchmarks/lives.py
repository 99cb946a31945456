"""Whole generated lives, from shots to a year of ideas, against what is true of them.

    python benchmarks/lives.py [--seeds 9000-9009] [--year] [--receivers 0.7] [--keep FILE]

SYNTHETIC: lives, faces and labels are drawn at random (`safelight.testing.lives_full`); rates of
decisive labels are those measured on real albums where that was done. Seeds 6000 to 6029 were
looked at while rules were written; report on others. Homes, moments and trips are scored as in
`story_structure.py`; photos of a clock that was wrong are in no true moment. A theme idea is right
when most of its photos are of outings of that theme, or when the calendar says so (it was
Christmas, or the birthday of whom it names); road trips and city trips are left out, for any
journey may be one. `--year` lives through the year after each
life, day by day, with a hidden person, hidden days and a hidden place: what is offered, whether
anything hidden or resting is in it, and on how many days there was something. Ideas that depend
on the day are made every day, the others every second week. With `--keep` a line for each life is
added to a file; lives that it has are not lived again, so a long run can be stopped and gone on.
`--receivers` says how many second cameras write the time of their GPS fix: without it nobody's
is used.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from story_structure import Score, score_homes, score_moments, score_trips, wilson

from safelight.ideas import (
    BUILT_IN_MAKERS,
    build_timeline,
    is_wanted,
    keep_quiet,
    make_ideas,
    offer,
)
from safelight.ideas.keepsakes import Keepsakes
from safelight.ideas.on_this_day import OnThisDay
from safelight.ideas.selection import cooldown
from safelight.ideas.themes import Knowledge, with_themes
from safelight.ideas.this_week import ThisWeek
from safelight.model.ideas import Days, Idea, IdeaKind, Preferences, Shown, Timeline
from safelight.model.places import Place
from safelight.model.sights import sightings
from safelight.testing.lives_clocks import with_gps_times
from safelight.testing.lives_full import FullLife, make_full_life

DAILY = (OnThisDay(), ThisWeek(), Keepsakes())
SELDOM = tuple(m for m in BUILT_IN_MAKERS if not isinstance(m, (OnThisDay, ThisWeek, Keepsakes)))
EVERY_DAYS = 14
ANY_JOURNEY = frozenset({"road-trip", "city-trip"})
CALENDAR = {
    "christmas": {(12, 24), (12, 25), (12, 26), (1, 6), (1, 7)},
    "new-year": {(12, 31), (1, 1)},
    "halloween": {(10, 31)},
}


@dataclass
class Figures:
    """What was counted over many lives."""

    structure: dict[str, Score] = field(
        default_factory=lambda: {"homes": Score(), "moments": Score(), "trips": Score()}
    )
    kinds: Counter[str] = field(default_factory=Counter)
    themes_said: int = 0
    themes_right: int = 0
    wrong: list[str] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    offered: int = 0
    seconds: float = 0.0
    hidden: int = 0
    repeats: int = 0
    problems: list[str] = field(default_factory=list)

    def as_line(self, seed: int) -> str:
        """One life's figures as a line of JSON; `add_line` counts them in."""
        structure = {name: asdict(score) for name, score in self.structure.items()}
        return json.dumps({"seed": seed, **vars(self), "structure": structure})

    def add_line(self, line: str) -> None:
        """Count in another life."""
        other = json.loads(line)
        for name, score in other["structure"].items():
            self.structure[name].add(Score(**score))
        self.kinds.update(other["kinds"])
        for name in ("wrong", "days", "problems"):
            getattr(self, name).extend(other[name])
        for name in ("themes_said", "themes_right", "offered", "hidden", "repeats", "seconds"):
            setattr(self, name, getattr(self, name) + other[name])


def timeline_of(full: FullLife, preferences: Preferences = Preferences()) -> Timeline:  # noqa: B008
    """A life as the app would hand it to makers."""
    shots = keep_quiet(full.life.shots, full.people, preferences)
    seen, people = sightings(full.sights), full.people
    knowledge = Knowledge(sightings=seen, birthdays=people.birthdays, people=people.in_photos)
    timeline = with_themes(build_timeline(shots), knowledge)
    return replace(timeline, people=people, sights=seen, preferences=preferences)


def last_day(full: FullLife) -> date:
    """The day of the last photo whose clock was right."""
    shots = full.life.shots
    return max(s.day for s in shots if s.trusted and s.id not in full.clock_error)


def measured(seed: int, *, year: bool, receivers: float = 0.0) -> Figures:
    """One life's figures."""
    begun, figures = time.process_time(), Figures()
    full = make_full_life(seed)
    if receivers:
        full = with_gps_times(full, receivers=receivers)
    timeline = timeline_of(full)
    _score_structure(full, timeline, figures)
    made = make_ideas(timeline, last_day(full) + timedelta(days=2))
    figures.problems += made.problems
    figures.kinds.update({idea.kind.value for idea in made.ideas})
    for idea in made.ideas:
        _score_theme(full, idea, figures)
    if year:
        _live_a_year(full, figures)
    figures.seconds = time.process_time() - begun
    return figures


def _score_structure(full: FullLife, timeline: Timeline, figures: Figures) -> None:
    life = full.life
    right = {shot: n for shot, n in life.moments.items() if shot not in full.clock_error}
    figures.structure["homes"].add(score_homes(life, timeline.homes))
    figures.structure["trips"].add(score_trips(life, timeline.trips))
    figures.structure["moments"].add(score_moments(replace(life, moments=right), timeline.moments))


def _score_theme(full: FullLife, idea: Idea, figures: Figures) -> None:
    if idea.kind not in (IdeaKind.THEME, IdeaKind.THROUGH_THE_YEARS):
        return
    theme = next(s.removeprefix("theme:") for s in idea.about if s.startswith("theme:"))
    if theme in ANY_JOURNEY:
        return
    outings = [full.life.moments.get(asset, -1) for asset in idea.assets]
    hits = sum(full.occasions.get(outing) == theme for outing in outings)
    start = idea.start.date() if idea.start else date.min
    day = (start.month, start.day)
    right = 2 * hits > len(outings) or day in CALENDAR.get(theme, ())
    right |= theme == "birthday" and _is_birthday(full, idea, day)
    figures.themes_said += 1
    figures.themes_right += right
    if not right:
        true = Counter(full.occasions.get(outing) for outing in outings).most_common(2)
        figures.wrong.append(f"seed {full.life.seed} {idea.title}, {len(outings)} photos of {true}")


def _is_birthday(full: FullLife, idea: Idea, day: tuple[int, int]) -> bool:
    """Whether it tells the true birthday of whom it names; whoever is named is in its photos."""
    return any(
        person.name in idea.title and day == (person.birthday.month, person.birthday.day)
        for person in full.cast
    )


def _wishes(full: FullLife) -> Preferences:
    """Somebody, three weeks and a town that are not to be seen, from what the life holds."""
    names = sorted(full.people.names)
    days = sorted({shot.day for shot in full.life.shots if shot.trusted})
    first = days[len(days) // 3]
    places = Counter(shot.place for shot in full.life.shots if shot.place is not None)
    town: Place = places.most_common()[min(3, len(places) - 1)][0]
    return Preferences(
        hidden_people=frozenset(names[:1]),
        hidden_days=(Days(first, first + timedelta(days=20)),),
        hidden_places=frozenset({town}),
    )


def _live_a_year(full: FullLife, figures: Figures) -> None:
    wishes = _wishes(full)
    timeline = timeline_of(full, wishes)
    shown, with_ideas = Shown({}, {}, {}), 0
    for today, ideas in _days(timeline, last_day(full)):
        offered = offer(ideas, today, shown, wishes)
        with_ideas += bool(offered)
        figures.offered += len(offered)
        figures.hidden += sum(not _may_be_shown(idea, full, wishes) for idea in offered)
        figures.repeats += sum(_rests(idea, today, shown) for idea in offered)
        shown = _remembered(shown, offered, today)
    figures.days.append(with_ideas)


def _days(timeline: Timeline, last: date) -> Iterator[tuple[date, list[Idea]]]:
    seldom: list[Idea] = []
    for number in range(365):
        today = last + timedelta(days=1 + number)
        if number % EVERY_DAYS == 0:
            seldom = make_ideas(timeline, today, SELDOM).ideas
        yield today, [*seldom, *make_ideas(timeline, today, DAILY).ideas]


def _may_be_shown(idea: Idea, full: FullLife, wishes: Preferences) -> bool:
    by_id = {shot.id: shot for shot in full.life.shots}
    return is_wanted(idea, wishes, by_id, full.people)


def _rests(idea: Idea, today: date, shown: Shown) -> bool:
    before = shown.ideas.get(idea.id)
    return before is not None and (today - before).days <= cooldown(idea.kind)


def _remembered(shown: Shown, offered: list[Idea], today: date) -> Shown:
    return Shown(
        {**shown.ideas, **{idea.id: today for idea in offered}},
        {**shown.assets, **{asset: today for idea in offered for asset in idea.assets}},
        {**shown.kinds, **{idea.kind: today for idea in offered}},
    )


def report(figures: Figures, seeds: range, *, year: bool, verbose: bool) -> None:
    """Print everything that was counted."""
    print(f"{len(seeds)} lives, seeds {seeds.start} to {seeds.stop - 1}")
    for name, score in figures.structure.items():
        print(f"{name}: {score}")
    low, high = wilson(figures.themes_right, figures.themes_said)
    share = figures.themes_right / max(1, figures.themes_said)
    print(
        f"theme ideas: precision {share:.3f} ({figures.themes_right} of {figures.themes_said}, "
        f"95% {low:.3f} to {high:.3f})"
    )
    print(f"lives that have each kind: {dict(figures.kinds.most_common())}")
    print(f"problems of makers: {len(figures.problems)} {figures.problems[:3]}")
    if year:
        enough = sum(days >= 300 for days in figures.days)
        print(
            f"a year each, {figures.seconds:.0f} s of one core: {figures.offered} ideas offered,"
            f" {figures.hidden} with something hidden,"
            f" {figures.repeats} before they were rested; days with ideas: least"
            f" {min(figures.days)}, median {sorted(figures.days)[len(figures.days) // 2]}; "
            f"300 days or more in {enough} of {len(figures.days)} lives"
        )
    if verbose:
        misses = [miss for score in figures.structure.values() for miss in score.misses]
        print("\n".join([*misses, *figures.wrong]))


def _known(path: Path | None) -> dict[int, str]:
    """Lines of lives that were lived before, by seed."""
    if path is None or not path.exists():
        return {}
    return {json.loads(line)["seed"]: line for line in path.read_text().splitlines()}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="9000-9009")
    parser.add_argument("--year", action="store_true", help="live through a year, day by day")
    parser.add_argument(
        "--receivers",
        type=float,
        default=0.0,
        help="share of lives whose second camera writes GPS times (0: nobody's are used)",
    )
    parser.add_argument("--keep", type=Path, help="a file for the figures of each life")
    parser.add_argument("--verbose", action="store_true", help="list every wrong theme")
    options = parser.parse_args()
    first, last = options.seeds.split("-")
    seeds, figures = range(int(first), int(last) + 1), Figures()
    known = _known(options.keep)
    for seed in seeds:
        if seed not in known:
            one = measured(seed, year=options.year, receivers=options.receivers)
            known[seed] = one.as_line(seed)
            if options.keep:
                with options.keep.open("a") as file:
                    file.write(known[seed] + "\n")
        figures.add_line(known[seed])
    report(figures, seeds, year=options.year, verbose=options.verbose)


if __name__ == "__main__":
    main()
