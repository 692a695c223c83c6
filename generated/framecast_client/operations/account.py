"""The requests of the area `account`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from pydantic import MISSING

from .. import errors, models
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
    answers={200: Answer("application/json", models.Whoami)},
    errors={
        401: (
            errors.MissingAuthorizationError,
            errors.InvalidAuthorizationError,
            errors.InvalidTokenError,
            errors.InvalidApiKeyError,
            errors.UserNotFoundError,
            errors.MissingEmailError,
        ),
        404: (errors.NotFoundError,),
        429: (errors.RateLimitExceededError,),
        500: (
            errors.InternalError,
            errors.UnexpectedError,
            errors.DatabaseError,
            errors.SerializationError,
            errors.AuthError,
            errors.UserLoadError,
            errors.MembershipsLoadError,
            errors.UserProvisionFailedError,
        ),
    },
)


def get_whoami() -> Request[models.Whoami]:
    """Find out who you are: the request of `FramecastClient.get_whoami`."""
    return build(GET_WHOAMI)


GET_ACCOUNT: Operation[models.User] = Operation(
    "get_account",
    "GET",
    "/v1/account",
    answers={200: Answer("application/json", models.User)},
    errors={
        401: (
            errors.MissingAuthorizationError,
            errors.InvalidAuthorizationError,
            errors.InvalidTokenError,
            errors.MissingEmailError,
        ),
        404: (errors.NotFoundError,),
        429: (errors.RateLimitExceededError,),
        500: (
            errors.InternalError,
            errors.UnexpectedError,
            errors.DatabaseError,
            errors.SerializationError,
            errors.AuthError,
            errors.UserLoadError,
            errors.MembershipsLoadError,
            errors.UserProvisionFailedError,
        ),
    },
)


def get_account() -> Request[models.User]:
    """Read your account: the request of `FramecastClient.get_account`."""
    return build(GET_ACCOUNT)


DELETE_ACCOUNT: Operation[None] = Operation(
    "delete_account",
    "DELETE",
    "/v1/account",
    answers={204: Answer()},
    errors={
        401: (
            errors.MissingAuthorizationError,
            errors.InvalidAuthorizationError,
            errors.InvalidTokenError,
            errors.MissingEmailError,
        ),
        409: (errors.ConflictError,),
        429: (errors.RateLimitExceededError,),
        500: (
            errors.InternalError,
            errors.UnexpectedError,
            errors.DatabaseError,
            errors.SerializationError,
            errors.AuthError,
            errors.UserLoadError,
            errors.MembershipsLoadError,
            errors.UserProvisionFailedError,
        ),
    },
)


def delete_account() -> Request[None]:
    """Delete your account: the request of `FramecastClient.delete_account`."""
    return build(DELETE_ACCOUNT)


UPDATE_ACCOUNT: Operation[models.User] = Operation(
    "update_account",
    "PATCH",
    "/v1/account",
    answers={200: Answer("application/json", models.User)},
    errors={
        400: (errors.ValidationError,),
        401: (
            errors.MissingAuthorizationError,
            errors.InvalidAuthorizationError,
            errors.InvalidTokenError,
            errors.MissingEmailError,
        ),
        404: (errors.NotFoundError,),
        429: (errors.RateLimitExceededError,),
        500: (
            errors.InternalError,
            errors.UnexpectedError,
            errors.DatabaseError,
            errors.SerializationError,
            errors.AuthError,
            errors.UserLoadError,
            errors.MembershipsLoadError,
            errors.UserProvisionFailedError,
        ),
    },
)


def update_account(
    *, name: str | None | MISSING = MISSING, avatar_url: str | None | MISSING = MISSING
) -> Request[models.User]:
    """Change your name or picture: the request of `FramecastClient.update_account`."""
    return build(UPDATE_ACCOUNT, body=present({"name": name, "avatar_url": avatar_url}))


UPGRADE_ACCOUNT: Operation[models.User] = Operation(
    "upgrade_account",
    "POST",
    "/v1/account/upgrade",
    answers={200: Answer("application/json", models.User)},
    errors={
        400: (errors.ValidationError,),
        401: (
            errors.MissingAuthorizationError,
            errors.InvalidAuthorizationError,
            errors.InvalidTokenError,
            errors.MissingEmailError,
        ),
        404: (errors.NotFoundError,),
        409: (errors.ConflictError,),
        429: (errors.RateLimitExceededError,),
        500: (
            errors.InternalError,
            errors.UnexpectedError,
            errors.DatabaseError,
            errors.SerializationError,
            errors.AuthError,
            errors.UserLoadError,
            errors.MembershipsLoadError,
            errors.UserProvisionFailedError,
        ),
    },
)


def upgrade_account(target_tier: models.UserTier) -> Request[models.User]:
    """Become a creator: the request of `FramecastClient.upgrade_account`."""
    return build(UPGRADE_ACCOUNT, body=present({"target_tier": target_tier}))
