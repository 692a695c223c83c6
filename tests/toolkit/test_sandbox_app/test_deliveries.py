"""Deliveries to webhooks: what is sent, how it is signed, and what becomes of it (job-semantics 7, 8)."""

import asyncio
import hmac
import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from framecast_contract.clock import VirtualClock
from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.signatures import signature

from .test_webhooks import NOBODY, add
from .world import VIDEO, Person, World, a_world, code

SCHEDULE = (60, 300, 1800, 7200)
ALL = [f"job.{name}" for name in ("queued", "started", "progress", "completed", "failed", "canceled")]


class Receiver:
    """What is behind every webhook here: answers the statuses in order, then the last one for ever.

    A status of 0 is no answer at all.
    """

    def __init__(self, world: World) -> None:
        self.statuses = [200]
        self.body = ""
        self.calls: list[httpx.Request] = []
        self.meanwhile: Callable[[], Any] = lambda: None
        world.services.answers["/framecast"] = self.answer

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(request)
        self.meanwhile()
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if status == 0:
            raise httpx.ReadTimeout("no answer", request=request)
        return httpx.Response(status, text=self.body, headers={"location": "https://x.example/framecast"})

    def payloads(self) -> list[dict[str, Any]]:
        return [json.loads(call.content) for call in self.calls]


@pytest.fixture
def receiver(world: World) -> Receiver:
    return Receiver(world)


class Team:
    """An owner, the owner's team, and a webhook that is told everything."""

    def __init__(self, world: World, owner: Person, created: dict[str, Any]) -> None:
        self.world, self.owner, self.secret = world, owner, created["secret"]
        self.id, self.path = created["webhook"]["team_id"], f"/v1/webhooks/{created['webhook']['id']}"
        self.urn = f"framecast:team:{self.id}"

    async def job(self) -> dict[str, Any]:
        return await self.owner.job(owner=self.urn)

    async def deliveries(self, query: str = "") -> list[dict[str, Any]]:
        await self.world.sandbox.settle()
        return list((await self.owner.call("GET", f"{self.path}/deliveries{query}"))[1])

    async def test(self) -> dict[str, Any]:
        status, delivery = await self.owner.call("POST", f"{self.path}/test")
        assert status == 201, delivery
        return dict(delivery)

    async def retry(self, delivery: dict[str, Any]) -> tuple[int, Any]:
        return await self.owner.call("POST", f"/v1/webhook-deliveries/{delivery['id']}/retry")


async def a_team(world: World, **members: Any) -> Team:
    owner = await world.creator()
    created = await add(world, owner, **{"events": ALL, **members})
    world.sandbox.set_credits(f"framecast:team:{created['webhook']['team_id']}", 1000)
    return Team(world, owner, created)


@pytest.fixture
async def team(world: World) -> Team:
    return await a_team(world)


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
    with pytest.raises(RuntimeError), world.sandbox.database.transaction():
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


@pytest.mark.parametrize("failure", [500, 503, 599, 0])
async def test_a_failing_receiver_is_tried_five_times(
    world: World, receiver: Receiver, team: Team, failure: int
) -> None:
    receiver.statuses, receiver.body = [failure], "down"
    await team.job()
    for attempt, delay in enumerate(SCHEDULE, start=1):
        [kept] = await team.deliveries()
        due = world.clock.now() + timedelta(seconds=delay)
        assert (kept["status"], kept["attempts"]) == ("retrying", attempt)
        assert datetime.fromisoformat(kept["next_retry_at"]) == due
        await world.clock.advance(delay - 1)
        assert len(receiver.calls) == attempt
        await world.clock.advance(1)
    [kept] = await team.deliveries()
    answer = (None, None) if failure == 0 else (failure, "down")
    assert (kept["status"], kept["attempts"], kept["next_retry_at"]) == ("failed", 5, None)
    assert (kept["response_status"], kept["response_body"], kept["delivered_at"]) == (*answer, None)
    await world.clock.advance(86400)
    assert len(receiver.calls) == 5
    assert len({call.content for call in receiver.calls}) == 1
    assert len({call.headers["x-webhook-timestamp"] for call in receiver.calls}) == 5


async def test_a_receiver_that_recovers_is_told_after_all(
    world: World, receiver: Receiver, team: Team
) -> None:
    receiver.statuses = [0, 500, 204]
    await team.job()
    await world.clock.advance(360)
    [kept] = await team.deliveries()
    assert (kept["status"], kept["attempts"], kept["response_status"]) == ("delivered", 3, 204)
    assert (kept["response_body"], kept["next_retry_at"]) == (None, None)


@pytest.mark.parametrize("refusal", [301, 302, 304, 400, 404, 408, 410, 429])
async def test_a_refusal_or_redirect_is_final(
    world: World, receiver: Receiver, team: Team, refusal: int
) -> None:
    receiver.statuses = [refusal]
    await team.job()
    await world.clock.advance(86400)
    [kept] = await team.deliveries()
    assert (kept["status"], kept["attempts"], kept["response_status"]) == ("failed", 1, refusal)
    assert (kept["next_retry_at"], kept["delivered_at"], len(receiver.calls)) == (None, None, 1)


async def test_long_answers_are_cut(receiver: Receiver, team: Team) -> None:
    receiver.body = "ü" * 20_000
    assert (await team.test())["response_body"] == "ü" * 10_240


@pytest.mark.parametrize(
    "url", ["https://h:99999/framecast", "https://%ff/framecast", "https://[v1.x]/framecast"]
)
async def test_a_url_nobody_can_call_is_a_failed_connection(world: World, url: str) -> None:
    tested = await (await a_team(world, url=url)).test()
    assert (tested["status"], tested["response_status"]) == ("retrying", None)


async def test_a_silent_receiver_is_given_up_in_time() -> None:
    async def silence(_request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    async with a_world(webhook_timeout_seconds=0.01) as world:
        world.services.answers["/framecast"] = silence  # type: ignore[assignment]  # httpx awaits it
        tested = await (await a_team(world)).test()
    assert (tested["status"], tested["attempts"], tested["response_status"]) == ("retrying", 1, None)


async def test_the_secret_of_the_moment_signs(world: World, receiver: Receiver, team: Team) -> None:
    receiver.statuses = [500, 200]
    await team.job()
    rotated = (await team.owner.call("POST", f"{team.path}/rotate-secret"))[1]["secret"]
    await world.clock.advance(60)
    for call, secret in zip(receiver.calls, (team.secret, rotated), strict=True):
        expected = signature(secret, call.headers["x-webhook-timestamp"], call.content)
        assert call.headers["x-webhook-signature"] == expected


async def test_an_inactive_or_deleted_webhook_is_left_alone(
    world: World, receiver: Receiver, team: Team
) -> None:
    receiver.statuses = [500]
    await team.job()
    [before] = await team.deliveries()
    await team.owner.call("PATCH", team.path, {"is_active": False})
    await world.clock.advance(86400)
    assert (await team.deliveries(), len(receiver.calls)) == ([before], 1)
    other = await a_team(world)
    await other.job()
    await other.owner.call("DELETE", other.path)
    await world.clock.advance(86400)
    assert len(receiver.calls) <= 2
    assert world.sandbox.database.all("SELECT * FROM webhook_deliveries WHERE id <> ?", (before["id"],)) == []


async def test_a_webhook_is_tried_out_before_the_answer(world: World, receiver: Receiver, team: Team) -> None:
    await team.owner.call("PATCH", team.path, {"events": ["job.failed"]})
    receiver.body = "pong"
    tested = await team.test()
    [payload] = receiver.payloads()
    timestamp = payload["timestamp"]
    assert payload == {"event": "webhook.test", "timestamp": timestamp, "delivery_id": tested["id"]}
    shown = {name: tested[name] for name in ("job_id", "event_type", "status", "attempts", "payload")}
    assert shown == {
        "job_id": None,
        "event_type": "webhook.test",
        "status": "delivered",
        "attempts": 1,
        "payload": payload,
    }
    assert (tested["response_status"], tested["response_body"]) == (200, "pong")
    assert await team.deliveries() == [tested]
    assert (await team.owner.call("GET", team.path))[1]["last_triggered_at"] is not None


@pytest.mark.parametrize(("status", "outcome"), [(404, "failed"), (500, "retrying"), (0, "retrying")])
async def test_a_test_that_fails_is_a_delivery_like_any_other(
    world: World, receiver: Receiver, team: Team, status: int, outcome: str
) -> None:
    receiver.statuses = [status, 200]
    assert (await team.test())["status"] == outcome
    await world.clock.advance(60)
    assert (await team.deliveries())[0]["attempts"] == (1 if outcome == "failed" else 2)


async def test_an_inactive_webhook_cannot_be_tried_out(receiver: Receiver, team: Team) -> None:
    await team.owner.call("PATCH", team.path, {"is_active": False})
    assert code(await team.owner.call("POST", f"{team.path}/test")) == (409, "CONFLICT")
    assert (await team.deliveries(), receiver.calls) == ([], [])


async def test_a_webhook_deleted_while_it_is_tried_out(world: World, receiver: Receiver, team: Team) -> None:
    receiver.meanwhile = lambda: world.sandbox.database.run("DELETE FROM webhook_deliveries")
    assert code(await team.owner.call("POST", f"{team.path}/test")) == (404, "NOT_FOUND")


async def test_a_failed_delivery_is_retried_from_the_start(
    world: World, receiver: Receiver, team: Team
) -> None:
    receiver.statuses = [400, 500, 200]
    failed = await team.test()
    await world.clock.advance(10)
    status, again = await team.retry(failed)
    expected = {"status": "pending", "attempts": 0, "next_retry_at": "2026-01-05T12:00:10.000000Z"}
    assert (status, again) == (200, failed | expected)
    [kept] = await team.deliveries()
    assert (kept["status"], kept["attempts"]) == ("retrying", 1)
    await world.clock.advance(60)
    [kept] = await team.deliveries()
    assert (kept["id"], kept["status"], kept["attempts"]) == (failed["id"], "delivered", 2)
    assert len({call.content for call in receiver.calls}) == 1
    stamps = [int(call.headers["x-webhook-timestamp"]) for call in receiver.calls]
    assert [stamp - stamps[0] for stamp in stamps] == [0, 10, 70]


async def test_of_parallel_retries_one_counts(receiver: Receiver, team: Team) -> None:
    receiver.statuses = [400, 200]
    failed = await team.test()
    answers = await asyncio.gather(*(team.retry(failed) for _ in range(4)))
    assert sorted(status for status, _ in answers) == [200, 409, 409, 409]
    assert (await team.deliveries())[0]["status"] == "delivered"
    assert code(await team.retry(failed)) == (409, "CONFLICT")
    assert len(receiver.calls) == 2


async def test_who_may_retry(world: World, receiver: Receiver, team: Team) -> None:
    receiver.statuses = [400]
    path = f"/v1/webhook-deliveries/{(await team.test())['id']}/retry"
    person, starter = await world.creator(), await world.starter()
    assert code(await starter.call("POST", path)) == (403, "INSUFFICIENT_TIER")
    assert code(await person.call("POST", path)) == (404, "NOT_FOUND")
    world.join(person, team.id, "member")
    assert code(await person.call("POST", path)) == (403, "AUTHORIZATION_ERROR")
    for identifier, answer in ((NOBODY, (404, "NOT_FOUND")), ("7", (400, "VALIDATION_ERROR"))):
        assert code(await team.retry({"id": identifier})) == answer


async def test_deliveries_are_filtered_and_paged(world: World, receiver: Receiver, team: Team) -> None:
    receiver.statuses = [200, 400, 200]
    made = []
    for _ in range(3):
        made.append(await team.test())
        await world.clock.advance(10)
    first, second, third = made
    for query, expected in (
        ("", [third, second, first]),
        ("?limit=1&offset=1", [second]),
        ("?status=failed", [second]),
        ("?event_type=webhook.test&status=delivered", [third, first]),
        ("?event_type=anything", []),
        (f"?created_after={first['created_at']}", [third, second]),
        (f"?created_before={third['created_at']}", [second, first]),
    ):
        assert await team.deliveries(query) == expected
    for query in ("status=attempting", "created_after=now", "limit=x", "status=failed&status=failed"):
        answer = await team.owner.call("GET", f"{team.path}/deliveries?{query}")
        assert code(answer) == (400, "VALIDATION_ERROR")


async def test_deliveries_are_kept_for_thirty_days(world: World, receiver: Receiver, team: Team) -> None:
    receiver.statuses = [400]
    old = await team.test()
    await world.clock.advance(30 * 86400 - 1)
    assert await team.deliveries() == [old]
    await world.clock.advance(2)
    assert await team.deliveries() == []
    assert code(await team.retry(old)) == (404, "NOT_FOUND")


async def test_a_delivery_outlives_its_job(world: World, team: Team) -> None:
    job = await team.job()
    await team.owner.call("POST", f"/v1/jobs/{job['id']}/cancel")
    [canceled, queued] = await team.deliveries()
    await team.owner.call("DELETE", f"/v1/jobs/{job['id']}")
    assert await team.deliveries() == [{**canceled, "job_id": None}, {**queued, "job_id": None}]


async def test_a_restart_loses_no_delivery(tmp_path: Path) -> None:
    async with a_world(database=str(tmp_path / "sandbox.db")) as world:
        receiver = Receiver(world)
        team = await a_team(world)
        receiver.statuses = [500]
        await team.test()
        with world.sandbox.database.transaction():
            world.sandbox.database.run("UPDATE webhook_deliveries SET created_at = '2026-01-05T12'")
        await world.clock.advance(10)
        await team.test()
        world.sandbox.database.run(
            "UPDATE webhook_deliveries SET status = 'pending', attempts = 0, next_retry_at = NULL"
            " WHERE created_at > '2026-01-05T12:00:09'"
        )
    receiver.statuses = [200]
    clock, transport = VirtualClock(world.clock.now()), httpx.MockTransport(world.services)
    after = Sandbox(world.settings, clock=clock, random=random.Random(9), upstream=transport)
    after.recover()
    await clock.advance(1)
    assert len(receiver.calls) == 3
    await clock.advance(49)
    assert len(receiver.calls) == 4
    assert {row["status"] for row in after.database.all("SELECT status FROM webhook_deliveries")} == {
        "delivered"
    }
    await after.upstreams.close()
    after.close()
