"""After the answer: Inngest, Anthropic and RunPod, their faults, the time limit, and a restart."""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from framecast_contract.clock import VirtualClock
from framecast_contract.sandbox import Sandbox

from .world import BASE, SPEC, VIDEO, Person, World, a_world

RUN = "/v2/framecast-render/run"


async def test_a_job_reaches_every_service_before_the_call_returns(rendering: World) -> None:
    person = await rendering.starter()
    job = await person.job()
    event, message, run = rendering.services.calls
    data = {"job_id": job["id"], "owner": person.urn, "triggered_by": person.id}
    assert event == ("POST", "/e/sandbox", {"name": "framecast/job.queued", "id": job["id"], "data": data})
    assert message[2]["messages"] == [{"role": "user", "content": '{"park": "a small brown dog in a park"}'}]
    outputs = run[2]["input"].pop("outputs")
    assert run == (
        "POST",
        RUN,
        {
            "input": {
                "job_id": job["id"],
                "kind": "video",
                "spec": SPEC,
                "prompts": {"park": "vivid a small brown dog in a park"},
                "callback_url": f"{BASE}/internal/jobs/callback",
            },
            "webhook": f"{BASE}/internal/runpod/webhook/{job['id']}",
            "policy": {"executionTimeout": 1_800_000},
        },
    )
    folder = f"user/{person.id}/jobs/{job['id']}"
    assert outputs["video"]["key"] == f"{folder}/final.mp4"
    assert outputs["thumbnail"]["key"] == f"{folder}/thumbnail.jpg"
    assert outputs["scenes"]["park"]["key"] == f"{folder}/scene_park.mp4"
    assert f"/framecast-outputs/{folder}/final.mp4?X-Amz-" in outputs["video"]["put_url"]


async def test_canceling_stops_the_render(rendering: World) -> None:
    person = await rendering.starter()
    job = await person.job()
    await person.call("POST", f"/v1/jobs/{job['id']}/cancel")
    assert rendering.services.paths()[-1] == "/v2/framecast-render/cancel/render-1"


async def test_an_overloaded_llm_is_asked_again_when_it_says(rendering: World) -> None:
    rendering.services.fail("messages", 529, retry_after="20")
    await (await rendering.starter()).job()
    assert rendering.services.paths() == ["/e/sandbox", "/v1/messages"]
    await rendering.clock.advance(19)
    assert len(rendering.services.calls) == 2
    rendering.services.answers.clear()
    await rendering.clock.advance(1)
    assert rendering.services.paths()[2:] == ["/v1/messages", RUN]


async def test_without_the_llm_the_scenes_own_words_are_rendered(rendering: World) -> None:
    rendering.services.fail("messages", 500)
    await (await rendering.starter()).job()
    await rendering.clock.advance(100)
    assert rendering.services.paths().count("/v1/messages") == 4
    assert rendering.services.calls[-1][2]["input"]["prompts"] == {"park": "a small brown dog in a park"}


@pytest.mark.parametrize(
    "text", ["", "no", "[]", '{"park": 7}', '{"park": " "}', '{"other": "x"}', "{" * 9000]
)
async def test_an_answer_of_the_llm_that_makes_no_sense(rendering: World, text: str) -> None:
    content = {"content": [{"type": "text", "text": text}]}
    rendering.services.answers["messages"] = lambda _request: httpx.Response(200, json=content)
    await (await rendering.starter()).job()
    assert rendering.services.calls[-1][2]["input"]["prompts"] == {"park": "a small brown dog in a park"}


async def test_a_lost_event_holds_no_render_back(rendering: World) -> None:
    rendering.services.fail("/e/", 503)
    await (await rendering.starter()).job()
    assert RUN in rendering.services.paths()
    await rendering.clock.advance(100)
    assert rendering.services.paths().count("/e/sandbox") == 4


@pytest.mark.parametrize(("status", "tries"), [(401, 1), (400, 1), (429, 4), (500, 4)])
async def test_a_render_that_cannot_be_started_fails_with_a_full_refund(
    rendering: World, status: int, tries: int
) -> None:
    rendering.services.fail("/run", status)
    person = await rendering.starter()
    job = await person.job()
    await rendering.clock.advance(100)
    failed = await person.read(job["id"])
    assert rendering.services.paths().count(RUN) == tries
    assert (failed["status"], failed["failure_type"], failed["credits_refunded"]) == ("failed", "system", 10)
    assert failed["started_at"] is not None
    assert await person.events(job["id"]) == ["queued", "started", "failed"]
    assert await person.balance() == 1000


async def test_no_connection_is_tried_again(rendering: World) -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route", request=request)

    rendering.services.answers["/run"] = broken
    person = await rendering.starter()
    job = await person.job()
    rendering.services.answers.clear()
    await rendering.clock.advance(1)
    assert rendering.services.paths().count(RUN) == 2
    assert (await person.read(job["id"]))["status"] == "queued"


async def test_a_job_canceled_while_it_is_submitted_is_canceled_there_too(rendering: World) -> None:
    person = await rendering.starter()

    def cancel_meanwhile(_request: httpx.Request) -> httpx.Response:
        [row] = rendering.sandbox.database.all("SELECT * FROM jobs")
        with rendering.sandbox.database.transaction():
            rendering.sandbox.lifecycle.cancel(row, row["triggered_by"])
        return httpx.Response(200, json={"id": "late", "status": "IN_QUEUE"})

    rendering.services.answers["/run"] = cancel_meanwhile
    await person.job()
    assert rendering.services.paths()[-1] == "/v2/framecast-render/cancel/late"


async def webhook(world: World, job: dict[str, Any], status: str, render: str = "render-1") -> int:
    path = f"/internal/runpod/webhook/{job['id']}"
    return (await world.ask("POST", path, json={"id": render, "status": status})).status_code


@pytest.mark.parametrize(
    ("status", "kind"), [("FAILED", "system"), ("CANCELLED", "system"), ("TIMED_OUT", "timeout")]
)
@pytest.mark.parametrize("started", [True, False])
async def test_runpods_webhook_ends_what_the_worker_left_open(
    rendering: World, status: str, kind: str, started: bool
) -> None:
    person = await rendering.starter()
    job = await person.job()
    if started:
        await rendering.report(job, "started")
    assert await webhook(rendering, job, status, "another") == 200
    assert (await person.read(job["id"]))["failure_type"] is None
    assert await webhook(rendering, job, status) == await webhook(rendering, job, status) == 200
    failed = await person.read(job["id"])
    assert (failed["failure_type"], failed["credits_refunded"]) == (kind, 10)
    assert await person.events(job["id"]) == ["queued", "started", "failed"]


async def test_webhooks_about_ended_or_running_or_no_jobs_change_nothing(rendering: World) -> None:
    person = await rendering.starter()
    job = await person.job()
    assert await webhook(rendering, job, "IN_PROGRESS") == 200
    await rendering.report(job, "started")
    await rendering.report(job, "completed", output=VIDEO)
    before = await person.read(job["id"])
    assert await webhook(rendering, job, "FAILED") == 200
    assert await person.read(job["id"]) == before
    assert await webhook(rendering, {"id": person.id}, "FAILED") == 404
    assert await webhook(rendering, {"id": "x"}, "FAILED") == 400


async def test_a_lost_webhook_is_made_up_for_by_asking(rendering: World) -> None:
    person = await rendering.starter()
    job = await person.job()
    await rendering.clock.advance(300)
    assert rendering.services.calls[-1][:2] == ("GET", "/v2/framecast-render/status/render-1")
    rendering.services.answers["status"] = lambda _request: httpx.Response(200, json={"status": "FAILED"})
    await rendering.clock.advance(599)
    assert (await person.read(job["id"]))["failure_type"] is None  # it asks ever less often
    await rendering.clock.advance(1)
    assert (await person.read(job["id"]))["failure_type"] == "system"
    asked = len(rendering.services.calls)
    await rendering.clock.advance(3600)
    assert len(rendering.services.calls) == asked


async def test_half_an_hour_of_processing_is_the_limit(rendering: World) -> None:
    person = await rendering.starter()
    job = await person.job()
    await rendering.clock.advance(3600)
    await rendering.report(job, "started")
    await rendering.report(job, "progress", progress_percent=99)
    await rendering.clock.advance(1799)
    assert (await person.read(job["id"]))["status"] == "processing"
    await rendering.clock.advance(1)
    failed = await person.read(job["id"])
    assert (failed["status"], failed["failure_type"], failed["credits_refunded"]) == ("failed", "timeout", 10)
    assert await person.events(job["id"]) == ["queued", "started", "progress", "failed"]
    assert rendering.services.paths()[-1] == "/v2/framecast-render/cancel/render-1"


async def test_a_restart_loses_nothing(tmp_path: Path) -> None:
    database = str(tmp_path / "sandbox.db")
    async with a_world(database=database, renders="runpod") as world:
        person = await world.creator()
        running, done = await person.job(), await person.job()
        await world.report(running, "started")
        await world.report(done, "started")
        await world.report(done, "completed", output=VIDEO)
        world.services.fail("/run", 503)
        waiting = await person.job()
    clock = VirtualClock(world.clock.now() + timedelta(seconds=1700))
    transport = httpx.MockTransport(world.services)
    world.services.answers.clear()
    after = Sandbox(world.settings, clock=clock, random=random.Random(9), upstream=transport)
    after.recover()
    await clock.advance(99)
    assert [after.jobs.row(job["id"])["status"] for job in (running, done, waiting)] == [
        "processing",
        "completed",
        "queued",
    ]
    assert world.services.calls[-1][2]["input"]["job_id"] == waiting["id"]
    await clock.advance(2)
    assert after.jobs.row(running["id"])["failure_type"] == "timeout"
    await after.upstreams.close()
    after.close()


async def test_reset_drops_what_is_under_way(rendering: World) -> None:
    rendering.services.fail("/run", 503)
    person: Person = await rendering.starter()
    await person.job()
    rendering.sandbox.reset()
    asked = len(rendering.services.calls)
    await rendering.clock.advance(3600)
    assert len(rendering.services.calls) == asked
