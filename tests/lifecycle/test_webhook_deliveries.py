"""Deliveries: which events make one, what each answer of a receiver makes of it, and the list of them."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from framecast_client import operations
from framecast_client.models import Job, WebhookDelivery
from framecast_contract.contract import Contract
from framecast_contract.oracle.access import Caller, expected_answers, team_relation
from framecast_contract.oracle.deliveries import (
    LONGEST_BODY,
    RETENTION_SECONDS,
    broken_delivery_list_rules,
    broken_delivery_rules,
    broken_delivery_transition,
    broken_dispatch_rules,
    broken_retry_rules,
    broken_trial_rules,
    matching,
)
from framecast_contract.oracle.delivery_life import (
    MAX_ATTEMPTS,
    SCHEDULE,
    Attempted,
    delivery_after,
    retry_answer,
)
from framecast_contract.oracle.limits import broken_pages
from framecast_contract.oracle.webhook_calls import (
    DELIVERY_ID,
    TIMESTAMP,
    broken_call_rules,
    broken_repeat_rules,
    broken_throttle_rules,
)
from framecast_contract.oracle.words import INVALID, NOT_FOUND
from framecast_contract.target.arrivals import Reaction
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to, as_json
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.teams import STANDINGS, Standing, known_as, somebody
from framecast_contract.workloads.webhooks import (
    WITHIN,
    Hook,
    attempted,
    attempts_in,
    event_of,
    failed_delivery_of,
    first_calls,
    hook_of,
    live_through,
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


@pytest.fixture
async def listed(people: People) -> Hook:
    """A webhook with deliveries of three events in three states, seconds apart."""
    people.target.take_over_renders()
    hook = await watched_team(people, "job.queued", "job.canceled", credits=1_000)
    count = 0
    for reaction in (200, 400, 500) * 2:
        await hook.receiver.react(reaction)
        await pass_time(3)
        await hook.client.test_webhook(hook.id)
        await pass_time(3)
        job = await hook.new_job(5)
        await hook.client.cancel_job(job.id)
        count += 3
        await attempted(hook, count)
    return hook


@with_jobs
@with_time
@pytest.mark.rule("DELIVERY-12", "INV-WD1", "LIST-1", "LIST-9")
@pytest.mark.parametrize("event_type", [None, "job.queued", "webhook.test", "job.failed", "something else"])
@pytest.mark.parametrize("status", [None, "delivered", "failed", "retrying", "pending"])
async def test_deliveries_are_listed_newest_first_narrowed_by_filters(
    listed: Hook, status: Any, event_type: str | None
) -> None:
    whole = all_as_json(await listed.deliveries())
    early, late = whole[13]["created_at"], whole[3]["created_at"]

    asked = {"status": status, "event_type": event_type}
    given = {name: value for name, value in asked.items() if value is not None}
    found = all_as_json(await listed.deliveries(**given))
    between = all_as_json(await listed.deliveries(**given, created_after=early, created_before=late))

    assert len(whole) == 18
    assert broken_delivery_list_rules(whole, webhook_id=listed.id) == []
    assert found == matching(whole, **asked)
    assert between == matching(whole, **asked, created_after=early, created_before=late)


@with_jobs
@with_time
@pytest.mark.rule("LIST-6", "LIST-5", "LIST-3", "DELIVERY-12")
@pytest.mark.parametrize("limit", [1, 5, 18])
async def test_pages_make_up_the_list(listed: Hook, limit: int) -> None:
    whole = await listed.deliveries()

    pages = [await listed.deliveries(limit=limit, offset=start) for start in range(0, 19, limit)]

    assert broken_pages(whole, pages, limit) == []
    assert await listed.deliveries(limit=0, offset=-1) == whole[:1]
    assert await listed.deliveries(limit=1_000) == whole


@pytest.mark.rule("ERROR-6", "LIST-4")
@pytest.mark.parametrize(
    "query",
    ["status=done", "status=", "status=DELIVERED", "status=failed&status=failed",
     "event_type=job.queued&event_type=job.failed", "created_after=yesterday", "created_after=2026-01-05",
     "created_before=", "created_before=2026-13-05T12:00:00Z", "limit=x", "limit=1&limit=1", "offset=1.5"],
)  # fmt: skip
async def test_a_bad_filter_is_bad_input(people: People, query: str) -> None:
    hook = await watched_team(people)
    raw = people.raw_client("owner", f"Bearer {hook.team.owner.token}")

    assert await answer_of(raw.get(f"/v1/webhooks/{hook.id}/deliveries?{query}")) == INVALID


@pytest.mark.rule("DELIVERY-12")
async def test_a_webhook_lists_its_own_deliveries(people: People) -> None:
    hook = await watched_team(people)
    other = await hook_of(people, hook.team, name="other")
    made = [await each.client.test_webhook(each.id) for each in (hook, other, hook)]

    listed = await hook.deliveries()

    assert {each.id for each in listed} == {made[0].id, made[2].id}
    assert broken_delivery_list_rules(all_as_json(listed), webhook_id=hook.id) == []


@with_time
@pytest.mark.rule("DELIVERY-13")
async def test_deliveries_are_kept_for_thirty_days(people: People) -> None:
    hook = await watched_team(people)
    delivery = await failed_delivery_of(hook.team.owner, hook.id, hook.receiver)
    day = timedelta(days=1).total_seconds()

    await pass_time(RETENTION_SECONDS - day)
    assert await renewed(people, hook).deliveries() == [delivery]
    await pass_time(2 * day)

    hook = renewed(people, hook)
    assert await hook.deliveries() == []
    retry = operations.retry_webhook_delivery(delivery.id)
    assert await answer_to(hook.client, retry) == NOT_FOUND
