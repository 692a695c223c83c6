"""The failures that operations share, by their names in the contract. Generated; do not edit."""

from __future__ import annotations

from . import errors, headers, models
from ._request import Failure

UNAUTHORIZED = Failure(
    (
        errors.MissingAuthorizationError,
        errors.InvalidAuthorizationError,
        errors.InvalidTokenError,
        errors.InvalidApiKeyError,
        errors.UserNotFoundError,
        errors.MissingEmailError,
    ),
    models.ErrorEnvelope,
    headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET,
)

NOT_FOUND = Failure(
    (errors.NotFoundError,), models.ErrorEnvelope, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
)

RATE_LIMITED = Failure(
    (errors.RateLimitExceededError,),
    models.RateLimitEnvelope,
    headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET_RETRYAFTER,
)

SERVER_FAULT = Failure(
    (
        errors.InternalError,
        errors.UnexpectedError,
        errors.DatabaseError,
        errors.SerializationError,
        errors.AuthError,
        errors.UserLoadError,
        errors.MembershipsLoadError,
        errors.UserProvisionFailedError,
    ),
    models.ErrorEnvelope,
    headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET,
)

UNAUTHORIZED_SESSION = Failure(
    (
        errors.MissingAuthorizationError,
        errors.InvalidAuthorizationError,
        errors.InvalidTokenError,
        errors.MissingEmailError,
    ),
    models.ErrorEnvelope,
    headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET,
)

CONFLICT = Failure(
    (errors.ConflictError,), models.ErrorEnvelope, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
)

INVALID_REQUEST = Failure(
    (errors.ValidationError,), models.ErrorEnvelope, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
)

FORBIDDEN = Failure(
    (errors.AuthorizationError,), models.ErrorEnvelope, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
)

FORBIDDEN_OR_TIER = Failure(
    (
        errors.InsufficientTierError,
        errors.AuthorizationError,
    ),
    models.ErrorEnvelope,
    headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET,
)

LIMIT_REACHED = Failure(
    (errors.RateLimitExceededError,),
    models.ErrorEnvelope,
    headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET_RETRYAFTER_2,
)

INSUFFICIENT_CREDITS = Failure(
    (errors.InsufficientCreditsError,),
    models.ErrorEnvelope,
    headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET,
)

GONE = Failure((errors.GoneError,), models.ErrorEnvelope, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET)
