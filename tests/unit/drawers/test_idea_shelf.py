"""What is kept of an idea comes back whole, and goes with any purpose that it stands on."""

from __future__ import annotations

from datetime import date

from safelight.app import Safelight
from safelight.library.shelves import IdeaShelf, IdeaStates
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, Part, PhotoReason, Reason


def _idea(name: str, *photos: PhotoReason) -> Idea:
    return Idea(
        id=name,
        kind=IdeaKind.TOGETHER,
        title="Ana and Ben",
        subtitle="2012 to 2015",
        assets=("a", "b"),
        cover="a",
        reasons=(Reason("dates", "2 photos", Purpose.LIBRARY),),
        score=0.5,
        makes=("collage", "card"),
        about=("kind:together", "person:p1"),
        photos=photos,
        parts=(Part("story", 0.5, 0.18), Part("novelty", 1.0, 0.1)),
    )


def test_an_idea_comes_back_as_it_was_and_leaves_with_the_purpose_of_one_photo(
    library: Safelight,
) -> None:
    library.allow([Purpose.LIBRARY])
    shelf = IdeaShelf(library._rooms.drawers, "catalogue")
    plain, with_face = _idea("plain"), _idea("face", PhotoReason("a", "With Ana", Purpose.FACES))
    shelf.replace([plain, with_face], ["face"])
    assert shelf.all() == [(with_face, 1), (plain, 0)]
    assert shelf.recall(Purpose.FACES) == 1
    assert [idea.id for idea, _ in shelf.all()] == ["plain"]


def test_what_was_offered_is_remembered_with_its_photos_and_kind(library: Safelight) -> None:
    library.allow([Purpose.LIBRARY])
    states = IdeaStates(library._rooms.drawers)
    states.mark_shown([_idea("one")], date(2020, 1, 5))
    states.mark_shown([_idea("one")], date(2020, 1, 3))  # an older day changes nothing
    shown = states.shown()
    assert shown.ideas == {"one": date(2020, 1, 5)}
    assert shown.assets == {"a": date(2020, 1, 5), "b": date(2020, 1, 5)}
    assert shown.kinds == {IdeaKind.TOGETHER: date(2020, 1, 5)}
    states.forget_assets(["a"])
    assert set(states.shown().assets) == {"b"}
