"""What an idea would make, as the page of the idea offers it: first what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from safelight.model.ideas import Idea

MADE_AT_ONCE = frozenset({("pdf", "book"), ("pdf", "contact"), ("card", ""), ("gif", "")})
"""Kinds and styles that need no choice and are made where they are asked for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be made of an idea.

    Attributes:
        kind: of creation.
        words: on its button; an act, as "Make the film".
        address: where it is made, or where on the page it is; empty where `what` is posted.
        what: kind and style of what is made at once.
    """

    kind: str
    words: str
    icon: str
    address: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What the page offers: what the idea is for, then the rest that suits, then all others."""

    lead: Offer
    rest: tuple[Offer, ...]


def offers_of(idea: Idea, look: str) -> Offers:
    """Everything that can be made of an idea, what it is made for first.

    A kind that no page makes is passed over; a collage can be made of any photos.

    Args:
        look: name of the style that is shown first where a photo is restyled.
    """
    every = tuple(_all(idea, look))
    by_kind = {offer.kind: offer for offer in every}
    wanted = [by_kind[kind] for kind in idea.makes if kind in by_kind]
    lead, *rest = dict.fromkeys((*wanted, *every))
    return Offers(lead, tuple(rest))


def _all(idea: Idea, look: str) -> Iterator[Offer]:
    """In the order in which most people want them."""
    altered = f"/photo/{quote(idea.cover, safe='')}/alter"
    yield Offer("collage", "Collage", "creations", f"/ideas/{idea.id}#collage")
    yield Offer("film", "Film", "play", f"/film?idea={idea.id}")
    yield Offer("enhance", "Enhance the cover", "sun", altered)
    yield Offer("restyle", "Restyle the cover", "brush", f"{altered}?style={quote(look)}")
    if len(idea.assets) > 1:
        yield Offer("gif", "Moving picture", "live", what="gif/")
    yield Offer("card", "Greeting card", "heart", what="card/")
    yield Offer("pdf", "Photo book (PDF)", "book", what="pdf/book")
    yield Offer("contact", "Contact sheet (PDF)", "library", what="pdf/contact")
