"""Building the web app and serving it on this machine."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import uvicorn
from fastapi import Depends, FastAPI

from safelight.app import Safelight
from safelight.model.errors import UserError
from safelight.surfaces.api import router as api
from safelight.surfaces.web.bodies import Bodies
from safelight.surfaces.web.door import Door
from safelight.surfaces.web.failures import install_handlers
from safelight.surfaces.web.guard import Guard
from safelight.surfaces.web.pages import ROUTERS
from safelight.surfaces.web.reach import Reach
from safelight.surfaces.web.rendering import Renderer
from safelight.surfaces.web.signals import hear_signals
from safelight.surfaces.web.tokens import Tokens, require_token

_PORTS_TRIED = 20


def build_app(safelight: Safelight, reach: Reach = Reach()) -> FastAPI:  # noqa: B008  # frozen
    """The web app over one library; it does not close the library."""
    app = FastAPI(
        title="Safelight",
        docs_url=None,  # the ready-made viewers load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        openapi_url="/api/v1/openapi.json",
        dependencies=[Depends(require_token), Depends(hear_signals)],
        description="A thin mirror of the web app. Programs show a token of `safelight tokens "
        "add` as `Authorization: Bearer …`; pages repeat their cookie in `X-CSRF-Token`.",
    )
    app.state.safelight = safelight
    app.state.renderer = Renderer(safelight)
    app.state.addresses = ()
    app.state.fingerprint = reach.certificate.fingerprint if reach.certificate else ""
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    app.include_router(api)
    install_handlers(app)
    door = Door(Bodies(app.build_middleware_stack()), safelight.access, beyond=reach.beyond)
    # Outermost, so that even the answer to a crash carries the headers.
    app.middleware_stack = Guard(door, reach, Tokens())
    return app


def serve(
    safelight: Safelight, reach: Reach, port: int, on_ready: Callable[[str, tuple[str, ...]], None]
) -> None:
    """Serve until Ctrl-C.

    Args:
        port: where to listen; when it is taken, the next free one is used.
        on_ready: called with the address here, and those for other devices, once it answers.

    Raises:
        UserError: no port is free.
    """
    listener = listen(reach.host, port)
    bound = listener.getsockname()[1]
    app = build_app(safelight, reach)
    app.state.addresses = reach.addresses(bound)
    app.router.lifespan_context = _announcing(
        lambda: on_ready(reach.address(bound), app.state.addresses)
    )
    own = reach.certificate
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
        ssl_certfile=own.certificate if own else None,
        ssl_keyfile=own.key if own else None,
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        pass  # uvicorn raises it again after an orderly end
    finally:
        listener.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `port`, or on the first free one after it.

    Raises:
        UserError: none of them is free.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for wanted in range(port, min(port + _PORTS_TRIED, 65536)) if port else (0,):
        listener = socket.socket(family, socket.SOCK_STREAM)
        if os.name != "nt":  # there it would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, wanted))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise UserError(f"Cannot listen on {host}: {error.strerror}.") from error
        else:
            return listener
    raise UserError(f"No port from {port} on is free on {host}; name one with --port.")


def _announcing(
    ready: Callable[[], None],
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # The socket listens already: a browser that comes now waits a moment and is served.
        ready()
        yield

    return lifespan
