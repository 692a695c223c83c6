"""Races: requests that go out together, and what must be true afterwards whoever was first."""

import asyncio

import pytest

from framecast_client import ApiError, FramecastClient, Response, operations
from framecast_client.models import Job
from framecast_contract.oracle.idempotency import broken_parallel_rules
from framecast_contract.oracle.limits import broken_parallel_creations, slot_limit
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.following import event_types
from framecast_contract.workloads.parallel import statuses, together
from framecast_contract.workloads.rendering import ERROR, OUTPUT, RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard, storyboard_worth

BALANCE = 10_000
with_jobs = pytest.mark.needs("credits", "renders")


@with_jobs
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("IDEM-7", "IDEM-2", "CREDIT-5")
async def test_one_key_makes_one_job(creator: Persona) -> None:
    answers = await together(
        creator.client, [operations.create_job(storyboard(n), idempotency_key="k") for n in range(1, 9)]
    )

    made = [(answer.status, str(answer.result.id)) for answer in answers if isinstance(answer, Response)]
    assert len(made) == len(answers)
    assert broken_parallel_rules(made) == []
    (job,) = await creator.client.list_jobs()
    assert await creator.balance() == BALANCE - job.credits_charged


@with_jobs
@pytest.mark.rule("SLOT-5", "CARD-6", "SLOT-2", "CREDIT-5")
@pytest.mark.parametrize("count", [2, 4, 9])
@pytest.mark.parametrize("tier", ["starter", "creator"])
async def test_no_more_jobs_than_slots(
    people: People, back_end: RenderBackEnd, tier: str, count: int
) -> None:
    owner = await (people.starter if tier == "starter" else people.creator)(credits=100)
    free = slot_limit(owner.owner, tier)

    answers = await together(owner.client, [operations.create_job(storyboard(1))] * count)

    assert broken_parallel_creations([answer.status for answer in answers], free) == []
    jobs = await owner.client.list_jobs()
    assert await owner.balance() == 100 - len(jobs)
    for job in jobs:
        await back_end.start(job.id)
        await back_end.complete(job.id)
    assert {job.status for job in await owner.client.list_jobs()} == {"completed"}


@with_jobs
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("SLOT-5", "D-7")
async def test_clones_and_new_jobs_share_the_slots(creator: Persona) -> None:
    source = await creator.client.create_job(storyboard(1))

    answers = await together(
        creator.client, [operations.clone_job(source.id), operations.create_job(storyboard(1))] * 4
    )

    assert broken_parallel_creations([answer.status for answer in answers], free=4) == []


@with_jobs
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("CREDIT-6", "INV-U5", "CREDIT-4")
@pytest.mark.parametrize("affordable", [0, 1, 3])
async def test_no_more_jobs_than_credits(people: People, affordable: int) -> None:
    owner = await people.creator(credits=affordable * 10 + 9)

    answers = await together(owner.client, [operations.create_job(storyboard(10))] * 5)

    assert statuses(answers) == [201] * affordable + [402] * (5 - affordable)
    assert (await owner.balance(), len(await owner.client.list_jobs())) == (9, affordable)


@with_jobs
@pytest.mark.rule("REFUND-6", "JOB-6", "EVENT-7", "CREDIT-3")
@pytest.mark.parametrize("percent", [0, 50])
async def test_a_job_is_canceled_once(creator: Persona, back_end: RenderBackEnd, percent: int) -> None:
    job = await creator.client.create_job(storyboard_worth(100))
    await back_end.bring_to(job.id, percent)

    answers = await together(creator.client, [operations.cancel_job(job.id)] * 5)

    assert statuses(answers) == [200, 409, 409, 409, 409]
    await _agree(creator, job, await creator.client.get_job(job.id))


async def _agree(owner: Persona, before: Job, after: Job) -> None:
    """The balance, the job and its last event tell the same ending, and there is only one."""
    endings = [
        name for name in await event_types(owner, after.id) if name in ("completed", "failed", "canceled")
    ]
    assert endings == [after.status]
    assert await owner.balance() == BALANCE - before.credits_charged + after.credits_refunded


ENDINGS = {
    "completed": lambda job: operations.receive_job_callback(job, "completed", output=OUTPUT),
    "failed": lambda job: operations.receive_job_callback(job, "failed", error=ERROR),
    "canceled": operations.cancel_job,
}


@with_jobs
@pytest.mark.rule("CALLBACK-7", "JOB-7", "REFUND-6", "EVENT-7", "EVENT-14")
@pytest.mark.parametrize(
    "rivals",
    [
        ("canceled", "completed"), ("completed", "canceled"), ("canceled", "failed"), ("failed", "canceled"),
        ("completed", "failed"), ("failed", "completed"), ("completed", "completed"), ("failed", "failed"),
        ("canceled", "completed", "failed", "canceled"),
    ],
    ids="-".join,
)  # fmt: skip
async def test_one_ending_wins(creator: Persona, back_end: RenderBackEnd, rivals: tuple[str, ...]) -> None:
    job = await creator.client.create_job(storyboard_worth(100))
    await back_end.bring_to(job.id, 40)

    def client(ending: str) -> FramecastClient:
        return creator.client if ending == "canceled" else back_end.persona.client

    rounds = [together(client(ending), [ENDINGS[ending](job.id)]) for ending in rivals]
    answers = [answer for (answer,) in await asyncio.gather(*rounds)]

    assert statuses(answers) == [200] + [409] * (len(rivals) - 1)
    after = await creator.client.get_job(job.id)
    assert after.status == rivals[[answer.status for answer in answers].index(200)]
    await _agree(creator, job, after)


@with_jobs
@pytest.mark.rule("CALLBACK-6", "EVENT-2", "JOB-2")
async def test_every_report_that_is_taken_has_an_event(creator: Persona, back_end: RenderBackEnd) -> None:
    job = await creator.client.create_job(storyboard(5))
    machine = back_end.persona.client

    started = await together(machine, [operations.receive_job_callback(job.id, "started")] * 3)
    reported = await together(
        machine,
        [operations.receive_job_callback(job.id, "progress", progress_percent=n) for n in range(0, 100, 10)],
    )
    await back_end.complete(job.id)

    assert (statuses(started), statuses(reported)) == ([200, 409, 409], [200] * 10)
    assert await event_types(creator, job.id) == ["queued", "started", *["progress"] * 10, "completed"]


@pytest.mark.rule("ACCOUNT-11", "ACCOUNT-1")
async def test_parallel_first_requests_make_one_account(people: People) -> None:
    newcomer = people.unprovisioned("newcomer")

    accounts = await asyncio.gather(*(newcomer.client.get_account() for _ in range(8)))

    assert accounts == [await newcomer.client.get_account()] * 8


@pytest.mark.rule("ACCOUNT-6", "ACCOUNT-5", "INV-U1")
async def test_parallel_upgrades_upgrade_once(people: People) -> None:
    person = await people.starter()

    accounts = await asyncio.gather(*(person.client.upgrade_account("creator") for _ in range(5)))

    assert accounts == [await person.client.get_account()] * 5


@pytest.mark.rule("KEY-8", "INV-A4")
async def test_a_key_is_revoked_once(people: People) -> None:
    person = await people.starter()
    key = (await person.client.create_api_key(scopes=["generate"])).api_key

    answers = await together(person.client, [operations.revoke_api_key(key.id)] * 5)

    assert statuses(answers) == [204, 409, 409, 409, 409]
    assert all(isinstance(answer, ApiError) for answer in answers if answer.status == 409)


@pytest.mark.rule("INV-A3", "KEY-2")
async def test_parallel_keys_differ(people: People) -> None:
    person = await people.starter()

    made = await asyncio.gather(*(person.client.create_api_key(scopes=["generate"]) for _ in range(10)))

    assert len({created.raw_key for created in made}) == 10
    assert len(await person.client.list_api_keys()) == 10


@with_jobs
@pytest.mark.rule("JOB-10", "D-8")
async def test_a_job_is_deleted_once(creator: Persona, back_end: RenderBackEnd) -> None:
    job = await creator.client.create_job(storyboard(5))
    await back_end.start(job.id)
    await back_end.complete(job.id)

    answers = await together(creator.client, [operations.delete_job(job.id)] * 4)

    assert statuses(answers) == [204, 404, 404, 404]
    assert await creator.client.list_jobs() == []
