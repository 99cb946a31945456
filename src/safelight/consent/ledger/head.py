"""The log's head: how far it goes and the few hashes that let it grow without being read."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import rfc8785

from safelight.consent.ledger.tree import CompactTree, leaf_hash


@dataclass(slots=True)
class Head:
    """`length` is in bytes of the log file that `tree` covers."""

    length: int = 0
    tree: CompactTree = field(default_factory=CompactTree)

    def add(self, line: bytes) -> None:
        """Cover one more line (given without its newline)."""
        self.tree.add(leaf_hash(line))
        self.length += len(line) + 1


def load_head(path: Path) -> Head | None:
    """The saved head, or None where it is missing or damaged: the log can rebuild it."""
    try:
        fields = json.loads(path.read_bytes())
        peaks = [bytes.fromhex(peak) for peak in fields["peaks"]]
        return Head(int(fields["bytes"]), CompactTree(int(fields["size"]), peaks))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def save_head(path: Path, head: Head) -> None:
    """Replace the saved head. Not forced to disk: the log is, and rebuilds what a crash loses."""
    tree = head.tree
    text = rfc8785.dumps(
        {
            "bytes": head.length,
            "peaks": [peak.hex() for peak in tree.peaks],
            "root": tree.root().hex(),
            "size": tree.size,
        }
    )
    fresh = path.with_suffix(".new")
    fresh.write_bytes(text)
    os.replace(fresh, path)  # noqa: PTH105  # one style with the ring, which tests crash here
