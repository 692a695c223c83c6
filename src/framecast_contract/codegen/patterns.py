"""Regular expressions of a document: which are none, and which the validators of the client can use."""

from __future__ import annotations

import re
from functools import cache

from pydantic_core import SchemaError, SchemaValidator


@cache
def is_usable(pattern: str) -> bool:
    """Whether the client can check it: never backtracking, it has no look-around and no references back."""
    try:
        SchemaValidator({"type": "str", "pattern": pattern})
    except SchemaError:
        return False
    return True


@cache
def is_pattern(pattern: str) -> bool:
    """Whether it is a regular expression at all, for one of two engines."""
    if is_usable(pattern):
        return True
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True
