"""Creations: pictures made of photos. Every step is pure: pixels and a plan in, bytes out."""
