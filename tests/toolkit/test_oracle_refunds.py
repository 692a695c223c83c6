"""Refunds: the table of the facts, row by row, and the laws that hold between its rows."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framecast_contract.oracle.exact import exact, is_number, total
from framecast_contract.oracle.refunds import (
    broken_refund_rules,
    cancels_for_less,
    falls_with_progress,
    keeps_bounds,
    keeps_fee,
    refund,
)
from framecast_contract.oracle.words import Broken

# charge, percent, refund after a validation failure, refund after a cancellation
TABLE = """
    100 0 100 90
    100 10 90 81
    100 25.5 74 67
    100 30 70 63
    100 33.33 66 60
    100 40 60 54
    100 50 50 45
    100 66.67 33 29
    100 90 10 9
    100 99.9 0 0
    100 100 0 0
    50 45 27 24
    30 30 21 18
    10 0 10 9
    10 90 1 0
    7 0 7 6
    7 1 6 6
    7 14.28 6 5
    7 15 5 5
    7 50 3 3
    7 85 1 0
    7 100 0 0
    5 33.33 3 3
    2 0 2 1
    2 50 1 0
    1 0 1 0
    1 0.01 0 0
    1 100 0 0
    0 0 0 0
    0 50 0 0
    0 100 0 0
    99 50.5 49 44
    101 33.33 67 60
    1000 0.1 999 899
    1000 99.9 1 0
    1001 66.67 333 300
"""
ROWS = [line.split() for line in TABLE.split("\n") if line.strip()]

CHARGES = st.integers(0, 2_147_483_647)
PERCENTS = st.one_of(st.decimals(0, 100, places=2), st.integers(0, 100), st.floats(0, 100))
OUTCOMES = st.sampled_from(
    [
        ("failed", "system"),
        ("failed", "timeout"),
        ("failed", "validation"),
        ("canceled", "canceled"),
        ("completed", None),
    ]
)


@pytest.mark.parametrize(("charged", "percent", "validation", "canceled"), ROWS)
@pytest.mark.parametrize("read_as", [Decimal, float])
def test_every_row_of_the_refund_table(
    read_as: type, charged: str, percent: str, validation: str, canceled: str
) -> None:
    outcomes = [
        ("failed", "system"),
        ("failed", "timeout"),
        ("failed", "validation"),
        ("canceled", "canceled"),
        ("completed", None),
    ]
    refunds = [
        refund(int(charged), read_as(percent), status=status, failure_type=kind) for status, kind in outcomes
    ]
    assert refunds == [int(charged), int(charged), int(validation), int(canceled), 0]


@pytest.mark.parametrize("status", ["queued", "processing"])
def test_an_active_job_has_given_nothing_back(status: str) -> None:
    assert refund(100, 40, status=status, failure_type=None) == 0


def test_progress_that_was_never_reported_counts_as_zero() -> None:
    assert refund(100, None, status="canceled", failure_type="canceled") == 90


@pytest.mark.parametrize(("percent", "expected"), [(-5, 90), (140, 0), (float("inf"), 0)])
def test_progress_outside_its_range_is_pulled_in(percent: float, expected: int) -> None:
    assert refund(100, percent, status="canceled", failure_type="canceled") == expected


def test_a_failure_type_no_failed_job_has_is_an_error_of_the_caller() -> None:
    with pytest.raises(
        ValueError, match="'canceled' of a failed job, expected system, timeout or validation"
    ):
        refund(100, 0, status="failed", failure_type="canceled")


@given(CHARGES, PERCENTS, OUTCOMES)
def test_a_refund_lies_between_nothing_and_the_charge(
    charged: int, percent: Any, outcome: tuple[str, str | None]
) -> None:
    assert keeps_bounds(charged, refund(charged, percent, status=outcome[0], failure_type=outcome[1]))


@given(CHARGES, PERCENTS)
def test_a_cancellation_keeps_a_tenth_and_never_beats_a_validation_failure(
    charged: int, percent: Any
) -> None:
    canceled = refund(charged, percent, status="canceled", failure_type="canceled")
    validation = refund(charged, percent, status="failed", failure_type="validation")
    assert keeps_fee(charged, canceled)
    assert cancels_for_less(canceled, validation)


@given(CHARGES, st.lists(PERCENTS, min_size=2), OUTCOMES)
def test_more_progress_never_means_more_refund(
    charged: int, percents: list[Any], outcome: tuple[str, str | None]
) -> None:
    status, kind = outcome
    pairs = [(percent, refund(charged, percent, status=status, failure_type=kind)) for percent in percents]
    assert falls_with_progress(pairs)


def test_the_laws_notice_a_refund_that_breaks_them() -> None:
    assert not keeps_bounds(10, 11)
    assert not keeps_bounds(10, -1)
    assert not keeps_fee(10, 10)
    assert not cancels_for_less(6, 5)
    assert not falls_with_progress([(50, 6), (10, 5)])


def job(**members: Any) -> dict[str, Any]:
    return {
        "status": "canceled",
        "failure_type": "canceled",
        "credits_charged": 100,
        "progress": {"percent": 90},
        **members,
    }


def test_a_job_with_the_right_refund_is_left_alone() -> None:
    assert broken_refund_rules(job(credits_refunded=9)) == []


@pytest.mark.parametrize(
    ("members", "broken"),
    [
        (
            {"credits_refunded": 8},
            Broken("REFUND-3", "refunded 8 of 100 at 90 % when canceled (canceled), expected 9"),
        ),
        (
            {"status": "failed", "failure_type": "validation", "credits_refunded": 9},
            Broken("REFUND-2", "refunded 9 of 100 at 90 % when failed (validation), expected 10"),
        ),
        (
            {"status": "failed", "failure_type": "system", "credits_refunded": 10},
            Broken("REFUND-1", "refunded 10 of 100 at 90 % when failed (system), expected 100"),
        ),
        (
            {"status": "completed", "failure_type": None, "credits_refunded": 1},
            Broken("REFUND-4", "refunded 1 of 100 at 90 % when completed, expected 0"),
        ),
    ],
)
def test_a_wrong_refund_names_the_rule_and_the_right_one(members: dict[str, Any], broken: Broken) -> None:
    assert broken_refund_rules(job(**members)) == [broken]


def test_a_refund_above_the_charge_and_a_negative_one_break_the_invariants() -> None:
    above = broken_refund_rules(job(credits_refunded=101))
    below = broken_refund_rules(job(credits_refunded=-1))
    assert [fault.rule_id for fault in above] == ["INV-J8", "REFUND-3"]
    assert [fault.rule_id for fault in below] == ["INV-J9", "REFUND-3"]


def test_a_float_is_the_decimal_that_was_written() -> None:
    assert exact(66.67) == Decimal("66.67")
    assert total([0.1] * 3) == Decimal("0.3")
    assert total([1e308, 1e-308]) > exact(1e308)


@pytest.mark.parametrize("value", [True, "5", None, [], float("nan")])
def test_what_is_no_json_number_is_not_counted_as_one(value: Any) -> None:
    assert not is_number(value)


def test_reading_something_else_as_a_number_says_what_it_was() -> None:
    with pytest.raises(TypeError, match="True is bool, expected a number"):
        exact(True)
