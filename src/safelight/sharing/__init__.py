"""The way out: what is taken off, what is put on, and the signature over it.

Everything here takes decoded pixels or bytes and gives bytes; `app.sharing` asks consent first.
"""

from __future__ import annotations

from safelight.sharing.covering import cover_people
from safelight.sharing.declaring import declaration
from safelight.sharing.labelling import draw_label
from safelight.sharing.origins import Origin, origin_of
from safelight.sharing.signing import Signer, sign
from safelight.sharing.writing import AS_MADE, PICTURES, SUFFIXES, on_white, write_picture

__all__ = [
    "AS_MADE",
    "PICTURES",
    "SUFFIXES",
    "Origin",
    "Signer",
    "cover_people",
    "declaration",
    "draw_label",
    "on_white",
    "origin_of",
    "sign",
    "write_picture",
]
