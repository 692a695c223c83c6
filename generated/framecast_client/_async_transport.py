"""All the I/O of the asynchronous client, and all of its use of httpx: another library would go here."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any, cast

import anyio  # async only
import httpx

from ._base import Limits
from ._request import Request
from ._response import RawResponse
from ._translating import Translated

_LAYERS = 8  # async only
"""Generators of httpx around a stream; they close themselves, one in each round of the loop."""  # async only


class AsyncTransport:
    """Sends requests; times are in seconds."""

    def __init__(self, transport: httpx.AsyncBaseTransport | None, limits: Limits, *, secure: bool) -> None:
        self._client = httpx.AsyncClient(
            transport=transport,
            # Loading certificates takes longer than many a call, and plain http needs none.
            verify=secure,
            limits=httpx.Limits(
                max_connections=limits.connections, max_keepalive_connections=limits.idle_connections
            ),
        )

    def _outgoing(
        self,
        request: Request[Any],
        url: str,
        headers: list[tuple[str, str]],
        timeout: float,
        silence: float,
        content: AsyncIterator[bytes] | None = None,
    ) -> httpx.Request:
        with Translated(request):
            return httpx.Request(
                request.method,
                url,
                headers=[*headers, *request.headers],
                content=request.content if content is None else content,
                extensions={
                    "timeout": {"connect": timeout, "read": silence, "write": timeout, "pool": timeout}
                },
            )

    async def send(
        self,
        request: Request[Any],
        url: str,
        headers: list[tuple[str, str]],
        timeout: float,
        content: AsyncIterator[bytes] | None = None,
    ) -> RawResponse:
        """Send and read the whole answer; `content` takes the place of the request's own body."""
        outgoing = self._outgoing(request, url, headers, timeout, timeout, content)
        with Translated(request):
            answer = await self._client.send(outgoing)
            return RawResponse(answer.status_code, answer.headers, answer.content)

    @asynccontextmanager
    async def stream(
        self, request: Request[Any], url: str, headers: list[tuple[str, str]], timeout: float, silence: float
    ) -> AsyncGenerator[tuple[RawResponse, AsyncGenerator[bytes, None]], None]:
        """Send and hand out the answer while it comes; an answer that is no success is read at once."""
        outgoing = self._outgoing(request, url, headers, timeout, silence)
        with Translated(request):
            answer = await self._client.send(outgoing, stream=True)
        try:
            content = b"" if answer.is_success else await self._rest(request, answer)
            async with aclosing(self._chunks(request, answer)) as chunks:
                yield RawResponse(answer.status_code, answer.headers, content), chunks
        finally:
            await answer.aclose()
            for _ in range(_LAYERS):  # async only
                await anyio.sleep(0)  # async only

    async def _rest(self, request: Request[Any], answer: httpx.Response) -> bytes:
        with Translated(request):
            return await answer.aread()

    async def _chunks(self, request: Request[Any], answer: httpx.Response) -> AsyncGenerator[bytes, None]:
        with Translated(request):
            # Closed here, not when it is collected: by then the event loop may be gone.
            async with aclosing(cast(AsyncGenerator[bytes, None], answer.aiter_bytes())) as pieces:
                async for chunk in pieces:
                    yield chunk

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()
