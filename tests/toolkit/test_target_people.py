"""Who acts and what is written down: personas, their tokens, the recording, and the names of operations."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

import httpx
import jwt
import pytest

from framecast_client import MissingAuthorizationError
from framecast_contract.clock import VirtualClock
from framecast_contract.history import Exchange, History
from framecast_contract.target.base import Target
from framecast_contract.target.people import People
from framecast_contract.target.recording import RecordingTransport
from framecast_contract.target.routes import Routes
from framecast_contract.target.tokens import TokenMint

START = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
SECRET = "a secret of at least thirty-two bytes"
ROUTES = Routes(
    [
        ("get_job", "get", "/v1/jobs/{job_id}"),
        ("cancel_job", "post", "/v1/jobs/{job_id}/cancel"),
        ("list_jobs", "get", "/v1/jobs"),
        ("get_newest", "get", "/v1/jobs/newest"),
        ("get_dotted", "get", "/v1/a.b/{id}"),
    ]
)


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        ("GET", "/v1/jobs", "list_jobs"),
        ("GET", "/v1/jobs/1", "get_job"),
        ("GET", "/v1/jobs/newest", "get_newest"),
        ("POST", "/v1/jobs/1/cancel", "cancel_job"),
        ("DELETE", "/v1/jobs/1", None),
        ("GET", "/v1/jobs/", None),
        ("GET", "/v1/jobs/1/2", None),
        ("GET", "/v1/aXb/1", None),
        ("GET", "/prefix/v1/jobs", None),
    ],
)
def test_a_request_belongs_to_one_operation_or_to_none(method: str, path: str, operation: str | None) -> None:
    assert ROUTES.operation_of(method, path) == operation


def _claims(mint: TokenMint, **claims: Any) -> dict[str, Any]:
    options: Any = {"verify_exp": False, "verify_aud": False}
    return dict(jwt.decode(mint.mint(claims), mint.secret, algorithms=["HS256"], options=options))


def test_a_token_has_what_a_session_has() -> None:
    now = int(START.timestamp())

    assert _claims(TokenMint(SECRET, VirtualClock(START)), sub="alice", email="a@example.com") == {
        "iat": now,
        "exp": now + 3600,
        "aud": "authenticated",
        "role": "authenticated",
        "sub": "alice",
        "email": "a@example.com",
    }


def test_claims_can_be_changed_and_left_out() -> None:
    mint = TokenMint(SECRET, VirtualClock(START), audience="people", issuer="https://id.example.com")

    assert _claims(mint, exp=None, iat=7, role=None) == {
        "iat": 7,
        "aud": "people",
        "iss": "https://id.example.com",
    }


def _transport(history: History, answer: httpx.Response) -> RecordingTransport:
    inner = httpx.MockTransport(lambda _: answer)
    clock = VirtualClock(START)
    return RecordingTransport(
        inner, history=history, persona="alice", operation_of=ROUTES.operation_of, clock=clock
    )


async def test_every_exchange_is_written_down_as_it_was(history: History) -> None:
    answer = httpx.Response(404, headers={"X-Thing": "1"}, content=b"{}")
    async with httpx.AsyncClient(transport=_transport(history, answer), base_url="http://x.test") as client:
        client.headers.clear()
        await client.post("/v1/jobs/1/cancel?a=%20", content=b"why", headers={"X-Mine": "2"})

    assert list(history) == [
        Exchange(
            operation="cancel_job",
            persona="alice",
            method="POST",
            url="/v1/jobs/1/cancel?a=%20",
            request_headers=(("host", "x.test"), ("x-mine", "2"), ("content-length", "3")),
            request_body=b"why",
            status=404,
            response_headers=(("x-thing", "1"), ("content-length", "2")),
            response_body=b"{}",
            at=START.timestamp(),
        )
    ]


async def test_of_a_stream_only_what_was_read_is_written_down(history: History) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"one"
        yield b"two"

    transport = _transport(history, httpx.Response(200, content=chunks()))
    client = httpx.AsyncClient(transport=transport, base_url="http://x.test")
    async with client, client.stream("GET", "/v1/jobs/1") as response:
        assert await anext(response.aiter_raw()) == b"one"
        assert len(history) == 0

    assert [(each.operation, each.response_body) for each in history] == [("get_job", b"one")]


async def test_what_never_got_an_answer_is_not_written_down(history: History) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    clock = VirtualClock(START)
    transport = RecordingTransport(
        httpx.MockTransport(refuse),
        history=history,
        persona="a",
        operation_of=ROUTES.operation_of,
        clock=clock,
    )
    async with httpx.AsyncClient(transport=transport) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("http://x.test/v1/jobs")

    assert len(history) == 0


async def test_people_are_who_they_say(people: People) -> None:
    starter, creator = await people.starter(credits=7), await people.creator("carol")

    accounts = [await person.client.get_account() for person in (starter, creator)]

    assert [(str(each.id), each.email, each.tier, each.credits) for each in accounts] == [
        (starter.user_id, starter.email, "starter", 7),
        (creator.user_id, creator.email, "creator", 0),
    ]
    assert (starter.owner, creator.name) == (f"framecast:user:{starter.user_id}", "carol")
    assert await starter.balance() == 7


async def test_a_key_acts_as_itself_and_nobody_acts_without_credentials(people: People) -> None:
    owner = await people.creator()
    key = await people.key_of(owner, "jobs:read")

    assert key.name == "creator's key (jobs:read)"
    assert (await key.client.get_whoami()).auth_method == "api_key"
    with pytest.raises(MissingAuthorizationError):
        await people.nobody().client.get_account()


async def test_who_did_what_stands_in_the_history(people: People, history: History) -> None:
    starter = await people.starter("alice")
    await people.nobody().client.get_health()
    await starter.client.list_jobs()

    assert [exchange.line() for exchange in history] == [
        "alice: get_account → 200",
        "nobody: get_health → 200",
        "alice: list_jobs → 200",
    ]


async def test_people_are_the_same_in_every_run_of_one_seed(target: Target) -> None:
    ids = [People(target, Random(7), History(), ROUTES.operation_of).uuid() for _ in range(2)]

    assert ids[0] == ids[1]
    assert UUID(ids[0]).version == 4
