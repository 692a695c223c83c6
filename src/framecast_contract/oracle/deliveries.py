"""Judging deliveries: one as listed, two reads of one, a list, and what one job should have sent."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from framecast_contract.oracle.bodies import is_whole
from framecast_contract.oracle.delivery_life import (
    ATTEMPT_TIMES,
    MAX_ATTEMPTS,
    SCHEDULE,
    STATUSES,
    delivery_after,
)
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.jobs import newest_first
from framecast_contract.oracle.judging import broken_constants, broken_expectations
from framecast_contract.oracle.webhooks import EVENTS, TEST_EVENT, receives
from framecast_contract.oracle.words import Broken, Json

LONGEST_BODY = 10_240
RETENTION_SECONDS = 30 * 24 * 60 * 60
CONSTANT = ("id", "webhook_id", "event_type", "payload", "max_attempts", "created_at")
# By state: the rule its count of attempts keeps, and from how many to how many there can be.
_COUNTS = {
    "pending": ("D-17", 0, 0),
    "retrying": ("D-17", 1, MAX_ATTEMPTS - 1),
    "delivered": ("DELIVERY-2", 1, MAX_ATTEMPTS),
    "failed": ("DELIVERY-3", 1, MAX_ATTEMPTS),
}


SLACK = timedelta(seconds=1)
"""How far the times of one step may lie apart: a server looks at its clock more than once on the way."""


def broken_delivery_rules(delivery: Json, now: datetime | None = None) -> list[Broken]:
    """Judge one delivery as listed or answered; `now` is the server's time of the answer, if it is known."""
    if delivery.get("status") not in STATUSES:
        return [
            Broken("INV-WD1", f"status is {delivery.get('status')!r}, expected one of {', '.join(STATUSES)}")
        ]
    judges = (_counts, _times, _last_answer, _message)
    return [*(broken for judge in judges for broken in judge(delivery)), *_next(delivery, now)]


def _counts(delivery: Json) -> list[Broken]:
    status, made, may = (delivery.get(name) for name in ("status", "attempts", "max_attempts"))
    broken = []
    if may != MAX_ATTEMPTS:
        broken.append(Broken("DELIVERY-1", f"max_attempts is {may!r}, expected {MAX_ATTEMPTS}"))
    if not is_whole(made, 0, MAX_ATTEMPTS):
        return [*broken, Broken("INV-WD3", f"attempts is {made!r}, expected 0 to {MAX_ATTEMPTS}")]
    rule_id, least, most = _COUNTS[str(status)]
    if not least <= made <= most:
        broken.append(Broken(rule_id, f"{status} after {made} attempts"))
    return broken


def _times(delivery: Json) -> list[Broken]:
    status, delivered = delivery["status"], delivery.get("delivered_at")
    if (status == "delivered") != (delivered is not None):
        return [Broken("INV-WD4", f"{status} with delivered_at {delivered!r}")]
    early, late = instant(delivery.get("created_at")), instant(delivered)
    if early and late and late < early:
        return [
            Broken("INV-WD4", f"delivered_at {delivered} lies before created_at {delivery['created_at']}")
        ]
    return []


def _last_answer(delivery: Json) -> list[Broken]:
    answered, text = delivery.get("response_status"), delivery.get("response_body")
    broken = []
    if answered is None and text is not None and delivery["status"] != "pending":
        broken.append(Broken("DELIVERY-8", "a response_body without a response_status"))
    if isinstance(text, str) and len(text) > LONGEST_BODY:
        broken.append(Broken("DELIVERY-9", f"response_body has {len(text)} characters"))
    # A pending delivery may still show what an earlier round of attempts got.
    fits = delivery["status"] == "pending" or _explains(delivery, answered)
    if not fits:
        seen = f"{delivery['status']} after {delivery.get('attempts')} attempts, the last answered {answered}"
        broken.append(Broken(_rule_of(answered), seen))
    return broken


def _explains(delivery: Json, answered: Any) -> bool:
    """Whether the state of a delivery can follow from its last attempt having got `answered`."""
    made = delivery.get("attempts")
    if not is_whole(made, 1, MAX_ATTEMPTS) or not (answered is None or is_whole(answered, 200, 599)):
        return True  # reported by other rules, or by the contract
    before = "pending" if made == 1 else "retrying"
    return bool(delivery_after(before, made - 1, answered).status == delivery["status"])


def _rule_of(answered: int | None) -> str:
    if answered is None or answered >= 500:
        return "DELIVERY-4"
    return "DELIVERY-2" if answered < 300 else "DELIVERY-3"


def _message(delivery: Json) -> list[Broken]:
    event, payload = delivery.get("event_type"), delivery.get("payload")
    broken = []
    if event not in (*EVENTS, TEST_EVENT):
        broken.append(Broken("DELIVERY-14", f"event_type is {event!r}, which no job and no test sends"))
    if not isinstance(payload, dict):
        return broken  # shape is the contract's business
    named = (payload.get("event"), payload.get("delivery_id"))
    if named != (event, delivery.get("id")):
        broken.append(Broken("DELIVERY-10", f"the payload of {event} {delivery.get('id')} names {named}"))
    told, job_id = (payload.get("job") or {}).get("id"), delivery.get("job_id")
    if job_id is not None and told != job_id:
        broken.append(Broken("DELIVERY-10", f"the payload tells of job {told!r}, job_id is {job_id!r}"))
    return broken


def _next(delivery: Json, now: datetime | None) -> list[Broken]:
    status, at = delivery["status"], instant(delivery.get("next_retry_at"))
    if (status == "retrying") != (at is not None) and status != "pending":
        return [Broken("DELIVERY-5", f"{status} with next_retry_at {delivery.get('next_retry_at')!r}")]
    made, born = delivery.get("attempts"), instant(delivery.get("created_at"))
    if status != "retrying" or at is None or not is_whole(made, 1, MAX_ATTEMPTS - 1):
        return []
    early = born is not None and at < born + timedelta(seconds=ATTEMPT_TIMES[made]) - SLACK
    late = now is not None and at > now + timedelta(seconds=SCHEDULE[made - 1]) + SLACK
    if not early and not late:
        return []
    wait = SCHEDULE[made - 1]
    return [Broken("D-23", f"after attempt {made} the next is at {at}, expected {wait} s after that attempt")]


def broken_delivery_transition(before: Json, after: Json) -> list[Broken]:
    """Judge two reads of one delivery, `after` taken later (DELIVERY-10, DELIVERY-15)."""
    names = sorted({*before, *after}) if before.get("status") == "delivered" else CONSTANT
    kept = [name for name in names if name != "job_id"]
    broken = broken_constants("DELIVERY-10", before, after, kept)
    if after.get("job_id") not in (before.get("job_id"), None):
        broken.append(Broken("DELIVERY-15", f"job_id was {before.get('job_id')}, is {after.get('job_id')}"))
    return broken


def broken_retry_rules(before: Json, answered: Json) -> list[Broken]:
    """DELIVERY-7 for the 200 of `retry_webhook_delivery`; `before` is the delivery as read before it."""
    expected = {name: before.get(name) for name in CONSTANT} | {"status": "pending", "attempts": 0}
    broken = broken_expectations("DELIVERY-7", "a retried delivery", answered, expected)
    if instant(answered.get("next_retry_at")) is None:
        broken.append(Broken("DELIVERY-7", "a retried delivery has no next_retry_at"))
    return broken


def broken_trial_rules(delivery: Json, webhook_id: str) -> list[Broken]:
    """DELIVERY-11 for the 201 of `test_webhook`; its state is judged with every other delivery's."""
    expected = {"webhook_id": webhook_id, "job_id": None, "event_type": TEST_EVENT, "attempts": 1}
    return broken_expectations("DELIVERY-11", "a test delivery", delivery, expected)


def matching(
    deliveries: Iterable[Json],
    *,
    status: str | None = None,
    event_type: str | None = None,
    created_after: str | None = None,
    created_before: str | None = None,
) -> list[Json]:
    """Those of a webhook's `deliveries` that a filter keeps, in their order; both times are exclusive."""
    after, before = instant(created_after), instant(created_before)
    return [
        each
        for each in deliveries
        if status in (None, each.get("status"))
        and event_type in (None, each.get("event_type"))
        and (after is None or _moment(each) > after)
        and (before is None or _moment(each) < before)
    ]


def _moment(delivery: Json) -> datetime:
    found = instant(delivery.get("created_at"))
    if found is None:
        raise ValueError(f"delivery {delivery.get('id')} was created at {delivery.get('created_at')!r}")
    return found


def broken_delivery_list_rules(
    deliveries: Sequence[Json], *, webhook_id: str, now: datetime | None = None
) -> list[Broken]:
    """Judge an answer of `list_webhook_deliveries` (DELIVERY-12, DELIVERY-13); `now` is the server's time."""
    foreign = [each.get("id") for each in deliveries if each.get("webhook_id") != webhook_id]
    broken = (
        [Broken("DELIVERY-12", f"deliveries of another webhook are listed: {foreign}")] if foreign else []
    )
    if not newest_first(deliveries):
        broken.append(Broken("DELIVERY-12", "the list is not ordered by created_at, newest first"))
    oldest = now - timedelta(seconds=RETENTION_SECONDS) if now else None
    old = [each.get("id") for each in deliveries if oldest and _moment(each) < oldest]
    return broken + ([Broken("DELIVERY-13", f"listed after 30 days: {old}")] if old else [])


def broken_dispatch_rules(
    webhook: Json, job: Json, events: Sequence[str], deliveries: Iterable[Json]
) -> list[Broken]:
    """DELIVERY-14, HOOK-10, HOOK-11: the deliveries of one webhook for all that happened to one job.

    `events` are the webhook events of the job's life so far; the webhook stayed as it is all that time.
    """
    sent = [str(each.get("event_type")) for each in deliveries if each.get("job_id") == job["id"]]
    broken = []
    for event in dict.fromkeys((*events, *sent)):
        due = events.count(event) if receives(webhook, event, job["owner"]) else 0
        found = sent.count(event)
        if found > due:
            rule_id = "DELIVERY-14" if due else "HOOK-11" if webhook_owns(webhook, job) else "HOOK-10"
            broken.append(Broken(rule_id, f"{found} deliveries of {event}, expected {due}"))
        elif found < (min(due, 1) if event == "job.progress" else due):
            broken.append(Broken("DELIVERY-14", f"{found} deliveries of {event}, expected {due}"))
    return broken


def webhook_owns(webhook: Json, job: Json) -> bool:
    """Whether a job is owned by the team URN of a webhook's team."""
    return bool(job["owner"] == f"framecast:team:{webhook['team_id']}")
