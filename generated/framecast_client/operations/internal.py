"""The requests of the area `internal`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from uuid import UUID

from pydantic import MISSING

from .. import errors, models
from .._request import Answer, Failure, JsonObject, Operation, Request, build, present

__all__ = ["RECEIVE_JOB_CALLBACK", "receive_job_callback"]


RECEIVE_JOB_CALLBACK: Operation[models.Job] = Operation(
    "receive_job_callback",
    "POST",
    "/internal/jobs/callback",
    answers={200: (Answer("application/json", models.Job),)},
    failures={
        400: Failure((errors.ValidationError,), models.ErrorEnvelope),
        404: Failure((errors.NotFoundError,), models.ErrorEnvelope),
        409: Failure((errors.ConflictError,), models.ErrorEnvelope),
        500: Failure(
            (
                errors.InternalError,
                errors.UnexpectedError,
                errors.DatabaseError,
                errors.SerializationError,
            ),
            models.ErrorEnvelope,
        ),
    },
)


def receive_job_callback(
    job_id: UUID | str,
    event: models.JobCallbackEvent,
    *,
    output: models.JobOutput | JsonObject | models.ImageOutput | None | MISSING = MISSING,
    output_size_bytes: int | None | MISSING = MISSING,
    error: models.JobError | JsonObject | None | MISSING = MISSING,
    failure_type: models.CallbackFailureType | None | MISSING = MISSING,
    progress_percent: float | None | MISSING = MISSING,
) -> Request[models.Job]:
    """Report on a render: the request of the method `receive_job_callback`."""
    return build(
        RECEIVE_JOB_CALLBACK,
        body=present(
            {
                "job_id": job_id,
                "event": event,
                "output": output,
                "output_size_bytes": output_size_bytes,
                "error": error,
                "failure_type": failure_type,
                "progress_percent": progress_percent,
            }
        ),
    )
