"""What webhooks are told of a job, to whom it is told, and how it is signed (job-semantics 7)."""

import contextlib
import hmac
import json

import pytest

from framecast_contract.sandbox.signatures import signature

from .receiving import ALL, Receiver, Team
from .test_webhooks import NOBODY, add
from .world import VIDEO, World


def test_the_signature_of_the_facts() -> None:
    expected = "sha256=3abc8a5d2f344766f942ca9c85f549871a643abd08ed761a60ce4e770a1903f6"
    body = b'{"event":"webhook.test"}'
    assert signature("0123456789abcdef0123456789abcdef", "1767225600", body) == expected


async def test_a_delivery_is_signed_and_kept(world: World, receiver: Receiver, team: Team) -> None:
    receiver.body = "thanks"
    job = await team.job()
    [kept] = await team.deliveries()
    [call] = receiver.calls
    stamp = str(int(world.clock.now().timestamp()))
    message = stamp.encode() + b"." + call.content
    names = ("content-type", "x-webhook-delivery-id", "x-webhook-timestamp", "x-webhook-signature")
    mac = hmac.new(team.secret.encode(), message, "sha256").hexdigest()
    assert [call.headers[name] for name in names] == ["application/json", kept["id"], stamp, f"sha256={mac}"]
    assert kept == {
        "id": kept["id"],
        "webhook_id": team.path.rpartition("/")[2],
        "job_id": job["id"],
        "event_type": "job.queued",
        "status": "delivered",
        "payload": json.loads(call.content),
        "response_status": 200,
        "response_body": "thanks",
        "attempts": 1,
        "max_attempts": 5,
        "next_retry_at": None,
        "delivered_at": kept["delivered_at"],
        "created_at": kept["created_at"],
    }
    assert kept["delivered_at"] > kept["created_at"]
    webhook = (await team.owner.call("GET", team.path))[1]
    assert webhook["last_triggered_at"] > webhook["updated_at"]


async def test_what_is_told_of_a_job_that_succeeds(world: World, receiver: Receiver, team: Team) -> None:
    job = await team.job()
    await world.report(job, "started")
    await world.report(job, "progress", progress_percent=40.5)
    await world.report(job, "completed", output={**VIDEO, "thumbnail_url": "https://cdn.example.com/t.jpg"})
    after = await team.owner.read(job["id"])
    kept = (await team.deliveries())[::-1]
    queued, started, progressed, completed = [delivery["payload"] for delivery in kept]
    assert sorted(map(str, receiver.payloads())) == sorted(str(delivery["payload"]) for delivery in kept)
    details = {name: after[name] for name in ("id", "owner", "project_id", "triggered_by", "created_at")}
    assert queued == {
        "event": "job.queued",
        "timestamp": after["created_at"],
        "delivery_id": kept[0]["id"],
        "job": {**details, "status": "queued"},
    }
    assert started == {
        "event": "job.started",
        "timestamp": after["started_at"],
        "delivery_id": kept[1]["id"],
        "job": {**details, "status": "processing"},
    }
    progress = {"phase": "generating", "percent": 40.5}
    assert progressed["job"] == {"id": job["id"], "status": "processing", "progress": progress}
    names = ("id", "owner", "project_id", "status", "credits_charged", "started_at", "completed_at")
    output = {name: after["output"][name] for name in ("video_url", "duration", "resolution", "size_bytes")}
    assert completed == {
        "event": "job.completed",
        "timestamp": after["completed_at"],
        "delivery_id": kept[3]["id"],
        "job": {
            **{name: after[name] for name in names},
            "output": {**output, "thumbnail_url": "https://cdn.example.com/t.jpg"},
        },
    }


async def test_output_urls_are_presigned_and_a_thumbnail_is_always_there(world: World, team: Team) -> None:
    job = await team.job()
    await world.report(job, "started")
    await world.report(job, "completed", output={**VIDEO, "video_url": "s3://framecast-outputs/v.mp4"})
    output = (await team.deliveries("?event_type=job.completed"))[0]["payload"]["job"]["output"]
    assert "/framecast-outputs/v.mp4?X-Amz-" in output["video_url"]
    assert output["thumbnail_url"] == output["video_url"]


async def test_the_output_of_a_picture_is_told_whole(world: World, team: Team) -> None:
    job = await team.job()
    await world.report(job, "started")
    await world.report(job, "completed", output={"url": "https://cdn.example.com/x.png", "width": 7})
    output = (await team.deliveries("?event_type=job.completed"))[0]["payload"]["job"]["output"]
    assert output == {"url": "https://cdn.example.com/x.png", "width": 7}


@pytest.mark.parametrize(
    ("error", "code"),
    [({"message": "x", "scene_id": "a"}, "generation_failed"), ({"message": "x", "code": "c"}, "c")],
)
async def test_what_is_told_of_a_job_that_fails(
    world: World, team: Team, error: dict[str, str], code: str
) -> None:
    job = await team.job()
    await world.report(job, "started")
    await world.report(job, "failed", error=error, failure_type="validation")
    after = await team.owner.read(job["id"])
    names = ("id", "status", "failure_type", "credits_charged", "credits_refunded", "completed_at")
    told = (await team.deliveries("?event_type=job.failed"))[0]["payload"]
    assert told["timestamp"] == after["completed_at"]
    assert told["job"] == {
        **{name: after[name] for name in names},
        "error": {**error, "code": code},
        "progress": {"phase": "initializing", "percent": 0},
    }


async def test_what_is_told_of_a_canceled_job(world: World, team: Team) -> None:
    admin = await world.creator()
    world.join(admin, team.id, "admin")
    job = await team.job()
    await world.report(job, "started")
    await world.report(job, "progress", progress_percent=30)
    await admin.call("POST", f"/v1/jobs/{job['id']}/cancel")
    after = await team.owner.read(job["id"])
    names = ("id", "status", "credits_charged", "credits_refunded", "completed_at")
    assert (await team.deliveries("?event_type=job.canceled"))[0]["payload"]["job"] == {
        **{name: after[name] for name in names},
        "canceled_by": admin.id,
        "progress": {"percent": 30},
    }


async def test_only_who_asked_is_told_and_only_of_the_teams_own_jobs(
    world: World, receiver: Receiver, team: Team
) -> None:
    await add(world, team.owner, events=["job.completed"])
    inactive = (await add(world, team.owner, events=ALL))["webhook"]["id"]
    await team.owner.call("PATCH", f"/v1/webhooks/{inactive}", {"is_active": False})
    await add(world, await world.creator(), events=ALL)
    for owner in (team.owner.urn, f"framecast:{team.id}:{team.owner.id}"):
        await team.owner.job(owner=owner)
    assert (await team.deliveries(), receiver.calls) == ([], [])
    await team.job()
    assert (len(await team.deliveries()), len(receiver.calls)) == (1, 1)


async def test_what_was_refused_is_not_told(receiver: Receiver, world: World, team: Team) -> None:
    world.sandbox.set_credits(team.urn, 0)
    assert (await team.owner.call("POST", "/v1/generate", {"owner": team.urn, "spec": {}}))[0] == 400
    job = {"id": NOBODY}
    assert (await world.report(job, "started"))[0] == 404
    assert (await team.deliveries(), receiver.calls) == ([], [])


async def test_a_delivery_whose_event_never_happened_is_not_sent(
    world: World, receiver: Receiver, team: Team
) -> None:
    job = world.sandbox.jobs.row((await team.job())["id"])
    with contextlib.suppress(RuntimeError), world.sandbox.database.transaction():
        world.sandbox.lifecycle.start(job)
        raise RuntimeError
    assert [delivery["event_type"] for delivery in await team.deliveries()] == ["job.queued"]
    assert len(receiver.calls) == 1


async def test_progress_is_told_once_a_second_and_the_end_always(world: World, team: Team) -> None:
    job, other = await team.job(), await team.job()
    for each in (job, other):
        await world.report(each, "started")
    for percent in (1, 2, 3):
        await world.report(job, "progress", progress_percent=percent)
        await world.report(other, "progress", progress_percent=percent)
        await world.clock.advance(0.6)
    await world.report(job, "progress", progress_percent=99)
    await world.report(job, "completed", output=VIDEO)
    told = [d["payload"]["job"] for d in await team.deliveries("?event_type=job.progress")]
    mine = [details["progress"]["percent"] for details in told if details["id"] == job["id"]]
    assert (mine, len(told)) == ([3, 1], 4)
    assert len(await team.deliveries("?event_type=job.completed")) == 1
