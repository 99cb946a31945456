"""What a person wants no ideas of: kept from makers, and checked again before an idea is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import prod

from safelight.model.assets import KeptOut, Shot
from safelight.model.ideas import Idea, IdeaKind, Preferences
from safelight.model.people import PeopleSeen
from safelight.model.places import Place


def keep_quiet(
    shots: Sequence[Shot], people: PeopleSeen, preferences: Preferences
) -> Sequence[Shot]:
    """The same shots; those that the person wants in no idea are marked as hidden.

    Marked before moments and trips are found, so that no title names what is hidden.
    """
    quiet = preferences.quiet_people
    with_quiet = {a for a, who in people.in_photos.items() if who & quiet} if quiet else set()
    unwanted = with_quiet | preferences.hidden_assets
    days, places = preferences.quiet_days, preferences.hidden_places
    if not (unwanted or days or places):
        return shots
    return [
        replace(shot, kept_out=KeptOut.HIDDEN)
        if shot.kept_out is None and _is_quiet(shot, unwanted, preferences)
        else shot
        for shot in shots
    ]


def _is_quiet(shot: Shot, unwanted: Collection[str], preferences: Preferences) -> bool:
    if shot.id in unwanted:
        return True
    if preferences.quiet_days:
        day = shot.day
        if any(day in days for days in preferences.quiet_days):
            return True
    places = preferences.hidden_places
    return bool(places and shot.place) and any(lies_in(shot.place, each) for each in places)


def lies_in(place: Place | None, area: Place) -> bool:
    """Whether a place is the area or lies in it."""
    if place is None or place.country_code != area.country_code:
        return False
    inside = area.region is None or place.region == area.region
    return inside and (area.city is None or place.city == area.city)


def is_wanted(
    idea: Idea,
    preferences: Preferences,
    by_id: Mapping[str, Shot],
    people: PeopleSeen,
) -> bool:
    """Whether nothing that the person said speaks against this idea.

    `by_id` holds the shots it may show, as they are marked now.
    """
    if idea.id in preferences.dismissed or idea.kind in preferences.hidden_kinds:
        return False
    subjects = set(idea.about)
    if subjects & hidden_subjects(preferences):
        return False
    if any(weight <= 0 and subject in subjects for subject, weight in preferences.weights.items()):
        return False
    shots = [by_id.get(asset) for asset in idea.assets]
    return not any(
        shot is None or _is_quiet(shot, preferences.hidden_assets, preferences) for shot in shots
    ) and not any(
        people.in_photos.get(asset, frozenset()) & preferences.quiet_people for asset in idea.assets
    )


def hidden_subjects(preferences: Preferences) -> frozenset[str]:
    """Subjects, as `Idea.about` writes them, of which no idea may be."""
    return frozenset(
        [
            *(theme_subject(theme) for theme in preferences.hidden_themes),
            *(person_subject(person) for person in preferences.quiet_people),
        ]
    )


def wanted_share(subjects: Iterable[str], preferences: Preferences) -> float:
    """How much such ideas are wanted, 0 to 2: the weights of their subjects multiplied."""
    return min(2.0, max(0.0, prod(preferences.weights.get(each, 1.0) for each in subjects)))


def leaning(subjects: Iterable[str], preferences: Preferences) -> float:
    """How such ideas were received so far, about 1: the leanings of their subjects multiplied."""
    return prod(preferences.leanings.get(each, 1.0) for each in subjects)


def kind_subject(kind: IdeaKind) -> str:
    """Every idea of a kind."""
    return f"kind:{kind}"


def theme_subject(theme: str) -> str:
    """Every idea of a theme."""
    return f"theme:{theme}"


def person_subject(person: str) -> str:
    """Every idea about a person."""
    return f"person:{person}"


def place_subject(place: Place) -> str:
    """Every idea about a place: country code, region and city."""
    return f"place:{place.country_code}/{place.region or ''}/{place.city or ''}"
