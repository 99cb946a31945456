"""HEIC pictures as phones write them: a grid of HEVC tiles, by an FFmpeg that has libx265."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

_START_CODE = b"\0\0\1"
_PARAMETERS = (32, 33, 34)
"""Types of units that say how to decode: of the video, the sequence, the picture."""


def encode_tiles(program: str, pixels: NDArray[Any], tile: int, colours: str) -> list[list[bytes]]:
    """HEVC of each tile in reading order, as units without start codes, parameters first.

    Args:
        program: FFmpeg, with libx265.
        pixels: (height, width, 3) uint8; both sides are multiples of `tile`.
        colours: how they are stored, "full" or "limited" levels.
    """
    rows, columns = pixels.shape[0] // tile, pixels.shape[1] // tile
    cut = pixels.reshape(rows, tile, columns, tile, 3).swapaxes(1, 2).reshape(-1, tile, tile, 3)
    levels = "pc" if colours == "full" else "tv"
    command = [
        program, "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{tile}x{tile}",
        "-i", "-", "-vf", f"scale=out_range={levels}:out_color_matrix=bt601,format=yuv420p",
        "-color_range", levels, "-c:v", "libx265", "-preset", "ultrafast", "-x265-params",
        "keyint=1:crf=8:log-level=none:repeat-headers=1:info=0", "-f", "hevc", "-",
    ]  # fmt: skip
    done = subprocess.run(command, input=cut.tobytes(), capture_output=True, check=True)
    stream = done.stdout
    units = [unit.rstrip(b"\0") for unit in stream.split(_START_CODE) if unit.strip(b"\0")]
    return _by_picture(units)


def write_heic(
    tiles: Sequence[Sequence[bytes]],
    columns: int,
    tile: int,
    size: tuple[int, int],
    *,
    properties: Sequence[bytes] = (),
    of_tiles: bool = False,
) -> bytes:
    """Put tiles together to a file.

    Args:
        tiles: units of each, from `encode_tiles`.
        size: width and height of the whole; the last tiles may reach beyond.
        properties: boxes that say more of the whole, such as `turned(1)`.
        of_tiles: whether they are said of each tile as well.
    """
    count = len(tiles)
    record = _record([unit for unit in tiles[0] if _kind(unit) in _PARAMETERS])
    bodies = [_lengths(u for u in units if _kind(u) not in _PARAMETERS) for units in tiles]
    grid = struct.pack(">BBBBHH", 0, 0, count // columns - 1, columns - 1, *size)
    shared = [record, _size(tile, tile), _size(*size), *properties]
    more = range(4, 4 + len(properties))
    tile_says = [0x81, 2, *(more if of_tiles else ())]
    of_tile = bytes([len(tile_says), *tile_says])
    of_grid = bytes([1 + len(more), 3, *more])
    said = b"".join(struct.pack(">H", n + 1) + of_tile for n in range(count))
    said += struct.pack(">H", count + 1) + of_grid
    entries = b"".join(_entry(n + 1, b"hvc1", hidden=True) for n in range(count))
    entries += _entry(count + 1, b"grid")
    made_of = struct.pack(f">HH{count}H", count + 1, count, *range(1, count + 1))
    start = _box(b"ftyp", b"heic", bytes(4), b"mif1heic")

    def meta(first: int) -> bytes:
        places = [(first + sum(map(len, bodies[:n])), len(bodies[n])) for n in range(count)]
        return _box(
            b"meta",
            bytes(4),
            _box(b"hdlr", bytes(8), b"pict", bytes(13)),
            _box(b"pitm", bytes(4), struct.pack(">H", count + 1)),
            _box(b"iloc", _locations(places, len(grid))),
            _box(b"iinf", bytes(4), struct.pack(">H", count + 1), entries),
            _box(b"iref", bytes(4), _box(b"dimg", made_of)),
            _box(
                b"iprp",
                _box(b"ipco", *shared),
                _box(b"ipma", bytes(4), struct.pack(">I", count + 1), said),
            ),
            _box(b"idat", grid),
        )

    first = len(start) + len(meta(0)) + 8
    return start + meta(first) + _box(b"mdat", *bodies)


def turned(quarters: int) -> bytes:
    """Says that the picture is to be turned by so many quarters against the clock."""
    return _box(b"irot", bytes([quarters]))


def mirrored(axis: int) -> bytes:
    """Says that the picture is to be mirrored."""
    return _box(b"imir", bytes([axis]))


def coloured(matrix: int, *, full: bool) -> bytes:
    """Says how colours are stored (ISO/IEC 23091-2): by which matrix, and whether in all levels."""
    return _box(b"colr", b"nclx", struct.pack(">HHHB", 1, 13, matrix, full << 7))


def _by_picture(units: Sequence[bytes]) -> list[list[bytes]]:
    pictures: list[list[bytes]] = [[]]
    for unit in units:
        if _kind(unit) == _PARAMETERS[0] and pictures[-1]:
            pictures.append([])
        pictures[-1].append(unit)
    return pictures


def _kind(unit: bytes) -> int:
    return unit[0] >> 1 & 63


def _record(parameters: Sequence[bytes]) -> bytes:
    """The decoder's record (ISO/IEC 14496-15, 8.3.3.1) for 8 bits and halved colours."""
    profile = parameters[1][3:15]
    head = b"\1" + profile + b"\xf0\0\xfc\xfd\xf8\xf8\0\0\x0f" + bytes([len(parameters)])
    arrays = [struct.pack(">BHH", 0x80 | _kind(unit), 1, len(unit)) + unit for unit in parameters]
    return _box(b"hvcC", head, *arrays)


def _lengths(units: Any) -> bytes:
    return b"".join(struct.pack(">I", len(unit)) + unit for unit in units)


def _size(width: int, height: int) -> bytes:
    return _box(b"ispe", bytes(4), struct.pack(">II", width, height))


def _entry(number: int, kind: bytes, *, hidden: bool = False) -> bytes:
    return _box(b"infe", bytes([2, 0, 0, hidden]), struct.pack(">HH", number, 0), kind, b"\0")


def _locations(places: Sequence[tuple[int, int]], grid: int) -> bytes:
    rows = [(n + 1, 0, *place) for n, place in enumerate(places)] + [(len(places) + 1, 1, 0, grid)]
    head = b"\1\0\0\0" + b"\x44\0" + struct.pack(">H", len(rows))
    return head + b"".join(
        struct.pack(">HHHHII", number, inside, 0, 1, at, length)
        for number, inside, at, length in rows
    )


def _box(kind: bytes, *content: bytes) -> bytes:
    whole = b"".join(content)
    return struct.pack(">I", 8 + len(whole)) + kind + whole
