"""Waiting for a job: by its events, and by reading it where they fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

import framecast_client as fc

from .one_job import FRAMES, TOLD, House, exact, rest
from .pretending import JOB_ID, Chunks, Reply, frame, refused, settled, stream, streamed


async def test_a_job_that_completes_is_given_as_it_is_read_in_the_end(
    opened: Any, job: dict[str, Any]
) -> None:
    house = House(job, ["completed"], [exact])
    client = opened(house)
    found = await settled(client.wait_for_job(JOB_ID))

    assert found.model_dump(mode="json") == house.shown("completed")
    assert (house.reads, len(house.asked), client.clock.naps) == (1, 1, [])


@pytest.mark.parametrize("streams", [[exact], [refused(410, "GONE")]], ids=["events", "no events"])
@pytest.mark.parametrize("retries", [fc.Retries(), fc.NO_RETRIES], ids=["retries", "no retries"])
async def test_a_job_that_has_ended_needs_no_wait(
    opened: Any, job: dict[str, Any], streams: list[Reply], retries: fc.Retries
) -> None:
    client = opened(House(job, ["completed"], streams), retries=retries)

    assert (await settled(client.wait_for_job(JOB_ID))).status == "completed"
    assert client.clock.naps == []


@pytest.mark.parametrize(
    ("state", "kind"), [("failed", fc.JobFailedError), ("canceled", fc.JobCanceledError)]
)
async def test_a_job_that_ends_badly_is_raised_with_the_job(
    opened: Any, job: dict[str, Any], state: str, kind: type[fc.EndedBadlyError]
) -> None:
    house = House(job, [state], [stream(frame(1, state))])
    with pytest.raises(fc.EndedBadlyError, match=f"it ended as {state}") as caught:
        await settled(opened(house).wait_for_job(JOB_ID))

    assert type(caught.value) is kind
    assert caught.value.result.model_dump(mode="json") == house.shown(state)


CUTS: dict[str, list[Reply]] = {
    "once": [lambda _: stream(*FRAMES[:2], broken=True), exact],
    "at every event": [lambda request: stream(*rest(request)[:1])],
    "ignored Last-Event-ID": [lambda _: stream(*FRAMES[:2], broken=True), lambda _: stream(*FRAMES)],
    "many times": [lambda _: stream(FRAMES[0]), *[lambda _: stream() for _ in range(9)], exact],
    "between failures": [
        lambda _: stream(FRAMES[0]),
        httpx.ReadError("reset"),
        httpx.ReadTimeout("late"),
        exact,
    ],
}


@pytest.mark.parametrize("name", CUTS)
@pytest.mark.parametrize("retries", [fc.Retries(), fc.NO_RETRIES], ids=["retries", "no retries"])
async def test_every_event_is_told_once_and_in_order_over_all_cuts(
    opened: Any, job: dict[str, Any], name: str, retries: fc.Retries
) -> None:
    told: list[Any] = []
    house = House(job, ["queued"] * 30, CUTS[name])

    def on_progress(one: Any) -> None:
        told.append(one)
        house.states = ["completed"] if one.event == "completed" else house.states

    await settled(opened(house, retries=retries).wait_for_job(JOB_ID, on_progress=on_progress))

    assert told == TOLD


async def test_the_asynchronous_client_awaits_what_it_tells(job: dict[str, Any]) -> None:
    told: list[str] = []

    async def on_progress(one: Any) -> None:
        told.append(one.event)

    transport = httpx.MockTransport(House(job, ["completed"], [exact]))
    async with fc.FramecastClient("http://t", transport=transport) as client:
        await client.wait_for_job(JOB_ID, on_progress=on_progress)

    assert told == ["queued", "progress", "completed"]


OWN = [KeyError("mine"), fc.UploadError("mine", fc.operations.get_job(JOB_ID), None)]
OWN.append(fc.StreamCutError("mine", fc.operations.get_job(JOB_ID), None, 0))
OWN.append(fc.TransportError("mine", fc.operations.get_job(JOB_ID)))


@pytest.mark.parametrize("error", OWN, ids=lambda error: type(error).__name__)
async def test_an_error_of_who_is_told_reaches_the_caller_and_closes_the_stream(
    opened: Any, job: dict[str, Any], error: Exception
) -> None:
    body = Chunks(*FRAMES)

    def on_progress(_: Any) -> None:
        raise error

    with pytest.raises(type(error), match="mine"):
        await settled(
            opened(House(job, ["completed"], [streamed(body)])).wait_for_job(JOB_ID, on_progress=on_progress)
        )
    assert (body.given, body.closed) == (1, True)


WITHOUT_EVENTS: dict[str, Callable[[], Reply]] = {
    "gone": lambda: refused(410, "GONE"),
    "not found": lambda: refused(404, "NOT_FOUND"),
    "failure": lambda: httpx.Response(500),
    "forbidden": lambda: refused(403, "AUTHORIZATION_ERROR"),
    "page": lambda: httpx.Response(200, html="<h1>Log in"),
    "outside the contract": lambda: stream(b"event: 1\ndata: x\n\n"),
}


@pytest.mark.parametrize("name", WITHOUT_EVENTS)
async def test_a_job_without_events_is_read_in_growing_pauses(
    opened: Any, job: dict[str, Any], name: str
) -> None:
    house = House(job, [*["processing"] * 7, "completed"], [WITHOUT_EVENTS[name]()])
    client = opened(house)
    await settled(client.wait_for_job(JOB_ID))

    assert client.clock.naps == [1, 2, 4, 8, 15, 15, 15]
    assert house.reads == 8


async def test_a_broken_contract_of_the_events_is_raised_in_strict_mode(
    opened: Any, job: dict[str, Any]
) -> None:
    house = House(job, ["completed"], [stream(frame(1, "exploded"))])
    with pytest.raises(fc.ContractViolation, match="/event"):
        await settled(opened(house, strict=True).wait_for_job(JOB_ID))


async def test_an_unknown_state_is_no_end(opened: Any, job: dict[str, Any]) -> None:
    house = House(job, ["paused", "rewinding", "completed"])

    assert (await settled(opened(house).wait_for_job(JOB_ID))).status == "completed"
    assert house.reads == 3


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (refused(401, "INVALID_TOKEN"), fc.InvalidTokenError),
        (refused(403, "AUTHORIZATION_ERROR"), fc.AuthorizationError),
        (refused(404, "NOT_FOUND"), fc.NotFoundError),
        (httpx.Response(200, json={}), fc.ContractViolation),
    ],
)
async def test_a_job_that_cannot_be_read_is_not_waited_for(
    opened: Any, job: dict[str, Any], reply: httpx.Response, kind: type[Exception]
) -> None:
    client = opened(House(job, [reply], [reply]))
    with pytest.raises(kind):
        await settled(client.wait_for_job(JOB_ID))

    assert client.clock.naps == []


async def test_the_state_that_counts_is_the_one_that_is_read(opened: Any, job: dict[str, Any]) -> None:
    house = House(job, ["processing", "processing", "completed"], [exact])
    client = opened(house)

    assert (await settled(client.wait_for_job(JOB_ID))).status == "completed"
    assert (len(house.asked), house.reads, client.clock.naps) == (1, 3, [1, 2])


async def test_the_pause_a_stream_asks_for_is_respected(opened: Any, job: dict[str, Any]) -> None:
    house = House(job, ["processing", "completed"], [stream(b"retry: 20000\n\n", FRAMES[0]), exact])
    client = opened(house)
    await settled(client.wait_for_job(JOB_ID))

    assert client.clock.naps == [20]


async def test_the_settings_of_a_copy_hold_while_it_waits(opened: Any, job: dict[str, Any]) -> None:
    calls: list[str] = []

    def house(request: httpx.Request) -> httpx.Response:
        calls.append(request.headers["x-team"])
        return House(job, ["completed"], [exact])(request)

    await settled(opened(house).with_options(headers={"x-team": "a"}).wait_for_job(JOB_ID))

    assert calls == ["a", "a"]
