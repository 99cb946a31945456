"""What a person said of ideas and people, for the archive, as far as each purpose allows now."""

from __future__ import annotations

from typing import Any

from safelight.app.composition import Rooms
from safelight.library.shelves import IdeaStates
from safelight.library.taste import Taste
from safelight.library.wishes import IdeaTitles, Wishes
from safelight.model.consent import Purpose

_WISHES = {Purpose.LIBRARY: "catalogue", Purpose.PLACES: "places", Purpose.FACES: "faces"}


def said(rooms: Rooms) -> dict[str, Any]:
    """What is hidden or rests, answers to ideas and own titles by idea, and what was learnt."""
    allows, drawers = rooms.gate.allows, rooms.drawers
    wishes = [w for p, name in _WISHES.items() if allows(p) for w in Wishes(drawers, name).all()]
    found: dict[str, Any] = {
        "hidden_or_resting": [
            {"subject": wish.subject, "label": wish.label, "until": wish.until} for wish in wishes
        ]
    }
    if drawers.exists("catalogue"):
        found["answers"], found["titles"] = IdeaStates(drawers).all(), IdeaTitles(drawers).all()
    if allows(Purpose.LEARN):
        taste = Taste(drawers)
        found["wanted"] = [weight._asdict() for weight in taste.weights()]
        found["received"] = {
            subject: {"liked": liked, "dismissed": dismissed}
            for subject, (liked, dismissed) in taste.leanings().items()
        }
        found["own_themes"] = [{"name": theme.name, "photos": theme.liked} for theme in taste.all()]
    return found
