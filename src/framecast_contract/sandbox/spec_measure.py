"""The measures of a storyboard: seconds, credits and bytes, all exact.

Numbers may arrive as int, float or Decimal, depending on how the JSON was read. A float stands for the
shortest decimal that reads back as it, which is what its sender wrote: 0.1 is a tenth, so that fifty scenes
of 1.1 s last 55 s and not a hair more.

Facts: job semantics 3 (price) and V-01, V-06 of section 10.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_UP, Context, Decimal
from typing import Any

Number = int | float | Decimal

# A spec of legal size cannot write more digits than this. Beyond it sums are rounded away from zero, which
# keeps "more than 300 s" true for a sum that exceeds the limit by next to nothing.
_EXACT = Context(prec=110_000, rounding=ROUND_UP, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def exact(number: Number) -> Decimal:
    """The number as the decimal it was written as."""
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)


def add_up(numbers: Iterable[Number]) -> Decimal:
    """The exact sum; not-a-number when both infinities take part, never an exception."""
    total = Decimal(0)
    for number in numbers:
        total = _EXACT.add(total, exact(number))
    return total


def json_number(value: Decimal) -> Number:
    """The number as JSON writers take it: int when whole, else float; a Decimal of absurd size stays one."""
    if not value.is_finite():
        return float(value)
    if abs(value.adjusted()) > 4000:
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def scene_credits(duration: Number) -> int:
    """Credits of one scene of `duration` seconds: one per started second."""
    return int(exact(duration).to_integral_value(rounding=ROUND_CEILING))


def price(spec: Mapping[str, Any]) -> int:
    """Credits that rendering a valid spec costs: every scene once, however often the timeline shows it."""
    return sum(scene_credits(scene["duration"]) for scene in spec["scenes"])


def total_duration(spec: Mapping[str, Any]) -> Decimal:
    """Seconds that all scenes of a valid spec last together, unrounded."""
    return add_up(scene["duration"] for scene in spec["scenes"])


def compact_size(value: Any) -> int:
    """Bytes of a value as compact UTF-8 JSON; a lone surrogate counts as its escape, for UTF-8 has none."""
    try:
        return _encoded_size(value)
    except (RecursionError, ValueError):
        return _counted_size(value)


def _encoded_size(value: Any) -> int:
    try:
        text = _COMPACT.encode(value)
    except TypeError:
        return _size_with_decimals(value)
    return len(text.encode(errors="backslashreplace"))


def _size_with_decimals(value: Any) -> int:
    """The size when decimals take part: written as strings, for want of better, less their quotes."""
    decimals: list[str] = []

    def number(decimal: Decimal) -> str:
        decimals.append(str(decimal))
        return decimals[-1]

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=number)
    return len(text.encode(errors="backslashreplace")) - 2 * len(decimals)


def _counted_size(value: Any) -> int:
    """The size of what the JSON writer refuses: nesting beyond its stack, integers of thousands of digits."""
    size, rest = 0, [value]
    while rest:
        part = rest.pop()
        if isinstance(part, dict):
            size += 2 + len(part) + max(len(part) - 1, 0)
            rest.extend(part.keys())
            rest.extend(part.values())
        elif isinstance(part, list):
            size += 2 + max(len(part) - 1, 0)
            rest.extend(part)
        elif isinstance(part, int) and not isinstance(part, bool):
            size += len(str(Decimal(part)))
        else:
            size += _encoded_size(part)
    return size
