"""Faces: where they are (purpose `content`), and templates to compare them (purpose `faces`)."""

from safelight.analysis.faces.detect import find_faces
from safelight.analysis.faces.embed import FaceEmbedder
from safelight.analysis.faces.expression import Expression, expressions
from safelight.analysis.faces.mesh import find_meshes

__all__ = ["Expression", "FaceEmbedder", "expressions", "find_faces", "find_meshes"]
