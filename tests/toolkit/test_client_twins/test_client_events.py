"""How the clients follow a job."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

import framecast_client as fc

from .pretending import JOB_ID, Script, always, event, frame, settled, stream

STORY = frame(1, "queued") + frame(2, "progress", '{"percent": 50}') + frame(3, "completed")
TOLD = [event(1, "queued"), event(2, "progress", percent=50.0), event(3, "completed")]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_story_is_told_to_its_end_however_the_bytes_are_cut(call: Any, size: int) -> None:
    chunks = [STORY[start : start + size] for start in range(0, len(STORY), size)]

    assert call("get_job_events", JOB_ID, answer=stream(*chunks)) == TOLD


@pytest.mark.parametrize(
    "body",
    [
        STORY.replace(b"\n", b"\r\n"),
        STORY.replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + STORY,
        b": hello\n\n" + STORY.replace(b"\n\n", b"\n: tick\n\n"),
        STORY + frame(4, "queued"),
        STORY.replace(b"{}", b"{\ndata: }"),
        b"id: 0\n\n" + STORY,
    ],
    ids=["CRLF", "CR", "BOM", "comments", "after the end", "two data lines", "id alone"],
)
def test_the_same_story_in_other_spellings(call: Any, body: bytes) -> None:
    assert call("get_job_events", JOB_ID, answer=stream(*(body[i : i + 1] for i in range(len(body))))) == TOLD


def test_following_goes_on_after_the_last_event_seen(call: Any) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["last-event-id"])
        return stream(frame(3, "completed"))

    assert call("get_job_events", JOB_ID, last_event_id=f"{JOB_ID}:2", answer=answer) == TOLD[2:]
    assert asked == [f"{JOB_ID}:2"]


@pytest.mark.parametrize("broken", [False, True])
async def test_a_stream_that_ends_early_never_looks_complete(opened: Any, broken: bool) -> None:
    cut = Script(stream(frame(1, "queued"), b"id: x:2\nevent: completed\n", broken=broken))
    with pytest.raises(fc.StreamCutError) as caught:
        await settled(opened(cut, retries=fc.NO_RETRIES).get_job_events(JOB_ID))

    assert (caught.value.last_event_id, caught.value.received) == (f"{JOB_ID}:1", 1)


def test_an_empty_stream_is_a_cut_one(call: Any) -> None:
    with pytest.raises(fc.StreamCutError, match="after 0 events and before the last one") as caught:
        call("get_job_events", JOB_ID, last_event_id=f"{JOB_ID}:3", answer=always(stream))

    assert caught.value.last_event_id == f"{JOB_ID}:3"


@pytest.mark.parametrize(
    ("body", "pointer", "got"),
    [
        (frame(1, "exploded"), "/event", '"exploded"'),
        (frame(1, "progress", "half"), "/data", "'half'"),
        (frame(1, "progress", "[]"), "/data", "[]"),
        (frame(0, "queued"), "/id", f'"{JOB_ID}:0"'),
        (b"event: queued\ndata: {}\n\n", "/id", "nothing"),
    ],
)
def test_an_event_outside_the_contract_is_a_violation(call: Any, body: bytes, pointer: str, got: str) -> None:
    with pytest.raises(fc.ContractViolation) as caught:
        call("get_job_events", JOB_ID, strict=True, answer=stream(body))

    assert (caught.value.pointer, caught.value.got) == (pointer, got)


def test_an_endless_event_is_refused(call: Any) -> None:
    with pytest.raises(
        fc.ContractViolation, match="expected events of at most 1048576 characters, got a longer one"
    ):
        call("get_job_events", JOB_ID, answer=stream(b"data: ", *[b"x" * 65536] * 17))


def test_a_refused_stream_raises_the_documented_error(call: Any) -> None:
    answer = httpx.Response(410, json={"error": {"code": "GONE", "message": "Too old"}})
    with pytest.raises(fc.GoneError, match="Too old"):
        call("get_job_events", JOB_ID, last_event_id=f"{JOB_ID}:1", answer=answer)


def test_json_instead_of_a_stream_is_a_violation(call: Any, job: dict[str, Any]) -> None:
    with pytest.raises(
        fc.ContractViolation, match="expected the media type text/event-stream, got application/json"
    ):
        call("get_job_events", JOB_ID, strict=True, answer=httpx.Response(200, json=job))


def test_no_connection_at_all_is_a_transport_error(call: Any) -> None:
    def breaks(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(fc.TransportError, match="ConnectError: refused"):
        call("get_job_events", JOB_ID, answer=breaks)
