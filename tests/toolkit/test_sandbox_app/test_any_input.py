"""Whatever is sent, the sandbox answers, and never with a 5xx: random requests to every operation."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framecast_contract.sandbox.operations import OPERATIONS

from .world import SPEC, VIDEO, World

UUID = "00000000-0000-4000-8000-000000000000"
BODY_MEMBERS = (
    *(
        "spec",
        "owner",
        "options",
        "idempotency_key",
        "name",
        "avatar_url",
        "target_tier",
        "scopes",
        "expires_at",
    ),
    *("job_id", "event", "output", "output_size_bytes", "error", "failure_type", "progress_percent"),
    *("id", "status", "title", "scenes", "symbols"),
    *("filename", "content_type", "size_bytes", "project_id", "source", "conversation_id", "prompt"),
)
QUERY_MEMBERS = (
    *("limit", "offset", "status", "owner", "project_id", "created_after", "created_before"),
    *("category", "tags", "search", "kind", "source", "content_type", "include_archived"),
)
telling = st.sampled_from(
    [UUID, "\0", "2026-01-05T12:00:00Z", "0000-01-01T00:00:00+23:59", "framecast:user:x"]
)
text = st.text(max_size=20) | telling
json_text = text | st.sampled_from(["\ud800", "started", "failed", "completed", "creator", "generate"])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | json_text
names = st.sampled_from(BODY_MEMBERS) | text
values = st.recursive(
    scalars | st.just(SPEC) | st.just(VIDEO),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5),
    max_leaves=12,
)
objects = st.dictionaries(st.sampled_from(BODY_MEMBERS), values, max_size=6)
bodies = st.binary(max_size=40) | (objects | values).map(lambda value: json.dumps(value).encode())
pairs = st.lists(st.tuples(st.sampled_from(QUERY_MEMBERS), text | st.integers().map(str)), max_size=4)
queries = pairs.map(lambda given: urlencode(given).encode()) | st.binary(max_size=20)
lines = st.binary(max_size=40).filter(lambda line: not set(line) & set(b"\r\n\0"))
content_types = st.just(b"application/json") | lines
last_event_ids = lines | st.integers(-2, 5).map(lambda n: f"{UUID}:{n}".encode())

thorough = settings(
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # every example begins with a reset
)


@pytest.fixture
def loop() -> Iterator[asyncio.Runner]:
    """One event loop for all examples of a test."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def quiet(loop: asyncio.Runner) -> Iterator[World]:
    """A world for tests without an event loop of their own."""
    world = World()
    yield world
    loop.run(world.http.aclose())
    world.sandbox.close()


async def answer(
    world: World, scope: dict[str, Any], headers: dict[bytes, bytes], body: bytes
) -> tuple[int, bytes]:
    """Call the app as a server would; the client hangs up once the request is sent."""
    given = {"type": "http", "query_string": b"", "client": None, **scope, "headers": list(headers.items())}
    unread = [{"type": "http.request", "body": body}]
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return unread.pop() if unread else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await world.sandbox.app(given, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


@settings(thorough, max_examples=400)
@given(
    operation=st.sampled_from(OPERATIONS),
    identifier=text | st.none(),
    query=queries,
    body=bodies,
    content_type=content_types,
    last_event_id=last_event_ids,
)
def test_no_input_is_a_fault_of_ours(
    loop: asyncio.Runner,
    quiet: World,
    operation: Any,
    identifier: str | None,
    query: bytes,
    body: bytes,
    content_type: bytes,
    last_event_id: bytes,
) -> None:
    quiet.sandbox.reset()

    async def ask() -> tuple[int, bytes]:
        person = await quiet.creator()
        name = (await person.job())["id"] if identifier is None else identifier
        path = "/".join(name if part[:1] == "{" else part for part in operation.path.split("/"))
        headers = {
            b"authorization": f"Bearer {person.token}".encode(),
            b"content-type": content_type,
            b"last-event-id": last_event_id.replace(UUID.encode(), name.encode()),
        }
        scope = {"method": operation.method, "path": path, "query_string": query}
        return await answer(quiet, scope, headers, body)

    status, content = loop.run(ask())
    assert status < 500, content
    if status >= 400 and status not in (404, 405):
        assert set(json.loads(content)) == {"error"}


@settings(thorough, max_examples=200)
@given(value=lines | lines.map(lambda line: b"Bearer " + line))
def test_no_credentials_are_a_fault_of_ours(loop: asyncio.Runner, quiet: World, value: bytes) -> None:
    scope = {"method": "GET", "path": "/v1/auth/whoami"}
    status, _ = loop.run(answer(quiet, scope, {b"authorization": value}, b""))
    assert status == 401
