"""Class names made human, and the groups that finer names add up to.

ImageNet's names are WordNet's; a person says "beach", not "seashore". A line of the result is
`name<TAB>kind<TAB>group,group`, in class order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

PLAIN = {
    "alp": "mountain", "seashore": "beach", "lakeside": "lake", "promontory": "headland",
    "cellular telephone": "mobile phone", "ice bear": "polar bear", "cock": "rooster",
    "drake": "duck", "tusker": "elephant", "sorrel": "horse", "hog": "pig", "ram": "sheep",
    "water ouzel": "dipper", "kite": "kite (bird)", "crane bird": "crane (bird)",
    "crane": "crane (machine)", "Arabian camel": "camel", "lesser panda": "red panda",
    "giant panda": "panda", "wood rabbit": "rabbit", "Angora": "angora rabbit",
    "tiger cat": "tabby cat", "tabby": "tabby cat", "loggerhead": "sea turtle",
    "leatherback turtle": "sea turtle", "monarch": "monarch butterfly",
    "admiral": "admiral butterfly", "ashcan": "bin", "Band Aid": "plaster",
    "beach wagon": "station wagon", "bannister": "banister", "cab": "taxi",
    "liner": "cruise ship",
    "jean": "jeans", "jersey": "t-shirt", "jinrikisha": "rickshaw", "maillot": "swimsuit",
    "maillot tank suit": "swimsuit", "mouse": "computer mouse", "plane": "plane (tool)",
    "rule": "ruler", "stole": "shawl", "sunglass": "sunglasses", "upright": "piano",
    "grand piano": "piano", "vault": "vaulted ceiling", "tank": "tank (vehicle)",
    "ballplayer": "baseball player", "groom": "bridegroom",
    "hip": "rose hip", "ear": "ear of corn",
    "carbonara": "pasta", "consomme": "soup",
    "hotdog": "hot dog", "French loaf": "baguette",
    "web site": "screenshot", "racket": "tennis racket",
    "bobsled": "bobsleigh", "pickup": "pickup truck",
    "warplane": "fighter jet", "wing": "aircraft wing", "yawl": "sailing boat",
    "schooner": "sailing ship", "pot": "potted plant", "vestment": "priest's robe",
    "crash helmet": "helmet", "hand-held computer": "handheld computer",
    "projectile": "missile", "toyshop": "toy shop",
    "mountain tent": "tent",
    "Christmas stocking": "christmas stocking",
    "steel arch bridge": "bridge", "stupa": "temple",
    "triumphal arch": "arch", "bell cote": "bell tower", "beacon": "lighthouse",

    # Classes that stand for all their kind: this is the only squirrel that it knows.
    "fox squirrel": "squirrel", "African crocodile": "crocodile", "Madagascar cat": "lemur",
    "indri": "lemur", "American lobster": "lobster", "African chameleon": "chameleon",
    "sulphur-crested cockatoo": "cockatoo", "great grey owl": "owl", "king penguin": "penguin",
    "black swan": "swan",
    "bassinet": "baby cot", "crib": "baby cot", "nipple": "baby bottle",
    "bib": "baby bib", "diaper": "nappy", "alligator lizard": "lizard",
}  # fmt: skip

SCENES = frozenset(
    [
        "alp",
        "seashore",
        "lakeside",
        "promontory",
        "valley",
        "volcano",
        "geyser",
        "cliff",
        "sandbar",
        "coral reef",
        "stage",
        "restaurant",
        "library",
        "bookshop",
        "bakery",
        "barbershop",
        "butcher shop",
        "castle",
        "palace",
        "monastery",
        "mosque",
        "church",
        "cinema",
        "patio",
        "greenhouse",
        "grocery store",
        "home theater",
        "planetarium",
        "prison",
        "shoe shop",
        "tobacco shop",
        "toyshop",
        "barn",
        "dam",
        "confectionery",
        "dock",
        "fountain",
        "pier",
        "viaduct",
        "boathouse",
        "cliff dwelling",
        "megalith",
        "breakwater",
        "rapeseed",
        "suspension bridge",
        "steel arch bridge",
        "triumphal arch",
        "stupa",
        "maze",
        "apiary",
        "lumbermill",
        "mobile home",
        "yurt",
        "altar",
        "bell cote",
        "web site",
    ]
)

RANGES: tuple[tuple[str, int, int], ...] = (
    ("dog", 151, 268), ("cat", 281, 285), ("bird", 7, 24), ("bird", 80, 100), ("bird", 127, 146),
    ("fish", 0, 6), ("fish", 389, 397), ("reptile", 33, 68), ("amphibian", 25, 32),
    ("insect", 300, 326), ("butterfly", 321, 326), ("spider", 72, 77), ("monkey", 365, 382),
    ("bear", 294, 297), ("wild cat", 286, 293), ("elephant", 385, 386), ("fox", 277, 280),
    ("wolf", 269, 275), ("whale", 147, 148), ("mushroom", 991, 997), ("snake", 52, 68),
    ("turtle", 33, 37), ("lizard", 38, 48), ("crab", 118, 121), ("food", 924, 969),
    ("fruit", 948, 957), ("vegetable", 936, 947), ("antelope", 351, 353),
    ("animal", 0, 397), ("landscape", 970, 970), ("landscape", 972, 980),
)  # fmt: skip

GROUPS = {
    "pet": "hamster|guinea pig|goldfish|Angora|macaw|lorikeet|sulphur-crested cockatoo",
    "farm animal": "cock|hen|goose|sorrel|hog|ox|ram|llama|water buffalo",
    "zoo animal": "zebra|hippopotamus|giant panda|lesser panda|koala|wallaby|flamingo|lion|tiger|"
    "orangutan|gorilla|chimpanzee|Indian elephant|African elephant|king penguin|meerkat|"
    "ice bear|ostrich|sea lion|Arabian camel|leopard|cheetah",
    "car": "cab|convertible|jeep|limousine|minivan|racer|sports car|beach wagon|pickup|"
    "car wheel|Model T|car mirror|grille",
    "vehicle": "cab|convertible|jeep|limousine|minivan|racer|sports car|beach wagon|pickup|"
    "ambulance|fire engine|garbage truck|minibus|moped|motor scooter|moving van|police van|"
    "recreational vehicle|school bus|tow truck|tractor|trailer truck|trolleybus|streetcar",
    "bicycle": "bicycle-built-for-two|mountain bike|unicycle|tricycle",
    "train": "bullet train|electric locomotive|steam locomotive|passenger car|freight car",
    "boat": "canoe|catamaran|container ship|fireboat|gondola|lifeboat|liner|schooner|speedboat|"
    "trimaran|yawl|paddlewheel|aircraft carrier|submarine",
    "aircraft": "airliner|airship|warplane|wing|balloon|space shuttle|parachute",
    "bridge": "steel arch bridge|suspension bridge|viaduct",
    "religious building": "church|mosque|monastery|stupa|altar|bell cote",
    "historic building": "castle|palace|monastery|megalith|triumphal arch|obelisk|cliff dwelling|"
    "church|mosque|dome",
    "coast": "seashore|sandbar|promontory|breakwater|pier",
    "water": "seashore|sandbar|lakeside|coral reef|geyser|dam|fountain|dock|pier|breakwater",
    "mountains": "alp|valley|volcano|cliff",
    "snow": "ski|snowmobile|dogsled|bobsled|snowplow",
    "musical instrument": "accordion|acoustic guitar|banjo|bassoon|cello|cornet|drum|"
    "electric guitar|flute|French horn|grand piano|harmonica|harp|maraca|marimba|oboe|organ|"
    "panpipe|sax|steel drum|trombone|upright|violin|gong|ocarina",
    "concert": "stage|microphone|electric guitar|spotlight|theater curtain|drum|loudspeaker",
    "graduation clothes": "academic gown|mortarboard",
    "wedding clothes": "gown|groom|hoopskirt",
    "formal clothes": "suit|bow tie|Windsor tie|groom|gown|bolo tie",
    "swimwear": "bikini|maillot|maillot tank suit|swimming trunks|bathing cap|snorkel",
    "costume": "mask|cloak|wig|pirate|breastplate|cuirass|feather boa|sombrero",
    "ball": "baseball|basketball|croquet ball|golf ball|ping-pong ball|rugby ball|soccer ball|"
    "tennis ball|volleyball",
    "sports": "baseball|basketball|golf ball|ping-pong ball|rugby ball|soccer ball|tennis ball|"
    "volleyball|ballplayer|football helmet|racket|scoreboard|balance beam|horizontal bar|"
    "parallel bars|puck|ski|knee pad|barbell|dumbbell|punching bag|running shoe",
    "camping": "mountain tent|sleeping bag|backpack|canoe|yurt",
    "dessert": "trifle|ice cream|ice lolly|chocolate sauce|confectionery",
    "drink": "beer bottle|beer glass|red wine|wine bottle|goblet|espresso|cup|eggnog|"
    "coffee mug|cocktail shaker|pop bottle|whiskey jug",
    "baby things": "bassinet|crib|cradle|nipple|bib|diaper",
    "toy": "teddy|jigsaw puzzle|toyshop|balloon|swing|carousel|pinwheel",
    "flower": "daisy|yellow lady's slipper|rapeseed|vase",
    "document": "web site|envelope|menu|crossword puzzle|book jacket|comic book|binder|packet",
    "screen": "monitor|laptop|television|screen|desktop computer|notebook|web site|iPod",
    "furniture": "studio couch|four-poster|bookcase|wardrobe|chiffonier|china cabinet|desk|"
    "dining table|rocking chair|folding chair|throne|entertainment center",
    "home": "studio couch|four-poster|bookcase|wardrobe|dining table|refrigerator|stove|"
    "washbasin|bathtub|shower curtain|table lamp|lampshade|window shade|pillow|quilt",
    "street": "street sign|traffic light|parking meter|streetcar|cab|trolleybus|minibus",
}


def scenes(names: Sequence[str]) -> str:
    """One line a class of ImageNet."""
    return "\n".join(_line(index, name) for index, name in enumerate(names))


def objects(names: Iterable[str]) -> str:
    """COCO's eighty names, without the placeholders."""
    skipped = ("__background__", "N/A")
    plain = {"tv": "television", "cell phone": "mobile phone", "couch": "sofa"}
    return "\n".join(plain.get(name, name) for name in names if name not in skipped)


def _line(index: int, name: str) -> str:
    groups = [group for group, first, last in RANGES if first <= index <= last]
    groups += [group for group, members in GROUPS.items() if name in members.split("|")]
    if {"dog", "cat"} & set(groups):
        groups.append("pet")
    kind = "scene" if name in SCENES else "object"
    plain = PLAIN.get(name, name).lower()
    return f"{plain}\t{kind}\t{','.join(dict.fromkeys(groups))}"
