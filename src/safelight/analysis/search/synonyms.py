"""What people type for what recognisers say, with and without a text encoder at hand.

What stands after a stroke is wider than what was typed, or only goes with it: a drink may be beer.
It is asked where nothing else answers.
"""

from __future__ import annotations

from safelight.analysis.search.tokens import key

_TABLE = """
beach: beach, sandbar
coast: coast, beach, sandbar
statue, sculpture: pedestal
seaside, shore, coastline, sand: beach, sandbar, coast
sea, ocean: beach, sandbar, coral reef, breakwater, coast / water
mountain, peak, alps: mountain, mountains / valley, volcano, cliff
lake, pond: lake
river: / water, dam
waterfall: geyser, fountain / water
water: water, lake, dam
human, people: person
kid, child, children, boy, girl, man, woman, lady, guy, friend, family: / person
car, auto, automobile: car, sports car, convertible, minivan, jeep, limousine, station wagon
bike, cycling: bicycle, mountain bike
motorbike: motorcycle, moped, motor scooter
plane, aeroplane, airplane, flight: airplane, airliner
ship, sailing: boat, sailing boat, sailing ship, cruise ship, catamaran
train, railway: train, steam locomotive, passenger car, bullet train, electric locomotive
puppy, doggy, hound: dog
kitten, kitty: cat
animal, wildlife: animal, zoo animal, monkey, elephant, bear, lion, giraffe, zebra
rabbit, bunny: rabbit, hare
pig: pig, wild boar
bird: bird
zoo: zoo, zoo animal, lion, tiger, elephant, gorilla, giraffe, zebra, flamingo
flower, blossom: flower, daisy, potted plant / vase
food, meal, eating: food, pizza, sandwich, cake, dinner / plate, dining table, restaurant
lunch, supper, breakfast: food, sandwich, dinner / plate, dining table, restaurant
dinner: dinner, dining table, restaurant, plate
drink: drink, beer glass, wine glass, red wine, wine bottle, beer bottle / cup
beer: beer glass, beer bottle / drink, cup
wine: wine glass, red wine, wine bottle, goblet / drink
coffee: espresso, coffee mug / cup, coffeepot, drink
tea: teapot / cup, drink
birthday, bday: birthday, cake
cake, pie: cake
party, celebration: party, birthday, new-year, balloon
wedding, marriage: wedding, wedding clothes, bridegroom
graduation, graduate: graduation, graduation clothes, academic gown, mortarboard
xmas, christmas tree: christmas, christmas stocking
halloween: halloween, jack-o'-lantern
pumpkin: jack-o'-lantern
skiing, snowboarding: skiing, ski, skis, snowboard / snow
snow, winter sport: snow, skiing / ski, snowplow, snowmobile
hike, hiking, trek, walk: hiking / backpack, mountain, valley
camp, camping: camping, tent, sleeping bag
tent: tent
swim, swimming, pool: swimwear, swimming trunks, bikini, snorkel
football, soccer: soccer ball, sports ball, football helmet
sport, game, match: sports, sports ball, ball, tennis racket, baseball bat, skateboard
music, gig, band: concert, electric guitar, acoustic guitar, drum, microphone, stage
concert: concert, stage, microphone, electric guitar
theatre, theater, stage, performance: show, stage, theater curtain
museum, gallery, exhibition: museum
church, cathedral: church, altar / monastery, bell tower, religious building
tower: bell tower, water tower, obelisk
castle, fortress: castle / palace, historic building
building, architecture: historic building, religious building, palace, castle, dome, church
ruin: megalith / historic building
city, town, street: city-trip, street, traffic light, taxi, streetcar
bridge: bridge, suspension bridge, viaduct
baby, newborn, infant: baby, baby things, baby cot, cradle
pet: pets, pet, dog, cat
garden, plant: garden, flower, greenhouse / potted plant
firework: fireworks
sundown, sunset, dusk, dawn, sunrise: sunset
amusement park, theme park, fair, funfair: theme-park, carousel
road trip, drive: road-trip
phone, mobile: mobile phone / handheld computer
computer: laptop, desktop computer / computer keyboard, notebook, monitor
tv: television
sofa, couch: sofa, studio couch
hat: cowboy hat, sombrero
document, paper, letter: document, envelope / book jacket, menu
book, reading: book, bookcase, library / book jacket, bookshop
guitar: electric guitar, acoustic guitar
piano: piano
toy: toy, teddy, teddy bear
usa, america, states: united states
uk, great britain, britain: united kingdom
holland: netherlands
nyc, new york city: new york
"""


LIKE, LOOSE = 0.9, 0.5
"""How much a name counts that stands for what was typed, and one that only may: after the stroke
in the table, and asked only where nothing else answers."""


def _read(table: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for line in table.strip().splitlines():
        said, meant = line.split(":", 1)
        for names, weight in zip(meant.split("/"), (LIKE, LOOSE), strict=False):
            words = [key(word) for word in names.split(",") if word.strip()]
            for name in map(key, said.split(",")):
                known = found.setdefault(name, {})
                known.update((word, weight) for word in words if word not in known)
    return found


SYNONYMS = _read(_TABLE)
"""Looked-up name to the names that it stands for, with how much each counts."""
