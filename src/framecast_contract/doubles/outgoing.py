"""Requests that a double itself sends: callbacks, webhooks and uploads.

They leave through an injected transport (in one process: straight into the app under test) or over the
network.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from ssl import SSLContext
from typing import Any

import httpx

_TIMEOUT = httpx.Timeout(30.0).as_dict()


@dataclass(frozen=True, slots=True)
class Sent:
    """A request a double sent: the URL without its query, and the status answered.

    `status` is None when there was no answer; `error` then says why.
    """

    method: str
    url: str
    json: Any
    status: int | None
    error: str | None = None

    @property
    def accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def worth_retrying(self) -> bool:
        return self.status is None or self.status >= 500


async def send(request: httpx.Request, transport: httpx.AsyncBaseTransport | None) -> httpx.Response:
    """Send through `transport`, or over the network when it is None. Raises `httpx.TransportError`.

    Every network request has its own connection: a double may live through many event loops, a pool may not.
    """
    request.extensions = {"timeout": _TIMEOUT, **request.extensions}
    if transport is not None:
        return await _read(transport, request)
    async with httpx.AsyncHTTPTransport(verify=_tls()) as network:
        return await _read(network, request)


async def post_json(url: str, body: Any, transport: httpx.AsyncBaseTransport | None) -> Sent:
    """POST `body` as JSON and say how it went; never raises for what the other side does."""
    return await _sent(httpx.Request("POST", url, json=body), body, transport)


async def put_bytes(url: str, content: bytes, content_type: str) -> Sent:
    """PUT an object to a presigned URL over the network."""
    headers: Mapping[str, str] = {"Content-Type": content_type}
    return await _sent(httpx.Request("PUT", url, content=content, headers=headers), None, None)


async def _sent(request: httpx.Request, body: Any, transport: httpx.AsyncBaseTransport | None) -> Sent:
    url = str(request.url.copy_with(query=None))
    try:
        response = await send(request, transport)
    except httpx.TransportError as error:
        return Sent(request.method, url, body, None, f"{type(error).__name__}: {error}")
    return Sent(request.method, url, body, response.status_code)


async def _read(transport: httpx.AsyncBaseTransport, request: httpx.Request) -> httpx.Response:
    response = await transport.handle_async_request(request)
    await response.aread()
    await response.aclose()
    return response


@cache
def _tls() -> SSLContext:
    """Loading the certificate store takes longer than a whole mocked call, so it happens once."""
    return httpx.create_ssl_context()
