"""Inclusion and consistency proofs: made as in RFC 6962 (2.1.1, 2.1.2), checked as in RFC 9162."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import islice

from safelight.consent.ledger.tree import CompactTree, node_hash

EMPTY_ROOT = sha256(b"").digest()
Range = tuple[int, int]
"""Leaves from the first index up to, not including, the second."""


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The subtrees whose roots prove that a leaf is in a tree, the leaf's sibling first.

    Raises:
        ValueError: the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} has no entry {index}")
    start, end, found = 0, size, []
    while end - start > 1:
        split = start + _left(end - start)
        if index < split:
            found.append((split, end))
            end = split
        else:
            found.append((start, split))
            start = split
    return found[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """The subtrees whose roots prove that a tree of `old` leaves grew into one of `new`.

    Raises:
        ValueError: a tree does not grow backwards.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} does not grow into one of {new}")
    if old in (0, new):
        return []
    start, end, left, found = 0, new, old, []
    while left != end - start:
        split = _left(end - start)
        if left <= split:
            found.append((start + split, end))
            end = start + split
        else:
            found.append((start, start + split))
            start += split
            left -= split
    if start:  # else the old root itself is that subtree, and whoever checks has it
        found.append((start, end))
    return found[::-1]


def range_roots(leaves: Iterable[bytes], ranges: Sequence[Range]) -> list[bytes]:
    """Roots of ranges that do not overlap, in their order, in one pass and little memory.

    Args:
        leaves: the hashes of all leaves from index 0 on.

    Raises:
        ValueError: there are fewer leaves than the ranges name.
    """
    stream, at, roots = iter(leaves), 0, {}
    for start, end in sorted(ranges):
        deque(islice(stream, start - at), maxlen=0)
        tree = CompactTree()
        for leaf in islice(stream, end - start):
            tree.add(leaf)
        if tree.size != end - start:
            raise ValueError(f"there are fewer than {end} entries")
        roots[start] = tree.root()
        at = end
    return [roots[start] for start, _ in ranges]


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a tree of `size` must have for the path to be right (RFC 9162, 2.1.3.2).

    Returns:
        None when a path of this length cannot belong to that place.
    """
    if not 0 <= index < size:
        return None
    place, last, root = index, size - 1, leaf
    for node in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            root = node_hash(node, root)
            place, last = _up_to_right_child(place, last)
        else:
            root = node_hash(root, node)
        place, last = place >> 1, last >> 1
    return root if last == 0 else None


def is_consistent(
    old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the new tree begins with exactly the leaves of the old one (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:  # whatever grows, grew from nothing
        return not path and old_root == EMPTY_ROOT
    nodes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not nodes:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(node, before), node_hash(node, after)
            place, last = _up_to_right_child(place, last)
        else:
            after = node_hash(after, node)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _up_to_right_child(place: int, last: int) -> tuple[int, int]:
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _left(count: int) -> int:
    """The largest power of two smaller than `count`: where a tree is split."""
    return 1 << (count - 1).bit_length() - 1
