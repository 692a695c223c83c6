"""Answers that the contract does not describe: what an open client makes of them, and a strict one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

import framecast_client as fc

from .pretending import JOB_ID, always, refused

BY_STATUS: list[tuple[str, Callable[[], httpx.Response], type[fc.ApiError], int, str, str]] = [
    ("undocumented 4xx", lambda: refused(418, "TEAPOT", "Short"), fc.ApiError, 418, "TEAPOT", "Short"),
    ("undocumented 5xx", lambda: refused(507, "FULL", "Sorry"), fc.ServerError, 507, "FULL", "Sorry"),
    (
        "a page of a proxy",
        lambda: httpx.Response(502, html="<h1>Bad Gateway</h1>"),
        fc.ServerError,
        502,
        "",
        "<h1>Bad Gateway</h1>",
    ),
    ("unknown code", lambda: refused(400, "TOO_ODD", "Odd"), fc.BadRequestError, 400, "TOO_ODD", "Odd"),
    ("code of another status", lambda: refused(404, "CONFLICT"), fc.NotFoundError, 404, "CONFLICT", "No"),
    ("text", lambda: httpx.Response(404, text="gone fishing"), fc.NotFoundError, 404, "", "gone fishing"),
    ("nothing", lambda: httpx.Response(403), fc.ForbiddenError, 403, "", ""),
    (
        "problem details",
        lambda: httpx.Response(403, json={"title": "Not yours"}),
        fc.ForbiddenError,
        403,
        "",
        "Not yours",
    ),
    (
        "text for an error",
        lambda: httpx.Response(403, json={"error": "no"}),
        fc.ForbiddenError,
        403,
        "",
        "no",
    ),
    ("a page for 429", lambda: httpx.Response(429, html="slow"), fc.TooManyRequestsError, 429, "", "slow"),
    ("a list", lambda: httpx.Response(500, json=[1]), fc.InternalServerError, 500, "", "[1]"),
    (
        "broken JSON",
        lambda: httpx.Response(401, content=b'{"error'),
        fc.UnauthorizedError,
        401,
        "",
        '{"error',
    ),
]


@pytest.mark.parametrize(
    ("make", "wanted", "status", "code", "message"),
    [row[1:] for row in BY_STATUS],
    ids=[row[0] for row in BY_STATUS],
)
def test_an_undocumented_refusal_is_of_the_class_of_its_status(
    call: Any, make: Any, wanted: type[fc.ApiError], status: int, code: str, message: str
) -> None:
    with pytest.raises(fc.ApiError) as caught:
        call("get_job", JOB_ID, answer=always(make))

    error = caught.value
    assert (type(error), error.status, error.code, error.message) == (wanted, status, code, message)


@pytest.mark.parametrize("make", [row[1] for row in BY_STATUS], ids=[row[0] for row in BY_STATUS])
def test_an_undocumented_refusal_breaks_the_contract_in_strict_mode(call: Any, make: Any) -> None:
    with pytest.raises(fc.ContractViolation) as caught:
        call("get_job", JOB_ID, strict=True, answer=always(make))

    assert caught.value.status == make().status_code


def plain(job: Any) -> Any:
    return job.model_dump(mode="json")


@pytest.mark.parametrize("status", [201, 202, 206, 299])
def test_an_undocumented_success_is_read_as_the_documented_one(
    call: Any, job: dict[str, Any], status: int
) -> None:
    assert plain(call("get_job", JOB_ID, answer=httpx.Response(status, json=job))) == job
    with pytest.raises(fc.ContractViolation) as caught:
        call("get_job", JOB_ID, strict=True, answer=httpx.Response(status, json=job))
    assert (caught.value.expected, caught.value.got) == (
        "a status of 200, 400, 401, 403, 404, 429, 500",
        str(status),
    )


@pytest.mark.parametrize("status", [204, 301, 304])
def test_no_job_is_made_of_an_answer_without_one(call: Any, status: int) -> None:
    with pytest.raises(fc.ContractViolation) as caught:
        call("get_job", JOB_ID, answer=httpx.Response(status))

    assert caught.value.status == status


@pytest.mark.parametrize(
    "media_type", [None, "text/html", "application/vnd.framecast+json", "APPLICATION/JSON"]
)
def test_json_is_read_whatever_it_is_called(call: Any, job: dict[str, Any], media_type: str | None) -> None:
    answer = httpx.Response(200, json=job, headers={"content-type": media_type or ""})
    if media_type is None:
        del answer.headers["content-type"]

    assert plain(call("get_job", JOB_ID, answer=answer)) == job


@pytest.mark.parametrize("strict", [False, True], ids=["open", "strict"])
def test_a_page_instead_of_json_is_a_violation_in_either_mode(call: Any, strict: bool) -> None:
    with pytest.raises(fc.ContractViolation) as caught:
        call("get_job", JOB_ID, strict=strict, answer=httpx.Response(200, html="<h1>Log in"))

    expected, got = ("the media type application/json", "text/html; charset=utf-8")
    wanted = (expected, got) if strict else ("JSON", "b'<h1>Log in'")
    assert (caught.value.expected, caught.value.got, caught.value.pointer) == (*wanted, "")


def test_content_of_an_answer_that_has_none_is_passed_over(call: Any) -> None:
    assert call("delete_job", JOB_ID, answer=httpx.Response(204, content=b"{}")) is None
    assert call("delete_job", JOB_ID, answer=httpx.Response(200, json={"ok": True})) is None
