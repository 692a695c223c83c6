"""Refunds: how many credits a job gives back when it ends, and the laws every such number keeps.

A system failure or a timeout returns everything, a storyboard that turns out unrenderable returns what was
not yet rendered, a cancellation the same less a tenth, success nothing. One rounding, at the end, downwards.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor

from framecast_contract.oracle.exact import Number, exact, is_number
from framecast_contract.oracle.words import Broken, Json, Rule

_SOURCE = "job-semantics.md 4"

RULES = (
    Rule("REFUND-1", "A job failed by the system or by the time limit returns its whole charge.", _SOURCE),
    Rule(
        "REFUND-2", "A validation failure returns the unrendered share of the charge, rounded down.", _SOURCE
    ),
    Rule("REFUND-3", "A cancellation returns nine tenths of the unrendered share, rounded down.", _SOURCE),
    Rule("REFUND-4", "A completed job returns nothing, and an active one has returned nothing yet.", _SOURCE),
    Rule("REFUND-5", "A cancellation leaves at least a tenth of the charge with Framecast.", _SOURCE),
    Rule("REFUND-6", "A job is refunded once, in the step that ends it.", _SOURCE),
    Rule("REFUND-7", "For one charge and one outcome, more progress never means more refund.", _SOURCE),
    Rule(
        "REFUND-8", "At equal progress a cancellation never returns more than a validation failure.", _SOURCE
    ),
    Rule(
        "REFUND-9",
        "Refunds are exact decimals rounded once; binary fractions must not shift a credit.",
        _SOURCE,
    ),
    Rule("INV-J8", "A job never returns more credits than it was charged.", "job-semantics.md 13"),
    Rule("INV-J9", "Charge and refund of a job are never negative.", "job-semantics.md 13"),
)

_FEE = Fraction(9, 10)


def clamped_percent(percent: Number | None) -> Decimal:
    """Progress in percent as the refund counts it: nothing reported is 0, outside 0-100 is pulled in."""
    return min(max(exact(percent if percent is not None else 0), Decimal(0)), Decimal(100))


def refund(charged: int, percent: Number | None, *, status: str, failure_type: str | None) -> int:
    """Credits given back by a job of `charged` credits that reached `status` at `percent` progress.

    Raises ValueError for a failure type that no failed job can have (REFUND-1 to REFUND-4).
    """
    left = Fraction(charged) * (100 - Fraction(clamped_percent(percent))) / 100
    if status == "canceled":
        return min(floor(left * _FEE), floor(charged * _FEE))
    if status != "failed":
        return 0
    if failure_type in ("system", "timeout"):
        return charged
    if failure_type == "validation":
        return floor(left)
    raise ValueError(f"failure_type {failure_type!r} of a failed job, expected system, timeout or validation")


def rule_of(status: str, failure_type: str | None) -> str:
    """The id of the rule that fixes the refund of this outcome."""
    if status == "canceled":
        return "REFUND-3"
    if status != "failed":
        return "REFUND-4"
    return "REFUND-2" if failure_type == "validation" else "REFUND-1"


def keeps_bounds(charged: int, refunded: int) -> bool:
    """INV-J8, INV-J9: 0 <= refund <= charge, in credits."""
    return 0 <= refunded <= charged


def keeps_fee(charged: int, refunded: int) -> bool:
    """REFUND-5: after a cancellation a tenth of the charge, in credits, is still paid."""
    return refunded * 10 <= charged * 9


def falls_with_progress(refunds: Iterable[tuple[Number, int]]) -> bool:
    """REFUND-7 over (percent, refund) pairs of one charge and one outcome, in any order."""
    best: int | None = None
    for _, refunded in sorted((clamped_percent(percent), -refunded) for percent, refunded in refunds):
        if best is not None and -refunded > best:
            return False
        best = -refunded
    return True


def cancels_for_less(canceled: int, validation: int) -> bool:
    """REFUND-8 for the two refunds of one charge at one progress."""
    return canceled <= validation


def reported_percent(job: Json) -> Number | None:
    """`progress.percent` of a job as read; None when it was never reported or is no number."""
    progress = job.get("progress")
    percent = progress.get("percent") if isinstance(progress, Mapping) else None
    return percent if is_number(percent) else None


def broken_refund_rules(job: Json) -> list[Broken]:
    """Judge `credits_refunded` of one job as read from the API against its charge, progress and outcome."""
    charged, refunded = job.get("credits_charged"), job.get("credits_refunded")
    if not isinstance(charged, int) or not isinstance(refunded, int):
        return []
    return [*_bounds(charged, refunded), *_amount(job, charged, refunded)]


def _bounds(charged: int, refunded: int) -> list[Broken]:
    broken = []
    if charged < 0 or refunded < 0:
        broken.append(Broken("INV-J9", f"charged {charged}, refunded {refunded}: neither may be negative"))
    if refunded > charged:
        broken.append(Broken("INV-J8", f"refunded {refunded} of {charged} charged credits"))
    return broken


def _amount(job: Json, charged: int, refunded: int) -> list[Broken]:
    status, failure = str(job.get("status")), job.get("failure_type")
    if status == "failed" and failure not in ("system", "timeout", "validation"):
        return []  # INV-J6 reports the failure type; there is no amount to expect
    percent = reported_percent(job)
    expected = refund(charged, percent, status=status, failure_type=failure)
    if refunded == expected:
        return []
    outcome = f"{status} ({failure})" if failure else status
    message = f"refunded {refunded} of {charged} at {percent or 0} % when {outcome}, expected {expected}"
    return [Broken(rule_of(status, failure), message)]
