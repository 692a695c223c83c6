"""The requests of the area `api_keys`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import MISSING

from .. import failures, headers, models
from .._request import Answer, Operation, Request, build, present

__all__ = [
    "CREATE_API_KEY",
    "GET_API_KEY",
    "LIST_API_KEYS",
    "REVOKE_API_KEY",
    "UPDATE_API_KEY",
    "create_api_key",
    "get_api_key",
    "list_api_keys",
    "revoke_api_key",
    "update_api_key",
]


LIST_API_KEYS: Operation[list[models.ApiKey]] = Operation(
    "list_api_keys",
    "GET",
    "/v1/auth/keys",
    answers={
        200: (
            Answer(
                "application/json", list[models.ApiKey], headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
            ),
        )
    },
    failures={401: failures.UNAUTHORIZED_SESSION, 429: failures.RATE_LIMITED, 500: failures.SERVER_FAULT},
)


def list_api_keys() -> Request[list[models.ApiKey]]:
    """List your API keys: the request of the method `list_api_keys`."""
    return build(LIST_API_KEYS)


CREATE_API_KEY: Operation[models.ApiKeyCreated] = Operation(
    "create_api_key",
    "POST",
    "/v1/auth/keys",
    answers={
        201: (
            Answer(
                "application/json", models.ApiKeyCreated, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED_SESSION,
        403: failures.FORBIDDEN,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def create_api_key(
    *,
    name: str | None | MISSING = MISSING,
    owner: str | None | MISSING = MISSING,
    scopes: Sequence[models.ApiKeyScope] | None | MISSING = MISSING,
    expires_at: datetime | str | None | MISSING = MISSING,
) -> Request[models.ApiKeyCreated]:
    """Make an API key: the request of the method `create_api_key`."""
    return build(
        CREATE_API_KEY,
        body=present({"name": name, "owner": owner, "scopes": scopes, "expires_at": expires_at}),
    )


GET_API_KEY: Operation[models.ApiKey] = Operation(
    "get_api_key",
    "GET",
    "/v1/auth/keys/{key_id}",
    answers={
        200: (Answer("application/json", models.ApiKey, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED_SESSION,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def get_api_key(key_id: UUID | str) -> Request[models.ApiKey]:
    """Read one of your API keys: the request of the method `get_api_key`."""
    return build(GET_API_KEY, path={"key_id": key_id})


REVOKE_API_KEY: Operation[None] = Operation(
    "revoke_api_key",
    "DELETE",
    "/v1/auth/keys/{key_id}",
    answers={204: (Answer(headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)},
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED_SESSION,
        404: failures.NOT_FOUND,
        409: failures.CONFLICT,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def revoke_api_key(key_id: UUID | str) -> Request[None]:
    """Revoke one of your API keys: the request of the method `revoke_api_key`."""
    return build(REVOKE_API_KEY, path={"key_id": key_id})


UPDATE_API_KEY: Operation[models.ApiKey] = Operation(
    "update_api_key",
    "PATCH",
    "/v1/auth/keys/{key_id}",
    answers={
        200: (Answer("application/json", models.ApiKey, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED_SESSION,
        404: failures.NOT_FOUND,
        409: failures.CONFLICT,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def update_api_key(key_id: UUID | str, name: str) -> Request[models.ApiKey]:
    """Rename one of your API keys: the request of the method `update_api_key`."""
    return build(UPDATE_API_KEY, path={"key_id": key_id}, body=present({"name": name}))
