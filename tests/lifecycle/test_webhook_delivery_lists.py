"""The list of a webhook's deliveries: order, filters, pages, and for how long they are kept."""

from typing import Any

import pytest

from framecast_client import operations
from framecast_contract.oracle.deliveries import RETENTION_SECONDS, broken_delivery_list_rules, matching
from framecast_contract.oracle.limits import broken_pages
from framecast_contract.oracle.words import INVALID, NOT_FOUND
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to
from framecast_contract.workloads.webhooks import (
    Hook,
    attempted,
    failed_delivery_of,
    hook_of,
    renewed,
    watched_team,
)

pytestmark = pytest.mark.needs("webhook_receiver")
with_jobs = pytest.mark.needs("credits", "renders")
with_time = pytest.mark.needs("clock")

DAY = 24 * 3600


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


async def _days_pass(count: int) -> None:
    """Day by day: a server with much to do on the way takes its time over each."""
    for _ in range(count):
        await pass_time(DAY)


@with_time
@pytest.mark.rule("DELIVERY-13")
async def test_deliveries_are_kept_for_thirty_days(people: People) -> None:
    hook = await watched_team(people)
    delivery = await failed_delivery_of(hook.team.owner, hook.id, hook.receiver)

    await _days_pass(RETENTION_SECONDS // DAY - 1)
    assert await renewed(people, hook).deliveries() == [delivery]
    await _days_pass(2)

    hook = renewed(people, hook)
    assert await hook.deliveries() == []
    retry = operations.retry_webhook_delivery(delivery.id)
    assert await answer_to(hook.client, retry) == NOT_FOUND
