"""A story that is being composed: photos in their order, words, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from starlette.datastructures import FormData

from safelight.surfaces.web.collage_view import MOST_PHOTOS, CollageView, read_view
from safelight.surfaces.web.session import field as text_of
from safelight.surfaces.web.session import fields
from safelight.surfaces.web.share_view import CROP, MOST_CAPTION, MOST_TEXT, read_crop

_MOST_STEPS = 20
_MOST_WORDS = 300
_CAPTION = "caption-"
_NONE = "-"


@dataclass(frozen=True, slots=True)
class Draft:
    """The story as it stands. The page itself remembers it; nothing is stored.

    Attributes:
        words: what is asked for, and what stands on the collage.
        ideas: that its photos and words came from; what is kept of it stands on the same.
        post: the text of the post.
        captions: by photo, also of photos that may come back.
        crops: by photo, as the page of the post writes them; carried along, also of photos that
            may come back.
        past: earlier choices of photos, the latest last.
        ahead: choices that were taken back, the one to come first at the end.
        swapping: the photo that another is to take the place of; empty for none.
        said: what was just done, for those who do not see it.
    """

    view: CollageView
    words: str = ""
    ideas: tuple[str, ...] = ()
    post: str = ""
    captions: Mapping[str, str] = field(default_factory=dict)
    crops: Mapping[str, str] = field(default_factory=dict)
    past: tuple[tuple[str, ...], ...] = ()
    ahead: tuple[tuple[str, ...], ...] = ()
    swapping: str = ""
    said: str = ""

    @property
    def steps(self) -> str:
        """The earlier choices, as the form carries them."""
        return _as_text(self.past)

    @property
    def steps_ahead(self) -> str:
        """The choices that were taken back, as the form carries them."""
        return _as_text(self.ahead)

    def choosing(self, photos: Sequence[str]) -> Draft:
        """The story with other photos, or in another order."""
        kept = tuple(dict.fromkeys(photos))[:MOST_PHOTOS]
        return replace(self, view=replace(self.view, photos=kept))


def read_draft(form: FormData) -> Draft:
    """The story that a form holds, with the step that was asked for done."""
    before = tuple(fields(form, "order"))
    draft = _read(form, before)
    if "past" not in form:
        return draft
    if text_of(form, "undo"):
        return _undone(draft)
    if text_of(form, "redo"):
        return _redone(draft)
    return remembering(_stepped(draft, form), before)


def remembering(draft: Draft, before: tuple[str, ...]) -> Draft:
    """The story that knows what its photos were before, if they have changed."""
    if draft.view.photos == before:
        return draft
    return replace(draft, past=(*draft.past, before)[-_MOST_STEPS:], ahead=())


def _read(form: FormData, before: tuple[str, ...]) -> Draft:
    words = text_of(form, "words")[:_MOST_WORDS]
    first, _, rest = words.partition("\n")
    shows = text_of(form, "show_words") != ""
    ticked = tuple(dict.fromkeys(fields(form, "photo")))
    view = replace(
        read_view(form, CollageView((), "story")),
        format=text_of(form, "shape") or text_of(form, "format") or "story",
        title=first.strip()[:120] if shows else "",
        subtitle=rest.strip()[:120] if shows else "",
    )
    captions = {name: said[:MOST_CAPTION] for name, said in _by_photo(form, _CAPTION).items()}
    draft = Draft(
        view=view,
        words=words,
        ideas=_ids(text_of(form, "idea")),
        post=text_of(form, "post")[:MOST_TEXT],
        captions=captions,
        crops={n: said for n, said in _by_photo(form, CROP).items() if read_crop(said)},
        past=_steps(text_of(form, "past")),
        ahead=_steps(text_of(form, "ahead")),
        swapping=text_of(form, "swap"),
    )
    in_order = [name for name in before if name in ticked]
    return draft.choosing([*in_order, *ticked])


def _undone(draft: Draft) -> Draft:
    if not draft.past:
        return draft
    ahead = (*draft.ahead, draft.view.photos)[-_MOST_STEPS:]
    before = replace(draft, past=draft.past[:-1], ahead=ahead, swapping="", said="Undone")
    return before.choosing(draft.past[-1])


def _redone(draft: Draft) -> Draft:
    if not draft.ahead:
        return draft
    past = (*draft.past, draft.view.photos)[-_MOST_STEPS:]
    after = replace(draft, past=past, ahead=draft.ahead[:-1], swapping="", said="Done again")
    return after.choosing(draft.ahead[-1])


def _stepped(draft: Draft, form: FormData) -> Draft:
    photos = list(draft.view.photos)
    dropped, (moved, _, to) = text_of(form, "drop"), text_of(form, "move").partition(":")
    comes = text_of(form, "put")
    if dropped in photos:
        photos.remove(dropped)
        return replace(draft.choosing(photos), said="Taken out")
    if moved in photos and to.isdecimal():
        photos.remove(moved)
        photos.insert(int(to[:3]), moved)
        place = f"Now number {photos.index(moved) + 1} of {len(photos)}"
        return replace(draft.choosing(photos), said=place)
    if draft.swapping in photos and comes and comes not in photos:
        photos[photos.index(draft.swapping)] = comes
        return replace(draft.choosing(photos), swapping="", said="Swapped")
    return draft if draft.swapping in photos else replace(draft, swapping="")


def _by_photo(form: FormData, begins: str) -> dict[str, str]:
    """What fields say whose names begin so and end with a photo's id; empty ones are left out."""
    named = {key.removeprefix(begins): text_of(form, key) for key in form if key.startswith(begins)}
    return {name: said for name, said in named.items() if said}


def _steps(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_ids(step) for step in text.split(";"))[-_MOST_STEPS:] if text else ()


def _as_text(steps: Sequence[tuple[str, ...]]) -> str:
    return ";".join(",".join(photos) or _NONE for photos in steps)


def _ids(step: str) -> tuple[str, ...]:
    return tuple(name for name in step.split(",") if name not in ("", _NONE))[:MOST_PHOTOS]
