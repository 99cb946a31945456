"""Why a photo was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from safelight.analysis.search import Document, Field, Match, build_index, parse, why
from safelight.model.assets import AssetKind, Shot
from safelight.model.places import Place
from safelight.model.sights import Sight, sightings

TODAY = date(2026, 11, 23)
_TAKEN = (datetime(2015, 12, 25, 12) - datetime(1970, 1, 1)) / timedelta(seconds=1)
SHOT = Shot(
    "one",
    *(_TAKEN, _TAKEN, True, AssetKind.PHOTO, 4000, 3000),
    place=Place("Moab", "Utah", "United States", "US"),
    keywords=("Picnic",),
    folder="Uncle Bob",
)
TOLD = Document(
    people=("Ana Maria",), text="big sign: Happy Birthday to you", themes=(("road-trip", 0.8),)
)
SEEN = sightings({"one": Sight(labels=(("dog", 0.8), ("beach", 0.5)))})
INDEX = build_index([SHOT], {"one": TOLD}, SEEN)


def reasons(text: str) -> list[tuple[Field, str]]:
    return [(m.field, m.said) for m in why(INDEX, parse(text, TODAY), [SHOT], {"one": TOLD})["one"]]


def test_each_word_names_what_answered_it() -> None:
    assert reasons("picnic ana utah") == [
        (Field.KEYWORD, "Picnic"),
        (Field.PERSON, "Ana Maria"),
        (Field.PLACE, "Utah"),
    ]
    assert reasons("road trip") == [(Field.THEME, "road-trip")]
    assert reasons("bob") == [(Field.FOLDER, "Uncle Bob")]
    assert reasons("2015") == [(Field.DATE, "2015-12-25")]
    assert reasons("christmas") == [(Field.DATE, "2015-12-25")]


def test_what_was_read_is_shown_with_the_words_around_it() -> None:
    assert reasons("birthdays") == [(Field.READ, "sign: Happy Birthday to you")]


def test_what_was_seen_comes_with_the_recognisers_score() -> None:
    (match,) = why(INDEX, parse("dogs", TODAY), [SHOT], {"one": TOLD})["one"]
    assert match.field is Field.SEEN
    assert match.said == "dog"
    assert match.score is not None
    assert abs(match.score - 0.8) < 0.01


def test_synonyms_and_meaning_say_the_name_they_led_to() -> None:
    assert reasons("seaside") == [(Field.SEEN, "beach")]

    def encode(texts: object) -> Any:
        return np.array([[1.0, 0.0] if t in ("dog", "hund") else [0.0, 1.0] for t in list(texts)])  # type: ignore[call-overload]

    index = build_index([SHOT], {"one": TOLD}, SEEN)
    index.learn_meaning(encode)
    found = why(index, parse("hund", TODAY), [SHOT], {"one": TOLD}, encode=encode)["one"]
    assert [(m.field, m.said) for m in found] == [(Field.SEEN, "dog")]


def test_a_likeness_without_a_known_word_says_so() -> None:
    assert why(INDEX, parse("zeppelin", TODAY), [SHOT], {"one": TOLD})["one"] == (
        Match(Field.MEANING, "zeppelin"),
    )


def test_a_page_of_photos_asks_the_encoder_once_for_each_word() -> None:
    asked: list[str] = []

    def encode(texts: Any) -> Any:
        asked.extend(texts)
        return np.ones((len(texts), 2), np.float32)

    shots = [replace(SHOT, id=str(n)) for n in range(60)]
    index = build_index(shots, {}, sightings({"7": Sight(labels=(("dog", 0.8),))}))
    index.learn_meaning(encode)
    asked.clear()
    found = why(index, parse("mutt", TODAY), shots, {}, encode=encode)
    assert list(found) == [shot.id for shot in shots]
    assert asked == ["mutt"]
