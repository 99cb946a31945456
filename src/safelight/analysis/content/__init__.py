"""What is in a picture: labels, objects, an embedding, faces as boxes, and words as numbers."""

from safelight.analysis.content.analyser import ContentAnalyser
from safelight.analysis.content.pair import ModelPair, open_pair
from safelight.analysis.content.words import WordEmbedder

__all__ = ["ContentAnalyser", "ModelPair", "WordEmbedder", "open_pair"]
