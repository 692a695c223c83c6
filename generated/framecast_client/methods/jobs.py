"""The methods of the area `jobs`, for both clients. Generated; do not edit."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import MISSING

from .. import errors, operations
from .._async_client import AsyncClient
from .._async_waiting import AsyncWait
from .._endings import Ending
from .._request import JsonObject
from .._sync_client import SyncClient
from .._sync_waiting import SyncWait

if TYPE_CHECKING:
    from .. import models


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

        `POST /v1/generate`

        Args:
            spec: A storyboard: scenes, what they share, and how one leads to the next. At most 102,400 bytes
                as compact JSON; the durations of its scenes add up to at most 300 seconds. Scene ids are
                distinct.
            owner: Who owns the job and pays; the caller's personal URN when left out, also for keys recorded
                for a team. At most 500 characters.
            options: Free form. When left out, the server takes {}.
            idempotency_key: Sending the same key again gives the first job instead of a second one. 1 to 255
                characters.

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
        return await self.call(
            operations.create_job(
                spec, owner=owner, options=options, idempotency_key=self._key(idempotency_key)
            )
        )

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

        For all of them: `client.paginate(client.list_jobs)`.

        `GET /v1/jobs`

        Args:
            status: Only jobs in this state. One of `queued`, `processing`, `completed`, `failed`, `canceled`.
            owner: Only jobs of this owner. At most 500 characters.
            project_id: Only jobs of this project.
            created_after: Only jobs made after this moment. RFC 3339 with offset.
            created_before: Only jobs made before this moment. RFC 3339 with offset.
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
            operations.list_jobs(
                status=status,
                owner=owner,
                project_id=project_id,
                created_after=created_after,
                created_before=created_before,
                limit=limit,
                offset=offset,
            )
        )

    async def get_job(self, job_id: UUID | str) -> models.Job:
        """Read a job.

        Answers with the job as it is now. The URLs in the `output` of a completed job are signed for this
        answer and work for an hour. Viewers of a team see its jobs too. A key needs the scope
        `jobs:read`.

        `GET /v1/jobs/{job_id}`

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
        return await self.call(operations.get_job(job_id))

    async def wait_for_job(
        self,
        job_id: UUID | str,
        *,
        timeout: float = 2100,
        on_progress: Callable[[models.JobEvent], object] | None = None,
    ) -> models.Job:
        """Wait until `get_job` shows an end, and give what it shows.

        Hardly costs anything while nothing happens: follows `get_job_events` and reads only when that is
        silent.

        Args:
            job_id: As in `get_job`.
            timeout: Seconds to wait, 2100 unless given.
            on_progress: Told every event once, in order.

        Raises:
            JobFailedError: it ended as `failed`; has the object as `result`.
            JobCanceledError: it ended as `canceled`; has the object as `result`.
            WaitTimeoutError: it has not ended in time; has what was seen last as `last_seen`.
            ApiError, ContractViolation: as `get_job`.
        """
        ending = Ending(
            "status", ("completed",), {"failed": errors.JobFailedError, "canceled": errors.JobCanceledError}
        )
        read = operations.get_job(job_id=job_id)
        return await AsyncWait(
            self, read, ending, timeout, operations.get_job_events(job_id=job_id), on_progress
        ).result()

    async def delete_job(self, job_id: UUID | str) -> None:
        """Delete a finished job.

        Removes a job that has ended and belongs to no project, with its events. No credits move.
        Artifacts it produced stay. Its `idempotency_key` is free again. Whoever can access its owner may
        delete it; team roles play no part. A key needs the scope `jobs:write`.

        `DELETE /v1/jobs/{job_id}`

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
        return await self.call(operations.delete_job(job_id))

    async def cancel_job(self, job_id: UUID | str) -> models.Job:
        """Stop a job.

        Ends an active job and gives credits back: nine tenths of the part that was not rendered yet,
        rounded down, to the balance that paid. A job that never started gives nine tenths of everything.
        Takes no body. Whoever started the job may cancel it, and so may an owner or admin of the team it
        belongs to. A key needs the scope `jobs:write`.

        `POST /v1/jobs/{job_id}/cancel`

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
        return await self.call(operations.cancel_job(job_id))

    async def clone_job(self, job_id: UUID | str, *, owner: str | None | MISSING = MISSING) -> models.Job:
        """Render a job again.

        Makes a new job with the storyboard and options of another one, in whatever state that is; the
        original does not change. The new job belongs to no project and has no idempotency key. It is
        priced anew and paid by its owner, the original's unless the body names another. The body may be
        left out or empty. The caller must see the original and be allowed to use the new owner, so
        viewers of a team cannot clone for it. A key needs the scope `jobs:write`.

        `POST /v1/jobs/{job_id}/clone`

        Args:
            job_id: Id of the job.
            owner: The owner of the original when left out. At most 500 characters.

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
        return await self.call(operations.clone_job(job_id, owner=owner))

    def get_job_events(
        self, job_id: UUID | str, *, last_event_id: str | MISSING = MISSING
    ) -> AsyncGenerator[models.JobEvent, None]:
        """Follow a job.

        Opens a stream of server-sent events: first everything stored about the job, oldest first, then
        what happens, until the event `completed`, `failed` or `canceled` ends it. The stream of an ended
        job ends at once. If the connection breaks, send the last `id` seen as `Last-Event-ID` and nothing
        is missed. Events are kept for seven days; after 410, read the job and open a stream without the
        header. A key needs the scope `jobs:read`.

        `GET /v1/jobs/{job_id}/events`

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
        return self.stream(operations.get_job_events(job_id, last_event_id=last_event_id))


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

        `POST /v1/generate`

        Args:
            spec: A storyboard: scenes, what they share, and how one leads to the next. At most 102,400 bytes
                as compact JSON; the durations of its scenes add up to at most 300 seconds. Scene ids are
                distinct.
            owner: Who owns the job and pays; the caller's personal URN when left out, also for keys recorded
                for a team. At most 500 characters.
            options: Free form. When left out, the server takes {}.
            idempotency_key: Sending the same key again gives the first job instead of a second one. 1 to 255
                characters.

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
        return self.call(
            operations.create_job(
                spec, owner=owner, options=options, idempotency_key=self._key(idempotency_key)
            )
        )

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

        For all of them: `client.paginate(client.list_jobs)`.

        `GET /v1/jobs`

        Args:
            status: Only jobs in this state. One of `queued`, `processing`, `completed`, `failed`, `canceled`.
            owner: Only jobs of this owner. At most 500 characters.
            project_id: Only jobs of this project.
            created_after: Only jobs made after this moment. RFC 3339 with offset.
            created_before: Only jobs made before this moment. RFC 3339 with offset.
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
            operations.list_jobs(
                status=status,
                owner=owner,
                project_id=project_id,
                created_after=created_after,
                created_before=created_before,
                limit=limit,
                offset=offset,
            )
        )

    def get_job(self, job_id: UUID | str) -> models.Job:
        """Read a job.

        Answers with the job as it is now. The URLs in the `output` of a completed job are signed for this
        answer and work for an hour. Viewers of a team see its jobs too. A key needs the scope
        `jobs:read`.

        `GET /v1/jobs/{job_id}`

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
        return self.call(operations.get_job(job_id))

    def wait_for_job(
        self,
        job_id: UUID | str,
        *,
        timeout: float = 2100,
        on_progress: Callable[[models.JobEvent], object] | None = None,
    ) -> models.Job:
        """Wait until `get_job` shows an end, and give what it shows.

        Hardly costs anything while nothing happens: follows `get_job_events` and reads only when that is
        silent.

        Args:
            job_id: As in `get_job`.
            timeout: Seconds to wait, 2100 unless given.
            on_progress: Told every event once, in order.

        Raises:
            JobFailedError: it ended as `failed`; has the object as `result`.
            JobCanceledError: it ended as `canceled`; has the object as `result`.
            WaitTimeoutError: it has not ended in time; has what was seen last as `last_seen`.
            ApiError, ContractViolation: as `get_job`.
        """
        ending = Ending(
            "status", ("completed",), {"failed": errors.JobFailedError, "canceled": errors.JobCanceledError}
        )
        read = operations.get_job(job_id=job_id)
        return SyncWait(
            self, read, ending, timeout, operations.get_job_events(job_id=job_id), on_progress
        ).result()

    def delete_job(self, job_id: UUID | str) -> None:
        """Delete a finished job.

        Removes a job that has ended and belongs to no project, with its events. No credits move.
        Artifacts it produced stay. Its `idempotency_key` is free again. Whoever can access its owner may
        delete it; team roles play no part. A key needs the scope `jobs:write`.

        `DELETE /v1/jobs/{job_id}`

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
        return self.call(operations.delete_job(job_id))

    def cancel_job(self, job_id: UUID | str) -> models.Job:
        """Stop a job.

        Ends an active job and gives credits back: nine tenths of the part that was not rendered yet,
        rounded down, to the balance that paid. A job that never started gives nine tenths of everything.
        Takes no body. Whoever started the job may cancel it, and so may an owner or admin of the team it
        belongs to. A key needs the scope `jobs:write`.

        `POST /v1/jobs/{job_id}/cancel`

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
        return self.call(operations.cancel_job(job_id))

    def clone_job(self, job_id: UUID | str, *, owner: str | None | MISSING = MISSING) -> models.Job:
        """Render a job again.

        Makes a new job with the storyboard and options of another one, in whatever state that is; the
        original does not change. The new job belongs to no project and has no idempotency key. It is
        priced anew and paid by its owner, the original's unless the body names another. The body may be
        left out or empty. The caller must see the original and be allowed to use the new owner, so
        viewers of a team cannot clone for it. A key needs the scope `jobs:write`.

        `POST /v1/jobs/{job_id}/clone`

        Args:
            job_id: Id of the job.
            owner: The owner of the original when left out. At most 500 characters.

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
        return self.call(operations.clone_job(job_id, owner=owner))

    def get_job_events(
        self, job_id: UUID | str, *, last_event_id: str | MISSING = MISSING
    ) -> Generator[models.JobEvent, None, None]:
        """Follow a job.

        Opens a stream of server-sent events: first everything stored about the job, oldest first, then
        what happens, until the event `completed`, `failed` or `canceled` ends it. The stream of an ended
        job ends at once. If the connection breaks, send the last `id` seen as `Last-Event-ID` and nothing
        is missed. Events are kept for seven days; after 410, read the job and open a stream without the
        header. A key needs the scope `jobs:read`.

        `GET /v1/jobs/{job_id}/events`

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
        return self.stream(operations.get_job_events(job_id, last_event_id=last_event_id))
