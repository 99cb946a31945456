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

    def extend(self, other: CompactTree) -> None:
        """Append all leaves of another tree.

        Raises:
            ValueError: this tree's size is no multiple of the other's largest subtree.
        """
        counts = [
            1 << bit for bit in reversed(range(other.size.bit_length())) if other.size >> bit & 1
        ]
        for count, peak in zip(counts, other.peaks, strict=True):
            if self.size % count:
                raise ValueError(f"a subtree of {count} does not go after {self.size} leaves")
            full = self.size // count
            while full & 1:
                peak = node_hash(self.peaks.pop(), peak)
                full >>= 1
            self.peaks.append(peak)
            self.size += count

    def copy(self) -> CompactTree:
        """A tree that can grow without this one."""
        return CompactTree(self.size, self.peaks)

    def root(self) -> bytes:
        """Root over all leaves; the hash of nothing for an empty tree."""
        if not self.peaks:
            return sha256(b"").digest()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """Root over leaf hashes, level by level: the same as adding each to a `CompactTree`."""
    level = list(leaves)
    if not level:
        return sha256(b"").digest()
    while len(level) > 1:
        # A last one without a partner moves up as it is, which makes the left subtree full.
        odd = level[-1:] if len(level) % 2 else []
        level = [
            sha256(b"\x01" + left + right).digest()
            for left, right in zip(level[::2], level[1::2], strict=False)
        ] + odd
    return level[0]


def digest_items(key: bytes, ids: Iterable[str]) -> str:
    """One digest for a set of ids, as hex, that says nothing to who lacks the key.

    The Merkle root over HMAC-SHA256 of each id, sorted, so that order does not matter; once the
    key is destroyed nobody can test a guess against it.
    """
    return digest_macs(mac_items(key, ids))


def mac_items(key: bytes, ids: Iterable[str]) -> list[bytes]:
    """HMAC-SHA256 of each id, sorted: what `digest_items` is the root of."""
    keyed = hmac.new(key, digestmod="sha256")
    macs = []
    for item in ids:
        mac = keyed.copy()  # the key is absorbed once, not for every id
        mac.update(item.encode("utf-8", "surrogatepass"))
        macs.append(mac.digest())
    return sorted(macs)


def digest_macs(macs: Iterable[bytes]) -> str:
    """The digest of a set whose sorted MACs are known, as hex."""
    return merkle_root(map(leaf_hash, macs)).hex()
