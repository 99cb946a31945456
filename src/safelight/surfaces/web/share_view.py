"""How somebody wants to share, as a form or an address says it."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from starlette.datastructures import FormData, QueryParams

from safelight.app.sharing import SIZES
from safelight.app.sharing.posting import POST_EDGES
from safelight.model.sharing import (
    CoverArea,
    Covering,
    Crop,
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
CROP = "crop-"
"""How the fields that hold crops begin; the photo's id follows."""
_WHOLE = "whole"
_CROP = re.compile(r"([01](?:\.\d{1,6})?),([01](?:\.\d{1,6})?),(\d(?:\.\d{1,6})?)")


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
        sound="silent" not in values,
        no_training="undeclared" not in values if gpc else "declare" in values,
        shape=shape,
        crop=read_crop(_text(values, "crop")),
    )


def read_shape(name: str) -> PostShape:
    """The shape of that name; a photo's own where there is none."""
    return PostShape(name) if name in set(PostShape) else PostShape.OWN


def read_post(form: FormData) -> Post:
    """The photos in their order, each with its caption and its crop, and the text."""
    names = dict.fromkeys(value for value in form.getlist("photo") if isinstance(value, str))
    photos = (
        PostPhoto(
            name,
            _text(form, f"caption-{name}")[:MOST_CAPTION],
            read_crop(_text(form, f"{CROP}{name}")),
        )
        for name in names
    )
    return Post(tuple(photos), _text(form, "post")[:MOST_TEXT])


def read_crop(text: str) -> Crop | None:
    """A crop as `crop_text` writes it; None, which is the usual one, for all else."""
    if text == _WHOLE:
        return Crop(whole=True)
    found = _CROP.fullmatch(text)
    if found is None:
        return None
    x, y, zoom = map(float, found.groups())
    return Crop(x, y, zoom)


def crop_text(crop: Crop) -> str:
    """A crop as a form or an address carries it: middle and zoom, or that it is whole."""
    return _WHOLE if crop.whole else f"{crop.x:.4f},{crop.y:.4f},{crop.zoom:.3f}"


def as_query(wish: ShareWish) -> str:
    """The address query of a wish, for the picture of how it will look."""
    size = "" if wish.shape in POST_EDGES else size_name(wish)
    kind = next(name for name, media_type in FORMATS.items() if media_type == wish.media_type)
    pairs = [("asked", "1"), ("size", size), ("format", kind), ("people", wish.covering.value)]
    pairs += [("bodies", "1")] if wish.area is CoverArea.BODIES else []
    pairs += [("keep", person) for person in wish.keep]
    pairs += [("ai", "1")] if wish.ai_label else []
    pairs += [("shape", wish.shape.value)] if wish.shape in POST_EDGES else []
    pairs += [("crop", crop_text(wish.crop))] if wish.crop is not None else []
    return urlencode(pairs)


def size_name(wish: ShareWish) -> str:
    """The name of the chosen size."""
    return next((name for name, edge in SIZES.items() if edge == wish.edge), "medium")


def _text(values: QueryParams | FormData, name: str) -> str:
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


def _kept(values: QueryParams | FormData) -> tuple[str, ...]:
    return tuple(value for value in values.getlist("keep") if isinstance(value, str))
