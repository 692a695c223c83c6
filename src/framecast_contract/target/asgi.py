"""Calling an ASGI app without a socket: one asynchronous way that streams, one synchronous way that is fast.

httpx' own ASGI transport hands over a response only when the app has finished, so it cannot follow an event
stream. Here a stream is read as it is sent, and closing it tells the app that its reader has gone.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import httpx

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_END = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete response: status, headers as sent, body in bytes."""

    status: int
    headers: Headers
    body: bytes


def scope_of(method: str, url: httpx.URL, headers: Headers) -> dict[str, Any]:
    """The ASGI scope of a request."""
    raw_path, _, query = url.raw_path.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": url.scheme,
        "path": unquote(raw_path.decode("ascii")),
        "raw_path": raw_path,
        "query_string": query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in headers],
        "client": ("127.0.0.1", 0),
        "server": (url.host, url.port),
    }


class _Call:
    """One request under way: feeds the body in, collects what the app sends."""

    def __init__(self, app: AsgiApp, scope: dict[str, Any], body: bytes) -> None:
        self._body: bytes | None = body
        self._gone = asyncio.Event()
        self._started: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.chunks: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.status = 0
        self.headers: Headers = []
        self.task = asyncio.ensure_future(self._run(app, scope))

    async def _run(self, app: AsgiApp, scope: dict[str, Any]) -> None:
        try:
            await app(scope, self._receive, self._send)
        except Exception as error:
            if self._started.done():
                raise
            self._started.set_exception(error)
        finally:
            if not self._started.done():
                self._started.set_exception(RuntimeError("the app ended without an answer"))
            self.chunks.put_nowait(_END)

    async def _receive(self) -> Message:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message.get("headers", []))
            self._started.set_result(None)
        elif message["type"] == "http.response.body" and message.get("body"):
            self.chunks.put_nowait(message["body"])

    async def started(self) -> None:
        await self._started

    async def close(self) -> None:
        """Tell the app that the reader has gone, and wait until it has noticed."""
        self._gone.set()
        await self.task


def _is_event_stream(headers: Headers) -> bool:
    return any(name.lower() == b"content-type" and b"text/event-stream" in value for name, value in headers)


class _Stream(httpx.AsyncByteStream):
    def __init__(self, call: _Call) -> None:
        self._call = call

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (chunk := await self._call.chunks.get()) is not _END:
            yield chunk

    async def aclose(self) -> None:
        await self._call.close()


class AsgiTransport(httpx.AsyncBaseTransport):
    """An httpx transport into an ASGI app.

    An ordinary answer is handed over when the app is completely done, background work included, so that a
    caller sees its effects; an event stream is handed over at once.
    """

    def __init__(self, app: AsgiApp) -> None:
        self._app = app

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        scope = scope_of(request.method, request.url, request.headers.raw)
        call = _Call(self._app, scope, await request.aread())
        try:
            await call.started()
            if not _is_event_stream(call.headers):
                await call.task
        except asyncio.CancelledError:
            call.task.cancel()
            raise
        return httpx.Response(call.status, headers=call.headers, stream=_Stream(call), request=request)


class SyncCaller:
    """Calls an ASGI app from synchronous code on an event loop of its own, without threads.

    An event stream is read until the app waits for news, then hung up on: what is stored is what is judged.
    """

    def __init__(self, app: AsgiApp) -> None:
        self._app = app
        self._loop = asyncio.new_event_loop()

    def call(self, method: str, url: httpx.URL, headers: Headers, body: bytes) -> Answer:
        return self._loop.run_until_complete(self._call(scope_of(method, url, headers), body))

    def run(self, work: Awaitable[Any]) -> Any:
        """Run other asynchronous work on the same loop, such as preparing a world."""
        return self._loop.run_until_complete(work)

    async def _call(self, scope: dict[str, Any], body: bytes) -> Answer:
        status, headers, chunks = 0, Headers(), list[bytes]()
        unread: list[bytes] = [body]

        async def receive() -> Message:
            if unread:
                return {"type": "http.request", "body": unread.pop(), "more_body": False}
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status, headers = message["status"], list(message.get("headers", []))
            elif message["type"] == "http.response.body":
                chunks.append(message.get("body", b""))

        await self._app(scope, receive, send)
        return Answer(status, headers, b"".join(chunks))

    def close(self) -> None:
        self._loop.close()
