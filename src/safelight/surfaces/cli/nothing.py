"""Why a list is empty, and what to do about it: one line for a person, never in JSON."""

from __future__ import annotations

from collections.abc import Sequence

from safelight.app import Safelight
from safelight.model.consent import Purpose, PurposeState
from safelight.model.names import shown

NO_SOURCE = "No folder yet; `safelight sources add folder DIR` adds one."
_NAMED = 5


def no_photos(library: Safelight) -> str:
    """There is nothing in the catalogue."""
    return _unread(library) or "Nothing that may be shown."


def unseen(library: Safelight) -> str:
    """No photo was looked at."""
    off = _off(library, Purpose.CONTENT)
    return _unread(library) or off or "No photo was looked at yet; `safelight scan` does it."


def no_trips(library: Safelight) -> str:
    """There was no time away from home."""
    none = "No trip found: one needs photos with a date and a place, away from where most are."
    return _unread(library) or _off(library, Purpose.PLACES) or none


def no_ideas(library: Safelight, *, looked: bool = False) -> str:
    """There is no idea; `looked` where they were looked for just now."""
    if looked:
        none = "No idea: one needs several photos of one day, trip, month or theme."
    else:
        none = "No idea is waiting; `safelight ideas make` looks for some."
    return _unread(library) or none


def none_kept_out(library: Safelight, *, brought_back: bool) -> str:
    """Nothing is kept out, or nothing was brought back."""
    if brought_back:
        return "You brought nothing back."
    return _unread(library) or "Nothing is kept out of ideas."


def nobody(library: Safelight) -> str:
    """Nobody is shown, though names may be known or people hidden."""
    if library.people.people():
        return "You hid everybody; `safelight people list --hidden` shows them."
    names = sorted({name for found in library.people.written_names().values() for name in found})
    if names:
        told = ", ".join(map(shown, names[:_NAMED])) + (" …" if len(names) > _NAMED else "")
        return (
            f"No faces were put together yet. Names in your files, for `safelight search`: {told}"
        )
    none = "Nobody yet: somebody appears when faces of two photos are the same person's."
    return _unread(library) or none


def not_found(library: Safelight, words: Sequence[str]) -> str:
    """No photo answers the words; what is off was not searched."""
    looked_in = (Purpose.CONTENT, Purpose.PLACES, Purpose.FACES)
    switches = [_switch(library, each) for each in looked_in]
    off = [state.notice.title for state in switches if not state.active]
    said = f"Nothing for “{shown(' '.join(words))}”."
    unsearched = f" Not searched, because it is off: {', '.join(off)}." if off else ""
    return _unread(library) or said + unsearched


def _unread(library: Safelight) -> str:
    if library.status().assets:
        return ""
    return (
        "No photos were read yet; `safelight scan` reads them." if library.sources() else NO_SOURCE
    )


def _off(library: Safelight, purpose: Purpose) -> str:
    state = _switch(library, purpose)
    if state.active:
        return ""
    return f"“{state.notice.title}” is off; `safelight consent allow {purpose}` turns it on."


def _switch(library: Safelight, purpose: Purpose) -> PurposeState:
    return next(state for state in library.purposes() if state.notice.purpose is purpose)
