"""What a document may be at most, so that none can bring the generator down."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.nodes import escaped

DEEPEST = 100
"""Levels of nesting; deeper ones are no document but an attack."""

LARGEST = 1_000_000
"""Values in all, counted as often as they are shown: an alias of YAML counts at every use."""

Way = tuple[Any, ...]
"""The last key and the way to it; pointers are written only for the place that is wrong."""


def check_limits(document: object) -> None:
    """Refuse a document that is too deep or too large, or that holds what JSON has not.

    Raises:
        CodegenError: with the place.
    """
    left = LARGEST
    waiting: list[tuple[Way, Any, int]] = [((), document, 0)]
    while waiting:
        way, value, depth = waiting.pop()
        inside = list(_below(value))
        left -= len(inside)
        if depth > DEEPEST:
            raise CodegenError(_pointer(way), f"the document is nested more than {DEEPEST} levels deep here")
        if left < 0:
            raise CodegenError(_pointer(way), f"the document has more than {LARGEST} values")
        for key, below in inside:
            if isinstance(below, list | Mapping):
                waiting.append(((key, way), below, depth + 1))
            elif type(below) is not str:
                _check_value(below, (key, way))


def _check_value(value: object, way: Way) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise CodegenError(_pointer(way), f"{value} is no number of JSON")
    if value is not None and not isinstance(value, str | int | float):
        raise CodegenError(_pointer(way), f"expected a value of JSON, got a {type(value).__name__}")


def _pointer(way: Way) -> str:
    keys: list[str] = []
    while way:
        key, way = way
        keys.append(escaped(key))
    return "".join(f"/{key}" for key in reversed(keys))


def _below(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)
