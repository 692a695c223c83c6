"""The doubles speak the wire formats of the real services, in this process and on a loopback port alike."""

import json
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from framecast_contract.clock import VirtualClock
from framecast_contract.doubles import DoubleMismatch, Doubles

START = datetime(2026, 1, 1, tzinfo=UTC)
STORYBOARD = {"title": "T", "scenes": [{"id": "a", "prompt": "a hill", "duration": 2}]}
RENDER = {
    "job_id": "7f6c0e8e-5d4e-4c7d-9a55-0f6f7f0c5b11",
    "kind": "video",
    "spec": STORYBOARD,
    "prompts": {"a": "a green hill"},
    "callback_url": "http://framecast.test/internal/jobs/callback",
    "outputs": {
        "video": {"key": "v", "put_url": "http://s3/v?X-Amz-Signature=abc", "content_type": "video/mp4"}
    },
}
MESSAGE = {
    "model": "claude-sonnet-4-5",
    "max_tokens": 64,
    "messages": [{"role": "user", "content": "a hill"}],
}


@dataclass
class Server:
    """The code under test of a Framecast server: an HTTP client and the settings it was given."""

    http: httpx.AsyncClient
    settings: dict[str, str]

    async def runpod(self, method: str, path: str, body: Any = None, key: str = "sandbox") -> httpx.Response:
        url = f"{self.settings['RUNPOD_BASE_URL']}/v2/render/{path}"
        return await self.http.request(method, url, json=body, headers={"Authorization": f"Bearer {key}"})

    async def anthropic(self, body: Any, **headers: str) -> httpx.Response:
        given = {"x-api-key": "sandbox", "anthropic-version": "2023-06-01"} | headers
        present = {name: value for name, value in given.items() if value}
        return await self.http.post(
            f"{self.settings['ANTHROPIC_BASE_URL']}/v1/messages", json=body, headers=present
        )

    async def inngest(self, body: Any, key: str = "sandbox") -> httpx.Response:
        return await self.http.post(f"{self.settings['INNGEST_BASE_URL']}/e/{key}", json=body)


@pytest.fixture
def doubles() -> Doubles:
    return Doubles(VirtualClock(START), random.Random(7), {"S3_ENDPOINT_URL": "http://127.0.0.1:9"})


@pytest.fixture(params=["in process", "loopback"])
async def server(request: pytest.FixtureRequest, doubles: Doubles) -> AsyncIterator[Server]:
    if request.param == "in process":
        async with httpx.AsyncClient(transport=doubles.transport()) as http:
            yield Server(http, doubles.environment())
    else:
        async with doubles.serve() as settings, httpx.AsyncClient(trust_env=False) as http:
            yield Server(http, settings)


async def test_a_submitted_render_waits_in_the_queue(server: Server, doubles: Doubles) -> None:
    submitted = await server.runpod("POST", "run", {"input": RENDER})
    status = await server.runpod("GET", f"status/{submitted.json()['id']}")

    job = doubles.runpod.job(RENDER["job_id"])  # type: ignore[arg-type]  # a plain table
    assert submitted.status_code == 200
    assert submitted.json() == status.json() == {"id": job.id, "status": "IN_QUEUE"}
    assert job.id.endswith("-u1")
    doubles.verify()


async def test_a_canceled_render_is_over(server: Server) -> None:
    runpod_id = (await server.runpod("POST", "run", {"input": RENDER})).json()["id"]

    first = await server.runpod("POST", f"cancel/{runpod_id}")
    second = await server.runpod("POST", f"cancel/{runpod_id}")
    health = await server.runpod("GET", "health")

    assert first.json() == second.json() == {"id": runpod_id, "status": "CANCELLED"}
    assert health.json() == {
        "jobs": {"completed": 0, "failed": 0, "inProgress": 0, "inQueue": 0, "retried": 0},
        "workers": {"idle": 0, "running": 0},
    }


async def test_an_unknown_render_is_404_and_no_mistake(server: Server, doubles: Doubles) -> None:
    answer = await server.runpod("GET", "status/nobody-u1")

    assert (answer.status_code, answer.json()) == (404, {"error": "job not found"})
    doubles.verify()


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (None, "the body is empty"),
        ([], "the body is not an object"),
        ({"prompt": "hi"}, "input: expected an object"),
        ({"input": {**RENDER, "job_id": 7}}, "input.job_id: expected str, got int"),
        ({"input": {**RENDER, "outputs": {}}}, "input.outputs.video: it is missing"),
        (
            {"input": RENDER, "policy": {"executionTimeout": 5000}},
            "policy.executionTimeout: expected at least 5001 (milliseconds), got 5000",
        ),
    ],
)
async def test_a_malformed_render_is_400(server: Server, doubles: Doubles, body: Any, problem: str) -> None:
    answer = await server.runpod("POST", "run", body)

    assert (answer.status_code, answer.json()) == (400, {"error": problem})
    with pytest.raises(DoubleMismatch) as failure:
        doubles.verify()
    assert problem in str(failure.value)


async def test_runpod_can_be_unavailable(server: Server, doubles: Doubles) -> None:
    doubles.runpod.unavailable(times=2)

    statuses = [(await server.runpod("POST", "run", {"input": RENDER})).status_code for _ in range(3)]

    assert statuses == [500, 500, 200]
    assert len(doubles.runpod.jobs) == 1
    doubles.verify()


async def test_a_prompt_comes_back_enriched(server: Server, doubles: Doubles) -> None:
    answer = await server.anthropic(MESSAGE)

    message = answer.json()
    assert message.pop("id").startswith("msg_01")
    assert answer.headers["request-id"].startswith("req_01")
    assert message == {
        "type": "message",
        "role": "assistant",
        "model": "claude-sonnet-4-5",
        "content": [{"type": "text", "text": "Cinematic, richly detailed, consistent lighting: a hill"}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {
            "input_tokens": 11,
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 0,
            "output_tokens": 21,
        },
    }
    doubles.verify()


async def test_a_reply_can_be_scripted(server: Server, doubles: Doubles) -> None:
    doubles.anthropic.reply_with("A hill at dawn.")

    assert (await server.anthropic(MESSAGE)).json()["content"] == [
        {"type": "text", "text": "A hill at dawn."}
    ]


async def test_a_streamed_reply_adds_up_to_the_whole(server: Server, doubles: Doubles) -> None:
    doubles.anthropic.reply_with("A hill at dawn.")

    answer = await server.anthropic({**MESSAGE, "stream": True})

    events = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert [event["type"] for event in events] == [
        "message_start",
        "content_block_start",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]
    assert events[2]["delta"] == {"type": "text_delta", "text": "A hill at dawn."}
    assert events[4]["delta"] == {"stop_reason": "end_turn", "stop_sequence": None}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"max_tokens": 0}, "max_tokens: Input should be an integer greater than or equal to 1"),
        ({"model": ""}, "model: Input should be a valid string"),
        ({"messages": []}, "messages: at least one message is required"),
        (
            {"messages": [{"role": "system", "content": "x"}]},
            "messages.0: role should be 'user' or 'assistant'",
        ),
        ({"messages": [{"role": "user", "content": ""}]}, "messages.0: content must not be empty"),
        (
            {"messages": [{"role": "assistant", "content": "x"}]},
            'messages: first message must use the "user" role',
        ),
        (
            {"messages": [{"role": "user", "content": "x"}] * 2},
            'messages: roles must alternate between "user" and "assistant",'
            ' but found multiple "user" roles in a row',
        ),
    ],
)
async def test_a_malformed_message_is_400(
    server: Server, doubles: Doubles, change: dict[str, Any], problem: str
) -> None:
    answer = await server.anthropic({**MESSAGE, **change})

    error = answer.json()
    assert error.pop("request_id") == answer.headers["request-id"]
    assert answer.status_code == 400
    assert error == {"type": "error", "error": {"type": "invalid_request_error", "message": problem}}
    assert len(doubles.anthropic.unexpected) == 1


@pytest.mark.parametrize(
    ("headers", "status", "kind", "message"),
    [
        ({"x-api-key": ""}, 401, "authentication_error", "x-api-key header is required"),
        ({"x-api-key": "wrong"}, 401, "authentication_error", "invalid x-api-key"),
        ({"anthropic-version": ""}, 400, "invalid_request_error", "anthropic-version: header is required"),
    ],
)
async def test_a_message_needs_its_headers(
    server: Server, doubles: Doubles, headers: dict[str, str], status: int, kind: str, message: str
) -> None:
    answer = await server.anthropic(MESSAGE, **headers)

    assert (answer.status_code, answer.json()["error"]) == (status, {"type": kind, "message": message})
    assert len(doubles.anthropic.unexpected) == 1


async def test_the_llm_can_fail_and_heal(server: Server, doubles: Doubles) -> None:
    doubles.anthropic.rate_limited(retry_after=7)
    doubles.anthropic.overloaded()
    doubles.anthropic.broken()

    answers = [await server.anthropic(MESSAGE) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [429, 529, 500, 200]
    assert answers[0].headers["retry-after"] == "7"
    kinds = [answer.json()["error"]["type"] for answer in answers[:3]]
    assert kinds == ["rate_limit_error", "overloaded_error", "api_error"]
    doubles.verify()


async def test_events_are_taken_one_by_one_or_in_lists(server: Server, doubles: Doubles) -> None:
    queued, started = {"name": "job/queued", "data": {"id": 1}}, {"name": "job/started", "data": {"id": 1}}

    one = await server.inngest(queued)
    two = await server.inngest([queued, started])

    assert (one.json()["status"], two.json()["status"]) == (200, 200)
    ids = one.json()["ids"] + two.json()["ids"]
    assert [len(event_id) for event_id in ids] == [26, 26, 26]
    assert len(set(ids)) == 3
    assert doubles.inngest.events == [queued, queued, started]
    doubles.verify()


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ([], "no events were sent"),
        ({"data": {}}, "event name is empty"),
        ({"name": "inngest/x"}, "event name is reserved for internal use: inngest/x"),
        ({"name": "a", "data": 1}, "event data should be an object: a"),
        ("a", "an event should be an object, got str"),
    ],
)
async def test_a_malformed_event_is_400(server: Server, doubles: Doubles, body: Any, problem: str) -> None:
    answer = await server.inngest(body)

    assert answer.status_code == 400
    assert answer.json() == {"status": 400, "error": problem, "ids": []}
    assert (doubles.inngest.events, len(doubles.inngest.unexpected)) == ([], 1)


async def test_inngest_can_be_down(server: Server, doubles: Doubles) -> None:
    doubles.inngest.down()

    answers = [await server.inngest({"name": "a"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [503, 200]
    assert doubles.inngest.events == [{"name": "a"}]


@pytest.mark.parametrize("service", ["runpod", "inngest"])
async def test_a_wrong_key_is_401(server: Server, doubles: Doubles, service: str) -> None:
    if service == "runpod":
        answer = await server.runpod("POST", "run", {"input": RENDER}, key="wrong")
        expected: dict[str, Any] = {"error": "unauthorized"}
    else:
        answer = await server.inngest({"name": "a"}, key="wrong")
        expected = {"status": 401, "error": "Event key not found"}

    assert (answer.status_code, answer.json()) == (401, expected)
    with pytest.raises(DoubleMismatch, match="expected"):
        doubles.verify()
