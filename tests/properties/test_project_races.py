"""Races over one project, one upload, one artifact: who wins is open, that the rest agrees with it is not."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest

from framecast_client import ApiError, Request, Response, operations
from framecast_client.models import Job, Project
from framecast_contract.oracle.jobs import broken_project_rules as broken_project_slots
from framecast_contract.oracle.judging import broken_race
from framecast_contract.oracle.limits import broken_parallel_creations, slot_limit
from framecast_contract.oracle.project_renders import broken_parallel_renders, broken_project_job_rules
from framecast_contract.oracle.projects import broken_project_jobs_rules, project_after, project_answer
from framecast_contract.oracle.renders import artifact_status
from framecast_contract.oracle.uploads import broken_parallel_confirms, storage_after
from framecast_contract.oracle.words import CREATED, NO_CONTENT, NOT_FOUND, OK, Answer
from framecast_contract.target.people import People
from framecast_contract.workloads.answers import all_as_json, as_json
from framecast_contract.workloads.artifacts import PICTURE, renderable
from framecast_contract.workloads.parallel import Sending, at_once, statuses, together
from framecast_contract.workloads.projects import new_project, project_that_is
from framecast_contract.workloads.rendering import OUTPUT, RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.teams import Team, team_with
from framecast_contract.workloads.uploads import PICTURE as FILE
from framecast_contract.workloads.uploads import announced, asset_that_is, send_file, storage_used

with_renders = pytest.mark.needs("credits", "renders")
RENDER_OR: Mapping[str, Callable[[UUID], Request[Any]]] = {
    "archive_project": operations.archive_project,
    "delete_project": operations.delete_project,
    "unarchive_project": operations.unarchive_project,
}


def _answer(one: Response[Any] | ApiError) -> Answer:
    return Answer(one.status, one.code) if isinstance(one, ApiError) else Answer(one.status)


async def _race(one: Sending, other: Sending, *, one_first: bool) -> tuple[Answer, Answer]:
    """Send both at once, either of them as the first; the answers to `one` and to `other`."""
    first, second = map(_answer, await at_once([one, other] if one_first else [other, one]))
    return (first, second) if one_first else (second, first)


async def _jobs_of(team: Team, project: Project) -> list[Job]:
    """The project's jobs, after a look at whether the project agrees with them."""
    client = team.owner.client
    jobs = await client.list_jobs(project_id=project.id)
    now, told = as_json(await client.get_project(project.id)), all_as_json(jobs)
    assert broken_project_jobs_rules(now, told) == broken_project_slots(told) == []
    return jobs


@with_renders
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("INV-J12", "PROJECT-5", "INV-P5", "CREDIT-2", "CREDIT-5")
@pytest.mark.parametrize("count", [2, 4, 9])
async def test_a_project_is_rendered_once_whoever_asks(people: People, count: int) -> None:
    team = await team_with(people, "admin", "member", credits=100)
    project = await new_project(team)
    renderers = (team.owner, team.admin, team.member) * 3

    answers = await at_once(
        (person.client, operations.create_project_job(project.id)) for person in renderers[:count]
    )

    assert broken_parallel_renders([answer.status for answer in answers]) == []
    (job,) = await _jobs_of(team, project)
    assert await team.balance() == 100 - job.credits_charged


@with_renders
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("CARD-5", "SLOT-5", "INV-P5", "D-4")
@pytest.mark.parametrize("taken", [0, 3])
async def test_no_more_projects_are_rendered_than_the_team_has_slots(people: People, taken: int) -> None:
    team = await team_with(people, "member", credits=100)
    projects = [await new_project(team) for _ in range(7)]
    for _ in range(taken):
        await team.member.client.create_job(storyboard(1), owner=team.urn)
    before = await team.balance()

    answers = await together(
        team.owner.client, [operations.create_project_job(project.id) for project in projects]
    )

    free = slot_limit(team.urn, "creator") - taken
    assert broken_parallel_creations([answer.status for answer in answers], free) == []
    jobs = [job for project in projects for job in await _jobs_of(team, project)]
    assert (len(jobs), await team.balance()) == (free, before - 5 * free)


@with_renders
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("CREDIT-6", "INV-T6", "INV-P5")
@pytest.mark.parametrize("affordable", [0, 1, 3])
async def test_no_more_projects_are_rendered_than_the_team_can_pay(people: People, affordable: int) -> None:
    team = await team_with(people, credits=affordable * 5 + 4)
    projects = [await new_project(team) for _ in range(5)]

    answers = await together(
        team.owner.client, [operations.create_project_job(project.id) for project in projects]
    )

    assert statuses(answers) == [201] * affordable + [402] * (5 - affordable)
    jobs = [job for project in projects for job in await _jobs_of(team, project)]
    assert (len(jobs), await team.balance()) == (affordable, 4)


@with_renders
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("PROJECT-2", "PROJECT-3", "PROJECT-4", "INV-P5", "PROJECT-18")
@pytest.mark.parametrize("render_first", [True, False])
@pytest.mark.parametrize("rival", RENDER_OR)
async def test_a_render_and_what_it_cannot_live_with(people: People, rival: str, render_first: bool) -> None:
    team = await team_with(people, "member", credits=100)
    project = await new_project(team)
    if rival == "unarchive_project":
        await team.owner.client.archive_project(project.id)
    render = (team.member.client, operations.create_project_job(project.id))
    other = (team.owner.client, RENDER_OR[rival](project.id))

    rendered, moved = await _race(render, other, one_first=render_first)

    before = "archived" if rival == "unarchive_project" else "draft"
    alone = project_answer("create_project_job", before), project_answer(rival, before)
    after_render = project_answer(rival, project_after("queued") if alone[0].accepted else before)
    after_rival = {"archive_project": "archived", "delete_project": None, "unarchive_project": "draft"}[rival]
    allowed = {
        (alone[0], after_render),
        (project_answer("create_project_job", after_rival), alone[1]),
    }
    assert (rendered, moved) in allowed
    if (rival, moved) != ("delete_project", NO_CONTENT):
        assert len(await _jobs_of(team, project)) == int(rendered.accepted)
    assert await team.balance() == 100 - 5 * int(rendered.accepted)


@with_renders
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("PROJECT-17", "PROJECT-9", "PROJECT-2")
@pytest.mark.parametrize("render_first", [True, False])
async def test_a_render_takes_the_storyboard_before_or_after_it_is_replaced(
    people: People, render_first: bool
) -> None:
    team = await team_with(people, "member", credits=100)
    project = await new_project(team, storyboard(5))
    render = (team.owner.client, operations.create_project_job(project.id))
    edit = (team.member.client, operations.update_project_spec(project.id, storyboard(7)))

    rendered, edited = await _race(render, edit, one_first=render_first)

    allowed = {project_answer("update_project_spec", status) for status in ("draft", "rendering")}
    assert (rendered, edited in allowed) == (project_answer("create_project_job", "draft"), True)
    (job,) = await _jobs_of(team, project)
    now = as_json(await team.owner.client.get_project(project.id))
    assert now["spec"] == storyboard(7 if edited.accepted else 5)
    assert broken_project_job_rules(now, as_json(job), caller=team.owner.user_id) == []


@with_renders
@pytest.mark.rule("PROJECT-6", "PROJECT-11", "INV-P5", "JOB-7", "REFUND-6")
@pytest.mark.parametrize("first", ["completed", "failed", "canceled"])
async def test_a_project_follows_the_ending_that_won(
    people: People, back_end: RenderBackEnd, first: str
) -> None:
    team = await team_with(people, "member", credits=100)
    project = await project_that_is(team, back_end, "completed")
    job = await team.member.client.create_project_job(project.id)
    await back_end.bring_to(job.id, 50)
    balance, machine = await team.balance(), back_end.persona.client
    rivals = {
        "completed": (machine, operations.receive_job_callback(job.id, "completed", output=OUTPUT)),
        "failed": (machine, operations.receive_job_callback(job.id, "failed")),
        "canceled": (team.owner.client, operations.cancel_job(job.id)),
    }
    order = [first, *(name for name in rivals if name != first)]

    answers = await at_once(rivals[name] for name in order)

    assert broken_race("JOB-7", [answer.status for answer in answers], won=200) == []
    winner = order[[answer.status for answer in answers].index(200)]
    now = await team.owner.client.get_project(project.id)
    assert (now.status, now.latest_job_status) == (project_after(winner), winner)
    ended = (await _jobs_of(team, project))[0]
    assert (ended.status, await team.balance()) == (winner, balance + ended.credits_refunded)


@pytest.mark.rule("PROJECT-4")
async def test_a_project_is_archived_once_and_taken_back_once(people: People) -> None:
    team = await team_with(people, "admin")
    project, clients = await new_project(team), [team.owner.client, team.admin.client] * 2

    archived = await at_once((client, operations.archive_project(project.id)) for client in clients)
    back = await at_once((client, operations.unarchive_project(project.id)) for client in clients)

    for answers in (archived, back):
        assert broken_race("PROJECT-4", [answer.status for answer in answers], won=200) == []
    assert (await team.owner.client.get_project(project.id)).status == "draft"


@pytest.mark.rule("PROJECT-18")
async def test_a_project_is_deleted_once(people: People) -> None:
    team = await team_with(people)
    project = await new_project(team)

    answers = await together(team.owner.client, [operations.delete_project(project.id)] * 4)

    assert broken_race("PROJECT-18", [each.status for each in answers], won=204, lost=404) == []
    assert await team.owner.client.list_projects(team.id) == []


@pytest.mark.rule("ASSET-15", "ASSET-13", "ASSET-16")
@pytest.mark.parametrize("count", [2, 5])
async def test_an_upload_is_confirmed_once(people: People, count: int) -> None:
    team = await team_with(people)
    upload = await announced(team.owner, team.urn)
    await send_file(upload, FILE)

    answers = await together(team.owner.client, [operations.confirm_asset_upload(upload.asset.id)] * count)

    assert broken_parallel_confirms([answer.status for answer in answers]) == []
    expected = storage_after(0, "confirm_asset_upload", as_json(upload.asset))
    assert await storage_used(team.owner, team) == expected
    assert (await team.owner.client.get_asset(upload.asset.id)).status == "ready"


@pytest.mark.rule("ASSET-17", "INV-U6")
async def test_an_asset_is_deleted_once(people: People) -> None:
    person = await people.starter()
    kept, gone = [await asset_that_is("ready", person) for _ in range(2)]

    answers = await together(person.client, [operations.delete_asset(gone.id)] * 4)

    assert broken_race("ASSET-17", [each.status for each in answers], won=204, lost=404) == []
    assert await storage_used(person) == kept.size_bytes


@pytest.mark.rule("ASSET-16", "ASSET-17", "INV-U6")
@pytest.mark.parametrize("confirm_first", [True, False])
async def test_a_file_that_is_confirmed_and_deleted_takes_no_storage(
    people: People, confirm_first: bool
) -> None:
    person = await people.starter()
    upload = await announced(person)
    await send_file(upload, FILE)
    confirm = (person.client, operations.confirm_asset_upload(upload.asset.id))
    delete = (person.client, operations.delete_asset(upload.asset.id))

    confirmed, deleted = await _race(confirm, delete, one_first=confirm_first)

    assert (confirmed in (OK, NOT_FOUND), deleted) == (True, NO_CONTENT)
    assert (await storage_used(person), await person.client.list_assets()) == (0, [])


@with_renders
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("SLOT-5", "CARD-6", "RENDER-9", "INV-X8", "CREDIT-5")
@pytest.mark.parametrize("tier", ["starter", "creator"])
async def test_no_more_artifacts_are_rendered_than_there_are_slots(people: People, tier: str) -> None:
    person = await (people.starter if tier == "starter" else people.creator)(credits=100)
    source = await renderable("character", person)

    answers = await together(person.client, [operations.render_artifact(source.id)] * 7)

    free = slot_limit(person.owner, tier)
    assert broken_parallel_creations([answer.status for answer in answers], free) == []
    made, jobs = await person.client.list_artifacts(source="job"), await person.client.list_jobs()
    assert {each.source_job_id for each in made} == {job.id for job in jobs}
    assert (len(made), len(jobs), await person.balance()) == (free, free, 100 - free)


@with_renders
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("RENDER-9", "ARTIFACT-8")
@pytest.mark.parametrize("render_first", [True, False])
async def test_a_render_and_the_end_of_its_source(people: People, render_first: bool) -> None:
    person = await people.starter(credits=10)
    source = await renderable("character", person)
    render = (person.client, operations.render_artifact(source.id))
    delete = (person.client, operations.delete_artifact(source.id))

    rendered, deleted = await _race(render, delete, one_first=render_first)

    assert (rendered in (CREATED, NOT_FOUND), deleted) == (True, NO_CONTENT)
    made = await person.client.list_artifacts()
    assert [each.kind for each in made] == (["image"] if rendered.accepted else [])
    assert await person.balance() == 10 - len(made)


@with_renders
@pytest.mark.rule("RENDER-7", "JOB-7", "ARTIFACT-9")
@pytest.mark.parametrize("cancel_first", [True, False])
async def test_an_artifact_follows_the_ending_that_won(
    people: People, back_end: RenderBackEnd, cancel_first: bool
) -> None:
    person = await people.starter(credits=10)
    render = await person.client.render_artifact((await renderable("character", person)).id)
    await back_end.start(render.job.id)
    report = operations.receive_job_callback(render.job.id, "completed", output=PICTURE)
    cancel = (person.client, operations.cancel_job(render.job.id))

    canceled, completed = await _race(cancel, (back_end.persona.client, report), one_first=cancel_first)

    assert broken_race("JOB-7", [canceled.status, completed.status], won=200) == []
    job = await person.client.get_job(render.job.id)
    assert job.status == ("canceled" if canceled.accepted else "completed")
    assert (await person.client.get_artifact(render.artifact.id)).status == artifact_status(job.status)
