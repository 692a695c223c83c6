"""The methods of the area `system_assets`, for both clients. Generated; do not edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import MISSING

from .. import operations
from .._async_client import AsyncClient
from .._sync_client import SyncClient

if TYPE_CHECKING:
    from .. import models


class AsyncSystemAssets(AsyncClient):
    """The asynchronous methods of the area `system_assets`."""

    async def list_system_assets(
        self,
        *,
        category: models.SystemAssetCategory | MISSING = MISSING,
        tags: Sequence[str] | MISSING = MISSING,
        search: str | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.SystemAsset]:
        """List the ready-made sounds.

        Answers with the sounds that every storyboard may use, by category (sfx, ambient, music,
        transition) and then by name. Filters combine with AND. Takes a session or any valid key, whatever
        its scopes.

        For all of them: `client.paginate(client.list_system_assets)`.

        `GET /v1/system-assets`

        Args:
            category: Only sounds of this category. One of `sfx`, `ambient`, `music`, `transition`.
            tags: Only sounds with at least one of these tags; repeat the parameter for more.
            search: Only sounds with this text in their name or description, in any case.
            limit: Page size. Values below 1 count as 1, values above 100 as 100; only a non-integer is
                refused. When left out, the server takes 50.
            offset: How many elements to skip. Values below 0 count as 0; past the end the answer is `[]`.
                When left out, the server takes 0.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(
            operations.list_system_assets(
                category=category, tags=tags, search=search, limit=limit, offset=offset
            )
        )

    async def get_system_asset(self, system_asset_id: str) -> models.SystemAsset:
        """Read one ready-made sound.

        Answers with the sound and a `preview_url` to listen to it, which works for 24 hours. Takes a
        session or any valid key, whatever its scopes.

        `GET /v1/system-assets/{system_asset_id}`

        Args:
            system_asset_id: Id from the list. Text of another shape is only unknown, so it is 404 and never
                400.

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.get_system_asset(system_asset_id))


class SyncSystemAssets(SyncClient):
    """The blocking methods of the area `system_assets`."""

    def list_system_assets(
        self,
        *,
        category: models.SystemAssetCategory | MISSING = MISSING,
        tags: Sequence[str] | MISSING = MISSING,
        search: str | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.SystemAsset]:
        """List the ready-made sounds.

        Answers with the sounds that every storyboard may use, by category (sfx, ambient, music,
        transition) and then by name. Filters combine with AND. Takes a session or any valid key, whatever
        its scopes.

        For all of them: `client.paginate(client.list_system_assets)`.

        `GET /v1/system-assets`

        Args:
            category: Only sounds of this category. One of `sfx`, `ambient`, `music`, `transition`.
            tags: Only sounds with at least one of these tags; repeat the parameter for more.
            search: Only sounds with this text in their name or description, in any case.
            limit: Page size. Values below 1 count as 1, values above 100 as 100; only a non-integer is
                refused. When left out, the server takes 50.
            offset: How many elements to skip. Values below 0 count as 0; past the end the answer is `[]`.
                When left out, the server takes 0.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(
            operations.list_system_assets(
                category=category, tags=tags, search=search, limit=limit, offset=offset
            )
        )

    def get_system_asset(self, system_asset_id: str) -> models.SystemAsset:
        """Read one ready-made sound.

        Answers with the sound and a `preview_url` to listen to it, which works for 24 hours. Takes a
        session or any valid key, whatever its scopes.

        `GET /v1/system-assets/{system_asset_id}`

        Args:
            system_asset_id: Id from the list. Text of another shape is only unknown, so it is 404 and never
                400.

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.get_system_asset(system_asset_id))
