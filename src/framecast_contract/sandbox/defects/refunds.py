"""Defects of what comes back when a job ends."""

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import parse_owner
from framecast_contract.sandbox.defects.planting import Defect, as_if, fix, replace

if TYPE_CHECKING:
    import sqlite3

_ENDINGS = "tests/lifecycle/test_job_endings.py::test_owner_gets_back_what_the_refund_table_says"
_QUEUED = "tests/lifecycle/test_job_endings.py::test_a_queued_job_can_be_canceled_for_the_fee"
_PROGRESS = "tests/lifecycle/test_job_endings.py::test_more_progress_and_canceling_never_give_more_back"
_STATES = "tests/lifecycle/test_job_states.py::test_a_request_does_what_the_state_allows"
_TIME_LIMIT = "tests/lifecycle/test_time_limit.py::test_processing_for_too_long_fails_the_job"


def _second_cancel(sandbox: Sandbox) -> None:
    cancel = sandbox.lifecycle.cancel

    def again(job: "sqlite3.Row", by: str) -> "sqlite3.Row":
        return cancel(as_if(job, status="processing") if job["status"] == "canceled" else job, by)

    replace(sandbox.lifecycle.cancel, again)


def _none_after_system(sandbox: Sandbox) -> None:
    refund = sandbox.refunds.refund
    replace(
        sandbox.refunds.refund,
        lambda outcome, charged, percent: 0 if outcome == "system" else refund(outcome, charged, percent),
    )


def _half_after_timeout(sandbox: Sandbox) -> None:
    refunds = sandbox.refunds
    refund = refunds.refund

    def unfair(outcome: str, charged: int, percent: float | None) -> int:
        return refund("validation" if outcome == "timeout" else outcome, charged, percent)

    replace(refunds.refund, unfair)


def _above_charge(sandbox: Sandbox) -> None:
    replace(sandbox.refunds.after_cancel, lambda charged, _percent: charged + 1)


def _below_zero(sandbox: Sandbox) -> None:
    replace(sandbox.refunds.after_cancel, lambda charged, percent: math.floor(charged * (90 - percent) / 100))


def _binary_floats(sandbox: Sandbox) -> None:
    replace(
        sandbox.refunds.after_invalid_input,
        lambda charged, percent: math.floor(charged * (1 - float(percent) / 100)),
    )


def _binary_float_fee(sandbox: Sandbox) -> None:
    replace(
        sandbox.refunds.after_cancel,
        lambda charged, percent: math.floor(charged * (1 - float(percent) / 100) * 0.9),
    )


def _rounded_twice(sandbox: Sandbox) -> None:
    validation = sandbox.refunds.after_invalid_input
    replace(
        sandbox.refunds.after_cancel,
        lambda charged, percent: math.floor(validation(charged, percent) * Fraction(9, 10)),
    )


def _rises_with_progress(sandbox: Sandbox) -> None:
    replace(
        sandbox.refunds.after_invalid_input,
        lambda charged, percent: math.floor(charged * percent / 100),
    )


def _fee_rounded_away(sandbox: Sandbox) -> None:
    replace(
        sandbox.refunds.after_cancel,
        lambda charged, percent: math.ceil(charged * (100 - percent) / 100 * Fraction(9, 10)),
    )


def _rounded_up(sandbox: Sandbox) -> None:
    replace(
        sandbox.refunds.after_invalid_input,
        lambda charged, percent: math.ceil(charged * (100 - percent) / 100),
    )


def _no_fee(sandbox: Sandbox) -> None:
    replace(sandbox.refunds.after_cancel, sandbox.refunds.after_invalid_input)


def _no_least_fee(sandbox: Sandbox) -> None:
    def generous(charged: int, percent: Fraction) -> int:
        return math.floor(charged * (100 - percent) / 100 * Fraction(9, 10) + Fraction(9, 10))

    replace(sandbox.refunds.after_cancel, generous)


def _progress_ignored(sandbox: Sandbox) -> None:
    fix(sandbox.refunds.percent, Fraction(0))


def _after_completion(sandbox: Sandbox) -> None:
    complete = sandbox.lifecycle.complete

    def kind(job: "sqlite3.Row", output: dict[str, object], size_bytes: int | None) -> "sqlite3.Row":
        completed = complete(job, output, size_bytes)
        owner = parse_owner(completed["owner"])
        assert owner is not None
        sandbox.credits.refund(owner, 1)
        return completed

    replace(sandbox.lifecycle.complete, kind)


def _never_paid(sandbox: Sandbox) -> None:
    fix(sandbox.credits.refund, None)


DEFECTS = (
    Defect(
        "second-cancel-refunds-again",
        "REFUND-6",
        "Canceling a canceled job is accepted and pays the refund once more.",
        _second_cancel,
        (f"{_STATES}[cancel_job-canceled]",),
    ),
    Defect(
        "no-refund-after-system-failure",
        "REFUND-1",
        "A job that failed by our fault keeps the charge.",
        _none_after_system,
        (f"{_ENDINGS}[100-40-system]",),
    ),
    Defect(
        "timeout-refunded-in-part",
        "REFUND-1",
        "A job ended by the time limit is refunded like one with invalid input.",
        _half_after_timeout,
        (f"{_TIME_LIMIT}[50]",),
    ),
    Defect(
        "refund-above-charge",
        "INV-J8",
        "A cancellation returns one credit more than was charged.",
        _above_charge,
        (f"{_ENDINGS}[100-0-canceled]",),
    ),
    Defect(
        "negative-refund",
        "INV-J9",
        "The fee of a late cancellation is taken from the owner's other credits.",
        _below_zero,
        (f"{_ENDINGS}[100-99.9-canceled]",),
    ),
    Defect(
        "binary-float-refund",
        "REFUND-2",
        "Refunds are computed in binary floating point, which loses a credit now and then.",
        _binary_floats,
        (f"{_ENDINGS}[100-90-validation]", f"{_ENDINGS}[10-90-validation]"),
    ),
    Defect(
        "binary-float-cancellation",
        "REFUND-9",
        "The refund of a cancellation is computed in binary floating point, which loses a credit here.",
        _binary_float_fee,
        (f"{_ENDINGS}[100-90-canceled]",),
    ),
    Defect(
        "cancellation-rounded-twice",
        "REFUND-9",
        "A cancellation rounds the unrendered share, and then its nine tenths once more.",
        _rounded_twice,
        (f"{_ENDINGS}[7-15-canceled]",),
    ),
    Defect(
        "refund-rises-with-progress",
        "REFUND-7",
        "What was rendered is paid back, instead of what was not.",
        _rises_with_progress,
        (f"{_PROGRESS}[7]", f"{_PROGRESS}[100]"),
    ),
    Defect(
        "canceling-pays-more",
        "REFUND-8",
        "Cancellations are rounded in the owner's favor, so that they return more than invalid input.",
        _fee_rounded_away,
        (f"{_PROGRESS}[7]",),
    ),
    Defect(
        "refund-rounded-up",
        "REFUND-2",
        "Fractions of a credit are rounded in the owner's favor.",
        _rounded_up,
        (f"{_ENDINGS}[7-15-validation]",),
    ),
    Defect(
        "cancel-without-fee",
        "REFUND-5",
        "The cancellation fee is forgotten.",
        _no_fee,
        (_QUEUED,),
    ),
    Defect(
        "cancel-fee-rounded-away",
        "REFUND-3",
        "The cancellation fee of cheap jobs is rounded down to nothing.",
        _no_least_fee,
        (f"{_ENDINGS}[1-0-canceled]",),
    ),
    Defect(
        "refund-ignores-progress",
        "REFUND-2",
        "Refunds are computed as if nothing had been rendered.",
        _progress_ignored,
        (f"{_ENDINGS}[100-40-validation]",),
    ),
    Defect(
        "refund-after-completion",
        "REFUND-4",
        "A completed job gives a credit back without saying so.",
        _after_completion,
        (f"{_ENDINGS}[100-40-completed]",),
    ),
    Defect(
        "refund-never-paid",
        "CREDIT-3",
        "Jobs tell of a refund that never reaches the balance.",
        _never_paid,
        (f"{_TIME_LIMIT}[0]",),
    ),
)
