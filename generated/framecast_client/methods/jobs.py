"""The methods of the area `jobs`, for both clients. Generated; do not edit."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from datetime import datetime
from uuid import UUID

from pydantic import MISSING

from .. import models, operations
from .._client import AsyncClient, SyncClient
from .._request import JsonObject


class AsyncJobs(AsyncClient):
    """The asynchronous methods of the area `jobs`."""

    async def create_job(
        self,
        spec: models.Spec | JsonObject,
        *,
        owner: str | None | MISSING = MISSING,
        options: JsonObject | None | MISSING = MISSING,
        idempotency_key: str | None | MISSING = MISSING,
    ) -> models.Job:
        """Render a storyboard.

        Takes the price of the storyboard (one credit for every started second of every scene; ask
        `estimate_spec`) from the owner's balance and queues a job, both or neither. Follow it with
        `get_job_events` or `get_job`. A starter may have one active job, any other owner five; nothing
        waits for a free place. With an `idempotency_key` that the caller has used before, the earlier job
        comes back with 200, nothing is charged and the rest of the body is not looked at. A refused
        request leaves no trace. A key needs the scope `generate`; a team's owner, admins and members may
        render for the team.

        Args:
            spec: A storyboard: scenes, what they share, and how one leads to the next. At most 102,400 bytes
                as compact JSON; the durations of its scenes add up to at most 300 seconds. Scene ids are
                distinct.
            owner: Who owns the job and pays; the caller's personal URN when left out, also for keys recorded
                for a team.
            options: Free form. When left out, the server takes {}.
            idempotency_key: Sending the same key again gives the first job instead of a second one.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            InsufficientCreditsError: 402 `INSUFFICIENT_CREDITS`.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        request = operations.create_job(spec, owner=owner, options=options, idempotency_key=idempotency_key)
        return (await self.send(request)).result

    async def list_jobs(
        self,
        *,
        status: models.JobStatus | MISSING = MISSING,
        owner: str | MISSING = MISSING,
        project_id: UUID | str | MISSING = MISSING,
        created_after: datetime | str | MISSING = MISSING,
        created_before: datetime | str | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.Job]:
        """List jobs.

        Answers with the jobs the caller can see, newest first: those of the personal URN and, for a
        creator, those of every team they are in and their own inside it. Filters combine with AND; an
        `owner` or `project_id` the caller cannot access gives an empty list. A key needs the scope
        `jobs:read`.

        Args:
            status: Only jobs in this state.
            owner: Only jobs of this owner.
            project_id: Only jobs of this project.
            created_after: Only jobs made after this moment.
            created_before: Only jobs made before this moment.
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
        request = operations.list_jobs(
            status=status,
            owner=owner,
            project_id=project_id,
            created_after=created_after,
            created_before=created_before,
            limit=limit,
            offset=offset,
        )
        return (await self.send(request)).result

    async def get_job(self, job_id: UUID | str) -> models.Job:
        """Read a job.

        Answers with the job as it is now. The URLs in the `output` of a completed job are signed for this
        answer and work for an hour. Viewers of a team see its jobs too. A key needs the scope
        `jobs:read`.

        Args:
            job_id: Id of the job.

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
        request = operations.get_job(job_id)
        return (await self.send(request)).result

    async def delete_job(self, job_id: UUID | str) -> None:
        """Delete a finished job.

        Removes a job that has ended and belongs to no project, with its events. No credits move.
        Artifacts it produced stay. Its `idempotency_key` is free again. Whoever can access its owner may
        delete it; team roles play no part. A key needs the scope `jobs:write`.

        Args:
            job_id: Id of the job.

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
        request = operations.delete_job(job_id)
        return (await self.send(request)).result

    async def cancel_job(self, job_id: UUID | str) -> models.Job:
        """Stop a job.

        Ends an active job and gives credits back: nine tenths of the part that was not rendered yet,
        rounded down, to the balance that paid. A job that never started gives nine tenths of everything.
        Takes no body. Whoever started the job may cancel it, and so may an owner or admin of the team it
        belongs to. A key needs the scope `jobs:write`.

        Args:
            job_id: Id of the job.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        request = operations.cancel_job(job_id)
        return (await self.send(request)).result

    async def clone_job(self, job_id: UUID | str, *, owner: str | None | MISSING = MISSING) -> models.Job:
        """Render a job again.

        Makes a new job with the storyboard and options of another one, in whatever state that is; the
        original does not change. The new job belongs to no project and has no idempotency key. It is
        priced anew and paid by its owner, the original's unless the body names another. The body may be
        left out or empty. The caller must see the original and be allowed to use the new owner, so
        viewers of a team cannot clone for it. A key needs the scope `jobs:write`.

        Args:
            job_id: Id of the job.
            owner: The owner of the original when left out.

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
        request = operations.clone_job(job_id, owner=owner)
        return (await self.send(request)).result

    def get_job_events(
        self, job_id: UUID | str, *, last_event_id: str | MISSING = MISSING
    ) -> AsyncGenerator[models.JobEvent, None]:
        """Follow a job.

        Opens a stream of server-sent events: first everything stored about the job, oldest first, then
        what happens, until the event `completed`, `failed` or `canceled` ends it. The stream of an ended
        job ends at once. If the connection breaks, send the last `id` seen as `Last-Event-ID` and nothing
        is missed. Events are kept for seven days; after 410, read the job and open a stream without the
        header. A key needs the scope `jobs:read`.

        Args:
            job_id: Id of the job.
            last_event_id: The last event already seen; the stream goes on with the next one.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            GoneError: 410 `GONE`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        request = operations.get_job_events(job_id, last_event_id=last_event_id)
        return self.stream(request)


class SyncJobs(SyncClient):
    """The blocking methods of the area `jobs`."""

    def create_job(
        self,
        spec: models.Spec | JsonObject,
        *,
        owner: str | None | MISSING = MISSING,
        options: JsonObject | None | MISSING = MISSING,
        idempotency_key: str | None | MISSING = MISSING,
    ) -> models.Job:
        """Render a storyboard.

        Takes the price of the storyboard (one credit for every started second of every scene; ask
        `estimate_spec`) from the owner's balance and queues a job, both or neither. Follow it with
        `get_job_events` or `get_job`. A starter may have one active job, any other owner five; nothing
        waits for a free place. With an `idempotency_key` that the caller has used before, the earlier job
        comes back with 200, nothing is charged and the rest of the body is not looked at. A refused
        request leaves no trace. A key needs the scope `generate`; a team's owner, admins and members may
        render for the team.

        Args:
            spec: A storyboard: scenes, what they share, and how one leads to the next. At most 102,400 bytes
                as compact JSON; the durations of its scenes add up to at most 300 seconds. Scene ids are
                distinct.
            owner: Who owns the job and pays; the caller's personal URN when left out, also for keys recorded
                for a team.
            options: Free form. When left out, the server takes {}.
            idempotency_key: Sending the same key again gives the first job instead of a second one.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            InsufficientCreditsError: 402 `INSUFFICIENT_CREDITS`.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        request = operations.create_job(spec, owner=owner, options=options, idempotency_key=idempotency_key)
        return self.send(request).result

    def list_jobs(
        self,
        *,
        status: models.JobStatus | MISSING = MISSING,
        owner: str | MISSING = MISSING,
        project_id: UUID | str | MISSING = MISSING,
        created_after: datetime | str | MISSING = MISSING,
        created_before: datetime | str | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.Job]:
        """List jobs.

        Answers with the jobs the caller can see, newest first: those of the personal URN and, for a
        creator, those of every team they are in and their own inside it. Filters combine with AND; an
        `owner` or `project_id` the caller cannot access gives an empty list. A key needs the scope
        `jobs:read`.

        Args:
            status: Only jobs in this state.
            owner: Only jobs of this owner.
            project_id: Only jobs of this project.
            created_after: Only jobs made after this moment.
            created_before: Only jobs made before this moment.
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
        request = operations.list_jobs(
            status=status,
            owner=owner,
            project_id=project_id,
            created_after=created_after,
            created_before=created_before,
            limit=limit,
            offset=offset,
        )
        return self.send(request).result

    def get_job(self, job_id: UUID | str) -> models.Job:
        """Read a job.

        Answers with the job as it is now. The URLs in the `output` of a completed job are signed for this
        answer and work for an hour. Viewers of a team see its jobs too. A key needs the scope
        `jobs:read`.

        Args:
            job_id: Id of the job.

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
        request = operations.get_job(job_id)
        return self.send(request).result

    def delete_job(self, job_id: UUID | str) -> None:
        """Delete a finished job.

        Removes a job that has ended and belongs to no project, with its events. No credits move.
        Artifacts it produced stay. Its `idempotency_key` is free again. Whoever can access its owner may
        delete it; team roles play no part. A key needs the scope `jobs:write`.

        Args:
            job_id: Id of the job.

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
        request = operations.delete_job(job_id)
        return self.send(request).result

    def cancel_job(self, job_id: UUID | str) -> models.Job:
        """Stop a job.

        Ends an active job and gives credits back: nine tenths of the part that was not rendered yet,
        rounded down, to the balance that paid. A job that never started gives nine tenths of everything.
        Takes no body. Whoever started the job may cancel it, and so may an owner or admin of the team it
        belongs to. A key needs the scope `jobs:write`.

        Args:
            job_id: Id of the job.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        request = operations.cancel_job(job_id)
        return self.send(request).result

    def clone_job(self, job_id: UUID | str, *, owner: str | None | MISSING = MISSING) -> models.Job:
        """Render a job again.

        Makes a new job with the storyboard and options of another one, in whatever state that is; the
        original does not change. The new job belongs to no project and has no idempotency key. It is
        priced anew and paid by its owner, the original's unless the body names another. The body may be
        left out or empty. The caller must see the original and be allowed to use the new owner, so
        viewers of a team cannot clone for it. A key needs the scope `jobs:write`.

        Args:
            job_id: Id of the job.
            owner: The owner of the original when left out.

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
        request = operations.clone_job(job_id, owner=owner)
        return self.send(request).result

    def get_job_events(
        self, job_id: UUID | str, *, last_event_id: str | MISSING = MISSING
    ) -> Generator[models.JobEvent, None, None]:
        """Follow a job.

        Opens a stream of server-sent events: first everything stored about the job, oldest first, then
        what happens, until the event `completed`, `failed` or `canceled` ends it. The stream of an ended
        job ends at once. If the connection breaks, send the last `id` seen as `Last-Event-ID` and nothing
        is missed. Events are kept for seven days; after 410, read the job and open a stream without the
        header. A key needs the scope `jobs:read`.

        Args:
            job_id: Id of the job.
            last_event_id: The last event already seen; the stream goes on with the next one.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            GoneError: 410 `GONE`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        request = operations.get_job_events(job_id, last_event_id=last_event_id)
        return self.stream(request)
