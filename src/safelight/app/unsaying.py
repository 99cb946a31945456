"""Names that are not to be said any more: ideas that say them are taken back."""

from __future__ import annotations

import re
from collections.abc import Callable

from safelight.app.composition import Rooms
from safelight.ideas import person_subject
from safelight.library.scrubbing import empty_logs
from safelight.library.shelves import idea_shelves
from safelight.library.wishes import IdeaTitles
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea


def take_back_ideas(rooms: Rooms, name: str) -> None:
    """Take back the ideas that say a name nobody has any more; what was made of them stays."""
    _remove(rooms, lambda idea: _speaks_of(idea, name))


def forget_said(rooms: Rooms, person: str, name: str | None) -> None:
    """Erase the ideas about a person or with their name, and what was made of those.

    Args:
        name: what the person was called until now.
    """
    gone = _remove(
        rooms, lambda idea: person_subject(person) in idea.about or _speaks_of(idea, name)
    )
    titles = IdeaTitles(rooms.drawers)
    titles.forget([idea for idea, title in titles.all().items() if _says(title, name)])
    for creation, purposes in rooms.creations.standing():
        if Purpose.FACES in purposes and (creation.idea in gone or _says(creation.title, name)):
            rooms.creations.remove(creation.id)
    empty_logs(rooms.drawers, ("catalogue", "ideas", "creations", "restyled"))


def _remove(rooms: Rooms, unwanted: Callable[[Idea], bool]) -> set[str]:
    def about_faces(idea: Idea) -> bool:
        return Purpose.FACES in idea.purposes and unwanted(idea)

    return {name for shelf in idea_shelves(rooms.drawers) for name in shelf.take_back(about_faces)}


def _speaks_of(idea: Idea, name: str | None) -> bool:
    said = [idea.title, idea.subtitle]
    said += [reason.text for reason in idea.reasons]
    said += [photo.text for photo in idea.photos]
    return any(_says(text, name) for text in said)


def _says(text: str, name: str | None) -> bool:
    """Whether a text says a name as a word of its own: "Ann's birthday", not "Anniversary"."""
    if not name:
        return False
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
