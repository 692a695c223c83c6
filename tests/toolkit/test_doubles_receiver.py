"""The webhook receiver: it keeps what comes in byte for byte, and reacts as a test has decided."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from random import Random
from typing import Any

import httpx
import pytest

from framecast_contract.clock import VirtualClock
from framecast_contract.doubles import Doubles, Reaction, Received
from framecast_contract.sandbox import Sandbox, Settings
from framecast_contract.target.serving import add_receiver

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def doubles() -> Doubles:
    return Doubles(VirtualClock(START), Random(7), {"S3_ENDPOINT_URL": "http://127.0.0.1:9"})


@pytest.fixture
async def http(doubles: Doubles) -> AsyncIterator[httpx.AsyncClient]:
    transport = doubles.receiver_transport()
    async with httpx.AsyncClient(base_url=doubles.receiver.home, transport=transport) as client:
        yield client


async def test_a_call_is_kept_as_it_came(http: httpx.AsyncClient, doubles: Doubles) -> None:
    raw = b'{ "event" : "webhook.test" }'

    answer = await http.post("/a?b=c", content=raw, headers={"X-Webhook-Timestamp": "1", "Host": "h"})

    assert (answer.status_code, answer.content) == (200, b"")
    [call] = doubles.receiver.received()
    assert call == Received("POST", "/a", call.headers, raw, START.timestamp(), 200)
    assert (call.headers["x-webhook-timestamp"], call.headers["content-length"]) == ("1", str(len(raw)))


async def test_every_path_is_a_receiver_of_its_own(http: httpx.AsyncClient, doubles: Doubles) -> None:
    doubles.receiver.script("/a", 503, Reaction(201, "made"))
    paths = ("/a", "/b", "/a", "/a")

    answers = [await http.post(path, content=b"{}") for path in paths]

    assert [(answer.status_code, answer.text) for answer in answers] == [
        (503, ""),
        (200, ""),
        (201, "made"),
        (201, "made"),
    ]
    assert [call.answered for call in doubles.receiver.received("/a")] == [503, 201, 201]
    assert [call.path for call in doubles.receiver.received()] == list(paths)


async def test_a_redirect_says_where(http: httpx.AsyncClient, doubles: Doubles) -> None:
    doubles.receiver.script("/a", Reaction.redirect(doubles.receiver.url("/b")))

    answer = await http.post("/a")

    assert (answer.status_code, answer.headers["location"]) == (302, "https://receiver.framecast.test/b")


async def test_silence_is_noticed_too_late_and_no_connection_at_once(
    http: httpx.AsyncClient, doubles: Doubles
) -> None:
    doubles.receiver.script("/a", "silence", "unreachable")

    with pytest.raises(httpx.ReadTimeout):
        await http.post("/a", content=b"{}")
    with pytest.raises(httpx.ConnectError):
        await http.post("/a", content=b"{}")

    assert [call.answered for call in doubles.receiver.received("/a")] == [None]


@pytest.mark.parametrize(
    "url",
    ["https://example.com/a", "http://receiver.framecast.test/a", "https://receiver.framecast.test:8443/"],
)
async def test_nobody_else_is_there_and_nobody_minds(
    http: httpx.AsyncClient, doubles: Doubles, url: str
) -> None:
    with pytest.raises(httpx.ConnectError, match="nobody listens at"):
        await http.post(url)

    doubles.verify()
    assert doubles.receiver.received() == []


async def test_reset_forgets_everything(http: httpx.AsyncClient, doubles: Doubles) -> None:
    doubles.receiver.script("/a", 500)
    await http.post("/a")

    doubles.reset()

    assert doubles.receiver.received() == []
    assert (await http.post("/a")).status_code == 200


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (99, "status must be 200 to 599, got 99"),
        (True, "status must be 200 to 599, got True"),
        ("late", "fault must be silence or unreachable, got 'late'"),
        ({"code": 200}, "a reaction has status, body, headers and fault, not \\['code'\\]"),
        ({"body": 7}, "body and headers must hold strings"),
        ({"headers": ["a"]}, "body and headers must hold strings"),
    ],
)
def test_a_reaction_that_cannot_be_is_explained(value: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Reaction.of(value)


def test_a_script_needs_a_path_and_a_reaction(doubles: Doubles) -> None:
    for path, reactions in (("a", [200]), ("/a", [])):
        with pytest.raises(ValueError, match=f"got '{path}'"):
            doubles.receiver.script(path, *reactions)


@pytest.fixture
async def control(doubles: Doubles) -> AsyncIterator[httpx.AsyncClient]:
    """The control surface of a sandbox that is served with these doubles."""
    sandbox = Sandbox(Settings(control=True), clock=VirtualClock(START), random=Random(1))
    add_receiver(sandbox, doubles.receiver)
    transport = httpx.ASGITransport(sandbox.app)
    async with httpx.AsyncClient(base_url="http://sandbox.test/__sandbox__", transport=transport) as client:
        yield client
    sandbox.close()


async def test_a_served_receiver_is_scripted_and_read_from_afar(
    http: httpx.AsyncClient, control: httpx.AsyncClient
) -> None:
    reactions = [{"status": 202, "body": "ü"}, "silence", 410]

    told = await control.post("receiver", json={"path": "/a", "reactions": reactions})
    answer = await http.post("/a", content='{"ü":1}', headers={"x-a": "b"})
    seen = (await control.get("receiver")).json()

    assert told.json() == {"url": "https://receiver.framecast.test/a"}
    assert (answer.status_code, answer.text) == (202, "ü")
    [call] = seen["calls"]
    assert seen["url"] == "https://receiver.framecast.test"
    assert call["headers"].pop("x-a") == "b"
    assert call | {"headers": {}} == {
        "method": "POST",
        "path": "/a",
        "headers": {},
        "body": '{"ü":1}',
        "at": START.timestamp(),
        "answered": 202,
    }
    assert "webhook_receiver" in (await control.get("state")).json()["capabilities"]


@pytest.mark.parametrize(
    "body", [{}, {"path": "/a"}, {"path": "a", "reactions": [200]}, {"path": "/a", "reactions": ["late"]}]
)
async def test_a_script_from_afar_that_makes_no_sense(control: httpx.AsyncClient, body: Any) -> None:
    answer = await control.post("receiver", json=body)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "VALIDATION_ERROR")
