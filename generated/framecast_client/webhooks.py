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
"""The body of a call; its `event` tells which."""

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


def parse_webhook(body: bytes | str) -> WebhookPayload:
    """Read the body of a call as the model of its event; `verify_webhook_signature` comes first.

    Raises:
        UnknownWebhookEventError: the event is not in `PAYLOADS`. A newer server may send it.
        WebhookPayloadError: it is not JSON, or not what the contract says about the event.
    """
    return parse(body, PAYLOADS)
