"""What a HEIC picture of a phone is made of: a grid of tiles, each an HEVC picture of its own.

Layout: ISO/IEC 23008-12, 6.6.2.3.2 (grid) and ISO/IEC 14496-12, 8.11 (`meta` and the boxes in it).
Only what phones write is understood; everything else is left to libheif.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safelight.library.reading.isobmff import Box, boxes, find

_START_CODE = b"\0\0\0\1"
_MOST_TILES = 4096
_HARMLESS = {b"ispe", b"pixi", b"colr", b"clli", b"mdcv", b"irot"}
"""What may be said of the whole: its size, its colours, its turn."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A picture in tiles.

    Attributes:
        rows, columns: of tiles.
        width, height: pixels, before it is turned; the last tiles may reach beyond.
        turns: quarter turns against the clock that make it upright.
        film: the tiles in reading order, as HEVC's byte stream (ITU-T H.265, annex B).
        main: where the file says which of its pictures is the main one.
        tiles: number and place of entry of each tile.
    """

    rows: int
    columns: int
    width: int
    height: int
    turns: int
    film: bytes
    main: slice
    tiles: tuple[tuple[int, int], ...]

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height once it is turned."""
        return (self.height, self.width) if self.turns % 2 else (self.width, self.height)

    def lone(self, data: bytes, tile: int) -> bytes:
        """The same file, in which one tile is the main picture."""
        number, entry = self.tiles[tile]
        changed = bytearray(data)
        changed[self.main] = number.to_bytes(self.main.stop - self.main.start, "big")
        changed[entry + 3] &= 0xFE  # hidden is what no file has for its main picture
        return bytes(changed)


class _Numbers:
    """Reads numbers one after the other."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data = data
        self.at = at

    def next(self, width: int) -> int:
        """An unsigned number of so many bytes.

        Raises:
            IndexError: the data end before.
        """
        found = self.data[self.at : self.at + width]
        if len(found) < width:
            raise IndexError(self.at)
        self.at += width
        return int.from_bytes(found, "big")


class _Pictures:
    """The pictures in a file by their numbers: what they are, where they lie, what is said of them.

    Raises:
        KeyError, IndexError, StopIteration, ValueError: a box is missing or damaged.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        meta = next(find(data, b"meta"))
        self.meta = Box(meta.kind, meta.start + 4, meta.end)
        self.within = {box.kind: box for box in boxes(data, self.meta.start, self.meta.end)}
        main = self.within[b"pitm"]
        self.main = slice(main.start + 4, main.start + (8 if data[main.start] else 6))
        self.entries = dict(self._entries())
        self.extents = dict(self._extents())
        shared = next(find(data, b"iprp", b"ipco", within=self.meta))
        self._shared = list(boxes(data, shared.start, shared.end))
        self._said = dict(self._associations())

    @property
    def main_number(self) -> int:
        """The picture to show."""
        return int.from_bytes(self.data[self.main], "big")

    def kind(self, number: int) -> bytes:
        """Four letters: "grid", "hvc1", …"""
        at = self.entries[number] + (8 if self.data[self.entries[number]] == 2 else 10)
        return self.data[at : at + 4]

    def content(self, number: int) -> bytes:
        """The bytes of a picture, wherever they lie."""
        return b"".join(self.data[start:end] for start, end in self.extents[number])

    def said(self, number: int) -> list[Box]:
        """What is said of a picture: its properties."""
        return [self._shared[index - 1] for index in self._said[number] if index]

    def colours(self, number: int) -> list[bytes]:
        """How the colours of a picture are stored, where that is said beside its data."""
        found = [self.data[b.start : b.end] for b in self.said(number) if b.kind == b"colr"]
        return [each for each in found if each[:4] == b"nclx"]

    def made_of(self, number: int) -> list[int]:
        """The pictures that one is put together from; nothing may be laid over it."""
        box = self.within[b"iref"]
        width = 4 if self.data[box.start] else 2
        found: list[int] = []
        for each in boxes(self.data, box.start + 4, box.end):
            numbers = _Numbers(self.data, each.start)
            source, count = numbers.next(width), numbers.next(2)
            if each.kind == b"dimg" and source == number:
                found = [numbers.next(width) for _ in range(count)]
        return found

    def _entries(self) -> Iterator[tuple[int, int]]:
        box = self.within[b"iinf"]
        for each in boxes(self.data, box.start + (8 if self.data[box.start] else 6), box.end):
            yield _Numbers(self.data, each.start + 4).next(_wide(self.data, each)), each.start

    def _extents(self) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        box = self.within[b"iloc"]
        numbers, version = _Numbers(self.data, box.start + 4), self.data[box.start]
        widths = numbers.next(2)
        of_at, of_length, of_base, of_index = (widths >> shift & 15 for shift in (12, 8, 4, 0))
        wide = 4 if version == 2 else 2
        for _ in range(numbers.next(wide)):
            number = numbers.next(wide)
            inside = numbers.next(2) & 15 if version else 0
            if inside > 1:
                raise ValueError("made of other pictures' bytes")
            numbers.next(2)
            base = numbers.next(of_base) + (self.within[b"idat"].start if inside else 0)
            found = []
            for _ in range(numbers.next(2)):
                numbers.next(of_index if version else 0)
                start = base + numbers.next(of_at)
                end = start + numbers.next(of_length)
                if end > len(self.data):
                    raise ValueError("cut short")
                found.append((start, end))
            yield number, found

    def _associations(self) -> Iterator[tuple[int, list[int]]]:
        box = next(find(self.data, b"iprp", b"ipma", within=self.meta))
        version, many = self.data[box.start], self.data[box.start + 3] & 1
        numbers = _Numbers(self.data, box.start + 4)
        for _ in range(numbers.next(4)):
            number = numbers.next(4 if version else 2)
            count = numbers.next(1)
            if many:
                yield number, [numbers.next(2) & 0x7FFF for _ in range(count)]
            else:
                yield number, [numbers.next(1) & 0x7F for _ in range(count)]


def read_grid(data: bytes) -> Grid | None:
    """Take a HEIC file apart; None where it is not a plain grid of 8-bit HEVC tiles."""
    try:
        return _grid(_Pictures(data))
    except (KeyError, IndexError, StopIteration, ValueError):
        return None


def _grid(pictures: _Pictures) -> Grid | None:
    main = pictures.main_number
    said = pictures.said(main)
    if pictures.kind(main) != b"grid" or not _HARMLESS.issuperset(box.kind for box in said):
        return None
    layout = _Numbers(pictures.content(main), 1)
    wide = 4 if layout.next(1) & 1 else 2
    rows, columns = layout.next(1) + 1, layout.next(1) + 1
    width, height = layout.next(wide), layout.next(wide)
    tiles = pictures.made_of(main)
    if len(tiles) != rows * columns or len(tiles) > _MOST_TILES:
        return None
    film = _film(pictures, tiles)
    if film is None:
        return None
    turns = sum(pictures.data[box.start] & 3 for box in said if box.kind == b"irot")
    entries = tuple((tile, pictures.entries[tile]) for tile in tiles)
    return Grid(rows, columns, width, height, turns, film, pictures.main, entries)


def _film(pictures: _Pictures, tiles: list[int]) -> bytes | None:
    """The tiles one behind the other, each with what its decoder must know before."""
    colours = pictures.colours(pictures.main_number)
    held = sum(end - start for tile in tiles for start, end in pictures.extents[tile])
    if held > len(pictures.data):  # a small file that claims to be a large one
        return None
    parts: list[bytes] = []
    known: bytes | None = None
    for tile in tiles:
        box = next(box for box in pictures.said(tile) if box.kind == b"hvcC")
        record = pictures.data[box.start : box.end]
        if pictures.kind(tile) != b"hvc1" or not _is_plain(record):
            return None
        if pictures.colours(tile) != colours:  # a tile alone would look otherwise than in the whole
            return None
        if record != known:
            known = record
            parts += _units(b"".join(_parameters(record)), 2)
        parts += _units(pictures.content(tile), (record[21] & 3) + 1)
    return b"".join(parts)


def _is_plain(record: bytes) -> bool:
    """Whether a decoder's record (ISO/IEC 14496-15, 8.3.3.1) says 8 bits and halved colours."""
    return len(record) > 22 and record[16] & 3 == 1 and record[17] & 7 == 0 == record[18] & 7


def _parameters(record: bytes) -> Iterator[bytes]:
    """Parameter sets, each behind its length in two bytes."""
    numbers = _Numbers(record, 22)
    for _ in range(numbers.next(1)):
        numbers.next(1)
        for _ in range(numbers.next(2)):
            start, length = numbers.at, numbers.next(2)
            numbers.at += length
            yield record[start : numbers.at]


def _units(content: bytes, width: int) -> Iterator[bytes]:
    """Units that stand behind their lengths, as they stand in a byte stream."""
    numbers = _Numbers(content, 0)
    while numbers.at < len(content):
        length = numbers.next(width)
        yield _START_CODE
        yield content[numbers.at : numbers.at + length]
        numbers.at += length


def _wide(data: bytes, entry: Box) -> int:
    return 4 if data[entry.start] > 2 else 2
