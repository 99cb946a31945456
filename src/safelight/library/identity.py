"""What makes a file the same file: its content, not its path."""

from __future__ import annotations

import hashlib

import xxhash


def content_digest(data: bytes) -> bytes:
    """128-bit xxHash (XXH3) of a file's bytes: identity, not security. 16 bytes."""
    return xxhash.xxh3_128_digest(data)


def asset_id(digest: bytes, size: int, copy: int) -> str:
    """A stable id: the same content in a new library gets the same id again.

    Args:
        copy: 0 for the first file with this content, 1 for the next, …
    """
    text = b"%b|%d|%d" % (digest, size, copy)
    return hashlib.blake2b(text, digest_size=8, person=b"safelight-asset").hexdigest()
