"""What becomes of a rendered artifact: with its job, without it, without its source, and in a project."""

from urllib.parse import urlsplit

import pytest

from framecast_client import operations
from framecast_client.models import Job, JobOutput
from framecast_contract.oracle.artifacts import broken_artifact_rules, broken_artifact_transition
from framecast_contract.oracle.jobs import broken_clone_rules
from framecast_contract.oracle.renders import (
    artifact_status,
    broken_after_job_deletion,
    broken_output_rules,
    output_kind,
    render_price,
)
from framecast_contract.oracle.storage_keys import job_keys
from framecast_contract.oracle.urls import output_urls
from framecast_contract.oracle.words import NOT_FOUND, OK
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time, poll_until
from framecast_contract.workloads.answers import answer_to, as_json
from framecast_contract.workloads.artifacts import KINDS, PICTURE, end_render, pair, renderable
from framecast_contract.workloads.projects import new_project
from framecast_contract.workloads.rendering import OUTPUT, RenderBackEnd
from framecast_contract.workloads.teams import team_with
from framecast_contract.workloads.uploads import fetch, storage_used

pytestmark = pytest.mark.needs("credits", "renders")

ENDINGS = ("completed", "failed", "canceled")
STATES = ("queued", "processing", *ENDINGS)


@pytest.mark.rule("RENDER-7", "RENDER-8", "ARTIFACT-9", "ARTIFACT-10", "INV-ART1", "INV-TIME1", "TIME-3")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", STATES)
async def test_the_new_artifact_follows_its_job(
    people: People, back_end: RenderBackEnd, state: str, kind: str
) -> None:
    person = await people.starter(credits=10)
    source = await renderable(kind, person)
    render = await person.client.render_artifact(source.id)
    before, _ = await pair(person, render)
    await pass_time(1)

    await end_render(back_end, person, render, state)

    after, job = await pair(person, render)
    assert (after["status"], job["status"]) == (artifact_status(state), state)
    assert broken_output_rules(after, job, as_json(source)) == broken_artifact_rules(after) == []
    assert broken_artifact_transition(before, after) == []
    assert await person.balance() == 10 - job["credits_charged"] + job["credits_refunded"]
    assert [each.id for each in await person.client.list_artifacts(status=after["status"], source="job")] == [
        render.artifact.id
    ]


@pytest.mark.rule("RENDER-8", "INV-ART5", "INV-ART3")
async def test_a_size_nobody_reported_is_still_a_size(people: People, back_end: RenderBackEnd) -> None:
    person = await people.starter(credits=10)
    source = await renderable("character", person)
    render = await person.client.render_artifact(source.id)
    await back_end.start(render.job.id)

    await back_end.persona.client.receive_job_callback(render.job.id, "completed", output=PICTURE)

    artifact, job = await pair(person, render)
    assert job["output_size_bytes"] is None
    assert broken_output_rules(artifact, job, as_json(source)) == broken_artifact_rules(artifact) == []


@pytest.mark.needs("clock")
@pytest.mark.rule("RENDER-7", "JOB-9", "CREDIT-3")
async def test_a_render_that_takes_too_long_fails_its_artifact(
    people: People, back_end: RenderBackEnd
) -> None:
    person = await people.starter(credits=10)
    render = await person.client.render_artifact((await renderable("character", person)).id)
    await back_end.start(render.job.id)

    await pass_time(31 * 60)

    person = people.renewed(person)
    artifact, job = await pair(person, render)
    assert (artifact["status"], job["failure_type"]) == (artifact_status("failed"), "timeout")
    assert await person.balance() == 10


@pytest.mark.rule("RENDER-9", "RENDER-7")
@pytest.mark.parametrize("gone", ["source", "output"])
@pytest.mark.parametrize("ending", ENDINGS)
async def test_a_job_goes_on_when_an_artifact_of_it_is_deleted(
    people: People, back_end: RenderBackEnd, ending: str, gone: str
) -> None:
    person = await people.starter(credits=10)
    source = await renderable("storyboard", person)
    render = await person.client.render_artifact(source.id)
    used = await storage_used(person)

    await person.client.delete_artifact(source.id if gone == "source" else render.artifact.id)
    assert await person.client.get_job(render.job.id) == render.job
    await end_render(back_end, person, render, ending)

    assert (await person.client.get_job(render.job.id)).status == ending
    left = await answer_to(person.client, operations.get_artifact(render.artifact.id))
    assert left == (OK if gone == "source" else NOT_FOUND)
    if gone == "source":
        artifact, job = await pair(person, render)
        assert broken_output_rules(artifact, job, as_json(source)) == []
    else:
        assert (await storage_used(person), await person.client.list_artifacts()) == (used, [source])


@pytest.mark.rule("ARTIFACT-8", "INV-U6")
@pytest.mark.parametrize("ending", ENDINGS)
async def test_deleted_media_take_no_storage(people: People, back_end: RenderBackEnd, ending: str) -> None:
    person = await people.starter(credits=10)
    render = await person.client.render_artifact((await renderable("storyboard", person)).id)
    before = await storage_used(person)
    await end_render(back_end, person, render, ending)
    size = (await person.client.get_artifact(render.artifact.id)).size_bytes or 0
    used = await storage_used(person)
    assert used in ({before, before + size} if ending == "completed" else {before})

    await person.client.delete_artifact(render.artifact.id)

    assert await storage_used(person) == (max(used - size, 0) if ending == "completed" else used)


@pytest.mark.rule("D-24", "INV-X8", "JOB-10")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", ENDINGS)
async def test_what_a_deleted_job_made_stays_as_an_upload(
    people: People, back_end: RenderBackEnd, ending: str, kind: str
) -> None:
    person = await people.starter(credits=10)
    render = await person.client.render_artifact((await renderable(kind, person)).id)
    await end_render(back_end, person, render, ending)
    before, _ = await pair(person, render)

    await person.client.delete_job(render.job.id)

    after = as_json(await person.client.get_artifact(render.artifact.id))
    assert broken_after_job_deletion(before, after) == []
    assert broken_artifact_transition(before, after) == broken_artifact_rules(after) == []
    assert await person.client.list_artifacts(source="job") == []


@pytest.mark.rule("JOB-21", "PRICE-6", "PRICE-7", "RENDER-7")
@pytest.mark.parametrize("kind", KINDS)
async def test_a_clone_of_a_render_makes_no_artifact(
    people: People, back_end: RenderBackEnd, kind: str
) -> None:
    person = await people.creator(credits=100)
    source = await renderable(kind, person)
    render = await person.client.render_artifact(source.id)
    await end_render(back_end, person, render, "failed")
    artifacts = await person.client.list_artifacts()

    clone = await person.client.clone_job(render.job.id)

    told, job = as_json(await person.client.get_job(render.job.id)), as_json(clone)
    assert broken_clone_rules(told, job, owner=person.owner, caller=person.user_id) == []
    assert clone.credits_charged == render_price(kind, source.spec or {})
    await back_end.start(clone.id)
    await back_end.complete(clone.id, OUTPUT if kind == "storyboard" else PICTURE)
    assert await person.client.list_artifacts() == artifacts


@pytest.mark.rule("RENDER-4", "RENDER-6", "INV-X6", "PROJECT-7", "PROJECT-18")
@pytest.mark.parametrize("ending", [None, "completed", "canceled"])
async def test_a_render_of_a_projects_artifact_leaves_the_project_alone(
    people: People, back_end: RenderBackEnd, ending: str | None
) -> None:
    team = await team_with(people, credits=100)
    client, project = team.owner.client, await new_project(team)
    source = await renderable("storyboard", team.owner, team.urn, project_id=project.id)

    render = await client.render_artifact(source.id)
    if ending:
        await end_render(back_end, team.owner, render, ending)

    artifact, job = await pair(team.owner, render)
    assert broken_output_rules(artifact, job, as_json(source)) == []
    assert (artifact["project_id"], job["project_id"]) == (str(project.id), None)
    assert await client.get_project(project.id) == project
    await client.delete_project(project.id)
    assert await answer_to(client, operations.get_artifact(render.artifact.id)) == NOT_FOUND
    assert (await client.get_job(render.job.id)).status == (ending or "queued")
    if not ending:
        await end_render(back_end, team.owner, render, "completed")
        assert await client.list_artifacts(owner=team.urn) == []


@pytest.mark.needs("clock", "faults")
@pytest.mark.rule("RENDER-1", "RENDER-7", "RENDER-8", "STORE-1", "STORE-3", "URL-1", "D-10")
@pytest.mark.parametrize("kind", KINDS)
async def test_a_render_that_nobody_plays_ends_with_files(people: People, kind: str) -> None:
    """The whole way through the services behind the server; like all such stories it needs the sandbox."""
    person = await people.starter(credits=10)
    source = await renderable(kind, person)

    render = await person.client.render_artifact(source.id)
    done = await _done(person, render.job)

    artifact, job = await pair(person, render)
    assert (artifact["status"], artifact["kind"]) == ("ready", output_kind(kind))
    assert broken_output_rules(artifact, job, as_json(source)) == broken_artifact_rules(artifact) == []
    urls = list(output_urls(job["output"]))
    for url in urls:
        assert (await fetch(url)).status_code == 200
    (file, *_) = [await fetch(url) for url in urls]
    assert (file.headers["content-type"], len(file.content)) == (
        artifact["content_type"], artifact["size_bytes"],
    )  # fmt: skip
    if isinstance(done.output, JobOutput):
        keys = job_keys(person.owner, str(done.id), ["scene_1"])
        assert sorted(_key(url, keys) for url in urls) == sorted(keys)


def _key(url: str, keys: tuple[str, ...]) -> str:
    """The key that a URL of the store ends in, or its path when it is none of these."""
    path = urlsplit(url).path
    return next((key for key in keys if path.endswith(f"/{key}")), path)


async def _done(person: Persona, job: Job) -> Job:
    async def ended() -> Job | None:
        current = await person.client.get_job(job.id)
        return current if current.status == "completed" else None

    return await poll_until(ended, timeout=1800, interval=10, description=f"job {job.id} to complete")
