"""Ideas of folders that somebody put together, where dates do not tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from safelight.ideas import build_timeline
from safelight.ideas.albums_told import Albums, title_of_folder
from safelight.model.assets import AssetKind, KeptOut, Shot
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, Preferences, Reason, ThemeScore, Timeline

TODAY = date(2020, 1, 1)
CAKE = ThemeScore(
    "birthday",
    0.9,
    ("Cake in 4 of 12 photos",),
    (Reason("theme:birthday", "Cake in 4 of 12 photos", Purpose.CONTENT),),
)


def photos(folder: str, count: int = 12, *, dated: int = 0) -> list[Shot]:
    """A folder whose files were all copied in one second; the first `dated` have a date each."""
    return [
        Shot(
            f"{folder}{n:02d}",
            1e9 + (n < dated) * (n + 1) * 3e7,
            1e9 + (n < dated) * (n + 1) * 3e7,
            n < dated,
            AssetKind.PHOTO,
            40,
            30,
            folder=folder,
            fingerprint=hash((folder, n)) & 0xFFFF_FFFF_FFFF_FFFF,
        )
        for n in range(count)
    ]


def told(timeline: Timeline) -> list[Idea]:
    return list(Albums().make(timeline, TODAY))


def themed(timeline: Timeline, theme: ThemeScore) -> Timeline:
    return replace(timeline, moments=[replace(m, themes=(theme,)) for m in timeline.moments])


def test_a_folder_with_a_name_is_told_under_it_and_no_date_is_said() -> None:
    (idea,) = told(build_timeline(photos("emma turns six")))
    assert (idea.kind, idea.title) == (IdeaKind.ALBUM, "Emma turns six")
    assert idea.subtitle == "12 photos that you kept together"
    assert (idea.start, idea.end) == (None, None)
    assert len(idea.assets) >= 4  # a second that they share makes no burst of them
    said = " ".join(reason.text for reason in idea.reasons)
    assert said == "12 photos in the folder “emma turns six”, 12 of them without a date"
    assert {"season", "freshness"}.isdisjoint(part.name for part in idea.parts)
    assert idea.purposes == {Purpose.LIBRARY}


def test_dated_photos_of_the_folder_belong_to_it_where_others_lost_theirs() -> None:
    (idea,) = told(build_timeline(photos("Garden", dated=7)))
    assert idea.subtitle.startswith("12 photos")
    assert any("5 of them without a date" in reason.text for reason in idea.reasons)
    assert told(build_timeline(photos("Garden", dated=9))) == []


def test_its_theme_is_among_the_reasons() -> None:
    (idea,) = told(themed(build_timeline(photos("Emma turns six")), CAKE))
    assert idea.title == "Emma turns six"
    assert idea.subtitle == "Birthday: 12 photos that you kept together"
    assert idea.purposes == {Purpose.LIBRARY, Purpose.CONTENT}
    assert "theme:birthday" in idea.about
    assert "card" in idea.makes


def test_a_folder_without_a_name_is_told_by_its_theme_alone() -> None:
    nameless = build_timeline(photos("IMG_scans_03"))
    assert told(nameless) == []
    (idea,) = told(themed(nameless, CAKE))
    assert (idea.kind, idea.title) == (IdeaKind.THEME, "Birthday")
    assert told(themed(nameless, replace(CAKE, score=0.55)))
    assert told(themed(nameless, replace(CAKE, score=0.45))) == []


def test_an_album_of_a_hidden_theme_gives_no_idea() -> None:
    timeline = themed(build_timeline(photos("Emma turns six")), CAKE)
    quiet = Preferences(hidden_themes=frozenset({"birthday"}))
    assert told(replace(timeline, preferences=quiet)) == []


def test_hidden_photos_are_in_no_album_and_handfuls_are_none() -> None:
    shots = photos("Emma")
    hidden = [replace(shot, kept_out=KeptOut.HIDDEN) for shot in shots[:6]]
    assert told(build_timeline([*hidden, *shots[6:]])) == []


def test_late_photos_keep_the_idea() -> None:
    (few,) = told(build_timeline(photos("Emma", 9)))
    (more,) = told(build_timeline(photos("Emma", 20)))
    assert few.id == more.id


@pytest.mark.parametrize(
    ("folder", "title"),
    [
        ("Grandma's garden", "Grandma's garden"),
        ("1987 Yosemite with Dad", "1987 Yosemite with Dad"),
        ("2014-06-07_Anna_bday", "Anna bday"),
        ("20140607 Hochzeit", "Hochzeit"),
        ("tuscany", "Tuscany"),
        ("Fotos Opa", "Fotos Opa"),
        ("旅行の写真", "旅行の写真"),
        ("20140607", None),
        ("2014-06-07", None),
        ("IMG_scans_03", None),
        ("100APPLE", None),
        ("101_PANA", None),
        ("New folder (2)", None),
        ("Neuer Ordner", None),
        ("Downloads", None),
        ("deadbeef01", None),
        ("5F2A0C11-9E3B-4C6D-8A77-0123456789AB", None),
        ("scans", None),
        ("___", None),
        ("7", None),
    ],
)
def test_names_that_people_give_are_titles_and_those_of_cameras_are_not(
    folder: str, title: str | None
) -> None:
    assert title_of_folder(folder) == title


def test_a_long_name_ends_with_a_word() -> None:
    title = title_of_folder(
        "the summer when we all went to the lake house of uncle Theodor and back"
    )
    assert title is not None
    assert len(title) <= 61
    assert title.endswith("…")
    assert title.startswith("The summer when we all")
