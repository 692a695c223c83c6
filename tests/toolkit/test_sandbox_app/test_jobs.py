"""Jobs as a person sees them: making, listing, reading, canceling, cloning, deleting."""

from typing import Any

import pytest

from .world import SPEC, VIDEO, Person, World, code

NOBODY = "00000000-0000-4000-8000-000000000000"


async def test_a_new_job_is_queued_and_paid_for(world: World) -> None:
    person = await world.starter(100)
    job = await person.job(options={"seed": 7}, idempotency_key="k")
    assert job == {
        "id": job["id"],
        "owner": person.urn,
        "triggered_by": person.id,
        "project_id": None,
        "status": "queued",
        "spec_snapshot": SPEC,
        "options": {"seed": 7},
        "progress": {},
        "output": None,
        "output_size_bytes": None,
        "error": None,
        "credits_charged": 10,
        "failure_type": None,
        "credits_refunded": 0,
        "idempotency_key": "k",
        "started_at": None,
        "completed_at": None,
        "created_at": job["created_at"],
        "updated_at": job["created_at"],
    }
    assert await person.read(job["id"]) == job
    assert await person.call("GET", "/v1/jobs") == (200, [job])
    assert await person.balance() == 90


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"spec": None}, (400, "VALIDATION_ERROR")),
        ({"spec": []}, (400, "VALIDATION_ERROR")),
        ({"spec": {}}, (400, "VALIDATION_ERROR")),
        ({"options": []}, (400, "VALIDATION_ERROR")),
        ({"idempotency_key": ""}, (400, "VALIDATION_ERROR")),
        ({"idempotency_key": "x" * 256}, (400, "VALIDATION_ERROR")),
        ({"owner": 1}, (400, "VALIDATION_ERROR")),
        ({"owner": f"framecast:user:{NOBODY.upper()}x"}, (400, "VALIDATION_ERROR")),
        ({"owner": f"framecast:user:{NOBODY}"}, (403, "AUTHORIZATION_ERROR")),
        ({"owner": f"framecast:team:{NOBODY}", "spec": {}}, (403, "AUTHORIZATION_ERROR")),
        ({"owner": f"framecast:{NOBODY}:{NOBODY}"}, (403, "AUTHORIZATION_ERROR")),
        ({"owner": f"framecast:artifact:{NOBODY}"}, (403, "AUTHORIZATION_ERROR")),
        ({"owner": "framecast:system:sfx:pop"}, (403, "AUTHORIZATION_ERROR")),
    ],
)
async def test_a_refused_job_leaves_no_trace(
    world: World, members: dict[str, Any], expected: tuple[int, str]
) -> None:
    person = await world.creator(100)
    answer = await person.call("POST", "/v1/generate", {"spec": SPEC, "idempotency_key": "k", **members})
    assert code(answer) == expected
    assert await person.balance() == 100
    assert (await person.call("GET", "/v1/jobs"))[1] == []
    await person.job(idempotency_key="k")


async def test_a_balance_must_cover_the_price_and_just_enough_is_enough(world: World) -> None:
    person = await world.starter(9)
    body = {"spec": SPEC}
    assert code(await person.call("POST", "/v1/generate", body)) == (402, "INSUFFICIENT_CREDITS")
    world.sandbox.set_credits(person.urn, 10)
    await person.job()
    assert await person.balance() == 0


async def test_a_replay_gives_the_job_as_it_is_now(world: World) -> None:
    person = await world.starter(10)
    job = await person.job(idempotency_key="k")
    await world.report(job, "started")
    body = {"spec": {"any": "thing"}, "idempotency_key": "k"}
    assert await person.call("POST", "/v1/generate", body) == (200, await person.read(job["id"]))
    assert await person.balance() == 0
    other = await world.starter()
    assert (await other.job(idempotency_key="k"))["id"] != job["id"]


@pytest.mark.parametrize(("make", "limit"), [(World.starter, 1), (World.creator, 5)])
async def test_slots_are_counted_per_owner_and_freed_at_once(world: World, make: Any, limit: int) -> None:
    person: Person = await make(world)
    jobs = [await person.job() for _ in range(limit)]
    assert code(await person.call("POST", "/v1/generate", {"spec": SPEC})) == (409, "CONFLICT")
    await person.call("POST", f"/v1/jobs/{jobs[0]['id']}/cancel")
    await person.job()


async def test_team_jobs_are_paid_by_the_team_and_seen_by_its_members(world: World) -> None:
    owner, viewer, stranger = await world.creator(), await world.creator(), await world.creator()
    team = world.team_of(owner)
    world.join(viewer, team, "viewer")
    urn = f"framecast:team:{team}"
    world.sandbox.set_credits(urn, 30)
    job = await owner.job(owner=urn)
    assert await owner.balance() == 1000
    assert await viewer.read(job["id"]) == job
    path = f"/v1/jobs/{job['id']}"
    body = {"spec": SPEC, "owner": urn}
    assert code(await viewer.call("POST", "/v1/generate", body)) == (403, "AUTHORIZATION_ERROR")
    assert code(await viewer.call("POST", f"{path}/clone")) == (403, "AUTHORIZATION_ERROR")
    assert code(await viewer.call("POST", f"{path}/cancel")) == (404, "NOT_FOUND")
    assert code(await stranger.call("GET", path)) == (404, "NOT_FOUND")
    assert (await owner.call("POST", f"{path}/cancel"))[1]["credits_refunded"] == 9


@pytest.mark.parametrize(("role", "status"), [("admin", 200), ("member", 404), ("viewer", 404)])
async def test_who_may_cancel_somebody_elses_job(world: World, role: str, status: int) -> None:
    owner, person = await world.creator(), await world.creator()
    urn = f"framecast:team:{world.team_of(owner)}"
    world.join(person, world.team_of(owner), role)
    world.sandbox.set_credits(urn, 30)
    job = await owner.job(owner=urn)
    assert (await person.call("POST", f"/v1/jobs/{job['id']}/cancel"))[0] == status


async def test_membership_jobs_have_slots_of_their_own_and_the_teams_money(world: World) -> None:
    person = await world.creator(0)
    team = world.team_of(person)
    world.sandbox.set_credits(f"framecast:team:{team}", 100)
    for urn in (f"framecast:team:{team}", f"framecast:{team}:{person.id}"):
        for _ in range(5):
            await person.job(owner=urn)
        body = {"spec": SPEC, "owner": urn}
        assert code(await person.call("POST", "/v1/generate", body)) == (409, "CONFLICT")


@pytest.mark.parametrize(("percent", "refund"), [(None, 9), (25.5, 6), (90, 0), (33.33, 6)])
async def test_canceling_keeps_what_was_used_and_a_fee(
    world: World, percent: float | None, refund: int
) -> None:
    person = await world.starter(10)
    job = await person.job()
    if percent is not None:
        await world.report(job, "started")
        await world.report(job, "progress", progress_percent=percent)
    before = await person.read(job["id"])
    status, after = await person.call("POST", f"/v1/jobs/{job['id']}/cancel")
    ended = {
        "status": "canceled",
        "failure_type": "canceled",
        "credits_refunded": refund,
        "completed_at": after["completed_at"],
        "updated_at": after["updated_at"],
    }
    assert (status, after) == (200, before | ended)
    assert after["completed_at"] > before["updated_at"]
    assert await person.balance() == refund
    assert (await person.events(job["id"]))[-1] == "canceled"
    assert code(await person.call("POST", f"/v1/jobs/{job['id']}/cancel")) == (409, "CONFLICT")


async def test_a_clone_takes_spec_and_options_along(world: World) -> None:
    person = await world.creator(20)
    source = await person.job(options={"a": 1}, idempotency_key="k")
    response = await world.ask(
        "POST",
        f"/v1/jobs/{source['id']}/clone",
        headers={"Authorization": f"Bearer {person.token}", "Content-Type": "text/plain"},
    )
    clone = response.json()
    assert response.status_code == 201
    new = {name: clone[name] for name in ("id", "created_at", "updated_at")}
    assert clone == source | new | {"idempotency_key": None}
    assert await person.read(source["id"]) == source
    path = f"/v1/jobs/{source['id']}/clone"
    assert code(await person.call("POST", path, {})) == (402, "INSUFFICIENT_CREDITS")
    assert code(await person.call("POST", path, {"owner": "x"})) == (400, "VALIDATION_ERROR")
    assert code(await person.call("POST", path, [1])) == (400, "VALIDATION_ERROR")


async def test_only_ended_jobs_can_be_deleted(world: World) -> None:
    person = await world.starter()
    job = await person.job()
    path = f"/v1/jobs/{job['id']}"
    assert code(await person.call("DELETE", path)) == (400, "VALIDATION_ERROR")
    await person.call("POST", f"{path}/cancel")
    balance = await person.balance()
    assert (await person.call("DELETE", path))[0] == 204
    for method, tail in (
        ("GET", ""),
        ("DELETE", ""),
        ("GET", "/events"),
        ("POST", "/cancel"),
        ("POST", "/clone"),
    ):
        assert code(await person.call(method, path + tail)) == (404, "NOT_FOUND")
    assert (await person.balance(), (await person.call("GET", "/v1/jobs"))[1]) == (balance, [])


async def test_project_jobs_are_not_deleted(world: World) -> None:
    person = await world.starter()
    job = await person.job()
    await person.call("POST", f"/v1/jobs/{job['id']}/cancel")
    world.sandbox.database.update("jobs", job["id"], {"project_id": NOBODY})
    assert code(await person.call("DELETE", f"/v1/jobs/{job['id']}")) == (400, "VALIDATION_ERROR")
    assert [found["id"] for found in (await person.call("GET", f"/v1/jobs?project_id={NOBODY}"))[1]] == [
        job["id"]
    ]


async def test_filters_combine(world: World) -> None:
    person = await world.creator()
    urn = f"framecast:team:{world.team_of(person)}"
    world.sandbox.set_credits(urn, 100)
    first, second, third = await person.job(), await person.job(owner=urn), await person.job()
    await person.call("POST", f"/v1/jobs/{first['id']}/cancel")

    async def listed(query: str) -> list[str]:
        status, jobs = await person.call("GET", f"/v1/jobs?{query}")
        assert status == 200, jobs
        return [job["id"] for job in jobs]

    assert await listed("") == [third["id"], second["id"], first["id"]]
    assert await listed("status=queued") == [third["id"], second["id"]]
    assert await listed(f"status=queued&owner={urn}") == [second["id"]]
    assert await listed(f"owner=framecast:user:{NOBODY}") == []
    assert await listed(f"created_after={first['created_at']}") == [third["id"], second["id"]]
    assert await listed(f"created_before={first['created_at'].replace('Z', '%2B00:00')}") == []
    assert await listed("limit=1&offset=1") == [second["id"]]
    assert await listed("limit=0") == [third["id"]]
    assert await listed("limit=1000&offset=-5") == [third["id"], second["id"], first["id"]]
    assert await listed("offset=9223372036854775807&cursor=x") == []


@pytest.mark.parametrize(
    "query",
    [
        "status=done",
        "status=",
        "status=queued&status=queued",
        "owner=me",
        f"owner=framecast:artifact:{NOBODY}",
        "project_id=7",
        "created_after=yesterday",
        "created_after=2026-13-01T00:00:00Z",
        "created_after=2026-01-01T00:00:00",
        "limit=ten",
        "limit=",
        "limit=1.5",
        "limit=1&limit=2",
        "offset=9223372036854775808",
        "offset=" + "9" * 400,
    ],
)
async def test_query_values_that_make_no_sense(world: World, query: str) -> None:
    person = await world.starter()
    assert code(await person.call("GET", f"/v1/jobs?{query}")) == (400, "VALIDATION_ERROR")


async def test_estimates_promise_the_price(world: World) -> None:
    person = await world.starter(6)
    scenes = [{"id": name, "prompt": "x", "duration": 2.5} for name in ("a", "b")]
    spec = {"title": "t", "scenes": scenes}
    _, estimate = await person.call("POST", "/v1/spec/estimate", {"spec": spec})
    assert estimate == {
        "estimated_duration_seconds": 5,
        "estimated_credits": 6,
        "estimated_generation_time_seconds": 30,
        "scenes": [{"id": name, "duration": 2.5, "credits": 3} for name in ("a", "b")],
        "warnings": [],
    }
    world.sandbox.set_credits(person.urn, 5)
    _, warned = await person.call("POST", "/v1/spec/estimate", {"spec": spec})
    assert len(warned["warnings"]) == 1
    assert warned | {"warnings": []} == estimate
    assert code(await person.call("POST", "/v1/spec/estimate", {"spec": {}})) == (400, "VALIDATION_ERROR")


async def test_validation_lists_findings_and_counts_assets_the_caller_can_reach(world: World) -> None:
    person, other = await world.starter(), await world.starter()
    file = {"filename": "dog.png", "content_type": "image/png", "size_bytes": 7}
    _, upload = await person.call("POST", "/v1/assets/upload-url", file)
    world.sandbox.database.update("assets", upload["asset"]["id"], {"status": "ready"})
    symbol = {"prompt": "a dog", "reference_images": [{"id": upload["asset"]["id"]}]}
    body = {"spec": {**SPEC, "symbols": {"dog": symbol}}}
    assert await person.call("POST", "/v1/spec/validate", body) == (
        200,
        {"valid": True, "errors": [], "warnings": []},
    )
    status, report = await other.call("POST", "/v1/spec/validate", body)
    assert (status, report["valid"]) == (200, False)
    assert [finding["path"] for finding in report["errors"]] == ["symbols.dog.reference_images[0].id"]
    assert code(await person.call("POST", "/v1/spec/validate", {"spec": 1})) == (400, "VALIDATION_ERROR")


async def test_outputs_in_our_bucket_are_presigned_and_others_pass(world: World) -> None:
    person = await world.starter()
    job = await person.job()
    await world.report(job, "started")
    clip = {"scene_id": "park", "url": "s3://framecast-outputs/jobs/clip.mp4", "duration": 10}
    endpoint = world.settings.s3_endpoint_url
    ours = {"thumbnail_url": f"{endpoint}/framecast-outputs/t.jpg?X-Amz-Old=1", "scene_clips": [clip]}
    await world.report(job, "completed", output=VIDEO | ours)
    output = (await person.read(job["id"]))["output"]
    assert output["video_url"] == VIDEO["video_url"]
    assert output["thumbnail_url"].startswith(f"{endpoint}/framecast-outputs/t.jpg?X-Amz-Algorithm=")
    assert output["scene_clips"][0]["url"].startswith(f"{endpoint}/framecast-outputs/jobs/clip.mp4?X-Amz-")
    assert "X-Amz-Expires=3600" in output["thumbnail_url"]
