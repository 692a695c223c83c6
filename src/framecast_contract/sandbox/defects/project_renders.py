"""Defects of renders of projects: the job they make, and when they are refused."""

import sqlite3
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.defects.planting import Defect, fix, replace
from framecast_contract.sandbox.http import Call, Caller, conflict
from framecast_contract.sandbox.projects import team_owner

_PROJECTS = "tests/lifecycle/test_project_renders.py"
_PROJECT_JOB = f"{_PROJECTS}::test_the_job_of_a_project_is_the_teams"
_PROJECT_REFUSED = f"{_PROJECTS}::test_a_render_is_refused_in_order"
_ONCE = "tests/properties/test_project_races.py::test_a_project_is_rendered_once_whoever_asks"

Json = dict[str, Any]


def _one_member_s_job(sandbox: Sandbox) -> None:
    """The team still pays, but the job belongs to who asked for it."""
    admit = sandbox.jobs.admit

    def personal(caller: Caller, owner: Owner, *args: Any, **kwargs: Any) -> sqlite3.Row:
        if kwargs.get("project_id") is not None:
            owner = Owner(f"framecast:{owner.team_id}:{caller.id}", owner.team_id, caller.id)
        return admit(caller, owner, *args, **kwargs)

    replace(sandbox.jobs.admit, personal)


def _rendered_again(sandbox: Sandbox) -> None:
    create_project_job, require_state = sandbox.rendering.create_project_job, sandbox.projects.require_state

    def lax(project: sqlite3.Row, *states: str) -> None:
        require_state(project, *states, "rendering")

    def eager(call: Call) -> Response:
        replace(require_state, lax)
        try:
            return create_project_job(call)
        finally:
            replace(require_state, require_state)

    fix(sandbox.projects.require_idle, None)
    replace(sandbox.rendering.create_project_job, eager)


def _slots_first(sandbox: Sandbox) -> None:
    spec_of = sandbox.rendering.spec_of

    def late(project: sqlite3.Row) -> Json:
        if sandbox.jobs.active_jobs(team_owner(project["team_id"])) >= 5:
            raise conflict("the owner has its maximum of active jobs")
        return spec_of(project)

    replace(sandbox.rendering.spec_of, late)


def _options_lost(sandbox: Sandbox) -> None:
    admit = sandbox.jobs.admit

    def forgetful(caller: Caller, owner: Owner, spec: Json, options: Json, *args: Any, **more: Any) -> Any:
        kept = options if more.get("project_id") is None else {}
        return admit(caller, owner, spec, kept, *args, **more)

    replace(sandbox.jobs.admit, forgetful)


DEFECTS = (
    Defect(
        "project-job-of-one-member",
        "INV-J11",
        "The job of a project belongs to the membership of who asked for it.",
        _one_member_s_job,
        (f"{_PROJECT_JOB}[nothing]",),
    ),
    Defect(
        "project-rendered-twice",
        "INV-J12",
        "A project can be rendered again while it renders.",
        _rendered_again,
        (f"{_ONCE}[2]", f"{_PROJECT_REFUSED}[rendering]"),
    ),
    Defect(
        "slots-before-storyboard",
        "PROJECT-16",
        "A render of a broken storyboard is refused for want of slots.",
        _slots_first,
        (f"{_PROJECT_REFUSED}[storyboard, slots and funds]",),
    ),
    Defect(
        "project-job-without-options",
        "PROJECT-17",
        "The options of a project's render are lost.",
        _options_lost,
        (f"{_PROJECT_JOB}[options]",),
    ),
)
