"""The methods of the area `artifacts`, for both clients. Generated; do not edit."""

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


class AsyncArtifacts(AsyncClient):
    """The asynchronous methods of the area `artifacts`."""

    async def list_artifacts(
        self,
        *,
        owner: str | MISSING = MISSING,
        project_id: UUID | str | MISSING = MISSING,
        kind: models.ArtifactKind | MISSING = MISSING,
        source: models.ArtifactSource | MISSING = MISSING,
        status: models.ArtifactStatus | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.Artifact]:
        """List artifacts.

        Answers with the artifacts the caller can see, newest first: those of the personal URN and, for a
        creator, those of every team they are in and their own inside it. Filters combine with AND; an
        `owner` or `project_id` the caller cannot access gives an empty list. A key needs the scope
        `artifacts:read`.

        For all of them: `client.paginate(client.list_artifacts)`.

        `GET /v1/artifacts`

        Args:
            owner: Only artifacts of this owner. At most 500 characters.
            project_id: Only artifacts of this project.
            kind: Only artifacts of this kind. One of `storyboard`, `image`, `audio`, `video`, `character`.
            source: Only artifacts that came from there. One of `upload`, `conversation`, `job`.
            status: Only artifacts in this state. One of `pending`, `ready`, `failed`.
            limit: Page size. Values below 1 count as 1, values above 100 as 100; only a non-integer is
                refused. When left out, the server takes 50.
            offset: How many elements to skip. Values below 0 count as 0; past the end the answer is `[]`.
                When left out, the server takes 0.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(
            operations.list_artifacts(
                owner=owner,
                project_id=project_id,
                kind=kind,
                source=source,
                status=status,
                limit=limit,
                offset=offset,
            )
        )

    async def create_storyboard(
        self,
        spec: models.StoryboardSpec | JsonObject,
        *,
        owner: str | None | MISSING = MISSING,
        project_id: UUID | str | None | MISSING = MISSING,
        source: models.ArtifactCreateSource | None | MISSING = MISSING,
        conversation_id: UUID | str | None | MISSING = MISSING,
    ) -> models.Artifact:
        """Keep a storyboard.

        Stores a storyboard as it is, finished or not; it is ready at once. Nothing is rendered and no
        credits are taken. With a `project_id` the owner must be the team of the project. For a team: its
        owners, admins and members. A key needs the scope `artifacts:write`.

        `POST /v1/artifacts/storyboards`

        Args:
            spec: A storyboard in the making: any JSON object, kept as sent. Whether it can be rendered is
                checked when it is rendered; `validate_spec` tells beforehand.
            owner: The caller's personal URN when left out. At most 500 characters.
            project_id: Needs the URN of the project's team as `owner`.
            source: Where it comes from. One of `upload`, `conversation`. When left out, the server takes
                upload.
            conversation_id: A conversation of the caller's. Needed with the source `conversation`.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(
            operations.create_storyboard(
                spec, owner=owner, project_id=project_id, source=source, conversation_id=conversation_id
            )
        )

    async def create_character(
        self,
        spec: models.CharacterSpec | JsonObject,
        *,
        owner: str | None | MISSING = MISSING,
        project_id: UUID | str | None | MISSING = MISSING,
        source: models.ArtifactCreateSource | None | MISSING = MISSING,
        conversation_id: UUID | str | None | MISSING = MISSING,
    ) -> models.Artifact:
        """Keep a character.

        Stores what a character looks like; it is ready at once. Nothing is drawn and no credits are
        taken. With a `project_id` the owner must be the team of the project. For a team: its owners,
        admins and members. A key needs the scope `artifacts:write`.

        `POST /v1/artifacts/characters`

        Args:
            spec: A character to draw. Other members are kept as sent.
            owner: The caller's personal URN when left out. At most 500 characters.
            project_id: Needs the URN of the project's team as `owner`.
            source: Where it comes from. One of `upload`, `conversation`. When left out, the server takes
                upload.
            conversation_id: A conversation of the caller's. Needed with the source `conversation`.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(
            operations.create_character(
                spec, owner=owner, project_id=project_id, source=source, conversation_id=conversation_id
            )
        )

    async def get_artifact(self, artifact_id: UUID | str) -> models.Artifact:
        """Read an artifact.

        Answers with the artifact as it is now. Viewers of a team see its artifacts too. A key needs the
        scope `artifacts:read`.

        `GET /v1/artifacts/{artifact_id}`

        Args:
            artifact_id: Id of the artifact.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.get_artifact(artifact_id))

    async def delete_artifact(self, artifact_id: UUID | str) -> None:
        """Delete an artifact.

        Removes the artifact; the bytes of media no longer count as the owner's storage. Messages that
        refer to it and renders made of it stay. What belongs to a team may be deleted by its owners and
        admins, and by a member who made it; never by a viewer, not even what they once made. A key needs
        the scope `artifacts:write`.

        `DELETE /v1/artifacts/{artifact_id}`

        Args:
            artifact_id: Id of the artifact.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.delete_artifact(artifact_id))

    async def render_artifact(self, artifact_id: UUID | str) -> models.RenderArtifactResponse:
        """Render an artifact.

        Queues a job that makes a PNG image of a character (one credit) or an MP4 video of a storyboard
        (the price that `estimate_spec` tells), and a pending artifact for the result. The owner of the
        artifact pays and owns both. The artifact itself does not change, and rendering it again makes
        another job and another result. A starter may have one active job, any other owner five. Takes no
        body. A key needs the scope `artifacts:write`; a team's owner, admins and members may render for
        the team.

        `POST /v1/artifacts/{artifact_id}/render`

        Args:
            artifact_id: Id of the artifact.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            InsufficientCreditsError: 402 `INSUFFICIENT_CREDITS`.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.render_artifact(artifact_id))


class SyncArtifacts(SyncClient):
    """The blocking methods of the area `artifacts`."""

    def list_artifacts(
        self,
        *,
        owner: str | MISSING = MISSING,
        project_id: UUID | str | MISSING = MISSING,
        kind: models.ArtifactKind | MISSING = MISSING,
        source: models.ArtifactSource | MISSING = MISSING,
        status: models.ArtifactStatus | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.Artifact]:
        """List artifacts.

        Answers with the artifacts the caller can see, newest first: those of the personal URN and, for a
        creator, those of every team they are in and their own inside it. Filters combine with AND; an
        `owner` or `project_id` the caller cannot access gives an empty list. A key needs the scope
        `artifacts:read`.

        For all of them: `client.paginate(client.list_artifacts)`.

        `GET /v1/artifacts`

        Args:
            owner: Only artifacts of this owner. At most 500 characters.
            project_id: Only artifacts of this project.
            kind: Only artifacts of this kind. One of `storyboard`, `image`, `audio`, `video`, `character`.
            source: Only artifacts that came from there. One of `upload`, `conversation`, `job`.
            status: Only artifacts in this state. One of `pending`, `ready`, `failed`.
            limit: Page size. Values below 1 count as 1, values above 100 as 100; only a non-integer is
                refused. When left out, the server takes 50.
            offset: How many elements to skip. Values below 0 count as 0; past the end the answer is `[]`.
                When left out, the server takes 0.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(
            operations.list_artifacts(
                owner=owner,
                project_id=project_id,
                kind=kind,
                source=source,
                status=status,
                limit=limit,
                offset=offset,
            )
        )

    def create_storyboard(
        self,
        spec: models.StoryboardSpec | JsonObject,
        *,
        owner: str | None | MISSING = MISSING,
        project_id: UUID | str | None | MISSING = MISSING,
        source: models.ArtifactCreateSource | None | MISSING = MISSING,
        conversation_id: UUID | str | None | MISSING = MISSING,
    ) -> models.Artifact:
        """Keep a storyboard.

        Stores a storyboard as it is, finished or not; it is ready at once. Nothing is rendered and no
        credits are taken. With a `project_id` the owner must be the team of the project. For a team: its
        owners, admins and members. A key needs the scope `artifacts:write`.

        `POST /v1/artifacts/storyboards`

        Args:
            spec: A storyboard in the making: any JSON object, kept as sent. Whether it can be rendered is
                checked when it is rendered; `validate_spec` tells beforehand.
            owner: The caller's personal URN when left out. At most 500 characters.
            project_id: Needs the URN of the project's team as `owner`.
            source: Where it comes from. One of `upload`, `conversation`. When left out, the server takes
                upload.
            conversation_id: A conversation of the caller's. Needed with the source `conversation`.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(
            operations.create_storyboard(
                spec, owner=owner, project_id=project_id, source=source, conversation_id=conversation_id
            )
        )

    def create_character(
        self,
        spec: models.CharacterSpec | JsonObject,
        *,
        owner: str | None | MISSING = MISSING,
        project_id: UUID | str | None | MISSING = MISSING,
        source: models.ArtifactCreateSource | None | MISSING = MISSING,
        conversation_id: UUID | str | None | MISSING = MISSING,
    ) -> models.Artifact:
        """Keep a character.

        Stores what a character looks like; it is ready at once. Nothing is drawn and no credits are
        taken. With a `project_id` the owner must be the team of the project. For a team: its owners,
        admins and members. A key needs the scope `artifacts:write`.

        `POST /v1/artifacts/characters`

        Args:
            spec: A character to draw. Other members are kept as sent.
            owner: The caller's personal URN when left out. At most 500 characters.
            project_id: Needs the URN of the project's team as `owner`.
            source: Where it comes from. One of `upload`, `conversation`. When left out, the server takes
                upload.
            conversation_id: A conversation of the caller's. Needed with the source `conversation`.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(
            operations.create_character(
                spec, owner=owner, project_id=project_id, source=source, conversation_id=conversation_id
            )
        )

    def get_artifact(self, artifact_id: UUID | str) -> models.Artifact:
        """Read an artifact.

        Answers with the artifact as it is now. Viewers of a team see its artifacts too. A key needs the
        scope `artifacts:read`.

        `GET /v1/artifacts/{artifact_id}`

        Args:
            artifact_id: Id of the artifact.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.get_artifact(artifact_id))

    def delete_artifact(self, artifact_id: UUID | str) -> None:
        """Delete an artifact.

        Removes the artifact; the bytes of media no longer count as the owner's storage. Messages that
        refer to it and renders made of it stay. What belongs to a team may be deleted by its owners and
        admins, and by a member who made it; never by a viewer, not even what they once made. A key needs
        the scope `artifacts:write`.

        `DELETE /v1/artifacts/{artifact_id}`

        Args:
            artifact_id: Id of the artifact.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.delete_artifact(artifact_id))

    def render_artifact(self, artifact_id: UUID | str) -> models.RenderArtifactResponse:
        """Render an artifact.

        Queues a job that makes a PNG image of a character (one credit) or an MP4 video of a storyboard
        (the price that `estimate_spec` tells), and a pending artifact for the result. The owner of the
        artifact pays and owns both. The artifact itself does not change, and rendering it again makes
        another job and another result. A starter may have one active job, any other owner five. Takes no
        body. A key needs the scope `artifacts:write`; a team's owner, admins and members may render for
        the team.

        `POST /v1/artifacts/{artifact_id}/render`

        Args:
            artifact_id: Id of the artifact.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            InsufficientCreditsError: 402 `INSUFFICIENT_CREDITS`.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.render_artifact(artifact_id))
