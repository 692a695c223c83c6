"""Everything the client raises. Generated; do not edit.

FramecastError
├── TransportError            no answer arrived; the server may have acted
│   └── RequestTimeoutError   not in time
├── StreamCutError            an event stream ended before its last event
├── WaitTimeoutError          what was waited for has not ended in time
├── EndedBadlyError           what was waited for did not end well
│   ├── JobFailedError
│   └── JobCanceledError
├── UploadError               a store did not take a file
├── ContractViolation         the answer is nothing the contract describes
└── ApiError                  the server refused
    ├── BadRequestError               400
    │   └── ValidationError           VALIDATION_ERROR
    ├── UnauthorizedError             401
    │   ├── InvalidApiKeyError        INVALID_API_KEY
    │   ├── InvalidAuthorizationError INVALID_AUTHORIZATION
    │   ├── InvalidTokenError         INVALID_TOKEN
    │   ├── MissingAuthorizationError MISSING_AUTHORIZATION
    │   ├── MissingEmailError         MISSING_EMAIL
    │   └── UserNotFoundError         USER_NOT_FOUND
    ├── PaymentRequiredError          402
    │   └── InsufficientCreditsError  INSUFFICIENT_CREDITS
    ├── ForbiddenError                403
    │   ├── AuthorizationError        AUTHORIZATION_ERROR
    │   └── InsufficientTierError     INSUFFICIENT_TIER
    ├── NotFoundError                 404 NOT_FOUND
    ├── ConflictError                 409 CONFLICT
    ├── GoneError                     410 GONE
    ├── TooManyRequestsError          429
    │   └── RateLimitExceededError    RATE_LIMIT_EXCEEDED
    └── ServerError
        └── InternalServerError           500
            ├── AuthError                 AUTH_ERROR
            ├── DatabaseError             DATABASE_ERROR
            ├── InternalError             INTERNAL_ERROR
            ├── MembershipsLoadError      MEMBERSHIPS_LOAD_ERROR
            ├── SerializationError        SERIALIZATION_ERROR
            ├── UnexpectedError           UNEXPECTED_ERROR
            ├── UserLoadError             USER_LOAD_ERROR
            └── UserProvisionFailedError  USER_PROVISION_FAILED
"""

from ._errors import (
    ApiError,
    ContractViolation,
    EndedBadlyError,
    FramecastError,
    RequestTimeoutError,
    ServerError,
    StreamCutError,
    TransportError,
    UploadError,
    WaitTimeoutError,
)

__all__ = [
    "ApiError",
    "AuthError",
    "AuthorizationError",
    "BadRequestError",
    "ConflictError",
    "ContractViolation",
    "DatabaseError",
    "EndedBadlyError",
    "ForbiddenError",
    "FramecastError",
    "GoneError",
    "InsufficientCreditsError",
    "InsufficientTierError",
    "InternalError",
    "InternalServerError",
    "InvalidApiKeyError",
    "InvalidAuthorizationError",
    "InvalidTokenError",
    "JobCanceledError",
    "JobFailedError",
    "MembershipsLoadError",
    "MissingAuthorizationError",
    "MissingEmailError",
    "NotFoundError",
    "PaymentRequiredError",
    "RateLimitExceededError",
    "RequestTimeoutError",
    "SerializationError",
    "ServerError",
    "StreamCutError",
    "TooManyRequestsError",
    "TransportError",
    "UnauthorizedError",
    "UnexpectedError",
    "UploadError",
    "UserLoadError",
    "UserNotFoundError",
    "UserProvisionFailedError",
    "ValidationError",
    "WaitTimeoutError",
]


class BadRequestError(ApiError):
    """The server answered 400."""

    status = 400


class ValidationError(BadRequestError):
    """The server answered 400 VALIDATION_ERROR."""

    code = "VALIDATION_ERROR"


class UnauthorizedError(ApiError):
    """The server answered 401."""

    status = 401


class InvalidApiKeyError(UnauthorizedError):
    """The server answered 401 INVALID_API_KEY."""

    code = "INVALID_API_KEY"


class InvalidAuthorizationError(UnauthorizedError):
    """The server answered 401 INVALID_AUTHORIZATION."""

    code = "INVALID_AUTHORIZATION"


class InvalidTokenError(UnauthorizedError):
    """The server answered 401 INVALID_TOKEN."""

    code = "INVALID_TOKEN"


class MissingAuthorizationError(UnauthorizedError):
    """The server answered 401 MISSING_AUTHORIZATION."""

    code = "MISSING_AUTHORIZATION"


class MissingEmailError(UnauthorizedError):
    """The server answered 401 MISSING_EMAIL."""

    code = "MISSING_EMAIL"


class UserNotFoundError(UnauthorizedError):
    """The server answered 401 USER_NOT_FOUND."""

    code = "USER_NOT_FOUND"


class PaymentRequiredError(ApiError):
    """The server answered 402."""

    status = 402


class InsufficientCreditsError(PaymentRequiredError):
    """The server answered 402 INSUFFICIENT_CREDITS."""

    code = "INSUFFICIENT_CREDITS"


class ForbiddenError(ApiError):
    """The server answered 403."""

    status = 403


class AuthorizationError(ForbiddenError):
    """The server answered 403 AUTHORIZATION_ERROR."""

    code = "AUTHORIZATION_ERROR"


class InsufficientTierError(ForbiddenError):
    """The server answered 403 INSUFFICIENT_TIER."""

    code = "INSUFFICIENT_TIER"


class NotFoundError(ApiError):
    """The server answered 404 NOT_FOUND."""

    status = 404
    code = "NOT_FOUND"


class ConflictError(ApiError):
    """The server answered 409 CONFLICT."""

    status = 409
    code = "CONFLICT"


class GoneError(ApiError):
    """The server answered 410 GONE."""

    status = 410
    code = "GONE"


class TooManyRequestsError(ApiError):
    """The server answered 429."""

    status = 429


class RateLimitExceededError(TooManyRequestsError):
    """The server answered 429 RATE_LIMIT_EXCEEDED."""

    code = "RATE_LIMIT_EXCEEDED"


class InternalServerError(ServerError):
    """The server answered 500."""

    status = 500


class AuthError(InternalServerError):
    """The server answered 500 AUTH_ERROR."""

    code = "AUTH_ERROR"


class DatabaseError(InternalServerError):
    """The server answered 500 DATABASE_ERROR."""

    code = "DATABASE_ERROR"


class InternalError(InternalServerError):
    """The server answered 500 INTERNAL_ERROR."""

    code = "INTERNAL_ERROR"


class MembershipsLoadError(InternalServerError):
    """The server answered 500 MEMBERSHIPS_LOAD_ERROR."""

    code = "MEMBERSHIPS_LOAD_ERROR"


class SerializationError(InternalServerError):
    """The server answered 500 SERIALIZATION_ERROR."""

    code = "SERIALIZATION_ERROR"


class UnexpectedError(InternalServerError):
    """The server answered 500 UNEXPECTED_ERROR."""

    code = "UNEXPECTED_ERROR"


class UserLoadError(InternalServerError):
    """The server answered 500 USER_LOAD_ERROR."""

    code = "USER_LOAD_ERROR"


class UserProvisionFailedError(InternalServerError):
    """The server answered 500 USER_PROVISION_FAILED."""

    code = "USER_PROVISION_FAILED"


class JobFailedError(EndedBadlyError):
    """What was waited for did not end well; `result` is the object as it ended."""


class JobCanceledError(EndedBadlyError):
    """What was waited for did not end well; `result` is the object as it ended."""
