"""The headers of an answer, which only strict mode compares with the contract."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

import framecast_client as fc

from .pretending import JOB_ID, RATE, Chunks, frame, settled

NAMES = "/headers/x-ratelimit-"
FAULTS = [
    ({"x-debug": "1"}, "/headers/x-debug", "no header of this name", "'1'"),
    ({"x-ratelimit-limit": None}, f"{NAMES}limit", "the header to be present", "nothing"),
    ({"x-ratelimit-limit": "many"}, f"{NAMES}limit", "a value of int", "'many'"),
    ({"x-ratelimit-reset": ""}, f"{NAMES}reset", "a value of int", "''"),
    ({"x-ratelimit-remaining": "1.5"}, f"{NAMES}remaining", "a value of int", "'1.5'"),
]
faults = pytest.mark.parametrize(("changes", "pointer", "expected", "got"), FAULTS)


def changed(changes: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in {**RATE, **changes}.items() if value is not None}


def violated(caught: pytest.ExceptionInfo[fc.ContractViolation]) -> tuple[str, str, str]:
    return caught.value.pointer, caught.value.expected, caught.value.got


@faults
async def test_a_wrong_header_of_a_result_is_named(
    opened: Any, job: dict[str, Any], changes: dict[str, str | None], pointer: str, expected: str, got: str
) -> None:
    answer = httpx.Response(200, json=job, headers=changed(changes))
    with pytest.raises(fc.ContractViolation) as caught:
        await settled(opened(lambda _: answer, strict=True).get_job(JOB_ID))

    assert violated(caught) == (pointer, expected, got)


@faults
async def test_a_wrong_header_of_a_refusal_is_named(
    opened: Any, changes: dict[str, str | None], pointer: str, expected: str, got: str
) -> None:
    body = {"error": {"code": "NOT_FOUND", "message": "No"}}
    answer = httpx.Response(404, json=body, headers=changed(changes))
    with pytest.raises(fc.ContractViolation) as caught:
        await settled(opened(lambda _: answer, strict=True).get_job(JOB_ID))

    assert violated(caught) == (pointer, expected, got)


@faults
async def test_a_wrong_header_of_a_stream_is_named_before_its_first_event(
    opened: Any, changes: dict[str, str | None], pointer: str, expected: str, got: str
) -> None:
    body = Chunks(frame(1, "completed"))
    headers = {"content-type": "text/event-stream", **changed(changes)}
    answer = httpx.Response(200, headers=headers, stream=body)
    with pytest.raises(fc.ContractViolation) as caught:
        await settled(opened(lambda _: answer, strict=True).get_job_events(JOB_ID))

    assert (violated(caught), body.given, body.closed) == ((pointer, expected, got), 0, True)


@pytest.mark.parametrize("changes", [row[0] for row in FAULTS])
def test_an_open_client_does_not_look_at_headers(
    call: Any, job: dict[str, Any], changes: dict[str, str | None]
) -> None:
    answer = httpx.Response(200, json=job, headers=changed(changes))

    assert call("get_job", JOB_ID, answer=answer).model_dump(mode="json") == job


def test_headers_of_http_itself_are_declared_everywhere(call: Any, job: dict[str, Any]) -> None:
    standard = {"Date": "x", "Server": "x", "ETag": "x", "Cache-Control": "x", "Set-Cookie": "x", "Vary": "x"}
    answer = httpx.Response(200, json=job, headers=standard)

    assert call("get_job", JOB_ID, strict=True, answer=answer).model_dump(mode="json") == job


@pytest.mark.parametrize(
    ("ignored", "passes"),
    [
        ((), False),
        (("cf-*",), True),
        (("CF-Ray",), True),
        (("*",), True),
        (("cf", "ray", "-ray", "cf-ray-*"), False),
        (("x-*", "cf-?ay"), True),
    ],
)
async def test_ignored_headers_are_names_or_patterns(
    opened: Any, job: dict[str, Any], ignored: tuple[str, ...], passes: bool
) -> None:
    answer = httpx.Response(200, json=job, headers={**RATE, "CF-RAY": "8a-FRA"})
    client = opened(lambda _: answer, strict=True, ignored_headers=ignored)
    if passes:
        assert (await settled(client.get_job(JOB_ID))).model_dump(mode="json") == job
    else:
        with pytest.raises(fc.ContractViolation, match="at /headers/cf-ray: expected no header of this name"):
            await settled(client.get_job(JOB_ID))


async def test_ignoring_a_declared_header_does_not_make_it_optional(opened: Any, job: dict[str, Any]) -> None:
    answer = httpx.Response(200, json=job, headers=changed({"x-ratelimit-limit": None}))
    with pytest.raises(fc.ContractViolation, match="at /headers/x-ratelimit-limit"):
        await settled(opened(lambda _: answer, strict=True, ignored_headers=["x-*"]).get_job(JOB_ID))
