"""What a person's own image-text model is asked: words for each theme, and for what shows none."""

from __future__ import annotations

PROMPTS: dict[str, str] = {
    "birthday": "a photo of a birthday party with a cake",
    "graduation": "a photo of a graduation ceremony",
    "wedding": "a photo of a wedding",
    "christmas": "a photo of a christmas tree and presents",
    "halloween": "a photo of people in halloween costumes",
    "beach": "a photo of a beach",
    "hiking": "a photo of a hike in the mountains",
    "camping": "a photo of a tent at a campsite",
    "skiing": "a photo of people skiing",
    "theme-park": "a photo of a ride in an amusement park",
    "zoo": "a photo of an animal in a zoo",
    "museum": "a photo of exhibits in a museum",
    "concert": "a photo of a band playing a concert",
    "show": "a photo of a performance on a stage",
    "sports": "a photo of people playing sports",
    "party": "a photo of a party",
    "dinner": "a photo of people having dinner",
    "baby": "a photo of a baby",
    "pets": "a photo of a pet at home",
    "garden": "a photo of flowers in a garden",
    "fireworks": "a photo of fireworks in the night sky",
    "sunset": "a photo of a sunset",
    "snow": "a photo of snow",
}
"""Themes that one photo can show; a journey, or a day of the calendar, it cannot."""

ORDINARY: tuple[str, ...] = (
    "a photo of a person",
    "a photo of a group of people",
    "a photo of a room",
    "a photo of a street",
    "a photo of a building",
    "a photo of a landscape",
    "a photo of a car",
    "a photo of an object",
    "a photo of food",
    "a photo of a document",
    "a screenshot",
)
