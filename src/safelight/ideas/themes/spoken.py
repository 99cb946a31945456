"""Words by which people, and the programs they used, name a theme, in several languages.

Whole words or phrases, compared without case and accents. A theme's own name is among them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

SPOKEN: dict[str, tuple[str, ...]] = {
    "birthday": (
        *("birthday", "birthdays", "bday", "b-day", "geburtstag", "anniversaire", "cumpleanos"),
        *("compleanno", "aniversario de", "verjaardag", "fodselsdag", "fodelsedag", "urodziny"),
        *("narozeniny", "syntymapaivat", "happy birthday", "joyeux anniversaire"),
    ),
    "graduation": (
        *("graduation", "graduate", "graduates", "commencement", "convocation", "class of"),
        *("abschlussfeier", "remise des diplomes", "graduacion", "laurea", "promoce", "abitur"),
    ),
    "wedding": (
        *("wedding", "weddings", "hochzeit", "mariage", "boda", "matrimonio", "casamento"),
        *("bruiloft", "bryllup", "brollop", "slub", "svatba", "just married", "bride and groom"),
    ),
    "christmas": (
        *("christmas", "xmas", "weihnachten", "heiligabend", "noel", "navidad", "natale", "natal"),
        *("kerst", "kerstmis", "jul", "julafton", "vanoce", "boze narodzenie", "merry christmas"),
    ),
    "halloween": ("halloween", "trick or treat"),
    "new-year": (
        *("new year", "new years", "new year's eve", "nye", "silvester", "nouvel an", "ano nuevo"),
        *("nochevieja", "capodanno", "ano novo", "oud en nieuw", "nyar", "silvestr", "sylwester"),
    ),
    "beach": ("beach", "strand", "plage", "playa", "spiaggia", "praia", "seaside", "plaz"),
    "hiking": (
        *("hike", "hikes", "hiking", "wanderung", "wandern", "randonnee", "senderismo"),
        *("escursione", "trek", "trekking", "vandring", "summit"),
    ),
    "camping": ("camping", "campsite", "camp site", "campground", "zelten", "bivouac"),
    "skiing": ("ski", "skiing", "snowboarding", "snowboard", "skifahren", "skiurlaub", "lyzovani"),
    "road-trip": ("road trip", "roadtrip", "usa road trip"),
    "city-trip": ("city trip", "citytrip", "city break", "sightseeing", "stadtereise"),
    "theme-park": (
        *("theme park", "amusement park", "disneyland", "disney world", "disney", "legoland"),
        *("europa-park", "europapark", "universal studios", "six flags", "freizeitpark"),
        *("parc d'attractions", "parque de atracciones", "tivoli", "roller coaster", "efteling"),
    ),
    "zoo": ("zoo", "zoological garden", "tierpark", "safari park", "wildlife park", "aquarium"),
    "museum": ("museum", "museums", "musee", "museo", "museu", "exhibition", "gallery"),
    "concert": ("concert", "konzert", "concierto", "concerto", "gig", "live music", "festival"),
    "show": (
        *("show", "theatre", "theater", "play", "musical", "circus", "recital", "ballet"),
        *("performance", "spectacle", "opera"),
    ),
    "sports": (
        *(
            "sport",
            "sports",
            "football",
            "soccer",
            "basketball",
            "baseball",
            "tennis",
            "volleyball",
        ),
        *("hockey", "rugby", "skateboarding", "marathon", "tournament", "match", "championship"),
    ),
    "party": ("party", "feier", "fete", "fiesta", "festa", "housewarming"),
    "dinner": ("dinner", "abendessen", "diner", "cena", "brunch", "barbecue", "bbq", "feast"),
    "baby": ("baby", "newborn", "neugeborenes", "bebe", "baby shower"),
    "pets": ("pet", "pets", "dog", "dogs", "cat", "cats", "puppy", "kitten", "haustier"),
    "garden": ("garden", "gardens", "gardening", "garten", "jardin", "giardino", "zahrada"),
    "fireworks": ("fireworks", "firework", "feuerwerk", "feu d'artifice", "fuegos artificiales"),
    "sunset": (
        "sunset",
        "sunsets",
        "sonnenuntergang",
        "coucher de soleil",
        "atardecer",
        "tramonto",
    ),
    "snow": ("snow", "schnee", "neige", "nieve", "neve", "snowman", "snowy", "blizzard"),
}

ALONE = frozenset(
    {
        *("play", "match", "show", "pets", "summit", "gallery", "performance", "jul", "opera"),
        *("theatre", "theater", "musical", "spectacle", "concerto", "festival", "beach", "strand"),
        *("playa", "praia", "garden", "gardens", "jardin", "natal", "noel", "nye", "diner", "baby"),
        *("dog", "dogs", "cat", "cats", "pet", "snow", "neve", "ski", "laurea", "boda", "festa"),
        *("football", "tennis", "hockey", "sport", "tivoli", "graduate", "aquarium", "plaz"),
    }
)
"""Words that are parts of names too (Opera House, Long Beach) count alone, or with numbers."""


def plain(text: str) -> str:
    """Lower case, without accents, punctuation as single blanks."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return re.sub(r"[^0-9a-z']+", " ", bare.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")).strip()


@cache
def themes_in(text: str) -> frozenset[str]:
    """Themes that a keyword, title or name of a folder names."""
    bare = f" {plain(text)} "
    alone = " ".join(word for word in bare.split() if not word.isdigit())
    return frozenset(
        theme
        for theme, names in _plain_names().items()
        for name in names
        if f" {name} " in bare and (name not in ALONE or name == alone)
    )


@cache
def _plain_names() -> dict[str, frozenset[str]]:
    return {theme: frozenset(map(plain, names)) for theme, names in SPOKEN.items()}
