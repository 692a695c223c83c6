"""Defects of what a job says about itself, and of what a clone takes from its source."""

import json
import sqlite3
from functools import partial
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, fix, replace, with_body
from framecast_contract.sandbox.http import Call
from framecast_contract.sandbox.lifecycle import TERMINAL

_STATES = "tests/lifecycle/test_job_states.py::test_a_request_does_what_the_state_allows"
_CLONES = "tests/lifecycle/test_job_states.py::test_a_clone_is_a_new_job_of_the_same_storyboard"
_READS = "tests/lifecycle/test_job_reads.py::test_every_read_is_sound_and_follows_from_the_one_before"
_LATER = "tests/lifecycle/test_job_reads.py::test_nothing_that_comes_later_changes_a_finished_job"
_PROJECT = "tests/lifecycle/test_project_renders.py::test_a_job_is_deleted_only_after_its_project"
_BIRTH = "tests/lifecycle/test_job_creation.py::test_a_new_job_is_blank_and_charged"


def _shows(sandbox: Sandbox, states: tuple[str, ...], **members: Any) -> None:
    """Jobs in these states are shown with these members, whatever is stored."""
    alter(sandbox.jobs.view, lambda shown: shown | members if shown["status"] in states else shown)


def _changes(sandbox: Sandbox, job: sqlite3.Row, **columns: Any) -> sqlite3.Row:
    sandbox.database.update("jobs", job["id"], columns)
    return sandbox.jobs.row(job["id"])


def _net_charge(sandbox: Sandbox) -> None:
    alter(
        sandbox.jobs.view,
        lambda shown: shown | {"credits_charged": shown["credits_charged"] - shown["credits_refunded"]},
    )


def _still_clock(sandbox: Sandbox) -> None:
    alter(sandbox.jobs.view, lambda shown: shown | {"updated_at": shown["created_at"]})


def _start_moves(sandbox: Sandbox) -> None:
    alter(sandbox.lifecycle.report, lambda job: _changes(sandbox, job, started_at=job["updated_at"]))


def _end_before_start(sandbox: Sandbox) -> None:
    alter(
        sandbox.jobs.view,
        lambda shown: shown | {"completed_at": shown["completed_at"] and shown["created_at"]},
    )


def _rewritten_spec(sandbox: Sandbox) -> None:
    def normalized(job: sqlite3.Row) -> sqlite3.Row:
        spec = json.loads(job["spec_snapshot"])
        return _changes(sandbox, job, spec_snapshot=json.dumps(spec | {"title": spec["title"].upper()}))

    alter(sandbox.lifecycle.start, normalized)


def _touched_by_reading(sandbox: Sandbox) -> None:
    get_job = sandbox.jobs.get_job

    def touch(call: Call) -> Response:
        job = sandbox.jobs.visible(call.caller, call.path_uuid("job_id"))
        _changes(sandbox, job, updated_at=sandbox.stamp())
        return get_job(call)

    replace(sandbox.jobs.get_job, touch)


def _clone_is(sandbox: Sandbox, **columns: Any) -> None:
    def changed(response: Response) -> Response:
        job = sandbox.jobs.row(json.loads(bytes(response.body))["id"])
        shown = sandbox.jobs.view(_changes(sandbox, job, **columns))
        return with_body(response, lambda _: shown)

    alter(sandbox.jobs.clone_job, changed)


def _free_clone(sandbox: Sandbox) -> None:
    clone_job = sandbox.jobs.clone_job
    debit = sandbox.credits.debit

    def free(call: Call) -> Response:
        fix(debit, None)
        try:
            return clone_job(call)
        finally:
            replace(debit, debit)

    replace(sandbox.jobs.clone_job, free)


DEFECTS = (
    Defect(
        "start-time-missing",
        "INV-J3",
        "A processing job does not say when it started.",
        partial(_shows, states=("processing",), started_at=None),
        (f"{_STATES}[callback_progress-processing]",),
    ),
    Defect(
        "end-time-missing",
        "INV-J2",
        "A finished job does not say when it ended.",
        partial(_shows, states=TERMINAL, completed_at=None),
        (f"{_STATES}[cancel_job-processing]",),
    ),
    Defect(
        "end-before-start",
        "INV-TIME3",
        "A finished job claims to have ended when it was created.",
        _end_before_start,
        (f"{_STATES}[cancel_job-processing]",),
    ),
    Defect(
        "failure-type-on-completed",
        "INV-J7",
        "A completed job has a failure type.",
        partial(_shows, states=("completed",), failure_type="system"),
        (f"{_STATES}[callback_completed-processing]",),
    ),
    Defect(
        "failure-type-missing",
        "INV-J6",
        "A canceled job does not say what kind of failure it was.",
        partial(_shows, states=("canceled",), failure_type=None),
        (f"{_STATES}[cancel_job-queued]",),
    ),
    Defect(
        "error-missing",
        "INV-J5",
        "A failed job does not say why.",
        partial(_shows, states=("failed",), error=None),
        (f"{_STATES}[callback_failed-processing]",),
    ),
    Defect(
        "output-missing",
        "INV-J4",
        "A completed job has no output.",
        partial(_shows, states=("completed",), output=None, output_size_bytes=None),
        (f"{_STATES}[callback_completed-processing]",),
    ),
    Defect(
        "unknown-status",
        "INV-J1",
        "A rendering job has a status that the contract does not know.",
        partial(_shows, states=("processing",), status="running"),
        (f"{_STATES}[callback_progress-processing]",),
    ),
    Defect(
        "progress-null",
        "JOB-20",
        "A new job has null for its progress instead of an empty object.",
        partial(_shows, states=("queued",), progress=None),
        (_BIRTH,),
    ),
    Defect(
        "charge-as-text",
        "JOB-20",
        "Credits are sent as text instead of a number.",
        partial(_shows, states=("queued",), credits_charged="9"),
        (_BIRTH,),
    ),
    Defect(
        "charge-net-of-refund",
        "JOB-16",
        "The charge of a job is lowered by its refund.",
        _net_charge,
        (f"{_STATES}[cancel_job-queued]", f"{_READS}[out of the queue]"),
    ),
    Defect(
        "update-time-stands",
        "JOB-18",
        "Changes of a job do not move its update time.",
        _still_clock,
        (f"{_STATES}[callback_progress-processing]", f"{_READS}[to completion]"),
    ),
    Defect(
        "start-time-moves",
        "JOB-19",
        "Every progress report sets the start time anew.",
        _start_moves,
        (f"{_STATES}[callback_progress-processing]", f"{_READS}[to completion]"),
    ),
    Defect(
        "spec-rewritten",
        "JOB-16",
        "Starting a render rewrites the stored storyboard.",
        _rewritten_spec,
        (f"{_STATES}[callback_started-queued]", f"{_READS}[to failure]"),
    ),
    Defect(
        "reading-changes-job",
        "JOB-17",
        "Reading a finished job moves its update time.",
        _touched_by_reading,
        (f"{_STATES}[delete_job-completed]", f"{_LATER}[completed]"),
    ),
    Defect(
        "rendering-job-leaves-project",
        "JOB-22",
        "While it renders, the job of a project is shown without its project.",
        partial(_shows, states=("processing",), project_id=None),
        (f"{_PROJECT}[completed]",),
    ),
    Defect(
        "clone-has-key",
        "IDEM-9",
        "A clone carries an idempotency key.",
        partial(_clone_is, idempotency_key="copied"),
        (f"{_CLONES}[completed]",),
    ),
    Defect(
        "clone-drops-options",
        "JOB-21",
        "A clone loses the options of its source.",
        partial(_clone_is, options="{}"),
        (f"{_CLONES}[completed]",),
    ),
    Defect(
        "clone-is-free",
        "PRICE-6",
        "A clone says what it was charged, but takes nothing.",
        _free_clone,
        (f"{_CLONES}[completed]",),
    ),
    Defect(
        "progress-above-100",
        "JOB-15",
        "Progress is shown in thousandths.",
        partial(_shows, states=("processing",), progress={"percent": 500}),
        (f"{_STATES}[callback_progress-processing]", f"{_READS}[to failure]"),
    ),
    Defect(
        "output-size-too-early",
        "JOB-11",
        "A rendering job has the size of an output already.",
        partial(_shows, states=("processing",), output_size_bytes=1),
        (f"{_STATES}[callback_progress-processing]", f"{_READS}[to completion]"),
    ),
    Defect(
        "error-on-canceled",
        "JOB-12",
        "A canceled job has an error.",
        partial(_shows, states=("canceled",), error={"message": "canceled"}),
        (f"{_STATES}[cancel_job-queued]", f"{_READS}[to cancellation]"),
    ),
    Defect(
        "failure-type-too-early",
        "JOB-13",
        "A rendering job has a failure type.",
        partial(_shows, states=("processing",), failure_type="system"),
        (f"{_STATES}[callback_progress-processing]", f"{_READS}[to failure]"),
    ),
    Defect(
        "end-time-too-early",
        "JOB-14",
        "A rendering job says when it ended.",
        partial(_shows, states=("processing",), completed_at="2026-01-05T13:00:00Z"),
        (f"{_STATES}[callback_progress-processing]", f"{_READS}[to cancellation]"),
    ),
    Defect(
        "updated-before-created",
        "INV-J10",
        "A job was updated before it was created.",
        partial(_shows, states=("processing",), updated_at="2020-01-01T00:00:00Z"),
        (f"{_STATES}[callback_progress-processing]", f"{_READS}[to failure]"),
    ),
    Defect(
        "job-of-somebody-else",
        "INV-J13",
        "A new job is said to be triggered by somebody else.",
        partial(_shows, states=("queued",), triggered_by="7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11"),
        (_BIRTH,),
    ),
)
