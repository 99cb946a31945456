"""Which photos a search finds, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from safelight.analysis.search import Document, Meaning, build_index, parse, search
from safelight.analysis.search.german import _ENGLISH
from safelight.analysis.search.ranking import DAYS
from safelight.analysis.search.synonyms import SYNONYMS
from safelight.analysis.search.tokens import key
from safelight.ideas.themes import BUILT_IN
from safelight.model.assets import AssetKind, Shot
from safelight.model.places import Place
from safelight.model.sights import Sight, sightings
from safelight.weights import registry

TODAY = date(2026, 11, 23)
_EPOCH = datetime(1970, 1, 1)
MOAB = Place("Moab", "Utah", "United States", "US")
NEW_YORK = Place("New York", "New York", "United States", "US")


def shot(name: str, when: datetime, **rest: Any) -> Shot:
    seconds = (when - _EPOCH) / timedelta(seconds=1)
    kind = rest.pop("kind", AssetKind.PHOTO)
    return Shot(name, seconds, seconds, True, kind, 4000, 3000, **rest)


SHOTS = [
    shot("sea", datetime(2015, 6, 12, 12)),
    shot("sea-maybe", datetime(2015, 6, 12, 13)),
    shot("dog", datetime(2015, 6, 14, 12), place=MOAB),
    shot("clip", datetime(2016, 7, 1, 12), kind=AssetKind.VIDEO, rating=5),
    shot("ny", datetime(2019, 12, 25, 12), place=NEW_YORK, rating=4),
    shot("york", datetime(2019, 3, 5, 12), keywords=("New Orleans", "York")),
    shot("xmas-2018", datetime(2018, 12, 25, 9), camera="Canon EOS 70D"),
    shot("ana", datetime(2020, 1, 1, 12), folder="Skiing in Tyrol"),
]
SEEN = sightings(
    {
        "sea": Sight(labels=(("beach", 0.9),)),
        "sea-maybe": Sight(labels=(("beach", 0.2),)),
        "dog": Sight(labels=(("golden retriever", 0.7), ("dog", 0.8)), objects=(("dog", 0.9),)),
        "clip": Sight(labels=(("dog", 0.3),)),
        "ny": Sight(labels=(("christmas stocking", 0.5),)),
        "ana": Sight(labels=(("laptop", 0.05),)),
    }
)
DOCUMENTS = {
    "ana": Document(people=("Ana Maria",), text="Happy Birthday", texts=(("IMG_77.jpg", 0.5),)),
    "dog": Document(themes=(("city-trip", 0.8),)),
}
INDEX = build_index(SHOTS, DOCUMENTS, SEEN)

FOUND = {
    "beach": ["sea", "sea-maybe"],
    "seaside": ["sea", "sea-maybe"],
    "dogs": ["dog", "clip"],
    "dog videos": ["clip"],
    "dog in moab": ["dog"],
    "dog june 2015": ["dog"],
    "moab": ["dog"],
    "utah": ["dog"],
    "new york": ["ny"],
    '"new york"': ["ny"],
    "christmas 2019": ["ny"],
    "christmas": ["ny", "xmas-2018"],
    "ana": ["ana"],
    "Ana Maria": ["ana"],
    "birthday": ["ana"],
    "canon": ["xmas-2018"],
    "4 stars": ["clip", "ny"],
    "5 stars": ["clip"],
    "skiing": ["ana"],
    "city trip": ["dog"],
    "retriever": ["dog"],
    "goldenr": [],
    "golden": ["dog"],
    "img 77": ["ana"],
    "city-trip": ["dog"],
    "laptop": [],
    "in june": ["sea", "sea-maybe", "dog"],
    "12 june": ["sea-maybe", "sea"],
    "12.6.2015": ["sea-maybe", "sea"],
    "beach -dog": ["sea", "sea-maybe"],
    "june -beach": ["dog"],
    "june without seaside": ["dog"],
    "usa": ["ny", "dog"],
    "nyc": ["ny"],
    "last christmas": [],
    "xyzzy": [],
    "": [],
}


def found(text: str, **rest: Any) -> list[str]:
    return [hit.asset for hit in search(INDEX, parse(text, TODAY), **rest)]


@pytest.mark.parametrize("text", FOUND)
def test_search(text: str) -> None:
    if text in ("4 stars", "in june", "12 june", "12.6.2015"):
        assert sorted(found(text)) == sorted(FOUND[text])
    else:
        assert found(text) == FOUND[text]


def test_scores_fall_and_stay_between_0_and_1() -> None:
    scores = [hit.score for hit in search(INDEX, parse("dog beach", TODAY))]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.parametrize("text", ["dog", "beach", "stocking", "ana", "city trip"])
def test_without_content_and_faces_nothing_of_them_is_found(text: str) -> None:
    bare = build_index(SHOTS)
    assert search(bare, parse(text, TODAY)) == []


def test_places_that_may_not_be_known_are_not_found() -> None:
    without = [shot(s.id, s.local_time) for s in SHOTS]
    assert search(build_index(without), parse("moab", TODAY)) == []


def embed(texts: Sequence[str]) -> NDArray[Any]:
    """Two meanings: what has to do with water, and the rest."""
    water = {"beach", "ocean waves", "surfing"}
    return np.array([[1.0, 0.0] if text in water else [0.0, 1.0] for text in texts], np.float32)


def test_words_of_like_meaning_find_it_through_an_encoder() -> None:
    index = build_index(SHOTS, DOCUMENTS, SEEN)
    assert search(index, parse("surfing", TODAY), encode=embed) == []
    index.learn_meaning(embed)
    hits = search(index, parse("surfing", TODAY), encode=embed)
    assert [hit.asset for hit in hits] == ["sea", "sea-maybe"]


def test_an_image_text_model_finds_what_no_label_says() -> None:
    vectors = np.eye(8, dtype=np.float16)[:, :4]
    meaning = Meaning(
        lambda _: np.eye(4, dtype=np.float32)[2:3], vectors, np.arange(8, dtype=np.int32)
    )
    hits = search(INDEX, parse("a muddy paw", TODAY), meaning=meaning)
    assert hits[0].asset == SHOTS[2].id


def _in(sights: dict[str, Sight], text: str, encode: Any = None) -> list[str]:
    shots = [shot(name, datetime(2019, 12, 25 - at, 12)) for at, name in enumerate(sights)]
    index = build_index(shots, {}, sightings(sights))
    if encode is not None:
        index.learn_meaning(encode)
    return [hit.asset for hit in search(index, parse(text, TODAY), encode=encode)]


def test_what_only_may_be_meant_is_asked_where_nothing_else_answers() -> None:
    coffee = Sight(labels=(("drink", 0.95),))
    beer = Sight(labels=(("beer glass", 0.35), ("drink", 0.3)))
    assert _in({"coffee": coffee, "beer": beer}, "beer") == ["beer"]
    assert _in({"coffee": coffee}, "beer") == ["coffee"]
    assert _in({"coffee": coffee, "beer": beer}, "drinks") == ["coffee", "beer"]


@pytest.mark.parametrize(
    ("typed", "english"),
    [("Hunde", "dog"), ("Strände", "beach"), ("Brücke", "bridge"), ("Kinder", "person")],
)
def test_german_words(typed: str, english: str) -> None:
    sights = {"right": Sight(objects=((english, 0.9),)), "wrong": Sight(objects=(("vase", 0.9),))}
    assert _in(sights, typed) == ["right"]
    assert _in(sights, f"meine Fotos mit {typed}") == ["right"]


def test_german_christmas_is_its_days() -> None:
    assert _in({"at-christmas": Sight(), "before": Sight()}, "Weihnachten 2019") == [
        "at-christmas",
        "before",
    ]
    assert _in({"a": Sight(), "b": Sight(), "c": Sight()}, "Weihnachten") == ["a", "b"]


def test_a_german_keyword_is_found_as_it_is_written() -> None:
    index = build_index([shot("own", datetime(2019, 5, 1), keywords=("Hund",))])
    assert [hit.asset for hit in search(index, parse("hund", TODAY))] == ["own"]


def test_dark_pictures_are_night() -> None:
    shots = [shot(f"at-{hour}", datetime(2019, 5, 1, hour)) for hour in (3, 12, 23)]
    shots.append(shot("bright", datetime(2019, 5, 1, 23, 30)))
    sights = {s.id: Sight(dark=0.3 if s.id == "bright" else 0.9) for s in shots}
    index = build_index(shots, {}, sightings(sights))
    for text in ("night", "nachts"):
        found = [hit.asset for hit in search(index, parse(text, TODAY))]
        assert sorted(found[:2]) == ["at-23", "at-3"]
        assert found[2:] == ["at-12"]


def all_alike(texts: Sequence[str]) -> NDArray[Any]:
    return np.ones((len(texts), 1), np.float32)


def test_like_meaning_leaves_out_colours_and_what_only_tells_a_name_apart() -> None:
    sights = {"snake": Sight(labels=(("rock snake", 0.9),)), "fruit": Sight(labels=(("fig", 0.5),))}
    assert _in(sights, "gorge", all_alike) == ["snake", "fruit"]
    assert _in(sights, "white", all_alike) == _in(sights, "black and white", all_alike) == []
    assert _in({"snake": sights["snake"]}, "rock", all_alike) == ["snake"]  # by its letters
    assert _in(sights, "rock", all_alike)[0] == "fruit"


def test_words_that_mean_something_together_are_one_name() -> None:
    def encode(texts: Sequence[str]) -> NDArray[Any]:
        jets = {"airliner", "passenger jet"}
        return np.array([[1.0, 0] if text in jets else [0, 1.0] for text in texts], np.float32)

    sights = {"jet": Sight(labels=(("airliner", 0.9),)), "dog": Sight(objects=(("dog", 0.9),))}
    assert _in(sights, "passenger jet", encode) == ["jet"]
    assert _in(sights, "passenger jet december 2019", encode) == ["jet"]


def test_what_the_recogniser_would_have_said_is_not_stretched() -> None:
    sights = {"animal": Sight(labels=(("animal", 0.9),))}
    assert _in(sights, "elephants", all_alike) == []
    assert _in(sights, "beast", all_alike) == ["animal"]


def test_every_word_that_is_meant_is_one_that_can_be_said() -> None:
    known = {key(theme) for theme in BUILT_IN} | {"night"}
    known |= set(map(key, ("United States", "United Kingdom", "Netherlands", "New York")))
    for line in registry.words("scene-names"):
        name, _, groups = line.split("\t")
        known |= {key(name), *map(key, groups.split(","))}
    known |= set(map(key, registry.words("object-names")))
    assert {word for meant in SYNONYMS.values() for word in meant} <= known
    assert {w for w in _ENGLISH.values() if w not in SYNONYMS and w not in DAYS} <= known


def test_an_empty_library() -> None:
    assert search(build_index([]), parse("dog", TODAY)) == []
    assert search(build_index([], {}, sightings({})), parse("2015", TODAY)) == []


def test_names_of_several_words_are_found_where_the_library_itself_has_none() -> None:
    index = build_index([SHOTS[0]], {}, sightings({"sea": Sight(labels=(("carousel", 0.9),))}))
    assert [hit.asset for hit in search(index, parse("amusement park", TODAY))] == ["sea"]


def test_what_is_left_out_leaves_out_what_a_word_stands_for_and_no_more() -> None:
    index = build_index(SHOTS, DOCUMENTS, SEEN)
    index.learn_meaning(embed)
    assert len(search(index, parse("-surfing", TODAY), encode=embed)) == len(SHOTS)
    assert len(search(index, parse("-dogs", TODAY), encode=embed)) == len(SHOTS) - 2
    assert search(index, parse("-dogs -dogs", TODAY), limit=1) != []
