"""Folders that somebody put together, counted as a whole where they lie in several moments."""

from __future__ import annotations

from datetime import datetime, timedelta

from safelight.ideas import build_timeline
from safelight.ideas.themes import Knowledge, with_themes
from safelight.ideas.themes.members import Members
from safelight.ideas.themes.whole_folders import whole_folders
from safelight.model.assets import AssetKind, Shot
from safelight.model.ideas import Moment
from safelight.model.sights import Sight, sightings

FIRST = datetime(2013, 5, 4, 14)
CAKE = Sight((), (("cake", 0.6),), faces=2)
NOTHING = Sight(faces=2)


def shots_of(day: datetime, count: int, folder: str, trusted: bool = True) -> list[Shot]:
    start = (day - datetime(1970, 1, 1)).total_seconds()
    return [
        Shot(
            f"{folder}-{day:%d}-{trusted}-{n:02d}", start + 180 * n, start + 180 * n, trusted,
            AssetKind.PHOTO, 40, 30, folder=folder,
        )
        for n in range(count)
    ]  # fmt: skip


def moments(shots: list[Shot], cakes: tuple[int, ...]) -> list[Moment]:
    """Themed moments of a library in which the photos of these numbers show a cake."""
    seen = {shot.id: CAKE if n in cakes else NOTHING for n, shot in enumerate(shots)}
    return list(with_themes(build_timeline(shots), Knowledge(sightings(seen))).moments)


def names(moment: Moment) -> list[str]:
    return [theme.name for theme in moment.themes]


def two_days(folder: str, apart: int = 1) -> list[Shot]:
    return [
        *shots_of(FIRST, 18, folder),
        *shots_of(FIRST + timedelta(days=apart), 18, folder),
    ]


def test_a_party_of_two_days_is_told_by_the_folder_of_both() -> None:
    found = moments(two_days("8_2345@N00"), cakes=(3, 20))
    assert [names(moment) for moment in found] == [["birthday"], ["birthday"]]
    assert found[0].themes[0].evidence[:2] == (
        "Counted over all 36 photos of the folder “8_2345@N00”",
        "Cake in 2 of 36 photos",
    )


def test_a_day_without_any_sign_is_not_told_by_the_other() -> None:
    first, second = moments(two_days("at Ana's"), cakes=(3, 4))
    assert names(second) == []
    assert names(first) in ([], ["birthday"])


def test_photos_of_lost_dates_are_counted_with_the_dated_ones_of_their_folder() -> None:
    shots = [*shots_of(FIRST, 14, "party"), *shots_of(FIRST, 22, "party", trusted=False)]
    found = moments([s for s in shots if s.trusted or s.id > "party-04-False-00"], cakes=(2, 30))
    assert [names(moment) for moment in found if names(moment)]


def test_a_camera_s_folder_or_one_of_many_days_is_no_whole() -> None:
    for shots in (two_days("100CANON"), two_days("Downloads"), two_days("Lisbon", apart=9)):
        assert whole_folders(Members.of_timeline(build_timeline(shots))) == []
    assert len(whole_folders(Members.of_timeline(build_timeline(two_days("Lisbon"))))) == 1


def test_days_that_show_something_of_their_own_keep_it() -> None:
    shots = two_days("Lisbon")
    seen = {s.id: NOTHING for s in shots} | {shots[n].id: CAKE for n in (3, 20)}
    sea = Sight((("beach", 0.6),), faces=1)
    seen |= {shots[n].id: sea for n in range(24, 34)}
    _first, second = with_themes(build_timeline(shots), Knowledge(sightings(seen))).moments
    assert names(second) == ["beach"]
