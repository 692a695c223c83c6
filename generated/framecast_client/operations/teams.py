"""The requests of the area `teams`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from uuid import UUID

from pydantic import MISSING

from .. import failures, headers, models
from .._request import Answer, JsonObject, Operation, Request, build, present

__all__ = [
    "CREATE_TEAM",
    "DELETE_TEAM",
    "GET_TEAM",
    "LIST_TEAMS",
    "UPDATE_TEAM",
    "create_team",
    "delete_team",
    "get_team",
    "list_teams",
    "update_team",
]


LIST_TEAMS: Operation[list[models.Team]] = Operation(
    "list_teams",
    "GET",
    "/v1/teams",
    answers={
        200: (
            Answer("application/json", list[models.Team], headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),
        )
    },
    failures={
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def list_teams() -> Request[list[models.Team]]:
    """List your teams: the request of the method `list_teams`."""
    return build(LIST_TEAMS)


CREATE_TEAM: Operation[models.Team] = Operation(
    "create_team",
    "POST",
    "/v1/teams",
    answers={
        201: (Answer("application/json", models.Team, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        409: failures.CONFLICT,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def create_team(name: str, *, slug: str | None | MISSING = MISSING) -> Request[models.Team]:
    """Make a team: the request of the method `create_team`."""
    return build(CREATE_TEAM, body=present({"name": name, "slug": slug}))


GET_TEAM: Operation[models.Team] = Operation(
    "get_team",
    "GET",
    "/v1/teams/{team_id}",
    answers={
        200: (Answer("application/json", models.Team, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def get_team(team_id: UUID | str) -> Request[models.Team]:
    """Read a team: the request of the method `get_team`."""
    return build(GET_TEAM, path={"team_id": team_id})


DELETE_TEAM: Operation[None] = Operation(
    "delete_team",
    "DELETE",
    "/v1/teams/{team_id}",
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


def delete_team(team_id: UUID | str) -> Request[None]:
    """Delete a team: the request of the method `delete_team`."""
    return build(DELETE_TEAM, path={"team_id": team_id})


UPDATE_TEAM: Operation[models.Team] = Operation(
    "update_team",
    "PATCH",
    "/v1/teams/{team_id}",
    answers={
        200: (Answer("application/json", models.Team, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def update_team(
    team_id: UUID | str,
    *,
    name: str | None | MISSING = MISSING,
    settings: JsonObject | None | MISSING = MISSING,
) -> Request[models.Team]:
    """Change the name or settings of a team: the request of the method `update_team`."""
    return build(UPDATE_TEAM, path={"team_id": team_id}, body=present({"name": name, "settings": settings}))
