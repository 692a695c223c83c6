"""Exact numbers: the one door through which a number of JSON enters the rules.

Binary floating point turns 100 x 0.1 x 0.9 into 8 credits instead of 9, so a float is read by its shortest
decimal spelling, which is what stood in the JSON text, and everything after that is exact.
"""

from collections.abc import Iterable
from decimal import Context, Decimal
from typing import Any, TypeGuard

Number = Decimal | int | float

# The sum of the largest and the smallest double needs 633 digits; more digits than that lose nothing.
_SUMS = Context(prec=1000)


def exact(value: Number) -> Decimal:
    """The decimal that was written; raises TypeError for anything that is not a number, booleans included."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | float):
        raise TypeError(f"{value!r} is {type(value).__name__}, expected a number (Decimal, int or float)")
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def is_number(value: Any) -> TypeGuard[Number]:
    """Whether a decoded JSON value is a number; true, false and not-a-number are not."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | float):
        return False
    return not exact(value).is_nan()


def total(values: Iterable[Number]) -> Decimal:
    """The exact sum of finite numbers; infinities (a JSON 1e999 read as a float) are left out."""
    result = Decimal(0)
    for value in map(exact, values):
        if value.is_finite():
            result = _SUMS.add(result, value)
    return result
