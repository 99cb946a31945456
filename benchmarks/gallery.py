"""Draws the pictures of docs/gallery.md.

    PYTHONPATH=benchmarks/accuracy python benchmarks/gallery.py [--photos DIR] [--out DIR]
        [--only collage]

The photos are one photographer's road trip (MIT, see the page): landscapes and animals, nobody in
them. The same nine also go through Debian's PhotoCollage, whose own layout is drawn here, and
through ImageMagick's montage as it is by default; both are left out where they are not installed.
Everything is drawn by the code that the app runs; nothing is retouched afterwards.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from collage_crops import PhotoCollage
from photos import ROOT
from PIL import Image, ImageOps

from safelight.creations.collage import (
    Sheet,
    arrange,
    borders,
    find_format,
    plans_in,
    render,
)
from safelight.creations.enhance import assess, enhance
from safelight.creations.enlarge import enlarge
from safelight.creations.film import compose, draw_frames, find_encoder, plan_film
from safelight.creations.interest import find_focus
from safelight.creations.restyle import LOOKS, develop, paint, works
from safelight.model.arrangement import AS_LAID_OUT, Arrangement, Crop
from safelight.model.creations import Ingredient, Pixels, Waypoint

NINE = (
    *("IMG_1252", "IMG_5910", "IMG_6220", "IMG_6368", "IMG_8751"),
    *("IMG_8808", "IMG_8994", "IMG_9398-2", "IMG_9516"),
)
"""Bridge, squirrel, dome, fall, canyon, arch, slot, bears and fox, in the order of their names."""
JOURNEY = (
    Waypoint(37.87, -122.26, "Berkeley"),
    Waypoint(37.75, -119.52, "Yosemite"),
    Waypoint(38.53, -109.56, "Moab"),
    Waypoint(35.25, -112.15, "Williams"),
)
"""The places that the photos' own coordinates name."""
SHAPES = {"poster": "portrait", "postcard": "landscape", "polaroid": "landscape"}
"""Formats of collages that are not square."""
PAINTED = ("wave", "snow", "village", "composition")
_EDGE, _ROW, _MOST_BYTES = 900, 1200, 49_000


def photo(path: Path, edge: int = 1600) -> Image.Image:
    """A photo upright, in RGB, at most `edge` pixels long."""
    with Image.open(path) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    upright.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return upright


def as_pixels(picture: Image.Image) -> Pixels:
    """As makers take it."""
    return Pixels(picture.width, picture.height, picture.tobytes())


def as_picture(made: Pixels) -> Image.Image:
    """What a maker gave."""
    return Image.frombytes("RGB", (made.width, made.height), made.rgb)


def ingredient(name: str, shot: Image.Image) -> Ingredient:
    """A photo as layouts see it, as large as phones make them."""
    scale = 4000 / max(shot.size)
    small = shot.copy()
    small.thumbnail((256, 256))
    size = (round(shot.width * scale), round(shot.height * scale))
    return Ingredient(name, *size, find_focus(as_pixels(small)))


def collage(shots: Mapping[str, Image.Image], style: str, *, titled: bool = True) -> Image.Image:
    """The best collage of some photos in a style."""
    shape = find_format(SHAPES.get(style, "square"))
    sheet = Sheet(
        [ingredient(name, shot) for name, shot in shots.items()],
        shape.width,
        shape.height,
        title="The West" if titled else None,
        subtitle="2015" if titled else None,
        season="summer",
        route=JOURNEY,
    )
    plan = plans_in(style, sheet, 1)[0]
    copies = {name: as_pixels(shot) for name, shot in shots.items()}
    return Image.open(io.BytesIO(render(plan, copies, scale=1200 / plan.width))).convert("RGB")


def photocollage(shots: Sequence[Image.Image]) -> Image.Image | None:
    """PhotoCollage's first layout for a square page, drawn as it would."""
    program = PhotoCollage()
    laid = program.lay_out([shot.size for shot in shots], 1.0, 1)
    program.running.terminate()
    program.running.communicate()
    if laid is None:
        return None
    page = Image.new("RGB", (1200, round(1200 * float(str(laid["ratio"])))), "white")
    cells = laid["cells"]
    assert isinstance(cells, list)
    across = max(x + w for _, _, _, (x, _, w, _) in cells)
    for index, (left, top, wide, high), _, (x, y, w, h) in cells:
        shot, by = shots[index], 1200 / across
        part = (left * shot.width, top * shot.height)
        box = (*part, part[0] + wide * shot.width, part[1] + high * shot.height)
        corner, size = (round(x * by), round(y * by)), (round((x + w) * by), round((y + h) * by))
        tile = shot.resize((size[0] - corner[0], size[1] - corner[1]), box=box)
        page.paste(tile, corner)
    return page


def montage(shots: Sequence[Image.Image]) -> Image.Image | None:
    """ImageMagick's montage of nine, as it comes, with larger tiles."""
    if shutil.which("montage") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.png" for number in range(len(shots))]
        for path, shot in zip(paths, shots, strict=True):
            shot.save(path)
        out = Path(folder) / "out.png"
        command = ["montage", *map(str, paths), "-geometry", "390x390+5+5", str(out)]
        subprocess.run(command, check=True)
        return Image.open(out).convert("RGB")


def beside(*pictures: Image.Image) -> Image.Image:
    """Pictures of one size beside each other."""
    width = pictures[0].width + 12
    row = Image.new("RGB", (len(pictures) * width - 12, pictures[0].height), "white")
    for number, picture in enumerate(pictures):
        row.paste(picture, (number * width, 0))
    return row


def spoilt(shot: Image.Image, *shares: float) -> Image.Image:
    """A photo under light of another colour."""
    return shot.point([round(n * share) for share in shares for n in range(256)])


def enhanced(shot: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """A photo as it is, and spoilt on purpose, each before, after a plain automatic contrast, and
    enhanced.
    """
    dark = shot.point([round(255 * (n / 255) ** 1.9 * 0.62) for n in range(256)] * 3)
    for name, before in (
        ("as-it-was", shot),
        ("too-dark", dark),
        ("tinted", spoilt(shot, 1.0, 0.87, 0.62)),
        ("cool", spoilt(shot, 0.78, 0.93, 1.0)),
    ):
        pixels = as_pixels(before)
        stretched = ImageOps.autocontrast(before, cutoff=0.5)
        better = as_picture(enhance(pixels, assess(pixels)))
        yield f"enhance-{name}", beside(before, stretched, better)


def larger(shot: Image.Image) -> Image.Image:
    """A part of a photo twice as large: resampled, and as the app makes it."""
    x, y = shot.width // 2 - 110, shot.height // 2 - 80
    part = shot.crop((x, y, x + 220, y + 160))
    size = (2 * part.width, 2 * part.height)
    resampled = part.resize(size, Image.Resampling.LANCZOS)
    return beside(resampled, as_picture(enlarge(as_pixels(part))))


def film(shots: Mapping[str, Image.Image]) -> Image.Image | None:
    """Four moments of a film, as its file holds them."""
    encoder, program = find_encoder(), shutil.which("ffmpeg")
    if encoder is None or program is None:
        return None
    shape, seconds = (1080, 1920), 10.0
    photos = [ingredient(name, shot) for name, shot in shots.items()]
    track = compose("bright", seconds)
    words = ("The West", "2015")
    plan = plan_film(photos, shape, seconds, track.beats, mood="bright", words=words)
    frames = draw_frames(plan, lambda take: as_pixels(shots[take.asset]))
    content = encoder.encode(frames, round(seconds * 30), shape, track.sound, lambda _: None)
    strip = Image.new("RGB", (4 * 300 + 3 * 12, 533), "white")
    with tempfile.TemporaryDirectory() as folder:
        path, still = Path(folder) / "film.mp4", Path(folder) / "still.png"
        path.write_bytes(content)
        for number, moment in enumerate((1.2, 3.4, 5.6, 7.8)):
            cut = ["-y", "-v", "error", "-ss", str(moment), "-i", str(path), "-frames:v", "1"]
            subprocess.run([program, *cut, str(still)], check=True)
            strip.paste(photo(still).resize((300, 533)), (number * 312, 0))
    return strip


def changed(shots: Mapping[str, Image.Image]) -> Image.Image:
    """A collage as it was laid out, and as a person changed it: two photos in each other's places,
    the squirrel zoomed, a border moved.
    """
    items = {name: ingredient(name, shot) for name, shot in shots.items()}
    plan = plans_in("mosaic", Sheet(tuple(items.values()), 2048, 2048), 1)[0]
    seats = [cell.asset for cell in plan.cells]
    one, other = seats.index("IMG_8994"), seats.index("IMG_9516")
    seats[one], seats[other] = seats[other], seats[one]
    border = max(borders(plan, AS_LAID_OUT), key=lambda each: each.box.width * each.box.height)
    wanted = Arrangement(tuple(seats)).with_crop("IMG_5910", Crop(1.7, 0.52, 0.5))
    wanted = wanted.with_border(border.name, border.at + 0.35 * (border.high - border.at))
    copies = {name: as_pixels(shot) for name, shot in shots.items()}
    before, after = (
        Image.open(io.BytesIO(render(each, copies, scale=0.4))).convert("RGB")
        for each in (plan, arrange(plan, items, wanted))
    )
    return beside(before, after)


def drawn(folder: Path) -> Iterator[tuple[str, Image.Image | None]]:
    """Every picture of the page, by name."""
    shots = {name: photo(folder / f"{name}.jpg") for name in NINE}
    yield from collages(shots)
    bridge = as_pixels(photo(folder / "IMG_1252.jpg", 1024))
    for look in LOOKS:
        yield f"look-{look}", as_picture(develop(bridge, look, strength=1.0, seed=0))
    for work in PAINTED:
        yield f"painted-{work}", as_picture(paint(bridge, works()[work].style, strength=0.9))
    yield from enhanced(photo(folder / "IMG_9516.jpg", 620))
    yield "larger", larger(photo(folder / "IMG_5910.jpg", 900))
    yield "film", film(shots)


def collages(shots: Mapping[str, Image.Image]) -> Iterator[tuple[str, Image.Image | None]]:
    """The pictures of collages, and what others make of the same photos."""
    for style in ("mosaic", "dark", "grid", "polaroid", "film-strip", "poster"):
        yield f"collage-{style}", collage(shots, style)
    yield "collage-seasonal", collage(shots, "seasonal")
    yield "collage-postcard", collage(dict(list(shots.items())[:5]), "postcard")
    yield "nine-safelight", collage(shots, "mosaic", titled=False)
    yield "nine-photocollage", photocollage(list(shots.values()))
    yield "nine-montage", montage(list(shots.values()))
    yield "changed", changed(shots)


def save(picture: Image.Image, path: Path, edge: int) -> None:
    """A JPEG of at most `edge` pixels, as good as fits."""
    picture.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    for quality in range(84, 40, -4):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= _MOST_BYTES:
            break
    path.write_bytes(out.getvalue())
    print(f"{path.name:<28} {picture.width}x{picture.height} {out.tell() / 1000:.0f} kB")


def main() -> None:
    """Draw every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, default=ROOT / "trip-usa-2015")
    parser.add_argument("--out", type=Path, default=Path("docs/images/gallery"))
    parser.add_argument("--only", choices=["collage"])
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    shots = {name: photo(given.photos / f"{name}.jpg") for name in NINE}
    for name, picture in collages(shots) if given.only else drawn(given.photos):
        if picture is None:
            print(f"{name:<28} left out: its program is not installed")
            continue
        wide = name.startswith(("film", "larger", "changed"))
        small = name.startswith(("look", "painted"))
        edge = _ROW if name.startswith("enhance") else _EDGE if wide else 480 if small else 640
        save(picture, given.out / f"{name}.jpg", edge)


if __name__ == "__main__":
    main()
