"""What the clients send."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import BaseModel

from framecast_client import MISSING, SyncFramecastClient, operations
from framecast_client.models import Scene, Spec

Recording = Callable[[httpx.Response], Callable[[httpx.Request], httpx.Response]]
SPEC = {"title": "Dawn", "scenes": [{"id": "a", "prompt": "Sun", "duration": 2.0}]}
JOB_ID = "9b2f8d8e-4c55-4c0b-8a39-0d9c5f1b7e21"


class OwnScene(BaseModel):
    id: str = "a"
    prompt: str = "Sun"
    duration: float = 2.0


class Note:
    """No pydantic model, but it can dump itself."""

    def model_dump(self) -> dict[str, Any]:
        return SPEC


@pytest.mark.parametrize(
    "spec",
    [
        SPEC,
        Spec(title="Dawn", scenes=[Scene(id="a", prompt="Sun", duration=2)]),
        {"title": "Dawn", "scenes": [OwnScene()]},
        Note(),
    ],
    ids=["dict", "model", "foreign model inside", "anything that dumps"],
)
def test_a_storyboard_may_be_data_or_any_model(
    call: Any, recording: Recording, sent: list[httpx.Request], job: dict[str, Any], spec: object
) -> None:
    call("create_job", spec, idempotency_key="once", answer=recording(httpx.Response(201, json=job)))

    assert (sent[0].method, str(sent[0].url)) == ("POST", "http://framecast.test/v1/generate")
    assert sent[0].headers["content-type"] == "application/json"
    assert json.loads(sent[0].content) == {"spec": SPEC, "idempotency_key": "once"}


@pytest.mark.parametrize(
    ("given", "body"),
    [
        ({}, {}),
        ({"name": MISSING}, {}),
        ({"name": None}, {"name": None}),
        ({"name": "Ada", "avatar_url": None}, {"name": "Ada", "avatar_url": None}),
    ],
)
def test_null_clears_and_absent_is_not_sent(given: dict[str, Any], body: dict[str, Any]) -> None:
    assert operations.update_account(**given).content == json.dumps(body, separators=(",", ":")).encode()


def test_an_optional_body_is_sent_only_when_something_is_in_it() -> None:
    assert operations.clone_job(JOB_ID).content is None
    assert operations.clone_job(JOB_ID, owner=None).content == b'{"owner":null}'


def test_members_go_by_their_wire_names() -> None:
    spec = Spec.model_validate(
        {**SPEC, "transition_presets": {"soft": {"type": "fade", "effects": [{"name": "x", "from": 1}]}}}
    )

    assert json.loads(operations.estimate_spec(spec).content or b"")["spec"] == {
        **SPEC,
        "transition_presets": {"soft": {"type": "fade", "effects": [{"name": "x", "from": 1.0}]}},
    }


def test_what_is_no_json_is_refused_before_it_is_sent() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        operations.validate_spec({"duration": float("nan")})
    with pytest.raises(ValueError, match="cannot send a object as JSON"):
        operations.validate_spec({"title": object()})


def test_filters_are_written_as_the_contract_wants(
    call: Any, recording: Recording, sent: list[httpx.Request]
) -> None:
    call(
        "list_jobs",
        status="queued",
        project_id=UUID(JOB_ID),
        created_after=datetime(2026, 1, 1, 12, tzinfo=UTC),
        limit=0,
        answer=recording(httpx.Response(200, json=[])),
    )

    assert sent[0].url.raw_path == (
        b"/v1/jobs?status=queued&project_id=9b2f8d8e-4c55-4c0b-8a39-0d9c5f1b7e21"
        b"&created_after=2026-01-01T12%3A00%3A00Z&limit=0"
    )


def test_a_list_is_sent_as_a_repeated_parameter() -> None:
    assert (
        operations.list_system_assets(tags=["rain", "a&b"]).target == "/v1/system-assets?tags=rain&tags=a%26b"
    )


def test_a_datetime_needs_an_offset() -> None:
    with pytest.raises(ValueError, match="created_after: 2026-01-01T00:00:00 has no offset; give an aware"):
        operations.list_jobs(created_after=datetime(2026, 1, 1))  # noqa: DTZ001 - no offset is the point


@pytest.mark.parametrize(
    ("value", "target"),
    [
        (UUID(JOB_ID), f"/v1/jobs/{JOB_ID}"),
        (JOB_ID, f"/v1/jobs/{JOB_ID}"),
        ("../account", "/v1/jobs/..%2Faccount"),
        ("a/b?c#d e%", "/v1/jobs/a%2Fb%3Fc%23d%20e%25"),
        ("...", "/v1/jobs/..."),
        ("é", "/v1/jobs/%C3%A9"),
    ],
)
def test_an_id_stays_one_segment_of_the_path(
    call: Any,
    recording: Recording,
    sent: list[httpx.Request],
    job: dict[str, Any],
    value: object,
    target: str,
) -> None:
    call("get_job", value, answer=recording(httpx.Response(200, json=job)))

    assert sent[0].url.raw_path == target.encode()


@pytest.mark.parametrize("value", ["", ".", "..", None, MISSING])
def test_an_id_that_names_another_path_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"job_id: "):
        operations.get_job(value)


def test_a_header_cannot_be_broken_out_of() -> None:
    with pytest.raises(ValueError, match=r"Last-Event-ID: .* cannot stand in a header; give printable ASCII"):
        operations.get_job_events(JOB_ID, last_event_id="x\r\nAuthorization: y")


def test_every_request_says_who_asks(call: Any, recording: Recording, sent: list[httpx.Request]) -> None:
    call("get_health", token="sk_live_abc", answer=recording(httpx.Response(200, text="OK")))

    assert sent[0].headers["authorization"] == "Bearer sk_live_abc"
    assert sent[0].headers["user-agent"].startswith("framecast-client/")
    assert sent[0].headers["accept"] == "text/plain"


def test_nobody_sends_no_credentials(call: Any, recording: Recording, sent: list[httpx.Request]) -> None:
    call("get_health", answer=recording(httpx.Response(200, text="OK")))

    assert "authorization" not in sent[0].headers


def test_a_client_does_not_show_its_token() -> None:
    with SyncFramecastClient("http://framecast.test/", "sk_live_abc") as client:
        assert repr(client) == "SyncFramecastClient('http://framecast.test', token='***')"


@pytest.mark.parametrize(
    ("url", "token"), [("framecast.test", None), ("http://x", ""), ("http://x", "abc\n")]
)
def test_a_wrong_address_or_token_is_refused_at_once(url: str, token: str | None) -> None:
    with pytest.raises(ValueError, match=r"^(base_url|token): expected"):
        SyncFramecastClient(url, token)
