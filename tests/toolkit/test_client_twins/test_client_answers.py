"""How the clients read what comes back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
import pytest

from framecast_client import MISSING, ContractViolation, SyncFramecastClient, operations

JOB_ID = "9b2f8d8e-4c55-4c0b-8a39-0d9c5f1b7e21"


def test_a_job_comes_back_typed_and_whole(call: Any, job: dict[str, Any]) -> None:
    found = call("get_job", JOB_ID, answer=httpx.Response(200, json=job))

    assert found.id == UUID(JOB_ID)
    assert found.status == "queued"
    assert found.output is None
    assert found.progress.percent is MISSING
    assert found.model_dump(mode="json") == job


def test_text_comes_back_as_text(call: Any) -> None:
    assert call("get_health", answer=httpx.Response(200, text="OK")) == "OK"


def test_no_content_comes_back_as_none(call: Any) -> None:
    assert call("delete_job", JOB_ID, answer=httpx.Response(204)) is None


def test_status_and_headers_can_be_read_with_the_result(job: dict[str, Any]) -> None:
    answer = httpx.Response(200, json=job, headers={"X-RateLimit-Remaining": "59"})
    with SyncFramecastClient("http://t", transport=httpx.MockTransport(lambda _: answer)) as client:
        response = client.send(operations.create_job(job["spec_snapshot"], idempotency_key="once"))

    assert (response.status, response.headers["x-ratelimit-remaining"]) == (200, "59")
    assert response.result.status == "queued"
    assert response.raw.content == answer.content


@pytest.mark.parametrize(
    ("change", "pointer", "expected", "got"),
    [
        (
            {"status": "done"},
            "/status",
            "'queued', 'processing', 'completed', 'failed' or 'canceled'",
            '"done"',
        ),
        ({"credits_charged": "2"}, "/credits_charged", "a valid integer", '"2"'),
        ({"credits_charged": -1}, "/credits_charged", "greater than or equal to 0", "-1"),
        ({"progress": {"percent": 101}}, "/progress/percent", "less than or equal to 100", "101"),
        ({"created_at": "2026-01-01T00:00:00"}, "/created_at", "have timezone info", None),
        (
            {"status": "sk_live_12ab"},
            "/status",
            "'queued', 'processing', 'completed', 'failed' or 'canceled'",
            '"***"',
        ),
    ],
)
def test_a_wrong_member_is_named_with_its_place(
    call: Any, job: dict[str, Any], change: dict[str, Any], pointer: str, expected: str, got: str | None
) -> None:
    with pytest.raises(ContractViolation) as caught:
        call("get_job", JOB_ID, strict=True, answer=httpx.Response(200, json={**job, **change}))

    wanted = (200, "get_job", pointer, expected, got or f'"{change.get("created_at")}"')
    found = caught.value
    assert (found.status, found.operation_id, found.pointer, found.expected, found.got) == wanted


def test_a_missing_member_is_named_with_its_place(call: Any, job: dict[str, Any]) -> None:
    del job["output"]
    with pytest.raises(ContractViolation) as caught:
        call("list_jobs", strict=True, answer=httpx.Response(200, json=[job]))

    assert str(caught.value) == (
        "list_jobs (GET /v1/jobs): the answer 200 breaks the contract at /0/output: "
        "expected the member to be present, got nothing"
    )


STATUSES = "a status of 200, 400, 401, 403, 404, 429, 500"
JSON_TYPE = "the media type application/json"


@pytest.mark.parametrize(
    ("status", "content", "expected", "got"),
    [
        (202, {"json": {}}, STATUSES, "202"),
        (302, {"headers": {"location": "/x"}}, STATUSES, "302"),
        (502, {"html": "<h1>Bad"}, STATUSES, "502"),
        (200, {"html": "<h1>Hi"}, JSON_TYPE, "text/html; charset=utf-8"),
        (200, {}, JSON_TYPE, "no Content-Type"),
        (200, {"content": b"{", "headers": {"content-type": "application/json"}}, "JSON", "b'{'"),
        (404, {"text": "gone"}, JSON_TYPE, "text/plain; charset=utf-8"),
        (404, {"json": {"detail": "x"}}, "the member to be present", "nothing"),
    ],
)
def test_an_answer_outside_the_contract_never_looks_like_a_result(
    call: Any, status: int, content: dict[str, Any], expected: str, got: str
) -> None:
    with pytest.raises(ContractViolation) as caught:
        call("get_job", JOB_ID, strict=True, answer=httpx.Response(status, **content))

    assert (caught.value.expected, caught.value.got) == (expected, got)


def test_no_content_must_have_no_content(call: Any) -> None:
    with pytest.raises(ContractViolation, match="expected no body, got 2 bytes"):
        call("delete_job", JOB_ID, strict=True, answer=httpx.Response(204, content=b"{}"))


def test_text_must_be_text(call: Any) -> None:
    answer = httpx.Response(200, content=b"\xff", headers={"content-type": "text/plain"})
    with pytest.raises(ContractViolation, match="expected text in UTF-8"):
        call("get_health", strict=True, answer=answer)
