"""What the clients raise, and what they keep to themselves."""

from __future__ import annotations

from typing import Any, get_args

import httpx
import pytest

import framecast_client as fc
from framecast_client.models import ErrorCode

from .pretending import JOB_ID, refused


@pytest.mark.parametrize(
    ("status", "code", "kind", "parent"),
    [
        (400, "VALIDATION_ERROR", fc.ValidationError, fc.BadRequestError),
        (401, "INVALID_API_KEY", fc.InvalidApiKeyError, fc.UnauthorizedError),
        (402, "INSUFFICIENT_CREDITS", fc.InsufficientCreditsError, fc.PaymentRequiredError),
        (403, "AUTHORIZATION_ERROR", fc.AuthorizationError, fc.ForbiddenError),
        (409, "CONFLICT", fc.ConflictError, fc.ApiError),
        (500, "DATABASE_ERROR", fc.DatabaseError, fc.InternalServerError),
    ],
)
def test_every_documented_code_has_its_class(
    call: Any, status: int, code: str, kind: type[fc.ApiError], parent: type[fc.ApiError]
) -> None:
    with pytest.raises(parent) as caught:
        call("create_job", {}, answer=refused(status, code, "Sorry"))

    error = caught.value
    assert (type(error), error.status, error.code, error.message) == (kind, status, code, "Sorry")
    assert str(error) == f"create_job (POST /v1/generate): {status} {code}: Sorry"


def test_an_error_says_how_long_to_wait_and_which_request_it_was(call: Any) -> None:
    answer = refused(429, "RATE_LIMIT_EXCEEDED", retryAfter=12)
    answer.headers["X-Request-ID"] = "r-7"
    with pytest.raises(fc.RateLimitExceededError) as caught:
        call("get_job", JOB_ID, answer=answer)

    assert (caught.value.retry_after, caught.value.request_id) == (12, "r-7")
    assert str(caught.value).endswith("(request id r-7)")
    assert caught.value.request.target == f"/v1/jobs/{JOB_ID}"


CODES = [repr(code) for code in get_args(ErrorCode.__value__)]


@pytest.mark.parametrize(
    ("code", "expected", "got"),
    [
        ("TEAPOT", f"{', '.join(CODES[:-1])} or {CODES[-1]}", '"TEAPOT"'),
        ("CONFLICT", "a code of NOT_FOUND", "CONFLICT"),
    ],
)
def test_a_code_the_operation_does_not_document_is_a_violation(
    call: Any, code: str, expected: str, got: str
) -> None:
    with pytest.raises(fc.ContractViolation) as caught:
        call("get_job", JOB_ID, strict=True, answer=refused(404, code))

    found = caught.value
    assert (found.pointer, found.expected, found.got) == ("/error/code", expected, got)


@pytest.mark.parametrize(
    "secret", ["sk_live_0123abcd", "eyJhbGciOiJI.eyJzdWIi.c2ln", "Bearer opaque-1", "my-own-token"]
)
def test_no_error_shows_a_secret(call: Any, secret: str) -> None:
    with pytest.raises(fc.ConflictError) as caught:
        call("create_job", {}, token="my-own-token", answer=refused(409, "CONFLICT", f"bad {secret}!"))

    error = caught.value
    shown = " ".join(map(repr, [error, str(error), error.message, error.response, error.request]))
    assert secret.removeprefix("Bearer ") not in shown
    assert "***" in shown


def test_a_broken_connection_is_a_transport_error(call: Any) -> None:
    def breaks(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(fc.TransportError) as caught:
        call("get_health", answer=breaks)

    assert str(caught.value) == "get_health (GET /health): ConnectError: refused"
    assert not isinstance(caught.value, fc.RequestTimeoutError)


def test_a_late_answer_is_a_timeout(call: Any) -> None:
    def dawdles(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("late")

    with pytest.raises(fc.RequestTimeoutError, match=r"get_health .*: no answer in time \(ReadTimeout\)"):
        call("get_health", answer=dawdles)


def test_everything_can_be_caught_by_one_class() -> None:
    kinds = [getattr(fc.errors, name) for name in fc.errors.__all__]

    assert all(issubclass(kind, fc.FramecastError) for kind in kinds)
    assert all(issubclass(kind, fc.ApiError) for kind in kinds if getattr(kind, "code", ""))
