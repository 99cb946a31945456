"""Merkle tree hashing as in RFC 6962, section 2.1, with SHA-256."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from hashlib import sha256


def leaf_hash(data: bytes) -> bytes:
    """Hash of one entry, told apart from inner nodes by its prefix."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


class CompactTree:
    """A tree that remembers only the roots of its full subtrees: O(log n) to keep and to extend.

    `peaks` are those roots, the largest (leftmost) first: one for each bit set in `size`.
    """

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        if len(self.peaks) != size.bit_count():
            raise ValueError(f"{len(self.peaks)} subtree roots do not make a tree of {size}")

    def add(self, leaf: bytes) -> None:
        """Append a leaf's hash."""
        self.peaks.append(leaf)
        full = self.size
        while full & 1:
            right = self.peaks.pop()
            self.peaks.append(node_hash(self.peaks.pop(), right))
            full >>= 1
        self.size += 1

    def root(self) -> bytes:
        """Root over all leaves; the hash of nothing for an empty tree."""
        if not self.peaks:
            return sha256(b"").digest()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """Root over leaf hashes."""
    tree = CompactTree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def digest_items(key: bytes, ids: Iterable[str]) -> str:
    """One digest for a set of ids, as hex, that says nothing to who lacks the key.

    The Merkle root over HMAC-SHA256 of each id, sorted, so that order does not matter; once the
    key is destroyed nobody can test a guess against it.
    """
    macs = sorted(hmac.digest(key, item.encode("utf-8", "surrogatepass"), "sha256") for item in ids)
    return merkle_root(leaf_hash(mac) for mac in macs).hex()
