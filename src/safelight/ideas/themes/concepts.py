"""Concepts that themes count: words that recognisers use, from which score, and how common.

`usual` is the share of a usual library's photos in which the concept is seen, rightly or not;
what a library itself shows raises it, up to three times. The words are ImageNet's and COCO's
class names in lower case, and what people say for them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concept:
    """What to count.

    Attributes:
        labels, objects: words for the whole picture, and for things in it.
        said: for evidence: "{said} in 4 of 37 photos".
        usual: see the head of this file.
        label_from, object_from: scores from which a word counts.
        least: photos below which the concept has half its weight.
        share: of the moment's photos from which the concept counts in full, less below: flowers
            by the way are not what a long walk was about.
        kinds: whether different words are counted, and not photos (animals of a zoo).
        doubt: how far under its score a word still counts in part: wide for words that are hardly
            ever said wrongly.
        glimpse_from: from which score what the detector doubts supports what it is sure of; 0 for
            never. Of things alone, and in the share `glimpse_usual` of a usual library's photos.
        faint_from: from which score a word that is hardly said supports what is said for sure.
        quiet: whether another concept tells of the same photos, so that this one needs no words.
    """

    labels: frozenset[str]
    objects: frozenset[str]
    said: str
    usual: float
    label_from: float = 0.25
    object_from: float = 0.4
    least: int = 2
    share: float = 0.0
    kinds: bool = False
    doubt: float = 0.1
    glimpse_from: float = 0.0
    glimpse_usual: float = 0.0
    faint_from: float = 0.1
    quiet: bool = False

    @property
    def faint_usual(self) -> float:
        """Share of a usual library's photos of which the concept is said faintly or surely."""
        return max(_FAINT_LEAST, _FAINT_TIMES * self.usual)


_FAINT_LEAST, _FAINT_TIMES = 0.02, 3.0
"""Of 590 unlike real pictures candles were said faintly in 2, tents in 1, carousels in none; of 117
photos of people and journeys, mortarboards and academic gowns in 5, bridegrooms in 1."""

NEVER = 9.0
"""A score that none has."""

GROUPS = frozenset(
    {
        *("graduation clothes", "baby things", "mountains", "flower", "butterfly", "dog", "cat"),
        *("monkey", "car"),
    }
)
"""Words that stand for several others already, and are not added to them."""


def _concept(
    said: str, usual: float, labels: str = "", objects: str = "", **rest: float
) -> Concept:
    return Concept(_words(labels), _words(objects), said, usual, **rest)  # type: ignore[arg-type]


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(",") if word.strip())


CAKE_GLIMPSED = 0.18
"""Most of what is thought a cake under this score is none."""

_WILD = (
    "lion, tiger, cheetah, leopard, jaguar, snow leopard, cougar, lynx, hyena, brown bear,"
    " american black bear, polar bear, sloth bear, panda, red panda,"
    " meerkat, mongoose, zebra, hippopotamus, warthog, bison,"
    " water buffalo, impala, gazelle, hartebeest, ibex, bighorn, camel, llama,"
    " orangutan, gorilla, chimpanzee, gibbon, siamang, guenon, patas, baboon, macaque, langur,"
    " colobus, proboscis monkey, marmoset, capuchin, howler monkey, titi, spider monkey,"
    " squirrel monkey, lemur, monkey, indian elephant, african elephant,"
    " elephant, wallaby, koala, wombat, three-toed sloth, armadillo, flamingo,"
    " penguin, pelican, ostrich, macaw, toucan, sea lion, dugong,"
    " crocodile, american alligator, komodo dragon"
)
_DOGS_AND_CATS = "dog, cat, tabby cat, persian cat, siamese cat, egyptian cat"

# A roller coaster is taken for a bobsleigh, a big wheel for a swing.
_RIDES = (
    "carousel, go-kart, bobsleigh, swing, paddlewheel, maze, submarine, steam locomotive, pirate,"
    " parachute, pinwheel, horse cart, amphibian, space shuttle, missile, triceratops, airship,"
    " electric locomotive, maypole"
)

CONCEPTS: dict[str, Concept] = {
    "cake": _concept("Cake", 0.002, objects="cake", glimpse_from=CAKE_GLIMPSED, glimpse_usual=0.08),
    "candles": _concept("Candles", 0.004, "candle, torch, matchstick, lighter", doubt=0.15),
    "balloons": _concept("Balloons", 0.004, "balloon"),
    "counter": _concept(  # where cakes are served to anybody; a bakery is what any cake looks like
        "A shop or a café",
        0.01,
        "grocery store, espresso, espresso maker, coffeepot, menu, vending machine",
    ),
    "presents": _concept(
        "Presents or toys",
        0.015,
        "carton, packet, envelope, toy shop, teddy, jigsaw puzzle, pinwheel, piggy bank, maraca",
        "teddy bear",
    ),
    "mortarboard": _concept(
        "Academic gown or mortarboard",
        0.001,
        "academic gown, mortarboard, graduation clothes",
        doubt=0.15,
    ),
    "robes": _concept("Gowns or cloaks", 0.01, "cloak, abaya, priest's robe, velvet"),
    "groom": _concept("Wedding clothes", 0.008, "bridegroom"),
    "bridal": _concept("Long gown", 0.008, "gown, hoopskirt, overskirt"),
    "ceremony": _concept("Altar or church", 0.006, "altar, church, priest's robe"),
    "suits": _concept("Suit or tie", 0.03, "suit, windsor tie, bow tie, bolo tie", "tie"),
    "stocking": _concept("Christmas decoration", 0.001, "christmas stocking", doubt=0.15),
    "pumpkin": _concept("Carved pumpkin", 0.0005, "jack-o'-lantern", least=1),
    "costume": _concept("Mask or costume", 0.006, "mask, pirate, cloak, wig, feather boa"),
    "sea": _concept(
        "Sea and sand",
        0.03,
        "beach, sandbar, breakwater, coral reef",
        label_from=0.2,
        least=3,
        share=0.08,
    ),
    "swimwear": _concept(
        "Swimwear",
        0.008,
        "bikini, swimming trunks, swimsuit, sarong, snorkel, bathing cap, sunscreen",
        "surfboard",
    ),
    "mountains": _concept(
        "Mountains", 0.04, "mountain, mountains, valley, cliff, volcano, headland", least=3
    ),
    "outdoor_gear": _concept("Backpack", 0.015, "backpack", "backpack"),
    "wild_water": _concept("Lake or stream", 0.02, "lake, geyser, dam"),
    "tent": _concept("Tent or sleeping bag", 0.002, "tent, sleeping bag, yurt"),
    "motor_home": _concept("Camper", 0.004, "recreational vehicle, mobile home"),
    "skis": _concept(
        "Skis or snowboard", 0.003, "ski, ski mask, snowmobile", "skis, snowboard", least=3
    ),
    "snow_things": _concept("Snow", 0.003, "snowplow, snowmobile, dogsled", least=3),
    "road": _concept(
        "Road and car",
        0.03,
        "car mirror, seat belt, gas pump, street sign, minivan, convertible, jeep, pickup truck,"
        " limousine, recreational vehicle, car",
        "car, truck",
        object_from=0.5,
        least=3,
    ),
    "architecture": _concept(
        "Buildings of a city",
        0.04,
        "palace, dome, obelisk, castle, church, mosque, monastery,"
        " fountain, streetcar, trolleybus, viaduct, suspension bridge,"
        " bridge, taxi, bell tower, arch, temple, vaulted ceiling, traffic light, tile roof,"
        " pedestal, gondola",
        "traffic light, bus",
        least=4,
    ),
    "rides": _concept("Carousel or rides", 0.001, "carousel, go-kart"),
    "one_ride": _concept("Carousel", 0.0002, "carousel", label_from=0.3, least=1, quiet=True),
    "ride_kinds": _concept("What looks like rides", 0.004, _RIDES, label_from=0.2, kinds=True),
    "many_rides": _concept(  # on a long day in an old town two meet by chance, three hardly
        "What looks like rides", 0.02, _RIDES, label_from=0.2, kinds=True, quiet=True
    ),
    "park_toys": _concept(
        "Costumes, toys or treats",
        0.015,
        "mask, teddy, toy shop, balloon, cloak, hoopskirt, theater curtain, sombrero, wig,"
        " feather boa, comic book, ice cream, ice lolly, confectionery, pretzel",
        "teddy bear",
        least=3,
    ),
    "park_kinds": _concept(
        "Sights of a theme park",
        0.02,
        "castle, fountain, mask, pirate, steam locomotive, toy shop, maypole, maze, swing,"
        " paddlewheel, theater curtain, balloon, palace, teddy, gondola",
        label_from=0.3,
        least=4,
        kinds=True,
    ),
    "park_scenery": _concept(
        "Castle, fountain or show costumes",
        0.02,
        "castle, fountain, mask, steam locomotive, toy shop, maypole, maze, palace, swing",
        least=3,
    ),
    "wild_animals": _concept(
        "Zoo animals",
        0.006,
        _WILD,
        "elephant, bear, zebra, giraffe",
        label_from=0.3,
        least=3,
        share=0.15,
        faint_from=NEVER,
    ),
    "wild_kinds": _concept(
        "Zoo animals",
        0.006,
        _WILD,
        "elephant, bear, zebra, giraffe",
        label_from=0.4,
        kinds=True,
        least=4,
        faint_from=NEVER,
    ),
    "exhibits": _concept(
        "Exhibits",
        0.006,
        "breastplate, cuirass, chain mail, shield, throne, totem pole, triceratops, trilobite,"
        " planetarium, china cabinet, scabbard",
        least=3,
    ),
    "statues": _concept("Pedestal or vault", 0.012, "pedestal, vase, obelisk", "vase"),
    "stage": _concept(
        "Stage or microphone", 0.008, "stage, microphone, spotlight", least=4, share=0.18
    ),
    "curtain": _concept("Theatre curtain", 0.004, "theater curtain"),
    "instruments": _concept(
        "Musical instruments",
        0.006,
        "electric guitar, acoustic guitar, drum, sax, trombone, violin, cello,"
        " piano, accordion, banjo, french horn, steel drum",
        least=3,
        share=0.08,
    ),
    "sport": _concept(
        "Sport",
        0.008,
        "baseball player, baseball, basketball, volleyball, soccer ball, rugby ball,"
        " football helmet,"
        " tennis racket, scoreboard, parallel bars, balance beam, horizontal bar, puck, golf ball,"
        " ping-pong ball, tennis ball, croquet ball, unicycle, punching bag, barbell",
        "sports ball, baseball bat, baseball glove, skateboard, tennis racket, frisbee",
        object_from=0.45,
        least=4,
        share=0.15,
    ),
    "drinks": _concept(
        "Drinks",
        0.02,
        "red wine, beer glass, beer bottle, wine bottle, goblet, cocktail shaker, eggnog",
        "wine glass, bottle, cup",
        object_from=0.5,
        least=3,
    ),
    "party_things": _concept(
        "Party decorations", 0.004, "balloon, feather boa, sombrero, pinwheel, maraca"
    ),
    "meal": _concept(
        "A laid table",
        0.02,
        "plate, restaurant, dining table, pizza, soup bowl, hot pot, pasta, cheeseburger,"
        " potpie, burrito, meat loaf, soup, guacamole, menu",
        "dining table, pizza, fork, knife, bowl, spoon",
        object_from=0.5,
        least=3,
    ),
    "nursery": _concept(
        "A baby's things",
        0.004,
        "cradle, baby cot, baby bib, nappy, baby bottle, baby things",
        least=3,
    ),
    "pets": _concept(
        "A dog or cat",
        0.04,
        _DOGS_AND_CATS,
        "dog, cat",
        label_from=0.35,
        object_from=0.5,
        least=4,
        share=0.15,
    ),
    "flowers": _concept(
        "Flowers and garden",
        0.02,
        "daisy, flower, yellow lady's slipper, potted plant, greenhouse, picket fence,"
        " lawn mower, rapeseed, bee, monarch butterfly, cabbage butterfly, sulphur butterfly,"
        " ladybug, butterfly, patio",
        "potted plant",
        least=4,
        share=0.15,
    ),
}
"""By name; names are what rules use."""
