"""Plug-ins as rows."""

from __future__ import annotations

from safelight.plugins import PluginRow, idea_plugins


def plugin_rows() -> list[PluginRow]:
    """Every installed plug-in, with what is wrong with it."""
    return [row for row, _ in idea_plugins()]
