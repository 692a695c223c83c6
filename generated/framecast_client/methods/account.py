"""The methods of the area `account`, for both clients. Generated; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import MISSING

from .. import operations
from .._async_client import AsyncClient
from .._sync_client import SyncClient

if TYPE_CHECKING:
    from .. import models


class AsyncAccount(AsyncClient):
    """The asynchronous methods of the area `account`."""

    async def get_whoami(self) -> models.Whoami:
        """Find out who you are.

        Tells who the credentials stand for. With a session the member `api_key` is missing; with a key it
        says which key this is and what it may do. Takes a session or any valid key. The first session of
        a new person creates their starter account.

        `GET /v1/auth/whoami`

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.get_whoami())

    async def get_account(self) -> models.User:
        """Read your account.

        Answers with the caller's profile, tier and personal balance. Sessions only. The first session of
        a new person creates a starter account without credits.

        `GET /v1/account`

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.get_account())

    async def delete_account(self) -> None:
        """Delete your account.

        Removes the caller for good, with their keys, memberships, conversations and the teams nobody else
        is in. What they made for other teams stays there; what the personal URN owned can no longer be
        reached. Keys stop working at once. A session that has not expired is refused or starts a new,
        empty account. Sessions only.

        `DELETE /v1/account`

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.delete_account())

    async def update_account(
        self, *, name: str | None | MISSING = MISSING, avatar_url: str | None | MISSING = MISSING
    ) -> models.User:
        """Change your name or picture.

        Changes the members that are sent. A member left out stays as it is, an explicit null clears it,
        and `{}` changes only `updated_at`. E-mail, tier and credits cannot be changed here. Sessions
        only.

        `PATCH /v1/account`

        Args:
            name: Null clears the name. 1 to 100 characters.
            avatar_url: Absolute URL; null clears it. A URI.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.update_account(name=name, avatar_url=avatar_url))

    async def upgrade_account(self, target_tier: models.UserTier) -> models.User:
        """Become a creator.

        Turns a starter into a creator and, in the same step, makes the team `My Team` with the caller as
        owner and a draft project `Welcome to Framecast` in it. For a creator it changes nothing and
        answers 200. There is no way back. Costs no credits. Sessions only.

        `POST /v1/account/upgrade`

        Args:
            target_tier: A starter works alone with one render at a time; a creator also works in teams. One
                of `starter`, `creator`.

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
        return await self.call(operations.upgrade_account(target_tier))


class SyncAccount(SyncClient):
    """The blocking methods of the area `account`."""

    def get_whoami(self) -> models.Whoami:
        """Find out who you are.

        Tells who the credentials stand for. With a session the member `api_key` is missing; with a key it
        says which key this is and what it may do. Takes a session or any valid key. The first session of
        a new person creates their starter account.

        `GET /v1/auth/whoami`

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.get_whoami())

    def get_account(self) -> models.User:
        """Read your account.

        Answers with the caller's profile, tier and personal balance. Sessions only. The first session of
        a new person creates a starter account without credits.

        `GET /v1/account`

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.get_account())

    def delete_account(self) -> None:
        """Delete your account.

        Removes the caller for good, with their keys, memberships, conversations and the teams nobody else
        is in. What they made for other teams stays there; what the personal URN owned can no longer be
        reached. Keys stop working at once. A session that has not expired is refused or starts a new,
        empty account. Sessions only.

        `DELETE /v1/account`

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.delete_account())

    def update_account(
        self, *, name: str | None | MISSING = MISSING, avatar_url: str | None | MISSING = MISSING
    ) -> models.User:
        """Change your name or picture.

        Changes the members that are sent. A member left out stays as it is, an explicit null clears it,
        and `{}` changes only `updated_at`. E-mail, tier and credits cannot be changed here. Sessions
        only.

        `PATCH /v1/account`

        Args:
            name: Null clears the name. 1 to 100 characters.
            avatar_url: Absolute URL; null clears it. A URI.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.update_account(name=name, avatar_url=avatar_url))

    def upgrade_account(self, target_tier: models.UserTier) -> models.User:
        """Become a creator.

        Turns a starter into a creator and, in the same step, makes the team `My Team` with the caller as
        owner and a draft project `Welcome to Framecast` in it. For a creator it changes nothing and
        answers 200. There is no way back. Costs no credits. Sessions only.

        `POST /v1/account/upgrade`

        Args:
            target_tier: A starter works alone with one render at a time; a creator also works in teams. One
                of `starter`, `creator`.

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
        return self.call(operations.upgrade_account(target_tier))
