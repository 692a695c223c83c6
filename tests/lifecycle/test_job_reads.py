"""What a job says of itself on its way: every read is sound, and follows from the one before."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from itertools import pairwise

import pytest

from framecast_client import ApiError
from framecast_client.models import Job
from framecast_contract.oracle.jobs import broken_job_rules, broken_transition_rules
from framecast_contract.target.people import Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json
from framecast_contract.workloads.following import events
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard

pytestmark = [pytest.mark.needs("credits", "renders"), pytest.mark.usefixtures("back_end")]

Step = Callable[[Persona, RenderBackEnd, Job], Awaitable[Job]]
STEPS: Mapping[str, Step] = {
    "start": lambda _, machine, job: machine.start(job.id),
    "progress": lambda _, machine, job: machine.progress(job.id, 40),
    "the same again": lambda _, machine, job: machine.progress(job.id, 40),
    "all done": lambda _, machine, job: machine.progress(job.id, 100),
    "complete": lambda _, machine, job: machine.complete(job.id),
    "fail": lambda _, machine, job: machine.fail(job.id, "validation"),
    "cancel": lambda owner, _, job: owner.client.cancel_job(job.id),
}
WAYS: Mapping[str, tuple[str, ...]] = {
    "to completion": ("start", "progress", "the same again", "all done", "complete"),
    "to failure": ("start", "progress", "fail"),
    "to cancellation": ("start", "progress", "cancel"),
    "out of the queue": ("cancel",),
}
ENDS = {"to completion": "completed", "to failure": "failed"}


async def _reads(owner: Persona, job: Job) -> list[Job]:
    """The job by its id, and as the list of a person who has no other."""
    return [await owner.client.get_job(job.id), *await owner.client.list_jobs()]


@pytest.mark.rule(
    "JOB-11", "JOB-12", "JOB-13", "JOB-14", "JOB-15", "JOB-16", "JOB-17", "JOB-18", "JOB-19",
    "INV-J10", "INV-TIME2", "TIME-2",
)  # fmt: skip
@pytest.mark.parametrize("way", WAYS)
async def test_every_read_is_sound_and_follows_from_the_one_before(
    creator: Persona, back_end: RenderBackEnd, way: str
) -> None:
    job = await creator.client.create_job(storyboard(5), options={"draft": True}, idempotency_key="k")
    reads = [job, *await _reads(creator, job)]
    for name in WAYS[way]:
        await pass_time(1)
        reads += [await STEPS[name](creator, back_end, job), *await _reads(creator, job)]

    seen = all_as_json(reads)
    assert [broken for read in seen for broken in broken_job_rules(read)] == []
    assert [broken for pair in pairwise(seen) for broken in broken_transition_rules(*pair)] == []
    assert {read["created_at"] for read in seen} == {seen[0]["created_at"]}
    started = ["processing"] if "start" in WAYS[way] else []
    assert [*dict.fromkeys(read["status"] for read in seen)] == [
        "queued",
        *started,
        ENDS.get(way, "canceled"),
    ]


@pytest.mark.needs("clock")
@pytest.mark.rule("JOB-17", "JOB-7", "JOB-19", "REFUND-6")
@pytest.mark.parametrize("ending", ["completed", "failed", "canceled"])
async def test_nothing_that_comes_later_changes_a_finished_job(
    creator: Persona, back_end: RenderBackEnd, ending: str
) -> None:
    job = await creator.client.create_job(storyboard(5))
    await back_end.lead(creator, job.id, ending, percent=40)
    finished = await creator.client.get_job(job.id)

    for step in STEPS.values():
        with suppress(ApiError):
            await step(creator, back_end, job)
    await events(creator, job.id)
    clone = await creator.client.clone_job(job.id)
    await back_end.start(clone.id)
    await pass_time(31 * 60)

    later = [await creator.client.get_job(job.id), (await creator.client.list_jobs())[-1]]
    assert later == [finished, finished]
