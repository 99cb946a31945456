"""The rules: what speaks for a theme, what against, and without what it is never said.

A rule adds log-odds. A weight is what a clue adds at its full strength of 1; `needs` lists sets
of clues, one of which must be there whole: its clues at half strength on average, and none of them
nearly absent. So support alone never names a theme, and a suit never makes a wedding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

START = -3.0
"""Log-odds of any theme before anything is known: about one moment in twenty."""

WORD = 4.5
"""What a word that names the theme adds."""


PAIR = 4.0
"""What photos add that a person's own model finds to show the theme."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One theme.

    Attributes:
        needs: at least one of these sets of clues must be there.
        clues: log-odds a clue adds, negative for what speaks against it.
        absorbs: themes that this one explains and that are then not said beside it.
    """

    name: str
    needs: tuple[tuple[str, ...], ...]
    clues: Mapping[str, float]
    absorbs: tuple[str, ...] = ()


def _rule(name: str, needs: str, speaks: str, against: str = "", absorbs: str = "") -> Rule:
    """Read "this + that, or + another" and "clue weight, …".

    A spoken word always suffices, and so does a person's own image-text model.
    """
    word, pair = f"word:{name}", f"pair:{name}"
    sets = [tuple(part.strip() for part in each.split("+")) for each in needs.split(",")]
    clues = {word: WORD, pair: PAIR, **_weights(speaks, 1.0), **_weights(against, -1.0)}
    return Rule(name, ((word,), (pair,), *sets), clues, tuple(absorbs.split()))


def _weights(text: str, sign: float) -> dict[str, float]:
    pairs = [each.split() for each in text.split(",") if each.strip()]
    return {clue: sign * float(weight) for clue, weight in pairs}


RULES: tuple[Rule, ...] = (
    _rule(
        "birthday",
        # A cake on a table with a few people is a café as well as a birthday; the more photos
        # somebody took there, the less a café, and at home it is none.
        "cake + faces + many, cake + candles, cake + balloons, cake + faces + at-home,"
        " cake + faces + yearly, festive + faces, birthday + faces, birthday + someone,"
        " birthday + cake, candles + balloons",
        "cake 3.4, festive 2.4, candles 1.6, balloons 1.4, birthday 3.4, someone 1.2, yearly 1.6,"
        "faces 0.8, crowd 0.4, presents 0.4, at-home 0.4, many 0.1",
        "few 2.6, no-faces 2.5, counter 1.5, bridal 1.5, ceremony 1.5, mortarboard 1.5,"
        "word:wedding 2, stage 0.8, wild_animals 0.6, feast:christmas 1.5, feast:new-year 0.8",
        "party dinner",
    ),
    _rule(
        "graduation",
        "mortarboard, robed + faces",
        "mortarboard 4.4, robed 1.2, robes 0.3, crowd 0.4, faces 0.3, suits 0.3",
        "ceremony 0.3, no-faces 1, feast:halloween 1.5, stage 0.8",
        "show concert party wedding dinner",
    ),
    _rule(
        "wedding",
        "groom + bridal + ceremony, groom + bridal + cake, bridal_day, word:wedding + groom",
        "groom 1.6, bridal 1.8, ceremony 1.6, bridal_day 2, cake 0.9, suits 0.4, crowd 0.4,"
        "faces 0.4",
        "few 1.5, mortarboard 3, sport 2, stage 1.2, no-faces 2, feast:halloween 1, statues 0.2",
        "party dinner birthday show",
    ),
    _rule(
        "christmas",
        "stocking, feast:christmas",
        "stocking 3.6, feast:christmas 4.2, december 0.6, candles 0.6, faces 0.2",
        "sea 0.8, skis 0.8, wild_animals 0.5",
        "party dinner",
    ),
    _rule(
        "halloween",
        "pumpkin + late-october, feast:halloween + costume, feast:halloween + evening",
        "pumpkin 3.6, feast:halloween 3, costume 1.2, evening 0.6, late-october 0.6",
        "mountains 1, sea 1, not-autumn 3",
        "party show",
    ),
    _rule(
        "new-year",
        "feast:new-year + night, feast:new-year + sparks, feast:new-year + drinks",
        "feast:new-year 3.2, night 1.2, sparks 1, drinks 0.5, crowd 0.3",
        "mountains 0.8, skis 0.8",
        "party dinner",
    ),
    _rule(
        "beach",
        "sea, swimwear + sea",
        "sea 3.9, swimwear 1.2, away 0.3, day 0.2",
        "skis 2, snow_things 1, wild_animals 0.5, night 0.8",
    ),
    _rule(
        "hiking",
        "mountains + outdoor_gear, mountains + walk, wild_water + outdoor_gear",
        "mountains 2.4, outdoor_gear 1.3, wild_water 0.7, walk 0.9, day 0.3",
        "skis 2.5, road 0.6, architecture 1.2, sea 0.8, night 1, long-way 0.8, stage 1",
    ),
    _rule(
        "camping",
        "tent",
        "tent 3.9, motor_home 0.6, mountains 0.4, outdoor_gear 0.4, away 0.4",
        "stage 1.5, bridal 1.5, at-home 0.6",
        "hiking",
    ),
    _rule(
        "skiing",
        "skis",
        "skis 3.9, mountains 0.5, snow_things 0.5, winter 0.4, away 0.3",
        "sea 1, summer 0.6",
        "snow hiking",
    ),
    _rule(
        "road-trip",
        "long-way + away, road + long-way",
        "long-way 3, away 0.8, road 0.9, several-places 0.9",
        "few 1",
    ),
    _rule(
        "city-trip",
        "architecture + away, city + away + walk",
        "architecture 2.2, city 1.4, away 1, walk 0.9, day 0.2",
        "mountains 1.6, sea 1.4, skis 2, tent 1.5, few 1, long-way 1.2, stage 1, exhibits 0.3",
    ),
    _rule(
        "theme-park",
        "rides, rides + park_scenery, one_ride + park_kinds, one_ride + ride_kinds + many,"
        " ride_kinds + park_scenery + park_toys, many_rides + park_scenery + many,"
        " many_rides + park_toys + many",
        "rides 3.7, one_ride 2, park_kinds 1.6, park_scenery 0.9, day 0.2, faces 0.2, costume 0.3,"
        "ride_kinds 1.2, many_rides 1.5, park_toys 1.0, many 0.1",
        "few 1, stage 0.5, mortarboard 2, exhibits 0.5",
        "city-trip garden show",
    ),
    _rule(
        "zoo",
        "wild_animals + wild_kinds",
        "wild_animals 2.5, wild_kinds 1.9, day 0.3",
        "few 1.2",
        "pets garden",
    ),
    _rule(
        "museum",
        "exhibits",
        "exhibits 3.6, statues 0.8, architecture 0.3, day 0.2",
        "wild_animals 1, stage 0.8, bridal 0.8, mountains 0.8",
    ),
    _rule(
        "concert",
        "instruments + stage, instruments + dark, instruments + on_stage",
        "instruments 2.6, stage 1.6, on_stage 0.4, evening 0.5, dark 0.5, crowd 0.1",
        "mortarboard 2.5, bridal 1, ceremony 0.6, curtain 0.4",
        "show party",
    ),
    _rule(
        "show",
        "stage, curtain",
        "stage 4.4, curtain 1.8, costume 0.7, dark 0.3, evening 0.2",
        "mortarboard 3, cake 0.8, ceremony 0.8, groom 0.2",
        "party",
    ),
    _rule(
        "sports",
        "sport",
        "sport 4.6, day 0.1, faces 0.1",
        "skis 1.5, mortarboard 2, few 0.4, stage 0.6, pumpkin 2",
    ),
    _rule(
        "party",
        "party_things + crowd, drinks + crowd + night",
        "party_things 1.8, drinks 1, crowd 1.2, night 0.7, costume 0.6, cake 0.5",
        "few 1.5, no-faces 2.5, mountains 1, stage 0.6",
        "dinner",
    ),
    _rule(
        "dinner",
        "meal + evening + faces, meal + drinks + faces",
        "meal 2.6, drinks 0.9, evening 0.9, faces 0.7",
        "stage 1.5, sea 0.6, mountains 1, sport 1.5, few 0.6, day 2",
    ),
    _rule(
        "baby",
        "nursery + faces, nursery + at-home",
        "nursery 3.4, faces 0.7, at-home 0.5",
        "sport 0.8",
    ),
    _rule(
        "pets",
        "pets",
        "pets 3.9, at-home 0.4",
        "wild_animals 1.5, wild_kinds 1.5, away 0.3",
    ),
    _rule(
        "garden",
        "flowers",
        "flowers 3.8, day 0.3, spring 0.2",
        "mountains 0.8, bridal 1, meal 0.5, stage 1, night 1.5",
    ),
    _rule(
        "fireworks",
        "sparks + night, feast:fireworks + sparks",
        "sparks 3.6, night 0.9, feast:fireworks 1.4",
        "stage 2",
    ),
    _rule(
        "sunset",
        "glow + low-sun, glow + late-light",
        "glow 3.2, low-sun 1.4, late-light 0.6",
        "stage 2.5",
    ),
    _rule(
        "snow",
        "snow_things",
        "snow_things 3.8, winter 0.8, mountains 0.2",
        "summer 1, sea 0.8",
    ),
)

BUILT_IN: tuple[str, ...] = tuple(rule.name for rule in RULES)
"""The names that the command line and other programs rely on."""


def own_rule(name: str) -> Rule:
    """The rule of a theme that the person taught: only what they showed speaks for it."""
    clue = f"own:{name}"
    return Rule(name, ((clue,),), {clue: 4.2})
