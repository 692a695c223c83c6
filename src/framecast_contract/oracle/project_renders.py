"""Rendering a project: the refusals in their order, and the job that comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framecast_contract.oracle.bodies import is_object, is_text
from framecast_contract.oracle.credits import affordable
from framecast_contract.oracle.jobs import broken_birth_rules
from framecast_contract.oracle.judging import broken_expectations, broken_race
from framecast_contract.oracle.prices import price
from framecast_contract.oracle.projects import project_answer, role_answer
from framecast_contract.oracle.specs import spec_answer
from framecast_contract.oracle.system_assets import CATALOGUE
from framecast_contract.oracle.words import CONFLICT, CREATED, INVALID, UNPAYABLE, Answer, Broken, Json

LONGEST_NAME = 200


def body_answer(operation_id: str, body: Any) -> Answer | None:
    """The 400 that a decoded body of a project operation earns, None for a good one (PROJECT-15, D-14).

    The body of a render may be left out: `{}` stands for that. An operation without a body reads none.
    """
    judges = {
        "create_project": _creation_fits, "update_project": _renaming_fits,
        "update_project_spec": _storyboard_fits, "create_project_job": _options_fit,
    }  # fmt: skip
    judge = judges.get(operation_id)
    return None if judge is None or (isinstance(body, Mapping) and judge(body)) else INVALID


def _creation_fits(body: Json) -> bool:
    return is_text(body.get("name"), 1, LONGEST_NAME) and (
        body.get("spec") is None or is_object(body["spec"])
    )


def _renaming_fits(body: Json) -> bool:
    return body.get("name") is None or is_text(body["name"], 1, LONGEST_NAME)


def _storyboard_fits(body: Json) -> bool:
    return is_object(body.get("spec"))


def _options_fit(body: Json) -> bool:
    return body.get("options") is None or is_object(body["options"])


@dataclass(frozen=True, slots=True)
class ProjectRender:
    """What `create_project_job` of a creator meets.

    `role` is the caller's in the project's team, None for a stranger; `status` and `spec` are the project's,
    `status` None without one; `free_slots` and `balance`, in credits, are the team's; `ready_assets` holds
    the content type of every ready asset the caller can access, by id.
    """

    role: str | None
    status: str | None
    spec: Any
    free_slots: int
    balance: int
    has_active_job: bool = False
    ready_assets: Mapping[str, str] = field(default_factory=dict)


def render_project_refusals(render: ProjectRender) -> tuple[Answer, ...]:
    """Every refusal a render may get, in order (PROJECT-16); that of slots and funds alone is open."""
    refused = role_answer("create_project_job", render.role)
    if refused:
        return (refused,)
    state = project_answer("create_project_job", render.status)
    if not state.accepted:
        return (state,)
    if render.has_active_job or render.spec is None:
        return (CONFLICT,)
    invalid = spec_answer(render.spec, catalogue=CATALOGUE, ready_assets=render.ready_assets)
    if invalid:
        return (invalid,)
    full = CONFLICT if render.free_slots < 1 else None
    poor = None if affordable(render.balance, price(render.spec)) else UNPAYABLE
    return tuple(answer for answer in (full, poor) if answer)


def render_project_answer(render: ProjectRender) -> Answer:
    """What `create_project_job` answers, by the first refusal in documented order."""
    return next(iter(render_project_refusals(render)), CREATED)


def broken_project_job_rules(
    project: Json, job: Json, *, caller: str, options: Json | None = None
) -> list[Broken]:
    """Judge the job in a 201 of `create_project_job`, `project` as read just before (PROJECT-17)."""
    expected = {
        "owner": f"framecast:team:{project['team_id']}", "project_id": project["id"], "triggered_by": caller,
        "spec_snapshot": project["spec"], "options": options or {}, "idempotency_key": None,
    }  # fmt: skip
    return [*broken_birth_rules(job), *broken_expectations("PROJECT-17", "the job", job, expected)]


def broken_orphan_rules(before: Json, after: Json) -> list[Broken]:
    """PROJECT-18 for a job of a project, read before and after the project was deleted."""
    if after.get("project_id") is None and before.get("status") == after.get("status"):
        return []
    return [
        Broken(
            "PROJECT-18",
            f"the job of a deleted project is {after.get('status')} in {after.get('project_id')!r}, "
            f"expected {before.get('status')} in no project",
        )
    ]


def broken_parallel_renders(statuses: Sequence[int]) -> list[Broken]:
    """INV-J12 for parallel renders of one project that nothing else could refuse: one wins, the rest 409."""
    return broken_race("INV-J12", statuses, won=201)
