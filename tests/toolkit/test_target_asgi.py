"""Reaching an ASGI app without a socket: streams as they are sent, effects done, nobody left waiting."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from framecast_contract.target.asgi import Answer, AsgiApp, AsgiTransport, Receive, Send, SyncCaller

PLAIN, STREAM = (b"content-type", b"text/plain"), (b"Content-Type", b"text/event-stream; charset=utf-8")
URL = httpx.URL("http://sandbox.test/v1/jobs/a%2Fb?limit=1")


def _client(app: AsgiApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=AsgiTransport(app), base_url="http://sandbox.test")


async def _start(send: Send, header: tuple[bytes, bytes] = PLAIN, status: int = 200) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [header]})


async def _say(send: Send, text: bytes, more: bool = False) -> None:
    await send({"type": "http.response.body", "body": text, "more_body": more})


class Echo:
    """Answers 201 and remembers what it was asked."""

    def __init__(self) -> None:
        self.scope: Any = None
        self.body = b""
        self.effects: list[str] = []

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        self.scope, self.body = scope, (await receive())["body"]
        await _start(send, status=201)
        await _say(send, b"got ", more=True)
        await _say(send, self.body)
        await asyncio.sleep(0)
        self.effects.append("background work")


class Ticker:
    """An event stream that says one thing at a time, and notices when its reader has gone."""

    def __init__(self) -> None:
        self.said: asyncio.Queue[bytes] = asyncio.Queue()
        self.told_to_stop = False

    async def __call__(self, _scope: Any, receive: Receive, send: Send) -> None:
        await receive()
        await _start(send, STREAM)
        gone = asyncio.ensure_future(receive())
        while not gone.done():
            word = asyncio.ensure_future(self.said.get())
            await asyncio.wait({word, gone}, return_when=asyncio.FIRST_COMPLETED)
            if word.done():
                await _say(send, word.result(), more=True)
            else:
                word.cancel()
        self.told_to_stop = gone.result()["type"] == "http.disconnect"


async def test_the_app_sees_the_request_as_it_was_written() -> None:
    echo = Echo()
    async with _client(echo) as client:
        await client.post(URL, content=b"hello", headers={"X-Thing": "1"})

    assert (echo.scope["method"], echo.scope["path"], echo.scope["raw_path"]) == (
        "POST",
        "/v1/jobs/a/b",
        b"/v1/jobs/a%2Fb",
    )
    assert echo.scope["query_string"] == b"limit=1"
    assert (b"x-thing", b"1") in echo.scope["headers"]
    assert echo.body == b"hello"


async def test_an_ordinary_answer_comes_when_the_work_behind_it_is_done() -> None:
    echo = Echo()
    async with _client(echo) as client, client.stream("POST", "/", content=b"hello") as response:
        assert echo.effects == ["background work"]
        assert (response.status_code, response.headers["content-type"]) == (201, "text/plain")
        assert await response.aread() == b"got hello"


async def test_a_stream_is_read_as_it_is_sent() -> None:
    ticker = Ticker()
    async with _client(ticker) as client, client.stream("GET", "/") as response:
        chunks = response.aiter_bytes()
        for word in (b"one", b"two"):
            ticker.said.put_nowait(word)
            assert await anext(chunks) == word


async def test_closing_a_stream_tells_the_app_and_waits_for_it() -> None:
    ticker = Ticker()
    async with _client(ticker) as client, client.stream("GET", "/"):
        assert not ticker.told_to_stop

    assert ticker.told_to_stop


async def _fails(*_: Any) -> None:
    raise LookupError("before the answer")


async def _says_nothing(*_: Any) -> None:
    """Ends without an answer."""


async def _fails_behind_its_answer(_scope: Any, _receive: Receive, send: Send) -> None:
    await _start(send)
    raise LookupError("behind the answer")


@pytest.mark.parametrize(
    ("app", "error"),
    [
        (_fails, LookupError("before the answer")),
        (_says_nothing, RuntimeError("the app ended without an answer")),
        (_fails_behind_its_answer, LookupError("behind the answer")),
    ],
)
async def test_an_app_that_fails_is_not_mistaken_for_an_answer(app: AsgiApp, error: Exception) -> None:
    async with _client(app) as client:
        with pytest.raises(type(error), match=str(error)):
            await client.get("/")


async def test_who_stops_waiting_stops_the_app() -> None:
    stopped = asyncio.Event()

    async def slow(*_: Any) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    async with _client(slow) as client:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.get("/"), 0.005)
        await asyncio.wait_for(stopped.wait(), 10)


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def caller(echo: Echo) -> Iterator[SyncCaller]:
    made = SyncCaller(echo)
    yield made
    made.close()


def test_synchronous_code_gets_a_complete_answer(echo: Echo, caller: SyncCaller) -> None:
    assert caller.call("POST", URL, [(b"X-Thing", b"1")], b"hello") == Answer(201, [PLAIN], b"got hello")
    assert echo.effects == ["background work"]


def test_synchronous_code_hangs_up_on_a_stream_that_waits_for_news() -> None:
    async def waits(_scope: Any, receive: Receive, send: Send) -> None:
        await receive()
        await _start(send, STREAM)
        await _say(send, b"stored", more=True)
        assert (await receive())["type"] == "http.disconnect"

    caller = SyncCaller(waits)
    try:
        assert caller.call("GET", URL, [], b"") == Answer(200, [STREAM], b"stored")
    finally:
        caller.close()


def test_other_work_runs_on_the_loop_that_calls(caller: SyncCaller) -> None:
    async def loop() -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    assert caller.run(loop()) is caller.run(loop())
