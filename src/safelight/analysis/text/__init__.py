"""Text in pictures: whether it is worth looking for, where it is, what it says."""

from safelight.analysis.text.hints import may_hold_text
from safelight.analysis.text.reading import MODELS, Reading, load_text, read_text

__all__ = ["MODELS", "Reading", "load_text", "may_hold_text", "read_text"]
