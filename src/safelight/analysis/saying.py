"""Which of the recogniser's words are said to a person, in search and beside a photo.

What is kept of a photo is all that was thought of, for themes weigh many photos together and have
limits of their own. Beside one photo a wrong word is worse than a missing one: the classifier must
name something, and shares its belief among what it knows. So each word has a least score, lower
where the detector and the classifier say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safelight.model.sights import Sight, Sightings, sightings
from safelight.weights import registry

THING, PERSON, LABEL, BROAD = 0.5, 0.4, 0.3, 0.2
WORN = 0.6
"""What people wear or have in the face: the classifier knows no people, and names such a thing
wherever somebody fills the picture."""

STRANGE, SURELY = 0.25, 0.75
"""The detector knows ten animals and calls every other by the nearest of them: where the classifier
believes this much in one of those, what the detector says must be this sure."""

AGREED_THING, AGREED_LABEL = 0.35, 0.15
SUPPORT = 0.1
"""Least score of the other's word for the two to agree."""


def _words(text: str) -> frozenset[str]:
    return frozenset(" ".join(text.split()).split(", "))


_BROAD = _words("""
aircraft, amphibian, animal, ball, bicycle, bird, boat, bridge, butterfly, camping, car, cat,
coast, concert, dessert, document, dog, drink, farm animal, fish, flower, food, formal clothes,
fox, fruit, furniture, graduation clothes, historic building, home, insect, landscape, monkey,
mountains, musical instrument, pet, religious building, reptile, screen, snow, spider, sports,
street, train, turtle, vegetable, vehicle, water, wedding clothes, whale, wild cat, wolf, zoo
animal, beach, cliff, geyser, headland, lake, mountain, sandbar, valley, volcano
""")
"""Groups, and scenes, which share one picture, so that each gets little of it."""

_WORN = _words("""
abaya, bath towel, bathing cap, bikini, bonnet, brassiere, breastplate, bulletproof vest,
cardigan, cloak, costume, cuirass, face powder, fur coat, gasmask, hair slide, hair spray,
kimono, lab coat, lipstick, lotion, mask, miniskirt, nappy, neck brace, necklace, overskirt,
oxygen mask, pajama, pirate, plaster, poncho, priest's robe, sarong, seat belt, shawl, shower
cap, ski mask, sock, stretcher, sunscreen, swab, sweatshirt, swimming trunks, swimsuit,
swimwear, syringe, t-shirt, trench coat, wig
""")

_AGREEING = """
person: baseball player, bridegroom, scuba diver
bird: bird
cat: cat
dog: dog
horse: horse, horse cart
sheep: sheep, bighorn
cow: ox, water buffalo, bison
elephant: elephant
bear: bear
zebra: zebra
bicycle: bicycle, mountain bike
car: car, taxi, street
motorcycle: moped, motor scooter
airplane: aircraft, airliner
bus: minibus, school bus, trolleybus, street
train: train
truck: pickup truck, moving van, trailer truck, garbage truck, fire engine, tow truck
boat: boat, dock, pier
traffic light: traffic light, street
stop sign: street sign
parking meter: parking meter, street
bench: park bench
backpack: backpack
umbrella: umbrella
tie: windsor tie, bow tie, formal clothes
skis: ski, snow
snowboard: snow
sports ball: ball
tennis racket: tennis racket
baseball bat: baseball player, baseball
bottle: wine bottle, beer bottle, pop bottle, water bottle, drink
wine glass: red wine, goblet, drink
cup: cup, coffee mug, espresso, drink
fork: plate, food, restaurant
knife: plate, food, restaurant
spoon: wooden spoon, plate, food
bowl: soup bowl, mixing bowl, soup
banana: banana
apple: granny smith
orange: orange
broccoli: broccoli
carrot: vegetable
sandwich: cheeseburger, food
hot dog: hot dog
pizza: pizza
cake: dessert, bakery, confectionery, trifle
chair: folding chair, rocking chair, furniture
sofa: studio couch, furniture
potted plant: potted plant, vase
bed: four-poster, quilt, furniture
dining table: dining table, restaurant, food, furniture
television: television, monitor, screen
laptop: laptop, notebook
mouse: computer mouse
keyboard: computer keyboard, space bar
mobile phone: mobile phone, handheld computer
microwave: microwave
oven: stove, rotisserie
sink: washbasin
refrigerator: refrigerator
book: book jacket, library, bookshop, bookcase
clock: analog clock, wall clock, digital clock, bell tower
vase: vase, potted plant
teddy bear: teddy
"""

_ANIMALS = _words("bird, cat, dog, horse, sheep, cow, elephant, bear, zebra")
"""Of the detector's that the classifier knows too: a giraffe it does not."""

_KNOWN = _words("""
bird, cat, dog, horse, sheep, bighorn, ox, water buffalo, bison, elephant, bear, zebra
""")
"""The classifier's words for those."""

Ints = NDArray[Any]
Floats = NDArray[Any]
Bools = NDArray[np.bool_]


def said(seen: Sightings) -> Sightings:
    """The same photos with the words that are said alone."""
    row, name = np.asarray(seen.row), np.asarray(seen.name)
    score, thing = np.asarray(seen.score), np.asarray(seen.is_object) != 0
    if not len(row):
        return seen
    photo = np.cumsum(np.diff(row, prepend=row[0] - 1) != 0) - 1
    agreed = _agreed(seen.names, photo, name, score, thing)
    strange = _strange_animals(seen.names, photo, name, score * ~thing)
    floors = np.array([[_least(n, t, a) for t in _BOTH for a in _BOTH] for n in seen.names])
    least = floors[name, thing * 2 + agreed]
    animal = np.array([word in _ANIMALS for word in seen.names])[name]
    least[thing & animal & ~agreed & strange] = SURELY
    kept = score >= least - _ROUNDING
    return replace(
        seen,
        row=row[kept].data,
        name=name[kept].data,
        score=score[kept].data,
        is_object=np.asarray(seen.is_object)[kept].data,
    )


def said_of(sight: Sight) -> Sight:
    """One photo with the words that are said alone."""
    seen = said(sightings({"": sight}))
    words = zip(seen.name, seen.score, seen.is_object, strict=True)
    kept = [(seen.names[at], value, thing) for at, value, thing in words]
    return replace(
        sight,
        labels=tuple((word, value) for word, value, thing in kept if not thing),
        objects=tuple((word, value) for word, value, thing in kept if thing),
    )


_BOTH = (False, True)
_NONE = frozenset[str]()
_ROUNDING = 1 / 255
"""Scores are stored in a byte."""


@cache
def _least(name: str, thing: bool, agreed: bool) -> float:
    """From which score a word is said."""
    if thing:
        return AGREED_THING if agreed else PERSON if name == "person" else THING
    if name in _WORN:
        return WORN
    least = BROAD if name in _BROAD else LABEL
    return min(least, AGREED_LABEL) if agreed else least


@cache
def _by_thing() -> Mapping[str, frozenset[str]]:
    lines = (line.split(":") for line in _AGREEING.strip().splitlines())
    return {thing: frozenset(map(str.strip, labels.split(","))) for thing, labels in lines}


@cache
def _by_label() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for thing, labels in _by_thing().items():
        for label in labels:
            found[label] = found.get(label, _NONE) | {thing}
    return found


def _agreed(names: Sequence[str], photo: Ints, name: Ints, score: Floats, thing: Bools) -> Bools:
    """Of each word, whether the other network says the same of the photo.

    Each line of the table is a bit, so that a photo's words are gathered in one number.
    """
    bit = {word: np.uint64(1 << at) for at, word in enumerate(_by_thing())}
    as_thing = np.array([bit.get(word, 0) for word in names], np.uint64)[name]
    as_label = np.array(
        [sum(int(bit[word]) for word in _by_label().get(label, _NONE)) for label in names],
        np.uint64,
    )[name]
    first = np.flatnonzero(np.diff(photo, prepend=-1))
    heard = ~thing & (score >= SUPPORT)
    things = np.bitwise_or.reduceat(np.where(thing, as_thing, 0), first)[photo]
    labels = np.bitwise_or.reduceat(np.where(heard, as_label, 0), first)[photo]
    return np.asarray(np.where(thing, as_thing & labels, as_label & things) != 0)


def _strange_animals(names: Sequence[str], photo: Ints, name: Ints, score: Floats) -> Bools:
    """Of each word, whether its photo shows an animal that the detector has no name for."""
    strange = np.array([word in _strangers() for word in names])[name] & (score >= STRANGE)
    return np.asarray(np.bincount(photo, strange) > 0)[photo]


@cache
def _strangers() -> frozenset[str]:
    """The classifier's animals and their groups, without those that the detector knows."""
    found: set[str] = set()
    for line in registry.words("scene-names"):
        name, _, groups = line.split("\t")
        words = {name, *groups.split(",")}
        if "animal" in words and not words & _KNOWN:
            found |= words
    return frozenset(found) - {"animal", "pet", "farm animal", "zoo animal"}
