"""The whole answer of a call: its result, status, headers and bytes."""

from __future__ import annotations

import functools
from typing import Any

import httpx
import pytest

import framecast_client as fc

from .pretending import JOB_ID, RATE, Script, refused, settled

SPEC = {"title": "Dawn", "scenes": [{"id": "a", "prompt": "Sun", "duration": 2.0}]}


async def test_the_whole_answer_has_result_status_headers_and_bytes(opened: Any, job: dict[str, Any]) -> None:
    answer = httpx.Response(201, json=job, headers={**RATE, "X-Request-ID": "r-7"})
    client = opened(Script(answer))
    found = await settled(client.with_raw_response(client.create_job)(SPEC, idempotency_key="once"))

    assert isinstance(found, fc.Response)
    assert found.result.model_dump(mode="json") == job
    assert (found.status, found.headers["x-request-id"], found.raw.content) == (201, "r-7", answer.content)
    assert (found.raw.status, found.raw.media_type) == (201, "application/json")
    assert str(found.request) == "create_job (POST /v1/generate)"


@pytest.mark.parametrize(
    ("name", "answer", "result"),
    [("get_health", httpx.Response(200, text="OK"), "OK"), ("delete_account", httpx.Response(204), None)],
)
async def test_text_and_nothing_have_an_answer_too(
    opened: Any, name: str, answer: httpx.Response, result: object
) -> None:
    client = opened(Script(answer))
    found = await settled(client.with_raw_response(getattr(client, name))())

    assert (found.result, found.status) == (result, answer.status_code)


async def test_the_client_itself_goes_on_as_before(opened: Any) -> None:
    ok = httpx.Response(200, text="OK")
    client = opened(Script(ok, ok))
    await settled(client.with_raw_response(client.get_health)())

    assert await settled(client.get_health()) == "OK"


async def test_retries_and_keys_are_those_of_any_call(opened: Any, job: dict[str, Any]) -> None:
    script = Script(httpx.ReadError("reset"), httpx.Response(200, json=job))
    client = opened(script)
    found = await settled(client.with_raw_response(client.create_job)(SPEC))

    assert (found.status, len({request.content for request in script.sent})) == (200, 1)


async def test_a_refusal_is_raised_as_always(opened: Any) -> None:
    client = opened(Script(refused(404, "NOT_FOUND")))
    with pytest.raises(fc.NotFoundError):
        await settled(client.with_raw_response(client.get_job)(JOB_ID))


async def test_the_method_of_a_copy_keeps_its_settings(opened: Any, job: dict[str, Any]) -> None:
    script = Script(httpx.Response(200, json=job))
    client = opened(script)
    quick = client.with_options(timeout=5, headers={"x-team": "a"})
    await settled(client.with_raw_response(quick.get_job)(JOB_ID))

    assert (script.sent[0].extensions["timeout"]["read"], script.sent[0].headers["x-team"]) == (5, "a")


async def test_the_method_of_another_client_asks_the_other_server(opened: Any, job: dict[str, Any]) -> None:
    other = Script(httpx.Response(200, json=job))
    await settled(opened(Script()).with_raw_response(opened(other).get_job)(JOB_ID))

    assert len(other.sent) == 1


FOREIGN: dict[str, Any] = {
    "stream": lambda client: client.get_job_events,
    "wait": lambda client: client.wait_for_job,
    "upload": lambda client: client.upload_asset,
    "pages": lambda client: client.paginate,
    "call": lambda client: client.call,
    "close": lambda client: client.with_options,
    "request": lambda _: fc.operations.get_job,
    "constant": lambda _: fc.operations.GET_JOB,
    "function": lambda _: lambda: None,
    "partial": lambda client: functools.partial(client.get_job, JOB_ID),
    "result": lambda _: None,
    "method of the class": lambda client: type(client).get_job,
    "namesake": lambda _: Namesake().get_job,
    "other twin": lambda client: (
        (fc.SyncFramecastClient if isinstance(client, fc.FramecastClient) else fc.FramecastClient)(
            "http://framecast.test"
        ).get_job
    ),
}


class Namesake:
    def get_job(self) -> None: ...


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_single_call_of_a_client_is_refused(client_kind: type[Any], name: str) -> None:
    client = client_kind("http://framecast.test")
    with pytest.raises(TypeError, match=r"expected the method of an operation, such as client\.get_job, got"):
        client.with_raw_response(FOREIGN[name](client))
