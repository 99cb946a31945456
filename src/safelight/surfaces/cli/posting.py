"""Photos that leave together in the shape of a post, from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from safelight.app import Safelight
from safelight.app.sharing.posting import MOST_PHOTOS, POST_EDGES
from safelight.model.assets import AssetKind
from safelight.model.errors import UserError
from safelight.model.names import shown
from safelight.model.sharing import Post, PostPhoto, PostShape, ShareSheet, ShareWish
from safelight.surfaces.cli.leaving import Leaving, told, words_of
from safelight.surfaces.cli.session import photos
from safelight.surfaces.cli.writing import write_whole

PORTRAIT = "4:5"
SHAPES = {
    "1:1": PostShape.SQUARE,
    PORTRAIT: PostShape.PORTRAIT,
    "9:16": PostShape.STORY,
    "square": PostShape.SQUARE,
    "portrait": PostShape.PORTRAIT,
    "story": PostShape.STORY,
}
"""Shapes of posts by what a person may call them."""


def shaped(wish: ShareWish, shape: str) -> ShareWish:
    """The wish for a photo in that shape, as wide as posts are shown."""
    kind = SHAPES[shape]
    return replace(wish, shape=kind, edge=POST_EDGES[kind])


def is_post(library: Safelight, subjects: Sequence[str], out: Path) -> bool:
    """Whether these leave as one ZIP: several photos, those of an idea, or where a ZIP is named."""
    one = len(subjects) == 1 and library.idea(subjects[0]) is None
    return not one or out.suffix.lower() == ".zip"


def share_post(
    library: Safelight, subjects: Sequence[str], text: str, wish: ShareWish, leaving: Leaving
) -> None:
    """Say, ask, and write a ZIP of photos and their text; all of them leave or none.

    Raises:
        UserError: `out` is no ZIP, or they cannot be shared like this.
        RefusedError: consent does not cover one.
    """
    if leaving.out.suffix.lower() != ".zip":
        raise UserError("Several photos leave as one file: give it a name that ends in .zip.")
    wish = replace(wish, media_type="image/jpeg")
    post = Post(tuple(map(PostPhoto, _photos(library, subjects))), text)
    posts = library.sharing.posts
    sheets = posts.sheets(post, wish)
    if leaving.dry_run:
        leaving.output.one({"photos": _all_told(sheets), "dry_run": True}, _all_words(sheets))
        return
    leaving.ask(library, _all_words(sheets))
    shared = posts.share(post, wish)
    write_whole(leaving.out, [shared.content])
    posts.handed_over(shared)
    fields = {
        "path": str(leaving.out),
        "media_type": "application/zip",
        "bytes": len(shared.content),
        "photos": [
            told(each.sheet) | {"width": each.width, "height": each.height, "entry": each.entry}
            for each in shared.photos
        ],
    }
    words = f"Shared {photos(len(shared.photos))} to {shown(str(leaving.out))}."
    leaving.output.one(fields, words)


def _photos(library: Safelight, subjects: Sequence[str]) -> list[str]:
    """Ids of the photos in their order, with an idea's photos, not its videos, in its place."""
    found: list[str] = []
    for subject in subjects:
        card = library.idea(subject)
        rows = library.rows(card.idea.assets) if card else []
        found += [row.id for row in rows if row.kind is not AssetKind.VIDEO] or [subject]
    return list(dict.fromkeys(found))[: MOST_PHOTOS + 1]


def _all_told(sheets: Sequence[ShareSheet]) -> list[dict[str, object]]:
    return [told(sheet) for sheet in sheets]


def _all_words(sheets: Sequence[ShareSheet]) -> str:
    return "\n\n".join(f"{number}. {words_of(s)}" for number, s in enumerate(sheets, 1))
