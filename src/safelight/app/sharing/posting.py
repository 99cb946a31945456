"""A post: several photos and their text, each photo through the one way out, in one file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from safelight.model.errors import UserError
from safelight.model.sharing import (
    Framing,
    Post,
    PostShape,
    Shared,
    SharedPost,
    ShareSheet,
    ShareSubject,
    ShareWish,
)

if TYPE_CHECKING:
    from safelight.app.sharing import Sharing

MOST_PHOTOS = 30
POST_EDGES = {PostShape.SQUARE: 1080, PostShape.PORTRAIT: 1350, PostShape.STORY: 1920}
"""Longest sides at which the picture is 1080 pixels wide, as posts are shown."""

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class Posts:
    """Sets of photos that are posted together."""

    def __init__(self, sharing: Sharing) -> None:
        self._sharing = sharing

    def sheets(self, post: Post, wish: ShareWish) -> list[ShareSheet]:
        """What is to be said of each photo before it leaves, in their order. Nothing leaves.

        Raises:
            UserError: there are none or too many, or one cannot be shared like this.
            RefusedError: consent does not cover one.
        """
        return [self._sharing.sheet(*each) for each in _each(post, wish)]

    def framings(self, post: Post, wish: ShareWish) -> list[Framing]:
        """How each photo stands in the shape of the post, in their order.

        Raises:
            UserError, RefusedError: as `sheets`, or they leave in their own shapes.
        """
        return [self._sharing.framing(*each) for each in _each(post, wish)]

    def known_people(self, post: Post) -> list[tuple[str, str]]:
        """Ids and names of the named people in any of its photos, where `faces` is on."""
        subjects = (ShareSubject(photo.asset, False) for photo in post.photos)
        known = (self._sharing.known_people(subject) for subject in subjects)
        return list(dict.fromkeys(person for people in known for person in people))

    def share(self, post: Post, wish: ShareWish) -> SharedPost:
        """Make the ZIP that leaves. To be called when the person has just said yes.

        Each photo is decided and recorded as if it left alone. All of them leave or none: where
        one is refused, nothing is given back, and the ledger shows no file as handed over.

        Raises:
            UserError, RefusedError, RenderError, SourceError: as `Sharing.share`.
        """
        shared = tuple(self._sharing.share(*each) for each in _each(post, wish))
        return SharedPost(_packed(shared, post_text(post)), shared)

    def handed_over(self, shared: SharedPost) -> None:
        """Record that the file was written or sent to the person's browser."""
        for each in shared.photos:
            self._sharing.handed_over(each)


def post_text(post: Post) -> str:
    """The text of a post, then its captions under the numbers of their photos."""
    captions = [
        f"{number}. {photo.caption.strip()}"
        for number, photo in enumerate(post.photos, 1)
        if photo.caption.strip()
    ]
    parts = [part for part in (post.text.strip(), "\n".join(captions)) if part]
    return "".join(f"{part}\n" for part in "\n\n".join(parts).splitlines())


def _each(post: Post, wish: ShareWish) -> list[tuple[ShareSubject, ShareWish]]:
    """Each photo with the wish for it: all of the post's, and its own crop."""
    count = len(post.photos)
    if not count:
        raise UserError("Choose a photo or two.")
    if count > MOST_PHOTOS:
        raise UserError(f"A post holds up to {MOST_PHOTOS} photos; these are {count}.")
    return [(ShareSubject(p.asset, False), replace(wish, crop=p.crop)) for p in post.photos]


def _packed(shared: tuple[Shared, ...], text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, each in enumerate(shared, 1):
            suffix = each.name.rpartition(".")[2]
            archive.writestr(_entry(f"{number:02d}.{suffix}"), each.content)
        if text:
            archive.writestr(_entry("post.txt"), text.encode())
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, _FIRST_DAY)  # the hour at which somebody shares is theirs
