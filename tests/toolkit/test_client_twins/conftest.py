"""Calls both clients with a pretended server: every test in this folder runs for the two of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, Protocol

import httpx
import pytest

from framecast_client import FramecastClient, SyncFramecastClient

from .pretending import RATE, AwaitedClock, BlockingClock, Server, settled, transport

Client = FramecastClient | SyncFramecastClient


class Call(Protocol):
    """Calls a method of a client; `answer` plays the server. A stream comes back as a list.

    In strict mode the server sends the headers that the contract wants.
    """

    def __call__(
        self,
        method: str,
        *args: object,
        answer: httpx.Response | Server,
        token: str | None = None,
        strict: bool = False,
        **named: object,
    ) -> Any: ...


class Opener(Protocol):
    """Makes a client whose clock stands still; `server` plays the server, settings are the client's."""

    def __call__(self, server: Server, token: Any = None, **settings: Any) -> Any: ...


def _obliging(answer: httpx.Response | Server, strict: bool) -> Server:
    def answered(request: httpx.Request) -> httpx.Response:
        response = answer(request) if callable(answer) else answer
        if strict and request.url.path.startswith("/v1/"):
            response.headers = httpx.Headers({**RATE, **response.headers})
        return response

    return answered


def _client(kind: type[Client], server: Server, token: Any, settings: dict[str, Any]) -> Any:
    clock = BlockingClock() if kind is SyncFramecastClient else AwaitedClock()
    settings = {"clock": clock, "transport": transport(server), **settings}
    return kind("http://framecast.test", token, **settings)


async def _closed(client: Any) -> None:
    if isinstance(client, SyncFramecastClient):
        client.close()
    else:
        await client.aclose()


@pytest.fixture(params=[FramecastClient, SyncFramecastClient], ids=["async", "sync"])
def client_kind(request: pytest.FixtureRequest) -> type[Client]:
    """The class of the client."""
    wanted: type[Client] = request.param
    return wanted


@pytest.fixture
def call(client_kind: type[Client]) -> Call:
    """Calls one method of a client that is new."""

    async def called(
        method: str, args: Any, server: Server, token: Any, strict: bool, named: dict[str, Any]
    ) -> Any:
        client = _client(client_kind, server, token, {"strict": strict})
        try:
            return await settled(getattr(client, method)(*args, **named))
        finally:
            await _closed(client)

    def calling(
        method: str,
        *args: object,
        answer: httpx.Response | Server,
        token: str | None = None,
        strict: bool = False,
        **named: object,
    ) -> Any:
        return asyncio.run(called(method, args, _obliging(answer, strict), token, strict, named))

    return calling


@pytest.fixture
async def opened(client_kind: type[Client]) -> AsyncIterator[Opener]:
    """Opens clients, and closes them in the end."""
    clients: list[Any] = []

    def opening(server: Server, token: Any = None, **settings: Any) -> Any:
        clients.append(_client(client_kind, server, token, settings))
        return clients[-1]

    yield opening
    for client in clients:
        await _closed(client)


@pytest.fixture
def sent() -> list[httpx.Request]:
    """What reached the pretended server of `recording`."""
    return []


@pytest.fixture
def recording(sent: list[httpx.Request]) -> Callable[[httpx.Response], Server]:
    """Makes a pretended server that keeps the requests in `sent`."""

    def recording_server(answer: httpx.Response) -> Server:
        def answered(request: httpx.Request) -> httpx.Response:
            sent.append(request)
            return answer

        return answered

    return recording_server


@pytest.fixture
def job() -> dict[str, Any]:
    """A queued job as the server writes it."""
    person = "3f0f5b1e-8a52-4d0c-9d0e-7b8f3d2c1a90"
    return {
        "id": "9b2f8d8e-4c55-4c0b-8a39-0d9c5f1b7e21",
        "owner": f"framecast:user:{person}",
        "triggered_by": person,
        "project_id": None,
        "status": "queued",
        "spec_snapshot": {
            "title": "Dawn",
            "scenes": [{"id": "a", "prompt": "Sun", "duration": 2}],
            "mood": 7,
        },
        "options": {},
        "progress": {},
        "output": None,
        "output_size_bytes": None,
        "error": None,
        "credits_charged": 2,
        "failure_type": None,
        "credits_refunded": 0,
        "idempotency_key": None,
        "started_at": None,
        "completed_at": None,
        "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z",
    }


@pytest.fixture
def asset(job: dict[str, Any]) -> dict[str, Any]:
    """An uploaded picture as the server writes it."""
    return {
        "id": "5a0c3b57-7d0f-4a3e-8a53-0c6f1d2e3b4a",
        "owner": job["owner"],
        "uploaded_by": job["triggered_by"],
        "project_id": None,
        "filename": "sun.png",
        "s3_key": "assets/sun.png",
        "content_type": "image/png",
        "size_bytes": 5,
        "status": "ready",
        "metadata": {},
        "download_url": None,
        "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z",
    }
