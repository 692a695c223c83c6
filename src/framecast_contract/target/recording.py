"""A transport that writes down every exchange: the history that checks judge and findings are told from."""

from collections.abc import AsyncIterator, Callable

import httpx

from framecast_contract.clock import Clock
from framecast_contract.history import Exchange, History

OperationOf = Callable[[str, str], str | None]
"""Method and path → operationId, or None when the contract has no such operation."""


class _RecordedStream(httpx.AsyncByteStream):
    """Passes a body through; when it is closed, hands over what was read of it."""

    def __init__(self, stream: httpx.AsyncByteStream, done: Callable[[bytes], None]) -> None:
        self._stream = stream
        self._done = done
        self._read: list[bytes] = []

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            self._read.append(chunk)
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
        self._done(b"".join(self._read))


class RecordingTransport(httpx.AsyncBaseTransport):
    """Sends through `inner` and records in `history`, as `persona`, with the time of `clock`."""

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        *,
        history: History,
        persona: str,
        operation_of: OperationOf,
        clock: Clock,
    ) -> None:
        self._inner = inner
        self._history = history
        self._persona = persona
        self._operation_of = operation_of
        self._clock = clock

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._inner.handle_async_request(request)
        at = self._clock.now().timestamp()
        assert isinstance(response.stream, httpx.AsyncByteStream)
        stream = _RecordedStream(response.stream, lambda body: self._record(request, response, body, at))
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=stream,
            extensions=response.extensions,
            request=request,
        )

    def _record(self, request: httpx.Request, response: httpx.Response, body: bytes, at: float) -> None:
        self._history.record(
            Exchange(
                operation=self._operation_of(request.method, request.url.path),
                persona=self._persona,
                method=request.method,
                url=request.url.raw_path.decode("ascii"),
                request_headers=tuple(request.headers.items()),
                request_body=request.content,
                status=response.status_code,
                response_headers=tuple(response.headers.items()),
                response_body=body,
                at=at,
            )
        )

    async def aclose(self) -> None:
        await self._inner.aclose()
