"""The methods of the area `internal`, for both clients. Generated; do not edit."""

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


class AsyncInternal(AsyncClient):
    """The asynchronous methods of the area `internal`."""

    async def receive_job_callback(
        self,
        job_id: UUID | str,
        event: models.JobCallbackEvent,
        *,
        output: models.JobOutput | JsonObject | models.ImageOutput | None | MISSING = MISSING,
        output_size_bytes: int | None | MISSING = MISSING,
        error: models.JobError | JsonObject | None | MISSING = MISSING,
        failure_type: models.CallbackFailureType | None | MISSING = MISSING,
        progress_percent: float | None | MISSING = MISSING,
    ) -> models.Job:
        """Report on a render.

        A render worker reports that a job `started`, made `progress`, `completed` or `failed`. `started`
        fits a queued job, the others a processing one; anything else is 409 and changes nothing. A
        failure refunds the owner: everything for `system` and `timeout`, the part not yet rendered for
        `validation`. Credentials are not looked at, and there is no rate limit. Not for clients.

        `POST /internal/jobs/callback`

        Args:
            job_id: An id; Framecast writes it in lower case with hyphens.
            event: What a render worker reports. One of `started`, `progress`, `completed`, `failed`.
            output: What was made. Needed with `completed`.
            output_size_bytes: 0 or more.
            error: What went wrong. When left out, a `failed` job gets a standard one.
            failure_type: `system` when left out. One of `system`, `validation`, `timeout`.
            progress_percent: Needed with `progress`. 0 to 100.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError.
        """
        return await self.call(
            operations.receive_job_callback(
                job_id,
                event,
                output=output,
                output_size_bytes=output_size_bytes,
                error=error,
                failure_type=failure_type,
                progress_percent=progress_percent,
            )
        )


class SyncInternal(SyncClient):
    """The blocking methods of the area `internal`."""

    def receive_job_callback(
        self,
        job_id: UUID | str,
        event: models.JobCallbackEvent,
        *,
        output: models.JobOutput | JsonObject | models.ImageOutput | None | MISSING = MISSING,
        output_size_bytes: int | None | MISSING = MISSING,
        error: models.JobError | JsonObject | None | MISSING = MISSING,
        failure_type: models.CallbackFailureType | None | MISSING = MISSING,
        progress_percent: float | None | MISSING = MISSING,
    ) -> models.Job:
        """Report on a render.

        A render worker reports that a job `started`, made `progress`, `completed` or `failed`. `started`
        fits a queued job, the others a processing one; anything else is 409 and changes nothing. A
        failure refunds the owner: everything for `system` and `timeout`, the part not yet rendered for
        `validation`. Credentials are not looked at, and there is no rate limit. Not for clients.

        `POST /internal/jobs/callback`

        Args:
            job_id: An id; Framecast writes it in lower case with hyphens.
            event: What a render worker reports. One of `started`, `progress`, `completed`, `failed`.
            output: What was made. Needed with `completed`.
            output_size_bytes: 0 or more.
            error: What went wrong. When left out, a `failed` job gets a standard one.
            failure_type: `system` when left out. One of `system`, `validation`, `timeout`.
            progress_percent: Needed with `progress`. 0 to 100.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError.
        """
        return self.call(
            operations.receive_job_callback(
                job_id,
                event,
                output=output,
                output_size_bytes=output_size_bytes,
                error=error,
                failure_type=failure_type,
                progress_percent=progress_percent,
            )
        )
