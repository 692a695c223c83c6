"""The methods of the area `invitations`, for both clients. Generated; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import MISSING

from .. import operations
from .._async_client import AsyncClient
from .._sync_client import SyncClient

if TYPE_CHECKING:
    from .. import models


class AsyncInvitations(AsyncClient):
    """The asynchronous methods of the area `invitations`."""

    async def list_invitations(
        self, team_id: UUID | str, *, state: models.InvitationState | MISSING = MISSING
    ) -> list[models.Invitation]:
        """List the invitations of a team.

        Answers with the invitations the team has sent, newest first, in one piece and in every state
        unless `state` asks for one. For creators who are owner or admin of the team. A key needs the
        scope `team:admin`.

        `GET /v1/teams/{team_id}/invitations`

        Args:
            team_id: Id of the team.
            state: Only invitations in this state. One of `pending`, `accepted`, `declined`, `expired`,
                `revoked`.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.list_invitations(team_id, state=state))

    async def create_invitation(
        self, team_id: UUID | str, email: str, *, role: models.InvitationRole | None | MISSING = MISSING
    ) -> models.Invitation:
        """Invite somebody into a team.

        Sends an e-mail with an invitation that can be accepted for seven days; it stands even when the
        e-mail does not arrive. A pending one for the same address is revoked and this one takes its
        place. A team may have 50 pending invitations and send 20 a day (UTC). Addresses compare without
        regard to case. For creators who are owner or admin of the team. A key needs the scope
        `team:admin`.

        `POST /v1/teams/{team_id}/invitations`

        Args:
            team_id: Id of the team.
            email: Need not belong to a user yet. Compared without regard to case. At most 255 characters. An
                e-mail address.
            role: What the person becomes in the team. One of `admin`, `member`, `viewer`. When left out, the
                server takes member.

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
        return await self.call(operations.create_invitation(team_id, email, role=role))

    async def revoke_invitation(self, team_id: UUID | str, invitation_id: UUID | str) -> None:
        """Take an invitation back.

        Ends a pending invitation, so that it can no longer be accepted, and frees its place among the 50.
        For creators who are owner or admin of the team. A key needs the scope `team:admin`.

        `DELETE /v1/teams/{team_id}/invitations/{invitation_id}`

        Args:
            team_id: Id of the team.
            invitation_id: Id of the invitation.

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
        return await self.call(operations.revoke_invitation(team_id, invitation_id))

    async def resend_invitation(self, team_id: UUID | str, invitation_id: UUID | str) -> models.Invitation:
        """Send an invitation again.

        Sends the e-mail of a pending invitation once more and lets it stand for seven days from now.
        Takes no body. For creators who are owner or admin of the team. A key needs the scope
        `team:admin`.

        `POST /v1/teams/{team_id}/invitations/{invitation_id}/resend`

        Args:
            team_id: Id of the team.
            invitation_id: Id of the invitation.

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
        return await self.call(operations.resend_invitation(team_id, invitation_id))

    async def accept_invitation(self, invitation_id: UUID | str) -> models.Membership:
        """Accept an invitation.

        Puts the caller into the team in the role they were invited as. A starter becomes a creator in the
        same step, with a team of their own and its welcome project, as by `upgrade_account`. Only for the
        person whose e-mail address was invited, in any case. A person may be in fifty teams. Takes no
        body. Sessions only.

        `POST /v1/invitations/{invitation_id}/accept`

        Args:
            invitation_id: Id of the invitation.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.accept_invitation(invitation_id))

    async def decline_invitation(self, invitation_id: UUID | str) -> None:
        """Decline an invitation.

        Ends a pending invitation without joining; the team may invite again. Only for the person whose
        e-mail address was invited, in any case. Takes no body. Sessions only.

        `POST /v1/invitations/{invitation_id}/decline`

        Args:
            invitation_id: Id of the invitation.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.decline_invitation(invitation_id))


class SyncInvitations(SyncClient):
    """The blocking methods of the area `invitations`."""

    def list_invitations(
        self, team_id: UUID | str, *, state: models.InvitationState | MISSING = MISSING
    ) -> list[models.Invitation]:
        """List the invitations of a team.

        Answers with the invitations the team has sent, newest first, in one piece and in every state
        unless `state` asks for one. For creators who are owner or admin of the team. A key needs the
        scope `team:admin`.

        `GET /v1/teams/{team_id}/invitations`

        Args:
            team_id: Id of the team.
            state: Only invitations in this state. One of `pending`, `accepted`, `declined`, `expired`,
                `revoked`.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.list_invitations(team_id, state=state))

    def create_invitation(
        self, team_id: UUID | str, email: str, *, role: models.InvitationRole | None | MISSING = MISSING
    ) -> models.Invitation:
        """Invite somebody into a team.

        Sends an e-mail with an invitation that can be accepted for seven days; it stands even when the
        e-mail does not arrive. A pending one for the same address is revoked and this one takes its
        place. A team may have 50 pending invitations and send 20 a day (UTC). Addresses compare without
        regard to case. For creators who are owner or admin of the team. A key needs the scope
        `team:admin`.

        `POST /v1/teams/{team_id}/invitations`

        Args:
            team_id: Id of the team.
            email: Need not belong to a user yet. Compared without regard to case. At most 255 characters. An
                e-mail address.
            role: What the person becomes in the team. One of `admin`, `member`, `viewer`. When left out, the
                server takes member.

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
        return self.call(operations.create_invitation(team_id, email, role=role))

    def revoke_invitation(self, team_id: UUID | str, invitation_id: UUID | str) -> None:
        """Take an invitation back.

        Ends a pending invitation, so that it can no longer be accepted, and frees its place among the 50.
        For creators who are owner or admin of the team. A key needs the scope `team:admin`.

        `DELETE /v1/teams/{team_id}/invitations/{invitation_id}`

        Args:
            team_id: Id of the team.
            invitation_id: Id of the invitation.

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
        return self.call(operations.revoke_invitation(team_id, invitation_id))

    def resend_invitation(self, team_id: UUID | str, invitation_id: UUID | str) -> models.Invitation:
        """Send an invitation again.

        Sends the e-mail of a pending invitation once more and lets it stand for seven days from now.
        Takes no body. For creators who are owner or admin of the team. A key needs the scope
        `team:admin`.

        `POST /v1/teams/{team_id}/invitations/{invitation_id}/resend`

        Args:
            team_id: Id of the team.
            invitation_id: Id of the invitation.

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
        return self.call(operations.resend_invitation(team_id, invitation_id))

    def accept_invitation(self, invitation_id: UUID | str) -> models.Membership:
        """Accept an invitation.

        Puts the caller into the team in the role they were invited as. A starter becomes a creator in the
        same step, with a team of their own and its welcome project, as by `upgrade_account`. Only for the
        person whose e-mail address was invited, in any case. A person may be in fifty teams. Takes no
        body. Sessions only.

        `POST /v1/invitations/{invitation_id}/accept`

        Args:
            invitation_id: Id of the invitation.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.accept_invitation(invitation_id))

    def decline_invitation(self, invitation_id: UUID | str) -> None:
        """Decline an invitation.

        Ends a pending invitation without joining; the team may invite again. Only for the person whose
        e-mail address was invited, in any case. Takes no body. Sessions only.

        `POST /v1/invitations/{invitation_id}/decline`

        Args:
            invitation_id: Id of the invitation.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.decline_invitation(invitation_id))
