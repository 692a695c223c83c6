"""The methods of the area `members`, for both clients. Generated; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from .. import operations
from .._async_client import AsyncClient
from .._sync_client import SyncClient

if TYPE_CHECKING:
    from .. import models


class AsyncMembers(AsyncClient):
    """The asynchronous methods of the area `members`."""

    async def list_members(self, team_id: UUID | str) -> list[models.Membership]:
        """List the members of a team.

        Answers with everybody in the team, in one piece: owners, admins, members, viewers, and within a
        role by name, the nameless last. For creators in any role of the team. A key needs the scope
        `team:read`.

        `GET /v1/teams/{team_id}/members`

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
        return await self.call(operations.list_members(team_id))

    async def remove_member(self, team_id: UUID | str, user_id: UUID | str) -> None:
        """Remove a member.

        Takes a person out of the team, who no longer sees what is in it and may be invited again. Nobody
        removes themselves (`leave_team` does that), and admins do not remove owners. A creator keeps at
        least one team. For creators who are owner or admin of the team. A key needs the scope
        `team:admin`.

        `DELETE /v1/teams/{team_id}/members/{user_id}`

        Args:
            team_id: Id of the team.
            user_id: Id of the person.

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
        return await self.call(operations.remove_member(team_id, user_id))

    async def update_member_role(
        self, team_id: UUID | str, user_id: UUID | str, role: models.MembershipRole
    ) -> models.Membership:
        """Change the role of a member.

        Gives a member another role, at once. Nobody changes the own role. Owners may give any role to
        anybody else; admins may neither change owners nor make any. A team keeps an owner, and nobody
        owns more than ten teams. For creators who are owner or admin of the team. A key needs the scope
        `team:admin`.

        `PATCH /v1/teams/{team_id}/members/{user_id}`

        Args:
            team_id: Id of the team.
            user_id: Id of the person.
            role: What a person may do in a team. A viewer looks; a member also makes things for the team; an
                admin also invites and removes people and edits the team; an owner may do everything. A
                team always has an owner. One of `owner`, `admin`, `member`, `viewer`.

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
        return await self.call(operations.update_member_role(team_id, user_id, role))

    async def leave_team(self, team_id: UUID | str) -> None:
        """Leave a team.

        Takes the caller out of the team. A team whose only member leaves is deleted. The last owner may
        not leave others behind, and a creator keeps at least one team. Keys recorded for the caller
        inside this team stop working. Takes no body. For creators in any role of the team. A key needs
        the scope `team:admin`.

        `POST /v1/teams/{team_id}/leave`

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
        return await self.call(operations.leave_team(team_id))


class SyncMembers(SyncClient):
    """The blocking methods of the area `members`."""

    def list_members(self, team_id: UUID | str) -> list[models.Membership]:
        """List the members of a team.

        Answers with everybody in the team, in one piece: owners, admins, members, viewers, and within a
        role by name, the nameless last. For creators in any role of the team. A key needs the scope
        `team:read`.

        `GET /v1/teams/{team_id}/members`

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
        return self.call(operations.list_members(team_id))

    def remove_member(self, team_id: UUID | str, user_id: UUID | str) -> None:
        """Remove a member.

        Takes a person out of the team, who no longer sees what is in it and may be invited again. Nobody
        removes themselves (`leave_team` does that), and admins do not remove owners. A creator keeps at
        least one team. For creators who are owner or admin of the team. A key needs the scope
        `team:admin`.

        `DELETE /v1/teams/{team_id}/members/{user_id}`

        Args:
            team_id: Id of the team.
            user_id: Id of the person.

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
        return self.call(operations.remove_member(team_id, user_id))

    def update_member_role(
        self, team_id: UUID | str, user_id: UUID | str, role: models.MembershipRole
    ) -> models.Membership:
        """Change the role of a member.

        Gives a member another role, at once. Nobody changes the own role. Owners may give any role to
        anybody else; admins may neither change owners nor make any. A team keeps an owner, and nobody
        owns more than ten teams. For creators who are owner or admin of the team. A key needs the scope
        `team:admin`.

        `PATCH /v1/teams/{team_id}/members/{user_id}`

        Args:
            team_id: Id of the team.
            user_id: Id of the person.
            role: What a person may do in a team. A viewer looks; a member also makes things for the team; an
                admin also invites and removes people and edits the team; an owner may do everything. A
                team always has an owner. One of `owner`, `admin`, `member`, `viewer`.

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
        return self.call(operations.update_member_role(team_id, user_id, role))

    def leave_team(self, team_id: UUID | str) -> None:
        """Leave a team.

        Takes the caller out of the team. A team whose only member leaves is deleted. The last owner may
        not leave others behind, and a creator keeps at least one team. Keys recorded for the caller
        inside this team stop working. Takes no body. For creators in any role of the team. A key needs
        the scope `team:admin`.

        `POST /v1/teams/{team_id}/leave`

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
        return self.call(operations.leave_team(team_id))
