"""The requests of the area `account`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from pydantic import MISSING

from .. import failures, headers, models
from .._request import Answer, Operation, Request, build, present

__all__ = [
    "DELETE_ACCOUNT",
    "GET_ACCOUNT",
    "GET_WHOAMI",
    "UPDATE_ACCOUNT",
    "UPGRADE_ACCOUNT",
    "delete_account",
    "get_account",
    "get_whoami",
    "update_account",
    "upgrade_account",
]


GET_WHOAMI: Operation[models.Whoami] = Operation(
    "get_whoami",
    "GET",
    "/v1/auth/whoami",
    answers={
        200: (Answer("application/json", models.Whoami, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        401: failures.UNAUTHORIZED,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def get_whoami() -> Request[models.Whoami]:
    """Find out who you are: the request of the method `get_whoami`."""
    return build(GET_WHOAMI)


GET_ACCOUNT: Operation[models.User] = Operation(
    "get_account",
    "GET",
    "/v1/account",
    answers={
        200: (Answer("application/json", models.User, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        401: failures.UNAUTHORIZED_SESSION,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def get_account() -> Request[models.User]:
    """Read your account: the request of the method `get_account`."""
    return build(GET_ACCOUNT)


DELETE_ACCOUNT: Operation[None] = Operation(
    "delete_account",
    "DELETE",
    "/v1/account",
    answers={204: (Answer(headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)},
    failures={
        401: failures.UNAUTHORIZED_SESSION,
        409: failures.CONFLICT,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def delete_account() -> Request[None]:
    """Delete your account: the request of the method `delete_account`."""
    return build(DELETE_ACCOUNT)


UPDATE_ACCOUNT: Operation[models.User] = Operation(
    "update_account",
    "PATCH",
    "/v1/account",
    answers={
        200: (Answer("application/json", models.User, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED_SESSION,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def update_account(
    *, name: str | None | MISSING = MISSING, avatar_url: str | None | MISSING = MISSING
) -> Request[models.User]:
    """Change your name or picture: the request of the method `update_account`."""
    return build(UPDATE_ACCOUNT, body=present({"name": name, "avatar_url": avatar_url}))


UPGRADE_ACCOUNT: Operation[models.User] = Operation(
    "upgrade_account",
    "POST",
    "/v1/account/upgrade",
    answers={
        200: (Answer("application/json", models.User, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
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


def upgrade_account(target_tier: models.UserTier) -> Request[models.User]:
    """Become a creator: the request of the method `upgrade_account`."""
    return build(UPGRADE_ACCOUNT, body=present({"target_tier": target_tier}))
