"""Safelight: ideas from your own photos, on your own machine."""

from importlib.metadata import version

__version__ = version("safelight")
