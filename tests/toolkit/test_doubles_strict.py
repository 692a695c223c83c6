"""Doubles are strict both ways, say what was nearest, and keep no secrets."""

import random
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from framecast_contract.clock import VirtualClock
from framecast_contract.doubles import Call, DoubleMismatch, Doubles

EVENT = {"name": "job/queued", "data": {"kind": "video", "id": 1}}


@pytest.fixture
def doubles() -> Doubles:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return Doubles(VirtualClock(start), random.Random(7), {"S3_ENDPOINT_URL": "http://127.0.0.1:9"})


@pytest.fixture(params=["in process", "loopback"])
async def inngest(request: pytest.FixtureRequest, doubles: Doubles) -> AsyncIterator[httpx.AsyncClient]:
    if request.param == "in process":
        base, transport = doubles.inngest.home, doubles.transport()
        async with httpx.AsyncClient(base_url=base, transport=transport) as http:
            yield http
    else:
        async with (
            doubles.serve() as settings,
            httpx.AsyncClient(base_url=settings["INNGEST_BASE_URL"], trust_env=False) as http,
        ):
            yield http


def complaint(doubles: Doubles) -> str:
    with pytest.raises(DoubleMismatch) as failure:
        doubles.verify()
    return str(failure.value)


async def test_an_unknown_path_shows_the_nearest_one(inngest: httpx.AsyncClient, doubles: Doubles) -> None:
    answer = await inngest.put("/events/sandbox", json=EVENT)

    assert answer.json() == {"status": 404, "error": "PUT /events/sandbox is not served"}
    assert complaint(doubles) == (
        "inngest: unexpected call PUT /events/sandbox answered 404\n"
        "    nearest: POST /e/{key}\n"
        "      method: expected POST, got PUT\n"
        "      path: expected /e/{key}, got /events/sandbox"
    )


async def test_a_wrong_method_is_405(inngest: httpx.AsyncClient, doubles: Doubles) -> None:
    assert (await inngest.get("/e/sandbox")).status_code == 405
    assert complaint(doubles) == (
        "inngest: unexpected call GET /e/*** answered 405\n"
        "    nearest: POST /e/{key}\n"
        "      method: expected POST, got GET"
    )


async def test_an_expected_call_that_came_is_fine(inngest: httpx.AsyncClient, doubles: Doubles) -> None:
    doubles.inngest.expect("POST", "/e/{key}", json={"data": {"kind": "video"}})

    await inngest.post("/e/sandbox", json=EVENT)

    doubles.verify()


async def test_an_expected_call_that_never_came_fails(inngest: httpx.AsyncClient, doubles: Doubles) -> None:
    doubles.inngest.expect("POST", "/e/{key}", json={"data": {"kind": "image", "size": 1}})

    await inngest.post("/e/sandbox", json=EVENT)

    assert complaint(doubles) == (
        "inngest: expected POST /e/{key} 1 time(s), it came 0 time(s)\n"
        "    nearest: POST /e/*** answered 200\n"
        "      json.data.kind: expected image, got video\n"
        "      json.data.size: expected 1, it is missing"
    )


async def test_a_forbidden_call_that_came_fails(inngest: httpx.AsyncClient, doubles: Doubles) -> None:
    doubles.inngest.expect("POST", "/e/{key}", times=0)

    await inngest.post("/e/sandbox", json=EVENT)

    assert complaint(doubles) == "inngest: expected POST /e/{key} 0 time(s), it came 1 time(s)"


async def test_calls_are_recorded_without_secrets(inngest: httpx.AsyncClient, doubles: Doubles) -> None:
    signed = {
        "name": "a",
        "data": {"put_url": "http://s3/v?X-Amz-Signature=abc&x=1", "hint": 'Signature=1"2'},
    }

    await inngest.post("/e/sandbox", json=signed, headers={"Authorization": "Bearer sk_live_abc"})

    (call,) = doubles.inngest.calls
    masked = {"put_url": "http://s3/v?X-Amz-Signature=***&x=1", "hint": 'Signature=***"2'}
    assert call == Call("POST", "/e/***", call.headers, {"name": "a", "data": masked}, 200)
    assert call.headers["authorization"] == "Bearer sk_live_***"
    assert doubles.inngest.events == [signed]


async def test_reset_forgets_everything(inngest: httpx.AsyncClient, doubles: Doubles) -> None:
    doubles.inngest.expect("POST", "/e/{key}", times=9)
    doubles.inngest.down(times=9)
    await inngest.post("/nowhere", json=EVENT)

    doubles.reset()

    doubles.verify()
    assert (await inngest.post("/e/sandbox", json=EVENT)).status_code == 200
    assert len(doubles.inngest.calls) == 1


async def test_an_unknown_host_is_unreachable_and_reported(doubles: Doubles) -> None:
    async with httpx.AsyncClient(transport=doubles.transport()) as http:
        with pytest.raises(httpx.ConnectError, match=r"no double answers for https://example\.com/x"):
            await http.get("https://example.com/x?token=abc")

    assert complaint(doubles) == (
        "unexpected call GET https://example.com/x\n"
        "    host: expected one of https://api.runpod.ai, https://api.anthropic.com, https://inn.gs,"
        " https://api.resend.com or loopback"
    )


async def test_loopback_is_reached_through_the_transport(doubles: Doubles) -> None:
    async with doubles.serve() as settings, httpx.AsyncClient(transport=doubles.transport()) as http:
        answer = await http.post(f"{settings['INNGEST_BASE_URL']}/e/sandbox", json=EVENT)

    assert (answer.status_code, doubles.inngest.events) == (200, [EVENT])


async def test_an_occupied_port_says_whose_it_was(doubles: Doubles) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=f"port {port} for the anthropic double is in use: stop what"):
            async with doubles.serve({"anthropic": port}):
                pass


async def test_a_port_for_nobody_is_refused(doubles: Doubles) -> None:
    with pytest.raises(ValueError, match=r"no double is named \['openai'\]"):
        async with doubles.serve({"openai": 8000}):
            pass
