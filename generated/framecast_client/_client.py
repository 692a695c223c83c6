"""The two bases of the clients: one waits on an event loop, the other blocks. What they share does no I/O."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Mapping
from types import TracebackType
from typing import ClassVar, Self, TypeVar

from ._errors import TransportError
from ._events import EventReader
from ._request import Request
from ._response import RawResponse, Response, read
from ._transport import AsyncTransport, AsyncTransportLike, SyncTransport, SyncTransportLike

T = TypeVar("T")

LONGEST_SILENCE = 1860.0
"""Seconds. A job is ended by the server after 30 minutes, so a stream that is silent for longer is dead."""


class ClientBase:
    """Where to send, as whom, and how long to wait. Times are in seconds."""

    user_agent: ClassVar[str] = "framecast-client"

    def __init__(
        self,
        base_url: str,
        token: str | None,
        timeout: float,
        stream_timeout: float,
        headers: Mapping[str, str] | None,
    ) -> None:
        if not base_url.startswith(("http://", "https://")):
            raise ValueError(f"base_url: expected http://… or https://…, got {base_url!r}")
        if token is not None and (
            not token or not token.isprintable() or not token.isascii() or " " in token
        ):
            raise ValueError("token: expected a JWT or an API key without spaces, line ends or other extras")
        self.base_url = base_url.rstrip("/")
        self.timeout = timeout
        self.stream_timeout = stream_timeout
        self._token = token
        self.headers = {"user-agent": self.user_agent, **(headers or {}), **self._authorization()}

    def _authorization(self) -> Mapping[str, str]:
        return {"authorization": f"Bearer {self._token}"} if self._token else {}

    def _read(self, request: Request[T], raw: RawResponse) -> Response[T]:
        return read(request, raw, [self._token] if self._token else [])

    def __repr__(self) -> str:
        token = "'***'" if self._token else "None"
        return f"{type(self).__name__}({self.base_url!r}, token={token})"


class AsyncClient(ClientBase):
    """Sends requests on an event loop; close it, or use it with `async with`."""

    def __init__(
        self,
        base_url: str,
        token: str | None = None,
        *,
        transport: AsyncTransportLike | None = None,
        timeout: float = 30.0,
        stream_timeout: float = LONGEST_SILENCE,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(base_url, token, timeout, stream_timeout, headers)
        self._transport = AsyncTransport(self, transport)

    async def send(self, request: Request[T]) -> Response[T]:
        """Send a request of `framecast_client.operations` and read the answer, with status and headers.

        Raises:
            ApiError: the server refused as documented.
            ContractViolation: the answer is nothing the contract describes.
            TransportError: no answer arrived.
        """
        return self._read(request, await self._transport.send(request))

    async def stream(self, request: Request[T]) -> AsyncGenerator[T, None]:
        """Send a request whose answer is an event stream and yield its events until the last one.

        Raises:
            StreamCutError: the stream ended before the last event.
            ApiError, ContractViolation, TransportError: as in `send`.
        """
        async with self._transport.stream(request) as (raw, chunks):
            reader = EventReader(request, raw)
            try:
                async for chunk in chunks:
                    for event in reader.feed(chunk):
                        yield event
                    if reader.complete:
                        return
            except TransportError as error:
                raise reader.cut("the connection broke") from error
            reader.finish()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


class SyncClient(ClientBase):
    """Sends requests and waits for them; close it, or use it with `with`."""

    def __init__(
        self,
        base_url: str,
        token: str | None = None,
        *,
        transport: SyncTransportLike | None = None,
        timeout: float = 30.0,
        stream_timeout: float = LONGEST_SILENCE,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(base_url, token, timeout, stream_timeout, headers)
        self._transport = SyncTransport(self, transport)

    def send(self, request: Request[T]) -> Response[T]:
        """As `AsyncClient.send`."""
        return self._read(request, self._transport.send(request))

    def stream(self, request: Request[T]) -> Generator[T, None, None]:
        """As `AsyncClient.stream`."""
        with self._transport.stream(request) as (raw, chunks):
            reader = EventReader(request, raw)
            try:
                for chunk in chunks:
                    yield from reader.feed(chunk)
                    if reader.complete:
                        return
            except TransportError as error:
                raise reader.cut("the connection broke") from error
            reader.finish()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
