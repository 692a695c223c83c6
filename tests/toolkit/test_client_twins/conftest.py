"""Calls both clients with a pretended server: every test in this folder runs for the two of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Protocol

import httpx
import pytest

from framecast_client import FramecastClient, SyncFramecastClient

Server = Callable[[httpx.Request], httpx.Response]


class Call(Protocol):
    """Calls a method of a client; `answer` plays the server. A stream comes back as a list."""

    def __call__(
        self,
        method: str,
        *args: object,
        answer: httpx.Response | Server,
        token: str | None = None,
        **named: object,
    ) -> Any: ...


def _transport(answer: httpx.Response | Server) -> httpx.MockTransport:
    return httpx.MockTransport(answer if callable(answer) else lambda _: answer)


def _sync_call(
    method: str,
    *args: object,
    answer: httpx.Response | Server,
    token: str | None = None,
    **named: object,
) -> Any:
    with SyncFramecastClient("http://framecast.test", token, transport=_transport(answer)) as client:
        result = getattr(client, method)(*args, **named)
        return list(result) if isinstance(result, Iterator) else result


def _async_call(
    method: str,
    *args: object,
    answer: httpx.Response | Server,
    token: str | None = None,
    **named: object,
) -> Any:
    async def called() -> Any:
        async with FramecastClient("http://framecast.test", token, transport=_transport(answer)) as client:
            result = getattr(client, method)(*args, **named)
            return [one async for one in result] if isinstance(result, AsyncIterator) else await result

    return asyncio.run(called())


@pytest.fixture(params=[_async_call, _sync_call], ids=["async", "sync"])
def call(request: pytest.FixtureRequest) -> Call:
    wanted: Call = request.param
    return wanted


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
