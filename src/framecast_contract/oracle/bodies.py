"""Members of request bodies: texts, objects and whole numbers as every operation reads them.

A member that is absent and one that is null are the same thing in a request, so `None` stands for both.
"""

import re
from collections.abc import Mapping
from typing import Any, TypeGuard

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

_WHITE = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_UUID = re.compile(UUID)
_ANY_CASE = re.compile(UUID, re.IGNORECASE)


def is_text(value: Any, low: int, high: int) -> TypeGuard[str]:
    """Whether a value is a string of `low` to `high` code points without U+0000."""
    return isinstance(value, str) and low <= len(value) <= high and "\0" not in value


def is_blank(value: str) -> bool:
    """Whether a text is white space only, as one of the common definitions has it."""
    return value.strip(_WHITE) == ""


def is_whole(value: Any, low: int, high: int) -> TypeGuard[int]:
    """Whether a value is a whole number from `low` to `high`; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def is_object(value: Any) -> bool:
    """Whether a value is a JSON object in which no string holds U+0000."""
    return isinstance(value, Mapping) and not holds_nul(value)


def holds_nul(value: Any) -> bool:
    """Whether a decoded JSON value holds U+0000 in any string, names of members included."""
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, Mapping):
        return any(holds_nul(name) or holds_nul(member) for name, member in value.items())
    return isinstance(value, list) and any(holds_nul(item) for item in value)


def is_id(value: Any) -> bool:
    """Whether a value is a UUID as responses write it: lower case, with hyphens."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def names_id(value: Any) -> bool:
    """Whether a value sent by a client names a UUID, whatever the case of its digits."""
    return isinstance(value, str) and _ANY_CASE.fullmatch(value) is not None
