"""Following a job: pauses, heartbeats, refusals, and what becomes of the connection."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

import framecast_client as fc

from .one_job import FRAMES, TOLD, exact
from .pretending import JOB_ID, Chunks, Script, always, drained, frame, refused, settled, stream, streamed


async def test_events_that_are_no_longer_kept_are_explained(opened: Any) -> None:
    script = Script(stream(FRAMES[0], broken=True), refused(410, "GONE", "Too old"))
    with pytest.raises(fc.GoneError, match="Too old") as caught:
        await settled(opened(script).get_job_events(JOB_ID))

    note = (
        f"The server no longer has what comes after '{JOB_ID}:1': read the object to see how it stands, "
        "and follow it anew without last_event_id."
    )
    assert caught.value.__notes__ == [note]


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, "INVALID_TOKEN", fc.InvalidTokenError),
        (403, "AUTHORIZATION_ERROR", fc.AuthorizationError),
        (404, "NOT_FOUND", fc.NotFoundError),
    ],
)
async def test_a_refusal_to_go_on_ends_the_story(
    opened: Any, status: int, code: str, kind: type[fc.ApiError]
) -> None:
    script = Script(stream(FRAMES[0], broken=True), refused(status, code))
    told: list[Any] = []
    with pytest.raises(kind):
        await drained(opened(script).get_job_events(JOB_ID), told)

    assert (told, len(script.sent)) == (TOLD[:1], 2)


async def test_the_pause_the_server_asks_for_is_kept_over_connections(opened: Any) -> None:
    script = Script(
        stream(b"retry: 7000\n" + FRAMES[0], broken=True),
        stream(FRAMES[1], broken=True),
        exact,
    )
    client = opened(script)
    await settled(client.get_job_events(JOB_ID))

    assert client.clock.naps == [7, 7]


@pytest.mark.parametrize(
    ("asked", "nap"), [("100", 0.5), ("99999999", 60), ("soon", 0.5), ("-5", 0.5), ("1.5", 0.5), ("", 0.5)]
)
async def test_a_pause_is_neither_too_short_nor_endless(opened: Any, asked: str, nap: float) -> None:
    script = Script(stream(f"retry: {asked}\n\n".encode(), frame(1, "queued"), broken=True), exact)
    client = opened(script)
    await settled(client.get_job_events(JOB_ID))

    assert client.clock.naps == [nap]


async def test_heartbeats_are_no_events_and_keep_a_story_alive(opened: Any) -> None:
    beats = [b": tick\n\n"] * 500
    body = Chunks(*(piece for one in FRAMES for piece in (*beats, one)))

    assert await settled(opened(Script(streamed(body))).get_job_events(JOB_ID)) == TOLD


async def test_one_may_stop_at_any_event_and_the_connection_is_closed(opened: Any) -> None:
    body = Chunks(*FRAMES[:2], broken=True)
    events = opened(Script(streamed(body))).get_job_events(JOB_ID)
    if hasattr(events, "aclose"):
        async for one in events:
            first = one
            break
        await events.aclose()
    else:
        for one in events:
            first = one
            break
        events.close()

    assert (first, body.given, body.closed) == (TOLD[0], 1, True)


async def test_leaving_the_loop_is_enough_to_close_the_connection(opened: Any) -> None:
    body = Chunks(*FRAMES[:2], broken=True)
    client = opened(Script(streamed(body)))

    async def first_event() -> Any:
        if isinstance(client, fc.FramecastClient):
            async for one in client.get_job_events(JOB_ID):
                return one
        return next(client.get_job_events(JOB_ID))

    assert await first_event() == TOLD[0]
    for _ in range(5):
        await asyncio.sleep(0)
    assert (body.given, body.closed) == (1, True)


async def test_the_connection_is_closed_after_the_last_event_whatever_else_would_come(opened: Any) -> None:
    body = Chunks(*FRAMES, b": more\n\n", broken=True)

    assert await settled(opened(Script(streamed(body))).get_job_events(JOB_ID)) == TOLD
    assert (body.given, body.closed) == (3, True)


async def test_a_slow_reader_misses_nothing(opened: Any) -> None:
    client = opened(Script(stream(*FRAMES[:2], broken=True), exact), stream_timeout=1)
    told = []
    events = client.get_job_events(JOB_ID)
    if hasattr(events, "aclose"):
        async for one in events:
            client.clock.now += 10_000
            told.append(one)
    else:
        for one in events:
            client.clock.now += 10_000
            told.append(one)

    assert told == TOLD


@pytest.mark.parametrize("strict", [False, True], ids=["open", "strict"])
async def test_an_event_outside_the_contract_ends_the_story_and_its_connection(
    opened: Any, strict: bool
) -> None:
    body = Chunks(FRAMES[0], frame(2, "progress", '"half"'), FRAMES[2])
    told: list[Any] = []
    with pytest.raises(fc.ContractViolation) as caught:
        await drained(opened(Script(streamed(body)), strict=strict).get_job_events(JOB_ID), told)

    assert (told, caught.value.pointer, body.closed) == (TOLD[:1], "/data", True)


async def test_a_client_may_follow_several_streams_at_the_same_time(opened: Any) -> None:
    client = opened(exact)
    pair = [client.get_job_events(JOB_ID), client.get_job_events(JOB_ID)]
    told: list[Any] = []
    for _ in FRAMES:
        for events in pair:
            told.append(await anext(events) if hasattr(events, "__anext__") else next(events))

    assert told == [one for one in TOLD for _ in pair]


async def test_no_stream_is_opened_before_its_first_event_is_asked_for(opened: Any) -> None:
    script = Script()
    opened(script).get_job_events(JOB_ID)

    assert script.sent == []


async def test_a_server_in_trouble_is_asked_again_like_for_any_call(opened: Any) -> None:
    busy = httpx.Response(429, headers={"retry-after": "9"})
    client = opened(Script(httpx.ConnectError("refused"), busy, exact))

    assert await settled(client.get_job_events(JOB_ID)) == TOLD
    assert client.clock.naps == [0.5, 9]


async def test_a_stream_that_was_never_there_raises_what_the_last_try_met(opened: Any) -> None:
    client = opened(always(lambda: httpx.Response(503)))
    with pytest.raises(fc.ServerError) as caught:
        await settled(client.get_job_events(JOB_ID))

    assert (caught.value.status, len(client.clock.naps)) == (503, 2)
