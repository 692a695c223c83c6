"""The methods of the area `api_keys`, for both clients. Generated; do not edit."""

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


class AsyncApiKeys(AsyncClient):
    """The asynchronous methods of the area `api_keys`."""

    async def list_api_keys(self) -> list[models.ApiKey]:
        """List your API keys.

        Answers with all keys of the caller, newest first, revoked and expired ones included, in one
        piece. Never shows a secret. Sessions only.

        `GET /v1/auth/keys`

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.list_api_keys())

    async def create_api_key(
        self,
        *,
        name: str | None | MISSING = MISSING,
        owner: str | None | MISSING = MISSING,
        scopes: Sequence[models.ApiKeyScope] | None | MISSING = MISSING,
        expires_at: datetime | str | None | MISSING = MISSING,
    ) -> models.ApiKeyCreated:
        """Make an API key.

        Makes a key and answers with its secret, `raw_key`, for the only time. The key works at once, acts
        as the caller and never exceeds what the caller may do. A starter must name scopes from the
        starter set and may only use the personal URN; a creator may record the key for a team in which
        they are owner, admin or member. Costs no credits. Sessions only.

        `POST /v1/auth/keys`

        Args:
            name: 1 to 100 characters. When left out, the server takes Default.
            owner: The caller's personal URN when left out. At most 500 characters.
            scopes: Everything when left out, which a starter may not ask for, so starters must send it. At
                least 1 item. When left out, the server takes ['*'].
            expires_at: Must be in the future; never when left out. RFC 3339 with offset.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(
            operations.create_api_key(name=name, owner=owner, scopes=scopes, expires_at=expires_at)
        )

    async def get_api_key(self, key_id: UUID | str) -> models.ApiKey:
        """Read one of your API keys.

        Answers with what is known of the key, revoked or not, without its secret. Sessions only.

        `GET /v1/auth/keys/{key_id}`

        Args:
            key_id: Id of the key (not the key itself).

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.get_api_key(key_id))

    async def revoke_api_key(self, key_id: UUID | str) -> None:
        """Revoke one of your API keys.

        Stops the key at once and for good. Its record stays readable for 30 days with `revoked_at` set.
        Sessions only.

        `DELETE /v1/auth/keys/{key_id}`

        Args:
            key_id: Id of the key (not the key itself).

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.revoke_api_key(key_id))

    async def update_api_key(self, key_id: UUID | str, name: str) -> models.ApiKey:
        """Rename one of your API keys.

        Changes the name; scopes, owner and expiry of a key are fixed. Sessions only.

        `PATCH /v1/auth/keys/{key_id}`

        Args:
            key_id: Id of the key (not the key itself).
            name: 1 to 100 characters.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.update_api_key(key_id, name))


class SyncApiKeys(SyncClient):
    """The blocking methods of the area `api_keys`."""

    def list_api_keys(self) -> list[models.ApiKey]:
        """List your API keys.

        Answers with all keys of the caller, newest first, revoked and expired ones included, in one
        piece. Never shows a secret. Sessions only.

        `GET /v1/auth/keys`

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.list_api_keys())

    def create_api_key(
        self,
        *,
        name: str | None | MISSING = MISSING,
        owner: str | None | MISSING = MISSING,
        scopes: Sequence[models.ApiKeyScope] | None | MISSING = MISSING,
        expires_at: datetime | str | None | MISSING = MISSING,
    ) -> models.ApiKeyCreated:
        """Make an API key.

        Makes a key and answers with its secret, `raw_key`, for the only time. The key works at once, acts
        as the caller and never exceeds what the caller may do. A starter must name scopes from the
        starter set and may only use the personal URN; a creator may record the key for a team in which
        they are owner, admin or member. Costs no credits. Sessions only.

        `POST /v1/auth/keys`

        Args:
            name: 1 to 100 characters. When left out, the server takes Default.
            owner: The caller's personal URN when left out. At most 500 characters.
            scopes: Everything when left out, which a starter may not ask for, so starters must send it. At
                least 1 item. When left out, the server takes ['*'].
            expires_at: Must be in the future; never when left out. RFC 3339 with offset.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(
            operations.create_api_key(name=name, owner=owner, scopes=scopes, expires_at=expires_at)
        )

    def get_api_key(self, key_id: UUID | str) -> models.ApiKey:
        """Read one of your API keys.

        Answers with what is known of the key, revoked or not, without its secret. Sessions only.

        `GET /v1/auth/keys/{key_id}`

        Args:
            key_id: Id of the key (not the key itself).

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.get_api_key(key_id))

    def revoke_api_key(self, key_id: UUID | str) -> None:
        """Revoke one of your API keys.

        Stops the key at once and for good. Its record stays readable for 30 days with `revoked_at` set.
        Sessions only.

        `DELETE /v1/auth/keys/{key_id}`

        Args:
            key_id: Id of the key (not the key itself).

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.revoke_api_key(key_id))

    def update_api_key(self, key_id: UUID | str, name: str) -> models.ApiKey:
        """Rename one of your API keys.

        Changes the name; scopes, owner and expiry of a key are fixed. Sessions only.

        `PATCH /v1/auth/keys/{key_id}`

        Args:
            key_id: Id of the key (not the key itself).
            name: 1 to 100 characters.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.update_api_key(key_id, name))
