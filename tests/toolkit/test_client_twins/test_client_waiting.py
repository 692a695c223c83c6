"""Waiting for a job: by its events, by reading it where they fail, and never beyond the deadline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import httpx
import pytest

import framecast_client as fc

from .pretending import JOB_ID, Chunks, Reply, event, frame, refused, settled, stream, streamed

OUTPUT = {"video_url": "u", "duration": 2.0, "resolution": "1x1", "format": "mp4", "size_bytes": 1}
TOLD = [event(1, "queued"), event(2, "progress", percent=50), event(3, "completed")]
FRAMES = [frame(1, "queued"), frame(2, "progress", '{"percent": 50}'), frame(3, "completed")]


class House:
    """A server with one job: `states` are what reads of it show (the last one for ever), as are `streams`."""

    def __init__(
        self, job: dict[str, Any], states: Iterable[str | Reply], streams: Iterable[Reply] = ()
    ) -> None:
        self.job = job
        self.states = list(states)
        self.streams = list(streams) or [refused(410, "GONE")]
        self.reads = 0
        self.asked: list[str | None] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/events"):
            self.asked.append(request.headers.get("last-event-id"))
            return self._said(self._next(self.streams), request)
        self.reads += 1
        state = self._next(self.states)
        return (
            httpx.Response(200, json=self.shown(state))
            if isinstance(state, str)
            else self._said(state, request)
        )

    def shown(self, state: str) -> dict[str, Any]:
        return {**self.job, "status": state}

    @staticmethod
    def _next(replies: list[Any]) -> Any:
        return replies.pop(0) if len(replies) > 1 else replies[0]

    @staticmethod
    def _said(reply: Any, request: httpx.Request) -> httpx.Response:
        if isinstance(reply, Exception):
            raise reply
        return reply(request) if callable(reply) else reply


def exact(request: httpx.Request) -> httpx.Response:
    seen = request.headers.get("last-event-id")
    return stream(*FRAMES[int(seen.rpartition(":")[2]) :] if seen else FRAMES)


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
    "at every event": [lambda request: stream(*_rest(request)[:1])],
    "ignored Last-Event-ID": [lambda _: stream(*FRAMES[:2], broken=True), lambda _: stream(*FRAMES)],
    "many times": [lambda _: stream(FRAMES[0])] + [lambda _: stream() for _ in range(9)] + [exact],
    "between failures": [
        lambda _: stream(FRAMES[0]),
        httpx.ReadError("reset"),
        httpx.ReadTimeout("late"),
        exact,
    ],
}


def _rest(request: httpx.Request) -> list[bytes]:
    seen = request.headers.get("last-event-id")
    return FRAMES[int(seen.rpartition(":")[2]) :] if seen else FRAMES


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
