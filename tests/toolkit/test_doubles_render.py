"""The render worker inside the RunPod double: it does what the plan says, on the clock it was given."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from framecast_contract.clock import VirtualClock
from framecast_contract.doubles import Doubles, RenderPlan, RunPodStatus
from framecast_contract.doubles.servers import serve_on_loopback

JOB = "7f6c0e8e-5d4e-4c7d-9a55-0f6f7f0c5b11"
START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Framecast:
    """A Framecast server as far as a render sees it: it takes reports and answers as it was told."""

    doubles: Doubles
    clock: VirtualClock
    reports: list[dict[str, Any]] = field(default_factory=list)
    webhooks: list[dict[str, Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    base: str = "http://framecast.test"

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/internal/jobs/callback", self._callback, methods=["POST"]),
                Route("/internal/runpod", self._webhook, methods=["POST"]),
            ]
        )

    @property
    def events(self) -> list[Any]:
        """The events reported so far; a percentage stands for a progress event."""
        return [report.get("progress_percent", report["event"]) for report in self.reports]

    async def submit(self, job_id: str = JOB, **policy: Any) -> str:
        """Submit a render of two scenes and return RunPod's id."""
        body = {"input": self._input(job_id), "webhook": f"{self.base}/internal/runpod", "policy": policy}
        return str((await self._runpod("POST", "run", body))["id"])

    async def status(self, runpod_id: str) -> Any:
        return await self._runpod("GET", f"status/{runpod_id}")

    async def cancel(self, runpod_id: str) -> Any:
        return await self._runpod("POST", f"cancel/{runpod_id}")

    def _input(self, job_id: str) -> dict[str, Any]:
        scenes = [{"id": "a", "prompt": "x", "duration": 1.1}, {"id": "b", "prompt": "y", "duration": 2.2}]
        return {
            "job_id": job_id,
            "kind": "video",
            "spec": {"title": "T", "scenes": scenes},
            "prompts": {"a": "x", "b": "y"},
            "callback_url": f"{self.base}/internal/jobs/callback",
            "outputs": {
                "video": self._target(job_id, "final.mp4", "video/mp4"),
                "thumbnail": self._target(job_id, "thumbnail.jpg", "image/jpeg"),
                "scenes": {s: self._target(job_id, f"scene_{s}.mp4", "video/mp4") for s in ("a", "b")},
            },
        }

    def _target(self, job_id: str, name: str, content_type: str) -> dict[str, str]:
        key, store = f"user/u/jobs/{job_id}/{name}", self.doubles.object_store
        where = {"Bucket": "framecast-outputs", "Key": key, "ContentType": content_type}
        url = store.client.generate_presigned_url("put_object", Params=where)
        return {"key": key, "put_url": url, "content_type": content_type}

    async def _runpod(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.doubles.runpod.api_key}"}
        url = f"https://api.runpod.ai/v2/render/{path}"
        async with httpx.AsyncClient(transport=self.doubles.transport()) as http:
            answer = await http.request(method, url, json=body, headers=headers)
        return answer.raise_for_status().json()

    async def _callback(self, request: Request) -> Response:
        self.reports.append(await request.json())
        return Response(status_code=self.answers.pop(0) if self.answers else 200)

    async def _webhook(self, request: Request) -> Response:
        self.webhooks.append(await request.json())
        return Response(status_code=self.answers.pop(0) if self.answers else 200)


@pytest.fixture
def framecast() -> Framecast:
    clock = VirtualClock(START)
    doubles = Doubles(clock, random.Random(7))
    doubles.object_store.ensure_bucket("framecast-outputs")
    framecast = Framecast(doubles, clock)
    doubles.runpod.callback_transport = httpx.ASGITransport(framecast.app)
    return framecast


async def test_a_render_reports_on_its_way_and_delivers(framecast: Framecast) -> None:
    framecast.doubles.runpod.plan = RenderPlan.complete(after=5, progress=(25, 50, 75))
    runpod_id = await framecast.submit()

    await framecast.clock.advance(4)
    assert framecast.events == ["started", 25, 50, 75]
    assert (await framecast.status(runpod_id))["status"] == "IN_PROGRESS"
    await framecast.clock.advance(1)

    folder = f"{framecast.doubles.object_store.endpoint_url}/framecast-outputs/user/u/jobs/{JOB}"
    output = {
        "video_url": f"{folder}/final.mp4",
        "scene_clips": [
            {"scene_id": "a", "url": f"{folder}/scene_a.mp4", "duration": 1.1},
            {"scene_id": "b", "url": f"{folder}/scene_b.mp4", "duration": 2.2},
        ],
        "thumbnail_url": f"{folder}/thumbnail.jpg",
        "duration": 3.3,
        "resolution": "1920x1080",
        "format": "mp4",
        "size_bytes": 66,
        "metadata": {
            "model_used": "framecast-render-double",
            "seed": 4200631052,
            "generation_time_ms": 4000.0,
        },
    }
    assert framecast.reports[-1] == {
        "job_id": JOB,
        "event": "completed",
        "output": output,
        "output_size_bytes": 66,
    }
    status = {
        "id": runpod_id,
        "status": "COMPLETED",
        "delayTime": 1000,
        "executionTime": 4000,
        "output": output,
    }
    assert await framecast.status(runpod_id) == status
    assert framecast.webhooks == [status]


async def test_the_files_are_in_the_object_store(framecast: Framecast) -> None:
    await framecast.submit("stored")
    await framecast.clock.advance(1)

    listed = framecast.doubles.object_store.client.list_objects_v2(
        Bucket="framecast-outputs", Prefix="user/u/jobs/stored/"
    )
    names = [item["Key"].rpartition("/")[2] for item in listed["Contents"]]
    assert names == ["final.mp4", "scene_a.mp4", "scene_b.mp4", "thumbnail.jpg"]
    assert [sent.status for sent in framecast.doubles.runpod.uploads] == [200] * 4


async def test_a_failing_render_says_how_far_it_came(framecast: Framecast) -> None:
    framecast.doubles.runpod.plan = RenderPlan.fail("validation", 33.33, {"message": "no such face"})
    runpod_id = await framecast.submit()
    await framecast.clock.advance(1)

    assert framecast.events == ["started", 33.33, "failed"]
    assert framecast.reports[-1] == {
        "job_id": JOB,
        "event": "failed",
        "failure_type": "validation",
        "error": {"code": "generation_failed", "message": "no such face"},
    }
    assert (await framecast.status(runpod_id))["error"] == "no such face"
    assert [webhook["status"] for webhook in framecast.webhooks] == ["FAILED"]


@pytest.mark.parametrize(
    ("plan", "events", "status", "webhooks"),
    [
        (RenderPlan.hang(), [], "IN_PROGRESS", []),
        (RenderPlan.hang(started=True, progress=(10,)), ["started", 10], "IN_PROGRESS", []),
        (RenderPlan.crash(), [], "FAILED", ["FAILED"]),
        (RenderPlan.crash(started=True, progress=(60,)), ["started", 60], "FAILED", ["FAILED"]),
        (RenderPlan.time_out(started=True), ["started"], "TIMED_OUT", ["TIMED_OUT"]),
        (RenderPlan.manual(), [], "IN_QUEUE", []),
    ],
)
async def test_a_render_that_never_says_how_it_ended(
    framecast: Framecast, plan: RenderPlan, events: Sequence[Any], status: str, webhooks: Sequence[str]
) -> None:
    framecast.doubles.runpod.plan = plan
    runpod_id = await framecast.submit()
    await framecast.clock.advance(86_400)

    assert framecast.events == events
    assert (await framecast.status(runpod_id))["status"] == status
    assert [webhook["status"] for webhook in framecast.webhooks] == webhooks


async def test_an_execution_timeout_ends_a_hanging_render(framecast: Framecast) -> None:
    framecast.doubles.runpod.plan = RenderPlan.hang(after=0)
    runpod_id = await framecast.submit(executionTimeout=60_000)

    await framecast.clock.advance(59)
    assert (await framecast.status(runpod_id))["status"] == "IN_PROGRESS"
    await framecast.clock.advance(1)
    assert (await framecast.status(runpod_id))["status"] == "TIMED_OUT"


async def test_a_canceled_render_reports_nothing_more(framecast: Framecast) -> None:
    framecast.doubles.runpod.plan = RenderPlan.complete(after=4, progress=(50, 75))
    runpod_id = await framecast.submit()
    await framecast.clock.advance(2)

    await framecast.cancel(runpod_id)
    await framecast.clock.advance(60)

    assert framecast.events == ["started", 50]
    assert [webhook["status"] for webhook in framecast.webhooks] == ["CANCELLED"]


async def test_a_report_that_met_a_5xx_is_repeated_in_order(framecast: Framecast) -> None:
    framecast.doubles.runpod.plan = RenderPlan.complete(after=3, progress=(50,))
    framecast.answers = [503, 500]
    await framecast.submit()

    await framecast.clock.advance(60)

    assert framecast.events == ["started", "started", "started", 50, "completed"]
    statuses = [sent.status for sent in framecast.doubles.runpod.callbacks]
    assert statuses == [503, 500, 200, 200, 200]


async def test_a_409_stops_the_worker(framecast: Framecast) -> None:
    framecast.doubles.runpod.plan = RenderPlan.complete(after=3, progress=(50,))
    framecast.answers = [200, 409]
    await framecast.submit()

    await framecast.clock.advance(60)

    assert framecast.events == ["started", 50]
    assert [webhook["output"] for webhook in framecast.webhooks] == [{"stopped": "progress was answered 409"}]


async def test_a_refused_upload_fails_the_render(framecast: Framecast) -> None:
    framecast.doubles.runpod.plan = RenderPlan.complete(after=1)
    runpod_id = await framecast.submit()
    target = framecast.doubles.runpod.jobs[runpod_id].input["outputs"]["video"]
    target["put_url"] = target["put_url"].replace("framecast-outputs", "nobodys-bucket")

    await framecast.clock.advance(1)

    assert framecast.events == ["started", "failed"]
    assert framecast.reports[-1]["failure_type"] == "system"
    assert framecast.reports[-1]["error"]["code"] == "upload_failed"


async def test_the_webhook_is_repeated_twice_ten_seconds_apart(framecast: Framecast) -> None:
    framecast.doubles.runpod.plan = RenderPlan.crash(after=1)
    framecast.answers = [500, 404, 503]
    await framecast.submit()

    attempts = []
    for seconds in (1, 9, 1, 10, 60):
        await framecast.clock.advance(seconds)
        attempts.append(len(framecast.webhooks))

    assert attempts == [1, 1, 2, 3, 3]
    assert [sent.status for sent in framecast.doubles.runpod.webhooks] == [500, 404, 503]


async def test_a_job_can_be_given_another_plan_after_it_was_submitted(framecast: Framecast) -> None:
    await framecast.submit()
    framecast.doubles.runpod.plan_for(JOB, RenderPlan.fail("timeout", after=2))

    await framecast.clock.advance(1)
    assert framecast.events == ["started"]
    framecast.doubles.runpod.plan_for(JOB, RenderPlan.complete(after=3, progress=(90,)))
    await framecast.clock.advance(2)

    assert framecast.events == ["started", 90, "completed"]


async def test_a_test_can_play_the_worker_itself(framecast: Framecast) -> None:
    runpod = framecast.doubles.runpod
    runpod.plan = RenderPlan.manual()
    runpod_id = await framecast.submit()

    await runpod.report(JOB, "started")
    await runpod.report(JOB, "progress", percent=40)
    framecast.answers = [409]
    refused = await runpod.report(JOB, "completed")
    assert (refused.status, runpod.job(JOB).status) == (409, RunPodStatus.IN_PROGRESS)
    await runpod.report(runpod_id, "failed", failure_type="validation", error={"message": "no"})
    await runpod.report(JOB, "progress", percent=99)

    assert framecast.events == ["started", 40, "completed", "failed", 99]
    assert runpod.job(JOB).status is RunPodStatus.FAILED


async def test_runpod_can_end_a_render_by_itself(framecast: Framecast) -> None:
    await framecast.submit()
    framecast.doubles.runpod.end(JOB, RunPodStatus.CANCELLED)

    await framecast.clock.advance(60)

    assert framecast.events == []
    assert [webhook["status"] for webhook in framecast.webhooks] == ["CANCELLED"]


async def test_a_job_nobody_submitted_is_named(framecast: Framecast) -> None:
    await framecast.submit()
    with pytest.raises(LookupError, match=rf"no job 'x' was submitted .*\(submitted: {JOB}\)"):
        framecast.doubles.runpod.job("x")


async def test_nothing_happens_after_a_reset(framecast: Framecast) -> None:
    framecast.doubles.runpod.set_completion_delay(seconds=2)
    await framecast.submit()

    framecast.doubles.reset()
    await framecast.clock.advance(60)

    assert (framecast.events, framecast.webhooks, framecast.doubles.runpod.jobs) == ([], [], {})
    assert framecast.doubles.runpod.plan == RenderPlan.complete(after=1.0)


async def test_reports_also_travel_over_the_network(framecast: Framecast) -> None:
    framecast.doubles.runpod.callback_transport = None
    async with serve_on_loopback({"framecast": framecast.app}, {}) as bases:
        framecast.base = bases["framecast"]
        await framecast.submit()
        await framecast.clock.advance(1)

    assert framecast.events == ["started", "completed"]
    assert len(framecast.webhooks) == 1


async def test_a_server_that_is_gone_is_tried_again_and_given_up(framecast: Framecast) -> None:
    framecast.doubles.runpod.callback_transport = None
    framecast.doubles.runpod.plan = RenderPlan.fail()
    async with serve_on_loopback({"framecast": framecast.app}, {}) as bases:
        framecast.base = bases["framecast"]
    await framecast.submit()

    await framecast.clock.advance(60)

    callbacks = framecast.doubles.runpod.callbacks
    assert [(sent.json["event"], sent.status) for sent in callbacks] == [("started", None)] * 4 + [
        ("failed", None)
    ] * 4
    assert "ConnectError" in str(callbacks[0].error)
