"""The deadline of a wait: by the client's clock, and whatever the server does."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import httpx
import pytest

import framecast_client as fc

from .one_job import House, exact
from .pretending import JOB_ID, Chunks, Reply, settled, streamed


async def test_the_deadline_is_kept_by_the_clock_and_says_what_was_seen(
    opened: Any, job: dict[str, Any]
) -> None:
    client = opened(House(job, ["processing"]))
    with pytest.raises(fc.WaitTimeoutError) as caught:
        await settled(client.wait_for_job(JOB_ID, timeout=20))

    found = caught.value
    assert isinstance(found, TimeoutError)
    assert (found.last_seen.status, str(found.last_seen.id), client.clock.now) == ("processing", JOB_ID, 1020)
    assert str(found) == (
        f"get_job (GET /v1/jobs/{JOB_ID}): not over after 20 seconds; it was processing when last seen"
    )


async def test_without_a_deadline_of_the_caller_there_is_one_all_the_same(
    opened: Any, job: dict[str, Any]
) -> None:
    client = opened(House(job, ["processing"]))
    with pytest.raises(fc.WaitTimeoutError, match="not over after 2100 seconds"):
        await settled(client.wait_for_job(JOB_ID))

    assert client.clock.now == 3100


@pytest.mark.parametrize("timeout", [0, -1])
async def test_no_time_at_all_is_enough_for_one_look(
    opened: Any, job: dict[str, Any], timeout: float
) -> None:
    assert (
        await settled(opened(House(job, ["completed"])).wait_for_job(JOB_ID, timeout=timeout))
    ).status == "completed"
    house = House(job, ["processing"])
    with pytest.raises(fc.WaitTimeoutError):
        await settled(opened(house).wait_for_job(JOB_ID, timeout=timeout))
    assert (house.reads, house.asked) == (1, [])


TROUBLE: dict[str, Reply] = {
    "503": httpx.Response(503),
    "503, come back in a minute": httpx.Response(503, headers={"retry-after": "60"}),
    "503, come back next year": httpx.Response(503, headers={"retry-after": "31536000"}),
    "429": httpx.Response(429, headers={"retry-after": "2"}),
    "no connection": httpx.ConnectError("refused"),
    "no answer": httpx.ReadError("reset"),
}


@pytest.mark.parametrize("name", TROUBLE)
async def test_a_server_in_trouble_has_until_the_deadline(
    opened: Any, job: dict[str, Any], name: str
) -> None:
    client = opened(House(job, [TROUBLE[name]], [TROUBLE[name]]))
    with pytest.raises(fc.WaitTimeoutError, match="it could not be read") as caught:
        await settled(client.wait_for_job(JOB_ID, timeout=45))

    assert (caught.value.last_seen, client.clock.now) == (None, 1045)


@pytest.mark.parametrize("name", TROUBLE)
async def test_a_server_that_recovers_in_time_is_no_failure(
    opened: Any, job: dict[str, Any], name: str
) -> None:
    house = House(job, [TROUBLE[name], "processing", "completed"], [TROUBLE[name], exact])

    assert (await settled(opened(house).wait_for_job(JOB_ID, timeout=45_000_000))).status == "completed"


async def test_a_silent_stream_does_not_outlast_the_deadline(opened: Any, job: dict[str, Any]) -> None:
    def silence(request: httpx.Request) -> httpx.Response:
        client.clock.now += request.extensions["timeout"]["read"]
        raise httpx.ReadTimeout("silent")

    client = opened(House(job, ["processing"], [silence]))
    with pytest.raises(fc.WaitTimeoutError):
        await settled(client.wait_for_job(JOB_ID, timeout=100))

    assert client.clock.now == 1100


async def test_a_silent_stream_is_checked_every_minute(opened: Any, job: dict[str, Any]) -> None:
    looks: list[float] = []

    def silence(request: httpx.Request) -> httpx.Response:
        client.clock.now += request.extensions["timeout"]["read"]
        raise httpx.ReadTimeout("silent")

    def looked(_: httpx.Request) -> httpx.Response:
        looks.append(client.clock.now)
        return httpx.Response(200, json={**job, "status": "completed" if len(looks) == 4 else "processing"})

    client = opened(House(job, [looked], [silence]))
    await settled(client.wait_for_job(JOB_ID))

    assert max(later - earlier for earlier, later in pairwise([1000, *looks])) <= 75


async def test_heartbeats_alone_do_not_outlast_the_deadline(opened: Any, job: dict[str, Any]) -> None:
    class Beating(Chunks):
        def __iter__(self) -> Any:
            while True:
                client.clock.now += 15
                yield b": tick\n\n"

    body = Beating()
    client = opened(House(job, ["processing"], [streamed(body)]))
    with pytest.raises(fc.WaitTimeoutError):
        await settled(client.wait_for_job(JOB_ID, timeout=100))

    assert (client.clock.now, body.closed) == (1105, True)


async def test_a_read_gets_no_more_time_than_is_left(opened: Any, job: dict[str, Any]) -> None:
    seconds: list[float] = []

    def slow(request: httpx.Request) -> httpx.Response:
        seconds.append(request.extensions["timeout"]["read"])
        client.clock.now += 4
        raise httpx.ReadTimeout("late")

    client = opened(House(job, [slow]), timeout=30)
    with pytest.raises(fc.WaitTimeoutError):
        await settled(client.wait_for_job(JOB_ID, timeout=12))

    assert [seconds[0], max(seconds) <= 12, client.clock.now <= 1016] == [12, True, True]
