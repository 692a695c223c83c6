"""Which events of which jobs are told to which webhooks, and how often: a delivery for each, or none."""

from typing import Any

import pytest

from framecast_client.models import Job
from framecast_contract.oracle.deliveries import broken_delivery_transition, broken_dispatch_rules
from framecast_contract.oracle.delivery_life import SCHEDULE
from framecast_contract.oracle.webhook_calls import DELIVERY_ID, broken_throttle_rules
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, as_json
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.webhooks import (
    WITHIN,
    Hook,
    attempted,
    event_of,
    first_calls,
    hook_of,
    live_through,
    quiet_calls,
    watched_team,
)

pytestmark = pytest.mark.needs("webhook_receiver")
with_jobs = pytest.mark.needs("credits", "renders")
with_time = pytest.mark.needs("clock")

LIVES = {
    "completed": ["job.queued", "job.started", "job.progress", "job.progress", "job.completed"],
    "failed": ["job.queued", "job.started", "job.progress", "job.progress", "job.failed"],
    "canceled": ["job.queued", "job.started", "job.progress", "job.progress", "job.canceled"],
}


async def _life(hook: Hook, back_end: RenderBackEnd, ending: str, owner: str) -> Job:
    """A job under an owner URN that was rendered and ended so."""
    job = await hook.client.create_job(storyboard(5), owner=owner)
    return await live_through(hook, back_end, job, ending)


@with_jobs
@with_time
@pytest.mark.rule("DELIVERY-14", "HOOK-11", "HOOK-12", "DELIVERY-10")
@pytest.mark.parametrize("ending", LIVES)
async def test_every_event_of_a_job_is_told_to_every_webhook_that_wants_it(
    people: People, back_end: RenderBackEnd, ending: Any
) -> None:
    everything = await watched_team(people, credits=100)
    endings = await hook_of(
        people, everything.team, "job.completed", "job.failed", "job.canceled", name="endings"
    )
    others = await hook_of(people, everything.team, "job.queued", "job.progress", name="others")

    job = await _life(everything, back_end, ending, everything.team.urn)
    for hook in (everything, endings, others):
        came = {call.headers[DELIVERY_ID] for call in await quiet_calls(hook)}
        webhook, told = as_json(await hook.read()), all_as_json(await hook.deliveries())
        assert broken_dispatch_rules(webhook, as_json(job), LIVES[ending], told) == []
        assert {each["status"] for each in told} == {"delivered"}
        assert came == {each["id"] for each in told}


@with_jobs
@with_time
@pytest.mark.rule("HOOK-10", "DELIVERY-14")
async def test_only_what_the_team_itself_renders_is_told(people: People, back_end: RenderBackEnd) -> None:
    hook = await watched_team(people, credits=100)
    other = await watched_team(people, credits=100, name="other")
    owner = hook.team.owner
    await people.target.set_credits(owner.owner, 100)

    for urn in (owner.owner, hook.team.membership(owner)):
        job = await _life(hook, back_end, "completed", urn)
        webhook = as_json(await hook.read())
        assert broken_dispatch_rules(webhook, as_json(job), LIVES["completed"], []) == []
    await _life(other, back_end, "completed", other.team.urn)

    assert await quiet_calls(hook) == []
    assert (await hook.deliveries(), (await hook.read()).last_triggered_at) == ([], None)


@with_jobs
@with_time
@pytest.mark.rule("HOOK-11", "HOOK-5")
async def test_an_inactive_webhook_is_told_nothing_new(people: People, back_end: RenderBackEnd) -> None:
    hook = await watched_team(people, credits=100)
    await hook.client.update_webhook(hook.id, is_active=False)
    missed = await _life(hook, back_end, "completed", hook.team.urn)
    assert (await quiet_calls(hook), await hook.deliveries()) == ([], [])

    await hook.client.update_webhook(hook.id, is_active=True)
    told = await _life(hook, back_end, "completed", hook.team.urn)
    await pass_time(WITHIN)

    webhook, deliveries = as_json(await hook.read()), all_as_json(await hook.deliveries())
    assert broken_dispatch_rules(webhook, as_json(told), LIVES["completed"], deliveries) == []
    assert not [each for each in deliveries if each["job_id"] == str(missed.id)]


@with_jobs
@with_time
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("HOOK-11", "HOOK-5")
async def test_a_webhook_is_told_what_it_wants_now_where_it_is_now(people: People) -> None:
    hook = await watched_team(people, "job.queued", credits=100)
    moved = people.target.receiver("moved")
    await hook.client.update_webhook(hook.id, url=moved.url, events=["job.canceled"])

    job = await hook.new_job(5)
    await hook.client.cancel_job(job.id)

    assert await quiet_calls(hook) == []
    assert [event_of(call) for call in first_calls(await moved.calls())] == ["job.canceled"]


@with_jobs
@with_time
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("INV-WD2", "D-23")
async def test_nothing_more_is_sent_to_a_deleted_webhook(people: People) -> None:
    hook = await watched_team(people, "job.queued", credits=100)
    await hook.receiver.react(500)
    await hook.new_job(5)
    await attempted(hook)

    await hook.client.delete_webhook(hook.id)
    await hook.new_job(5)
    await pass_time(sum(SCHEDULE))

    assert len(await quiet_calls(hook)) == 1


@with_jobs
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("HOOK-12")
async def test_the_trigger_time_moves_with_each_job_that_is_told(people: People) -> None:
    hook = await watched_team(people, "job.queued", "job.canceled", credits=100)
    times = [(await hook.read()).last_triggered_at]

    for number in (1, 3):
        await pass_time(2)
        job = await hook.new_job(5)
        await attempted(hook, number)
        times.append((await hook.read()).last_triggered_at)
        await pass_time(2)
        await hook.client.cancel_job(job.id)
        await attempted(hook, number + 1)
        times.append((await hook.read()).last_triggered_at)

    first, *moved = times
    assert first is None
    assert all(time is not None for time in moved)
    assert moved == sorted(set(moved), key=str)


@with_jobs
@with_time
@pytest.mark.rule("CALL-6", "DELIVERY-14")
async def test_progress_is_told_at_most_once_a_second_and_the_end_always(
    people: People, back_end: RenderBackEnd
) -> None:
    hook = await watched_team(people, credits=100)
    jobs = [await hook.new_job(5), await hook.new_job(5)]
    for job in jobs:
        await back_end.start(job.id)

    for percent in range(10, 100, 10):
        await pass_time(0.3)
        for job in jobs:
            await back_end.progress(job.id, percent)
    await back_end.complete(jobs[0].id)
    await back_end.fail(jobs[1].id)
    await pass_time(WITHIN)

    told = await hook.deliveries()
    progress = [(str(each.job_id), each.created_at) for each in told if each.event_type == "job.progress"]
    assert broken_throttle_rules(progress) == []
    webhook, reported = as_json(await hook.read()), ["job.progress"] * 9
    for job, end in zip(jobs, ("job.completed", "job.failed"), strict=True):
        events = ["job.queued", "job.started", *reported, end]
        assert broken_dispatch_rules(webhook, as_json(job), events, all_as_json(told)) == []


@with_jobs
@with_time
@pytest.mark.rule("CALL-6", "DELIVERY-14")
async def test_progress_that_takes_its_time_is_told_every_time(
    people: People, back_end: RenderBackEnd
) -> None:
    hook = await watched_team(people, "job.progress", credits=100)
    job = await hook.new_job(5)
    await back_end.start(job.id)

    for percent in (20, 40, 60, 80):
        await pass_time(1.1)
        await back_end.progress(job.id, percent)

    told = await attempted(hook, 4)
    assert [each.payload.job.progress.percent for each in reversed(told)] == [20, 40, 60, 80]  # type: ignore[union-attr] # all of them are progress


@with_jobs
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("DELIVERY-15", "DELIVERY-10")
async def test_deliveries_outlive_their_job(people: People) -> None:
    hook = await watched_team(people, "job.queued", "job.canceled", credits=10)
    job = await hook.new_job(5)
    await hook.client.cancel_job(job.id)
    before = await attempted(hook, 2)

    await hook.client.delete_job(job.id)

    after = await hook.deliveries()
    assert [each.job_id for each in after] == [None, None]
    assert [each.model_copy(update={"job_id": job.id}) for each in after] == before
    for one, other in zip(before, after, strict=True):
        assert broken_delivery_transition(as_json(one), as_json(other)) == []
