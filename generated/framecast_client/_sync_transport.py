"""All the I/O of the blocking client, and all of its use of httpx: another library would go here."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from typing import Any, cast

import httpx

from ._base import Limits
from ._request import Request
from ._response import RawResponse
from ._translating import Translated


class SyncTransport:
    """Sends requests; times are in seconds."""

    def __init__(self, transport: httpx.BaseTransport | None, limits: Limits, *, secure: bool) -> None:
        self._client = httpx.Client(
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
        content: Iterator[bytes] | None = None,
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

    def send(
        self,
        request: Request[Any],
        url: str,
        headers: list[tuple[str, str]],
        timeout: float,
        content: Iterator[bytes] | None = None,
    ) -> RawResponse:
        """Send and read the whole answer; `content` takes the place of the request's own body."""
        outgoing = self._outgoing(request, url, headers, timeout, timeout, content)
        with Translated(request):
            answer = self._client.send(outgoing)
            return RawResponse(answer.status_code, answer.headers, answer.content)

    @contextmanager
    def stream(
        self, request: Request[Any], url: str, headers: list[tuple[str, str]], timeout: float, silence: float
    ) -> Generator[tuple[RawResponse, Generator[bytes, None, None]], None]:
        """Send and hand out the answer while it comes; an answer that is no success is read at once."""
        outgoing = self._outgoing(request, url, headers, timeout, silence)
        with Translated(request):
            answer = self._client.send(outgoing, stream=True)
        try:
            content = b"" if answer.is_success else self._rest(request, answer)
            with closing(self._chunks(request, answer)) as chunks:
                yield RawResponse(answer.status_code, answer.headers, content), chunks
        finally:
            answer.close()

    def _rest(self, request: Request[Any], answer: httpx.Response) -> bytes:
        with Translated(request):
            return answer.read()

    def _chunks(self, request: Request[Any], answer: httpx.Response) -> Generator[bytes, None, None]:
        with Translated(request):
            # Closed here, not when it is collected: by then the event loop may be gone.
            with closing(cast(Generator[bytes, None, None], answer.iter_bytes())) as pieces:
                for chunk in pieces:
                    yield chunk

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
