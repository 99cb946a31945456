"""Which of the recogniser's words are said beside a photo and in search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelight.analysis import saying
from safelight.analysis.saying import said, said_of
from safelight.analysis.search import build_index, parse, search
from safelight.model.sights import Sight, sightings
from safelight.testing.lives import make_life
from safelight.weights import registry

Words = tuple[tuple[str, float], ...]


def _names(labels: Words = (), objects: Words = ()) -> tuple[set[str], set[str]]:
    kept = said_of(Sight(labels, objects))
    return {name for name, _ in kept.labels}, {name for name, _ in kept.objects}


def test_a_doubtful_word_is_not_said() -> None:
    labels, objects = _names((("jellyfish", 0.29), ("bell tower", 0.3)), (("cake", 0.49),))
    assert labels == {"bell tower"}
    assert objects == set()


def test_a_scene_shares_its_picture_and_needs_less() -> None:
    assert _names((("beach", 0.23), ("coast", 0.28)))[0] == {"beach", "coast"}


def test_two_networks_that_agree_are_believed_earlier() -> None:
    assert _names((("potted plant", 0.2),), (("potted plant", 0.4),)) == (
        {"potted plant"},
        {"potted plant"},
    )
    assert _names((), (("cup", 0.4),))[1] == set()
    assert _names((("espresso", 0.16),), (("cup", 0.4),)) == ({"espresso"}, {"cup"})


def test_what_lies_under_the_least_support_supports_nothing() -> None:
    assert _names((("espresso", 0.09),), (("cup", 0.4),))[1] == set()


@pytest.mark.parametrize("word", ["bikini", "lipstick", "neck brace", "wig"])
def test_a_portrait_is_not_named_after_what_the_classifier_takes_a_person_for(word: str) -> None:
    assert _names(((word, 0.56),), (("person", 0.8),)) == (set(), {"person"})
    assert _names(((word, 0.65),))[0] == {word}


def test_a_squirrel_is_no_bear() -> None:
    squirrel = (("animal", 0.77), ("squirrel", 0.77))
    near = (("bird", 0.55), ("cat", 0.6), ("bear", 0.74))
    assert _names(squirrel, near)[1] == set()
    assert _names(squirrel, (("dog", 0.8),))[1] == {"dog"}


def test_an_animal_that_the_classifier_has_no_name_for_is_believed() -> None:
    assert _names((("animal", 0.5), ("gazelle", 0.3)), (("giraffe", 0.6),))[1] == {"giraffe"}


def test_an_animal_that_both_see_stays_beside_a_strange_one() -> None:
    both = (("animal", 0.7), ("squirrel", 0.4), ("dog", 0.2))
    assert _names(both, (("dog", 0.5),))[1] == {"dog"}


def test_nothing_seen_says_nothing() -> None:
    assert said_of(Sight()) == Sight()
    assert len(said(sightings({"a": Sight(), "b": Sight()})).row) == 0


def test_every_word_of_the_table_is_one_that_is_said() -> None:
    lines = [line.split("\t") for line in registry.words("scene-names")]
    known = {name for name, _, _ in lines}
    known |= {group for _, _, groups in lines for group in groups.split(",")}
    things = set(registry.words("object-names"))
    assert known >= saying._WORN | saying._BROAD | saying._KNOWN
    assert set(saying._by_thing()) | saying._ANIMALS <= things
    assert set(saying._by_label()) <= known
    assert len(saying._by_thing()) <= 64  # bits of one number


WORDS = st.lists(
    st.tuples(
        st.sampled_from(("cup", "drink", "dog", "animal", "squirrel", "bikini", "beach")),
        st.floats(0, 1, width=32),
    ),
    max_size=5,
).map(tuple)


@given(st.lists(st.builds(Sight, labels=WORDS, objects=WORDS), max_size=6))
def test_many_photos_say_what_each_says_alone(sights: list[Sight]) -> None:
    columns = said(sightings({str(at): sight for at, sight in enumerate(sights)}))
    together = [([], []) for _ in sights]  # type: list[tuple[list[object], list[object]]]
    entries = zip(columns.row, columns.name, columns.score, columns.is_object, strict=True)
    for row, name, score, thing in entries:
        together[row][thing].append((columns.names[name], score))
    alone = [said_of(sight) for sight in sights]
    assert together == [(list(each.labels), list(each.objects)) for each in alone]


def test_a_search_for_bears_finds_no_squirrel() -> None:
    shots = make_life(200).shots[:2]
    squirrel = Sight((("squirrel", 0.77), ("animal", 0.77)), (("bear", 0.43),))
    bear = Sight((("bear", 0.6), ("animal", 0.6)), (("bear", 0.43),))
    seen = sightings({shots[0].id: squirrel, shots[1].id: bear})
    index = build_index(shots, {}, said(seen))
    found = search(index, parse("bear", shots[0].day))
    assert [hit.asset for hit in found] == [shots[1].id]
