"""A typed client, generated from a contract; do not edit.

`models` and `operations` are imported when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pydantic import MISSING

from . import errors
from ._async_client import AsyncClock
from ._base import Limits, Try
from ._request import Operation, Request
from ._response import RawResponse, Response
from ._retries import NO_RETRIES, Retries
from ._sync_client import SyncClock
from .client import FramecastClient, SyncFramecastClient
from .errors import (
    ApiError,
    AuthError,
    AuthorizationError,
    BadRequestError,
    ConflictError,
    ContractViolation,
    DatabaseError,
    EndedBadlyError,
    ForbiddenError,
    FramecastError,
    GoneError,
    InsufficientCreditsError,
    InsufficientTierError,
    InternalError,
    InternalServerError,
    InvalidApiKeyError,
    InvalidAuthorizationError,
    InvalidTokenError,
    JobCanceledError,
    JobFailedError,
    MembershipsLoadError,
    MissingAuthorizationError,
    MissingEmailError,
    NotFoundError,
    PaymentRequiredError,
    RateLimitExceededError,
    RequestTimeoutError,
    SerializationError,
    ServerError,
    StreamCutError,
    TooManyRequestsError,
    TransportError,
    UnauthorizedError,
    UnexpectedError,
    UploadError,
    UserLoadError,
    UserNotFoundError,
    UserProvisionFailedError,
    ValidationError,
    WaitTimeoutError,
)

if TYPE_CHECKING:
    from . import models, operations
    from .webhooks import (
        UnknownWebhookEventError,
        WebhookError,
        WebhookPayload,
        WebhookPayloadError,
        WebhookSignatureError,
        parse_webhook,
        unwrap_webhook,
        verify_webhook_signature,
    )


__all__ = [
    # clients
    "FramecastClient",
    "SyncFramecastClient",
    # modules
    "errors",
    "models",
    "operations",
    # settings
    "AsyncClock",
    "Limits",
    "NO_RETRIES",
    "Retries",
    "SyncClock",
    "Try",
    # values
    "MISSING",
    "Operation",
    "RawResponse",
    "Request",
    "Response",
    # errors
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
    # webhooks
    "UnknownWebhookEventError",
    "WebhookError",
    "WebhookPayload",
    "WebhookPayloadError",
    "WebhookSignatureError",
    "parse_webhook",
    "unwrap_webhook",
    "verify_webhook_signature",
]

_PLACES: dict[str, str] = {
    "UnknownWebhookEventError": "webhooks",
    "WebhookError": "webhooks",
    "WebhookPayload": "webhooks",
    "WebhookPayloadError": "webhooks",
    "WebhookSignatureError": "webhooks",
    "parse_webhook": "webhooks",
    "unwrap_webhook": "webhooks",
    "verify_webhook_signature": "webhooks",
}

if not TYPE_CHECKING:  # a type checker must not believe that every name exists

    def __getattr__(name: str) -> Any:
        if name in ("models", "operations"):
            return import_module(f".{name}", __name__)
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_PLACES[name]}", __name__), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
