"""Limits and repeats: slots, pages, request rate, body size, idempotency keys and the shape of errors."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framecast_contract.oracle import idempotency, limits
from framecast_contract.oracle.errors import STATUS_OF_CODE, broken_error_rules, broken_fault_rules
from framecast_contract.oracle.words import CONFLICT, INVALID, OK, Answer, Broken

ME, OTHER, TEAM = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abc")
MINE, TEAMS, MEMBERSHIP = f"framecast:user:{ME}", f"framecast:team:{TEAM}", f"framecast:{TEAM}:{ME}"


@pytest.mark.parametrize(
    ("owner", "tier", "slots", "rule_id"),
    [
        (MINE, "starter", 1, "CARD-6"),
        (MINE, "creator", 5, "SLOT-2"),
        (TEAMS, "creator", 5, "CARD-5"),
        (MEMBERSHIP, "creator", 5, "SLOT-3"),
    ],
)
def test_slots_by_owner_and_tier(owner: str, tier: str, slots: int, rule_id: str) -> None:
    jobs = [{"owner": owner, "status": "processing"}] * slots
    assert limits.slot_limit(owner, tier) == slots
    assert limits.slot_answer(jobs[1:], owner, tier) is None
    assert limits.slot_answer(jobs, owner, tier) == CONFLICT
    assert limits.broken_slot_rules(jobs, owner, tier) == []
    (broken,) = limits.broken_slot_rules([*jobs, {"owner": owner, "status": "queued"}], owner, tier)
    assert broken.rule_id == rule_id


def test_only_active_jobs_of_the_same_owner_hold_its_slots() -> None:
    done = [{"owner": TEAMS, "status": status} for status in ("completed", "failed", "canceled")]
    apart = [{"owner": MEMBERSHIP, "status": "queued"}, {"owner": MINE, "status": "queued"}]
    assert limits.active_jobs([*done, *apart], TEAMS) == 0


def test_parallel_creations_fill_the_free_slots_exactly() -> None:
    assert limits.broken_parallel_creations([409, 201, 201], 2) == []
    assert limits.broken_parallel_creations([201], 5) == []
    for statuses in ([201, 201, 201], [409, 409, 201], [201, 201, 500]):
        assert [b.rule_id for b in limits.broken_parallel_creations(statuses, 2)] == ["SLOT-5"]


@pytest.mark.parametrize(
    ("limit", "offset", "expected"),
    [
        (50, 0, list(range(50))),
        (0, 0, [0]),
        (-7, -7, [0]),
        (101, 0, list(range(100))),
        (3, 118, [118, 119]),
        (3, 120, []),
        (2**63 - 1, 2**63 - 1, []),
    ],
)
def test_a_page_is_clamped_never_refused(limit: int, offset: int, expected: list[int]) -> None:
    assert limits.page(range(120), limit, offset) == expected


@given(st.lists(st.integers(), max_size=250), st.integers(-5, 130))
def test_pages_add_up_to_the_list(items: list[int], limit: int) -> None:
    size, _ = limits.clamped_page(limit)
    pages = [limits.page(items, limit, offset) for offset in range(0, len(items) + 1, size)]
    assert [item for each in pages for item in each] == items
    assert limits.broken_pages(items, pages, limit) == []


def test_pages_that_overlap_are_noticed() -> None:
    (broken,) = limits.broken_pages([1, 2, 3], [[1, 2], [2, 3]], 2)
    assert broken.rule_id == "LIST-6"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], None),
        (["10"], None),
        (["-10"], None),
        (["9223372036854775807"], None),
        (["-9223372036854775808"], None),
        (["9223372036854775808"], INVALID),
        (["9" * 5000], INVALID),
        ([""], INVALID),
        (["ten"], INVALID),
        (["1.0"], INVALID),
        (["٣"], INVALID),
        (["1", "1"], INVALID),
    ],
)
def test_which_page_numbers_are_wrong_input(values: list[str], expected: Answer | None) -> None:
    assert limits.page_number_answer(values) == expected


NOW = 1_000


def headers(limit: str = "60", remaining: str = "59", reset: str = "1060", **more: str) -> dict[str, str]:
    rates = {"x-ratelimit-limit": limit, "x-ratelimit-remaining": remaining, "x-ratelimit-reset": reset}
    return {**rates, **{name.replace("_", "-"): value for name, value in more.items()}}


def rate_rules(sent: dict[str, str], *, status: int = 200, body: Any = None) -> list[str]:
    broken = limits.broken_rate_rules(sent, status, body, now=NOW, tier="starter")
    return [fault.rule_id for fault in broken]


WAIT = {"error": {"code": "RATE_LIMIT_EXCEEDED", "message": "m", "retryAfter": 7}}


def test_right_rate_headers_are_left_alone() -> None:
    assert rate_rules(headers()) == []
    told = headers(remaining="0", retry_after="7", x_ratelimit_retryafter="7")
    assert rate_rules(told, status=429, body=WAIT) == []


@pytest.mark.parametrize(
    ("sent", "rule_id"),
    [
        ({}, "RATE-1"),
        (headers(remaining="-1"), "RATE-1"),
        (headers(limit="300"), "RATE-2"),
        (headers(remaining="60"), "RATE-3"),
        (headers(reset="999"), "RATE-4"),
        (headers(reset="1061"), "RATE-4"),
        (headers(retry_after="7"), "RATE-5"),
    ],
)
def test_wrong_rate_headers_name_the_rule(sent: dict[str, str], rule_id: str) -> None:
    assert rate_rules(sent) == [rule_id]


@pytest.mark.parametrize(("retry_after", "other"), [("7", "8"), ("8", "8"), ("soon", "7")])
def test_a_429_that_names_two_waits_is_noticed(retry_after: str, other: str) -> None:
    sent = headers(remaining="0", retry_after=retry_after, x_ratelimit_retryafter=other)
    assert rate_rules(sent, status=429, body=WAIT) == ["RATE-5"]


def test_what_is_left_falls_by_one_until_the_window_ends() -> None:
    assert limits.broken_rate_steps([(60, 2), (60, 1), (60, 0), (60, 0), (120, 59)]) == []
    for wrong in ([(60, 2), (60, 2)], [(60, 2), (60, 0)], [(60, 2), (60, 3)]):
        assert [b.rule_id for b in limits.broken_rate_steps(wrong)] == ["RATE-3"]


def test_a_body_may_have_five_mebibytes() -> None:
    assert limits.body_answer(5_242_880) is None
    assert limits.body_answer(5_242_881) == INVALID


def stored(**members: Any) -> dict[str, Any]:
    return {"id": "j1", "triggered_by": ME, "idempotency_key": "k", "status": "queued", **members}


@pytest.mark.parametrize(
    ("user", "key", "expected"),
    [(ME, "k", OK), (ME, "K", None), (ME, "k ", None), (ME, None, None), (OTHER, "k", None)],
)
def test_a_repeat_is_the_same_user_with_exactly_the_same_key(
    user: str, key: str | None, expected: Answer | None
) -> None:
    jobs = [stored(idempotency_key=None, id="j0"), stored()]
    assert idempotency.expected_answer(jobs, user, key) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (None, None),
        ("k", None),
        ("ü" * 255, None),
        ("", INVALID),
        ("k" * 256, INVALID),
        (5, INVALID),
        ("\0", INVALID),
    ],
)
def test_which_keys_are_usable(key: Any, expected: Answer | None) -> None:
    assert idempotency.key_answer(key) == expected


def test_a_repeat_gets_the_stored_job_unchanged() -> None:
    job = stored(credits_charged=5)
    assert idempotency.broken_replay_rules(job, 200, job) == []
    wrong = [(201, job), (200, stored(id="j2")), (200, {**job, "credits_charged": 10})]
    rules = [
        [b.rule_id for b in idempotency.broken_replay_rules(job, status, seen)] for status, seen in wrong
    ]
    assert rules == [["IDEM-1"], ["IDEM-1"], ["IDEM-2"]]


def test_parallel_creations_with_one_key_make_one_job() -> None:
    assert idempotency.broken_parallel_rules([(200, "j"), (201, "j"), (200, "j")]) == []
    assert idempotency.broken_parallel_rules([(201, "j")]) == []
    for answers in (
        [(201, "j"), (201, "i")],
        [(201, "j"), (200, "i")],
        [(200, "j"), (200, "j")],
        [(201, "j"), (409, None)],
    ):
        assert [b.rule_id for b in idempotency.broken_parallel_rules(answers)] == ["IDEM-7"]


@pytest.mark.parametrize("code", STATUS_OF_CODE)
def test_every_code_goes_with_its_status(code: str) -> None:
    body = {"error": {"code": code, "message": "Please select a plan from the list"}}
    assert broken_error_rules(STATUS_OF_CODE[code], body) == []
    assert [b.rule_id for b in broken_error_rules(418, body)] == ["ERROR-2"]


@pytest.mark.parametrize(
    ("status", "body", "rule_id"),
    [
        (404, None, "ERROR-1"),
        (404, {"error": "not found"}, "ERROR-1"),
        (404, {"error": {"code": "NOT_FOUND", "message": ""}}, "ERROR-1"),
        (404, {"error": {"code": "NOT_FOUND", "message": "m"}, "detail": 1}, "ERROR-1"),
        (422, {"error": {"code": "VALIDATION_ERROR", "message": "m"}}, "ERROR-6"),
        (404, {"error": {"code": "NOT_FOUND", "message": "m", "retryAfter": 1}}, "ERROR-3"),
        (429, {"error": {"code": "RATE_LIMIT_EXCEEDED", "message": "m", "retryAfter": "1"}}, "ERROR-3"),
        (429, {"error": {"code": "RATE_LIMIT_EXCEEDED", "message": "m", "retryAfter": -1}}, "ERROR-3"),
        (500, {"error": {"code": "DATABASE_ERROR", "message": "SELECT id FROM jobs"}}, "ERROR-5"),
        (
            500,
            {"error": {"code": "INTERNAL_ERROR", "message": "Traceback (most recent call last):"}},
            "ERROR-5",
        ),
    ],
)
def test_a_wrong_error_names_the_rule(status: int, body: Any, rule_id: str) -> None:
    assert [broken.rule_id for broken in broken_error_rules(status, body)] == [rule_id]


def test_no_input_earns_a_server_fault() -> None:
    assert broken_fault_rules(499) == []
    assert broken_fault_rules(500) == [Broken("ERROR-4", "answered 500, expected anything below 500")]
