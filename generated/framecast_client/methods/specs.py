"""The methods of the area `specs`, for both clients. Generated; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import MISSING

from .. import operations
from .._async_client import AsyncClient
from .._request import JsonObject
from .._sync_client import SyncClient

if TYPE_CHECKING:
    from .. import models


class AsyncSpecs(AsyncClient):
    """The asynchronous methods of the area `specs`."""

    async def validate_spec(self, spec: JsonObject) -> models.ValidationResponse:
        """Check a storyboard.

        Applies every rule and lists every finding, with the place and, where it helps, the bound or the
        accepted values. Answers 200 for good and bad storyboards alike; `valid` foretells whether
        `create_job` would accept it. Assets count only if the caller can access them. Balances are not
        looked at, nothing is charged. A key needs the scope `generate`.

        `POST /v1/spec/validate`

        Args:
            spec: Any object. That it may break the rules of `Spec` is the point.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.validate_spec(spec))

    async def estimate_spec(
        self, spec: models.Spec | JsonObject, *, owner: str | None | MISSING = MISSING
    ) -> models.EstimateResponse:
        """Price a storyboard.

        Says what rendering would cost: one credit for every started second of every scene. The credits
        are exactly what a job made from this storyboard is charged; the times are guesses. A balance that
        is too small is a warning, not an error. Nothing is charged. A key needs the scope `generate`;
        `owner` must be usable by the caller.

        `POST /v1/spec/estimate`

        Args:
            spec: A storyboard: scenes, what they share, and how one leads to the next. At most 102,400 bytes
                as compact JSON; the durations of its scenes add up to at most 300 seconds. Scene ids are
                distinct.
            owner: Who would pay; the caller's personal URN when left out. At most 500 characters.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.estimate_spec(spec, owner=owner))


class SyncSpecs(SyncClient):
    """The blocking methods of the area `specs`."""

    def validate_spec(self, spec: JsonObject) -> models.ValidationResponse:
        """Check a storyboard.

        Applies every rule and lists every finding, with the place and, where it helps, the bound or the
        accepted values. Answers 200 for good and bad storyboards alike; `valid` foretells whether
        `create_job` would accept it. Assets count only if the caller can access them. Balances are not
        looked at, nothing is charged. A key needs the scope `generate`.

        `POST /v1/spec/validate`

        Args:
            spec: Any object. That it may break the rules of `Spec` is the point.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.validate_spec(spec))

    def estimate_spec(
        self, spec: models.Spec | JsonObject, *, owner: str | None | MISSING = MISSING
    ) -> models.EstimateResponse:
        """Price a storyboard.

        Says what rendering would cost: one credit for every started second of every scene. The credits
        are exactly what a job made from this storyboard is charged; the times are guesses. A balance that
        is too small is a warning, not an error. Nothing is charged. A key needs the scope `generate`;
        `owner` must be usable by the caller.

        `POST /v1/spec/estimate`

        Args:
            spec: A storyboard: scenes, what they share, and how one leads to the next. At most 102,400 bytes
                as compact JSON; the durations of its scenes add up to at most 300 seconds. Scene ids are
                distinct.
            owner: Who would pay; the caller's personal URN when left out. At most 500 characters.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.estimate_spec(spec, owner=owner))
