"""An append-only Merkle log of everything that consent allowed, refused or ended."""

from safelight.consent.ledger.log import Ledger
from safelight.consent.ledger.tree import (
    CompactTree,
    digest_items,
    digest_macs,
    leaf_hash,
    mac_items,
    merkle_root,
)
from safelight.consent.ledger.verify import VerifyReport, verify_log

__all__ = [
    "CompactTree",
    "Ledger",
    "VerifyReport",
    "digest_items",
    "digest_macs",
    "leaf_hash",
    "mac_items",
    "merkle_root",
    "verify_log",
]
