"""How many credits come back when a job ends without a video (job-semantics 4)."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

_KEPT_ON_CANCEL = Fraction(9, 10)


class Refunds:
    """Exact arithmetic, rounded down once at the end; binary floating point would lose credits."""

    def refund(self, outcome: str, charged: int, percent: Any) -> int:
        """Credits to give back. `outcome` is a failure type or `completed`; `percent` None counts as 0.

        Raises KeyError for an outcome no rule names.
        """
        share = {
            "system": self.after_our_failure,
            "timeout": self.after_our_failure,
            "validation": self.after_invalid_input,
            "canceled": self.after_cancel,
            "completed": self.after_success,
        }[outcome]
        return share(charged, self.percent(percent))

    def percent(self, reported: Any) -> Fraction:
        """Reported progress as an exact fraction of 100, clamped to 0-100."""
        exact = Fraction(Decimal(str(reported or 0)))
        return min(max(exact, Fraction(0)), Fraction(100))

    def after_our_failure(self, charged: int, _percent: Fraction) -> int:
        return charged

    def after_invalid_input(self, charged: int, percent: Fraction) -> int:
        return math.floor(charged * (100 - percent) / 100)

    def after_cancel(self, charged: int, percent: Fraction) -> int:
        """The unused share less a tenth; at least a tenth of the price stays charged."""
        unused = charged * (100 - percent) / 100
        return min(math.floor(unused * _KEPT_ON_CANCEL), math.floor(charged * _KEPT_ON_CANCEL))

    def after_success(self, _charged: int, _percent: Fraction) -> int:
        return 0
