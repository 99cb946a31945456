"""Drawing a plan: pixels in, an encoded picture out. Same inputs, same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from PIL import Image, ImageDraw

from safelight.creations.collage.ornaments import draw_ornaments, paste_turned
from safelight.creations.collage.titles import draw_title
from safelight.creations.encoding import SCREEN_DPI, TYPES, encode
from safelight.model.creations import Box, Cell, CollagePlan, Cut, Pixels
from safelight.model.errors import RenderError

_THREADS = 2


def render(
    plan: CollagePlan,
    pictures: Mapping[str, Pixels],
    *,
    scale: float = 1.0,
    media_type: str = "image/jpeg",
    quality: int = 92,
    dpi: int | None = None,
    cut: bool = False,
) -> bytes:
    """Draw a plan at `scale` times its canvas and encode it, in sRGB, with no other metadata.

    Args:
        pictures: upright copies by asset, of any size.
        cut: the copies are what `cuts_of` asks for, not whole pictures.
        media_type: image/jpeg, image/png or image/webp.
        quality: 1 to 100, where the type has one.
        dpi: dots per inch to write into the file, 96 where None; WebP has no place for it.

    Raises:
        RenderError: a picture is missing or damaged, or the type is unknown.
    """
    if media_type not in TYPES:
        raise RenderError(f"a collage cannot be written as {media_type}")
    size = (max(1, round(plan.width * scale)), max(1, round(plan.height * scale)))
    canvas = Image.new("RGB", size, plan.background)
    if any(cell.asset not in pictures for cell in plan.cells):
        raise RenderError("a photo of this collage is missing")

    draw_ornaments(canvas, plan, scale)
    for cell, tile in zip(plan.cells, _tiles(plan, pictures, scale, cut=cut), strict=True):
        _paste(canvas, cell, tile, scale)
    if plan.title and plan.title_box:
        draw_title(ImageDraw.Draw(canvas), plan, scale)
    return encode(canvas, media_type, quality, dpi or SCREEN_DPI)


def _tiles(
    plan: CollagePlan, pictures: Mapping[str, Pixels], scale: float, *, cut: bool
) -> list[Image.Image]:
    """What each cell shows, at its size."""
    sizes = [_size(cell.placed, scale) for cell in plan.cells]
    copies = [pictures[cell.asset] for cell in plan.cells]
    if cut:
        return list(map(_as_it_is, copies, sizes))
    with ThreadPoolExecutor(_THREADS) as pool:  # resampling runs outside the interpreter's lock
        return list(pool.map(_tile, plan.cells, copies, sizes))


def _paste(canvas: Image.Image, cell: Cell, tile: Image.Image, scale: float) -> None:
    if cell.angle == 0:
        canvas.paste(tile, _corners(cell.placed, scale)[:2])
        return
    box = cell.placed
    centre = ((box.x + box.width / 2) * scale, (box.y + box.height / 2) * scale)
    paste_turned(canvas, tile, centre, cell.angle)


def cuts_of(plan: CollagePlan, scale: float = 1.0) -> dict[str, Cut]:
    """What of each whole picture is to be decoded, and how large: what its cell shows, no more."""
    found = {}
    for cell in plan.cells:
        width, height = _full_size(cell)
        s = cell.source
        window = Box(s.x / width, s.y / height, s.width / width, s.height / height)
        found[cell.asset] = Cut(window, *_size(cell.placed, scale))
    return found


def _full_size(cell: Cell) -> tuple[float, float]:
    if cell.size != (0, 0):
        return cell.size
    return cell.source.x + cell.source.width, cell.source.y + cell.source.height


def _size(box: Box, scale: float) -> tuple[int, int]:
    left, top, right, bottom = _corners(box, scale)
    return right - left, bottom - top


def _as_it_is(pixels: Pixels, size: tuple[int, int]) -> Image.Image:
    if (pixels.width, pixels.height) != size:
        raise RenderError("a photo of this collage was cut for another place")
    return _opened(pixels)


def _opened(pixels: Pixels) -> Image.Image:
    try:
        return Image.frombuffer("RGB", (pixels.width, pixels.height), pixels.rgb)
    except ValueError as error:
        raise RenderError("a photo of this collage is damaged") from error


def _corners(box: Box, scale: float) -> tuple[int, int, int, int]:
    # Each edge is rounded by itself, so that cells that align still align at any scale.
    left, top = round(box.x * scale), round(box.y * scale)
    right, bottom = round((box.x + box.width) * scale), round((box.y + box.height) * scale)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _tile(cell: Cell, pixels: Pixels, size: tuple[int, int]) -> Image.Image:
    image = _opened(pixels)
    full_width, full_height = cell.size if cell.size != (0, 0) else image.size
    across, down = image.width / full_width, image.height / full_height
    source = cell.source
    window = (
        max(0.0, source.x * across),
        max(0.0, source.y * down),
        min(float(image.width), (source.x + source.width) * across),
        min(float(image.height), (source.y + source.height) * down),
    )
    if window[2] - window[0] < 1e-3 or window[3] - window[1] < 1e-3:
        raise RenderError("a cell of this collage lies outside its photo")
    return image.resize(size, Image.Resampling.LANCZOS, box=window, reducing_gap=3.0)
