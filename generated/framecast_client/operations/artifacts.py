"""The requests of the area `artifacts`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from uuid import UUID

from pydantic import MISSING

from .. import failures, headers, models
from .._request import Answer, JsonObject, Operation, Request, build, present

__all__ = [
    "CREATE_CHARACTER",
    "CREATE_STORYBOARD",
    "DELETE_ARTIFACT",
    "GET_ARTIFACT",
    "LIST_ARTIFACTS",
    "RENDER_ARTIFACT",
    "create_character",
    "create_storyboard",
    "delete_artifact",
    "get_artifact",
    "list_artifacts",
    "render_artifact",
]


LIST_ARTIFACTS: Operation[list[models.Artifact]] = Operation(
    "list_artifacts",
    "GET",
    "/v1/artifacts",
    answers={
        200: (
            Answer(
                "application/json", list[models.Artifact], headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def list_artifacts(
    *,
    owner: str | MISSING = MISSING,
    project_id: UUID | str | MISSING = MISSING,
    kind: models.ArtifactKind | MISSING = MISSING,
    source: models.ArtifactSource | MISSING = MISSING,
    status: models.ArtifactStatus | MISSING = MISSING,
    limit: int | MISSING = MISSING,
    offset: int | MISSING = MISSING,
) -> Request[list[models.Artifact]]:
    """List artifacts: the request of the method `list_artifacts`."""
    return build(
        LIST_ARTIFACTS,
        query={
            "owner": owner,
            "project_id": project_id,
            "kind": kind,
            "source": source,
            "status": status,
            "limit": limit,
            "offset": offset,
        },
    )


CREATE_STORYBOARD: Operation[models.Artifact] = Operation(
    "create_storyboard",
    "POST",
    "/v1/artifacts/storyboards",
    answers={
        201: (Answer("application/json", models.Artifact, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def create_storyboard(
    spec: models.StoryboardSpec | JsonObject,
    *,
    owner: str | None | MISSING = MISSING,
    project_id: UUID | str | None | MISSING = MISSING,
    source: models.ArtifactCreateSource | None | MISSING = MISSING,
    conversation_id: UUID | str | None | MISSING = MISSING,
) -> Request[models.Artifact]:
    """Keep a storyboard: the request of the method `create_storyboard`."""
    return build(
        CREATE_STORYBOARD,
        body=present(
            {
                "spec": spec,
                "owner": owner,
                "project_id": project_id,
                "source": source,
                "conversation_id": conversation_id,
            }
        ),
    )


CREATE_CHARACTER: Operation[models.Artifact] = Operation(
    "create_character",
    "POST",
    "/v1/artifacts/characters",
    answers={
        201: (Answer("application/json", models.Artifact, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def create_character(
    spec: models.CharacterSpec | JsonObject,
    *,
    owner: str | None | MISSING = MISSING,
    project_id: UUID | str | None | MISSING = MISSING,
    source: models.ArtifactCreateSource | None | MISSING = MISSING,
    conversation_id: UUID | str | None | MISSING = MISSING,
) -> Request[models.Artifact]:
    """Keep a character: the request of the method `create_character`."""
    return build(
        CREATE_CHARACTER,
        body=present(
            {
                "spec": spec,
                "owner": owner,
                "project_id": project_id,
                "source": source,
                "conversation_id": conversation_id,
            }
        ),
    )


GET_ARTIFACT: Operation[models.Artifact] = Operation(
    "get_artifact",
    "GET",
    "/v1/artifacts/{artifact_id}",
    answers={
        200: (Answer("application/json", models.Artifact, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def get_artifact(artifact_id: UUID | str) -> Request[models.Artifact]:
    """Read an artifact: the request of the method `get_artifact`."""
    return build(GET_ARTIFACT, path={"artifact_id": artifact_id})


DELETE_ARTIFACT: Operation[None] = Operation(
    "delete_artifact",
    "DELETE",
    "/v1/artifacts/{artifact_id}",
    answers={204: (Answer(headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)},
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def delete_artifact(artifact_id: UUID | str) -> Request[None]:
    """Delete an artifact: the request of the method `delete_artifact`."""
    return build(DELETE_ARTIFACT, path={"artifact_id": artifact_id})


RENDER_ARTIFACT: Operation[models.RenderArtifactResponse] = Operation(
    "render_artifact",
    "POST",
    "/v1/artifacts/{artifact_id}/render",
    answers={
        201: (
            Answer(
                "application/json",
                models.RenderArtifactResponse,
                headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET,
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        402: failures.INSUFFICIENT_CREDITS,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        409: failures.CONFLICT,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def render_artifact(artifact_id: UUID | str) -> Request[models.RenderArtifactResponse]:
    """Render an artifact: the request of the method `render_artifact`."""
    return build(RENDER_ARTIFACT, path={"artifact_id": artifact_id})
