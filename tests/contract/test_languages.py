"""Every language says everything that English says, and no maker says anything else."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from safelight.ideas.gatherings import LIGHTS, THINGS
from safelight.ideas.language import language, languages, speaking, spoken
from safelight.ideas.periods import SEASONS
from safelight.ideas.themes import BUILT_IN
from safelight.ideas.themes.concepts import CONCEPTS

OTHERS = [code for code in languages() if code != "en"]
SOURCE = Path(__file__).resolve().parents[2] / "src/safelight/ideas"


def table(code: str) -> dict[str, Any]:
    text = files("safelight.ideas").joinpath("catalogues", f"{code}.toml").read_text("utf-8")
    return tomllib.loads(text)


def names(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_same_phrases_with_the_same_names(code: str) -> None:
    english, other = table("en"), table(code)
    for part in ("phrases", "nouns", "themes"):
        assert other[part].keys() == english[part].keys()
    for key, phrase in english["phrases"].items():
        assert names(other["phrases"][key]) == names(phrase), key
        assert other["phrases"][key] or key == "own-ending-s"


@pytest.mark.parametrize("code", languages())
def test_every_noun_has_a_form_for_every_number(code: str) -> None:
    said = language(code)
    for noun, forms in said.nouns.items():
        for number in (0, 1, 2, 5, 11, 21, 22, 101, 1004):
            assert forms[said.plural(number)], noun
    assert (len(said.months), len(said.weekdays), len(said.small)) == (12, 7, 8)
    assert set(said.themes) == set(BUILT_IN)


@pytest.mark.parametrize("code", OTHERS)
def test_every_concept_has_a_word(code: str) -> None:
    known = language(code).concepts
    assert {concept.said for concept in CONCEPTS.values()} <= known.keys()


@pytest.mark.parametrize("code", languages())
def test_phrases_that_are_put_together_exist(code: str) -> None:
    phrases = language(code).phrases
    for thing in (*(t.name for t in THINGS), *(name for name, *_ in LIGHTS)):
        assert f"collection-{thing}" in phrases
    for season in SEASONS:
        assert {f"group-{season}", f"clue-{season}", season} <= phrases.keys()
    for unit in ("week", "month", "season", "year"):
        assert {f"usual-{unit}", f"unit-{unit}"} <= phrases.keys()


def test_makers_say_only_what_is_in_the_catalogue_and_all_of_it_is_said() -> None:
    source = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    said = set(re.findall(r'say\(\s*"([a-z-]+)"', source))
    assert said <= language("en").phrases.keys()
    # Keys that are put together of parts, or chosen by a condition, appear in quotes or as a start.
    starts = ("collection-", "clue-", "group-", "usual-", "unit-", *SEASONS)
    for key in language("en").phrases:
        assert key.startswith(starts) or f'"{key}"' in source or _by_part(key, source), key


def _by_part(key: str, source: str) -> bool:
    head, _, tail = key.rpartition("-")
    return f'"{head}"' in source and f"-{tail}" in source


def test_the_language_of_now_ends_with_its_block_and_strangers_get_english() -> None:
    assert spoken().code == "en"
    with speaking("de"):
        assert spoken().code == "de"
        with speaking("de-AT"):
            assert spoken().code == "de"
    assert spoken().code == "en"
    assert language("tlh").code == "en"
