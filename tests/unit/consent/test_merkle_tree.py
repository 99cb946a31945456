"""Tree hashing against published roots, and the compact form against the plain definition."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelight.consent.ledger import CompactTree, digest_items, leaf_hash, merkle_root
from safelight.consent.ledger.tree import node_hash

# The test leaves and roots of the Certificate Transparency reference implementation.
CT_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        *("", "00", "10", "2021", "3031", "40414243"),
        *("5051525354555657", "606162636465666768696a6b6c6d6e6f"),
    )
]
CT_ROOT_8 = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(by_definition(leaves[:split]), by_definition(leaves[split:]))


def test_root_of_the_eight_published_leaves() -> None:
    assert merkle_root(map(leaf_hash, CT_LEAVES)).hex() == CT_ROOT_8


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_compact_and_bulk_forms_follow_the_definition(leaves: list[bytes]) -> None:
    tree = CompactTree()
    for leaf in leaves:
        tree.add(leaf_hash(leaf))
    assert tree.root() == by_definition(leaves) == merkle_root(map(leaf_hash, leaves))
    again = CompactTree(tree.size, tree.peaks)
    again.add(leaf_hash(b"next"))
    assert again.root() == by_definition([*leaves, b"next"])


def test_peaks_that_do_not_fit_the_size_are_refused() -> None:
    with pytest.raises(ValueError, match="tree of 3"):
        CompactTree(3, [b"x" * 32])


def test_item_digest_depends_on_key_and_set_but_not_on_order() -> None:
    digest = digest_items(b"k" * 32, ["a", "b", "c"])
    assert digest == digest_items(b"k" * 32, ["c", "a", "b"])
    assert digest != digest_items(b"j" * 32, ["a", "b", "c"])
    assert digest != digest_items(b"k" * 32, ["a", "b"])
    assert digest_items(b"k" * 32, ["\udce9.jpg"])  # a name that is not UTF-8
