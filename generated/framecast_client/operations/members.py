"""The requests of the area `members`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from uuid import UUID

from .. import failures, headers, models
from .._request import Answer, Operation, Request, build, present

__all__ = [
    "LEAVE_TEAM",
    "LIST_MEMBERS",
    "REMOVE_MEMBER",
    "UPDATE_MEMBER_ROLE",
    "leave_team",
    "list_members",
    "remove_member",
    "update_member_role",
]


LIST_MEMBERS: Operation[list[models.Membership]] = Operation(
    "list_members",
    "GET",
    "/v1/teams/{team_id}/members",
    answers={
        200: (
            Answer(
                "application/json", list[models.Membership], headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
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


def list_members(team_id: UUID | str) -> Request[list[models.Membership]]:
    """List the members of a team: the request of the method `list_members`."""
    return build(LIST_MEMBERS, path={"team_id": team_id})


REMOVE_MEMBER: Operation[None] = Operation(
    "remove_member",
    "DELETE",
    "/v1/teams/{team_id}/members/{user_id}",
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


def remove_member(team_id: UUID | str, user_id: UUID | str) -> Request[None]:
    """Remove a member: the request of the method `remove_member`."""
    return build(REMOVE_MEMBER, path={"team_id": team_id, "user_id": user_id})


UPDATE_MEMBER_ROLE: Operation[models.Membership] = Operation(
    "update_member_role",
    "PATCH",
    "/v1/teams/{team_id}/members/{user_id}",
    answers={
        200: (
            Answer("application/json", models.Membership, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),
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


def update_member_role(
    team_id: UUID | str, user_id: UUID | str, role: models.MembershipRole
) -> Request[models.Membership]:
    """Change the role of a member: the request of the method `update_member_role`."""
    return build(
        UPDATE_MEMBER_ROLE, path={"team_id": team_id, "user_id": user_id}, body=present({"role": role})
    )


LEAVE_TEAM: Operation[None] = Operation(
    "leave_team",
    "POST",
    "/v1/teams/{team_id}/leave",
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


def leave_team(team_id: UUID | str) -> Request[None]:
    """Leave a team: the request of the method `leave_team`."""
    return build(LEAVE_TEAM, path={"team_id": team_id})
