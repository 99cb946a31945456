"""What each purpose is, in the words a person agrees to."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import rfc8785

from safelight.model.consent import Notice, Purpose

_KEPT = "On this machine, in an encrypted file of its own, until you turn this off."


def _notice(purpose: Purpose, version: int = 1, **words: str) -> Notice:
    draft = Notice(purpose=purpose, version=version, digest="", **words)
    return replace(draft, digest=notice_digest(draft))


def notice_digest(notice: Notice) -> str:
    """SHA-256 (hex) over the canonical JSON of every word that is shown, with the version."""
    words = {
        "purpose": notice.purpose.value,
        "version": notice.version,
        "title": notice.title,
        "summary": notice.summary,
        "reads": notice.reads,
        "derives": notice.derives,
        "stays": notice.stays,
        "off": notice.off,
    }
    return sha256(rfc8785.dumps(words)).hexdigest()


NOTICES: dict[Purpose, Notice] = {
    notice.purpose: notice
    for notice in (
        _notice(
            Purpose.LIBRARY,
            version=2,
            title="Your photo library",
            summary="See the photos you choose as one timeline, and make collages and recaps "
            "from them when you ask.",
            reads="The files in the folders you choose, or only the photos you pick: their "
            "names, dates, sizes and camera, the pictures themselves, and what other programs "
            "wrote into them (keywords, ratings, titles, descriptions). Coordinates are left "
            "out, and so are names written beside faces. If you limit this to certain dates, "
            "the date of each file in the folders still has to be read to know which ones you "
            "mean; whatever lies outside is forgotten at once. Of folders that hold photos you "
            "picked, the other names are seen and kept nowhere.",
            derives="A catalogue of the above, and for each picture a small preview with a "
            "short fingerprint and a figure for its sharpness, so that the same picture is not "
            "shown twice. Ideas, collages and recaps that you ask for.",
            stays="On this machine, in encrypted files, until you turn this off. Your photos "
            "stay where they are and are never changed, moved or uploaded.",
            off="The catalogue, the previews, the ideas and the creations kept here are "
            "erased, your albums and the list of your folders are forgotten, and every other "
            "purpose is turned off with them. Your photos and files you saved elsewhere stay as "
            "they are.",
        ),
        _notice(
            Purpose.PLACES,
            title="Places and trips",
            summary="Names the places where photos were taken, and finds your trips.",
            reads="The coordinates that cameras and phones write into photos.",
            derives="For each photo its coordinates, the name of the place, the time zone "
            "there; for the library, the places you often are (such as a home) and the trips "
            "away from them. Place names come from a list on this machine; no map service is "
            "asked.",
            stays=_KEPT,
            off="Coordinates, place names, homes and trips are erased, and ideas and "
            "creations that used them are taken back.",
        ),
        _notice(
            Purpose.CONTENT,
            title="What is in the pictures",
            summary="Finds beaches, cakes and dogs, names birthdays and ski days, lets you "
            "search by words, and keeps blurred pictures and documents out of ideas.",
            reads="The pictures of the photos it covers.",
            derives="Scenes, objects, text, picture quality, and where in a picture a face is; "
            "never whose face it is.",
            stays=_KEPT,
            off="All of it is erased, and ideas and creations that used it are taken back.",
        ),
        _notice(
            Purpose.FACES,
            version=2,
            title="Who is in the pictures",
            summary="Groups photos of the same person, so that you can name and find them.",
            reads="The faces in the photos it covers, also of people who are not you, and the "
            "names that other programs wrote beside them. In many places the law asks you to "
            "have their agreement.",
            derives="For each face a template: numbers that tell one person from another. "
            "With the templates, groups of faces and the names you give them. Only if you ask "
            "for somebody to be kept out for good, the numbers that tell them are kept to do so.",
            stays=_KEPT,
            off="Templates, groups and names are erased, and ideas and creations that used "
            "them are taken back. A purpose that was to leave out somebody's photos is turned "
            "off too, since nobody could tell any more who they are.",
        ),
        _notice(
            Purpose.SUGGEST,
            title="Ideas by themselves",
            summary="Prepares ideas without being asked, so that they wait for you when you "
            "open Safelight. Without it you still get ideas when you ask.",
            reads="The catalogue, and whatever the other purposes you turned on have worked "
            "out. No photo is opened for it that they do not cover.",
            derives="Ideas: a title, the photos chosen, and the reasons.",
            stays=_KEPT,
            off="The ideas made by themselves are erased, and creations made from them are "
            "taken back. Files you saved elsewhere stay as they are.",
        ),
        _notice(
            Purpose.LEARN,
            version=3,
            title="Learn what you like",
            summary="Learns themes of your own from a few photos that you point at, and from your "
            "answers which kinds of ideas you want more or fewer of.",
            reads="What was seen in the photos you point at, under “What is in the pictures”, and "
            "your answers to ideas: like, dismiss, “more like this” and “fewer like this”.",
            derives="For each theme you teach, its name, which photos taught it, and a row of "
            "numbers that tells it from the rest; for each kind of idea or theme that you want "
            "more or fewer of, one number, and which ideas of it you liked or dismissed. It "
            "serves nobody but you.",
            stays=_KEPT,
            off="Your own themes, their numbers, and what you want more or fewer of are erased.",
        ),
        _notice(
            Purpose.RESTYLE,
            version=2,
            title="Pictures altered by a model",
            summary="Paints a photo anew with a small model on this machine, when you ask.",
            reads="The photos you pick for it, and a picture that you offer as a style of your "
            "own.",
            derives="New pictures, marked as made by a model; of a style of your own, 100 numbers.",
            stays=_KEPT,
            off="The pictures made this way and kept here are erased. Files you saved "
            "elsewhere stay as they are.",
        ),
        _notice(
            Purpose.REMOTE,
            version=2,
            title="Work in a program of yours",
            summary="Hands a photo you pick to a picture generator that you run yourself on this "
            "machine, when you ask, together with your words. It also needs “Pictures altered by "
            "a model”. No other machine is ever asked.",
            reads="The photos you pick for it, one by one: their pixels at a size for screens, "
            "without place, time or names.",
            derives="New pictures, marked as made by a model, and with them your words. The log "
            "says that a photo was handed over, and when.",
            stays="On this machine, in an encrypted file of its own, until you turn this off. "
            "What the generator itself keeps, and whether it calls out, is up to that program.",
            off="Nothing more is handed over, and the pictures that came back and are kept here "
            "are erased. What the generator kept, and files you saved elsewhere, stay as they are.",
        ),
    )
}
"""The words in force, for every purpose that can be allowed."""


def notice(purpose: Purpose) -> Notice:
    """The words for a purpose.

    Raises:
        KeyError: it cannot be allowed, so there is nothing to agree to.
    """
    return NOTICES[purpose]


def requires(purpose: Purpose) -> Purpose | None:
    """The purpose that must be on for this one to be: the library, for all that can be allowed."""
    if purpose is Purpose.LIBRARY or not purpose.grantable:
        return None
    return Purpose.LIBRARY


def dependents(purpose: Purpose) -> tuple[Purpose, ...]:
    """The purposes that end when this one does."""
    return tuple(other for other in Purpose if requires(other) is purpose)
