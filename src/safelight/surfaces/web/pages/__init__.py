"""The pages, one module a place in the app."""

from __future__ import annotations

from fastapi import APIRouter

from safelight.surfaces.web.pages import (
    collages,
    compose,
    creations,
    ideas,
    ledger,
    library,
    pictures,
    scanning,
    settings,
    shell,
    welcome,
)

ROUTERS: tuple[APIRouter, ...] = (
    welcome.router,
    ideas.router,
    library.router,
    pictures.router,
    collages.router,
    compose.router,
    creations.router,
    settings.router,
    ledger.router,
    scanning.router,
    shell.router,
)
