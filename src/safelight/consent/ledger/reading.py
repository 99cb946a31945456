"""Reading a log's lines quickly and exactly: many processes may share the work.

A log is cut into spans of a power of two of lines. Hashing each span alone gives the roots from
which every span learns what came before it; then every span can be checked alone, too.
"""

from __future__ import annotations

import json
import re
from binascii import hexlify
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from safelight.consent.ledger.entry import from_fields, parse
from safelight.consent.ledger.tree import CompactTree, merkle_root
from safelight.model.consent import Purpose

SPAN = 1 << 14
"""Lines a span; a power of two, so that a full span is one subtree."""
_BLOCK = 1 << 20
# The one form that this program writes for plain bodies. Whatever does not match is read slowly.
_LINE = re.compile(
    rb'\{"at":"([^"\\]{19,40})","before":"([0-9a-f]{64})","body":(\{[ -~]*\}),'
    rb'"event":"([a-z-]+)","index":(0|[1-9][0-9]{0,15}),"purpose":(null|"[a-z]+")\}'
)
_VALUE = re.compile(rb'(?<=:)(?:0|[1-9][0-9]{0,14}|"[0-9a-f]{64}")(?=[,}])')
_ODD_NUMBER = re.compile(rb"[0-9][.eE]|[0-9]{16}")  # a fraction, or more than fits exactly
_MOST_SHAPES = 1_000
_shapes: set[bytes] = set()
_PURPOSES = {b"null", *(f'"{purpose.value}"'.encode() for purpose in Purpose)}
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Span:
    """Where some lines lie: `start` is the first one's index, `offset` and `length` bytes."""

    start: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a span showed up to its first fault.

    Attributes:
        bad: index of the entry that does not hold, None where all do.
        marks: event and index of entries that say something of the log itself.
        roots: root over the first N entries, for each N that was asked for.
    """

    bad: int | None
    problem: str
    marks: tuple[tuple[str, int], ...]
    roots: dict[int, bytes]


CHANGED = "an entry was changed after it was written"
MARKS = {b"ledger-cut", b"ledger-gap", b"ledger-broken"}


def spans(log: Path) -> list[Span]:
    """Cut a log; a last line without its newline was never acknowledged and is left out."""
    found: list[Span] = []
    begun, lines, at, end = 0, 0, 0, 0
    if not log.is_file():
        return found
    with log.open("rb") as file:
        while block := file.read(_BLOCK):
            count = block.count(b"\n")
            place = 0
            while lines + count >= SPAN:
                for _ in range(SPAN - lines):
                    place = block.index(b"\n", place) + 1
                found.append(Span(len(found) * SPAN, begun, at + place - begun))
                count, lines, begun = count - (SPAN - lines), 0, at + place
            lines += count
            end = max(end, at + block.rfind(b"\n") + 1) if count else end
            at += len(block)
    if lines:
        found.append(Span(len(found) * SPAN, begun, end - begun))
    return found


def lines_of(log: Path, span: Span) -> Iterator[bytes]:
    """A span's lines, without their newlines."""
    with log.open("rb") as file:
        file.seek(span.offset)
        return iter(file.read(span.length).split(b"\n")[:-1])


def leaf_hashes(log: Path) -> Iterator[bytes]:
    """The hash of every complete line, with one span in memory at a time."""
    for span in spans(log):
        yield from (sha256(b"\x00" + line).digest() for line in lines_of(log, span))


def tree_of(log: Path, span: Span) -> CompactTree:
    """The tree over a span's lines alone."""
    level = [sha256(b"\x00" + line).digest() for line in lines_of(log, span)]
    tree = CompactTree()
    if len(level) < SPAN:
        for leaf in level:
            tree.add(leaf)
        return tree
    return CompactTree(SPAN, [merkle_root(level)])


def join(trees: Iterable[CompactTree]) -> list[CompactTree]:
    """The tree before each span, and at last the tree over all of them."""
    found = [CompactTree()]
    for tree in trees:
        found.append(found[-1].copy())
        found[-1].extend(tree)
    return found


def mentions(log: Path, *events: str) -> bool:
    """Whether a log has an entry of one of these events; looks through blocks, not lines."""
    marks = [f'"event":"{event}"'.encode() for event in events]
    keep, rest = max(map(len, marks)), b""
    with log.open("rb") as file:
        while block := file.read(_BLOCK):
            if any(mark in rest + block for mark in marks):
                return True
            rest = block[-keep:]
    return False


def key_entries(log: Path) -> list[str]:
    """The public keys that the log itself names, in their order."""
    mark = b'"event":"ledger-key"'
    found = (line for span in spans(log) for line in lines_of(log, span) if mark in line)
    entries = (json.loads(line) for line in found)
    return [str(e["body"].get("key")) for e in entries if e["event"] == "ledger-key"]


def check_span(log: Path, span: Span, before: CompactTree, wanted: Sequence[int]) -> Found:
    """Check a span's lines one by one: form, place, and the root over all that came before.

    Args:
        before: the tree over all earlier lines.
        wanted: sizes of which the root is asked for.
    """
    asked = {size for size in wanted if span.start < size <= span.start + SPAN}
    peaks, size = list(before.peaks), before.size
    roots: dict[int, bytes] = {}
    marks: list[tuple[str, int]] = []
    root = before.root()  # from here on in line: this loop is all that a large log costs
    for index, line in enumerate(lines_of(log, span), span.start):
        problem, claimed, event = read_line(line, index)
        if problem or claimed != hexlify(root):
            bad = index if problem else max(index - 1, 0)
            return Found(bad, problem or CHANGED, tuple(marks), roots)
        if event in MARKS:
            marks.append((event.decode(), index))
        node, full = sha256(b"\x00" + line).digest(), size
        while full & 1:
            node = sha256(b"\x01" + peaks.pop() + node).digest()
            full >>= 1
        peaks.append(node)
        size += 1
        root = node
        for peak in peaks[-2::-1]:
            root = sha256(b"\x01" + peak + root).digest()
        if size in asked:
            roots[size] = root
    return Found(None, "", tuple(marks), roots)


def read_line(line: bytes, index: int) -> tuple[str, bytes, bytes]:
    """What is wrong with a line, if anything; the root it claims, and its event."""
    match = _LINE.fullmatch(line)
    if match is None:
        return _read_slowly(line, index)
    at, before, body, event, place, purpose = match.groups()
    try:
        datetime.fromisoformat(at.decode())
    except ValueError:
        return _read_slowly(line, index)
    if purpose not in _PURPOSES or not _is_canonical(body):
        return _read_slowly(line, index)
    if int(place) != index:
        return f"it says it is entry {int(place)}", b"", b""
    return "", before, event


def _is_canonical(body: bytes) -> bool:
    """Whether a body is surely in the one form; other forms are left to the slow way.

    Bodies of one step differ in numbers and digests alone, and those cannot change the form.
    """
    shape = _VALUE.sub(b"#", body)
    if shape in _shapes:
        return True
    text = body.decode()
    try:
        plain = _encode(json.loads(text)) == text and not _ODD_NUMBER.search(body)
    except ValueError:
        return False
    if plain and len(_shapes) < _MOST_SHAPES:
        _shapes.add(shape)
    return plain


def _read_slowly(line: bytes, index: int) -> tuple[str, bytes, bytes]:
    try:
        fields = parse(line)
        entry = from_fields(fields)
        before = str(fields["before"]).encode()
    except (ValueError, TypeError) as error:
        return f"it cannot be read: {error}", b"", b""
    if entry.index != index:
        return f"it says it is entry {entry.index}", b"", b""
    return "", before, entry.event.encode()
