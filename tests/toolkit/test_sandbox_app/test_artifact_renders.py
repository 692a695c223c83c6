"""Pictures of characters, videos of storyboards: the job, the artifact it fills, what becomes of both."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from framecast_contract.doubles import Doubles
from framecast_contract.sandbox import Sandbox
from framecast_contract.target.embedded import sandbox_settings

from .test_artifacts import HERO, NOBODY, keep
from .world import BASE, SPEC, VIDEO, Person, World, a_world, code

PICTURE = {"url": "https://cdn.example.com/final.png"}


async def render(person: Person, artifact: dict[str, Any]) -> tuple[int, Any]:
    return await person.call("POST", f"/v1/artifacts/{artifact['id']}/render")


async def rendered(person: Person, artifact: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The job and the whole output artifact of a new render."""
    status, answer = await render(person, artifact)
    assert status == 201, answer
    return answer["job"], await get(person, answer["artifact"])


async def get(person: Person, artifact: dict[str, Any]) -> dict[str, Any]:
    return dict((await person.call("GET", f"/v1/artifacts/{artifact['id']}"))[1])


async def storage(person: Person) -> int:
    return int((await person.call("GET", "/v1/account"))[1]["ephemeral_storage_bytes"])


@pytest.mark.parametrize(
    ("path", "spec", "kind", "filename", "content_type", "price"),
    [
        ("characters", HERO, "image", "final.png", "image/png", 1),
        ("storyboards", SPEC, "video", "final.mp4", "video/mp4", 10),
    ],
)
async def test_a_render_is_a_job_and_a_pending_artifact(
    world: World, path: str, spec: dict[str, Any], kind: str, filename: str, content_type: str, price: int
) -> None:
    person = await world.starter(100)
    source = await keep(person, path, spec=spec)
    _, answer = await render(person, source)
    job, shown = answer["job"], answer["artifact"]
    expected = {"owner": person.urn, "triggered_by": person.id, "project_id": None, "status": "queued"}
    assert job == job | expected | {"spec_snapshot": spec, "options": {}, "credits_charged": price}
    assert await person.read(job["id"]) == job
    output = await get(person, shown)
    assert shown == {
        name: output[name]
        for name in ("id", "owner", "kind", "status", "source", "source_job_id", "created_at")
    }
    assert output == {
        "id": shown["id"],
        "owner": person.urn,
        "created_by": person.id,
        "project_id": None,
        "kind": kind,
        "status": "pending",
        "source": "job",
        "filename": filename,
        "s3_key": f"user/{person.id}/jobs/{job['id']}/{filename}",
        "content_type": content_type,
        "size_bytes": 1,
        "spec": None,
        "conversation_id": None,
        "source_job_id": job["id"],
        "metadata": {},
        "created_at": output["created_at"],
        "updated_at": output["created_at"],
    }
    assert await person.balance() == 100 - price
    assert await get(person, source) == source


@pytest.mark.parametrize(
    ("reported", "size"), [({"output_size_bytes": 4096}, 4096), ({}, 1), ({"output_size_bytes": 0}, 1)]
)
async def test_a_finished_render_makes_the_artifact_ready(
    world: World, reported: dict[str, int], size: int
) -> None:
    person = await world.starter()
    job, output = await rendered(person, await keep(person))
    await world.report(job, "started")
    assert await get(person, output) == output
    await world.report(job, "completed", output=PICTURE, **reported)
    after = await get(person, output)
    assert after == output | {"status": "ready", "size_bytes": size, "updated_at": after["updated_at"]}
    assert after["updated_at"] > output["updated_at"]
    assert (await person.read(job["id"]))["output"] == PICTURE
    assert await storage(person) == size
    assert (await person.call("DELETE", f"/v1/artifacts/{output['id']}"))[0] == 204
    assert await storage(person) == 0


async def test_an_artifact_is_never_larger_than_media_may_be(world: World) -> None:
    person = await world.starter()
    job, output = await rendered(person, await keep(person))
    await world.report(job, "started")
    await world.report(job, "completed", output=PICTURE, output_size_bytes=2**40)
    assert (await get(person, output))["size_bytes"] == 52_428_800


@pytest.mark.parametrize("ending", ["failed", "canceled", "timeout"])
async def test_an_unfinished_render_fails_the_artifact(world: World, ending: str) -> None:
    person = await world.starter()
    job, output = await rendered(person, await keep(person))
    await world.report(job, "started")
    if ending == "failed":
        await world.report(job, "failed")
    elif ending == "canceled":
        await person.call("POST", f"/v1/jobs/{job['id']}/cancel")
    else:
        await world.clock.advance(1800)
    after = await get(person, output)
    assert after == output | {"status": "failed", "updated_at": after["updated_at"]}
    assert await storage(person) == 0


async def test_only_a_storyboards_spec_is_judged_and_media_are_not_rendered(world: World) -> None:
    person = await world.creator()
    board, hero = await keep(person, "storyboards", spec={}), await keep(person, spec={"prompt": "@nobody"})
    assert code(await render(person, board)) == (400, "VALIDATION_ERROR")
    _, output = await rendered(person, hero)
    assert code(await render(person, output)) == (400, "VALIDATION_ERROR")
    assert code(await render(person, {"id": NOBODY})) == (404, "NOT_FOUND")
    assert code(await render(person, {"id": "7"})) == (400, "VALIDATION_ERROR")
    assert len((await person.call("GET", "/v1/artifacts"))[1]) == 3


async def test_a_refused_render_leaves_no_artifact(world: World) -> None:
    person = await world.starter(1)
    hero, board = await keep(person), await keep(person, "storyboards", spec=SPEC)
    assert code(await render(person, board)) == (402, "INSUFFICIENT_CREDITS")
    await rendered(person, hero)
    assert code(await render(person, hero)) == (409, "CONFLICT")
    assert len((await person.call("GET", "/v1/artifacts"))[1]) == 3


async def test_a_viewer_sees_a_teams_artifact_and_renders_it_not(world: World) -> None:
    owner, viewer, stranger = [await world.creator() for _ in range(3)]
    team = world.team_of(owner)
    world.join(viewer, team, "viewer")
    world.sandbox.set_credits(f"framecast:team:{team}", 1)
    hero = await keep(owner, owner=f"framecast:team:{team}")
    assert code(await render(viewer, hero)) == (403, "AUTHORIZATION_ERROR")
    assert code(await render(stranger, hero)) == (404, "NOT_FOUND")
    job, output = await rendered(owner, hero)
    assert (output["owner"], await owner.balance()) == (hero["owner"], 1000)
    assert output["s3_key"] == f"team/{team}/shared/jobs/{job['id']}/final.png"


async def test_the_output_of_a_project_artifact_is_the_projects_too(world: World) -> None:
    owner = await world.creator()
    team = world.team_of(owner)
    urn = f"framecast:team:{team}"
    world.sandbox.set_credits(urn, 1)
    project = world.sandbox.projects.create(team, owner.id, "Film", None)["id"]
    job, output = await rendered(owner, await keep(owner, owner=urn, project_id=project))
    assert (job["project_id"], output["project_id"]) == (None, project)
    assert (await owner.call("DELETE", f"/v1/projects/{project}"))[0] == 204
    await world.report(job, "started")
    assert (await world.report(job, "completed", output=PICTURE))[0] == 200
    assert code(await owner.call("GET", f"/v1/artifacts/{output['id']}")) == (404, "NOT_FOUND")


async def test_a_source_may_be_rendered_twice_and_then_go(world: World) -> None:
    person = await world.creator()
    hero = await keep(person)
    (first, one), (second, two) = await rendered(person, hero), await rendered(person, hero)
    assert first["id"] != second["id"]
    assert one["s3_key"] != two["s3_key"]
    await person.call("DELETE", f"/v1/artifacts/{hero['id']}")
    assert await person.read(first["id"]) == first
    assert await get(person, one) == one


async def test_an_artifact_outlives_its_job(world: World) -> None:
    person = await world.starter()
    job, output = await rendered(person, await keep(person))
    await person.call("POST", f"/v1/jobs/{job['id']}/cancel")
    before = await get(person, output)
    delivery = {
        "id": NOBODY,
        "webhook_id": NOBODY,
        "job_id": job["id"],
        "event_type": "job.canceled",
        "status": "delivered",
        "payload": "{}",
        "attempts": 1,
        "created_at": world.sandbox.now(),
    }
    world.sandbox.database.insert("webhook_deliveries", delivery)
    assert (await person.call("DELETE", f"/v1/jobs/{job['id']}"))[0] == 204
    assert await get(person, output) == before | {"source": "upload", "source_job_id": None}
    kept = world.sandbox.database.one("SELECT job_id FROM webhook_deliveries")
    assert kept is not None
    assert kept["job_id"] is None


async def test_a_clone_of_a_characters_render_costs_the_same(world: World) -> None:
    person = await world.creator(10)
    job, output = await rendered(person, await keep(person))
    await world.report(job, "started")
    status, clone = await person.call("POST", f"/v1/jobs/{job['id']}/clone")
    assert (status, clone["spec_snapshot"], clone["credits_charged"]) == (201, HERO, 1)
    assert await person.balance() == 8
    await world.report(clone, "started")
    await world.report(clone, "failed")
    assert (await get(person, output))["status"] == "pending"


async def test_a_character_goes_to_the_gpu_as_it_is(rendering: World) -> None:
    person = await rendering.starter()
    job, output = await rendered(person, await keep(person))
    event, run = rendering.services.calls
    assert event[1] == "/e/sandbox"
    work = run[2]["input"]
    target = work["outputs"].pop("image")
    assert work == {
        "job_id": job["id"],
        "kind": "image",
        "spec": HERO,
        "prompts": {"image": HERO["prompt"]},
        "callback_url": f"{BASE}/internal/jobs/callback",
        "outputs": {},
    }
    assert (target["key"], target["content_type"]) == (output["s3_key"], "image/png")


@asynccontextmanager
async def a_studio() -> AsyncIterator[tuple[World, Doubles]]:
    """A sandbox with the doubles of all services behind it, a render worker and an object store included."""
    async with a_world() as world:
        doubles = Doubles(world.clock, random.Random(3))
        settings = sandbox_settings(doubles, public_url=BASE)
        doubles.object_store.ensure_bucket(settings.s3_bucket)
        world.settings = settings
        world.sandbox.close()
        await world.http.aclose()
        world.sandbox = Sandbox(
            settings, clock=world.clock, random=random.Random(4), upstream=doubles.transport()
        )
        app = httpx.ASGITransport(world.sandbox.app)
        world.http, doubles.runpod.callback_transport = httpx.AsyncClient(transport=app, base_url=BASE), app
        yield world, doubles
        doubles.verify()


@pytest.mark.parametrize(
    ("path", "spec", "content_type"),
    [("characters", HERO, "image/png"), ("storyboards", SPEC, "video/mp4")],
)
async def test_a_render_worker_delivers_the_file(path: str, spec: dict[str, Any], content_type: str) -> None:
    async with a_studio() as (world, doubles):
        person = await world.starter()
        job, output = await rendered(person, await keep(person, path, spec=spec))
        await world.clock.advance(1)
        done, ready = await person.read(job["id"]), await get(person, output)
        stored = doubles.object_store.client.head_object(Bucket="framecast-outputs", Key=output["s3_key"])
        async with httpx.AsyncClient(trust_env=False) as http:
            file = await http.get(done["output"].get("url") or done["output"]["video_url"])
    assert (done["status"], ready["status"]) == ("completed", "ready")
    assert stored["ContentType"] == file.headers["content-type"] == content_type
    assert stored["ContentLength"] == len(file.content) == ready["size_bytes"] == done["output_size_bytes"]


async def test_a_videos_artifact_takes_the_workers_word_for_its_size(world: World) -> None:
    person = await world.starter()
    job, output = await rendered(person, await keep(person, "storyboards", spec=SPEC))
    await world.report(job, "started")
    await world.report(job, "completed", output=VIDEO, output_size_bytes=77)
    assert (await get(person, output))["size_bytes"] == 77
