"""What people type in German, as English: words for things, and what dates are made of.

Recognisers say English. A translated word stands beside the word as it was typed, so that a German
name, keyword or file name is found as before.
"""

from __future__ import annotations

import re

from safelight.analysis.search.tokens import bare, key

_NOUNS = """
auto, autos: car
baby, babys: baby
bahn, zug, züge, eisenbahn: train
ball, bälle: ball
bär, bären: bear
berg, berge, gebirge: mountain
bett: bed
bier: beer
blume, blumen, blüte, blüten: flower
boot, boote, schiff, schiffe: boat
brille, sonnenbrille: sunglasses
brücke, brücken: bridge
buch, bücher: book
burg, schloss, burgen, schlösser: castle
bus, busse: bus
dokument, dokumente, unterlagen: document
eis: ice cream
elefant, elefanten: elephant
ente, enten: duck
essen, mahlzeit: food
fahrrad, fahrräder, rad: bicycle
familie: family
feier, fest: party
feuerwerk: fireworks
fisch, fische: fish
flugzeug, flugzeuge: airplane
fluss, flüsse: river
frau, frauen: woman
freizeitpark: theme park
freund, freunde: friend
frühstück: breakfast
fuchs, füchse: fox
fußball: soccer
garten, gärten: garden
gebäude: building
geburtstag, geburtstage: birthday
gitarre, gitarren: guitar
handy: phone
hochzeit, hochzeiten: wedding
hund, hunde, hündin: dog
kaffee: coffee
kerze, kerzen: candle
katze, katzen, kater: cat
kind, kinder: child
kirche, kirchen: church
konzert, konzerte: concert
kuchen, torte, torten: cake
kuh, kühe: cow
kürbis, kürbisse: pumpkin
küste: coast
landschaft, landschaften: landscape
löwe, löwen: lion
mann, männer: man
meer, ozean: sea
mensch, menschen, leute, person: people
motorrad, motorräder: motorcycle
museum, museen: museum
musik: music
nacht, nachts: night
pferd, pferde: horse
pizza: pizza
regenschirm, schirm: umbrella
restaurant: restaurant
schaf, schafe: sheep
schlange, schlangen: snake
schmetterling, schmetterlinge: butterfly
schnee: snow
see, seen: lake
silvester, neujahr: new year
skifahren, ski: skiing
sonnenuntergang, sonnenuntergänge, abendrot, sonnenaufgang: sunset
spielzeug: toy
sport: sports
stadt, städte: city
strand, strände: beach
straße, straßen: street
stuhl, stühle: chair
tal, täler: valley
tier, tiere: animal
tisch: dining table
turm, türme: tower
vogel, vögel: bird
vulkan: volcano
wandern, wanderung, wanderungen: hiking
wasser: water
wasserfall, wasserfälle: waterfall
wein: wine
weihnachten, weihnachtsbaum: christmas
zelt, zelte, zelten, camping: camping
zoo, tierpark: zoo
abschluss, abschlussfeier: graduation
abendessen: dinner
haustier, haustiere: pet
affe, affen: monkey
eichhörnchen: squirrel
insekt, insekten: insect
"""

_GRAMMAR = {
    bare(said): meant
    for said, meant in {
        "frühling": "spring", "frühjahr": "spring", "sommer": "summer", "herbst": "autumn",
        "gestern": "yesterday", "heute": "today", "seit": "since", "bis": "until",
        "letzte": "last", "letzten": "last", "letzter": "last", "letztes": "last",
        "letztem": "last", "vergangenen": "last", "diese": "this", "diesen": "this",
        "dieser": "this", "dieses": "this", "diesem": "this", "woche": "week",
        "wochenende": "weekend", "monat": "month", "jahr": "year", "ohne": "without",
    }.items()
}  # fmt: skip
_AGO = re.compile(
    r"(?<![^ ])vor (?P<count>\d{1,2}|einem|einer) (?P<unit>jahr|monat|woche)(?:e|en|n)?(?![^ ])"
)
_UNITS = {"jahr": "year", "monat": "month", "woche": "week"}

FILLER = frozenset(
    {
        *("der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer"),
        *("im", "am", "mit", "und", "von", "vom", "bei", "beim", "auf", "aus", "unser", "unsere"),
        *("mein", "meine", "meinem", "meiner", "foto", "bild", "bilder", "alle"),
    }
)
"""Words that ask for nothing; only where something else is asked for too."""


def grammar_in_english(text: str) -> str:
    """A text without case and accents, with German words of dates in English; all else stays."""
    text = _AGO.sub(_ago, text)
    return " ".join(_GRAMMAR.get(word, word) for word in text.split())


def _ago(found: re.Match[str]) -> str:
    count = found["count"] if found["count"].isdigit() else "1"
    return f"{count} {_UNITS[found['unit']]}s ago"


def _read(table: str) -> dict[str, str]:
    lines = (line.split(":") for line in table.strip().splitlines())
    return {key(word): key(meant) for said, meant in lines for word in said.split(",")}


_ENGLISH = _read(_NOUNS)


def in_english(name: str) -> str:
    """A looked-up German word in English; any other as it is."""
    return _ENGLISH.get(name, name)
