"""Races around webhooks: retries, trials, rotations and jobs that happen together, each told exactly once."""

import asyncio

import pytest

from framecast_client import Response, operations
from framecast_client.models import WebhookDelivery
from framecast_contract.oracle.deliveries import (
    broken_delivery_list_rules,
    broken_delivery_rules,
    broken_delivery_transition,
    broken_dispatch_rules,
)
from framecast_contract.oracle.delivery_life import OPEN, delivery_after, retry_answer
from framecast_contract.oracle.judging import broken_race
from framecast_contract.oracle.webhook_calls import (
    broken_call_rules,
    broken_repeat_rules,
    broken_throttle_rules,
)
from framecast_contract.oracle.webhooks import (
    broken_secrets,
    broken_webhook_list_rules,
    trial_answer,
)
from framecast_contract.oracle.words import NO_CONTENT, NOT_FOUND
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_to, as_json
from framecast_contract.workloads.parallel import at_once, statuses, together
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.teams import team_with
from framecast_contract.workloads.webhooks import (
    SOMEWHERE,
    Hook,
    attempted,
    calls,
    failed_delivery_of,
    quiet_calls,
    watched_team,
)

with_receiver = pytest.mark.needs("webhook_receiver")
with_jobs = pytest.mark.needs("credits", "renders", "clock")


@with_receiver
@pytest.mark.needs("clock")
@pytest.mark.rule("DELIVERY-6", "DELIVERY-7", "INV-WD3", "CALL-5")
@pytest.mark.parametrize("count", [2, 6])
async def test_a_failed_delivery_is_retried_once(people: People, count: int) -> None:
    hook = await watched_team(people)
    failed = await failed_delivery_of(hook.team.owner, hook.id, hook.receiver)
    await pass_time(5)
    await hook.receiver.react(200)

    answers = await together(hook.client, [operations.retry_webhook_delivery(failed.id)] * count)

    won, lost = retry_answer("failed").status, retry_answer("delivered").status
    assert broken_race("DELIVERY-6", [answer.status for answer in answers], won=won, lost=lost) == []
    (delivery,) = await attempted(hook)
    assert (delivery.status, delivery.attempts) == delivery_after("pending", 0, 200)[:2]
    assert broken_delivery_transition(as_json(failed), as_json(delivery)) == []
    came = await quiet_calls(hook)
    assert (len(came), broken_repeat_rules(call.body for call in came)) == (2, [])


@with_receiver
@pytest.mark.rule("DELIVERY-11", "DELIVERY-12", "CALL-2", "D-22")
async def test_trials_made_together_are_deliveries_of_their_own(people: People) -> None:
    hook = await watched_team(people)

    answers = await together(hook.client, [operations.test_webhook(hook.id)] * 6)

    assert {answer.status for answer in answers} == {trial_answer(is_active=True).status}
    made = {answer.result.id for answer in answers if isinstance(answer, Response)}
    listed = await hook.written_deliveries()
    assert {each["id"] for each in listed} == {str(each) for each in made}
    assert broken_delivery_list_rules(listed, webhook_id=hook.id) == []
    came = await calls(hook, len(made))
    for call in came:
        assert broken_call_rules(call.headers, call.body, secret=hook.secret, now=int(call.at)) == []


@with_receiver
@pytest.mark.rule("D-17", "INV-WD1", "DELIVERY-1", "DELIVERY-5")
@pytest.mark.parametrize("reaction", [200, 404])
async def test_whoever_looks_during_an_attempt_sees_it_open_or_done(people: People, reaction: int) -> None:
    hook = await watched_team(people)
    await hook.receiver.react(reaction)
    looking = operations.list_webhook_deliveries(hook.id)

    trial, *looks = await at_once(
        [(hook.client, operations.test_webhook(hook.id)), *[(hook.client, looking)] * 8]
    )

    assert isinstance(trial, Response)
    done: WebhookDelivery = trial.result
    seen = [each for look in looks if isinstance(look, Response) for each in look.result]
    for each in seen:
        assert broken_delivery_rules(as_json(each)) == []
        assert broken_delivery_transition(as_json(each), as_json(done)) == []
        assert (each.status, each.attempts) in [("pending", 0), (done.status, done.attempts)]
    assert done.status not in OPEN


@with_receiver
@with_jobs
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("D-17", "INV-WD1", "INV-WD3", "DELIVERY-4")
async def test_whoever_looks_during_a_later_attempt_sees_it_retrying_or_done(people: People) -> None:
    hook = await watched_team(people, "job.queued", credits=10)
    await hook.receiver.react(500, 200)
    await hook.new_job(5)
    (before,) = await attempted(hook)

    async def looks() -> list[WebhookDelivery]:
        return [each for _ in range(8) for each in await hook.deliveries()]

    _, seen = await asyncio.gather(pass_time(60), looks())

    (after,) = await attempted(hook, attempts=2)
    for each in seen:
        assert broken_delivery_transition(as_json(before), as_json(each)) == []
        assert (each.status, each.attempts) in [("retrying", 1), (after.status, after.attempts)]
    assert after.status == delivery_after("retrying", 1, 200).status


@with_receiver
@pytest.mark.rule("HOOK-2", "HOOK-7", "CALL-7")
async def test_of_rotations_made_together_one_secret_remains(people: People) -> None:
    hook = await watched_team(people)

    answers = await together(hook.client, [operations.rotate_webhook_secret(hook.id)] * 5)

    secrets = [answer.result.secret for answer in answers if isinstance(answer, Response)]
    assert (len(secrets), broken_secrets([hook.secret, *secrets])) == (5, [])
    await hook.client.test_webhook(hook.id)
    (call,) = await calls(hook)
    signed_with = [
        secret
        for secret in (hook.secret, *secrets)
        if broken_call_rules(call.headers, call.body, secret=secret, now=int(call.at)) == []
    ]
    assert len(signed_with) == 1
    assert signed_with[0] in secrets


@pytest.mark.rule("HOOK-2", "HOOK-9")
async def test_webhooks_made_together_are_all_there(people: People) -> None:
    team = await team_with(people)
    request = operations.create_webhook(team.id, SOMEWHERE, ["job.completed"])

    answers = await together(team.owner.client, [request] * 6)

    made = [answer.result for answer in answers if isinstance(answer, Response)]
    listed = await team.owner.client.list_webhooks(team.id)
    assert len(made) == len(listed) == 6
    assert {each.webhook.id for each in made} == {each.id for each in listed}
    assert broken_secrets(each.secret for each in made) == []
    assert broken_webhook_list_rules(all_as_json(listed), team_id=team.id) == []


@pytest.mark.rule("INV-WD2", "HOOK-9")
async def test_a_webhook_is_deleted_once(people: People) -> None:
    team = await team_with(people)
    made = await team.owner.client.create_webhook(team.id, SOMEWHERE, ["job.completed"])

    answers = await together(team.owner.client, [operations.delete_webhook(made.webhook.id)] * 5)

    won, lost = NO_CONTENT.status, NOT_FOUND.status
    assert broken_race("INV-WD2", [answer.status for answer in answers], won=won, lost=lost) == []
    assert await team.owner.client.list_webhooks(team.id) == []


@with_receiver
@pytest.mark.rule("INV-WD2", "DELIVERY-11")
async def test_deleting_a_webhook_while_it_is_tried_leaves_nothing(people: People) -> None:
    hook = await watched_team(people)
    trial, deletion = operations.test_webhook(hook.id), operations.delete_webhook(hook.id)

    first, deleted, last = await at_once([(hook.client, each) for each in (trial, deletion, trial)])

    known = {trial_answer(is_active=True).status, NOT_FOUND.status}
    assert {first.status, last.status} <= known
    assert deleted.status == NO_CONTENT.status
    assert await answer_to(hook.client, operations.list_webhook_deliveries(hook.id)) == NOT_FOUND


async def _endings_told(hook: Hook) -> list[str]:
    """The ways to end that a webhook has been told of a job."""
    ends = ("job.completed", "job.failed", "job.canceled")
    return [each.event_type for each in await hook.deliveries() if each.event_type in ends]


@with_receiver
@with_jobs
@pytest.mark.rule("DELIVERY-14", "CALL-6", "REFUND-6")
@pytest.mark.parametrize("order", ["cancel first", "report first"])
async def test_of_endings_that_race_the_one_that_won_is_told(
    people: People, back_end: RenderBackEnd, order: str
) -> None:
    hook = await watched_team(people, credits=100)
    job = await hook.new_job(5)
    await back_end.bring_to(job.id, 40)
    machine = back_end.persona.client
    ends = [
        (hook.client, operations.cancel_job(job.id)),
        (machine, operations.receive_job_callback(job.id, "failed")),
        (hook.client, operations.cancel_job(job.id)),
    ]

    await at_once(ends if order == "cancel first" else reversed(ends[:2]))

    await pass_time(30)
    ended = await hook.client.get_job(job.id)
    assert await _endings_told(hook) == [f"job.{ended.status}"]
    lived = ["job.queued", "job.started", "job.progress", f"job.{ended.status}"]
    deliveries = all_as_json(await hook.deliveries())
    assert broken_dispatch_rules(as_json(await hook.read()), as_json(ended), lived, deliveries) == []


@with_receiver
@with_jobs
@pytest.mark.rule("CALL-6", "DELIVERY-14")
async def test_progress_reported_together_is_told_once(people: People, back_end: RenderBackEnd) -> None:
    hook = await watched_team(people, "job.progress", credits=100)
    job = await hook.new_job(5)
    await back_end.start(job.id)
    machine = back_end.persona.client

    for _ in range(3):
        await pass_time(1.5)
        reports = [
            operations.receive_job_callback(job.id, "progress", progress_percent=percent)
            for percent in range(10, 60, 10)
        ]
        assert statuses(await together(machine, reports)) == [200] * len(reports)

    await pass_time(30)
    told = await hook.deliveries()
    assert broken_throttle_rules((str(each.job_id), each.created_at) for each in told) == []
    assert told


@with_receiver
@with_jobs
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("DELIVERY-14", "HOOK-10")
async def test_jobs_begun_together_are_each_told_once(people: People) -> None:
    hook = await watched_team(people, "job.queued", credits=100)

    jobs = await asyncio.gather(*(hook.new_job(5) for _ in range(5)))

    await pass_time(30)
    webhook, told = as_json(await hook.read()), all_as_json(await hook.deliveries())
    for job in jobs:
        assert broken_dispatch_rules(webhook, as_json(job), ["job.queued"], told) == []
    assert len(told) == len(jobs)
