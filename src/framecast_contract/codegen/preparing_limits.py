"""What a document may be at most, so that none can bring the generator down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.nodes import escaped

DEEPEST = 100
"""Levels of nesting; deeper ones are no document but an attack."""

LARGEST = 2_000_000
"""Values in all, counted as often as they are shown: an alias of YAML counts at every use."""


def check_limits(document: Mapping[str, Any]) -> None:
    """Refuse a document that is too deep or too large, or that holds what JSON has not.

    Raises:
        CodegenError: with the place.
    """
    left = LARGEST
    waiting: list[tuple[str, Any, int]] = [("", document, 0)]
    while waiting:
        pointer, value, depth = waiting.pop()
        left -= 1
        if depth > DEEPEST:
            raise CodegenError(pointer, f"the document is nested more than {DEEPEST} levels deep here")
        if left < 0:
            raise CodegenError(pointer, f"the document has more than {LARGEST} values")
        if not isinstance(value, str | int | float | bool | list | Mapping | None):
            raise CodegenError(pointer, f"expected JSON values only, got a {type(value).__name__}")
        waiting.extend((place, below, depth + 1) for place, below in _below(pointer, value))


def _below(pointer: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield f"{pointer}/{escaped(key)}", item
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield f"{pointer}/{position}", item
