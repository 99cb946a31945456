"""How somebody wants to share, as a form or an address says it."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.datastructures import FormData, QueryParams

from safelight.app.sharing import SIZES
from safelight.app.sharing.posting import POST_EDGES
from safelight.model.sharing import (
    CoverArea,
    Covering,
    Post,
    PostPhoto,
    PostShape,
    ShareWish,
)

FORMATS = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
}
_USUAL = ShareWish()
MOST_TEXT = 2200
MOST_CAPTION = 300


def read_wish(values: QueryParams | FormData, *, gpc: bool = False) -> ShareWish:
    """The choices of the form; the usual ones where it was not sent yet.

    Args:
        gpc: the browser sends Global Privacy Control, so the statement against training is left
            out only where that very thing was asked for, not where its box is merely missing.
    """
    if "asked" not in values:
        return _USUAL
    covering = _text(values, "people")
    shape = read_shape(_text(values, "shape"))
    return ShareWish(
        media_type=FORMATS.get(_text(values, "format"), _USUAL.media_type),
        edge=SIZES.get(_text(values, "size"), POST_EDGES.get(shape, _USUAL.edge)),
        covering=Covering(covering) if covering in set(Covering) else Covering.NONE,
        area=CoverArea.BODIES if "bodies" in values else CoverArea.FACES,
        keep=_kept(values) if covering in ("solid", "mosaic") and "bodies" not in values else (),
        caption="caption" in values,
        ai_label="ai" in values,
        sign="sign" in values,
        no_training="undeclared" not in values if gpc else "declare" in values,
        shape=shape,
    )


def read_shape(name: str) -> PostShape:
    """The shape of that name; a photo's own where there is none."""
    return PostShape(name) if name in set(PostShape) else PostShape.OWN


def read_post(form: FormData) -> Post:
    """The photos in their order, each with its caption, and the text."""
    names = dict.fromkeys(value for value in form.getlist("photo") if isinstance(value, str))
    photos = (PostPhoto(name, _text(form, f"caption-{name}")[:MOST_CAPTION]) for name in names)
    return Post(tuple(photos), _text(form, "post")[:MOST_TEXT])


def as_query(wish: ShareWish) -> str:
    """The address query of a wish, for the picture of how it will look."""
    size = "" if wish.shape in POST_EDGES else size_name(wish)
    kind = next(name for name, media_type in FORMATS.items() if media_type == wish.media_type)
    pairs = [("asked", "1"), ("size", size), ("format", kind), ("people", wish.covering.value)]
    pairs += [("bodies", "1")] if wish.area is CoverArea.BODIES else []
    pairs += [("keep", person) for person in wish.keep]
    pairs += [("ai", "1")] if wish.ai_label else []
    pairs += [("shape", wish.shape.value)] if wish.shape in POST_EDGES else []
    return urlencode(pairs)


def size_name(wish: ShareWish) -> str:
    """The name of the chosen size."""
    return next((name for name, edge in SIZES.items() if edge == wish.edge), "medium")


def _text(values: QueryParams | FormData, name: str) -> str:
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


def _kept(values: QueryParams | FormData) -> tuple[str, ...]:
    return tuple(value for value in values.getlist("keep") if isinstance(value, str))
