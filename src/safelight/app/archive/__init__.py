"""Everything that is held about the person, in one archive that opens without Safelight."""

from safelight.app.archive.archiving import Archiving
from safelight.app.archive.parts import PARTS, Part

__all__ = ["PARTS", "Archiving", "Part"]
