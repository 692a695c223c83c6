"""Attempts of deliveries: when, how often, and what becomes of them (job-semantics 1.4, 8)."""

import asyncio
import random
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from framecast_contract.clock import VirtualClock
from framecast_contract.sandbox import Sandbox, Settings
from framecast_contract.sandbox.signatures import signature
from framecast_contract.sandbox.upstreams import Upstreams

from .receiving import Receiver, Team, a_team
from .test_webhooks import NOBODY
from .world import World, a_world, code

SCHEDULE = (60, 300, 1800, 7200)


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


@pytest.mark.parametrize("url", ["https://127.0.0.1:99999/", "https://[v1.x]/", "https://127.0.0.1:9/"])
async def test_a_url_nobody_can_call_is_one_where_nobody_answers(url: str) -> None:
    network = Upstreams(Settings(), None)
    assert await network.deliver(url, b"{}", {}) == (None, None)
    await network.close()


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
    rows = world.sandbox.database.all("SELECT id FROM webhook_deliveries")
    assert ([row["id"] for row in rows], len(receiver.calls)) == ([before["id"]], 2)


async def test_a_webhook_is_tried_out_before_the_answer(receiver: Receiver, team: Team) -> None:
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


async def test_a_delivery_outlives_its_job(team: Team) -> None:
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
