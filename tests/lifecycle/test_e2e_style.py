"""Tests as the author of the original end-to-end suite writes them: create, poll to the end, assert."""

from typing import Any

import pytest

from framecast_client.models import Job
from framecast_contract.doubles import Anthropic, RunPod
from framecast_contract.e2e import FramecastClient, SpecFactory, TestConfig, poll_until

TERMINAL = ("completed", "failed", "canceled")


async def _finished(client: FramecastClient, job: Job, timeout: float) -> Job:
    async def ended() -> Job | None:
        current = await client.get_job(job.id)
        return current if current.status in TERMINAL else None

    return await poll_until(ended, timeout=timeout, interval=1, description=f"job {job.id} to end")


@pytest.mark.rule("JOB-4", "INV-J4")
async def test_a_job_completes(
    client: FramecastClient, mock_runpod: RunPod, mock_anthropic: Anthropic, sample_spec: dict[str, Any]
) -> None:
    mock_runpod.set_completion_delay(seconds=2)

    job = await client.create_job(sample_spec)
    assert job.status == "queued"

    done = await _finished(client, job, timeout=30)
    assert done.status == "completed"
    assert (done.owner, done.credits_charged, done.credits_refunded) == (job.owner, 5, 0)
    assert len(mock_anthropic.calls) == 1


@pytest.mark.rule("JOB-4", "PRICE-2")
async def test_any_storyboard_of_the_factory_completes(client: FramecastClient, mock_runpod: RunPod) -> None:
    mock_runpod.set_completion_delay(seconds=1)

    job = await client.create_job(SpecFactory.build())

    assert (await _finished(client, job, timeout=30)).status == "completed"


@pytest.mark.real_runpod
@pytest.mark.slow
@pytest.mark.timeout(1800)
async def test_a_real_render_completes(
    client: FramecastClient, config: TestConfig, sample_spec: dict[str, Any]
) -> None:
    job = await client.create_job(sample_spec)

    done = await _finished(client, job, timeout=max(config.timeout, 1500))

    assert done.status == "completed"
