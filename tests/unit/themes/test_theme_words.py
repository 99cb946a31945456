"""Rules speak the words of the recognisers that ship."""

from __future__ import annotations

import pytest

from safelight.ideas.themes.concepts import CONCEPTS
from safelight.weights import registry


@pytest.fixture(scope="module")
def said() -> set[str]:
    lines = [line.split("\t") for line in registry.words("scene-names")]
    names = {name for name, _, _ in lines}
    return names | {group for _, _, groups in lines for group in groups.split(",") if group}


@pytest.mark.parametrize("name", CONCEPTS)
def test_every_concept_can_be_seen_by_the_shipped_models(name: str, said: set[str]) -> None:
    concept = CONCEPTS[name]
    things = set(registry.words("object-names"))
    assert (concept.labels & said) or (concept.objects & things)
    assert concept.objects <= things


def test_every_word_is_one_that_the_shipped_recogniser_says(said: set[str]) -> None:
    words = {word for concept in CONCEPTS.values() for word in concept.labels}
    assert words <= said, sorted(words - said)
