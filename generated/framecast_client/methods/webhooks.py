"""The methods of the area `webhooks`, for both clients. Generated; do not edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import MISSING

from .. import operations
from .._async_client import AsyncClient
from .._sync_client import SyncClient

if TYPE_CHECKING:
    from .. import models


class AsyncWebhooks(AsyncClient):
    """The asynchronous methods of the area `webhooks`."""

    async def list_webhooks(self, team_id: UUID | str) -> list[models.Webhook]:
        """List the webhooks of a team.

        Answers with all webhooks of the team, newest first, without their secrets. For creators who are
        owner or admin of the team. A key needs the scope `webhooks:read`.

        `GET /v1/teams/{team_id}/webhooks`

        Args:
            team_id: Id of the team.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.list_webhooks(team_id))

    async def create_webhook(
        self, team_id: UUID | str, url: str, events: Sequence[models.WebhookEventType]
    ) -> models.WebhookWithSecret:
        """Make a webhook.

        From now on the address is told what happens to jobs owned by the team; what is sent stands in the
        `webhooks` section. The answer holds the secret that signs the calls: keep it, no other answer but
        the one of `rotate_webhook_secret` shows one. Try it with `test_webhook`. For creators who are
        owner or admin of the team. A key needs the scope `webhooks:write`.

        `POST /v1/teams/{team_id}/webhooks`

        Args:
            team_id: Id of the team.
            url: Absolute, `https://` only. Redirects from it are not followed. At most 2048 characters. A
                URI.
            events: What to tell it about. At least 1 item. No item twice.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.create_webhook(team_id, url, events))

    async def get_webhook(self, webhook_id: UUID | str) -> models.Webhook:
        """Read a webhook.

        Answers with the webhook, without its secret. For creators who are owner or admin of its team. A
        key needs the scope `webhooks:read`.

        `GET /v1/webhooks/{webhook_id}`

        Args:
            webhook_id: Id of the webhook.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.get_webhook(webhook_id))

    async def delete_webhook(self, webhook_id: UUID | str) -> None:
        """Delete a webhook.

        Removes the webhook and the record of its deliveries. Nothing more is sent to it. For creators who
        are owner or admin of its team. A key needs the scope `webhooks:write`.

        `DELETE /v1/webhooks/{webhook_id}`

        Args:
            webhook_id: Id of the webhook.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.delete_webhook(webhook_id))

    async def update_webhook(
        self,
        webhook_id: UUID | str,
        *,
        url: str | None | MISSING = MISSING,
        events: Sequence[models.WebhookEventType] | None | MISSING = MISSING,
        is_active: bool | None | MISSING = MISSING,
    ) -> models.Webhook:
        """Change a webhook.

        Changes the address, what it is told about, or whether it is told at all. Members left out stay,
        and so does the secret. For creators who are owner or admin of its team. A key needs the scope
        `webhooks:write`.

        `PATCH /v1/webhooks/{webhook_id}`

        Args:
            webhook_id: Id of the webhook.
            url: Absolute, `https://` only. At most 2048 characters. A URI.
            events: Replaces the whole list. At least 1 item. No item twice.
            is_active: False stops new calls and those still to be repeated.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(
            operations.update_webhook(webhook_id, url=url, events=events, is_active=is_active)
        )

    async def rotate_webhook_secret(self, webhook_id: UUID | str) -> models.WebhookWithSecret:
        """Replace the secret of a webhook.

        Makes a new secret. Every later call is signed with it, and with nothing else: there is no time in
        which both count. Takes no body. For creators who are owner or admin of its team. A key needs the
        scope `webhooks:write`.

        `POST /v1/webhooks/{webhook_id}/rotate-secret`

        Args:
            webhook_id: Id of the webhook.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.rotate_webhook_secret(webhook_id))

    async def test_webhook(self, webhook_id: UUID | str) -> models.WebhookDelivery:
        """Try a webhook out.

        Sends a `webhook.test` call, whatever the webhook is subscribed to, and answers once it was
        attempted: with what the receiver said, good or bad. Takes no body. For creators who are owner or
        admin of its team. A key needs the scope `webhooks:write`.

        `POST /v1/webhooks/{webhook_id}/test`

        Args:
            webhook_id: Id of the webhook.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.test_webhook(webhook_id))

    async def list_webhook_deliveries(
        self,
        webhook_id: UUID | str,
        *,
        status: models.WebhookDeliveryStatus | MISSING = MISSING,
        event_type: str | MISSING = MISSING,
        created_after: datetime | str | MISSING = MISSING,
        created_before: datetime | str | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.WebhookDelivery]:
        """List what was sent to a webhook.

        Answers with the deliveries of the last 30 days, newest first, tests included. Filters combine
        with AND. For creators who are owner or admin of its team. A key needs the scope `webhooks:read`.

        For all of them: `client.paginate(client.list_webhook_deliveries)`.

        `GET /v1/webhooks/{webhook_id}/deliveries`

        Args:
            webhook_id: Id of the webhook.
            status: Only deliveries in this state. One of `pending`, `retrying`, `delivered`, `failed`.
            event_type: Only deliveries of this event; any text is accepted, an unknown event gives an empty
                list.
            created_after: Only deliveries made after this moment. RFC 3339 with offset.
            created_before: Only deliveries made before this moment. RFC 3339 with offset.
            limit: Page size. Values below 1 count as 1, values above 100 as 100; only a non-integer is
                refused. When left out, the server takes 50.
            offset: How many elements to skip. Values below 0 count as 0; past the end the answer is `[]`.
                When left out, the server takes 0.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(
            operations.list_webhook_deliveries(
                webhook_id,
                status=status,
                event_type=event_type,
                created_after=created_after,
                created_before=created_before,
                limit=limit,
                offset=offset,
            )
        )

    async def retry_webhook_delivery(self, delivery_id: UUID | str) -> models.WebhookDelivery:
        """Send a failed delivery again.

        Starts a failed delivery over: the same body and `delivery_id`, a fresh timestamp and signature,
        five new attempts, the first at once. Takes no body. For creators who are owner or admin of the
        team of its webhook. A key needs the scope `webhooks:write`.

        `POST /v1/webhook-deliveries/{delivery_id}/retry`

        Args:
            delivery_id: Id of the delivery.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.retry_webhook_delivery(delivery_id))


class SyncWebhooks(SyncClient):
    """The blocking methods of the area `webhooks`."""

    def list_webhooks(self, team_id: UUID | str) -> list[models.Webhook]:
        """List the webhooks of a team.

        Answers with all webhooks of the team, newest first, without their secrets. For creators who are
        owner or admin of the team. A key needs the scope `webhooks:read`.

        `GET /v1/teams/{team_id}/webhooks`

        Args:
            team_id: Id of the team.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.list_webhooks(team_id))

    def create_webhook(
        self, team_id: UUID | str, url: str, events: Sequence[models.WebhookEventType]
    ) -> models.WebhookWithSecret:
        """Make a webhook.

        From now on the address is told what happens to jobs owned by the team; what is sent stands in the
        `webhooks` section. The answer holds the secret that signs the calls: keep it, no other answer but
        the one of `rotate_webhook_secret` shows one. Try it with `test_webhook`. For creators who are
        owner or admin of the team. A key needs the scope `webhooks:write`.

        `POST /v1/teams/{team_id}/webhooks`

        Args:
            team_id: Id of the team.
            url: Absolute, `https://` only. Redirects from it are not followed. At most 2048 characters. A
                URI.
            events: What to tell it about. At least 1 item. No item twice.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.create_webhook(team_id, url, events))

    def get_webhook(self, webhook_id: UUID | str) -> models.Webhook:
        """Read a webhook.

        Answers with the webhook, without its secret. For creators who are owner or admin of its team. A
        key needs the scope `webhooks:read`.

        `GET /v1/webhooks/{webhook_id}`

        Args:
            webhook_id: Id of the webhook.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.get_webhook(webhook_id))

    def delete_webhook(self, webhook_id: UUID | str) -> None:
        """Delete a webhook.

        Removes the webhook and the record of its deliveries. Nothing more is sent to it. For creators who
        are owner or admin of its team. A key needs the scope `webhooks:write`.

        `DELETE /v1/webhooks/{webhook_id}`

        Args:
            webhook_id: Id of the webhook.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.delete_webhook(webhook_id))

    def update_webhook(
        self,
        webhook_id: UUID | str,
        *,
        url: str | None | MISSING = MISSING,
        events: Sequence[models.WebhookEventType] | None | MISSING = MISSING,
        is_active: bool | None | MISSING = MISSING,
    ) -> models.Webhook:
        """Change a webhook.

        Changes the address, what it is told about, or whether it is told at all. Members left out stay,
        and so does the secret. For creators who are owner or admin of its team. A key needs the scope
        `webhooks:write`.

        `PATCH /v1/webhooks/{webhook_id}`

        Args:
            webhook_id: Id of the webhook.
            url: Absolute, `https://` only. At most 2048 characters. A URI.
            events: Replaces the whole list. At least 1 item. No item twice.
            is_active: False stops new calls and those still to be repeated.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.update_webhook(webhook_id, url=url, events=events, is_active=is_active))

    def rotate_webhook_secret(self, webhook_id: UUID | str) -> models.WebhookWithSecret:
        """Replace the secret of a webhook.

        Makes a new secret. Every later call is signed with it, and with nothing else: there is no time in
        which both count. Takes no body. For creators who are owner or admin of its team. A key needs the
        scope `webhooks:write`.

        `POST /v1/webhooks/{webhook_id}/rotate-secret`

        Args:
            webhook_id: Id of the webhook.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.rotate_webhook_secret(webhook_id))

    def test_webhook(self, webhook_id: UUID | str) -> models.WebhookDelivery:
        """Try a webhook out.

        Sends a `webhook.test` call, whatever the webhook is subscribed to, and answers once it was
        attempted: with what the receiver said, good or bad. Takes no body. For creators who are owner or
        admin of its team. A key needs the scope `webhooks:write`.

        `POST /v1/webhooks/{webhook_id}/test`

        Args:
            webhook_id: Id of the webhook.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.test_webhook(webhook_id))

    def list_webhook_deliveries(
        self,
        webhook_id: UUID | str,
        *,
        status: models.WebhookDeliveryStatus | MISSING = MISSING,
        event_type: str | MISSING = MISSING,
        created_after: datetime | str | MISSING = MISSING,
        created_before: datetime | str | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.WebhookDelivery]:
        """List what was sent to a webhook.

        Answers with the deliveries of the last 30 days, newest first, tests included. Filters combine
        with AND. For creators who are owner or admin of its team. A key needs the scope `webhooks:read`.

        For all of them: `client.paginate(client.list_webhook_deliveries)`.

        `GET /v1/webhooks/{webhook_id}/deliveries`

        Args:
            webhook_id: Id of the webhook.
            status: Only deliveries in this state. One of `pending`, `retrying`, `delivered`, `failed`.
            event_type: Only deliveries of this event; any text is accepted, an unknown event gives an empty
                list.
            created_after: Only deliveries made after this moment. RFC 3339 with offset.
            created_before: Only deliveries made before this moment. RFC 3339 with offset.
            limit: Page size. Values below 1 count as 1, values above 100 as 100; only a non-integer is
                refused. When left out, the server takes 50.
            offset: How many elements to skip. Values below 0 count as 0; past the end the answer is `[]`.
                When left out, the server takes 0.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(
            operations.list_webhook_deliveries(
                webhook_id,
                status=status,
                event_type=event_type,
                created_after=created_after,
                created_before=created_before,
                limit=limit,
                offset=offset,
            )
        )

    def retry_webhook_delivery(self, delivery_id: UUID | str) -> models.WebhookDelivery:
        """Send a failed delivery again.

        Starts a failed delivery over: the same body and `delivery_id`, a fresh timestamp and signature,
        five new attempts, the first at once. Takes no body. For creators who are owner or admin of the
        team of its webhook. A key needs the scope `webhooks:write`.

        `POST /v1/webhook-deliveries/{delivery_id}/retry`

        Args:
            delivery_id: Id of the delivery.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.retry_webhook_delivery(delivery_id))
