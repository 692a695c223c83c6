"""Following a job over connections that are cut: nothing lost, nothing told twice, never over too early."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pydantic_core import to_json

import framecast_client as fc
from framecast_client._events import Frame
from framecast_client._request import Answer, build

from .pretending import (
    JOB_ID,
    Script,
    drained,
    event,
    frame,
    settled,
    stream,
)

FRAMES = [
    b"retry: 1\n" + frame(1, "queued"),
    b": tick\n\n" + frame(2, "progress", '{"percent": 50.5, "what": "é"}').replace(b"\n", b"\r\n"),
    frame(3, "completed"),
]
STORY = b"".join(FRAMES)
TOLD = [event(1, "queued"), event(2, "progress", percent=50.5, what="é"), event(3, "completed")]
LAST = "last-event-id"


def after(request: httpx.Request, frames: list[bytes] = FRAMES) -> list[bytes]:
    """What an exact server still has to tell."""
    seen = request.headers.get(LAST)
    return frames[int(seen.rpartition(":")[2]) :] if seen else frames


def exact(request: httpx.Request) -> httpx.Response:
    return stream(*after(request))


def forgetful(_: httpx.Request) -> httpx.Response:
    return stream(*FRAMES)


def inclusive(request: httpx.Request) -> httpx.Response:
    return stream(*FRAMES[max(len(FRAMES) - len(after(request)) - 1, 0) :])


SERVERS: dict[str, Callable[[httpx.Request], httpx.Response]] = {
    "exact": exact,
    "ignores Last-Event-ID": forgetful,
    "repeats the last event": inclusive,
}


def cut_at(place: int, broken: bool) -> httpx.Response:
    return stream(STORY[:place], broken=broken)


@pytest.mark.parametrize("broken", [False, True], ids=["closed", "broken"])
@pytest.mark.parametrize("server", SERVERS)
async def test_a_cut_at_any_byte_loses_and_repeats_nothing(opened: Any, server: str, broken: bool) -> None:
    for place in range(len(STORY)):
        client = opened(Script(cut_at(place, broken), SERVERS[server]))

        assert await settled(client.get_job_events(JOB_ID)) == TOLD, place


@pytest.mark.parametrize("second", SERVERS)
@pytest.mark.parametrize("third", SERVERS)
async def test_two_cuts_and_servers_of_different_memory_lose_and_repeat_nothing(
    opened: Any, second: str, third: str
) -> None:
    ends = [sum(map(len, FRAMES[:count])) for count in range(len(FRAMES))]
    for first_end in ends:
        for second_end in ends:

            def cut_again(request: httpx.Request, kept: int = second_end) -> httpx.Response:
                full = b"".join(SERVERS[second](request).stream)  # type: ignore[arg-type]  # Chunks
                return stream(full[:kept], broken=True)

            script = Script(cut_at(first_end, True), cut_again, SERVERS[third])
            told = await settled(opened(script).get_job_events(JOB_ID))

            assert told == TOLD, (first_end, second_end)


async def test_every_connection_asks_for_what_comes_after_the_last_event_told(opened: Any) -> None:
    half = frame(3, "completed")[:-1]
    script = Script(stream(frame(1, "queued") + half), stream(), stream(FRAMES[1], broken=True), exact)
    await settled(opened(script).get_job_events(JOB_ID))

    assert [request.headers.get(LAST) for request in script.sent] == [
        None,
        f"{JOB_ID}:1",
        f"{JOB_ID}:1",
        f"{JOB_ID}:2",
    ]


async def test_an_exact_place_of_the_caller_is_kept_until_there_is_a_later_one(opened: Any) -> None:
    script = Script(stream(), stream(FRAMES[1], broken=True), exact)
    told = await settled(opened(script).get_job_events(JOB_ID, last_event_id=f"{JOB_ID}:1"))

    assert told == TOLD[1:]
    assert [request.headers[LAST][-2:] for request in script.sent] == [":1", ":1", ":2"]


async def test_the_event_of_the_callers_own_place_is_not_told_again(opened: Any) -> None:
    told = await settled(opened(Script(inclusive)).get_job_events(JOB_ID, last_event_id=f"{JOB_ID}:2"))

    assert told == TOLD[2:]


@pytest.mark.parametrize("tries", [1, 2, 3])
@pytest.mark.parametrize("broken", [False, True], ids=["closed", "broken"])
async def test_it_gives_up_after_so_many_connections_without_an_event(
    opened: Any, tries: int, broken: bool
) -> None:
    silent = [stream(b": tick\n\n", broken=broken) for _ in range(tries - 1)]
    script = Script(stream(FRAMES[0], broken=broken), *silent)
    told: list[Any] = []
    client = opened(script, retries=fc.Retries(tries=tries))
    with pytest.raises(fc.StreamCutError, match="before the last one; resume with last_event_id=") as caught:
        await drained(client.get_job_events(JOB_ID), told)

    assert (told, caught.value.last_event_id, script.replies) == (TOLD[:1], f"{JOB_ID}:1", [])


async def test_an_event_gives_back_all_tries(opened: Any) -> None:
    cuts = [
        reply for one in FRAMES[:2] for reply in (stream(one, broken=True), stream(), httpx.Response(503))
    ]
    script = Script(*cuts, exact)
    client = opened(script, retries=fc.Retries(tries=4, first_wait=1))

    assert await settled(client.get_job_events(JOB_ID)) == TOLD
    assert client.clock.naps == [1, 2, 4, 1, 2, 4]


NAMELESS: fc.Operation[Frame] = fc.Operation(
    "follow", "GET", "/x", {200: (Answer("text/event-stream", Frame),)}, {}, frozenset({"end"})
)


def nameless(*events: str, broken: bool = True) -> httpx.Response:
    return stream(*(f"event: {one}\ndata: 1\n\n".encode() for one in events), broken=broken)


async def test_events_without_ids_are_never_told_twice(opened: Any) -> None:
    told: list[Frame] = []
    seen: list[fc.Try] = []
    client = opened(Script(nameless("a", "b")), on_try=seen.append)
    with pytest.raises(fc.StreamCutError) as caught:
        await drained(client.stream(build(NAMELESS)), told)

    assert (told, caught.value.last_event_id) == ([Frame(None, "a", "1"), Frame(None, "b", "1")], None)
    assert [(one.number, one.wait) for one in seen] == [(1, None)]


async def test_an_event_without_id_after_one_with_id_is_not_told_twice(opened: Any) -> None:
    script = Script(stream(b"id: 7\nevent: a\ndata: 1\n\n", broken=True), nameless("b"))
    told: list[Frame] = []
    with pytest.raises(fc.StreamCutError):
        await drained(opened(script).stream(build(NAMELESS)), told)

    assert [one.event for one in told] == ["a", "b"]


async def test_before_its_first_event_a_stream_without_ids_may_be_opened_again(opened: Any) -> None:
    script = Script(httpx.Response(503), stream(), nameless("end", broken=False))

    assert await settled(opened(script).stream(build(NAMELESS))) == [Frame(None, "end", "1")]


async def test_a_story_that_names_no_last_event_ends_with_its_bytes(opened: Any) -> None:
    endless: fc.Operation[Frame] = fc.Operation(
        "x", "GET", "/x", {200: (Answer("text/event-stream", Frame),)}
    )

    assert len(await settled(opened(Script(nameless("a", "b", broken=False))).stream(build(endless)))) == 2
    with pytest.raises(fc.StreamCutError):
        await settled(opened(Script(nameless("a", broken=True))).stream(build(endless)))


async def test_a_stream_of_many_events_is_told_in_order(opened: Any) -> None:
    frames = [frame(number, "progress", to_json({"percent": 1.0}).decode()) for number in range(1, 3000)]
    frames.append(frame(3000, "completed"))
    client = opened(Script(*[lambda request: stream(*after(request, frames)[:700], broken=True)] * 5))
    told = await settled(client.get_job_events(JOB_ID))

    assert [int(one.id.rpartition(":")[2]) for one in told] == list(range(1, 3001))


async def test_a_long_story_told_from_its_start_again_is_not_repeated(opened: Any) -> None:
    frames = [frame(number, "progress") for number in range(1, 2500)] + [frame(2500, "completed")]
    script = Script(stream(*frames[:2400], broken=True), stream(*frames))
    told = await settled(opened(script).get_job_events(JOB_ID))

    assert [int(one.id.rpartition(":")[2]) for one in told] == list(range(1, 2501))
