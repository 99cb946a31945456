"""What was seen goes into the content drawer and comes out again, as far as consent reaches."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.conftest import Camera

from safelight.analysis.search import Index
from safelight.app import Safelight
from safelight.app.judging import Judging, hangs_on_text
from safelight.app.searching import Searching
from safelight.app.theming import Theming
from safelight.ideas import build_timeline
from safelight.ideas.themes import Birthday
from safelight.library.judgements import Judged, Judgements, Likeness
from safelight.library.observations import Observations
from safelight.library.packing import (
    pack_objects,
    pack_quality,
    quality_figure,
    unpack_objects,
    unpack_quality,
)
from safelight.library.readings import Readings
from safelight.library.vectors import Vectors
from safelight.model.assets import KeptOut
from safelight.model.consent import Purpose, Refusal, Scope
from safelight.model.creations import Box
from safelight.model.errors import UserError
from safelight.model.ideas import Timeline
from safelight.model.observations import (
    Analyser,
    ContentResult,
    DetectedObject,
    Embedding,
    FaceBox,
    Label,
)
from safelight.model.people import PeopleSeen
from safelight.model.quality import Quality

_WHO = Analyser("content", "1", (("scenes", "ab"),))
_POINTS = [(0.25, 0.5), (0.5, 0.25), (0.125, 0.75), (0.5, 0.5), (0.75, 0.5), (1.25, -0.25)]
FACE = FaceBox(Box(0.25, 0.125, 0.5, 0.25), 1.0, *_POINTS)
GOOD = Quality(0.5, 0.75, 0.5, 0.25, 0.5, 0.5, eyes=None, smile=0.5, dark=0.75)


def vector(*values: float) -> Embedding:
    unit = np.array(values) / np.linalg.norm(values)
    return Embedding("scenes", len(values), unit.astype("<f2").tobytes())


def result(*labels: tuple[str, float], at: tuple[float, ...] = (1.0, 0.0)) -> ContentResult:
    return ContentResult(
        _WHO,
        tuple(Label(name, score, "object") for name, score in labels),
        vector(*at),
        (DetectedObject("cake", 0.6, Box(0.5, 0.5, 0.25, 0.25)),) if labels else (),
        (FACE,),
        0.25,
    )


@pytest.fixture
def filled(library: Safelight, photos: Path, camera: Camera) -> Iterator[Safelight]:
    """Twelve photos of one afternoon, in two folders, allowed and scanned."""
    for number in range(12):
        folder = photos / ("one" if number < 8 else "two")
        camera.shoot(folder / f"{number:02d}.jpg", datetime(2015, 6, 17, 14, 3 * number))
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.scan()
    library.allow([Purpose.CONTENT])  # afterwards, so that no model looks: tests say what is seen
    return iter([library])


@pytest.fixture
def opened(filled: Iterator[Safelight]) -> Safelight:
    return next(filled)


def ids(library: Safelight) -> list[str]:
    return [row.id for row in library.assets()]


def store(library: Safelight) -> Observations:
    return Observations(library._rooms.drawers)


def judgements(library: Safelight) -> Judgements:
    return Judgements(library._rooms.drawers)


def vectors(library: Safelight, model: str = "scenes") -> tuple[list[str], NDArray[np.float16]]:
    return Vectors(library._rooms.drawers).all(model, *conditions(library))


def conditions(library: Safelight):  # type: ignore[no-untyped-def]
    gate = library._rooms.gate
    return gate.condition(Purpose.LIBRARY, "a"), gate.condition(Purpose.CONTENT, "a")


def timeline(library: Safelight) -> Timeline:
    rooms = library._rooms
    return build_timeline(Judging(rooms).keep_out(rooms.listing.shots(rooms.view())))


def test_what_was_seen_comes_back(opened: Safelight) -> None:
    name, kept = ids(opened)[0], store(opened)
    seen = result(("dog", 1.0), ("beach", 0.2))
    kept.put([(name, seen)])
    found = kept.get(name)
    assert found is not None
    assert (found.analyser, found.embedding, found.faces) == (_WHO, seen.embedding, (FACE,))
    assert [label.name for label in found.labels] == ["dog", "beach"]
    assert found.labels[1].score == pytest.approx(0.2, abs=0.003)
    assert found.objects[0].box == seen.objects[0].box
    assert kept.faces(name) == (FACE,)
    assert kept.looked_at(_WHO) == {name}
    assert kept.looked_at(Analyser("content", "2")) == set()


def test_quality_and_verdicts_come_back_and_can_be_overruled(opened: Safelight) -> None:
    name, kept = ids(opened)[0], judgements(opened)
    kept.put_quality([Judged(name, GOOD, KeptOut.BLURRED, "nothing in it is sharp")])
    assert kept.judged(name) == Judged(name, GOOD, KeptOut.BLURRED, "nothing in it is sharp")
    keeping = opened.keeping_out
    (group,) = keeping.groups()
    assert [(each.row.id, each.why) for each in group.pictures] == [
        (name, "nothing in it is sharp")
    ]
    assert name not in timeline(opened).moments[0].assets
    keeping.bring_back(name)
    assert name in timeline(opened).moments[0].assets
    assert keeping.groups() == []
    assert [each.row.id for each in keeping.brought_back()] == [name]
    keeping.bring_back(name, back=False)
    assert name not in timeline(opened).moments[0].assets
    with pytest.raises(UserError, match="Nothing keeps"):
        keeping.bring_back(ids(opened)[1])


def test_a_near_duplicate_that_is_brought_back_stands_beside_the_best(opened: Safelight) -> None:
    one, best = ids(opened)[:2]
    judgements(opened).replace_likeness([Likeness(one, best, "it is the sharpest")])
    found = opened.keeping_out.one(one)
    assert found is not None
    assert (found.reason, found.why) == (KeptOut.DUPLICATE, "it is the sharpest")
    assert found.best is not None
    assert found.best.id == best
    assert opened.keeping_out.one(best) is None
    opened.keeping_out.bring_back(one)
    assert Judging(opened._rooms).likeness() == {}
    opened.withdraw(Purpose.CONTENT)
    assert opened.keeping_out.one(one) is None


def test_columns_hold_every_word(opened: Safelight) -> None:
    first, second = ids(opened)[:2]
    kept = store(opened)
    kept.put([(first, result(("dog", 0.8))), (second, result())])
    judgements(opened).put_quality([Judged(second, GOOD, None, "")])
    readings = Readings(opened._rooms.drawers)
    readings.put([(second, "Happy Birthday"), (first, "")], "a reader")
    seen = kept.sightings(*conditions(opened))
    words = [(seen.assets[r], seen.names[n]) for r, n in zip(seen.row, seen.name, strict=True)]
    assert sorted(words) == sorted([(first, "dog"), (first, "cake")])
    assert list(seen.faces) == [1, 1]
    assert dict(seen.text) == {second: "Happy Birthday"}
    assert max(seen.light) == pytest.approx(0.75)


def test_a_scope_of_content_hides_the_rest(opened: Safelight, photos: Path) -> None:
    kept = store(opened)
    kept.put([(name, result(("dog", 0.8))) for name in ids(opened)])
    opened.allow([Purpose.CONTENT], Scope(folders=(str(photos / "two"),)))
    assert len(kept.sightings(*conditions(opened)).assets) == 4
    assert vectors(opened)[1].shape == (4, 2)


def test_crops_aim_at_no_face_that_content_does_not_cover(opened: Safelight, photos: Path) -> None:
    """It is seldom there: narrowing has erased it. It may just have been learnt who is in it."""
    kept = store(opened)
    opened.allow([Purpose.CONTENT], Scope(folders=(str(photos / "two"),)))
    kept.put([(name, result(("dog", 0.8))) for name in ids(opened)])
    covered = set(kept.sightings(*conditions(opened)).assets)
    aimed = {name for name in ids(opened) if opened.aiming.at(name) is not None}
    assert aimed == covered
    assert len(aimed) == 4


def test_themes_reach_moments_and_leave_with_content(opened: Safelight) -> None:
    kept, theming = store(opened), Theming(opened._rooms)
    kept.put([(name, result(("candle", 0.8))) for name in ids(opened)])
    (moment,) = theming.themed(timeline(opened)).moments
    assert [theme.name for theme in moment.themes] == ["birthday"]
    assert theming.rows(theming.themed(timeline(opened)))[0].moments == 1
    opened.withdraw(Purpose.CONTENT)
    assert not kept.exists
    (moment,) = theming.themed(timeline(opened)).moments
    assert moment.themes == ()


def test_names_are_asked_for_only_while_faces_is_on(opened: Safelight) -> None:
    ana = PeopleSeen({"p": "Ana"}, {name: frozenset({"p"}) for name in ids(opened)},
                      [Birthday(6, 17, "p", "Ana")])  # fmt: skip
    theming = Theming(opened._rooms, lambda: ana)
    assert theming.knowledge().birthdays == ()
    opened.allow([Purpose.FACES])
    (moment,) = theming.themed(timeline(opened)).moments
    assert moment.themes[0].title == "Ana's birthday"


def test_teaching_needs_learn_and_goes_with_it(opened: Safelight) -> None:
    names, kept, theming = ids(opened), store(opened), Theming(opened._rooms)
    with pytest.raises(UserError, match="is taken"):
        theming.teach("birthday", names[:3])
    assert isinstance(theming.teach("our boat", names[:3]), Refusal)
    opened.allow([Purpose.LEARN])
    with pytest.raises(UserError, match="scan"):
        theming.teach("our boat", names[:3])
    look(kept, names)
    row = theming.teach("Our  boat", names[:4])
    assert not isinstance(row, Refusal)
    assert (row.name, len(row.liked)) == ("our boat", 4)
    assert set(names[:4]) <= theming.knowledge().taught["our boat"]
    opened.withdraw(Purpose.LEARN)
    assert theming.knowledge().taught == {}
    assert not theming.forget("our boat")


def test_the_numbers_of_an_own_theme_go_with_content_and_are_learnt_again(
    opened: Safelight, photos: Path
) -> None:
    """They were learnt from what was seen; its name and photos are the person's word."""
    names, kept, theming = ids(opened), store(opened), Theming(opened._rooms)
    opened.allow([Purpose.LEARN])
    look(kept, names)
    theming.teach("our boat", names[:4])
    opened.withdraw(Purpose.CONTENT)
    sql = "select name, length(weights), threshold, scale from own_theme"
    taste = opened._rooms.drawers.connection("taste")
    assert list(taste.execute(sql)) == [("our boat", 0, 0, 0)]
    opened.allow([Purpose.CONTENT])
    theming.learn_again()
    assert theming.knowledge().taught == {}, "nothing was looked at again"
    look(kept, names)
    theming.learn_again()
    assert set(names[:4]) <= theming.knowledge().taught["our boat"]
    assert theming.rows(timeline(opened))[-1].liked == tuple(names[:4])
    opened.allow([Purpose.CONTENT], Scope(folders=(str(photos / "two"),)))
    assert theming.knowledge().taught == {}, "one of its photos is no longer covered"


def test_an_own_theme_outlives_a_photo_that_taught_it(opened: Safelight) -> None:
    names, kept, theming = ids(opened), store(opened), Theming(opened._rooms)
    opened.allow([Purpose.LEARN])
    look(kept, names)
    theming.teach("our boat", names[:4])
    opened._rooms.forget_assets([names[0]])
    assert theming.knowledge().taught == {}, "what it learnt from the photo is gone"
    theming.learn_again()
    assert set(names[1:4]) <= theming.knowledge().taught["our boat"]
    opened._rooms.forget_seen([names[1]])
    assert theming.knowledge().taught == {}
    look(kept, names)
    theming.learn_again()
    (row,) = (row for row in theming.rows(timeline(opened)) if row.own)
    assert row.liked == tuple(names[1:4])
    opened._rooms.forget_assets([names[2]])
    assert [row for row in theming.rows(timeline(opened)) if row.own] == [], "two are too few"


def look(kept: Observations, names: list[str]) -> None:
    """Five pictures of one thing, and seven of others."""
    rng = np.random.default_rng(0)
    at = [
        (1.0, *rng.normal(0, 0.05, 7)) if n < 5 else (0.0, *rng.normal(0, 1, 7))
        for n in range(len(names))
    ]
    kept.put([(name, result(at=tuple(spot))) for name, spot in zip(names, at, strict=True)])


def test_search_follows_consent(opened: Safelight) -> None:
    names, kept = ids(opened), store(opened)
    kept.put([(name, result(("beach", 0.5 + n / 30))) for n, name in enumerate(names)])
    people = PeopleSeen({"p": "Ana"}, {names[3]: frozenset({"p"})})
    searching = Searching(
        opened._rooms, lambda: timeline(opened), Theming(opened._rooms), lambda: people
    )

    def found(text: str) -> list[str]:
        hits = searching.search(text)
        assert not isinstance(hits, Refusal)
        return [hit.asset for hit, _ in hits]

    assert found("seaside")[0] == names[-1]
    assert len(found("beach june 2015")) == 12
    assert found("03") == [names[3]]
    assert found("ana") == []
    opened.allow([Purpose.FACES])
    assert found("ana") == [names[3]]
    opened.withdraw(Purpose.FACES)
    assert found("ana") == []
    opened.withdraw(Purpose.CONTENT)
    assert found("beach") == []
    assert len(found("2015")) == 12
    opened.withdraw(Purpose.LIBRARY)
    assert isinstance(searching.search("2015"), Refusal)


def test_the_index_is_built_once_whichever_thread_searches(
    opened: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    searching = Searching(opened._rooms, lambda: timeline(opened), Theming(opened._rooms))
    built, build = list[Searching](), Searching._build

    def counted(self: Searching) -> Index:
        built.append(self)
        return build(self)

    monkeypatch.setattr(Searching, "_build", counted)
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:

        def found(thread: ThreadPoolExecutor) -> int:
            return len(thread.submit(searching.hits, "beach").result())

        store(opened).put([(ids(opened)[0], result(("beach", 0.5)))])
        assert found(one) == 1
        store(opened).put([(ids(opened)[1], result(("beach", 0.5)))])
        assert [found(each) for each in (one, other, one, other)] == [2, 2, 2, 2]
    assert len(built) == 2, "once for each state of the library"


def test_somebody_called_june_is_found_by_her_name(opened: Safelight) -> None:
    names = ids(opened)
    people = PeopleSeen({"p": "June Day"}, {names[3]: frozenset({"p"})})
    searching = Searching(
        opened._rooms, lambda: timeline(opened), Theming(opened._rooms), lambda: people
    )
    assert len(searching.hits("june")) == 12, "a month while nobody may be named"
    opened.allow([Purpose.FACES])
    assert [hit.asset for hit in searching.hits("June")] == [names[3]]
    assert len(searching.hits("in June")) == 12


def test_the_best_of_alike_pictures_stands_for_them_in_ideas(opened: Safelight) -> None:
    names, kept = ids(opened), store(opened)
    at = [(1.0, 0.02 * n) if n < 3 else (0.0, 1.0 if n % 2 else -1.0) for n in range(12)]
    kept.put([(name, result(at=spot)) for name, spot in zip(names[:4], at, strict=False)])
    sharp = Quality(0.9, 1.0, 0.5, 0.25, 0.5, 0.5)
    judged = judgements(opened)
    judged.put_quality([Judged(n, sharp if n == names[1] else GOOD, None, "") for n in names[:4]])
    judging = Judging(opened._rooms)
    shots = list(opened._rooms.listing.shots(opened._rooms.view()))
    near = [s for s in shots if s.id in names[:4]]
    assert judging.regroup(near, "scenes") in (0, 2)
    judged.replace_likeness([Likeness(names[0], names[1], "it is the sharpest")])
    found = judging.without_seconds(timeline(opened))
    assert found.by_id[names[0]].kept_out is KeptOut.DUPLICATE
    assert found.by_id[names[1]].kept_out is None
    assert names[0] in found.moments[0].assets


def test_where_the_best_is_kept_out_another_of_its_group_stands_in(opened: Safelight) -> None:
    """A sharp screenshot of a photo must not keep the photo itself out of ideas."""
    names, judged = ids(opened), judgements(opened)
    best, one, two = names[:3]
    judged.replace_likeness([Likeness(one, best, "it is the sharpest"), Likeness(two, best, None)])
    judged.put_quality([Judged(best, GOOD, KeptOut.SCREENSHOT, "it looks like a screenshot")])
    found = Judging(opened._rooms).without_seconds(timeline(opened))
    assert [found.by_id[n].kept_out for n in (best, one, two)] == [
        KeptOut.SCREENSHOT,
        None,
        KeptOut.DUPLICATE,
    ]
    judged.put_quality([Judged(best, GOOD, KeptOut.SENSITIVE, "it may show nudity")])
    found = Judging(opened._rooms).without_seconds(timeline(opened))
    assert {found.by_id[n].kept_out for n in (one, two)} == {KeptOut.DUPLICATE}, "in doubt out"


def test_of_alike_pictures_one_that_may_go_into_ideas_is_the_best(opened: Safelight) -> None:
    names, kept, judged = ids(opened), store(opened), judgements(opened)
    kept.put([(name, result(at=(1.0, 0.0))) for name in names[:2]])
    sharp = Quality(0.9, 1.0, 0.5, 0.25, 0.5, 0.5)
    judged.put_quality(
        [Judged(names[0], GOOD, None, ""), Judged(names[1], sharp, KeptOut.DOCUMENT, "")]
    )
    shots = [replace(s, utc=0.0) for s in opened._rooms.listing.shots(opened._rooms.view())]
    assert Judging(opened._rooms).regroup(shots[:2], "scenes") == 1
    assert Judging(opened._rooms).likeness() == {names[1]: names[0]}


def test_who_was_like_a_picture_that_went_is_compared_afresh(opened: Safelight) -> None:
    one, two, best = ids(opened)[:3]
    judged = judgements(opened)
    judged.replace_likeness([Likeness(one, best, None), Likeness(two, best, None)])
    assert not judged.due
    store(opened).remove([best])
    assert judged.due


def test_forgotten_assets_leave_nothing(opened: Safelight) -> None:
    name, kept = ids(opened)[0], store(opened)
    kept.put([(name, result(("dog", 0.8)))])
    judgements(opened).put_quality([Judged(name, GOOD, None, "")])
    kept.remove([name])
    assert kept.get(name) is None
    assert judgements(opened).judged(name) is None
    assert vectors(opened)[0] == []


def test_only_what_text_would_make_a_page_hangs_on_it() -> None:
    paper = replace(GOOD, paper=0.6, colourfulness=0.1)
    camera: Any = {"has_camera": True, "size": (4000, 3000)}
    assert hangs_on_text(paper, replace(result(), faces=()), **camera)
    assert not hangs_on_text(GOOD, replace(result(), faces=()), **camera)
    assert not hangs_on_text(paper, result(), **camera), "somebody is in it"


def test_figures_that_came_later_are_nothing_in_older_pictures() -> None:
    packed = pack_quality(GOOD)
    older = packed[:-4]  # before there was the last figure
    assert unpack_quality(older) == GOOD
    assert quality_figure([older, packed], "dark").tolist() == [0.75, 0.75]


def test_things_come_back_within_a_step_of_where_they_were() -> None:
    things = [
        DetectedObject("cake", 0.734, Box(0.1, 0.25, 0.5, 0.33)),
        DetectedObject("dog", 1.2, Box(-5.0, 0.0, 9.0, 1.0)),
    ]
    numbers = {"cake": 7, "dog": 300}
    blob = pack_objects(things, numbers)
    cake, dog = unpack_objects(blob, {number: name for name, number in numbers.items()})
    assert (cake.name, dog.name) == ("cake", "dog")
    assert cake.score == pytest.approx(0.734, abs=1 / 510)
    assert astuple(cake.box) == pytest.approx(astuple(things[0].box), abs=1 / 32_768)
    assert dog.score == 1.0
    assert astuple(dog.box) == pytest.approx((-1.999, 0.0, 1.999, 1.0), abs=1 / 32_768)
    assert pack_objects([], numbers) == b""
