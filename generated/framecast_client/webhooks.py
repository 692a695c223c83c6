"""Calls to webhooks: what each event says, how to trust and read one. Generated; do not edit."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from . import models
from ._webhooks import (
    UnknownWebhookEventError,
    WebhookError,
    WebhookPayloadError,
    WebhookSignatureError,
    parse,
    verify,
    verify_webhook_signature,
)

__all__ = [
    "PAYLOADS",
    "UnknownWebhookEventError",
    "WebhookError",
    "WebhookPayload",
    "WebhookPayloadError",
    "WebhookSignatureError",
    "parse_webhook",
    "unwrap_webhook",
    "verify_webhook_signature",
]

WebhookPayload: TypeAlias = (
    models.JobQueuedPayload
    | models.JobStartedPayload
    | models.JobProgressPayload
    | models.JobCompletedPayload
    | models.JobFailedPayload
    | models.JobCanceledPayload
    | models.WebhookTestPayload
)
"""The body of a call."""

PAYLOADS: Mapping[str, type[WebhookPayload]] = MappingProxyType(
    {
        "job.queued": models.JobQueuedPayload,
        "job.started": models.JobStartedPayload,
        "job.progress": models.JobProgressPayload,
        "job.completed": models.JobCompletedPayload,
        "job.failed": models.JobFailedPayload,
        "job.canceled": models.JobCanceledPayload,
        "webhook.test": models.WebhookTestPayload,
    }
)
"""The model of the body, by event."""


def parse_webhook(body: bytes | str, *, strict: bool = False) -> WebhookPayload:
    """Read the body of a call as the model of its event, without asking who made it.

    Raises:
        UnknownWebhookEventError: the event is not in `PAYLOADS`. A newer server may send it.
        WebhookPayloadError: it is not JSON, or not what the contract says about the event.
    """
    return parse(body, PAYLOADS, "event", strict=strict)


def unwrap_webhook(
    body: bytes,
    headers: Mapping[str, str],
    secret: str,
    *,
    strict: bool = False,
    now: float | None = None,
    tolerance_seconds: int = 300,
) -> WebhookPayload:
    """Make sure who made a call, lately, and read it as the model of its event.

    Args:
        body: The body byte for byte as it came.
        headers: Those of the call, names in any case.
        secret: The one of the webhook.
        strict: Whether members and values that the contract does not declare are an error.
        now: Unix seconds; the clock's when left out.
        tolerance_seconds: How far the call's own time may be away from now, in either direction.

    Raises:
        WebhookSignatureError: somebody else made the call, changed it, or repeats an old one. Refuse it.
        UnknownWebhookEventError: the event is new. Accept the call and ignore it.
        WebhookPayloadError: it is not JSON, or not what the contract says about the event.
    """
    verify(secret, headers, body, now=now, tolerance_seconds=tolerance_seconds)
    return parse_webhook(body, strict=strict)
