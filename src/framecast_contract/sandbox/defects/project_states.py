"""Defects of the state of a project: what it allows, and how it follows the jobs."""

import json
import sqlite3
from typing import Any

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, as_if, replace
from framecast_contract.sandbox.lifecycle import TERMINAL

_STATES = "tests/lifecycle/test_project_states.py"
_ALLOWED = f"{_STATES}::test_a_request_does_what_the_state_allows"
_ENDS = f"{_STATES}::test_a_render_ends_in_a_completed_project_or_in_a_draft"
_HALFWAY = f"{_STATES}::test_a_render_that_is_canceled_halfway_leaves_a_draft"
_TOO_LONG = f"{_STATES}::test_a_render_that_takes_too_long_leaves_a_draft"
_BACK = f"{_STATES}::test_a_completed_project_comes_back_from_the_archive_as_a_draft_with_its_job"
_WON = "tests/properties/test_project_races.py::test_a_project_follows_the_ending_that_won"
_LIFE = f"{_STATES}::test_a_life_of_a_project_is_as_the_model_tells_it"


def _taken_for_draft(sandbox: Sandbox, status: str) -> None:
    """A project in this state may be treated as if it were a draft."""
    require_state = sandbox.projects.require_state

    def lax(project: sqlite3.Row, *states: str) -> None:
        require_state(as_if(project, status="draft") if project["status"] == status else project, *states)

    replace(sandbox.projects.require_state, lax)


def _follows_otherwise(sandbox: Sandbox, **moves: str | None) -> None:
    """These states of a job put its project elsewhere, or with None nowhere."""
    status_after = sandbox.projects.status_after
    replace(
        sandbox.projects.status_after,
        lambda job_status: moves[job_status] if job_status in moves else status_after(job_status),
    )


def _completed_restored(sandbox: Sandbox) -> None:
    change = sandbox.projects.change

    def restore(project_id: str, changes: dict[str, Any]) -> sqlite3.Row:
        done = sandbox.projects.latest_job_status(project_id) == "completed"
        if changes == {"status": "draft"} and done:
            return change(project_id, {"status": "completed"})
        return change(project_id, changes)

    replace(sandbox.projects.change, restore)


def _oldest_job_shown(sandbox: Sandbox) -> None:
    def oldest(project_id: str) -> str | None:
        job = sandbox.database.one(
            "SELECT status FROM jobs WHERE project_id = ? ORDER BY created_at", project_id
        )
        return None if job is None else str(job["status"])

    replace(sandbox.projects.latest_job_status, oldest)


def _job_shown_late(sandbox: Sandbox) -> None:
    alter(sandbox.projects.latest_job_status, lambda status: None if status == "queued" else status)


def _all_jobs_end(sandbox: Sandbox) -> None:
    """The end of a job is written to every job of its project."""
    follow = sandbox.projects.follow

    def spread(job: sqlite3.Row) -> None:
        follow(job)
        if job["project_id"] is not None and job["status"] in TERMINAL:
            sql = "UPDATE jobs SET status = ? WHERE project_id = ?"
            sandbox.database.run(sql, job["status"], job["project_id"])

    replace(sandbox.projects.follow, spread)


def _renamed_by_render(sandbox: Sandbox) -> None:
    follow = sandbox.projects.follow

    def rename(job: sqlite3.Row) -> None:
        follow(job)
        if job["project_id"] is not None and job["status"] == "completed":
            sandbox.projects.change(job["project_id"], {"name": json.loads(job["spec_snapshot"])["title"]})

    replace(sandbox.projects.follow, rename)


DEFECTS = (
    Defect(
        "rendering-project-changed",
        "PROJECT-2",
        "A project can be renamed, rewritten and archived while it renders.",
        lambda sandbox: _taken_for_draft(sandbox, "rendering"),
        (f"{_ALLOWED}[rendering, queued-update_project]", f"{_ALLOWED}[rendering, started-archive_project]"),
    ),
    Defect(
        "archived-project-rendered",
        "PROJECT-3",
        "An archived project can be rendered and rewritten.",
        lambda sandbox: _taken_for_draft(sandbox, "archived"),
        (f"{_ALLOWED}[archived-create_project_job]", f"{_ALLOWED}[archived-update_project_spec]"),
    ),
    Defect(
        "unarchived-as-completed",
        "PROJECT-4",
        "A project that was completed when it was archived comes back completed.",
        _completed_restored,
        (_BACK, f"{_ALLOWED}[archived after completed-unarchive_project]"),
    ),
    Defect(
        "project-waits-for-start",
        "PROJECT-5",
        "A project is rendering only when its job has started.",
        lambda sandbox: _follows_otherwise(sandbox, queued=None, processing="rendering"),
        (f"{_ALLOWED}[draft-create_project_job]", f"{_ENDS}[draft-completed]"),
    ),
    Defect(
        "failed-render-completes-project",
        "PROJECT-6",
        "A project counts as completed although its render failed.",
        lambda sandbox: _follows_otherwise(sandbox, failed="completed"),
        (f"{_ENDS}[draft-failed]", f"{_WON}[failed]"),
    ),
    Defect(
        "project-free-once-started",
        "PROJECT-7",
        "A project is a draft again as soon as its render has started.",
        lambda sandbox: _follows_otherwise(sandbox, processing="draft"),
        (f"{_ALLOWED}[rendering, started-get_project]", f"{_HALFWAY}[40]"),
    ),
    Defect(
        "project-shows-oldest-job",
        "PROJECT-11",
        "A project shows the state of its first job, not of its newest.",
        _oldest_job_shown,
        (f"{_ENDS}[completed-failed]",),
    ),
    Defect(
        "project-hides-queued-job",
        "PROJECT-11",
        "A project does not show a job that still waits.",
        _job_shown_late,
        (f"{_ALLOWED}[rendering, queued-get_project]",),
    ),
    Defect(
        "project-renders-for-ever",
        "INV-P5",
        "A project stays rendering when its render fails.",
        lambda sandbox: _follows_otherwise(sandbox, failed=None),
        (f"{_ENDS}[completed-failed]", f"{_TOO_LONG}[draft]"),
    ),
    Defect(
        "end-of-job-spreads",
        "WORLD-1",
        "The end of a job is the end of every earlier job of its project, whatever that was.",
        _all_jobs_end,
        (_LIFE,),
    ),
    Defect(
        "render-renames-project",
        "WORLD-3",
        "A project is named after its storyboard once it was rendered.",
        _renamed_by_render,
        (_LIFE,),
    ),
)
