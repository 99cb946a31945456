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
    people,
    pictures,
    scanning,
    search,
    settings,
    shell,
    welcome,
)

ROUTERS: tuple[APIRouter, ...] = (
    welcome.router,
    ideas.router,
    library.router,
    people.router,
    pictures.router,
    collages.router,
    compose.router,
    creations.router,
    settings.router,
    ledger.router,
    scanning.router,
    search.router,
    shell.router,
)
