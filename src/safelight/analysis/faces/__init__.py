"""Faces: where they are (purpose `content`), and templates to compare them (purpose `faces`)."""

from safelight.analysis.faces.detect import find_faces
from safelight.analysis.faces.embed import FaceEmbedder

__all__ = ["FaceEmbedder", "find_faces"]
