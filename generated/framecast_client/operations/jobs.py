"""The requests of the area `jobs`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import MISSING

from .. import failures, headers, models
from .._request import Answer, JsonObject, Operation, Request, build, present, present_or_no_body

__all__ = [
    "CANCEL_JOB",
    "CLONE_JOB",
    "CREATE_JOB",
    "DELETE_JOB",
    "GET_JOB",
    "GET_JOB_EVENTS",
    "LIST_JOBS",
    "cancel_job",
    "clone_job",
    "create_job",
    "delete_job",
    "get_job",
    "get_job_events",
    "list_jobs",
]


CREATE_JOB: Operation[models.Job] = Operation(
    "create_job",
    "POST",
    "/v1/generate",
    answers={
        201: (Answer("application/json", models.Job, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),),
        200: (Answer("application/json", models.Job, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),),
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        402: failures.INSUFFICIENT_CREDITS,
        403: failures.FORBIDDEN,
        409: failures.CONFLICT,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def create_job(
    spec: models.Spec | JsonObject,
    *,
    owner: str | None | MISSING = MISSING,
    options: JsonObject | None | MISSING = MISSING,
    idempotency_key: str | None | MISSING = MISSING,
) -> Request[models.Job]:
    """Render a storyboard: the request of the method `create_job`."""
    return build(
        CREATE_JOB,
        body=present({"spec": spec, "owner": owner, "options": options, "idempotency_key": idempotency_key}),
        key=idempotency_key,
    )


LIST_JOBS: Operation[list[models.Job]] = Operation(
    "list_jobs",
    "GET",
    "/v1/jobs",
    answers={
        200: (
            Answer("application/json", list[models.Job], headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),
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


def list_jobs(
    *,
    status: models.JobStatus | MISSING = MISSING,
    owner: str | MISSING = MISSING,
    project_id: UUID | str | MISSING = MISSING,
    created_after: datetime | str | MISSING = MISSING,
    created_before: datetime | str | MISSING = MISSING,
    limit: int | MISSING = MISSING,
    offset: int | MISSING = MISSING,
) -> Request[list[models.Job]]:
    """List jobs: the request of the method `list_jobs`."""
    return build(
        LIST_JOBS,
        query={
            "status": status,
            "owner": owner,
            "project_id": project_id,
            "created_after": created_after,
            "created_before": created_before,
            "limit": limit,
            "offset": offset,
        },
    )


GET_JOB: Operation[models.Job] = Operation(
    "get_job",
    "GET",
    "/v1/jobs/{job_id}",
    answers={
        200: (Answer("application/json", models.Job, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
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


def get_job(job_id: UUID | str) -> Request[models.Job]:
    """Read a job: the request of the method `get_job`."""
    return build(GET_JOB, path={"job_id": job_id})


DELETE_JOB: Operation[None] = Operation(
    "delete_job",
    "DELETE",
    "/v1/jobs/{job_id}",
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


def delete_job(job_id: UUID | str) -> Request[None]:
    """Delete a finished job: the request of the method `delete_job`."""
    return build(DELETE_JOB, path={"job_id": job_id})


CANCEL_JOB: Operation[models.Job] = Operation(
    "cancel_job",
    "POST",
    "/v1/jobs/{job_id}/cancel",
    answers={
        200: (Answer("application/json", models.Job, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        409: failures.CONFLICT,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def cancel_job(job_id: UUID | str) -> Request[models.Job]:
    """Stop a job: the request of the method `cancel_job`."""
    return build(CANCEL_JOB, path={"job_id": job_id})


CLONE_JOB: Operation[models.Job] = Operation(
    "clone_job",
    "POST",
    "/v1/jobs/{job_id}/clone",
    answers={
        201: (Answer("application/json", models.Job, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)
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


def clone_job(job_id: UUID | str, *, owner: str | None | MISSING = MISSING) -> Request[models.Job]:
    """Render a job again: the request of the method `clone_job`."""
    return build(CLONE_JOB, path={"job_id": job_id}, body=present_or_no_body({"owner": owner}))


GET_JOB_EVENTS: Operation[models.JobEvent] = Operation(
    "get_job_events",
    "GET",
    "/v1/jobs/{job_id}/events",
    answers={
        200: (
            Answer("text/event-stream", models.JobEvent, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        410: failures.GONE,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
    last_events=frozenset({"canceled", "completed", "failed"}),
)


def get_job_events(job_id: UUID | str, *, last_event_id: str | MISSING = MISSING) -> Request[models.JobEvent]:
    """Follow a job: the request of the method `get_job_events`."""
    return build(GET_JOB_EVENTS, path={"job_id": job_id}, headers={"Last-Event-ID": last_event_id})
