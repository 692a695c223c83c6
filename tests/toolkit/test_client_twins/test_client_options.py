"""Settings of a client, and of one call only."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

import framecast_client as fc

from .pretending import JOB_ID, Chunks, Script, always, frame, settled, streamed


def ok(*_: object) -> httpx.Response:
    return httpx.Response(200, text="OK")


def busy(*_: object) -> httpx.Response:
    return httpx.Response(503)


def seconds(request: httpx.Request) -> dict[str, float]:
    found: dict[str, float] = request.extensions["timeout"]
    return found


async def test_options_hold_for_the_copy_and_leave_the_client_alone(opened: Any) -> None:
    script = Script(*[ok] * 3)
    client = opened(script, headers={"x-team": "a"}, timeout=30)
    before = {name: value for name, value in vars(client).items() if name != "_fixed_headers"}
    other = client.with_options(timeout=5, retries=fc.NO_RETRIES, headers={"x-call": "b"}, stream_timeout=9)
    for one in (client, other, client):
        await settled(one.get_health())

    asked = [(r.headers.get("x-team"), r.headers.get("x-call"), seconds(r)["read"]) for r in script.sent]
    assert asked == [("a", None, 30), ("a", "b", 5), ("a", None, 30)]
    assert {name: value for name, value in vars(client).items() if name != "_fixed_headers"} == before
    assert (other.retries, other.stream_timeout) == (fc.NO_RETRIES, 9)


@pytest.mark.parametrize("tries", [1, 2, 4])
async def test_the_tries_of_one_call(opened: Any, tries: int) -> None:
    script = Script(*[busy] * (tries + 3))
    client = opened(script)
    for one in (client.with_options(retries=fc.Retries(tries=tries)), client):
        with pytest.raises(fc.ServerError):
            await settled(one.get_health())

    assert script.replies == []


async def test_options_add_up(opened: Any) -> None:
    script = Script(ok)
    client = (
        opened(script).with_options(timeout=5).with_options(headers={"x-a": "1"}).with_options(timeout=None)
    )
    await settled(client.get_health())

    assert (seconds(script.sent[0])["read"], script.sent[0].headers["x-a"]) == (5, "1")


async def test_a_timeout_is_for_every_step_but_a_stream_may_be_silent_for_longer(opened: Any) -> None:
    script = Script(ok, streamed(Chunks(frame(1, "completed"))))
    client = opened(script, timeout=7, stream_timeout=100)
    await settled(client.get_health())
    await settled(client.get_job_events(JOB_ID))

    steps = {"connect": 7, "write": 7, "pool": 7}
    assert [seconds(request) for request in script.sent] == [{**steps, "read": 7}, {**steps, "read": 100}]


async def test_a_header_replaces_the_one_of_the_same_name_in_any_case(opened: Any) -> None:
    script = Script(ok, ok)
    client = opened(script, headers={"User-Agent": "mine", "X-Team": "a"})
    await settled(client.get_health())
    await settled(client.with_options(headers={"x-team": "b"}).get_health())

    found = [(r.headers.get_list("user-agent"), r.headers.get_list("x-team")) for r in script.sent]
    assert found == [(["mine"], ["a"]), (["mine"], ["b"])]


def echo(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, text=request.headers["x-call"])


async def test_calls_with_options_at_the_same_time_do_not_meet(opened: Any) -> None:
    client = opened(echo, headers={"x-call": "none"})
    names = [str(number) for number in range(20)]
    calls = [client.with_options(headers={"x-call": name}).get_health for name in names]
    if isinstance(client, fc.FramecastClient):
        found = await asyncio.gather(*(call() for call in calls))
    else:
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda call: call(), calls))

    assert (found, await settled(client.get_health())) == (names, "none")


async def test_closing_the_client_closes_its_connections(opened: Any) -> None:
    class Transport(httpx.MockTransport):
        closed = 0

        def close(self) -> None:
            self.closed += 1

        async def aclose(self) -> None:
            self.closed += 1

    transport = Transport(always(ok))
    client = opened(ok, transport=transport)
    if isinstance(client, fc.FramecastClient):
        async with client:
            await client.get_health()
    else:
        with client:
            client.get_health()

    assert transport.closed == 1
