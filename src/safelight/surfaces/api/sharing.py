"""Sharing: what would be told, and the files that leave."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.background import BackgroundTask
from starlette.responses import Response

from safelight.app.sharing.posting import POST_EDGES
from safelight.model.sharing import (
    CoverArea,
    Covering,
    Crop,
    Post,
    PostPhoto,
    PostShape,
    ShareSheet,
    ShareWish,
)
from safelight.surfaces.api.session import Library

router = APIRouter(tags=["sharing"])


class Wish(BaseModel):
    """How it is to be shared; the defaults are those of the page."""

    media_type: str = "image/jpeg"
    edge: Annotated[int, Field(le=100_000)] | None = 2048
    covering: Covering = Covering.NONE
    area: CoverArea = CoverArea.FACES
    keep: list[str] = []
    caption: bool = False
    ai_label: bool = False
    sign: bool = True
    no_training: bool = True
    sound: bool = True
    shape: PostShape = PostShape.OWN
    crop: Crop | None = None


class Photo(BaseModel):
    """One photo of a post."""

    asset: str
    caption: str = ""
    crop: Crop | None = None


class PostWish(BaseModel):
    """A post: photos in their order, its text, and how they are to be shared."""

    photos: list[Photo]
    text: str = ""
    wish: Wish = Wish(shape=PostShape.PORTRAIT, edge=POST_EDGES[PostShape.PORTRAIT])


@router.post("/share/set", response_class=Response)
def share_set(safelight: Library, asked: PostWish) -> Response:
    """A post as one ZIP: its photos and `post.txt`. Ask the person first, each time."""
    photos = tuple(PostPhoto(p.asset, p.caption, p.crop) for p in asked.photos)
    shared = safelight.sharing.posts.share(Post(photos, asked.text), _wish(asked.wish))
    return Response(
        shared.content,
        media_type="application/zip",
        headers={"content-disposition": 'attachment; filename="post.zip"'},
        background=BackgroundTask(safelight.sharing.posts.handed_over, shared),
    )


@router.post("/share/{name}/sheet")
def sheet(safelight: Library, name: str, wish: Wish) -> ShareSheet:
    """What would be removed, still be seen and be added. Nothing leaves."""
    return safelight.sharing.sheet(safelight.sharing.subject(name), _wish(wish))


@router.post("/share/{name}", response_class=Response)
def share(safelight: Library, name: str, wish: Wish) -> Response:
    """The file. Ask the person first, each time: this call is recorded as their yes."""
    shared = safelight.sharing.share(safelight.sharing.subject(name), _wish(wish))
    return Response(
        shared.content,
        media_type=shared.media_type,
        headers={"content-disposition": f'attachment; filename="{shared.name}"'},
        background=BackgroundTask(safelight.sharing.handed_over, shared),
    )


def _wish(wish: Wish) -> ShareWish:
    return ShareWish(**{**wish.model_dump(), "keep": tuple(wish.keep), "crop": wish.crop})
