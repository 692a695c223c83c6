"""A render that takes longer than 30 minutes is ended by the server, and paid back in full."""

import pytest

from framecast_client import ConflictError
from framecast_contract.target.people import Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.following import event_types
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard_worth

pytestmark = [pytest.mark.needs("credits", "renders", "clock"), pytest.mark.usefixtures("back_end")]

LIMIT = 30 * 60


@pytest.mark.rule("JOB-9", "REFUND-1", "CREDIT-3", "SLOT-4")
@pytest.mark.parametrize("percent", [0, 50, 100])
async def test_processing_for_too_long_fails_the_job(
    starter: Persona, back_end: RenderBackEnd, percent: float
) -> None:
    job = await starter.client.create_job(storyboard_worth(100))
    await back_end.bring_to(job.id, percent)
    await pass_time(LIMIT - 1)
    assert (await starter.client.get_job(job.id)).status == "processing"

    await pass_time(2)

    ended = await starter.client.get_job(job.id)
    assert (ended.status, ended.failure_type, ended.credits_refunded) == ("failed", "timeout", 100)
    assert ended.error is not None
    assert await starter.balance() == 10_000
    assert (await event_types(starter, job.id))[-1] == "failed"
    await starter.client.create_job(storyboard_worth(100))


@pytest.mark.rule("JOB-9")
async def test_waiting_in_the_queue_does_not_count(starter: Persona) -> None:
    job = await starter.client.create_job(storyboard_worth(10))

    await pass_time(LIMIT * 2)

    assert (await starter.client.get_job(job.id)).status == "queued"


@pytest.mark.rule("JOB-7", "REFUND-6")
async def test_a_late_report_changes_nothing(starter: Persona, back_end: RenderBackEnd) -> None:
    job = await starter.client.create_job(storyboard_worth(10))
    await back_end.start(job.id)
    await pass_time(LIMIT + 1)

    with pytest.raises(ConflictError):
        await back_end.complete(job.id)

    assert await starter.balance() == 10_000
