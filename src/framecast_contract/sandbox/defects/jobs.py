"""Defects of the life of a job: its states, the time limit, its end in deletion."""

import sqlite3
from typing import Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, as_if, fix, replace
from framecast_contract.sandbox.http import Call, conflict
from framecast_contract.sandbox.lifecycle import TERMINAL
from framecast_contract.sandbox.operations import Operation

_STATES = "tests/lifecycle/test_job_states.py::test_a_request_does_what_the_state_allows"
_DELETED = "tests/lifecycle/test_job_states.py::test_a_deleted_job_is_gone_everywhere"
_TOO_LONG = "tests/lifecycle/test_time_limit.py::test_processing_for_too_long_fails_the_job"
_WAITING = "tests/lifecycle/test_time_limit.py::test_waiting_in_the_queue_does_not_count"
_LATE = "tests/lifecycle/test_time_limit.py::test_a_late_report_changes_nothing"


def _completed_canceled(sandbox: Sandbox) -> None:
    cancel = sandbox.lifecycle.cancel

    def lax(job: sqlite3.Row, by: str) -> sqlite3.Row:
        return cancel(as_if(job, status="processing") if job["status"] == "completed" else job, by)

    replace(sandbox.lifecycle.cancel, lax)


def _started_twice(sandbox: Sandbox) -> None:
    start = sandbox.lifecycle.start
    replace(sandbox.lifecycle.start, lambda job: start(as_if(job, status="queued")))


def _progress_while_queued(sandbox: Sandbox) -> None:
    report = sandbox.lifecycle.report

    def eager(job: sqlite3.Row, percent: float) -> sqlite3.Row:
        return report(as_if(job, status="processing") if job["status"] == "queued" else job, percent)

    replace(sandbox.lifecycle.report, eager)


def _late_completion(sandbox: Sandbox) -> None:
    complete = sandbox.lifecycle.complete

    def late(job: sqlite3.Row, output: dict[str, Any], size_bytes: int | None) -> sqlite3.Row:
        return complete(
            as_if(job, status="processing") if job["status"] == "canceled" else job, output, size_bytes
        )

    replace(sandbox.lifecycle.complete, late)


def _completion_after_failure(sandbox: Sandbox) -> None:
    complete = sandbox.lifecycle.complete

    def late(job: sqlite3.Row, output: dict[str, Any], size_bytes: int | None) -> sqlite3.Row:
        return complete(
            as_if(job, status="processing") if job["status"] == "failed" else job, output, size_bytes
        )

    replace(sandbox.lifecycle.complete, late)


def _failure_after_completion(sandbox: Sandbox) -> None:
    fail = sandbox.lifecycle.fail

    def late(job: sqlite3.Row, failure_type: str, error: dict[str, Any]) -> sqlite3.Row:
        return fail(
            as_if(job, status="processing") if job["status"] == "completed" else job, failure_type, error
        )

    replace(sandbox.lifecycle.fail, late)


def _no_time_limit(sandbox: Sandbox) -> None:
    fix(sandbox.dispatch.limit_time, None)


def _limit_too_early(sandbox: Sandbox) -> None:
    limit_time = sandbox.dispatch.limit_time
    replace(sandbox.dispatch.limit_time, lambda job_id, seconds: limit_time(job_id, seconds - 60))


def _limit_from_creation(sandbox: Sandbox) -> None:
    seconds = sandbox.settings.render_timeout_seconds

    def limited(job: sqlite3.Row) -> sqlite3.Row:
        sandbox.dispatch.limit_time(job["id"], seconds)
        return job

    alter(sandbox.lifecycle.create, limited)


def _active_deleted(sandbox: Sandbox) -> None:
    fix(sandbox.jobs.check_deletable, None)


def _only_unlisted(sandbox: Sandbox) -> None:
    """A deletion that hides the job from the list alone."""
    hidden = set[str]()

    def hide(call: Call) -> Response:
        job = sandbox.jobs.visible(call.caller, call.path_uuid("job_id"))
        sandbox.jobs.check_deletable(job)
        hidden.add(job["id"])
        return Response(status_code=204)

    replace(sandbox.jobs.delete_job, hide)


def _still_listed(sandbox: Sandbox) -> None:
    kept = list[dict[str, Any]]()
    delete_job, list_jobs = sandbox.jobs.delete_job, sandbox.jobs.list_jobs

    def delete(call: Call) -> Response:
        shown = sandbox.jobs.view(sandbox.jobs.visible(call.caller, call.path_uuid("job_id")))
        response = delete_job(call)
        kept.append(shown)
        return response

    replace(sandbox.jobs.delete_job, delete)
    replace(sandbox.jobs.list_jobs, lambda call: JSONResponse(kept) if kept else list_jobs(call))


def _only_ended_cloned(sandbox: Sandbox) -> None:
    clone_job = sandbox.jobs.clone_job

    def strict(call: Call) -> Response:
        if sandbox.jobs.visible(call.caller, call.path_uuid("job_id"))["status"] not in TERMINAL:
            raise conflict("job is still active")
        return clone_job(call)

    replace(sandbox.jobs.clone_job, strict)


def _started_at_birth(sandbox: Sandbox) -> None:
    alter(sandbox.lifecycle.create, sandbox.lifecycle.start)


def _requeued(sandbox: Sandbox) -> None:
    def back(job: sqlite3.Row) -> sqlite3.Row:
        sandbox.database.update("jobs", job["id"], {"status": "queued"})
        return sandbox.jobs.row(job["id"])

    alter(sandbox.lifecycle.report, back)


def _refusal_noted(sandbox: Sandbox) -> None:
    answer = sandbox.answer

    async def note(operation: Operation, call: Call) -> Response:
        response = await answer(operation, call)
        if operation.operation_id == "cancel_job" and response.status_code == 409:
            sandbox.database.update("jobs", call.path_uuid("job_id"), {"updated_at": sandbox.stamp()})
        return response

    replace(sandbox.answer, note)


DEFECTS = (
    Defect(
        "completed-job-canceled",
        "JOB-6",
        "A completed job can be canceled, with a refund.",
        _completed_canceled,
        (f"{_STATES}[cancel_job-completed]",),
    ),
    Defect(
        "job-started-twice",
        "JOB-2",
        "A report that the render started is taken in every state.",
        _started_twice,
        (f"{_STATES}[callback_started-processing]",),
    ),
    Defect(
        "progress-before-start",
        "D-27",
        "Progress is taken for a job that has not started.",
        _progress_while_queued,
        (f"{_STATES}[callback_progress-queued]",),
    ),
    Defect(
        "completion-after-cancel-wins",
        "JOB-4",
        "A render that completes after it was canceled makes the job completed, refund included.",
        _late_completion,
        (f"{_STATES}[callback_completed-canceled]",),
    ),
    Defect(
        "completion-after-timeout-wins",
        "JOB-7",
        "A render that completes after the time limit revives the failed job.",
        _completion_after_failure,
        (_LATE,),
    ),
    Defect(
        "completed-job-fails",
        "JOB-5",
        "A failure reported after completion fails the job and refunds it.",
        _failure_after_completion,
        (f"{_STATES}[callback_failed-completed]",),
    ),
    Defect(
        "no-time-limit",
        "JOB-9",
        "A render may take for ever.",
        _no_time_limit,
        (f"{_TOO_LONG}[0]",),
    ),
    Defect(
        "time-limit-a-minute-early",
        "JOB-9",
        "A render is ended after 29 minutes.",
        _limit_too_early,
        (f"{_TOO_LONG}[0]",),
    ),
    Defect(
        "time-limit-counts-the-queue",
        "JOB-9",
        "The 30 minutes begin when the job is created.",
        _limit_from_creation,
        (_WAITING,),
    ),
    Defect(
        "active-job-deleted",
        "D-8",
        "Jobs can be deleted while they wait or render.",
        _active_deleted,
        (f"{_STATES}[delete_job-queued]", f"{_STATES}[delete_job-processing]"),
    ),
    Defect(
        "deleted-job-readable",
        "JOB-10",
        "A deleted job can still be read.",
        _only_unlisted,
        (f"{_DELETED}[failed]",),
    ),
    Defect(
        "deleted-job-listed",
        "JOB-10",
        "A deleted job stays in the list.",
        _still_listed,
        (f"{_DELETED}[failed]",),
    ),
    Defect(
        "active-job-not-cloned",
        "D-7",
        "A job can be cloned only when it has ended.",
        _only_ended_cloned,
        (f"{_STATES}[clone_job-queued]", f"{_STATES}[clone_job-processing]"),
    ),
    Defect(
        "job-started-at-birth",
        "JOB-1",
        "A new job is processing before anybody renders it.",
        _started_at_birth,
        ("tests/lifecycle/test_job_endings.py::test_a_queued_job_can_be_canceled_for_the_fee",),
    ),
    Defect(
        "progress-requeues",
        "JOB-3",
        "A job of which progress is reported is queued again.",
        _requeued,
        (f"{_STATES}[callback_progress-processing]",),
    ),
    Defect(
        "refusal-noted-on-job",
        "JOB-8",
        "A refused cancellation moves the update time of the job.",
        _refusal_noted,
        (f"{_STATES}[cancel_job-completed]",),
    ),
)
