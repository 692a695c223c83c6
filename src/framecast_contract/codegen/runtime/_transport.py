"""All the I/O of the client, and all of its use of httpx: the one module to replace for another library."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from types import TracebackType
from typing import Any, Protocol, TypeAlias

import httpx

from ._errors import RequestTimeoutError, TransportError
from ._request import Request
from ._response import RawResponse

AsyncTransportLike: TypeAlias = httpx.AsyncBaseTransport
SyncTransportLike: TypeAlias = httpx.BaseTransport


class Settings(Protocol):
    """What both transports need to know; times are in seconds."""

    @property
    def base_url(self) -> str: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def timeout(self) -> float: ...
    @property
    def stream_timeout(self) -> float: ...


class _Outgoing:
    """Turns our requests into the library's, with all that is the same for every request made ready once."""

    def __init__(self, settings: Settings) -> None:
        self._base_url = settings.base_url
        self._headers = [("accept-encoding", "gzip, deflate"), *settings.headers.items()]
        patient = httpx.Timeout(settings.timeout, read=settings.stream_timeout)
        self._whole = {"timeout": httpx.Timeout(settings.timeout).as_dict()}
        self._stream = {"timeout": patient.as_dict()}

    def request(self, request: Request[Any], *, stream: bool = False) -> httpx.Request:
        with _Translated(request):
            return httpx.Request(
                request.method,
                self._base_url + request.target,
                headers=[*self._headers, *request.headers],
                content=request.content,
                extensions=self._stream if stream else self._whole,
            )


def _is_secure(settings: Settings) -> bool:
    """Whether certificates are needed at all: loading them takes longer than many a call."""
    return settings.base_url.startswith("https://")


class _Translated:
    """Turns the library's errors into ours, so that nobody needs to import httpx to catch them."""

    def __init__(self, request: Request[Any]) -> None:
        self._request = request

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, httpx.TimeoutException):
            raise RequestTimeoutError(
                f"{self._request}: no answer in time ({_name(error)})", self._request
            ) from error
        if isinstance(error, httpx.HTTPError | httpx.StreamError | httpx.InvalidURL):
            raise TransportError(f"{self._request}: {_name(error)}: {error}", self._request) from error


def _name(error: BaseException) -> str:
    return type(error).__name__


class AsyncTransport:
    """Sends requests on an event loop."""

    def __init__(self, settings: Settings, transport: AsyncTransportLike | None) -> None:
        self._outgoing = _Outgoing(settings)
        self._client = httpx.AsyncClient(transport=transport, verify=_is_secure(settings))

    async def send(self, request: Request[Any]) -> RawResponse:
        """Send and read the whole answer."""
        with _Translated(request):
            answer = await self._client.send(self._outgoing.request(request))
            return RawResponse(answer.status_code, answer.headers, answer.content)

    @asynccontextmanager
    async def stream(self, request: Request[Any]) -> AsyncIterator[tuple[RawResponse, AsyncIterator[bytes]]]:
        """Send and hand out the answer while it comes; an answer that is no success is read at once."""
        outgoing = self._outgoing.request(request, stream=True)
        with _Translated(request):
            answer = await self._client.send(outgoing, stream=True)
        try:
            content = b"" if answer.is_success else await self._rest(request, answer)
            yield RawResponse(answer.status_code, answer.headers, content), self._chunks(request, answer)
        finally:
            await answer.aclose()

    async def _rest(self, request: Request[Any], answer: httpx.Response) -> bytes:
        with _Translated(request):
            return await answer.aread()

    async def _chunks(self, request: Request[Any], answer: httpx.Response) -> AsyncIterator[bytes]:
        with _Translated(request):
            async for chunk in answer.aiter_bytes():
                yield chunk

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()


class SyncTransport:
    """Sends requests and waits for them."""

    def __init__(self, settings: Settings, transport: SyncTransportLike | None) -> None:
        self._outgoing = _Outgoing(settings)
        self._client = httpx.Client(transport=transport, verify=_is_secure(settings))

    def send(self, request: Request[Any]) -> RawResponse:
        """Send and read the whole answer."""
        with _Translated(request):
            answer = self._client.send(self._outgoing.request(request))
            return RawResponse(answer.status_code, answer.headers, answer.content)

    @contextmanager
    def stream(self, request: Request[Any]) -> Iterator[tuple[RawResponse, Iterator[bytes]]]:
        """Send and hand out the answer while it comes; an answer that is no success is read at once."""
        outgoing = self._outgoing.request(request, stream=True)
        with _Translated(request):
            answer = self._client.send(outgoing, stream=True)
        try:
            content = b"" if answer.is_success else self._rest(request, answer)
            yield RawResponse(answer.status_code, answer.headers, content), self._chunks(request, answer)
        finally:
            answer.close()

    def _rest(self, request: Request[Any], answer: httpx.Response) -> bytes:
        with _Translated(request):
            return answer.read()

    def _chunks(self, request: Request[Any], answer: httpx.Response) -> Iterator[bytes]:
        with _Translated(request):
            yield from answer.iter_bytes()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
