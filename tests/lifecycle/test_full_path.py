"""A job that travels for real: event to Inngest, prompts to Anthropic, render at RunPod, files in S3.

The services are doubles behind the sandbox, so these stories need the embedded target; on a server with
upstreams of its own they are unknown.
"""

from typing import Any

import httpx
import pytest

from framecast_client import FramecastClient
from framecast_client.models import Job, JobOutput
from framecast_contract.doubles import Anthropic, RenderPlan, RunPod
from framecast_contract.e2e import poll_until
from framecast_contract.target.embedded import EmbeddedTarget
from framecast_contract.target.waiting import pass_time

pytestmark = [pytest.mark.needs("credits", "renders", "faults", "clock")]

TERMINAL = ("completed", "failed", "canceled")


async def _ended(client: FramecastClient, job: Job, timeout: float = 3600) -> Job:
    async def ended() -> Job | None:
        current = await client.get_job(job.id)
        return current if current.status in TERMINAL else None

    return await poll_until(ended, timeout=timeout, interval=10, description=f"job {job.id} to end")


async def _event_types(client: FramecastClient, job: Job) -> list[str]:
    return [event.event async for event in client.get_job_events(job.id)]


@pytest.mark.rule("INV-J4", "EVENT-13", "URL-1")
async def test_a_job_goes_through_every_service_and_its_files_can_be_downloaded(
    client: FramecastClient, target: EmbeddedTarget, sample_spec: dict[str, Any]
) -> None:
    target.doubles.runpod.plan = RenderPlan.complete(after=30, progress=(25, 75))

    job = await client.create_job(sample_spec)
    done = await _ended(client, job)

    assert done.status == "completed"
    assert await _event_types(client, job) == ["queued", "started", "progress", "progress", "completed"]
    assert [event["data"]["job_id"] for event in target.doubles.inngest.events] == [str(job.id)]
    assert len(target.doubles.anthropic.calls) == 1
    assert isinstance(done.output, JobOutput)
    video = httpx.get(done.output.video_url)
    assert (video.status_code, video.headers["content-type"], len(video.content)) == (
        200,
        "video/mp4",
        done.output.size_bytes,
    )
    target.doubles.verify()


@pytest.mark.rule("REFUND-1", "JOB-5")
@pytest.mark.parametrize("failure_type", ["system", "validation", "timeout"])
async def test_a_worker_that_fails_halfway_is_refunded_by_kind(
    client: FramecastClient, mock_runpod: RunPod, sample_spec: dict[str, Any], failure_type: Any
) -> None:
    mock_runpod.plan = RenderPlan.fail(failure_type, at_percent=40)

    done = await _ended(client, await client.create_job(sample_spec))

    refunded = {"system": 5, "timeout": 5, "validation": 3}[failure_type]
    assert (done.status, done.failure_type, done.credits_refunded) == ("failed", failure_type, refunded)


@pytest.mark.rule("REFUND-1", "JOB-5", "EVENT-6")
@pytest.mark.parametrize(
    ("plan", "failure_type"), [(RenderPlan.crash(), "system"), (RenderPlan.time_out(), "timeout")]
)
@pytest.mark.parametrize("started", [False, True])
async def test_a_render_that_dies_without_a_word_is_noticed_through_runpod(
    client: FramecastClient,
    mock_runpod: RunPod,
    sample_spec: dict[str, Any],
    plan: RenderPlan,
    failure_type: str,
    started: bool,
) -> None:
    factory = RenderPlan.crash if failure_type == "system" else RenderPlan.time_out
    mock_runpod.plan = factory(started=True) if started else plan

    done = await _ended(client, job := await client.create_job(sample_spec))

    assert (done.status, done.failure_type, done.credits_refunded) == ("failed", failure_type, 5)
    assert await _event_types(client, job) == ["queued", "started", "failed"]


@pytest.mark.rule("JOB-9", "REFUND-1")
async def test_a_render_that_hangs_is_ended_after_thirty_minutes(
    client: FramecastClient, mock_runpod: RunPod, sample_spec: dict[str, Any]
) -> None:
    mock_runpod.plan = RenderPlan.hang(started=True)

    done = await _ended(client, await client.create_job(sample_spec))

    assert (done.failure_type, done.credits_refunded) == ("timeout", 5)


@pytest.mark.rule("JOB-6", "JOB-7", "REFUND-6")
async def test_a_cancellation_stops_the_render(
    client: FramecastClient, mock_runpod: RunPod, sample_spec: dict[str, Any]
) -> None:
    mock_runpod.plan = RenderPlan.complete(after=600, progress=(50,))
    job = await client.create_job(sample_spec)
    await pass_time(400)

    canceled = await client.cancel_job(job.id)
    await pass_time(1800)

    assert (canceled.status, canceled.credits_refunded) == ("canceled", 2)
    assert await client.get_job(job.id) == canceled
    assert [call.path for call in mock_runpod.calls if "/cancel/" in call.path]


@pytest.mark.rule("JOB-4")
async def test_upstreams_that_stumble_do_not_stop_a_render(
    client: FramecastClient,
    mock_runpod: RunPod,
    mock_anthropic: Anthropic,
    target: EmbeddedTarget,
    sample_spec: dict[str, Any],
) -> None:
    mock_anthropic.rate_limited(retry_after=3, times=1)
    mock_anthropic.overloaded(times=1)
    mock_runpod.unavailable(times=1)
    target.doubles.inngest.down(times=1)

    done = await _ended(client, await client.create_job(sample_spec))

    assert done.status == "completed"


@pytest.mark.rule("REFUND-1", "EVENT-6")
async def test_a_render_that_runpod_never_takes_is_refunded(
    client: FramecastClient, mock_runpod: RunPod, sample_spec: dict[str, Any]
) -> None:
    mock_runpod.unavailable(times=100)

    done = await _ended(client, job := await client.create_job(sample_spec))

    assert (done.status, done.failure_type, done.credits_refunded) == ("failed", "system", 5)
    assert await _event_types(client, job) == ["queued", "started", "failed"]


@pytest.mark.rule("JOB-4")
async def test_the_model_writes_the_prompts_that_are_rendered(
    client: FramecastClient, mock_runpod: RunPod, mock_anthropic: Anthropic, sample_spec: dict[str, Any]
) -> None:
    mock_anthropic.reply_with('{"opening": "golden light", "storm": "grey water"}')

    await client.create_job(sample_spec)

    submitted = next(call for call in mock_runpod.calls if call.path.endswith("/run"))
    assert submitted.json["input"]["prompts"] == {"opening": "golden light", "storm": "grey water"}
