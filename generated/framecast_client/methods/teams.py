"""The methods of the area `teams`, for both clients. Generated; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import MISSING

from .. import operations
from .._async_client import AsyncClient
from .._request import JsonObject
from .._sync_client import SyncClient

if TYPE_CHECKING:
    from .. import models


class AsyncTeams(AsyncClient):
    """The asynchronous methods of the area `teams`."""

    async def list_teams(self) -> list[models.Team]:
        """List your teams.

        Answers with the teams the caller is in, by name, each with the caller's role and URN in it, in
        one piece. For creators. A key needs the scope `team:read`.

        `GET /v1/teams`

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.list_teams())

    async def create_team(self, name: str, *, slug: str | None | MISSING = MISSING) -> models.Team:
        """Make a team.

        Makes a team with the caller as its owner and only member, without credits and without settings.
        Without a `slug` it gets one made from its name. A person may own ten teams and be in fifty. Costs
        no credits. For creators. A key needs the scope `team:admin`.

        `POST /v1/teams`

        Args:
            name: Not blank. 1 to 100 characters.
            slug: Made from the name when left out: lower case, anything but ASCII letters and digits turned
                into single hyphens after transliteration, then `-` and eight hexadecimal digits. A name
                that leaves nothing needs it. 1 to 50 characters.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.create_team(name, slug=slug))

    async def get_team(self, team_id: UUID | str) -> models.Team:
        """Read a team.

        Answers with the team, its balance, and the caller's role in it. For creators in any role of the
        team. A key needs the scope `team:read`.

        `GET /v1/teams/{team_id}`

        Args:
            team_id: Id of the team.

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
        return await self.call(operations.get_team(team_id))

    async def delete_team(self, team_id: UUID | str) -> None:
        """Delete a team.

        Removes the team with its projects, webhooks and invitations, and frees its slug. Works only while
        the caller is its one member, none of its jobs is active, and the caller has another team. For
        creators who own the team. A key needs the scope `team:admin`.

        `DELETE /v1/teams/{team_id}`

        Args:
            team_id: Id of the team.

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
        return await self.call(operations.delete_team(team_id))

    async def update_team(
        self,
        team_id: UUID | str,
        *,
        name: str | None | MISSING = MISSING,
        settings: JsonObject | None | MISSING = MISSING,
    ) -> models.Team:
        """Change the name or settings of a team.

        Changes the members that are sent; one that is left out or null stays. `settings` takes the place
        of all that were there. Slug and credits cannot be changed. Parallel changes of different members
        both last. For creators who are owner or admin of the team. A key needs the scope `team:admin`.

        `PATCH /v1/teams/{team_id}`

        Args:
            team_id: Id of the team.
            name: Not blank. 1 to 100 characters.
            settings: Takes the place of all settings there are.

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
        return await self.call(operations.update_team(team_id, name=name, settings=settings))


class SyncTeams(SyncClient):
    """The blocking methods of the area `teams`."""

    def list_teams(self) -> list[models.Team]:
        """List your teams.

        Answers with the teams the caller is in, by name, each with the caller's role and URN in it, in
        one piece. For creators. A key needs the scope `team:read`.

        `GET /v1/teams`

        Raises:
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.list_teams())

    def create_team(self, name: str, *, slug: str | None | MISSING = MISSING) -> models.Team:
        """Make a team.

        Makes a team with the caller as its owner and only member, without credits and without settings.
        Without a `slug` it gets one made from its name. A person may own ten teams and be in fifty. Costs
        no credits. For creators. A key needs the scope `team:admin`.

        `POST /v1/teams`

        Args:
            name: Not blank. 1 to 100 characters.
            slug: Made from the name when left out: lower case, anything but ASCII letters and digits turned
                into single hyphens after transliteration, then `-` and eight hexadecimal digits. A name
                that leaves nothing needs it. 1 to 50 characters.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.create_team(name, slug=slug))

    def get_team(self, team_id: UUID | str) -> models.Team:
        """Read a team.

        Answers with the team, its balance, and the caller's role in it. For creators in any role of the
        team. A key needs the scope `team:read`.

        `GET /v1/teams/{team_id}`

        Args:
            team_id: Id of the team.

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
        return self.call(operations.get_team(team_id))

    def delete_team(self, team_id: UUID | str) -> None:
        """Delete a team.

        Removes the team with its projects, webhooks and invitations, and frees its slug. Works only while
        the caller is its one member, none of its jobs is active, and the caller has another team. For
        creators who own the team. A key needs the scope `team:admin`.

        `DELETE /v1/teams/{team_id}`

        Args:
            team_id: Id of the team.

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
        return self.call(operations.delete_team(team_id))

    def update_team(
        self,
        team_id: UUID | str,
        *,
        name: str | None | MISSING = MISSING,
        settings: JsonObject | None | MISSING = MISSING,
    ) -> models.Team:
        """Change the name or settings of a team.

        Changes the members that are sent; one that is left out or null stays. `settings` takes the place
        of all that were there. Slug and credits cannot be changed. Parallel changes of different members
        both last. For creators who are owner or admin of the team. A key needs the scope `team:admin`.

        `PATCH /v1/teams/{team_id}`

        Args:
            team_id: Id of the team.
            name: Not blank. 1 to 100 characters.
            settings: Takes the place of all settings there are.

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
        return self.call(operations.update_team(team_id, name=name, settings=settings))
