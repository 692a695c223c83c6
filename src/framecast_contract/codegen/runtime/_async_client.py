"""The asynchronous client without its operations: sending, trying again, following, paging."""

from __future__ import annotations

import math
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from inspect import isawaitable
from random import random
from types import TracebackType
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeAlias, TypeVar, cast

import anyio  # async only

from ._base import LONGEST_SILENCE, ClientBase, Limits, Try
from ._errors import FramecastError, TransportError
from ._events import Story
from ._paging import Pages
from ._request import Request
from ._response import RawResponse, Response
from ._retries import Retries

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
P = ParamSpec("P")

AsyncToken: TypeAlias = str | Callable[[], str | Awaitable[str]]
"""A JWT or an API key, or what gives the present one."""


class AsyncClock:
    """What a client takes from its surroundings: time in seconds, and chance. Tests give it their own."""

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        return time.monotonic()

    def random(self) -> float:
        """A number from 0 to 1."""
        return random()  # spreads the tries of many clients, guards nothing

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await anyio.sleep(seconds)


class AsyncClient(ClientBase):
    """Sends requests; close it, or use it with `async with`."""

    def __init__(
        self,
        base_url: str,
        token: AsyncToken | None = None,
        *,
        strict: bool = False,
        timeout: float = 30.0,
        stream_timeout: float = LONGEST_SILENCE,
        retries: Retries = Retries(),  # noqa: B008  # frozen
        headers: Mapping[str, str] | None = None,
        on_try: Callable[[Try], object] | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        upload_transport: httpx.AsyncBaseTransport | None = None,
        limits: Limits = Limits(),  # noqa: B008  # frozen
        ignored_headers: Sequence[str] = (),
        clock: AsyncClock | None = None,
    ) -> None:
        from ._async_transport import AsyncTransport  # httpx takes long to import

        super().__init__(
            base_url,
            token,
            strict=strict,
            ignored_headers=ignored_headers,
            timeout=timeout,
            stream_timeout=stream_timeout,
            retries=retries,
            headers=headers,
            on_try=on_try,
        )
        self._clock = clock or AsyncClock()
        self._transport = AsyncTransport(transport, limits, secure=base_url.startswith("https://"))
        self.upload_transport = upload_transport

    @property
    def clock(self) -> AsyncClock:
        """Time in seconds, chance, and the way to wait."""
        return self._clock

    async def call(self, request: Request[T]) -> T:
        """Send a request and give its result."""
        response = await self.send(request)
        return cast(T, response) if self._whole else response.result

    async def send(self, request: Request[T]) -> Response[T]:
        """Send a request of `operations` and read the answer, with status and headers.

        Raises:
            ApiError: the server refused.
            ContractViolation: the answer is nothing the contract describes.
            TransportError: no answer arrived.
        """
        number, repeated = 1, False
        while True:
            started = self.clock.monotonic()
            outcome = await self._try(request)
            wait = self.pause_after(request, outcome, number, started)
            if wait is None:
                return self.finish(request, outcome, repeated=repeated)
            repeated = repeated or getattr(outcome, "sent", True)
            await self.clock.sleep(wait)
            number += 1

    async def _try(self, request: Request[Any]) -> RawResponse | TransportError:
        try:
            url = self.base_url + request.target
            return await self._transport.send(request, url, await self._sent_headers(), self.timeout)
        except TransportError as error:
            return error

    async def _sent_headers(self) -> list[tuple[str, str]]:
        if not callable(self._token):
            return self._fixed_headers
        token = self._token()
        token = await token if isawaitable(token) else token  # async only
        return [*self._fixed_headers, self._proof(token)]

    def stream(self, request: Request[T]) -> AsyncGenerator[T, None]:
        """Send a request whose answer is an event stream and yield its events until the last one.

        A connection that is cut is opened again where it was cut, as often as `retries` allows without an
        event in between.

        Raises:
            StreamCutError: the stream ended before the last event, and opening it again did not help.
            ApiError, ContractViolation, TransportError: as in `send`.
        """
        return self.follow(self.story(request))

    def story(self, request: Request[T]) -> Story[T]:
        """A stream that nothing was heard of yet, for `follow`."""
        return Story(request, self._reading)

    async def follow(self, story: Story[T], until: float = math.inf) -> AsyncGenerator[T, None]:
        """Yield what a story has to tell from where it stands, at most until a moment of the client's clock.

        Raises:
            FramecastError: as `stream`.
        """
        while True:
            started = self.clock.monotonic()
            outcome: RawResponse | FramecastError
            asked = story.asked()
            headers = await self._sent_headers()
            silence = min(self.stream_timeout, max(until - started, 0.0))
            opened = self._transport.stream(
                asked, self.base_url + asked.target, headers, self.timeout, silence
            )
            try:
                async with opened as (raw, chunks):
                    outcome = raw
                    if raw.status < 400:
                        story.begin(raw)
                        async for chunk in chunks:
                            for event in story.feed(chunk):
                                yield event
                            if story.complete:
                                break
                            if self.clock.monotonic() > until:
                                raise story.cut("the time was up")
                        else:
                            story.end()
                            outcome = raw if story.complete else story.cut("the server closed the stream")
            except TransportError as error:
                outcome = story.broken(error)
            left = until - self.clock.monotonic() if story.resumable else -1
            wait = self.pause_after(
                story.request, outcome, story.tried, started, at_least=story.pause, within=left
            )
            if story.complete:
                return
            if wait is None:
                raise story.failure(outcome)
            await self.clock.sleep(wait)

    async def paginate(
        self, method: Callable[P, Awaitable[list[T]]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncGenerator[T, None]:
        """Yield every element of a list with `limit` and `offset`, page by page.

            async for job in client.paginate(client.list_jobs, status="completed"): ...

        Elements that move to the next page meanwhile, because others came before them, are not repeated; what
        is deleted meanwhile may hide others. `limit` is the size of a page, `offset` where to begin.

        Raises:
            TypeError: the method has no pages.
            ApiError, ContractViolation, TransportError: as the method.
        """
        pages: Pages[T] = Pages(method, kwargs)
        while not pages.complete:
            page = await cast(Any, method)(*args, **kwargs, **pages.asked())
            for element in pages.take(page):
                yield element

    def with_raw_response(self, method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[Response[T]]]:
        """A method of this client that gives the whole answer: result, status, headers, body.

            answer = await client.with_raw_response(client.get_job)(job_id)
            print(answer.status, answer.headers["x-ratelimit-remaining"], answer.result.status)

        Raises:
            TypeError: it is none, or a stream, or a helper of several calls.
        """
        return cast(Callable[P, Awaitable[Response[T]]], self.whole(method))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
