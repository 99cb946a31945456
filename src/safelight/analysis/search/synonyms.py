"""What people type for what recognisers say, with and without a text encoder at hand."""

from __future__ import annotations

from safelight.analysis.search.tokens import key

_TABLE = """
seaside, shore, seashore, coastline, sand: beach, seashore, sandbar, coast
sea, ocean: beach, seashore, sandbar, coral reef, breakwater, coast
mountain, peak, alps: mountain, alp, valley, volcano, mountains
lake, pond: lake, lakeside
river, water: water, lakeside, lake, dam
kid, child, children, boy, girl, human, people: person
car, auto, automobile: car, sports car, convertible, minivan, jeep, limousine, station wagon
bike, cycling: bicycle, mountain bike
motorbike: motorcycle, moped, motor scooter
plane, aeroplane, airplane, flight: airplane, airliner
ship, sailing: boat, sailing boat, sailing ship, cruise ship, catamaran
train, railway: train, steam locomotive, passenger car, bullet train, electric locomotive
puppy, doggy, hound: dog
kitten, kitty: cat
animal, wildlife: animal, zoo animal, monkey, elephant, bear, lion, giraffe, zebra
bird: bird
zoo: zoo, zoo animal, lion, tiger, elephant, gorilla, giraffe, zebra, flamingo
flower, blossom: flower, daisy, potted plant, vase
food, meal, eating, lunch, supper: food, pizza, plate, dining table, dinner, sandwich, restaurant
dinner: dinner, dining table, restaurant, plate
drink, beer, wine: drink, beer glass, wine glass, red wine, wine bottle, beer bottle
birthday, bday: birthday, cake
cake, pie: cake
party, celebration: party, birthday, new-year, balloon
wedding, marriage: wedding, wedding clothes, bridegroom, groom
graduation, graduate: graduation, graduation clothes, academic gown, mortarboard
xmas, christmas tree: christmas, christmas stocking
halloween: halloween, jack-o'-lantern
pumpkin: jack-o'-lantern
skiing, snowboarding: skiing, ski, skis, snowboard
snow, winter sport: snow, skiing, ski, snowplow, snowmobile
hike, hiking, trek, walk: hiking, backpack, mountain, valley
camp, camping: camping, tent, mountain tent, sleeping bag
tent: tent, mountain tent
swim, swimming, pool: swimwear, swimming trunks, bikini, snorkel
football, soccer: soccer ball, sports ball, football helmet
sport, game, match: sports, sports ball, ball, tennis racket, baseball bat, skateboard
music, gig, band: concert, electric guitar, acoustic guitar, drum, microphone, stage
concert: concert, stage, microphone, electric guitar
theatre, theater, stage, performance: show, stage, theater curtain
museum, gallery, exhibition: museum
church, cathedral: church, monastery, altar, religious building
castle: castle, palace
building, architecture: historic building, religious building, palace, castle, dome, church
city, town, street: city-trip, street, traffic light, taxi, streetcar
bridge: bridge, suspension bridge, steel arch bridge, viaduct
baby, newborn, infant: baby, baby things, baby cot, crib, cradle
pet: pets, pet, dog, cat
garden, plant: garden, potted plant, flower, greenhouse
firework: fireworks
sundown, sunset, dusk, dawn, sunrise: sunset
amusement park, theme park, fair, funfair: theme-park, carousel
road trip, drive: road-trip
phone, mobile: cell phone, mobile phone, cellular telephone
computer: laptop, desktop computer, computer keyboard
tv: tv, television
sofa: couch, studio couch
hat: cowboy hat, sombrero, hat
document, paper, letter: document, envelope, book jacket, menu
guitar: electric guitar, acoustic guitar
piano: piano, grand piano
toy: toy, teddy, teddy bear
usa, america, states: united states
uk, great britain, britain: united kingdom
holland: netherlands
nyc, new york city: new york
"""


def _read(table: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in table.strip().splitlines():
        said, meant = line.split(":", 1)
        words = tuple(dict.fromkeys(key(word) for word in meant.split(",")))
        for word in said.split(","):
            name = key(word)
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *words)))
    return found


SYNONYMS = _read(_TABLE)
"""Looked-up name to the names that it stands for."""
