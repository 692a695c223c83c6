"""Deliveries: every outcome of every attempt, the schedule, and what lists and retries show."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framecast_contract.oracle.deliveries import (
    broken_delivery_list_rules,
    broken_delivery_rules,
    broken_delivery_transition,
    broken_dispatch_rules,
    broken_retry_rules,
    broken_trial_rules,
    matching,
)
from framecast_contract.oracle.delivery_life import (
    ATTEMPT_TIMES,
    SCHEDULE,
    STATUSES,
    Attempted,
    delivery_after,
    retry_answer,
)
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.rules import RULES
from framecast_contract.oracle.words import CONFLICT, OK

DELIVERY, HOOK, JOB, TEAM, OTHER = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abcde")


@pytest.mark.parametrize(
    ("outcome", "status", "delay"),
    [
        (200, "delivered", None),
        (204, "delivered", None),
        (299, "delivered", None),
        (301, "failed", None),
        (400, "failed", None),
        (408, "failed", None),
        (429, "failed", None),
        (499, "failed", None),
        (500, "retrying", 60),
        (503, "retrying", 60),
        (None, "retrying", 60),
    ],
)
def test_what_a_first_attempt_makes_of_a_delivery(
    outcome: int | None, status: str, delay: int | None
) -> None:
    assert delivery_after("pending", 0, outcome) == Attempted(status, 1, delay)


def test_an_unreachable_receiver_is_tried_five_times_over_two_hours_and_a_half() -> None:
    status, attempts, delays = "pending", 0, []
    while status in ("pending", "retrying"):
        status, attempts, delay = delivery_after(status, attempts, None)
        delays.append(delay)
    assert (status, attempts, delays) == ("failed", 5, [*SCHEDULE, None])
    assert ATTEMPT_TIMES == (0, 60, 360, 2160, 9360)


def test_a_late_answer_still_delivers() -> None:
    assert delivery_after("retrying", 4, 200) == Attempted("delivered", 5, None)


@pytest.mark.parametrize(
    ("status", "attempts", "outcome", "message"),
    [
        ("delivered", 1, 200, "'delivered' after 1 attempts makes no further one"),
        ("retrying", 5, 200, "'retrying' after 5 attempts makes no further one"),
        ("pending", 0, 100, "outcome 100, expected a status from 200 to 599"),
    ],
)
def test_what_cannot_happen_is_refused(status: str, attempts: int, outcome: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        delivery_after(status, attempts, outcome)


def test_only_a_failed_delivery_is_retried_by_hand() -> None:
    assert [retry_answer(status) for status in STATUSES] == [CONFLICT, CONFLICT, CONFLICT, OK]
    with pytest.raises(ValueError, match="'attempting' is no state of a delivery"):
        retry_answer("attempting")


BORN = "2026-01-01T00:00:00Z"
PAYLOAD = {"event": "job.completed", "timestamp": BORN, "delivery_id": DELIVERY, "job": {"id": JOB}}
SEEN = {
    "pending": (0, None, None, None),
    "retrying": (1, 503, "2026-01-01T00:01:00Z", None),
    "delivered": (1, 200, None, "2026-01-01T00:00:01Z"),
    "failed": (1, 404, None, None),
}


def delivery(status: str = "delivered", **members: Any) -> dict[str, Any]:
    attempts, answered, again, delivered = SEEN.get(status, SEEN["pending"])
    return {
        "id": DELIVERY, "webhook_id": HOOK, "job_id": JOB, "event_type": "job.completed", "status": status,
        "payload": PAYLOAD, "response_status": answered, "response_body": None if answered is None else "no",
        "attempts": attempts, "max_attempts": 5, "next_retry_at": again, "delivered_at": delivered,
        "created_at": BORN, **members,
    }  # fmt: skip


@pytest.mark.parametrize("status", STATUSES)
def test_a_delivery_as_it_should_be_is_left_alone(status: str) -> None:
    assert broken_delivery_rules(delivery(status), instant(BORN)) == []


def test_a_delivery_retried_by_hand_may_show_its_last_answer() -> None:
    again = delivery("pending", response_status=503, response_body="no", next_retry_at=BORN)
    assert broken_delivery_rules(again) == []


def test_a_deleted_jobs_delivery_is_left_alone() -> None:
    assert broken_delivery_rules(delivery(job_id=None)) == []


@pytest.mark.parametrize(
    ("seen", "rule_ids"),
    [
        (delivery("attempting"), ["INV-WD1"]),
        (delivery("failed", attempts=6, response_status=None, response_body=None), ["INV-WD3"]),
        (delivery(delivered_at=None), ["INV-WD4"]),
        (delivery(delivered_at="2025-01-01T00:00:00Z"), ["INV-WD4"]),
        (delivery("failed", delivered_at=BORN), ["INV-WD4"]),
        (delivery(max_attempts=6), ["DELIVERY-1"]),
        (delivery("pending", attempts=1), ["D-17"]),
        (delivery("retrying", attempts=5), ["D-17", "DELIVERY-4"]),
        (delivery(attempts=0), ["DELIVERY-2"]),
        (delivery("failed", attempts=0), ["DELIVERY-3"]),
        (delivery(response_status=404), ["DELIVERY-3"]),
        (delivery("failed", response_status=204), ["DELIVERY-2"]),
        (delivery("failed", response_status=503), ["DELIVERY-4"]),
        (delivery("failed", response_status=503, attempts=5), []),
        (delivery("retrying", response_status=429), ["DELIVERY-3"]),
        (delivery("retrying", response_status=None), ["DELIVERY-8"]),
        (delivery("retrying", response_status=None, response_body=None), []),
        (delivery("retrying", next_retry_at=None), ["DELIVERY-5"]),
        (delivery("failed", next_retry_at=BORN), ["DELIVERY-5"]),
        (delivery(response_body="x" * 10_240), []),
        (delivery(response_body="x" * 10_241), ["DELIVERY-9"]),
        (delivery(event_type="job.paused"), ["DELIVERY-14", "DELIVERY-10"]),
        (delivery(payload={**PAYLOAD, "delivery_id": OTHER}), ["DELIVERY-10"]),
        (delivery(payload={**PAYLOAD, "job": {"id": OTHER}}), ["DELIVERY-10"]),
        (delivery("retrying", next_retry_at="2026-01-01T00:00:58Z"), ["D-23"]),
        (delivery("retrying", next_retry_at="2026-01-01T00:01:12Z"), ["D-23"]),
        (delivery("retrying", attempts=2, next_retry_at="2026-01-01T00:05:58Z"), ["D-23"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_delivery_that_breaks_a_rule_names_it(seen: dict[str, Any], rule_ids: list[str]) -> None:
    now = instant("2026-01-01T00:00:10Z")
    assert [broken.rule_id for broken in broken_delivery_rules(seen, now)] == rule_ids


@given(st.integers(0, 3), st.integers(0, 5_000))
def test_the_schedule_counts_from_the_attempt_however_late_it_was(made: int, seconds: int) -> None:
    born = instant(BORN)
    assert born is not None
    attempted = born + timedelta(seconds=ATTEMPT_TIMES[made] + seconds)
    again = (attempted + timedelta(seconds=SCHEDULE[made])).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert (
        broken_delivery_rules(delivery("retrying", attempts=made + 1, next_retry_at=again), attempted) == []
    )


ANY_JSON = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.lists(st.none())


@given(st.sampled_from(STATUSES), st.dictionaries(st.sampled_from(sorted(delivery())), ANY_JSON))
def test_a_badly_shaped_delivery_is_judged_without_an_exception(status: str, members: dict[str, Any]) -> None:
    bent = {**delivery(status), **members}
    broken = broken_delivery_rules(bent, instant(BORN)) + broken_delivery_transition(delivery(status), bent)
    assert {fault.rule_id for fault in broken} <= set(RULES)


@pytest.mark.parametrize(
    ("before", "after", "rule_ids"),
    [
        (delivery("pending"), delivery("failed"), []),
        (delivery("failed"), delivery("pending"), []),
        (delivery(), delivery(job_id=None), []),
        (delivery(), delivery(job_id=OTHER), ["DELIVERY-15"]),
        (delivery(), delivery(attempts=2), ["DELIVERY-10"]),
        (delivery("failed"), delivery("failed", payload={}), ["DELIVERY-10"]),
    ],
)
def test_two_reads_of_a_delivery(before: dict[str, Any], after: dict[str, Any], rule_ids: list[str]) -> None:
    assert [broken.rule_id for broken in broken_delivery_transition(before, after)] == rule_ids


def test_a_retry_by_hand_starts_over() -> None:
    again = delivery("pending", next_retry_at="2026-01-01T01:00:00Z")
    assert broken_retry_rules(delivery("failed"), again) == []
    for wrong in ({"attempts": 1}, {"id": OTHER}, {"next_retry_at": None}, {"status": "retrying"}):
        judged = broken_retry_rules(delivery("failed"), {**again, **wrong})
        assert [broken.rule_id for broken in judged] == ["DELIVERY-7"]


def test_a_trial_is_attempted_once_before_it_is_answered() -> None:
    payload = {"event": "webhook.test", "timestamp": BORN, "delivery_id": DELIVERY}
    trial = delivery(job_id=None, event_type="webhook.test", payload=payload)
    assert broken_trial_rules(trial, HOOK) == []
    assert broken_delivery_rules(trial) == []
    waiting = {**trial, "attempts": 0, "webhook_id": OTHER}
    assert [broken.rule_id for broken in broken_trial_rules(waiting, HOOK)] == ["DELIVERY-11"] * 2


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["a", "b"]),
        ({"status": "failed"}, ["a"]),
        ({"event_type": "job.queued"}, ["b"]),
        ({"created_after": BORN}, ["b"]),
        ({"created_before": "2026-01-01T00:00:01Z"}, ["a"]),
        ({"status": "failed", "event_type": "job.queued"}, []),
    ],
)
def test_filters_of_the_delivery_list_combine(filters: dict[str, str], expected: list[str]) -> None:
    deliveries = [
        delivery("failed", id="a"),
        delivery(id="b", event_type="job.queued", created_at="2026-01-01T00:00:01Z"),
    ]
    assert [each["id"] for each in matching(deliveries, **filters)] == expected


@pytest.mark.parametrize(
    ("listed", "rule_ids"),
    [
        ([delivery(created_at="2026-01-01T00:00:01Z"), delivery()], []),
        ([delivery(), delivery(created_at="2026-01-01T00:00:01Z")], ["DELIVERY-12"]),
        ([delivery(webhook_id=OTHER)], ["DELIVERY-12"]),
        ([delivery(created_at="2025-12-31T23:59:59Z")], ["DELIVERY-13"]),
    ],
)
def test_a_list_of_deliveries_is_judged_as_a_whole(listed: list[dict[str, Any]], rule_ids: list[str]) -> None:
    month_later = instant("2026-01-31T00:00:00Z")
    broken = broken_delivery_list_rules(listed, webhook_id=HOOK, now=month_later)
    assert [fault.rule_id for fault in broken] == rule_ids


TEAM_JOB = {"id": JOB, "owner": f"framecast:team:{TEAM}"}
WANTED = {"team_id": TEAM, "is_active": True, "events": ["job.queued", "job.progress", "job.completed"]}
LIFE = ("job.queued", "job.started", "job.progress", "job.progress", "job.completed")


def sent(*events: str) -> list[dict[str, Any]]:
    return [delivery(event_type=event) for event in events]


@pytest.mark.parametrize(
    ("hook", "job", "deliveries", "rule_ids"),
    [
        (WANTED, TEAM_JOB, sent("job.queued", "job.progress", "job.completed"), []),
        (WANTED, TEAM_JOB, sent("job.completed", "job.progress", "job.progress", "job.queued"), []),
        (WANTED, TEAM_JOB, sent("job.queued", "job.completed"), ["DELIVERY-14"]),
        (WANTED, TEAM_JOB, sent("job.queued", "job.progress"), ["DELIVERY-14"]),
        (WANTED, TEAM_JOB, sent(*LIFE), ["HOOK-11"]),
        (
            WANTED,
            TEAM_JOB,
            sent("job.queued", "job.queued", "job.progress", "job.completed"),
            ["DELIVERY-14"],
        ),
        (WANTED, TEAM_JOB, sent("job.queued", "job.progress", "job.completed", "job.failed"), ["HOOK-11"]),
        ({**WANTED, "is_active": False}, TEAM_JOB, [], []),
        ({**WANTED, "is_active": False}, TEAM_JOB, sent("job.queued"), ["HOOK-11"]),
        (WANTED, {**TEAM_JOB, "owner": f"framecast:{TEAM}:{OTHER}"}, sent("job.queued"), ["HOOK-10"]),
    ],
)
def test_what_one_job_sends_to_one_webhook(
    hook: dict[str, Any], job: dict[str, Any], deliveries: list[dict[str, Any]], rule_ids: list[str]
) -> None:
    assert [broken.rule_id for broken in broken_dispatch_rules(hook, job, LIFE, deliveries)] == rule_ids
