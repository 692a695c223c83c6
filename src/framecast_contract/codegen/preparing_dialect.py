"""Before stage one: one schema of OpenAPI 3.0 in the words of 3.1, without what lies below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_EXCLUSIVE = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
ANNOTATIONS = frozenset({"description", "title", "deprecated", "readOnly", "writeOnly", "default", "example"})
"""What a schema says about a value without limiting it."""


def as_3_1(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema in the words of 3.1; null is always one of the types, or an alternative of its own."""
    value = _exclusive(_choices(dict(schema)))
    if value.pop("nullable", None) is True:
        value = _nullable(value)
    return _object_or_null(value)


def _exclusive(value: dict[str, Any]) -> dict[str, Any]:
    for exclusive, bound in _EXCLUSIVE.items():
        if value.get(exclusive) is True and bound in value:
            value[exclusive] = value.pop(bound)
        elif isinstance(value.get(exclusive), bool):
            del value[exclusive]
    return value


def _choices(value: dict[str, Any]) -> dict[str, Any]:
    """Without a choice of what no literal type can hold, such as fractions; the type stays."""
    listed = [*value.get("enum", ()), *([value["const"]] if "const" in value else ())]
    if not all(one is None or isinstance(one, str | int) for one in listed):
        return {key: item for key, item in value.items() if key not in ("enum", "const")}
    return value


def _nullable(value: dict[str, Any]) -> dict[str, Any]:
    if "type" in value:
        kinds = value["type"] if isinstance(value["type"], list) else [value["type"]]
        value["type"] = [*kinds, *([] if "null" in kinds else ["null"])]
        if "enum" in value and None not in value["enum"]:
            value["enum"] = [*value["enum"], None]
        return value
    for keyword in ("anyOf", "oneOf"):
        if keyword in value:
            return {**value, keyword: [*value[keyword], {"type": "null"}]}
    return _or_null(value) if {"$ref", "allOf", "enum"} & value.keys() else value


def _object_or_null(value: dict[str, Any]) -> dict[str, Any]:
    """A class cannot be null itself, so an object that may be is one of two alternatives."""
    kinds = value.get("type")
    if not isinstance(kinds, list) or "null" not in kinds:
        return value
    rest = [kind for kind in kinds if kind != "null"]
    if rest != ["object"] or not {"properties", "allOf", "anyOf", "oneOf"} & value.keys():
        return value
    return _or_null({**value, "type": "object"})


def _or_null(value: dict[str, Any]) -> dict[str, Any]:
    words = {key: value[key] for key in value if key in ANNOTATIONS}
    inner = {key: item for key, item in value.items() if key not in words}
    return {**words, "anyOf": [inner, {"type": "null"}]}
