"""Serving ASGI apps on loopback ports, inside the running event loop.

The apps share the loop with the test, so clocks and records need no locks; only the caller is in another
process. uvicorn is started and stopped by its parts: its own main loop would take over the process' signals
and notice the end a tenth of a second late.
"""

import asyncio
import contextlib
import errno
import socket
from collections.abc import AsyncIterator, Mapping

import uvicorn
from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"


@contextlib.asynccontextmanager
async def serve_on_loopback(
    apps: Mapping[str, ASGIApp], ports: Mapping[str, int]
) -> AsyncIterator[dict[str, str]]:
    """Serve every app and yield its base URL by name; an app without a port gets a free one.

    Raises `OSError` when a port is taken; the message says which double wanted it.
    """
    running: list[tuple[uvicorn.Server, socket.socket]] = []
    try:
        for name, app in apps.items():
            listener = _listen(name, ports.get(name, 0))
            running.append((_server(app), listener))
            await running[-1][0].startup(sockets=[listener])
        addresses = [listener.getsockname() for _, listener in running]
        yield {name: f"http://{host}:{port}" for name, (host, port) in zip(apps, addresses, strict=True)}
    finally:
        await asyncio.gather(*(server.shutdown(sockets=[listener]) for server, listener in running))


def _server(app: ASGIApp) -> uvicorn.Server:
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws="none")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    return server


def _listen(name: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno != errno.EADDRINUSE:
            raise
        advice = "stop what listens there, or take port 0 for a free one"
        raise OSError(error.errno, f"port {port} for the {name} double is in use: {advice}") from error
    return listener
