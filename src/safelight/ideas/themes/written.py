"""What is written with the photos of a moment, and in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from safelight.ideas import words
from safelight.ideas.themes.clues import Clues, Knowledge
from safelight.ideas.themes.members import Members
from safelight.ideas.themes.signs import read_in, together
from safelight.ideas.themes.spoken import themes_in
from safelight.model.assets import Shot
from safelight.model.consent import Purpose

_FULL_SHARE = 0.3


def read_words(clues: Clues, members: Members, knowledge: Knowledge) -> None:
    """Keywords, names of folders, titles, and words that were read in pictures."""
    votes: Counter[tuple[int, str]] = Counter()
    said: dict[tuple[int, str], str] = {}
    for moment, texts in _texts(members, knowledge.titles):
        found = {(moment, theme): text for text in reversed(texts) for theme in themes_in(text)}
        votes.update(found.keys())
        for key, text in found.items():
            said.setdefault(key, text)
    for (moment, theme), number in votes.items():
        size = int(members.sizes[moment])
        strength = min(1.0, number / size / _FULL_SHARE)
        share = words.share_in(number, size)
        text = words.say("clue-written", text=said[moment, theme], share=share)
        clues.set(f"word:{theme}", moment, strength, text, Purpose.LIBRARY)
    if knowledge.sightings is not None and knowledge.sightings.text:
        _read(clues, members, knowledge.sightings.text)


def _texts(members: Members, titles: Mapping[str, str]) -> Iterator[tuple[int, list[str]]]:
    """The texts of every shot that may name a theme, with its moment: few of a library do."""
    telling = {folder for folder in {shot.folder for shot in members.shots} if themes_in(folder)}
    for moment, shot in zip(members.of.tolist(), members.shots, strict=True):
        if shot.keywords or shot.folder in telling or shot.id in titles:
            yield moment, _texts_of(shot, titles)


def _texts_of(shot: Shot, titles: Mapping[str, str]) -> list[str]:
    texts = [*shot.keywords, shot.folder, titles.get(shot.id, "")]
    return [text for text in texts if text]


def _read(clues: Clues, members: Members, text: Mapping[str, str]) -> None:
    """Words in the pictures: few photos are read, so a few that agree are enough."""
    found = {asset: themes for asset, said in text.items() if (themes := read_in(said))}
    votes: dict[tuple[int, str], list[float]] = {}
    for moment, shot in zip(members.of.tolist(), members.shots, strict=True):
        for theme, strength in found.get(shot.id, {}).items():
            votes.setdefault((moment, theme), []).append(strength)
    for (moment, theme), strengths in votes.items():
        read = words.say("clue-read", number=len(strengths))
        clues.set(f"word:{theme}", moment, together(strengths), read, Purpose.CONTENT)
