"""Camera names as people say them, and the devices that are no cameras."""

from __future__ import annotations

import re

_SCANNERS = re.compile(
    r"epson (?:perfection|expression|gt-|stylus|scan)|canoscan|hp scan|vuescan|silverfast"
    r"|scanjet|scansnap|coolscan|perfection v|plustek|reflecta|opticfilm|brother (?:mfc|dcp)"
    r"|scanner|photoscan|image capture.*scan|microtek|mustek|umax|pacific image",
    re.IGNORECASE,
)
_EDITORS = re.compile(
    r"adobe|photoshop|lightroom|gimp|picasa|paint|affinity|darktable|rawtherapee|digikam"
    r"|capture one|acdsee|photoscape|snapseed|luminar|imagemagick|shotwell|gthumb|aperture"
    r"|photos \d|dxo|exiv2",
    re.IGNORECASE,
)
_JUNK_MAKERS = (" corporation", " co.,ltd.", " co., ltd.", " electric co.", " imaging corp.")


def clean(text: str | None) -> str | None:
    """One line without NULs, control characters and outer blanks; None where nothing is left."""
    if not text:
        return None
    visible = "".join(letter if letter.isprintable() else " " for letter in text.split("\0")[0])
    return " ".join(visible.split()) or None


def camera_name(make: str | None, model: str | None) -> str | None:
    """Make and model joined without saying the make twice: "Canon EOS 70D"."""
    make, model = clean(make), clean(model)
    if make:
        make = _short_maker(make)
    if not make or not model:
        return model or make
    first = make.split()[0].casefold()
    if model.casefold().startswith(first):
        return model
    return f"{make} {model}"


def _short_maker(make: str) -> str:
    for junk in _JUNK_MAKERS:
        if make.lower().endswith(junk):
            make = make[: -len(junk)]
    return make.title() if make.islower() or (make.isupper() and len(make) > 3) else make


def is_scanner(*texts: str | None) -> bool:
    """Whether make, model or software name a scanner: its clock shows the day of the scan."""
    return any(_SCANNERS.search(text) for text in texts if text)


def is_editor(software: str | None) -> bool:
    """Whether the software field names a program that saves pictures again."""
    return bool(software and _EDITORS.search(software))
