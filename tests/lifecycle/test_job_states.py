"""Every request against a job in every state: the matrix of the facts, through the API."""

from collections.abc import Awaitable, Callable

import pytest

from framecast_client import ApiError
from framecast_client.models import Job
from framecast_contract.oracle.job_life import step
from framecast_contract.oracle.jobs import broken_clone_rules
from framecast_contract.target.people import Persona
from framecast_contract.workloads.following import event_types, events
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard

pytestmark = [pytest.mark.needs("credits", "renders"), pytest.mark.usefixtures("back_end")]

STATES = ("queued", "processing", "completed", "failed", "canceled")
REPORTS = ("callback_started", "callback_progress", "callback_completed", "callback_failed")
REQUESTS = ("cancel_job", *REPORTS, "delete_job", "clone_job")
Story = Callable[[str], Awaitable[Job]]


@pytest.fixture
def job_in(creator: Persona, back_end: RenderBackEnd) -> Story:
    """Makes a job of the creator and brings it into a state."""

    async def make(state: str) -> Job:
        job = await creator.client.create_job(storyboard(5), options={"draft": True})
        await back_end.lead(creator, job.id, state)
        return await creator.client.get_job(job.id)

    return make


async def _request(name: str, creator: Persona, back_end: RenderBackEnd, job: Job) -> int:
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "cancel_job": lambda: creator.client.cancel_job(job.id),
        "callback_started": lambda: back_end.start(job.id),
        "callback_progress": lambda: back_end.progress(job.id, 50),
        "callback_completed": lambda: back_end.complete(job.id),
        "callback_failed": lambda: back_end.fail(job.id),
        "delete_job": lambda: creator.client.delete_job(job.id),
        "clone_job": lambda: creator.client.clone_job(job.id),
    }
    try:
        await calls[name]()
    except ApiError as error:
        return error.status
    return {"delete_job": 204, "clone_job": 201}.get(name, 200)


@pytest.mark.rule(
    "JOB-2", "JOB-3", "JOB-4", "JOB-5", "JOB-6", "JOB-7", "JOB-8", "D-7", "D-8", "D-27", "REFUND-6",
    "CALLBACK-5",
)  # fmt: skip
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("request_name", REQUESTS)
async def test_a_request_does_what_the_state_allows(
    creator: Persona, back_end: RenderBackEnd, job_in: Story, state: str, request_name: str
) -> None:
    before = await job_in(state)
    balance = await creator.balance()
    expected = step(request_name, state)

    status = await _request(request_name, creator, back_end, before)

    assert status == expected.answer.status
    if not expected.answer.accepted:
        assert (await creator.client.get_job(before.id), await creator.balance()) == (before, balance)
    elif expected.status is not None:
        assert (await creator.client.get_job(before.id)).status == expected.status


@pytest.mark.rule("JOB-21", "PRICE-6", "IDEM-9")
@pytest.mark.parametrize("state", STATES)
async def test_a_clone_is_a_new_job_of_the_same_storyboard(
    creator: Persona, job_in: Story, state: str
) -> None:
    source = await job_in(state)
    balance = await creator.balance()

    clone = await creator.client.clone_job(source.id)

    assert (
        broken_clone_rules(
            source.model_dump(mode="json"),
            clone.model_dump(mode="json"),
            owner=creator.owner,
            caller=creator.user_id,
        )
        == []
    )
    assert await creator.balance() == balance - clone.credits_charged
    assert await creator.client.get_job(source.id) == source


@pytest.mark.rule("JOB-10", "EVENT-15")
@pytest.mark.parametrize("state", ["completed", "failed", "canceled"])
async def test_a_deleted_job_is_gone_everywhere(creator: Persona, job_in: Story, state: str) -> None:
    job = await job_in(state)
    balance = await creator.balance()

    await creator.client.delete_job(job.id)

    client = creator.client
    for call in (client.get_job, client.cancel_job, client.clone_job, client.delete_job):
        with pytest.raises(ApiError) as refused:
            await call(job.id)
        assert refused.value.status == 404
    with pytest.raises(ApiError) as refused:
        await events(creator, job.id)
    assert refused.value.status == 404
    assert (await client.list_jobs(), await creator.balance()) == ([], balance)


@pytest.mark.rule("CALLBACK-6", "EVENT-13")
async def test_every_report_has_an_event_of_its_own(creator: Persona, back_end: RenderBackEnd) -> None:
    job = await creator.client.create_job(storyboard(5))
    await back_end.start(job.id)
    for percent in (10, 50, 50, 30):
        await back_end.progress(job.id, percent)
    await back_end.complete(job.id)

    stream = await events(creator, job.id)

    assert await event_types(creator, job.id) == ["queued", "started", *["progress"] * 4, "completed"]
    assert [event.data.percent for event in stream if event.event == "progress"] == [10, 50, 50, 30]
