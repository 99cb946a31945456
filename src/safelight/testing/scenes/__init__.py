"""Pictures that the program paints: calm landscapes and scenes for the demo and for tests."""

from safelight.testing.scenes.painting import KINDS, paint

__all__ = ["KINDS", "paint"]
