"""What each switch gives, reads and erases, in a line each: the short of its notice.

A person agrees to the notice, whose words are recorded. These lines only help to find one's way.
"""

from __future__ import annotations

from dataclasses import dataclass

from safelight.model.consent import Purpose


@dataclass(frozen=True, slots=True)
class SwitchWords:
    """One switch in a few words.

    Attributes:
        gives: what one has of it.
        costs: what is read or done for it.
        erases: what goes when it is turned off.
    """

    gives: str
    costs: str
    erases: str


SWITCH_WORDS = {
    Purpose.LIBRARY: SwitchWords(
        gives="One timeline of your photos, collages and recaps",
        costs="Reads the photos in your folders, their dates and names, but no places",
        erases="The catalogue, previews, ideas and creations, and all the other switches",
    ),
    Purpose.PLACES: SwitchWords(
        gives="Trips, day trips and names of places",
        costs="Reads coordinates, and learns where you live and stay",
        erases="Coordinates, homes and trips, and what was made of them",
    ),
    Purpose.CONTENT: SwitchWords(
        gives="Birthdays, search by words, and no blurred pictures",
        costs="Small models look at every picture; it takes the processor a while",
        erases="What was seen, and what was made of it",
    ),
    Purpose.FACES: SwitchWords(
        gives="People to name and find, then and now",
        costs="Compares faces, also those of people who are not you",
        erases="The numbers that tell faces apart, groups and names",
    ),
    Purpose.SUGGEST: SwitchWords(
        gives="New ideas that wait for you each day",
        costs="Reads nothing more; looks once a day at what the others found",
        erases="The ideas that came by themselves",
    ),
    Purpose.LEARN: SwitchWords(
        gives="Themes of your own, more of what you like",
        costs="Keeps what you teach and answer as numbers",
        erases="Your themes and every one of these numbers",
    ),
    Purpose.RESTYLE: SwitchWords(
        gives="Your photos as paintings, when you ask",
        costs="A small model paints copies; the photos stay as they are",
        erases="The paintings that are kept here",
    ),
    Purpose.REMOTE: SwitchWords(
        gives="Pictures by a generator that you run yourself",
        costs="Hands it the photo you pick, on this machine, each time you ask",
        erases="What is kept here of what it gave back; what it keeps is its own",
    ),
}
"""By purpose; those that are never switched on, or asked each time, have none."""
