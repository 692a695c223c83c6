"""URLs to files that need no credentials: how long they work, and that a new read gives a new one."""

from typing import Any

import pytest

from framecast_client import FramecastClient
from framecast_client.models import Job, JobOutput
from framecast_contract.doubles import RenderPlan, RunPod
from framecast_contract.e2e import poll_until
from framecast_contract.oracle.jobs import broken_transition_rules
from framecast_contract.oracle.system_assets import CATALOGUE
from framecast_contract.oracle.urls import PREVIEW_SECONDS, broken_output_urls, broken_preview_url
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import as_json
from framecast_contract.workloads.uploads import fetch

MINUTE = 60
REFUSED = 403


@pytest.mark.rule("URL-2")
async def test_every_preview_is_signed_for_a_day(people: People) -> None:
    person = await people.starter()

    assets = [as_json(await person.client.get_system_asset(asset_id)) for asset_id in CATALOGUE]

    assert [broken for asset in assets for broken in broken_preview_url(asset)] == []


@pytest.mark.needs("clock")
@pytest.mark.rule("URL-2", "ASSET-7")
async def test_a_preview_works_for_a_day_and_a_new_one_after_that(people: People) -> None:
    person = await people.starter()
    url = str((await person.client.get_system_asset("asset_sfx_pop")).preview_url)

    # Whether the sound itself is stored is not asked: what is let in may still be answered 404.
    await pass_time(PREVIEW_SECONDS - MINUTE)
    assert (await fetch(url)).status_code != REFUSED
    await pass_time(2 * MINUTE)
    assert (await fetch(url)).status_code == REFUSED

    again = await people.renewed(person).client.get_system_asset("asset_sfx_pop")
    assert (await fetch(str(again.preview_url))).status_code != REFUSED


async def _rendered(client: FramecastClient, spec: dict[str, Any]) -> Job:
    """A job that the render worker has completed, its files stored."""
    job = await client.create_job(spec)

    async def completed() -> Job | None:
        current = await client.get_job(job.id)
        return current if current.status == "completed" else None

    return await poll_until(completed, interval=5, description=f"job {job.id} to complete")


def _video(job: Job) -> str:
    assert isinstance(job.output, JobOutput)
    return str(job.output.video_url)


@pytest.mark.needs("credits", "renders", "faults", "clock")
@pytest.mark.rule("URL-1", "JOB-17")
async def test_a_video_is_reachable_for_half_an_hour_more_after_every_read(
    client: FramecastClient, mock_runpod: RunPod, sample_spec: dict[str, Any]
) -> None:
    mock_runpod.plan = RenderPlan.complete()
    first = await _rendered(client, sample_spec)
    await pass_time(30 * MINUTE)
    second = await client.get_job(first.id)
    await pass_time(31 * MINUTE)

    fetched = [(await fetch(_video(job))).status_code for job in (first, second)]

    assert fetched == [REFUSED, 200]
    assert _video(first) != _video(second)
    assert broken_transition_rules(as_json(first), as_json(second)) == []
    assert [broken for job in (first, second) for broken in broken_output_urls(as_json(job))] == []
