"""Enhancing a photo: exposure, light, white balance, colour, noise, sharpness, a level horizon.

Classical throughout: no model; only the weights of white balance were fitted to photos. `assess`
looks at a small copy and says what is wrong; `enhance` puts right what was found, and leaves alone
what was not.
"""

from __future__ import annotations

from collections.abc import Sequence

from safelight.creations.arrays import as_array, as_pixels
from safelight.creations.enhance.assessing import Assessment, assess
from safelight.creations.enhance.colour import balanced
from safelight.creations.enhance.detail import cleaned
from safelight.creations.enhance.level import levelled
from safelight.creations.enhance.light import relit
from safelight.creations.enhance.skin import bearable
from safelight.model.creations import Box, Pixels

__all__ = ["Assessment", "assess", "enhance"]


def enhance(
    pixels: Pixels,
    found: Assessment | None = None,
    *,
    strength: float = 1.0,
    faces: Sequence[Box] = (),
) -> Pixels:
    """Put right what is wrong with a photo.

    Args:
        found: what `assess` said of it; assessed here where None.
        strength: 0 leaves the photo, 1 does all that seems right.
        faces: boxes in pixels; their skin stays natural, and a photo is not turned where that would
            cut one.
    """
    found = found or assess(pixels)
    image = as_array(pixels)
    if strength <= 0:
        return pixels
    found = bearable(image, found, faces)
    image = cleaned(image, found, strength)
    image = relit(image, found, strength)
    image = balanced(image, found, strength)
    return as_pixels(levelled(image, found, faces))
