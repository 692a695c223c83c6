"""The requests of the area `invitations`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from uuid import UUID

from pydantic import MISSING

from .. import failures, headers, models
from .._request import Answer, Operation, Request, build, present

__all__ = [
    "ACCEPT_INVITATION",
    "CREATE_INVITATION",
    "DECLINE_INVITATION",
    "LIST_INVITATIONS",
    "RESEND_INVITATION",
    "REVOKE_INVITATION",
    "accept_invitation",
    "create_invitation",
    "decline_invitation",
    "list_invitations",
    "resend_invitation",
    "revoke_invitation",
]


LIST_INVITATIONS: Operation[list[models.Invitation]] = Operation(
    "list_invitations",
    "GET",
    "/v1/teams/{team_id}/invitations",
    answers={
        200: (
            Answer(
                "application/json", list[models.Invitation], headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
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


def list_invitations(
    team_id: UUID | str, *, state: models.InvitationState | MISSING = MISSING
) -> Request[list[models.Invitation]]:
    """List the invitations of a team: the request of the method `list_invitations`."""
    return build(LIST_INVITATIONS, path={"team_id": team_id}, query={"state": state})


CREATE_INVITATION: Operation[models.Invitation] = Operation(
    "create_invitation",
    "POST",
    "/v1/teams/{team_id}/invitations",
    answers={
        201: (
            Answer("application/json", models.Invitation, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        409: failures.CONFLICT,
        429: failures.LIMIT_REACHED,
        500: failures.SERVER_FAULT,
    },
)


def create_invitation(
    team_id: UUID | str, email: str, *, role: models.InvitationRole | None | MISSING = MISSING
) -> Request[models.Invitation]:
    """Invite somebody into a team: the request of the method `create_invitation`."""
    return build(CREATE_INVITATION, path={"team_id": team_id}, body=present({"email": email, "role": role}))


REVOKE_INVITATION: Operation[None] = Operation(
    "revoke_invitation",
    "DELETE",
    "/v1/teams/{team_id}/invitations/{invitation_id}",
    answers={204: (Answer(headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)},
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


def revoke_invitation(team_id: UUID | str, invitation_id: UUID | str) -> Request[None]:
    """Take an invitation back: the request of the method `revoke_invitation`."""
    return build(REVOKE_INVITATION, path={"team_id": team_id, "invitation_id": invitation_id})


RESEND_INVITATION: Operation[models.Invitation] = Operation(
    "resend_invitation",
    "POST",
    "/v1/teams/{team_id}/invitations/{invitation_id}/resend",
    answers={
        200: (
            Answer("application/json", models.Invitation, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),
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


def resend_invitation(team_id: UUID | str, invitation_id: UUID | str) -> Request[models.Invitation]:
    """Send an invitation again: the request of the method `resend_invitation`."""
    return build(RESEND_INVITATION, path={"team_id": team_id, "invitation_id": invitation_id})


ACCEPT_INVITATION: Operation[models.Membership] = Operation(
    "accept_invitation",
    "POST",
    "/v1/invitations/{invitation_id}/accept",
    answers={
        200: (
            Answer("application/json", models.Membership, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED_SESSION,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        409: failures.CONFLICT,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def accept_invitation(invitation_id: UUID | str) -> Request[models.Membership]:
    """Accept an invitation: the request of the method `accept_invitation`."""
    return build(ACCEPT_INVITATION, path={"invitation_id": invitation_id})


DECLINE_INVITATION: Operation[None] = Operation(
    "decline_invitation",
    "POST",
    "/v1/invitations/{invitation_id}/decline",
    answers={204: (Answer(headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)},
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED_SESSION,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        409: failures.CONFLICT,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def decline_invitation(invitation_id: UUID | str) -> Request[None]:
    """Decline an invitation: the request of the method `decline_invitation`."""
    return build(DECLINE_INVITATION, path={"invitation_id": invitation_id})
