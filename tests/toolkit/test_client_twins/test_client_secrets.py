"""Tokens: who gives them, when, and that nothing that prints shows one."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest

import framecast_client as fc

from .pretending import JOB_ID, Script, frame, refused, settled, stream

OK = httpx.Response(200, text="OK")
TOKEN = "my-own-token"
JWT = f"eyJhbGciOiJIUzI1NiJ9.{'eyJzdWIi' * 60}.c2lnbmF0dXJl"
SIGNED = (
    f"https://store.test/x?X-Amz-Credential=me&X-Amz-Signature={'deadbeef' * 8}&X-Amz-Security-Token=IQoJb3Jp"
)
SECRETS = {
    "own": TOKEN,
    "key": "sk_live_0123456789abcdef0123456789abcdef",
    "jwt": JWT,
    "signature": "deadbeef",
    "session": "IQoJb3Jp",
}
ECHO = f"{TOKEN} {SECRETS['key']} Bearer {TOKEN} {JWT} {SIGNED}"


def authorizations(script: Script) -> list[str | None]:
    return [request.headers.get("authorization") for request in script.sent]


async def test_a_function_gives_the_token_before_every_try(opened: Any) -> None:
    tokens = iter(["t1", "t2", "t3"])
    script = Script(httpx.Response(503), httpx.ReadError("reset"), OK)
    await settled(opened(script, lambda: next(tokens)).get_health())

    assert authorizations(script) == ["Bearer t1", "Bearer t2", "Bearer t3"]


async def test_a_function_gives_the_token_before_every_connection_of_a_stream(opened: Any) -> None:
    tokens = iter(["t1", "t2"])
    script = Script(stream(frame(1, "queued"), broken=True), stream(frame(2, "completed")))
    await settled(opened(script, lambda: next(tokens)).get_job_events(JOB_ID))

    assert authorizations(script) == ["Bearer t1", "Bearer t2"]


async def test_an_awaited_function_may_give_the_token() -> None:
    async def provider() -> str:
        return "t1"

    script = Script(OK)
    async with fc.FramecastClient("http://t", provider, transport=httpx.MockTransport(script)) as client:
        await client.get_health()

    assert authorizations(script) == ["Bearer t1"]


@pytest.mark.parametrize("bad", ["", "a b", "a\n", "é", None, 7, b"t"])
async def test_a_bad_token_of_a_function_is_refused_before_it_is_sent(opened: Any, bad: Any) -> None:
    script = Script()
    client = opened(script, lambda: bad)
    for call in (client.get_health, lambda: client.get_job_events(JOB_ID)):
        with pytest.raises(
            ValueError,
            match=r"^token: expected a JWT or an API key without spaces, line ends or other extras$",
        ):
            await settled(call())

    assert script.sent == []


async def test_an_error_of_the_function_reaches_the_caller(opened: Any) -> None:
    def provider() -> str:
        raise LookupError("vault")

    with pytest.raises(LookupError, match="vault"):
        await settled(opened(Script(), provider).get_health())


def violation() -> httpx.Response:
    return httpx.Response(200, json={"id": ECHO})


ANSWERS: dict[str, Callable[[], httpx.Response]] = {
    "refusal": lambda: refused(409, "CONFLICT", ECHO),
    "unknown code": lambda: refused(409, ECHO, ECHO),
    "page": lambda: httpx.Response(502, text=ECHO),
    "long page": lambda: httpx.Response(502, text="x" * 190 + ECHO),
    "violation": violation,
    "no JSON": lambda: httpx.Response(200, text=ECHO),
    "status": lambda: httpx.Response(302, headers={"location": SIGNED}),
    "header": lambda: httpx.Response(200, json={}, headers={"x-echo": ECHO}),
}


@pytest.mark.parametrize("strict", [False, True], ids=["open", "strict"])
@pytest.mark.parametrize("name", ANSWERS)
async def test_no_error_of_a_call_shows_what_the_server_echoes(opened: Any, name: str, strict: bool) -> None:
    client = opened(lambda _: ANSWERS[name](), TOKEN, strict=strict, retries=fc.NO_RETRIES)
    with pytest.raises(fc.errors.FramecastError) as caught:
        await settled(client.create_job({}))

    assert leaks(caught.value) == []


STREAMS: dict[str, Callable[[], httpx.Response]] = {
    "no JSON": lambda: stream(f"id: {JOB_ID}:1\nevent: queued\ndata: {ECHO}\n\n".encode()),
    "violation": lambda: stream(f"id: {ECHO}\nevent: queued\ndata: []\n\n".encode()),
    "cut": lambda: stream(f"id: {JOB_ID}:1\nevent: {ECHO}\ndata: {{}}\n\n".encode(), broken=True),
}


@pytest.mark.parametrize("name", STREAMS)
async def test_no_error_of_a_stream_shows_what_the_server_echoes(opened: Any, name: str) -> None:
    client = opened(lambda _: STREAMS[name](), TOKEN, retries=fc.NO_RETRIES)
    with pytest.raises(fc.errors.FramecastError) as caught:
        await settled(client.get_job_events(JOB_ID))

    assert leaks(caught.value) == []


async def test_a_secret_in_the_error_of_the_network_is_masked(opened: Any) -> None:
    client = opened(Script(httpx.ReadError(ECHO)), TOKEN, retries=fc.NO_RETRIES)
    with pytest.raises(fc.TransportError) as caught:
        await settled(client.get_health())

    shown = f"{caught.value} {caught.value!r}"
    assert [name for name in ("key", "jwt", "signature", "session") if SECRETS[name] in shown] == []


def leaks(error: BaseException) -> list[str]:
    """The names of the secrets that anything printable of an error shows."""
    members = [
        getattr(error, name)
        for name in ("message", "got", "expected", "response", "request")
        if hasattr(error, name)
    ]
    printed = "".join(traceback.format_exception_only(error))
    shown = " ".join([str(error), repr(error), printed, *map(str, members), *map(repr, members)])
    return [name for name, secret in SECRETS.items() if secret in shown]


async def test_the_tokens_before_the_present_one_are_masked_too(opened: Any) -> None:
    tokens = iter(["old-token", "new-token"])
    client = opened(
        Script(httpx.Response(503), refused(404, "NOT_FOUND", "old-token or new-token")), lambda: next(tokens)
    )
    with pytest.raises(fc.NotFoundError) as caught:
        await settled(client.get_job(JOB_ID))

    assert caught.value.message == "*** or ***"


def test_a_client_shows_neither_token_nor_password() -> None:
    with fc.SyncFramecastClient(
        "http://me:secret@framecast.test", TOKEN, headers={"x-key": "hidden"}
    ) as client:
        shown = f"{client!r} {client} {client.with_options(timeout=1)!r}"

    assert [word for word in ("secret", TOKEN, "hidden") if word in shown] == []
