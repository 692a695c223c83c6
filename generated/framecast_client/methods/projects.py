"""The methods of the area `projects`, for both clients. Generated; do not edit."""

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


class AsyncProjects(AsyncClient):
    """The asynchronous methods of the area `projects`."""

    async def list_projects(
        self,
        team_id: UUID | str,
        *,
        status: models.ProjectStatus | MISSING = MISSING,
        include_archived: bool | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.Project]:
        """List the projects of a team.

        Answers with the team's projects, the last changed first. Archived ones are left out unless
        `include_archived` is true or `status` asks for them. For creators; every member of the team sees
        its projects. A key needs the scope `projects:read`.

        For all of them: `client.paginate(client.list_projects)`.

        `GET /v1/teams/{team_id}/projects`

        Args:
            team_id: Id of the team.
            status: Only projects in this state. One of `draft`, `rendering`, `completed`, `archived`.
            include_archived: Whether archived projects are listed too. When left out, the server takes false.
            limit: Page size. Values below 1 count as 1, values above 100 as 100; only a non-integer is
                refused. When left out, the server takes 50.
            offset: How many elements to skip. Values below 0 count as 0; past the end the answer is `[]`.
                When left out, the server takes 0.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(
            operations.list_projects(
                team_id, status=status, include_archived=include_archived, limit=limit, offset=offset
            )
        )

    async def create_project(
        self, team_id: UUID | str, name: str, *, spec: JsonObject | None | MISSING = MISSING
    ) -> models.Project:
        """Make a project.

        Makes a draft in the team. A storyboard may come with it or later; it is stored as it is, even
        when it breaks rules, because only rendering checks them. Costs nothing. For creators who are
        owner, admin or member of the team. A key needs the scope `projects:write`.

        `POST /v1/teams/{team_id}/projects`

        Args:
            team_id: Id of the team.
            name: 1 to 200 characters.
            spec: A storyboard to start with. It is stored as it is; rendering checks it. When left out, the
                server takes null.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.create_project(team_id, name, spec=spec))

    async def get_project(self, project_id: UUID | str) -> models.Project:
        """Read a project.

        Answers with the project, its storyboard and the state of its newest job. For creators; every
        member of its team sees it. A key needs the scope `projects:read`.

        `GET /v1/projects/{project_id}`

        Args:
            project_id: Id of the project.

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
        return await self.call(operations.get_project(project_id))

    async def delete_project(self, project_id: UUID | str) -> None:
        """Delete a project.

        Removes a project that is not being rendered, with its assets and artifacts. Its jobs stay and
        belong to no project from then on, so they can be deleted too. No credits move. For creators who
        are owner or admin of the team. A key needs the scope `projects:write`.

        `DELETE /v1/projects/{project_id}`

        Args:
            project_id: Id of the project.

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
        return await self.call(operations.delete_project(project_id))

    async def update_project(
        self, project_id: UUID | str, *, name: str | None | MISSING = MISSING
    ) -> models.Project:
        """Rename a project.

        Changes the name. Nothing else can be changed here: the storyboard has `update_project_spec`, the
        state follows from what is done with the project. Not while a render is running. For creators who
        are owner, admin or member of the team. A key needs the scope `projects:write`.

        `PATCH /v1/projects/{project_id}`

        Args:
            project_id: Id of the project.
            name: The present one stays when left out. 1 to 200 characters.

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
        return await self.call(operations.update_project(project_id, name=name))

    async def update_project_spec(self, project_id: UUID | str, spec: JsonObject) -> models.Project:
        """Replace the storyboard of a project.

        Stores the storyboard in place of the present one; nothing is merged. It is stored as it is, even
        when it breaks rules (`validate_spec` tells). The state stays, and jobs made earlier keep what
        they were made from. Not while a render is running, and not in an archived project. For creators
        who are owner, admin or member of the team. A key needs the scope `projects:write`.

        `PUT /v1/projects/{project_id}/spec`

        Args:
            project_id: Id of the project.
            spec: Any object. It is stored as it is; rendering checks it.

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
        return await self.call(operations.update_project_spec(project_id, spec))

    async def archive_project(self, project_id: UUID | str) -> models.Project:
        """Put a project away.

        Archives a draft or completed project: the list leaves it out, and it can be neither rendered nor
        given another storyboard until `unarchive_project`. Its jobs and assets stay as they are. Takes no
        body. For creators who are owner or admin of the team. A key needs the scope `projects:write`.

        `POST /v1/projects/{project_id}/archive`

        Args:
            project_id: Id of the project.

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
        return await self.call(operations.archive_project(project_id))

    async def unarchive_project(self, project_id: UUID | str) -> models.Project:
        """Bring an archived project back.

        Makes an archived project a draft again, also when it was completed before. Takes no body. For
        creators who are owner or admin of the team. A key needs the scope `projects:write`.

        `POST /v1/projects/{project_id}/unarchive`

        Args:
            project_id: Id of the project.

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
        return await self.call(operations.unarchive_project(project_id))

    async def create_project_job(
        self, project_id: UUID | str, *, options: JsonObject | None | MISSING = MISSING
    ) -> models.Job:
        """Render a project.

        Takes the price of the project's storyboard (ask `estimate_spec`) from the team's balance and
        queues a job of the team, both or neither. The project is `rendering` until the job ends: then
        `completed`, or `draft` when the job failed or was canceled. One render at a time, and five active
        jobs for the whole team. Later changes of the storyboard do not reach the job. The body may be
        left out or empty. For creators who are owner, admin or member of the team. A key needs the scope
        `projects:write`.

        `POST /v1/projects/{project_id}/render`

        Args:
            project_id: Id of the project.
            options: Free form. When left out, the server takes {}.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            InsufficientCreditsError: 402 `INSUFFICIENT_CREDITS`.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.create_project_job(project_id, options=options))


class SyncProjects(SyncClient):
    """The blocking methods of the area `projects`."""

    def list_projects(
        self,
        team_id: UUID | str,
        *,
        status: models.ProjectStatus | MISSING = MISSING,
        include_archived: bool | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.Project]:
        """List the projects of a team.

        Answers with the team's projects, the last changed first. Archived ones are left out unless
        `include_archived` is true or `status` asks for them. For creators; every member of the team sees
        its projects. A key needs the scope `projects:read`.

        For all of them: `client.paginate(client.list_projects)`.

        `GET /v1/teams/{team_id}/projects`

        Args:
            team_id: Id of the team.
            status: Only projects in this state. One of `draft`, `rendering`, `completed`, `archived`.
            include_archived: Whether archived projects are listed too. When left out, the server takes false.
            limit: Page size. Values below 1 count as 1, values above 100 as 100; only a non-integer is
                refused. When left out, the server takes 50.
            offset: How many elements to skip. Values below 0 count as 0; past the end the answer is `[]`.
                When left out, the server takes 0.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(
            operations.list_projects(
                team_id, status=status, include_archived=include_archived, limit=limit, offset=offset
            )
        )

    def create_project(
        self, team_id: UUID | str, name: str, *, spec: JsonObject | None | MISSING = MISSING
    ) -> models.Project:
        """Make a project.

        Makes a draft in the team. A storyboard may come with it or later; it is stored as it is, even
        when it breaks rules, because only rendering checks them. Costs nothing. For creators who are
        owner, admin or member of the team. A key needs the scope `projects:write`.

        `POST /v1/teams/{team_id}/projects`

        Args:
            team_id: Id of the team.
            name: 1 to 200 characters.
            spec: A storyboard to start with. It is stored as it is; rendering checks it. When left out, the
                server takes null.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.create_project(team_id, name, spec=spec))

    def get_project(self, project_id: UUID | str) -> models.Project:
        """Read a project.

        Answers with the project, its storyboard and the state of its newest job. For creators; every
        member of its team sees it. A key needs the scope `projects:read`.

        `GET /v1/projects/{project_id}`

        Args:
            project_id: Id of the project.

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
        return self.call(operations.get_project(project_id))

    def delete_project(self, project_id: UUID | str) -> None:
        """Delete a project.

        Removes a project that is not being rendered, with its assets and artifacts. Its jobs stay and
        belong to no project from then on, so they can be deleted too. No credits move. For creators who
        are owner or admin of the team. A key needs the scope `projects:write`.

        `DELETE /v1/projects/{project_id}`

        Args:
            project_id: Id of the project.

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
        return self.call(operations.delete_project(project_id))

    def update_project(
        self, project_id: UUID | str, *, name: str | None | MISSING = MISSING
    ) -> models.Project:
        """Rename a project.

        Changes the name. Nothing else can be changed here: the storyboard has `update_project_spec`, the
        state follows from what is done with the project. Not while a render is running. For creators who
        are owner, admin or member of the team. A key needs the scope `projects:write`.

        `PATCH /v1/projects/{project_id}`

        Args:
            project_id: Id of the project.
            name: The present one stays when left out. 1 to 200 characters.

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
        return self.call(operations.update_project(project_id, name=name))

    def update_project_spec(self, project_id: UUID | str, spec: JsonObject) -> models.Project:
        """Replace the storyboard of a project.

        Stores the storyboard in place of the present one; nothing is merged. It is stored as it is, even
        when it breaks rules (`validate_spec` tells). The state stays, and jobs made earlier keep what
        they were made from. Not while a render is running, and not in an archived project. For creators
        who are owner, admin or member of the team. A key needs the scope `projects:write`.

        `PUT /v1/projects/{project_id}/spec`

        Args:
            project_id: Id of the project.
            spec: Any object. It is stored as it is; rendering checks it.

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
        return self.call(operations.update_project_spec(project_id, spec))

    def archive_project(self, project_id: UUID | str) -> models.Project:
        """Put a project away.

        Archives a draft or completed project: the list leaves it out, and it can be neither rendered nor
        given another storyboard until `unarchive_project`. Its jobs and assets stay as they are. Takes no
        body. For creators who are owner or admin of the team. A key needs the scope `projects:write`.

        `POST /v1/projects/{project_id}/archive`

        Args:
            project_id: Id of the project.

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
        return self.call(operations.archive_project(project_id))

    def unarchive_project(self, project_id: UUID | str) -> models.Project:
        """Bring an archived project back.

        Makes an archived project a draft again, also when it was completed before. Takes no body. For
        creators who are owner or admin of the team. A key needs the scope `projects:write`.

        `POST /v1/projects/{project_id}/unarchive`

        Args:
            project_id: Id of the project.

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
        return self.call(operations.unarchive_project(project_id))

    def create_project_job(
        self, project_id: UUID | str, *, options: JsonObject | None | MISSING = MISSING
    ) -> models.Job:
        """Render a project.

        Takes the price of the project's storyboard (ask `estimate_spec`) from the team's balance and
        queues a job of the team, both or neither. The project is `rendering` until the job ends: then
        `completed`, or `draft` when the job failed or was canceled. One render at a time, and five active
        jobs for the whole team. Later changes of the storyboard do not reach the job. The body may be
        left out or empty. For creators who are owner, admin or member of the team. A key needs the scope
        `projects:write`.

        `POST /v1/projects/{project_id}/render`

        Args:
            project_id: Id of the project.
            options: Free form. When left out, the server takes {}.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            InsufficientCreditsError: 402 `INSUFFICIENT_CREDITS`.
            ForbiddenError: 403, as InsufficientTierError, AuthorizationError.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.create_project_job(project_id, options=options))
