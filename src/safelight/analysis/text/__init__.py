"""Text in pictures: whether it is worth looking for, where it is, what it says."""

from safelight.analysis.text.hints import hint_of
from safelight.analysis.text.reading import MODELS, Reading, load_text, read_text

__all__ = ["MODELS", "Reading", "hint_of", "load_text", "read_text"]
