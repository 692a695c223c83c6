"""A pretended server, clock and event stream for either client. No test here waits or uses a network."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from inspect import isawaitable
from typing import Any, TypeAlias

import httpx

from framecast_client import AsyncClock, SyncClock
from framecast_client.models import JobEvent

JOB_ID = "9b2f8d8e-4c55-4c0b-8a39-0d9c5f1b7e21"
RATE = {"x-ratelimit-limit": "60", "x-ratelimit-remaining": "59", "x-ratelimit-reset": "1"}
"""The headers that the contract wants with every answer of the API."""

Server: TypeAlias = Callable[[httpx.Request], httpx.Response]
Reply: TypeAlias = httpx.Response | Exception | Server


class Clock:
    """Stands still but for naps, which it keeps; chance is always the same."""

    def __init__(self, chance: float = 1.0) -> None:
        self.now = 1000.0
        self.naps: list[float] = []
        self.chance = chance

    def monotonic(self) -> float:
        return self.now

    def random(self) -> float:
        return self.chance

    def pass_by(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds


class BlockingClock(Clock, SyncClock):
    def sleep(self, seconds: float) -> None:
        self.pass_by(seconds)


class AwaitedClock(Clock, AsyncClock):
    async def sleep(self, seconds: float) -> None:
        self.pass_by(seconds)


class Script:
    """Gives its replies one after the other and keeps what was asked. Nothing may be asked after the last."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.sent: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        assert self.replies, f"{request.method} {request.url} was not expected any more"
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply if isinstance(reply, httpx.Response) else reply(request)


def transport(server: Server) -> httpx.MockTransport:
    """Takes the place of the network. Answers are copied, so that a server may give one twice."""

    def answered(request: httpx.Request) -> httpx.Response:
        answer = server(request)
        if not isinstance(answer.stream, httpx.ByteStream):
            return answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    return httpx.MockTransport(answered)


def always(reply: Callable[[], httpx.Response]) -> Server:
    """A server that never says anything else."""
    return lambda _: reply()


class Chunks(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in pieces, and may break; knows whether it was read to its end, and closed."""

    def __init__(self, *chunks: bytes, broken: bool = False) -> None:
        self.chunks = chunks
        self.broken = broken
        self.given = 0
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.given += 1
            yield chunk
        if self.broken:
            raise httpx.ReadError("reset")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.__iter__():
            yield chunk

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def frame(number: int, event: str, data: str = "{}") -> bytes:
    return f"id: {JOB_ID}:{number}\nevent: {event}\ndata: {data}\n\n".encode()


def streamed(body: Chunks) -> httpx.Response:
    headers = {"content-type": "text/event-stream; charset=utf-8", **RATE}
    return httpx.Response(200, headers=headers, stream=body)


def stream(*chunks: bytes, broken: bool = False) -> httpx.Response:
    return streamed(Chunks(*chunks, broken=broken))


def event(number: int, kind: str, **data: object) -> JobEvent:
    return JobEvent.model_validate({"id": f"{JOB_ID}:{number}", "event": kind, "data": data})


def refused(status: int, code: str, message: str = "No", **more: object) -> httpx.Response:
    return httpx.Response(status, json={"error": {"code": code, "message": message, **more}}, headers=RATE)


async def settled(found: Any) -> Any:
    """What a method of either client gives in the end; everything, of an iterator."""
    if isinstance(found, AsyncIterator | Iterator):
        told: list[Any] = []
        await drained(found, told)
        return told
    return await found if isawaitable(found) else found


async def drained(found: Any, told: list[Any]) -> None:
    """Keep in `told` what an iterator of either client gives, up to its end or error."""
    if isinstance(found, AsyncIterator):
        async for one in found:
            told.append(one)  # an error must not lose the ones before
    else:
        for one in found:
            told.append(one)
