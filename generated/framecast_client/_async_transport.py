"""All the I/O of the asynchronous client, and all of its use of httpx: another library would go here."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from ._base import Limits
from ._request import Request
from ._response import RawResponse
from ._translating import Translated


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
    ) -> AsyncGenerator[tuple[RawResponse, AsyncIterator[bytes]], None]:
        """Send and hand out the answer while it comes; an answer that is no success is read at once."""
        outgoing = self._outgoing(request, url, headers, timeout, silence)
        with Translated(request):
            answer = await self._client.send(outgoing, stream=True)
        try:
            content = b"" if answer.is_success else await self._rest(request, answer)
            yield RawResponse(answer.status_code, answer.headers, content), self._chunks(request, answer)
        finally:
            await answer.aclose()

    async def _rest(self, request: Request[Any], answer: httpx.Response) -> bytes:
        with Translated(request):
            return await answer.aread()

    async def _chunks(self, request: Request[Any], answer: httpx.Response) -> AsyncIterator[bytes]:
        with Translated(request):
            async for chunk in answer.aiter_bytes():
                yield chunk

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()
