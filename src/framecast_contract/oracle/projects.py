"""Projects: who may do what to one in which state, what each request leaves behind, and what a read shows.

A project is a draft, rendering, completed or archived. Its state follows its jobs: the newest one decides
whether it is rendering, and how that job ends decides what the project is afterwards.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from framecast_contract.oracle.bodies import is_id
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.job_life import ACTIVE, Step
from framecast_contract.oracle.jobs import newest_first
from framecast_contract.oracle.judging import (
    broken_birth_time,
    broken_constants,
    broken_expectations,
    broken_update_time,
)
from framecast_contract.oracle.spec_equality import same_member
from framecast_contract.oracle.words import (
    CONFLICT,
    CREATED,
    FORBIDDEN,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    Answer,
    Broken,
    Json,
)

STATUSES = ("draft", "rendering", "completed", "archived")
CONSTANT = ("id", "team_id", "created_by", "created_at")
TEAM_PATHS = ("list_projects", "create_project", "list_webhooks", "create_webhook")

_SUCCESS = {"create_project_job": CREATED, "delete_project": NO_CONTENT}
# In draft, rendering, completed and archived: the state afterwards, "gone", or - where it is answered 409.
_MOVES = {
    "get_project": "draft rendering completed archived",
    "list_projects": "draft rendering completed archived",
    "create_project_job": "rendering - rendering -",
    "update_project": "draft - completed archived",
    "update_project_spec": "draft - completed -",
    "delete_project": "gone - gone gone",
    "archive_project": "archived - archived -",
    "unarchive_project": "- - - draft",
}
REQUESTS = tuple(_MOVES)

_LEADERS = ("owner", "admin")
_EDITORS = (*_LEADERS, "member")
_ALL = (*_EDITORS, "viewer")
ROLES = {
    "list_projects": _ALL, "get_project": _ALL, "create_project": _EDITORS, "update_project": _EDITORS,
    "update_project_spec": _EDITORS, "create_project_job": _EDITORS, "delete_project": _LEADERS,
    "archive_project": _LEADERS, "unarchive_project": _LEADERS,
}  # fmt: skip


def project_step(operation_id: str, status: str | None) -> Step:
    """Answer and next state of a request that nothing but the project's state can refuse.

    `status` is None for a project that is not there or was deleted with its team (INV-P2); the next state is
    None when the project is gone. Raises ValueError for a word that is no such request or state.
    """
    if operation_id not in _MOVES or status not in (*STATUSES, None):
        raise ValueError(
            f"{operation_id!r} in {status!r} is unknown, expected one of {', '.join(REQUESTS)} "
            f"in one of {', '.join(STATUSES)}"
        )
    if status is None:
        return Step(NOT_FOUND, None)
    moved = _MOVES[operation_id].split()[STATUSES.index(status)]
    if moved == "-":
        return Step(CONFLICT, status)
    return Step(_SUCCESS.get(operation_id, OK), None if moved == "gone" else moved)


def project_answer(operation_id: str, status: str | None) -> Answer:
    """What a request of somebody with the right role is answered in a state (PROJECT-2 to PROJECT-5)."""
    return project_step(operation_id, status).answer


def project_after(job_status: str) -> str:
    """The state of a project whose newest job has just come to `job_status` (PROJECT-6, INV-P5)."""
    if job_status in ACTIVE:
        return "rendering"
    return "completed" if job_status == "completed" else "draft"


def role_answer(operation_id: str, role: str | None) -> Answer | None:
    """The refusal of a team member of `role`, or with None of a stranger; None when the role will do."""
    if role is None:
        return stranger_answer(operation_id)
    return None if role in ROLES[operation_id] else FORBIDDEN


def stranger_answer(operation_id: str) -> Answer:
    """What somebody outside the team is answered: 403 on a path below the team, else 404 (D-16)."""
    return FORBIDDEN if operation_id in TEAM_PATHS else NOT_FOUND


def new_project(team_id: str, caller: str, body: Json) -> dict[str, Any]:
    """Every member but id and times of a project just created from an accepted body (PROJECT-1)."""
    return {
        "team_id": team_id, "created_by": caller, "name": body["name"], "status": "draft",
        "spec": body.get("spec"), "latest_job_status": None,
    }  # fmt: skip


def changed(operation_id: str, project: Json, body: Json | None = None) -> dict[str, Any]:
    """The project after an accepted update, archiving or unarchiving, its update time left as it was."""
    after: dict[str, Any] = {**project, "status": project_step(operation_id, project["status"]).status}
    sent = body or {}
    if operation_id == "update_project" and sent.get("name") is not None:
        after["name"] = sent["name"]
    if operation_id == "update_project_spec":
        after["spec"] = sent["spec"]
    return after


def broken_project_birth_rules(project: Json, *, team_id: str, caller: str, body: Json) -> list[Broken]:
    """PROJECT-1 for the project in the 201 of `create_project`."""
    return broken_expectations("PROJECT-1", "a new project", project, new_project(team_id, caller, body))


def broken_change_rules(
    operation_id: str, before: Json, after: Json, body: Json | None = None
) -> list[Broken]:
    """Judge the 200 of an update against the project as read just before it (PROJECT-4, 7, 8, 9, 10)."""
    rule_ids = {"update_project": "PROJECT-8", "update_project_spec": "PROJECT-9"}
    rule_id = rule_ids.get(operation_id, "PROJECT-4")
    expected = changed(operation_id, before, body)
    expected.pop("updated_at", None)
    broken = broken_expectations(rule_id, "the project", after, expected)
    return broken + broken_update_time(before, after, updated=True)


def broken_project_rules(project: Json) -> list[Broken]:
    """Judge one project as read or listed: state, creator, times, and that it agrees with its newest job."""
    status, latest = project.get("status"), project.get("latest_job_status")
    broken = []
    if status not in STATUSES:
        broken.append(Broken("INV-P1", f"status is {status!r}, expected one of {', '.join(STATUSES)}"))
    if not is_id(project.get("created_by")):
        broken.append(
            Broken("INV-P3", f"created_by is {project.get('created_by')!r}, expected the id of a user")
        )
    return [*broken, *broken_birth_time(project, "INV-P4", "INV-TIME1"), *_agreement(status, latest)]


def _agreement(status: Any, latest: Any) -> list[Broken]:
    if status == "rendering" and latest not in ACTIVE:
        return [Broken("INV-P5", f"a rendering project's newest job is {latest!r}, expected an active one")]
    if status in STATUSES and status != "rendering" and latest in ACTIVE:
        return [Broken("PROJECT-7", f"the project is {status}, but its newest job is {latest}")]
    if status == "completed" and latest != "completed":
        return [Broken("PROJECT-6", f"a completed project's newest job is {latest!r}")]
    return []


def broken_project_jobs_rules(project: Json, jobs: Iterable[Json]) -> list[Broken]:
    """Judge a project and all jobs of it, read with nothing happening in between (INV-P5, PROJECT-7)."""
    known = list(jobs)
    births = [instant(job.get("created_at")) for job in known]
    # Jobs born in one instant may be in either order, so each of them counts as the newest.
    newest = {
        job.get("status")
        for job, birth in zip(known, births, strict=True)
        if all(other is None or birth is None or birth >= other for other in births)
    } or {None}
    broken = []
    if project.get("latest_job_status") not in newest:
        seen, found = project.get("latest_job_status"), sorted(map(str, newest))
        broken.append(Broken("PROJECT-11", f"latest_job_status is {seen!r}, newest: {', '.join(found)}"))
    active = any(job.get("status") in ACTIVE for job in known)
    if active != (project.get("status") == "rendering"):
        rule_id = "PROJECT-7" if active else "INV-P5"
        broken.append(Broken(rule_id, f"the project is {project.get('status')}, active jobs: {active}"))
    return broken


def broken_project_transition(before: Json, after: Json) -> list[Broken]:
    """Judge two reads of one project, `after` taken later: every state can follow every other in time."""
    broken = broken_constants("PROJECT-10", before, after, CONSTANT)
    names = ("name", "spec", "status")
    changed_now = any(not same_member(name, before.get(name), after.get(name)) for name in names)
    return broken + broken_update_time(before, after, updated=changed_now)


def matching(
    projects: Iterable[Json], *, status: str | None = None, include_archived: bool = False
) -> list[Json]:
    """Those of a team's `projects` that `list_projects` keeps, in their order (PROJECT-12)."""
    shown = [project for project in projects if status in (None, project.get("status"))]
    if include_archived or status == "archived":
        return shown
    return [project for project in shown if project.get("status") != "archived"]


def broken_project_list_rules(
    projects: Sequence[Json], *, team_id: str, status: str | None = None, include_archived: bool = False
) -> list[Broken]:
    """Judge an answer of `list_projects` (PROJECT-12, PROJECT-13)."""
    foreign = [each.get("id") for each in projects if each.get("team_id") != team_id]
    broken = [Broken("PROJECT-12", f"projects of another team are listed: {foreign}")] if foreign else []
    kept = matching(projects, status=status, include_archived=include_archived)
    hidden = [each.get("id") for each in projects if each not in kept]
    if hidden:
        broken.append(Broken("PROJECT-12", f"projects the filter leaves out are listed: {hidden}"))
    if not newest_first(projects, "updated_at"):
        broken.append(Broken("PROJECT-13", "the list is not ordered by updated_at, newest first"))
    return broken
