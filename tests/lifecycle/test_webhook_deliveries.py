"""Deliveries: what each answer of a receiver makes of one, its schedule, and retries by hand."""

from itertools import pairwise

import pytest

from framecast_client import operations
from framecast_client.models import WebhookDelivery
from framecast_contract.contract import Contract
from framecast_contract.oracle.access import Caller, expected_answers, team_relation
from framecast_contract.oracle.deliveries import (
    LONGEST_BODY,
    broken_delivery_rules,
    broken_delivery_transition,
    broken_retry_rules,
    broken_trial_rules,
)
from framecast_contract.oracle.delivery_life import (
    MAX_ATTEMPTS,
    SCHEDULE,
    Attempted,
    delivery_after,
    retry_answer,
)
from framecast_contract.oracle.webhook_calls import TIMESTAMP, broken_call_rules, broken_repeat_rules
from framecast_contract.oracle.words import NOT_FOUND
from framecast_contract.target.arrivals import Reaction
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import answer_to, as_json
from framecast_contract.workloads.teams import STANDINGS, Standing, known_as, somebody
from framecast_contract.workloads.webhooks import (
    WITHIN,
    Hook,
    attempted,
    attempts_in,
    failed_delivery_of,
    quiet_calls,
    renewed,
    watched_team,
)

pytestmark = pytest.mark.needs("webhook_receiver")
with_jobs = pytest.mark.needs("credits", "renders")
with_time = pytest.mark.needs("clock")

REACTIONS: tuple[Reaction, ...] = (
    200, 201, 202, 204, 299, 301, 302, 304, 307, 308, 400, 401, 404, 408, 410, 422, 429, 499,
    500, 502, 503, 599, "silence", "unreachable",
)  # fmt: skip


def _outcome(reaction: Reaction) -> int | None:
    """What an attempt got, as the oracle reads it."""
    return reaction if isinstance(reaction, int) else None


@pytest.mark.rule("DELIVERY-11", "DELIVERY-2", "DELIVERY-3", "DELIVERY-4", "DELIVERY-8", "INV-WD4")
@pytest.mark.parametrize("reaction", REACTIONS)
async def test_a_trial_shows_at_once_what_the_receiver_answered(people: People, reaction: Reaction) -> None:
    hook = await watched_team(people, "job.canceled")
    await hook.receiver.react(reaction)

    delivery = await hook.client.test_webhook(hook.id)

    expected = delivery_after("pending", 0, _outcome(reaction))
    assert broken_trial_rules(as_json(delivery), hook.id) == []
    assert (delivery.status, delivery.attempts) == (expected.status, expected.attempts)
    assert delivery.response_status == _outcome(reaction)
    assert [each.id for each in await hook.deliveries()] == [delivery.id]


@with_jobs
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("DELIVERY-1", "DELIVERY-2", "DELIVERY-3", "DELIVERY-4", "DELIVERY-5", "DELIVERY-8")
@pytest.mark.parametrize("reaction", REACTIONS)
async def test_an_attempt_ends_as_its_answer_says(people: People, reaction: Reaction) -> None:
    hook = await watched_team(people, "job.queued", credits=10)
    await hook.receiver.react(reaction, body="noted")
    job = await hook.new_job(5)

    (delivery,) = await attempted(hook)

    expected = delivery_after("pending", 0, _outcome(reaction))
    assert broken_delivery_rules(as_json(delivery), people.target.clock.now()) == []
    assert (delivery.status, delivery.attempts) == (expected.status, expected.attempts)
    assert (delivery.job_id, delivery.event_type, delivery.max_attempts) == (job.id, "job.queued", 5)
    assert delivery.response_status == _outcome(reaction)
    assert (delivery.delivered_at is None, delivery.next_retry_at is None) == (
        expected.status != "delivered",
        expected.delay is None,
    )


@pytest.mark.rule("DELIVERY-8", "DELIVERY-9")
@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    "text", ["ok", "x" * (LONGEST_BODY + 1), "é" * 30_000, "🎬" * LONGEST_BODY], ids=lambda text: text[0]
)
async def test_a_body_is_kept_up_to_10240_characters(people: People, text: str, status: int) -> None:
    hook = await watched_team(people)
    await hook.receiver.react(status, body=text)

    delivery = await hook.client.test_webhook(hook.id)

    assert (delivery.response_status, delivery.response_body) == (status, text[:LONGEST_BODY])


async def _once_more(people: People, hook: Hook, wait: float, attempts: int) -> WebhookDelivery:
    """The only delivery of a webhook after its next attempt, `wait` seconds later."""
    await pass_time(wait)
    (delivery,) = await attempted(renewed(people, hook), attempts=attempts)
    return delivery


@with_jobs
@with_time
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("D-23", "DELIVERY-4", "DELIVERY-5", "DELIVERY-10", "INV-WD1", "INV-WD3", "D-17", "CALL-5")
@pytest.mark.parametrize("reaction", [500, 503, "silence", "unreachable"])
async def test_five_attempts_on_schedule_then_it_has_failed(people: People, reaction: Reaction) -> None:
    hook = await watched_team(people, "job.queued", credits=10)
    await hook.receiver.react(reaction)
    await hook.new_job(5)
    state, before = Attempted("pending", 0, None), None

    for wait in (0, *SCHEDULE):
        delivery = await _once_more(people, hook, wait, attempts=state.attempts + 1)

        state = delivery_after(state.status, state.attempts, _outcome(reaction))
        assert (delivery.status, delivery.attempts) == (state.status, state.attempts)
        assert broken_delivery_rules(as_json(delivery), people.target.clock.now()) == []
        assert broken_delivery_transition(as_json(before or delivery), as_json(delivery)) == []
        before = delivery

    assert (state.status, state.attempts) == ("failed", MAX_ATTEMPTS)
    await pass_time(10 * SCHEDULE[-1])
    came = await quiet_calls(hook)
    assert len(came) == (0 if reaction == "unreachable" else MAX_ATTEMPTS)
    assert broken_repeat_rules(call.body for call in came) == []
    assert await renewed(people, hook).deliveries() == [before]


@with_jobs
@with_time
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("D-23", "CALL-3", "CALL-2")
async def test_attempts_come_when_they_are_due(people: People) -> None:
    hook = await watched_team(people, "job.queued", credits=10)
    await hook.receiver.react(502)
    await hook.new_job(5)
    await attempted(hook)

    await pass_time(sum(SCHEDULE))

    came = await quiet_calls(hook)
    assert len(came) == MAX_ATTEMPTS
    for (earlier, later), wait in zip(pairwise(came), SCHEDULE, strict=True):
        assert wait <= later.at - earlier.at <= wait + WITHIN
    now_and_said = [(int(call.at), int(call.headers[TIMESTAMP])) for call in came]
    assert all(abs(now - said) <= 1 for now, said in now_and_said)
    (delivery,) = await renewed(people, hook).written_deliveries()
    for call in came:
        broken = broken_call_rules(
            call.headers, call.body, secret=hook.secret, now=int(call.at), delivery=delivery
        )
        assert broken == []


@with_jobs
@with_time
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("DELIVERY-2", "DELIVERY-3", "DELIVERY-4", "CALL-5", "DELIVERY-10", "DELIVERY-8")
@pytest.mark.parametrize("last", [200, 204, 404, 302])
async def test_a_later_attempt_may_settle_it(people: People, last: int) -> None:
    hook = await watched_team(people, "job.queued", credits=10)
    outcomes: tuple[Reaction, ...] = (500, "silence", last)
    await hook.receiver.react(*outcomes)
    await hook.new_job(5)
    state = Attempted("pending", 0, None)

    for wait, reaction in zip((0, *SCHEDULE), outcomes, strict=False):
        delivery = await _once_more(people, hook, wait, attempts=state.attempts + 1)
        state = delivery_after(state.status, state.attempts, _outcome(reaction))

    assert (delivery.status, delivery.attempts) == (state.status, 3)
    assert (delivery.response_status, delivery.next_retry_at) == (last, None)
    await pass_time(2 * SCHEDULE[-1])
    came = await quiet_calls(hook)
    assert (len(came), broken_repeat_rules(call.body for call in came)) == (3, [])
    assert await renewed(people, hook).deliveries() == [delivery]


@pytest.mark.rule("DELIVERY-6", "DELIVERY-7", "DELIVERY-1", "DELIVERY-10", "CALL-2", "CALL-3", "CALL-5")
async def test_a_failed_delivery_is_retried_by_hand(people: People) -> None:
    hook = await watched_team(people)
    failed = await failed_delivery_of(hook.team.owner, hook.id, hook.receiver)
    await pass_time(5)
    await hook.receiver.react(200)

    retried = await hook.client.retry_webhook_delivery(failed.id)

    assert broken_retry_rules(as_json(failed), as_json(retried)) == []
    (delivery,) = await attempted(hook)
    expected = delivery_after("pending", 0, 200)
    assert (delivery.id, delivery.status, delivery.attempts) == (failed.id, expected.status, 1)
    assert broken_delivery_transition(as_json(failed), as_json(delivery)) == []
    first, second = attempts_in(await hook.receiver.calls())
    assert broken_repeat_rules([first.body, second.body]) == []
    assert int(second.headers[TIMESTAMP]) >= int(first.headers[TIMESTAMP]) + 5
    for call in (first, second):
        assert broken_call_rules(call.headers, call.body, secret=hook.secret, now=int(call.at)) == []


@with_time
@pytest.mark.rule("DELIVERY-7", "DELIVERY-6", "D-23", "INV-WD3")
async def test_a_retry_by_hand_starts_the_schedule_over(people: People) -> None:
    hook = await watched_team(people)
    failed = await failed_delivery_of(hook.team.owner, hook.id, hook.receiver)
    await hook.receiver.react(500)

    for _ in range(2):
        await pass_time(5)
        await renewed(people, hook).client.retry_webhook_delivery(failed.id)
        state = Attempted("pending", 0, None)
        for wait in (0, *SCHEDULE):
            delivery = await _once_more(people, hook, wait, attempts=state.attempts + 1)
            state = delivery_after(state.status, state.attempts, 500)
            assert (delivery.status, delivery.attempts) == (state.status, state.attempts)

    assert len(await quiet_calls(hook)) == 1 + 2 * MAX_ATTEMPTS


@with_jobs
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("DELIVERY-6", "DELIVERY-10")
@pytest.mark.parametrize("reaction", [200, 500, 400])
async def test_only_a_failed_delivery_can_be_retried(people: People, reaction: Reaction) -> None:
    hook = await watched_team(people, "job.queued", credits=10)
    await hook.receiver.react(reaction)
    await hook.new_job(5)
    (before,) = await attempted(hook)

    answer = await answer_to(hook.client, operations.retry_webhook_delivery(before.id))

    assert answer == retry_answer(before.status)
    if not answer.accepted:
        assert await hook.deliveries() == [before]


@pytest.mark.rule("HOOK-13", "DELIVERY-6", "D-15")
@pytest.mark.parametrize("standing", STANDINGS)
async def test_who_may_retry_a_delivery(people: People, contract: Contract, standing: Standing) -> None:
    hook = await watched_team(people)
    person = await somebody(people, hook.team, standing)
    failed = await failed_delivery_of(hook.team.owner, hook.id, hook.receiver)
    key = await people.key_of(person, "webhooks:write")

    answers = []
    for caller in (person, key):
        answers.append(await answer_to(caller.client, operations.retry_webhook_delivery(failed.id)))
        await attempted(hook)

    access = contract.operation("retry_webhook_delivery").access
    relation = team_relation(hook.team.id, known_as(person, hook.team, standing))
    refused = expected_answers(access, Caller(tier="creator"), relation)
    assert answers == [refused or retry_answer("failed")] * 2
    unknown = operations.retry_webhook_delivery(people.uuid())
    assert await answer_to(person.client, unknown) == NOT_FOUND
