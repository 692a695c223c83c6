"""What is tried again, and what must never be sent twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

import framecast_client as fc

from .pretending import JOB_ID, Script, refused, settled

SPEC = {"title": "Dawn", "scenes": [{"id": "a", "prompt": "Sun", "duration": 2.0}]}
LOST = httpx.ReadError("reset")
OK = httpx.Response(200, text="OK")
TROUBLES: list[httpx.Response | Exception] = [
    LOST,
    httpx.WriteError("reset"),
    httpx.RemoteProtocolError("closed"),
    httpx.ReadTimeout("late"),
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("late"),
    httpx.PoolTimeout("busy"),
    *(httpx.Response(status) for status in (429, 500, 502, 503, 504)),
]
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def named(trouble: object) -> str:
    return str(trouble.status_code) if isinstance(trouble, httpx.Response) else type(trouble).__name__


troubles = pytest.mark.parametrize("trouble", TROUBLES, ids=named)
unsafe = pytest.mark.parametrize(
    "trouble", [one for one in TROUBLES if not isinstance(one, NOT_SENT)], ids=named
)
not_sent = pytest.mark.parametrize(
    "trouble", [one for one in TROUBLES if isinstance(one, NOT_SENT)], ids=named
)


def bodies(script: Script) -> list[Any]:
    return [json.loads(request.content or b"null") for request in script.sent]


@troubles
async def test_a_get_is_tried_three_times(opened: Any, trouble: Any) -> None:
    script = Script(trouble, trouble, OK)

    assert await settled(opened(script).get_health()) == "OK"
    assert len({(request.method, str(request.url)) for request in script.sent}) == 1


@troubles
@pytest.mark.parametrize("tries", [1, 2, 5])
async def test_the_last_try_says_how_it_went(opened: Any, trouble: Any, tries: int) -> None:
    script = Script(*[trouble] * tries)
    client = opened(script, retries=fc.Retries(tries=tries))
    with pytest.raises(fc.TransportError if isinstance(trouble, Exception) else fc.ApiError):
        await settled(client.get_health())

    assert (len(script.sent), len(client.clock.naps)) == (tries, tries - 1)


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 410, 418, 501, 505])
async def test_a_refusal_is_not_tried_again(opened: Any, status: int) -> None:
    script = Script(refused(status, "X"))
    with pytest.raises(fc.ApiError):
        await settled(opened(script).get_job(JOB_ID))

    assert len(script.sent) == 1


async def test_an_answer_outside_the_contract_is_not_tried_again(opened: Any) -> None:
    script = Script(httpx.Response(200, json={}))
    with pytest.raises(fc.ContractViolation):
        await settled(opened(script).get_job(JOB_ID))

    assert len(script.sent) == 1


UNSAFE_CALLS: dict[str, Callable[[Any], Any]] = {
    "post": lambda client: client.cancel_job(JOB_ID),
    "post with a body": lambda client: client.create_team("Night Owls"),
    "patch": lambda client: client.update_account(name="Ada"),
    "create without key": lambda client: client.create_job(SPEC, idempotency_key=None),
}
unsafe_calls = pytest.mark.parametrize("name", UNSAFE_CALLS)


@unsafe
@unsafe_calls
async def test_what_does_more_when_sent_twice_is_sent_once(opened: Any, name: str, trouble: Any) -> None:
    script = Script(trouble)
    with pytest.raises(fc.TransportError if isinstance(trouble, Exception) else fc.ApiError):
        await settled(UNSAFE_CALLS[name](opened(script)))

    assert len(script.sent) == 1


@not_sent
@unsafe_calls
async def test_what_never_left_may_be_sent_again(opened: Any, name: str, trouble: Any) -> None:
    script = Script(trouble, trouble, refused(401, "INVALID_TOKEN"))
    with pytest.raises(fc.InvalidTokenError):
        await settled(UNSAFE_CALLS[name](opened(script)))

    assert len(script.sent) == 3


@unsafe
@unsafe_calls
async def test_the_caller_may_ask_for_repeats_all_the_same(opened: Any, name: str, trouble: Any) -> None:
    script = Script(trouble, refused(401, "INVALID_TOKEN"))
    with pytest.raises(fc.InvalidTokenError):
        await settled(UNSAFE_CALLS[name](opened(script, retries=fc.Retries(repeat_unsafe=True))))

    assert len(script.sent) == 2


@troubles
async def test_all_tries_of_a_creation_carry_one_key_and_the_next_creation_another(
    opened: Any, job: dict[str, Any], trouble: Any
) -> None:
    made = httpx.Response(201, json=job)
    script = Script(trouble, trouble, made, trouble, made)
    client = opened(script)
    await settled(client.create_job(SPEC))
    await settled(client.create_job(SPEC))

    keys = [body.pop("idempotency_key") for body in bodies(script) if body]
    assert [len(key) for key in keys] == [36] * 5
    assert (len(set(keys[:3])), len(set(keys[3:])), len(set(keys))) == (1, 1, 2)


async def test_the_key_of_the_caller_is_used_for_all_tries(opened: Any, job: dict[str, Any]) -> None:
    script = Script(LOST, httpx.Response(503), httpx.Response(201, json=job))
    await settled(opened(script).create_job(SPEC, idempotency_key="order-7"))

    assert bodies(script) == [{"spec": SPEC, "idempotency_key": "order-7"}] * 3


@pytest.mark.parametrize(
    ("retries", "given", "member"),
    [
        (fc.NO_RETRIES, fc.MISSING, {}),
        (fc.NO_RETRIES, None, {"idempotency_key": None}),
        (fc.NO_RETRIES, "mine", {"idempotency_key": "mine"}),
        (fc.Retries(), None, {"idempotency_key": None}),
    ],
)
async def test_no_key_is_made_up_where_nothing_is_repeated(
    opened: Any, job: dict[str, Any], retries: fc.Retries, given: Any, member: dict[str, Any]
) -> None:
    script = Script(httpx.Response(201, json=job))
    await settled(opened(script, retries=retries).create_job(SPEC, idempotency_key=given))

    assert bodies(script) == [{"spec": SPEC, **member}]


async def test_a_delete_that_was_repeated_explains_a_404(opened: Any) -> None:
    script = Script(LOST, refused(404, "NOT_FOUND"))
    with pytest.raises(fc.NotFoundError) as caught:
        await settled(opened(script).delete_job(JOB_ID))

    note = "An earlier try of this call may have been carried out."
    assert (caught.value.__notes__, len(script.sent)) == ([note], 2)


async def test_tries_that_never_left_explain_nothing(opened: Any) -> None:
    refusal = refused(404, "NOT_FOUND")
    script = Script(httpx.ConnectError("refused"), httpx.ConnectTimeout("late"), refusal)
    with pytest.raises(fc.NotFoundError) as caught:
        await settled(opened(script).delete_job(JOB_ID))

    assert not hasattr(caught.value, "__notes__")


async def test_a_first_try_needs_no_explanation(opened: Any) -> None:
    with pytest.raises(fc.NotFoundError) as caught:
        await settled(opened(Script(refused(404, "NOT_FOUND"))).delete_job(JOB_ID))

    assert not hasattr(caught.value, "__notes__")


async def test_put_is_repeated(opened: Any) -> None:
    script = Script(LOST, refused(404, "NOT_FOUND"))
    with pytest.raises(fc.NotFoundError):
        await settled(opened(script).update_project_spec(JOB_ID, SPEC))

    assert [request.method for request in script.sent] == ["PUT", "PUT"]


@troubles
async def test_no_retries_is_no_retries(opened: Any, trouble: Any) -> None:
    script = Script(trouble)
    with pytest.raises(fc.FramecastError):
        await settled(opened(script, retries=fc.NO_RETRIES).get_health())

    assert len(script.sent) == 1


@pytest.mark.parametrize("trouble", [LOST, httpx.ConnectError("refused")], ids=named)
async def test_an_error_says_whether_the_server_may_have_acted(opened: Any, trouble: Exception) -> None:
    with pytest.raises(fc.TransportError) as caught:
        await settled(opened(Script(trouble), retries=fc.NO_RETRIES).create_job(SPEC))

    assert caught.value.sent is (trouble is LOST)


def test_a_number_of_tries_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="tries: expected 1 or more, got 0; 1 means to never try again"):
        fc.Retries(tries=0)
