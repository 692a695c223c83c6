"""What hooks and logs are told of every try."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest

import framecast_client as fc

from .pretending import JOB_ID, Chunks, Script, frame, refused, settled, stream, streamed

SPEC = {"title": "Dawn", "scenes": [{"id": "a", "prompt": "Sun", "duration": 2.0}]}
OK = httpx.Response(200, text="OK")
TOKEN = "my-own-token"
SIGNED = "http://store.test/x?X-Amz-Signature=deadbeef00&X-Amz-Security-Token=longtoken1"


def told(seen: list[fc.Try]) -> list[tuple[str, int, object, float | None]]:
    return [
        (
            one.request.operation.operation_id,
            one.number,
            one.outcome.status if isinstance(one.outcome, fc.RawResponse) else type(one.outcome).__name__,
            one.wait,
        )
        for one in seen
    ]


async def test_a_hook_is_told_of_every_try(opened: Any) -> None:
    seen: list[fc.Try] = []
    script = Script(httpx.ReadError("reset"), httpx.Response(503), OK)
    await settled(opened(script, on_try=seen.append).get_health())

    wanted = [
        ("get_health", 1, "TransportError", 0.5),
        ("get_health", 2, 503, 1.0),
        ("get_health", 3, 200, None),
    ]
    assert told(seen) == wanted


async def test_a_hook_is_told_how_long_a_try_took(opened: Any) -> None:
    seen: list[fc.Try] = []

    def slow(_: httpx.Request) -> httpx.Response:
        client.clock.now += 2.5
        return OK

    client = opened(slow, on_try=seen.append)
    await settled(client.get_health())

    assert [one.seconds for one in seen] == [2.5]
    assert str(seen[0]) == "get_health (GET /health): 200 in 2.500 s, try 1"


async def test_a_hook_is_told_before_the_wait(opened: Any) -> None:
    naps_before: list[int] = []

    def hook(_: fc.Try) -> None:
        naps_before.append(len(client.clock.naps))

    client = opened(Script(httpx.Response(503), httpx.Response(503), OK), on_try=hook)
    await settled(client.get_health())

    assert naps_before == [0, 1, 2]


async def test_a_refusal_is_told_once(opened: Any) -> None:
    seen: list[fc.Try] = []
    with pytest.raises(fc.NotFoundError):
        await settled(opened(Script(refused(404, "NOT_FOUND")), on_try=seen.append).get_job(JOB_ID))

    assert told(seen) == [("get_job", 1, 404, None)]


async def test_a_hook_is_told_of_every_connection_of_a_stream(opened: Any) -> None:
    seen: list[fc.Try] = []
    script = Script(
        stream(frame(1, "queued"), broken=True),
        httpx.Response(503),
        stream(),
        stream(frame(2, "started")),
        stream(frame(3, "completed")),
    )
    client = opened(script, on_try=seen.append, retries=fc.Retries(tries=4))
    await settled(client.get_job_events(JOB_ID))

    wanted: list[tuple[str, int, object, float | None]] = [
        ("get_job_events", 1, "StreamCutError", 0.5),
        ("get_job_events", 2, 503, 1.0),
        ("get_job_events", 3, "StreamCutError", 2.0),
        ("get_job_events", 1, "StreamCutError", 0.5),
        ("get_job_events", 1, 200, None),
    ]
    assert told(seen) == wanted


async def test_an_error_of_a_hook_reaches_the_caller(opened: Any) -> None:
    def hook(_: fc.Try) -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        await settled(opened(Script(OK), on_try=hook).get_health())


async def test_a_hook_belongs_to_the_copies_of_a_client_too(opened: Any) -> None:
    seen: list[fc.Try] = []
    await settled(opened(Script(OK), on_try=seen.append).with_options(timeout=1).get_health())

    assert told(seen) == [("get_health", 1, 200, None)]


async def test_a_log_at_debug_has_a_line_for_every_try(opened: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "framecast_client")
    await settled(opened(Script(httpx.Response(503), OK)).get_health())

    lines = [record.getMessage() for record in caplog.records if record.name == "framecast_client"]
    assert lines == [
        "get_health (GET /health): 503 in 0.000 s, try 1, trying again in 0.50 s",
        "get_health (GET /health): 200 in 0.000 s, try 2",
    ]


async def test_no_log_of_anybody_shows_a_secret(
    opened: Any, caplog: pytest.LogCaptureFixture, asset: dict[str, Any]
) -> None:
    caplog.set_level(logging.DEBUG)
    seen: list[fc.Try] = []
    waiting = httpx.Response(201, json={"asset": {**asset, "status": "pending"}, "upload_url": SIGNED})
    body = streamed(Chunks(frame(1, "completed")))
    script = Script(httpx.ReadError("reset"), OK, body, waiting, httpx.Response(200, json=asset))
    store = httpx.MockTransport(Script(httpx.Response(503, text=SIGNED), httpx.Response(200)))
    client = opened(script, TOKEN, on_try=seen.append, upload_transport=store)
    await settled(client.get_health())
    await settled(client.get_job_events(JOB_ID))
    await settled(client.upload_asset(b"x", "image/png", filename="a.png"))

    shown = " ".join([caplog.text, *map(str, seen), *map(repr, seen), repr(client)])
    assert len(seen) == 7
    assert [secret for secret in (TOKEN, "deadbeef00", "longtoken1", "Bearer") if secret in shown] == []
