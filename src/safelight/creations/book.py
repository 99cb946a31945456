"""Pages for print: a photo page, a small book, a contact sheet, as plans and as one PDF."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from PIL import Image

from safelight.creations.collage import Sheet, contact_sheet, find_format, plans_in
from safelight.model.creations import CollagePlan, Ingredient

KINDS = ("book", "page", "contact")
"""A cover and pages of a few photos; one page of all; small pictures in rows, all whole."""
_A_PAGE = 4
_A_SHEET = 30
_NEVER = time.gmtime(0)
"""The time of making is not written: the same pages give the same file."""


def pages(
    kind: str, photos: Sequence[Ingredient], title: str | None, subtitle: str | None
) -> list[CollagePlan]:
    """The pages of a print, A4.

    Args:
        kind: one of `KINDS`.
        photos: oldest first.
    """
    if kind == "contact":
        parts = _parts(photos, _A_SHEET)
        return [contact_sheet(_sheet(part, title, subtitle)) for part in parts]
    if kind == "page":
        return [_page(part, title, subtitle, "mosaic") for part in _parts(photos, _A_SHEET)]
    cover = max(photos, key=lambda photo: photo.weight)
    rest = [photo for photo in photos if photo is not cover] or list(photos)
    inside = [_page(part, None, None, "mosaic") for part in _spread(rest, _A_PAGE)]
    return [_page([cover], title, subtitle, "mosaic"), *inside]


def pdf(plans: Iterable[CollagePlan], draw: Callable[[CollagePlan], bytes], dpi: int) -> bytes:
    """One PDF of pages drawn one after the other, so that only one is in memory.

    Args:
        draw: gives a page as a JPEG or PNG.
        dpi: dots per inch at which the pages were drawn.
    """

    def drawn() -> Iterator[Image.Image]:
        for plan in plans:
            with Image.open(io.BytesIO(draw(plan))) as page:
                yield page.convert("RGB")

    out = io.BytesIO()
    following = drawn()
    first = next(following)
    first.save(
        out,
        "PDF",
        save_all=True,
        append_images=following,
        resolution=dpi,
        quality=90,
        title="",
        producer="Safelight",
        creationDate=_NEVER,
        modDate=_NEVER,
    )
    return out.getvalue()


def _page(
    photos: Sequence[Ingredient], title: str | None, subtitle: str | None, style: str
) -> CollagePlan:
    return plans_in(style, _sheet(photos, title, subtitle), 1)[0]


def _sheet(photos: Sequence[Ingredient], title: str | None, subtitle: str | None) -> Sheet:
    paper = find_format("a4")
    return Sheet(list(photos), paper.width, paper.height, title, subtitle)


def _parts(photos: Sequence[Ingredient], most: int) -> list[Sequence[Ingredient]]:
    return [photos[start : start + most] for start in range(0, len(photos), most)]


def _spread(photos: Sequence[Ingredient], usual: int) -> list[Sequence[Ingredient]]:
    """Parts of nearly the same size: no page with one photo left over."""
    count = max(1, round(len(photos) / usual))
    edges = [round(number * len(photos) / count) for number in range(count + 1)]
    return [photos[a:b] for a, b in pairwise(edges) if b > a]
