"""Pictures that are not memories: screenshots, told by how they are named and tagged."""

from __future__ import annotations

import re
from pathlib import PurePath

from safelight.model.assets import KeptOut, Metadata

_SCREENSHOT = re.compile(
    r"screen[ _-]?shot|screen[ _-]?recording|bildschirmfoto|capture d.?[eé]cran"
    r"|captura de pantalla|schermafbeelding|zrzut ekranu|sk[äa]rmavbild|snimek obrazovky",
    re.IGNORECASE,
)


def kept_out(path: str, metadata: Metadata) -> KeptOut | None:
    """Whether an asset stays out of ideas by its name, folder or tags alone.

    What only its content tells (documents, blur) needs the purpose `content`.
    """
    name = PurePath(path)
    words = (name.name, name.parent.name, metadata.title or "", *metadata.keywords)
    if metadata.camera is None and any(_SCREENSHOT.search(word) for word in words):
        return KeptOut.SCREENSHOT
    if (metadata.description or "").strip().lower() == "screenshot":
        return KeptOut.SCREENSHOT  # how iOS tags them, camera fields or not
    return None
