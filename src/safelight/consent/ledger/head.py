"""The log's head: how far it goes and the few hashes that let it grow without being read."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from safelight.consent.ledger.ondisk import write_all
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
    """The saved head, or None where it is missing or torn: the log can rebuild it."""
    try:
        fields = json.loads(path.read_bytes())
        peaks = [bytes.fromhex(peak) for peak in fields["peaks"]]
        head = Head(int(fields["bytes"]), CompactTree(int(fields["size"]), peaks))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return head if _fields(head) == fields else None


def save_head(path: Path, head: Head) -> None:
    """Write the head over the old one, without forcing it to disk.

    The log is forced to disk and rebuilds what a crash loses here. Written in place, since
    replacing the file at every entry costs more than the entry itself on common file systems;
    a checksum tells a half-written head from a whole one.
    """
    text = _dump(_fields(head))
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        write_all(descriptor, text)
        os.ftruncate(descriptor, len(text))
    finally:
        os.close(descriptor)


def _fields(head: Head) -> dict[str, Any]:
    tree = head.tree
    fields: dict[str, Any] = {
        "bytes": head.length,
        "peaks": [peak.hex() for peak in tree.peaks],
        "root": tree.root().hex(),
        "size": tree.size,
    }
    fields["check"] = sha256(_dump(fields)).hexdigest()
    return fields


def _dump(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
