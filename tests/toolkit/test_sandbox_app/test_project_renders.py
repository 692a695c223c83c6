"""Renders of projects: what stands in the way, how a project follows its job, what a deletion leaves."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from .test_projects import get, made, team_with
from .world import SPEC, VIDEO, Person, World, code


async def project_of(world: World, credits: int = 100, **members: Any) -> tuple[Person, dict[str, Any]]:
    """A team's owner and a project that could be rendered."""
    owner = await world.creator()
    team = world.team_of(owner)
    world.sandbox.set_credits(f"framecast:team:{team}", credits)
    return owner, await made(owner, team, **{"spec": SPEC, **members})


async def render(person: Person, project: dict[str, Any], body: Any = None) -> tuple[int, Any]:
    return await person.call("POST", f"/v1/projects/{project['id']}/render", body)


async def credits_of(person: Person, team: str) -> int:
    return int((await person.call("GET", f"/v1/teams/{team}"))[1]["credits"])


async def test_a_render_is_the_teams_job_and_the_project_is_rendering_at_once(world: World) -> None:
    owner, project = await project_of(world)
    status, job = await render(owner, project, {"options": {"seed": 7}})
    assert (status, job) == (
        201,
        job
        | {
            "owner": f"framecast:team:{project['team_id']}",
            "triggered_by": owner.id,
            "project_id": project["id"],
            "status": "queued",
            "spec_snapshot": SPEC,
            "options": {"seed": 7},
            "credits_charged": 10,
            "idempotency_key": None,
        },
    )
    after = await get(owner, project)
    following = {"status": "rendering", "latest_job_status": "queued", "updated_at": after["updated_at"]}
    assert after == project | following
    assert await credits_of(owner, project["team_id"]) == 90
    assert await owner.balance() == 1000
    assert await owner.call("GET", f"/v1/jobs?project_id={project['id']}") == (200, [job])
    assert code(await render(owner, project)) == (409, "CONFLICT")


@pytest.mark.parametrize(
    ("ending", "status", "latest"),
    [("completed", "completed", "completed"), ("failed", "draft", "failed"), ("cancel", "draft", "canceled")],
)
@pytest.mark.parametrize("before", ["draft", "completed"])
async def test_the_project_goes_where_its_job_ends(
    world: World, before: str, ending: str, status: str, latest: str
) -> None:
    owner, project = await project_of(world)
    world.sandbox.database.update("projects", project["id"], {"status": before})
    _, job = await render(owner, project)
    await world.report(job, "started")
    await world.report(job, "progress", progress_percent=50)
    running = await get(owner, project)
    assert (running["status"], running["latest_job_status"]) == ("rendering", "processing")
    if ending == "cancel":
        await owner.call("POST", f"/v1/jobs/{job['id']}/cancel")
    else:
        await world.report(job, ending, **({"output": VIDEO} if ending == "completed" else {}))
    ended = await get(owner, project)
    assert (ended["status"], ended["latest_job_status"]) == (status, latest)
    assert ended["updated_at"] > running["updated_at"]


async def test_a_render_that_takes_too_long_makes_the_project_a_draft_again(world: World) -> None:
    owner, project = await project_of(world)
    _, job = await render(owner, project)
    await world.report(job, "started")
    await world.clock.advance(1800)
    assert (await get(owner, project))["status"] == "draft"
    assert await credits_of(owner, project["team_id"]) == 100


async def test_the_newest_job_is_the_latest(world: World) -> None:
    owner, project = await project_of(world)
    _, first = await render(owner, project)
    await owner.call("POST", f"/v1/jobs/{first['id']}/cancel")
    await render(owner, project)
    assert (await get(owner, project))["latest_job_status"] == "queued"


@pytest.mark.parametrize(
    ("members", "credits", "body", "refused"),
    [
        ({"spec": None}, 0, None, (409, "CONFLICT")),
        ({"spec": {}}, 0, None, (400, "VALIDATION_ERROR")),
        ({}, 9, None, (402, "INSUFFICIENT_CREDITS")),
        ({}, 100, {"options": []}, (400, "VALIDATION_ERROR")),
        ({}, 100, [], (400, "VALIDATION_ERROR")),
    ],
)
async def test_a_refused_render_leaves_no_trace(
    world: World, members: dict[str, Any], credits: int, body: Any, refused: tuple[int, str]
) -> None:
    owner, project = await project_of(world, credits, **members)
    assert code(await render(owner, project, body)) == refused
    assert await get(owner, project) == project
    assert await owner.call("GET", "/v1/jobs") == (200, [])


@pytest.mark.parametrize(("role", "status"), [("admin", 201), ("member", 201), ("viewer", 403)])
async def test_who_may_render(world: World, role: str, status: int) -> None:
    team, owner, person = await team_with(world, role)
    world.sandbox.set_credits(f"framecast:team:{team}", 100)
    project = await made(owner, team, spec=SPEC)
    assert code(await render(await world.creator(), project)) == (404, "NOT_FOUND")
    assert (await render(person, project))[0] == status


async def test_projects_share_the_teams_five_slots(world: World) -> None:
    owner, project = await project_of(world, 1000)
    others = [await made(owner, project["team_id"], spec=SPEC) for _ in range(5)]
    answers = await asyncio.gather(*(render(owner, each) for each in [project, *others]))
    assert Counter(status for status, _ in answers) == {201: 5, 409: 1}


async def test_of_parallel_renders_of_a_project_one_is_made(world: World) -> None:
    owner, project = await project_of(world, 1000)
    answers = await asyncio.gather(*(render(owner, project) for _ in range(4)))
    assert Counter(status for status, _ in answers) == {201: 1, 409: 3}
    assert await credits_of(owner, project["team_id"]) == 990


async def test_a_later_spec_does_not_reach_the_job(world: World) -> None:
    owner, project = await project_of(world)
    _, job = await render(owner, project)
    await owner.call("POST", f"/v1/jobs/{job['id']}/cancel")
    await owner.call("PUT", f"/v1/projects/{project['id']}/spec", {"spec": {"title": "other"}})
    assert (await owner.read(job["id"]))["spec_snapshot"] == SPEC


async def test_a_clone_of_a_project_job_is_no_project_job(world: World) -> None:
    owner, project = await project_of(world)
    _, job = await render(owner, project)
    _, clone = await owner.call("POST", f"/v1/jobs/{job['id']}/clone")
    assert (clone["project_id"], clone["owner"]) == (None, job["owner"])
    await owner.call("POST", f"/v1/jobs/{clone['id']}/cancel")
    assert (await get(owner, project))["status"] == "rendering"


async def test_a_deleted_project_leaves_its_jobs_and_takes_the_rest(world: World) -> None:
    owner, project = await project_of(world)
    urn = f"framecast:team:{project['team_id']}"
    _, job = await render(owner, project)
    path = f"/v1/projects/{project['id']}"
    assert code(await owner.call("DELETE", path)) == (409, "CONFLICT")
    _, canceled = await owner.call("POST", f"/v1/jobs/{job['id']}/cancel")
    mine = {"owner": urn, "project_id": project["id"]}
    file = {"filename": "a.png", "content_type": "image/png", "size_bytes": 10}
    _, upload = await owner.call("POST", "/v1/assets/upload-url", file | mine)
    _, board = await owner.call("POST", "/v1/artifacts/storyboards", {"spec": {}} | mine)
    assert code(await owner.call("DELETE", f"/v1/jobs/{job['id']}")) == (400, "VALIDATION_ERROR")
    assert (await owner.call("DELETE", path))[0] == 204
    for gone in (path, f"/v1/assets/{upload['asset']['id']}", f"/v1/artifacts/{board['id']}"):
        assert code(await owner.call("GET", gone)) == (404, "NOT_FOUND")
    assert await owner.read(job["id"]) == canceled | {"project_id": None}
    assert (await owner.call("DELETE", f"/v1/jobs/{job['id']}"))[0] == 204


async def test_ready_files_of_a_deleted_project_no_longer_take_storage(world: World) -> None:
    owner, project = await project_of(world)
    team = project["team_id"]
    file = {"filename": "a.png", "content_type": "image/png", "size_bytes": 10}
    for body in (file, file, file | {"project_id": project["id"]}):
        _, upload = await owner.call(
            "POST", "/v1/assets/upload-url", body | {"owner": f"framecast:team:{team}"}
        )
        asset = world.sandbox.assets.find(upload["asset"]["id"])
        assert asset is not None
        world.sandbox.assets.settle(asset, "ready")
    assert (await owner.call("DELETE", f"/v1/projects/{project['id']}"))[0] == 204
    _, shown = await owner.call("GET", f"/v1/teams/{team}")
    assert shown["ephemeral_storage_bytes"] == 20
