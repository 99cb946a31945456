"""Sharing: what will go, what will stay, and the only routes that give files away."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.app.sharing.posting import POST_EDGES, post_text
from safelight.model.assets import AssetKind
from safelight.model.sharing import Crop, Post, PostShape, ShareWish
from safelight.surfaces.web.pages.pictures import picture_response
from safelight.surfaces.web.session import Form, Library, field, page
from safelight.surfaces.web.share_view import (
    CROP,
    FORMATS,
    as_query,
    crop_text,
    read_crop,
    read_post,
    read_shape,
    read_wish,
    size_name,
)
from safelight.surfaces.web.signals import says_gpc

router = APIRouter(prefix="/share")
_SHAPES = ((PostShape.SQUARE, "1:1"), (PostShape.PORTRAIT, "4:5"), (PostShape.STORY, "9:16"))
_WAYS = (
    ("whole", "The whole photo, on paper"),
    (crop_text(Crop(x=0.0)), "Its left"),
    (crop_text(Crop(x=1.0)), "Its right"),
    (crop_text(Crop(y=0.0)), "Its top"),
    (crop_text(Crop(y=1.0)), "Its bottom"),
    (crop_text(Crop(zoom=1.5)), "Its middle, closer"),
)
"""Crops to choose among where no script runs; elsewhere the photo is dragged."""

_CARRIED = ("words", "show_words", "layout", "seed", "month")
"""What goes back to the composer besides photos and words of the post."""


@router.get("/{name}")
def ask(request: Request, safelight: Library, name: str) -> Response:
    """The question, with everything that belongs to its answer. Nothing leaves."""
    wish = read_wish(request.query_params, gpc=says_gpc(request))
    subject = safelight.sharing.subject(name)
    return page(
        request,
        "share_told.html" if request.headers.get("x-part") else "share.html",
        sheet=safelight.sharing.sheet(subject, wish),
        people=safelight.sharing.known_people(subject),
        wish=wish,
        gpc=says_gpc(request),
        size=size_name(wish),
        formats=FORMATS,
        look=f"/share/{name}/look?{as_query(wish)}",
    )


@router.get("/{name}/look")
def look(request: Request, safelight: Library, name: str) -> Response:
    """How it will look: shown here, at the size of a screen at most."""
    subject = safelight.sharing.subject(name)
    content = safelight.sharing.look(subject, read_wish(request.query_params))
    response = picture_response(request, content)
    response.headers["cache-control"] = "no-store"  # a covered face must not stay uncovered
    return response


@router.post("/set")
def ask_for_set(request: Request, safelight: Library, form: Form) -> Response:
    """The question before a post leaves, photo by photo. Nothing leaves."""
    whole, wish = read_post(form), _post_wish(request, form)
    post = without_videos(safelight, whole)
    return page(
        request,
        "share_set_told.html" if request.headers.get("x-part") else "share_set.html",
        sheets=safelight.sharing.posts.sheets(post, wish),
        framings=safelight.sharing.posts.framings(post, wish),
        people=safelight.sharing.posts.known_people(post),
        ways=_WAYS,
        post=post,
        whole=whole,
        videos=len(whole.photos) - len(post.photos),
        wish=wish,
        shapes=_SHAPES,
        carried=[(key, value) for key, value in form.multi_items() if key in _CARRIED],
        past=field(form, "past"),
        ahead=field(form, "ahead"),
        text=post_text(post),
        query=as_query(wish),
        gpc=says_gpc(request),
    )


@router.post("/set/zip")
def share_set(request: Request, safelight: Library, form: Form) -> Response:
    """The yes to a whole post: one file, under a name that tells nothing."""
    post = without_videos(safelight, read_post(form))
    shared = safelight.sharing.posts.share(post, _post_wish(request, form))
    return Response(
        shared.content,
        media_type="application/zip",
        headers={"content-disposition": 'attachment; filename="post.zip"'},
        background=BackgroundTask(safelight.sharing.posts.handed_over, shared),
    )


@router.post("/set/text")
def share_text(safelight: Library, form: Form) -> Response:
    """Only the person's own words, as they were sent."""
    return Response(
        post_text(without_videos(safelight, read_post(form))),
        media_type="text/plain; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="post.txt"'},
    )


def without_videos(safelight: Safelight, post: Post) -> Post:
    """The photos of a story: its videos leave by themselves, each in the shape that it has."""
    rows = safelight.rows([photo.asset for photo in post.photos])
    videos = {row.id for row in rows if row.kind is AssetKind.VIDEO}
    return replace(post, photos=tuple(p for p in post.photos if p.asset not in videos))


def _post_wish(request: Request, form: FormData) -> ShareWish:
    """The choices of the form; from the composer, in the shape of its collage."""
    wish = read_wish(form, gpc=says_gpc(request))
    shape = wish.shape if wish.shape in POST_EDGES else read_shape(field(form, "format"))
    shape = shape if shape in POST_EDGES else PostShape.PORTRAIT
    return replace(wish, shape=shape, edge=POST_EDGES[shape], media_type="image/jpeg")


@router.post("/{name}")
def share(request: Request, safelight: Library, name: str, form: Form) -> Response:
    """The yes: the file, under a name that tells nothing."""
    subject = safelight.sharing.subject(name)
    wish = read_wish(form, gpc=says_gpc(request))
    crop = read_crop(field(form, f"{CROP}{name}"))  # of one photo of a post
    shared = safelight.sharing.share(subject, replace(wish, crop=crop))
    return Response(
        shared.content,
        media_type=shared.media_type,
        headers={"content-disposition": f'attachment; filename="{shared.name}"'},
        background=BackgroundTask(safelight.sharing.handed_over, shared),
    )
