"""How a job ends, and what its owner gets back: every reachable row of the refund table, through the API."""

from decimal import Decimal
from typing import Any

import pytest

from framecast_client.models import Job
from framecast_contract.oracle.refunds import cancels_for_less, falls_with_progress, refund
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.following import event_types
from framecast_contract.workloads.rendering import ERROR, RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard, storyboard_worth

pytestmark = [pytest.mark.needs("credits", "renders"), pytest.mark.usefixtures("back_end")]

# (credits charged, percent reported), the rows of the refund table that a storyboard can cost: 1 to 300.
ROWS = [
    *((100, percent) for percent in (0, 10, 25.5, 30, 33.33, 40, 50, 66.67, 90, 99.9, 100)),
    (50, 45), (30, 30), (10, 0), (10, 90),
    *((7, percent) for percent in (0, 1, 14.28, 15, 50, 85, 100)),
    (5, 33.33), (2, 0), (2, 50), (1, 0), (1, 0.01), (1, 100), (99, 50.5), (101, 33.33),
    (300, 0.1), (300, 99.9),
]  # fmt: skip
FAILURES = ("system", "timeout", "validation")
ENDED_EARLY = ("validation", "canceled", "system")
PERCENTS = (0, 0.01, 14.28, 15, 33.33, 50, 66.67, 90, 99.9, 100)
BALANCE = 1_000


async def _end(back_end: RenderBackEnd, owner: Persona, job: Job, ending: str, percent: float) -> Job:
    await back_end.bring_to(job.id, percent)
    if ending == "completed":
        return await back_end.complete(job.id)
    if ending == "canceled":
        return await owner.client.cancel_job(job.id)
    return await back_end.fail(job.id, ending)


@pytest.mark.rule("REFUND-1", "REFUND-2", "REFUND-3", "REFUND-4", "REFUND-9", "INV-J8", "INV-J9", "INV-U5")
@pytest.mark.parametrize("ending", [*FAILURES, "canceled", "completed"])
@pytest.mark.parametrize(("charged", "percent"), ROWS)
async def test_owner_gets_back_what_the_refund_table_says(
    people: People, back_end: RenderBackEnd, charged: int, percent: float, ending: str
) -> None:
    owner = await people.starter(credits=BALANCE)
    job = await owner.client.create_job(storyboard_worth(charged))
    assert (job.credits_charged, await owner.balance()) == (charged, BALANCE - charged)

    ended = await _end(back_end, owner, job, ending, percent)

    status = "failed" if ending in FAILURES else ending
    failure_type = None if ending == "completed" else ending
    expected = refund(charged, Decimal(str(percent)), status=status, failure_type=failure_type)
    assert (ended.status, ended.failure_type, ended.credits_refunded) == (status, failure_type, expected)
    assert await owner.balance() == BALANCE - charged + expected
    reported = ["progress"] if percent else []
    assert await event_types(owner, job.id) == ["queued", "started", *reported, status]
    assert await owner.client.get_job(job.id) == ended


@pytest.mark.rule("REFUND-7", "REFUND-8")
@pytest.mark.parametrize("charged", [1, 7, 100, 101])
async def test_more_progress_and_canceling_never_give_more_back(
    people: People, back_end: RenderBackEnd, charged: int
) -> None:
    owner = await people.starter(credits=10_000)

    async def returned(ending: str, percent: float) -> int:
        job = await owner.client.create_job(storyboard_worth(charged))
        return (await _end(back_end, owner, job, ending, percent)).credits_refunded

    rows = {ending: [(each, await returned(ending, each)) for each in PERCENTS] for ending in ENDED_EARLY}

    assert {ending: falls_with_progress(row) for ending, row in rows.items()} == dict.fromkeys(rows, True)
    at_each = zip(rows["canceled"], rows["validation"], strict=True)
    assert [(one, other) for one, other in at_each if not cancels_for_less(one[1], other[1])] == []


@pytest.mark.rule("REFUND-5", "JOB-1", "INV-TIME3")
async def test_a_queued_job_can_be_canceled_for_the_fee(people: People) -> None:
    owner = await people.starter(credits=BALANCE)
    job = await owner.client.create_job(storyboard_worth(100))

    canceled = await owner.client.cancel_job(job.id)

    assert (canceled.status, canceled.failure_type, canceled.credits_refunded) == ("canceled", "canceled", 90)
    assert canceled.started_at is None
    assert await owner.balance() == BALANCE - 10
    assert await event_types(owner, job.id) == ["queued", "canceled"]


@pytest.mark.rule("INV-J2", "INV-J3", "INV-J4", "INV-J7")
async def test_a_completed_job_shows_its_output(people: People, back_end: RenderBackEnd) -> None:
    owner = await people.starter(credits=BALANCE)
    job = await owner.client.create_job(storyboard(2.5, 2.5))
    started = await back_end.start(job.id)
    assert (started.status, started.started_at is None) == ("processing", False)

    completed = await back_end.complete(job.id)

    assert (completed.status, completed.error, completed.failure_type) == ("completed", None, None)
    assert completed.output is not None
    assert completed.output_size_bytes == 1_048_576
    assert completed.completed_at is not None


@pytest.mark.rule("INV-J5", "INV-J6")
@pytest.mark.parametrize("error", [ERROR, {"message": "out of memory", "scene_id": "scene_1", "gpu": "A100"}])
async def test_a_failed_job_says_why(people: People, back_end: RenderBackEnd, error: dict[str, Any]) -> None:
    owner = await people.starter(credits=BALANCE)
    job = await owner.client.create_job(storyboard(5))
    await back_end.start(job.id)

    failed = await back_end.fail(job.id, "validation", error)

    assert failed.error is not None
    assert failed.error.model_dump() == error
    assert (failed.failure_type, failed.output) == ("validation", None)


@pytest.mark.rule("INV-J5", "INV-J6", "REFUND-1")
async def test_a_failure_without_details_is_a_system_failure_with_a_message(
    people: People, back_end: RenderBackEnd
) -> None:
    owner = await people.starter(credits=BALANCE)
    job = await owner.client.create_job(storyboard(5))
    await back_end.start(job.id)

    failed = await back_end.persona.client.receive_job_callback(job.id, "failed")

    assert failed.error is not None
    assert failed.error.message
    assert (failed.failure_type, failed.credits_refunded) == ("system", 5)
