"""Rendering a project: the job that comes of it, who may, in which order it is refused, slots and funds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from framecast_client import ConflictError, operations
from framecast_contract.oracle.access import cancel_answers
from framecast_contract.oracle.job_life import step
from framecast_contract.oracle.jobs import broken_clone_rules
from framecast_contract.oracle.limits import broken_slot_rules, slot_limit
from framecast_contract.oracle.project_renders import (
    ProjectRender,
    body_answer,
    broken_orphan_rules,
    broken_project_job_rules,
    render_project_refusals,
)
from framecast_contract.oracle.projects import project_answer, role_answer
from framecast_contract.oracle.words import CREATED
from framecast_contract.target.people import People
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to, as_json
from framecast_contract.workloads.projects import new_project, project_that_is, render_to
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard, storyboard_worth
from framecast_contract.workloads.teams import (
    STANDINGS,
    Standing,
    Team,
    another,
    known_as,
    role_in,
    somebody,
    team_with,
)

pytestmark = [pytest.mark.needs("credits", "renders"), pytest.mark.usefixtures("back_end")]

LIMIT = slot_limit("framecast:team:", "creator")
BODIES: Mapping[str, Any] = {
    "nothing": {},
    "no options": {"options": None},
    "options": {"options": {"draft": True, "sizes": [1, 2.5]}},
    "members nobody knows": {"owner": "me", "idempotency_key": "k", "spec": {}},
    "options are a list": {"options": []},
    "options are a text": {"options": "{}"},
    "options with U+0000": {"options": {"a": "b\0"}},
    "an array": [],
}


@pytest.mark.rule(
    "PROJECT-17", "PROJECT-15", "PROJECT-5", "INV-J11", "JOB-1", "JOB-20", "CREDIT-1", "CREDIT-2"
)
@pytest.mark.parametrize("wish", BODIES)
async def test_the_job_of_a_project_is_the_teams(people: People, wish: str) -> None:
    team, body = await team_with(people, "member", credits=100), BODIES[wish]
    spec = {**storyboard(1.2, 7), "mood": "kept as sent"}
    project, member = await new_project(team, spec), team.member

    raw = people.raw_client(member.name, f"Bearer {member.token}")
    response = await raw.post(f"/v1/projects/{project.id}/render", json=body)

    expected = body_answer("create_project_job", body) or CREATED
    assert response.status_code == expected.status
    if not expected.accepted:
        assert await member.client.get_project(project.id) == project
        assert (response.json()["error"]["code"], await team.balance()) == (expected.code, 100)
        return
    job, options = response.json(), body.get("options")
    caller = member.user_id
    assert broken_project_job_rules(as_json(project), job, caller=caller, options=options) == []
    estimate = await member.client.estimate_spec(spec)
    assert job["credits_charged"] == estimate.estimated_credits == 100 - await team.balance()
    assert await member.balance() == 0
    assert all_as_json(await team.owner.client.list_jobs(project_id=project.id)) == [
        as_json(await member.client.get_job(job["id"]))
    ]


@pytest.mark.rule("PROJECT-17")
async def test_a_render_needs_no_body(people: People) -> None:
    team = await team_with(people, credits=100)
    raw = people.raw_client("owner", f"Bearer {team.owner.token}")
    empty: list[dict[str, Any]] = [{}, {"content": b""}, {"headers": {"Content-Type": "application/json"}}]

    for sent in empty:
        project = await new_project(team)
        assert await answer_of(raw.post(f"/v1/projects/{project.id}/render", **sent)) == CREATED


@pytest.mark.rule("PROJECT-14", "PROJECT-16", "D-16")
@pytest.mark.parametrize("standing", STANDINGS)
async def test_who_may_render(people: People, standing: Standing) -> None:
    team = await team_with(people, credits=100)
    person, project = await somebody(people, team, standing), await new_project(team)

    answer = await answer_to(person.client, operations.create_project_job(project.id))

    assert answer == (role_answer("create_project_job", role_in(standing)) or CREATED)
    jobs = await team.owner.client.list_jobs(project_id=project.id)
    assert [str(job.triggered_by) for job in jobs] == ([person.user_id] if answer.accepted else [])


@pytest.mark.rule("ACCESS-7", "D-9", "PROJECT-6")
@pytest.mark.parametrize("standing", STANDINGS)
async def test_who_may_cancel_a_render(people: People, standing: Standing) -> None:
    team = await team_with(people, "member", credits=100)
    person = team.owner if standing == "owner" else await another(people, team, standing)
    job = await team.member.client.create_project_job((project := await new_project(team)).id)

    answer = await answer_to(person.client, operations.cancel_job(job.id))

    assert answer in cancel_answers(as_json(job), known_as(person, team, standing))
    after = await team.owner.client.get_project(project.id)
    assert after.status == ("draft" if answer.accepted else "rendering")


@pytest.mark.rule("ACCESS-7", "PROJECT-6")
async def test_who_started_a_render_may_cancel_it(people: People) -> None:
    team = await team_with(people, "member", credits=100)
    job = await team.member.client.create_project_job((await new_project(team)).id)

    assert (await team.member.client.cancel_job(job.id)).status == "canceled"


BROKEN: Mapping[str, Any] = {"scenes": []}


@dataclass(frozen=True, slots=True)
class Case:
    """What is wrong with a render that is tried."""

    standing: Standing = "member"
    story: str = "draft"
    spec: Mapping[str, Any] | None = field(default_factory=storyboard)
    taken: int = 0
    short_of: int = 0

    def told(self) -> ProjectRender:
        """What the oracle must know of it."""
        return ProjectRender(
            role=role_in(self.standing), status=self.story.partition(",")[0], spec=self.spec,
            free_slots=LIMIT - self.taken, balance=5 - self.short_of,
        )  # fmt: skip


FINE = Case()
CASES = {
    "nothing": FINE,
    "funds": Case(short_of=1),
    "slots": Case(taken=LIMIT),
    "slots and funds": Case(taken=LIMIT, short_of=5),
    "storyboard": Case(spec=BROKEN),
    "no storyboard": Case(spec=None),
    "storyboard, slots and funds": Case(spec=BROKEN, taken=LIMIT, short_of=5),
    "no storyboard, slots and funds": Case(spec=None, taken=LIMIT, short_of=5),
    "state": Case(story="archived"),
    "state and storyboard": Case(story="archived", spec=BROKEN),
    "state, no storyboard and funds": Case(story="archived", spec=None, short_of=5),
    "rendering": Case(story="rendering, queued", short_of=5),
    "viewer": Case("viewer"),
    "viewer and state": Case("viewer", story="archived", spec=BROKEN, taken=LIMIT, short_of=5),
    "viewer and storyboard": Case("viewer", spec=None),
    "stranger": Case("stranger", story="archived", spec=BROKEN, taken=LIMIT, short_of=5),
}


@pytest.mark.rule(
    "PROJECT-16", "PROJECT-3", "PROJECT-2", "INV-J12", "SPEC-3", "CREDIT-4", "CARD-5", "ERROR-7"
)
@pytest.mark.parametrize("wrong", CASES)
async def test_a_render_is_refused_in_order(people: People, back_end: RenderBackEnd, wrong: str) -> None:
    case = CASES[wrong]
    team = await team_with(people, credits=100)
    person, owner = await somebody(people, team, case.standing), team.owner.client
    project = await _project_of(team, back_end, case)
    for _ in range(case.taken):
        await owner.create_job(storyboard(1), owner=team.urn)
    await people.target.set_credits(team.urn, case.told().balance)
    before = await owner.get_project(project)

    answer = await answer_to(person.client, operations.create_project_job(project))

    allowed = render_project_refusals(case.told())
    assert answer in (allowed or (CREATED,))
    if not answer.accepted:
        assert (await owner.get_project(project), await team.balance()) == (before, case.told().balance)


async def _project_of(team: Team, back_end: RenderBackEnd, case: Case) -> str:
    """A project as the case wants it; its storyboard can no longer be changed once it is archived."""
    if case.story == "rendering, queued":
        return str((await project_that_is(team, back_end, case.story)).id)
    owner = team.owner.client
    project = await owner.create_project(team.id, "Trailer", spec=case.spec)
    if case.story == "archived":
        await owner.archive_project(project.id)
    return str(project.id)


@pytest.mark.rule("CARD-5", "SLOT-3", "D-4", "SLOT-1", "SLOT-4")
async def test_a_team_has_five_slots_whoever_takes_them(people: People) -> None:
    team = await team_with(people, "admin", "member", credits=100)
    renderers = [team.owner, team.admin, team.member, team.member]
    projects = [await new_project(team) for _ in range(5)]
    jobs = [
        await person.client.create_project_job(project.id)
        for person, project in zip(renderers, projects, strict=False)
    ]
    await team.owner.client.create_job(storyboard(1), owner=team.urn)
    await team.member.client.create_job(storyboard(1), owner=team.membership(team.member))

    with pytest.raises(ConflictError):
        await team.admin.client.create_project_job(projects[4].id)
    assert (await team.owner.client.get_project(projects[4].id)).status == "draft"
    await team.member.client.cancel_job(jobs[3].id)

    assert (await team.admin.client.create_project_job(projects[4].id)).status == "queued"
    listed = all_as_json(await team.owner.client.list_jobs(owner=team.urn))
    assert broken_slot_rules(listed, team.urn, "creator") == []


@pytest.mark.rule("CREDIT-1", "CREDIT-4", "CREDIT-3", "INV-T6", "D-6")
async def test_the_team_pays_and_is_paid_back(people: People, back_end: RenderBackEnd) -> None:
    team = await team_with(people, "member", credits=99)
    await people.target.set_credits(team.member.owner, 1_000)
    project = await new_project(team, storyboard_worth(100))
    render = operations.create_project_job(project.id)
    poor = replace(FINE.told(), spec=project.spec, balance=99)
    assert (await answer_to(team.member.client, render),) == render_project_refusals(poor)

    await people.target.set_credits(team.urn, 100)
    job = await team.member.client.create_project_job(project.id)
    assert (job.credits_charged, await team.balance()) == (100, 0)
    await back_end.start(job.id)
    await back_end.fail(job.id)

    assert (await team.balance(), await team.member.balance()) == (100, 1_000)


@pytest.mark.rule("PROJECT-17", "PROJECT-9", "JOB-16", "CREDIT-7")
async def test_a_job_keeps_the_storyboard_it_was_made_from(people: People, back_end: RenderBackEnd) -> None:
    team = await team_with(people, credits=100)
    owner, project = team.owner.client, await new_project(team, storyboard(5))
    first = await render_to(team, back_end, project.id, "completed")

    edited = await owner.update_project_spec(project.id, storyboard(7, title="Recut"))
    second = await owner.create_project_job(project.id)

    assert (edited.status, edited.latest_job_status) == ("completed", "completed")
    kept = as_json(await owner.get_job(first.id))
    assert (kept["spec_snapshot"], kept["credits_charged"]) == (storyboard(5), 5)
    assert broken_project_job_rules(as_json(edited), as_json(second), caller=team.owner.user_id) == []
    assert (first.credits_charged, second.credits_charged) == (5, 7)


@pytest.mark.rule("D-8", "PROJECT-18", "JOB-22", "JOB-10")
@pytest.mark.parametrize("state", ["completed", "failed", "canceled"])
async def test_a_job_is_deleted_only_after_its_project(
    people: People, back_end: RenderBackEnd, state: str
) -> None:
    team = await team_with(people, "member", credits=100)
    owner, project = team.owner.client, await new_project(team)
    job = await render_to(team, back_end, project.id, state)
    delete = operations.delete_job(job.id)
    assert await answer_to(owner, delete) == step("delete_job", state, project_job=True).answer

    await owner.delete_project(project.id)

    assert await owner.list_jobs(project_id=project.id) == []
    left = await team.member.client.get_job(job.id)
    assert broken_orphan_rules(as_json(job), as_json(left)) == []
    assert [each.id for each in await owner.list_jobs(owner=team.urn)] == [job.id]
    assert await answer_to(owner, delete) == step("delete_job", state, project_job=False).answer


@pytest.mark.rule("D-8", "PROJECT-2")
@pytest.mark.parametrize("state", ["queued", "processing"])
async def test_nothing_of_a_rendering_project_is_deleted(
    people: People, back_end: RenderBackEnd, state: str
) -> None:
    team = await team_with(people, credits=100)
    owner, project = team.owner.client, await new_project(team)
    job = await render_to(team, back_end, project.id, state)

    answers = [
        await answer_to(owner, request)
        for request in (operations.delete_job(job.id), operations.delete_project(project.id))
    ]

    refused = step("delete_job", state, project_job=True).answer
    assert answers == [refused, project_answer("delete_project", "rendering")]
    assert await owner.get_job(job.id) == job


@pytest.mark.rule("JOB-21", "D-7", "PROJECT-7")
@pytest.mark.parametrize("state", ["queued", "completed"])
async def test_a_clone_of_a_projects_job_belongs_to_no_project(
    people: People, back_end: RenderBackEnd, state: str
) -> None:
    team = await team_with(people, credits=100)
    owner, project = team.owner.client, await new_project(team)
    job = await render_to(team, back_end, project.id, state)
    before = await owner.get_project(project.id)

    clone = await owner.clone_job(job.id)

    caller = team.owner.user_id
    assert broken_clone_rules(as_json(job), as_json(clone), owner=team.urn, caller=caller) == []
    await back_end.start(clone.id)
    await back_end.fail(clone.id)
    assert await owner.get_project(project.id) == before
