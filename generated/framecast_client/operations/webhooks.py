"""The requests of the area `webhooks`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import MISSING

from .. import failures, headers, models
from .._request import Answer, Operation, Request, build, present

__all__ = [
    "CREATE_WEBHOOK",
    "DELETE_WEBHOOK",
    "GET_WEBHOOK",
    "LIST_WEBHOOKS",
    "LIST_WEBHOOK_DELIVERIES",
    "RETRY_WEBHOOK_DELIVERY",
    "ROTATE_WEBHOOK_SECRET",
    "TEST_WEBHOOK",
    "UPDATE_WEBHOOK",
    "create_webhook",
    "delete_webhook",
    "get_webhook",
    "list_webhook_deliveries",
    "list_webhooks",
    "retry_webhook_delivery",
    "rotate_webhook_secret",
    "test_webhook",
    "update_webhook",
]


LIST_WEBHOOKS: Operation[list[models.Webhook]] = Operation(
    "list_webhooks",
    "GET",
    "/v1/teams/{team_id}/webhooks",
    answers={
        200: (
            Answer(
                "application/json", list[models.Webhook], headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def list_webhooks(team_id: UUID | str) -> Request[list[models.Webhook]]:
    """List the webhooks of a team: the request of the method `list_webhooks`."""
    return build(LIST_WEBHOOKS, path={"team_id": team_id})


CREATE_WEBHOOK: Operation[models.WebhookWithSecret] = Operation(
    "create_webhook",
    "POST",
    "/v1/teams/{team_id}/webhooks",
    answers={
        201: (
            Answer(
                "application/json",
                models.WebhookWithSecret,
                headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET,
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def create_webhook(
    team_id: UUID | str, url: str, events: Sequence[models.WebhookEventType]
) -> Request[models.WebhookWithSecret]:
    """Make a webhook: the request of the method `create_webhook`."""
    return build(CREATE_WEBHOOK, path={"team_id": team_id}, body=present({"url": url, "events": events}))


GET_WEBHOOK: Operation[models.Webhook] = Operation(
    "get_webhook",
    "GET",
    "/v1/webhooks/{webhook_id}",
    answers={
        200: (Answer("application/json", models.Webhook, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def get_webhook(webhook_id: UUID | str) -> Request[models.Webhook]:
    """Read a webhook: the request of the method `get_webhook`."""
    return build(GET_WEBHOOK, path={"webhook_id": webhook_id})


DELETE_WEBHOOK: Operation[None] = Operation(
    "delete_webhook",
    "DELETE",
    "/v1/webhooks/{webhook_id}",
    answers={204: (Answer(headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)},
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def delete_webhook(webhook_id: UUID | str) -> Request[None]:
    """Delete a webhook: the request of the method `delete_webhook`."""
    return build(DELETE_WEBHOOK, path={"webhook_id": webhook_id})


UPDATE_WEBHOOK: Operation[models.Webhook] = Operation(
    "update_webhook",
    "PATCH",
    "/v1/webhooks/{webhook_id}",
    answers={
        200: (Answer("application/json", models.Webhook, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def update_webhook(
    webhook_id: UUID | str,
    *,
    url: str | None | MISSING = MISSING,
    events: Sequence[models.WebhookEventType] | None | MISSING = MISSING,
    is_active: bool | None | MISSING = MISSING,
) -> Request[models.Webhook]:
    """Change a webhook: the request of the method `update_webhook`."""
    return build(
        UPDATE_WEBHOOK,
        path={"webhook_id": webhook_id},
        body=present({"url": url, "events": events, "is_active": is_active}),
    )


ROTATE_WEBHOOK_SECRET: Operation[models.WebhookWithSecret] = Operation(
    "rotate_webhook_secret",
    "POST",
    "/v1/webhooks/{webhook_id}/rotate-secret",
    answers={
        200: (
            Answer(
                "application/json",
                models.WebhookWithSecret,
                headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET,
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def rotate_webhook_secret(webhook_id: UUID | str) -> Request[models.WebhookWithSecret]:
    """Replace the secret of a webhook: the request of the method `rotate_webhook_secret`."""
    return build(ROTATE_WEBHOOK_SECRET, path={"webhook_id": webhook_id})


TEST_WEBHOOK: Operation[models.WebhookDelivery] = Operation(
    "test_webhook",
    "POST",
    "/v1/webhooks/{webhook_id}/test",
    answers={
        201: (
            Answer(
                "application/json", models.WebhookDelivery, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        404: failures.NOT_FOUND,
        409: failures.CONFLICT,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def test_webhook(webhook_id: UUID | str) -> Request[models.WebhookDelivery]:
    """Try a webhook out: the request of the method `test_webhook`."""
    return build(TEST_WEBHOOK, path={"webhook_id": webhook_id})


LIST_WEBHOOK_DELIVERIES: Operation[list[models.WebhookDelivery]] = Operation(
    "list_webhook_deliveries",
    "GET",
    "/v1/webhooks/{webhook_id}/deliveries",
    answers={
        200: (
            Answer(
                "application/json",
                list[models.WebhookDelivery],
                headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET,
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def list_webhook_deliveries(
    webhook_id: UUID | str,
    *,
    status: models.WebhookDeliveryStatus | MISSING = MISSING,
    event_type: str | MISSING = MISSING,
    created_after: datetime | str | MISSING = MISSING,
    created_before: datetime | str | MISSING = MISSING,
    limit: int | MISSING = MISSING,
    offset: int | MISSING = MISSING,
) -> Request[list[models.WebhookDelivery]]:
    """List what was sent to a webhook: the request of the method `list_webhook_deliveries`."""
    return build(
        LIST_WEBHOOK_DELIVERIES,
        path={"webhook_id": webhook_id},
        query={
            "status": status,
            "event_type": event_type,
            "created_after": created_after,
            "created_before": created_before,
            "limit": limit,
            "offset": offset,
        },
    )


RETRY_WEBHOOK_DELIVERY: Operation[models.WebhookDelivery] = Operation(
    "retry_webhook_delivery",
    "POST",
    "/v1/webhook-deliveries/{delivery_id}/retry",
    answers={
        200: (
            Answer(
                "application/json", models.WebhookDelivery, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        404: failures.NOT_FOUND,
        409: failures.CONFLICT,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def retry_webhook_delivery(delivery_id: UUID | str) -> Request[models.WebhookDelivery]:
    """Send a failed delivery again: the request of the method `retry_webhook_delivery`."""
    return build(RETRY_WEBHOOK_DELIVERY, path={"delivery_id": delivery_id})
