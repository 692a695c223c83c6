"""The methods of the area `api_keys`, for both clients. Generated; do not edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import MISSING

from .. import models, operations
from .._client import AsyncClient, SyncClient


class AsyncApiKeys(AsyncClient):
    """The asynchronous methods of the area `api_keys`."""

    async def list_api_keys(self) -> list[models.ApiKey]:
        """List your API keys.

        Answers with all keys of the caller, newest first, revoked and expired ones included, in one
        piece. Never shows a secret. Sessions only.

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        request = operations.list_api_keys()
        return (await self.send(request)).result

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

        Args:
            name: When left out, the server takes 'Default'.
            owner: The caller's personal URN when left out.
            scopes: Everything when left out, which a starter may not ask for, so starters must send it. When
                left out, the server takes ['*'].
            expires_at: Must be in the future; never when left out.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        request = operations.create_api_key(name=name, owner=owner, scopes=scopes, expires_at=expires_at)
        return (await self.send(request)).result

    async def get_api_key(self, key_id: UUID | str) -> models.ApiKey:
        """Read one of your API keys.

        Answers with what is known of the key, revoked or not, without its secret. Sessions only.

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
        request = operations.get_api_key(key_id)
        return (await self.send(request)).result

    async def revoke_api_key(self, key_id: UUID | str) -> None:
        """Revoke one of your API keys.

        Stops the key at once and for good. Its record stays readable for 30 days with `revoked_at` set.
        Sessions only.

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
        request = operations.revoke_api_key(key_id)
        return (await self.send(request)).result

    async def update_api_key(self, key_id: UUID | str, name: str) -> models.ApiKey:
        """Rename one of your API keys.

        Changes the name; scopes, owner and expiry of a key are fixed. Sessions only.

        Args:
            key_id: Id of the key (not the key itself).
            name: The body member `name`.

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
        request = operations.update_api_key(key_id, name)
        return (await self.send(request)).result


class SyncApiKeys(SyncClient):
    """The blocking methods of the area `api_keys`."""

    def list_api_keys(self) -> list[models.ApiKey]:
        """List your API keys.

        Answers with all keys of the caller, newest first, revoked and expired ones included, in one
        piece. Never shows a secret. Sessions only.

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        request = operations.list_api_keys()
        return self.send(request).result

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

        Args:
            name: When left out, the server takes 'Default'.
            owner: The caller's personal URN when left out.
            scopes: Everything when left out, which a starter may not ask for, so starters must send it. When
                left out, the server takes ['*'].
            expires_at: Must be in the future; never when left out.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        request = operations.create_api_key(name=name, owner=owner, scopes=scopes, expires_at=expires_at)
        return self.send(request).result

    def get_api_key(self, key_id: UUID | str) -> models.ApiKey:
        """Read one of your API keys.

        Answers with what is known of the key, revoked or not, without its secret. Sessions only.

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
        request = operations.get_api_key(key_id)
        return self.send(request).result

    def revoke_api_key(self, key_id: UUID | str) -> None:
        """Revoke one of your API keys.

        Stops the key at once and for good. Its record stays readable for 30 days with `revoked_at` set.
        Sessions only.

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
        request = operations.revoke_api_key(key_id)
        return self.send(request).result

    def update_api_key(self, key_id: UUID | str, name: str) -> models.ApiKey:
        """Rename one of your API keys.

        Changes the name; scopes, owner and expiry of a key are fixed. Sessions only.

        Args:
            key_id: Id of the key (not the key itself).
            name: The body member `name`.

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
        request = operations.update_api_key(key_id, name)
        return self.send(request).result
