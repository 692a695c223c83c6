"""A sandbox on a socket, for clients in other processes."""

import random as random_module
import socket
from collections.abc import Callable
from dataclasses import replace

import httpx
import uvicorn

from framecast_contract.clock import Clock, SystemClock
from framecast_contract.sandbox.app import Sandbox
from framecast_contract.sandbox.settings import Settings

GRACE_SECONDS = 5


class AddressInUse(Exception):
    """The address cannot be listened on; the message says which one and what to do."""


class _Server(uvicorn.Server):
    """Ends open event streams before it waits for connections, which would never close otherwise."""

    def __init__(self, config: uvicorn.Config, sandbox: Sandbox) -> None:
        super().__init__(config)
        self._sandbox = sandbox

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._sandbox.events.end_streams()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 lets the system choose. Raises `AddressInUse`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise AddressInUse(
            f"cannot listen on {host}:{port} ({reason}); choose another port, or 0 for a free one"
        ) from error
    return listener


def serve(
    settings: Settings,
    host: str,
    port: int,
    *,
    clock: Clock | None = None,
    random: random_module.Random | None = None,
    upstream: httpx.AsyncBaseTransport | None = None,
    receivers: httpx.AsyncBaseTransport | None = None,
    ready: Callable[[Sandbox, str], None] | None = None,
) -> None:
    """Serve a sandbox until interrupted (SIGINT, SIGTERM). Raises `AddressInUse`.

    `ready` is called with the sandbox and its URL before the first request is answered.
    An empty `public_url` in the settings becomes the address listened on.
    """
    listener = listen(host, port)
    url = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
    settings = replace(settings, public_url=settings.public_url or url)
    chosen_random = random or random_module.SystemRandom()
    try:
        sandbox = Sandbox(
            settings,
            clock=clock or SystemClock(),
            random=chosen_random,
            upstream=upstream,
            receivers=receivers,
        )
    except Exception:
        listener.close()
        raise
    config = uvicorn.Config(
        sandbox.app, log_level="warning", lifespan="on", timeout_graceful_shutdown=GRACE_SECONDS
    )
    if ready is not None:
        ready(sandbox, url)
    try:
        _Server(config, sandbox).run(sockets=[listener])
    finally:
        sandbox.close()
        listener.close()
