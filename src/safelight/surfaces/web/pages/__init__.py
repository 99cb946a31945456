"""The pages, one module a place in the app."""

from __future__ import annotations

from fastapi import APIRouter

from safelight.surfaces.web.pages import (
    albums,
    alter,
    collages,
    compose,
    creations,
    erasing,
    films,
    ideas,
    kept_out,
    ledger,
    library,
    people,
    photo,
    pictures,
    privacy,
    scanning,
    search,
    settings,
    sharing,
    shell,
    taking,
    themes,
    welcome,
    well_known,
)

ROUTERS: tuple[APIRouter, ...] = (
    welcome.router,
    ideas.router,
    library.router,
    photo.router,
    people.router,
    kept_out.router,
    themes.router,
    alter.router,
    pictures.router,
    collages.router,
    compose.router,
    creations.router,
    films.router,
    sharing.router,
    settings.router,
    albums.router,
    privacy.router,
    taking.router,
    erasing.router,
    ledger.router,
    scanning.router,
    search.router,
    shell.router,
    well_known.router,
)
