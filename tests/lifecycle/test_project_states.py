"""Every request against a project in every state, and how the endings of its jobs move it."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_client import operations
from framecast_client.models import Project
from framecast_contract.oracle.project_world import ProjectWorld, broken_project_model_rules
from framecast_contract.oracle.projects import (
    REQUESTS,
    broken_change_rules,
    broken_project_jobs_rules,
    broken_project_rules,
    project_after,
    project_answer,
    project_step,
)
from framecast_contract.oracle.world import World, broken_model_rules
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_to, as_json
from framecast_contract.workloads.projects import (
    STORIES,
    new_project,
    project_requests,
    project_that_is,
    render_to,
)
from framecast_contract.workloads.rendering import OUTPUT, RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.teams import Team, known_as, renewed, team_with

pytestmark = pytest.mark.needs("credits", "renders")

CHANGING: Mapping[str, Mapping[str, Any]] = {
    "update_project": {"name": "Renamed"},
    "update_project_spec": {"spec": storyboard(7)},
    "archive_project": {},
    "unarchive_project": {},
}


async def _agree(team: Team, project_id: object) -> Project:
    """The project as it is now, after a look at whether it agrees with its jobs."""
    project = await team.owner.client.get_project(str(project_id))
    jobs = await team.owner.client.list_jobs(project_id=str(project_id))
    assert broken_project_rules(as_json(project)) == []
    assert broken_project_jobs_rules(as_json(project), all_as_json(jobs)) == []
    return project


@pytest.mark.rule(
    "PROJECT-2", "PROJECT-3", "PROJECT-4", "PROJECT-5", "PROJECT-7", "PROJECT-8", "PROJECT-9", "PROJECT-11",
    "INV-P1", "INV-P4", "INV-P5", "INV-TIME1", "ERROR-7",
)  # fmt: skip
@pytest.mark.parametrize("operation_id", REQUESTS)
@pytest.mark.parametrize("story", STORIES)
async def test_a_request_does_what_the_state_allows(
    people: People, back_end: RenderBackEnd, story: str, operation_id: str
) -> None:
    team = await team_with(people, credits=100)
    before = await project_that_is(team, back_end, story)
    assert before.status == STORIES[story]
    balance = await team.balance()
    await pass_time(1)

    answer = await answer_to(team.owner.client, project_requests(before)[operation_id])

    step = project_step(operation_id, before.status)
    assert answer == step.answer
    if step.status is None:
        gone = await answer_to(team.owner.client, operations.get_project(before.id))
        assert gone == project_answer("get_project", None)
        return
    after = await _agree(team, before.id)
    assert after.status == step.status
    if not step.answer.accepted:
        assert (after, await team.balance()) == (before, balance)
    elif operation_id in CHANGING:
        body = CHANGING[operation_id]
        assert broken_change_rules(operation_id, as_json(before), as_json(after), body) == []


@pytest.mark.rule("PROJECT-5", "PROJECT-6", "PROJECT-11", "INV-P5", "INV-J12", "CREDIT-3", "PROJECT-7")
@pytest.mark.parametrize("ending", ["completed", "failed", "canceled"])
@pytest.mark.parametrize("story", ["draft", "completed", "draft after failed"])
async def test_a_render_ends_in_a_completed_project_or_in_a_draft(
    people: People, back_end: RenderBackEnd, story: str, ending: str
) -> None:
    team = await team_with(people, credits=100)
    project = await project_that_is(team, back_end, story)
    balance = await team.balance()
    job = await team.owner.client.create_project_job(project.id)
    rendering = await _agree(team, project.id)
    assert (rendering.status, rendering.latest_job_status) == (project_after("queued"), "queued")

    await back_end.lead(team.owner, job.id, ending)

    after = await _agree(team, project.id)
    assert (after.status, after.latest_job_status) == (project_after(ending), ending)
    ended = await team.owner.client.get_job(job.id)
    assert await team.balance() == balance - ended.credits_charged + ended.credits_refunded
    again = await answer_to(team.owner.client, operations.create_project_job(project.id))
    assert again == project_answer("create_project_job", after.status)


@pytest.mark.rule("PROJECT-6", "PROJECT-11", "INV-P5", "CREDIT-3", "REFUND-3")
@pytest.mark.parametrize("percent", [0, 40])
async def test_a_render_that_is_canceled_halfway_leaves_a_draft(
    people: People, back_end: RenderBackEnd, percent: float
) -> None:
    team = await team_with(people, credits=100)
    project = await new_project(team)
    job = await team.owner.client.create_project_job(project.id)
    await back_end.bring_to(job.id, percent)
    rendering = await _agree(team, project.id)
    assert (rendering.status, rendering.latest_job_status) == (project_after("processing"), "processing")

    canceled = await team.owner.client.cancel_job(job.id)

    after = await _agree(team, project.id)
    assert (after.status, after.latest_job_status) == (project_after("canceled"), "canceled")
    assert await team.balance() == 100 - canceled.credits_charged + canceled.credits_refunded


@pytest.mark.needs("clock")
@pytest.mark.rule("PROJECT-6", "INV-P5", "JOB-9", "CREDIT-3")
@pytest.mark.parametrize("story", ["draft", "completed"])
async def test_a_render_that_takes_too_long_leaves_a_draft(
    people: People, back_end: RenderBackEnd, story: str
) -> None:
    team = await team_with(people, credits=100)
    project = await project_that_is(team, back_end, story)
    balance = await team.balance()
    await render_to(team, back_end, project.id, "processing")

    await pass_time(31 * 60)

    team = renewed(people, team)
    after = await _agree(team, project.id)
    assert (after.status, after.latest_job_status) == (project_after("failed"), "failed")
    assert await team.balance() == balance


@pytest.mark.rule("PROJECT-4", "PROJECT-3", "PROJECT-11")
async def test_a_completed_project_comes_back_from_the_archive_as_a_draft_with_its_job(
    people: People, back_end: RenderBackEnd
) -> None:
    team = await team_with(people, credits=100)
    project = await new_project(team)
    job = await render_to(team, back_end, project.id, "completed")

    archived = await team.owner.client.archive_project(project.id)
    back = await team.owner.client.unarchive_project(project.id)

    statuses = [(each.status, each.latest_job_status) for each in (archived, back)]
    assert statuses == [("archived", "completed"), ("draft", "completed")]
    (kept,) = await team.owner.client.list_jobs(project_id=project.id)
    assert (kept.id, kept.status, kept.project_id) == (job.id, "completed", project.id)
    assert (await team.owner.client.create_project_job(project.id)).status == "queued"


@pytest.mark.rule("WORLD-3", "WORLD-1", "INV-P5", "PROJECT-18")
async def test_a_life_of_a_project_is_as_the_model_tells_it(people: People, back_end: RenderBackEnd) -> None:
    team = await team_with(people, credits=20)
    owner, person = team.owner.client, known_as(team.owner, team, "owner")
    model = ProjectWorld(World({person.id: person}, {team.urn: 20}))
    project = await owner.create_project(team.id, "Trailer", spec=storyboard(5))
    body = {"name": "Trailer", "spec": storyboard(5)}
    _, model = model.create(str(project.id), person.id, team.id, body)
    endings = ("completed", "failed", "canceled", "completed", "completed", "completed")

    for number, ending in enumerate(endings, 1):
        refusals = model.render_refusals(person.id, str(project.id))
        answer = await answer_to(team.owner.client, operations.create_project_job(project.id))
        assert answer in refusals or (answer.accepted and not refusals)
        if not answer.accepted:
            continue
        job = (await owner.list_jobs(project_id=project.id, status="queued"))[0]
        _, model = model.render(str(job.id), person.id, str(project.id))
        await back_end.lead(team.owner, job.id, ending)
        model = model.moved(_ended(model.world, str(job.id), ending, person.id))
        await pass_time(1)
        shown = as_json(await owner.get_project(project.id))
        assert (number, broken_project_model_rules(model, shown)) == (number, [])
        jobs = all_as_json(await owner.list_jobs(project_id=project.id))
        assert [broken for each in jobs for broken in broken_model_rules(model.world, each)] == []
    assert await team.balance() == model.world.balances[team.urn]


def _ended(world: World, job_id: str, ending: str, user: str) -> World:
    """The model's world after the reports that `RenderBackEnd.lead` sends."""
    if ending == "canceled":
        return world.cancel(user, job_id)[1]
    for report in (
        {"job_id": job_id, "event": "started"},
        {"job_id": job_id, "event": ending, "output": OUTPUT},
    ):
        world = world.callback(report)[1]
    return world
