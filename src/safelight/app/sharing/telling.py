"""What a person is told before anything leaves, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from safelight.app.composition import Rooms
from safelight.app.sharing.hiding import Hiding
from safelight.app.sharing.items import Item, Items
from safelight.app.showing import asset_row
from safelight.app.views import AssetRow
from safelight.library.observations import Observations
from safelight.model.consent import Purpose
from safelight.model.creations import Creation, CreationKind
from safelight.model.sharing import Covering, ShareSheet, ShareWish, Trace, TraceKind
from safelight.sharing import origin_of
from safelight.sharing.declaring import HONESTLY

_LANDMARKS = frozenset(
    {
        "historic building",
        "religious building",
        "castle",
        "palace",
        "church",
        "mosque",
        "monastery",
        "triumphal arch",
        "obelisk",
        "stupa",
        "suspension bridge",
        "viaduct",
        "beacon",
        "lighthouse",
        "volcano",
    }
)
_SURE = 0.3
_ARTICLES = {
    TraceKind.SERIAL: "the serial number of the camera or lens",
    TraceKind.OWNER: "the name of its owner or photographer",
    TraceKind.WORDS: "the words that somebody wrote to it",
    TraceKind.KEYWORDS: "its keywords",
    TraceKind.THUMBNAIL: "a small copy inside the file, which may show what was cropped away",
    TraceKind.HISTORY: "identifiers that link it to other versions",
    TraceKind.COMMENT: "a hidden comment",
    TraceKind.ATTACHED: "its moving half, a short video with sound",
    TraceKind.PROFILE: "the name of a screen or scanner, from its colour profile",
    TraceKind.MAKER_NOTES: "what the camera's maker wrote, which nobody can read in full",
    TraceKind.PROVENANCE: "an earlier label of origin",
}


class Telling:
    """Says what sharing removes, what it leaves and what it adds."""

    def __init__(self, rooms: Rooms, items: Items, hiding: Hiding) -> None:
        self._rooms = rooms
        self._items = items
        self._hiding = hiding

    def sheet(self, item: Item, wish: ShareWish) -> ShareSheet:
        """Everything the person should know, and what they can choose."""
        people = self._hiding.count(item)
        model_made = origin_of(item.creation).model_made
        return ShareSheet(
            subject=item.subject,
            title=item.title,
            removed=self._removed(item, wish),
            seen=self._seen(item, wish, people),
            added=_added(wish, model_made, as_made=item.as_made or item.is_video),
            cautions=self._cautions(item, wish, people),
            people=people,
            as_made=item.as_made,
            media_type=item.creation.media_type if item.creation and item.as_made else "",
            video=item.is_video,
            redrawn=item.creation is not None and item.creation.kind is CreationKind.COLLAGE,
            model_made=model_made,
            has_caption=bool(item.caption),
            cannot_cover=self._hiding.why_not(item),
        )

    def _removed(self, item: Item, wish: ShareWish) -> tuple[str, ...]:
        if item.creation is not None:
            photos = len(set(item.creation.used))
            of = "the photo" if photos == 1 else f"the {photos} photos"
            return (
                f"everything that the files of {of} tell: only pixels went into this, no place, "
                "no time, no camera, no name",
                "its title as a file name",
            )
        row = asset_row(item.rows[item.subject.id], {})
        said = [_trace(trace, row) for trace in sorted(self._items.traces(item), key=_telling)]
        if wish.caption and item.caption:
            said = [words for words in said if words != _ARTICLES[TraceKind.WORDS]]
        if item.is_video and not wish.sound:
            said.append("its sound")
        return (*said, "the file's own name and dates")

    def _seen(self, item: Item, wish: ShareWish, people: int | None) -> tuple[str, ...]:
        found = []
        if people:
            who = f"{people} face{'' if people == 1 else 's'}"
            if wish.covering is Covering.NONE:
                found.append(f"{who}: everybody who knows these people will recognise them")
            elif wish.keep:
                found.append(f"those you keep, out of {who}; the others are covered for good")
            else:
                found.append(f"{who} covered for good, though clothes and company stay visible")
        found += _written(item.creation)
        if item.is_video and wish.sound:
            found.append("and hear everything that was said or played near it")
        place = self._landmark(item)
        if place:
            found.append(f"a {place}: who knows it can tell where this is")
        if wish.caption and item.caption:
            found.append(f"your words, as text in the file: “{item.caption}”")
        return (*found, f"everything {'else ' if found else ''}that the picture shows")

    def _landmark(self, item: Item) -> str:
        observations = Observations(self._rooms.drawers)
        if not self._rooms.gate.allows(Purpose.CONTENT) or not observations.exists:
            return ""
        for name in item.rows:
            seen = observations.get(name)
            for label in seen.labels if seen else ():
                if label.name in _LANDMARKS and label.score >= _SURE:
                    return label.name
        return ""

    def _cautions(self, item: Item, wish: ShareWish, people: int | None) -> tuple[str, ...]:
        found = []
        if people is None:
            found.append("Nobody has looked for faces in this. Look yourself who is in it.")
        elif item.is_video:
            found.append(
                "Faces were looked for in one picture of this video only. Watch all of it before "
                "you share it."
            )
        elif wish.covering is not Covering.NONE:
            found.append(
                "Safelight can miss a face that is small, turned or half hidden. Look at the "
                "picture before you share it."
            )
        if (item.as_made or item.is_video) and wish.no_training and not wish.sign:
            found.append(
                "Such a file has room for the statement against training only in its label of "
                "origin, which you left out."
            )
        if origin_of(item.creation).model_made and not wish.ai_label:
            found.append("A model altered this; nothing in the picture itself will say so.")
        return tuple(found)


def _telling(trace: Trace) -> int:
    return list(TraceKind).index(trace.kind)


def _trace(trace: Trace, row: AssetRow) -> str:
    if trace.kind is TraceKind.PLACE:
        return f"the place (near {row.place.label()})" if row.place else "the place"
    if trace.kind is TraceKind.TIME:
        return f"the time ({_moment(row.taken_at)})" if row.taken_at else "the time"
    if trace.kind is TraceKind.CAMERA:
        return f"the camera ({row.camera})" if row.camera else "the camera"
    if trace.kind is TraceKind.NAMES:
        return "the name of a person" if trace.count == 1 else f"{trace.count} names of people"
    return _ARTICLES[trace.kind]


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def _written(creation: Creation | None) -> list[str]:
    """What is drawn into a creation in words and maps, which no stripping takes out."""
    if creation is None:
        return []
    pages = _pages(creation.recipe)
    said = dict.fromkeys(page.get(name) for page in pages for name in ("title", "subtitle"))
    words = " · ".join(str(text) for text in said if text)
    found = []
    if words:
        when = " They say when it was." if any(c.isdigit() for c in words) else ""
        found.append(f"the words in the picture: “{words}”.{when}")
    return found + [_map(page) for page in pages if page.get("route")]


def _pages(recipe: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The plans that a creation was drawn from: one of a picture, one a page of a print."""
    pages: list[Mapping[str, Any]] = recipe.get("pages") or [recipe]
    return pages


def _map(page: Mapping[str, Any]) -> str:
    """What a map tells; the names that find no room on it are said, too."""
    names = ", ".join(dict.fromkeys(label for _, _, label in page["route"] if label))
    return f"a map of the way{', with names of places: ' + names if names else ''}"


def _added(wish: ShareWish, model_made: bool, *, as_made: bool) -> tuple[str, ...]:
    found = []
    if wish.sign:
        found.append(
            "a signed label of origin (C2PA) that says how it was made and shows if it is changed; "
            "two pictures signed here can be told to come from the same library"
        )
    # What leaves as it was made has room for the statement in its label of origin alone.
    if wish.no_training and (wish.sign or not as_made):
        found.append(f"the statement that it must not be used for training. {HONESTLY}")
    if wish.ai_label and not as_made:
        found.append("the words “Made with AI” in the picture")
    return tuple(found) or ("nothing",)
