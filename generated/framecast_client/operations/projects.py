"""The requests of the area `projects`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from uuid import UUID

from pydantic import MISSING

from .. import failures, headers, models
from .._request import Answer, JsonObject, Operation, Request, build, present, present_or_no_body

__all__ = [
    "ARCHIVE_PROJECT",
    "CREATE_PROJECT",
    "CREATE_PROJECT_JOB",
    "DELETE_PROJECT",
    "GET_PROJECT",
    "LIST_PROJECTS",
    "UNARCHIVE_PROJECT",
    "UPDATE_PROJECT",
    "UPDATE_PROJECT_SPEC",
    "archive_project",
    "create_project",
    "create_project_job",
    "delete_project",
    "get_project",
    "list_projects",
    "unarchive_project",
    "update_project",
    "update_project_spec",
]


LIST_PROJECTS: Operation[list[models.Project]] = Operation(
    "list_projects",
    "GET",
    "/v1/teams/{team_id}/projects",
    answers={
        200: (
            Answer(
                "application/json", list[models.Project], headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
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


def list_projects(
    team_id: UUID | str,
    *,
    status: models.ProjectStatus | MISSING = MISSING,
    include_archived: bool | MISSING = MISSING,
    limit: int | MISSING = MISSING,
    offset: int | MISSING = MISSING,
) -> Request[list[models.Project]]:
    """List the projects of a team: the request of the method `list_projects`."""
    return build(
        LIST_PROJECTS,
        path={"team_id": team_id},
        query={"status": status, "include_archived": include_archived, "limit": limit, "offset": offset},
    )


CREATE_PROJECT: Operation[models.Project] = Operation(
    "create_project",
    "POST",
    "/v1/teams/{team_id}/projects",
    answers={
        201: (Answer("application/json", models.Project, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN_OR_TIER,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def create_project(
    team_id: UUID | str, name: str, *, spec: JsonObject | None | MISSING = MISSING
) -> Request[models.Project]:
    """Make a project: the request of the method `create_project`."""
    return build(CREATE_PROJECT, path={"team_id": team_id}, body=present({"name": name, "spec": spec}))


GET_PROJECT: Operation[models.Project] = Operation(
    "get_project",
    "GET",
    "/v1/projects/{project_id}",
    answers={
        200: (Answer("application/json", models.Project, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
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


def get_project(project_id: UUID | str) -> Request[models.Project]:
    """Read a project: the request of the method `get_project`."""
    return build(GET_PROJECT, path={"project_id": project_id})


DELETE_PROJECT: Operation[None] = Operation(
    "delete_project",
    "DELETE",
    "/v1/projects/{project_id}",
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


def delete_project(project_id: UUID | str) -> Request[None]:
    """Delete a project: the request of the method `delete_project`."""
    return build(DELETE_PROJECT, path={"project_id": project_id})


UPDATE_PROJECT: Operation[models.Project] = Operation(
    "update_project",
    "PATCH",
    "/v1/projects/{project_id}",
    answers={
        200: (Answer("application/json", models.Project, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
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


def update_project(
    project_id: UUID | str, *, name: str | None | MISSING = MISSING
) -> Request[models.Project]:
    """Rename a project: the request of the method `update_project`."""
    return build(UPDATE_PROJECT, path={"project_id": project_id}, body=present({"name": name}))


UPDATE_PROJECT_SPEC: Operation[models.Project] = Operation(
    "update_project_spec",
    "PUT",
    "/v1/projects/{project_id}/spec",
    answers={
        200: (Answer("application/json", models.Project, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
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


def update_project_spec(project_id: UUID | str, spec: JsonObject) -> Request[models.Project]:
    """Replace the storyboard of a project: the request of the method `update_project_spec`."""
    return build(UPDATE_PROJECT_SPEC, path={"project_id": project_id}, body=present({"spec": spec}))


ARCHIVE_PROJECT: Operation[models.Project] = Operation(
    "archive_project",
    "POST",
    "/v1/projects/{project_id}/archive",
    answers={
        200: (Answer("application/json", models.Project, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
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


def archive_project(project_id: UUID | str) -> Request[models.Project]:
    """Put a project away: the request of the method `archive_project`."""
    return build(ARCHIVE_PROJECT, path={"project_id": project_id})


UNARCHIVE_PROJECT: Operation[models.Project] = Operation(
    "unarchive_project",
    "POST",
    "/v1/projects/{project_id}/unarchive",
    answers={
        200: (Answer("application/json", models.Project, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
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


def unarchive_project(project_id: UUID | str) -> Request[models.Project]:
    """Bring an archived project back: the request of the method `unarchive_project`."""
    return build(UNARCHIVE_PROJECT, path={"project_id": project_id})


CREATE_PROJECT_JOB: Operation[models.Job] = Operation(
    "create_project_job",
    "POST",
    "/v1/projects/{project_id}/render",
    answers={
        201: (Answer("application/json", models.Job, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        402: failures.INSUFFICIENT_CREDITS,
        403: failures.FORBIDDEN_OR_TIER,
        404: failures.NOT_FOUND,
        409: failures.CONFLICT,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def create_project_job(
    project_id: UUID | str, *, options: JsonObject | None | MISSING = MISSING
) -> Request[models.Job]:
    """Render a project: the request of the method `create_project_job`."""
    return build(
        CREATE_PROJECT_JOB, path={"project_id": project_id}, body=present_or_no_body({"options": options})
    )
