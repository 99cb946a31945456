"""Frames: one JSON header and any number of byte blobs as one message.

Layout: magic `SLF1`, then unsigned 32-bit big-endian header length, header (UTF-8 JSON with the
blob lengths under `_blobs`), then the blobs. Jobs cross it even in line, so that what works in
one process works in another. A frame can stay in its pieces (header, blob, blob, …) until it is
written somewhere: joining it and taking it apart again copies every photo twice.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any

from safelight.model.errors import WireError
from safelight.model.jobs import Payload

_MAGIC = b"SLF1"
_LENGTH = struct.Struct(">I")


def pack(header: dict[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    """Frame a header and blobs. The header must be JSON and not use the key `_blobs`."""
    return b"".join(pack_pieces(header, blobs))


def pack_pieces(header: dict[str, Any], blobs: Sequence[bytes] = ()) -> tuple[bytes, ...]:
    """Like `pack`, with the blobs as they are: the frame in pieces."""
    text = json.dumps({**header, "_blobs": [len(blob) for blob in blobs]}).encode()
    return (b"".join([_MAGIC, _LENGTH.pack(len(text)), text]), *blobs)


def unpack(message: Payload) -> tuple[dict[str, Any], list[bytes]]:
    """Take a frame apart.

    Raises:
        WireError: the message is cut short, too long, or not a frame.
    """
    if isinstance(message, tuple):
        return _unpack_pieces(message)
    header, lengths, at = _begun(message)
    if len(message) != at + sum(lengths):
        raise WireError("frame length does not match its header")
    blobs = []
    for length in lengths:
        blobs.append(message[at : at + length])
        at += length
    return header, blobs


def header_of(message: Payload) -> dict[str, Any]:
    """The header alone, without copying a blob.

    Raises:
        WireError: the message is cut short, or not a frame.
    """
    return _begun(message[0] if isinstance(message, tuple) else message)[0]


def _unpack_pieces(pieces: tuple[bytes, ...]) -> tuple[dict[str, Any], list[bytes]]:
    head, *blobs = pieces
    header, lengths, end = _begun(head)
    if len(head) != end or lengths != [len(blob) for blob in blobs]:
        raise WireError("frame length does not match its header")
    return header, blobs


def _begun(message: bytes) -> tuple[dict[str, Any], list[int], int]:
    """The header, the lengths of the blobs, and where the first begins."""
    start = len(_MAGIC) + _LENGTH.size
    if len(message) < start or message[: len(_MAGIC)] != _MAGIC:
        raise WireError("not a frame")
    (size,) = _LENGTH.unpack_from(message, len(_MAGIC))
    try:
        header = json.loads(message[start : start + size])
        lengths = header.pop("_blobs")
    except (ValueError, KeyError, AttributeError) as error:
        raise WireError("damaged frame header") from error
    return header, lengths, start + size
