"""The requests of the area `specs`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from pydantic import MISSING

from .. import failures, headers, models
from .._request import Answer, JsonObject, Operation, Request, build, present

__all__ = ["ESTIMATE_SPEC", "VALIDATE_SPEC", "estimate_spec", "validate_spec"]


VALIDATE_SPEC: Operation[models.ValidationResponse] = Operation(
    "validate_spec",
    "POST",
    "/v1/spec/validate",
    answers={
        200: (
            Answer(
                "application/json",
                models.ValidationResponse,
                headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET,
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def validate_spec(spec: JsonObject) -> Request[models.ValidationResponse]:
    """Check a storyboard: the request of the method `validate_spec`."""
    return build(VALIDATE_SPEC, body=present({"spec": spec}))


ESTIMATE_SPEC: Operation[models.EstimateResponse] = Operation(
    "estimate_spec",
    "POST",
    "/v1/spec/estimate",
    answers={
        200: (
            Answer(
                "application/json", models.EstimateResponse, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def estimate_spec(
    spec: models.Spec | JsonObject, *, owner: str | None | MISSING = MISSING
) -> Request[models.EstimateResponse]:
    """Price a storyboard: the request of the method `estimate_spec`."""
    return build(ESTIMATE_SPEC, body=present({"spec": spec, "owner": owner}))
