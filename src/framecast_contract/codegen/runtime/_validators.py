"""Validators of a type in three degrees: as the contract says, closed to anything more, open to the future.

They are pydantic-core validators over the same models. The closed and the open one are made by rewriting the
core schema that pydantic has for the type, so they are as fast as the plain one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NoReturn

from pydantic import TypeAdapter
from pydantic_core import CoreSchema, PydanticCustomError, SchemaValidator
from pydantic_core.core_schema import no_info_plain_validator_function

from ._model import Model, OpenModel

Schema = Mapping[str, Any]
_BOUNDS = frozenset(
    {"min_length", "max_length", "pattern", "ge", "gt", "le", "lt", "multiple_of", "fail_fast"}
)
_OBJECTS = frozenset({"model", "definition-ref", "tagged-union"})


@cache
def plain(wanted: Any) -> TypeAdapter[Any]:
    """What the contract says, further members allowed. Built at its first use."""
    return TypeAdapter(wanted)


@cache
def closed(wanted: Any) -> SchemaValidator:
    """As `plain`, but no member that the contract does not name, unless it allows any."""
    return _made(wanted, _close)


@cache
def open_to_news(wanted: Any) -> SchemaValidator:
    """As `plain`, but also what a newer server may say without breaking anybody.

    Values that no enum has, variants that no union has (they stay plain dicts), texts, numbers and lists
    outside their bounds. Required members and the kind of every value stay: a result keeps its type.
    """
    return _made(wanted, _open)


def _made(wanted: Any, change: Callable[[Schema], Schema]) -> SchemaValidator:
    adapter = plain(wanted)
    adapter.rebuild(raise_errors=True)  # models wait for their first use, and then have no schema yet
    schema: Any = _rewritten(adapter.core_schema, change)
    # Otherwise pydantic-core takes the validators that the models have already, which are the plain ones.
    return SchemaValidator(schema, _use_prebuilt=False)


def _rewritten(value: Any, change: Callable[[Schema], Schema]) -> Any:
    """A copy of a core schema with the change made at every place, innermost first."""
    if isinstance(value, dict):
        is_schema = isinstance(value.get("type"), str)  # otherwise its keys are names of members
        kept = {key: item for key, item in value.items() if not (is_schema and key == "metadata")}
        copied = {key: _rewritten(item, change) for key, item in kept.items()}
        return change(copied) if is_schema else copied
    if isinstance(value, list):
        return [_rewritten(item, change) for item in value]
    return tuple(_rewritten(item, change) for item in value) if isinstance(value, tuple) else value


def _close(schema: Schema) -> Schema:
    if schema["type"] != "model" or not issubclass(schema["cls"], Model):
        return schema
    if issubclass(schema["cls"], OpenModel) or schema["cls"].model_config.get("extra") != "allow":
        return schema
    # Not `forbid`: pydantic's serializers take models for malformed that came without room for further members.
    return {**schema, "schema": {**schema["schema"], "extras_schema": _NOTHING}}


def _refuse(value: object) -> NoReturn:
    raise PydanticCustomError("undeclared", "no member of this name")


_NOTHING = no_info_plain_validator_function(_refuse)


def _open(schema: Schema) -> Schema:
    kind = schema["type"]
    if kind == "literal":
        return _union(schema, [schema, *_kinds(schema["expected"])])
    if kind == "tagged-union" or (kind == "union" and _has_objects(schema["choices"])):
        return _union(schema, [schema, {"type": "dict"}])
    if kind == "model" and schema["cls"].model_config.get("extra") == "forbid":
        return {**schema, "schema": {**schema["schema"], "extra_behavior": "ignore"}}
    return {key: item for key, item in schema.items() if key not in _BOUNDS}


def _union(schema: Schema, choices: list[Any]) -> Schema:
    named = {"ref": schema["ref"]} if "ref" in schema else {}
    inner = [{key: item for key, item in choice.items() if key != "ref"} for choice in choices]
    return {"type": "union", "mode": "left_to_right", "choices": inner, **named}


def _kinds(expected: list[Any]) -> list[CoreSchema]:
    """A schema for each kind of value among the expected ones."""
    kinds = {bool: "bool", int: "int", str: "str", type(None): "none"}
    found = dict.fromkeys(kinds.get(type(value), "any") for value in expected)
    return [{"type": kind} for kind in found]


def _has_objects(choices: list[Any]) -> bool:
    schemas = [choice[0] if isinstance(choice, tuple) else choice for choice in choices]
    return any(schema["type"] in _OBJECTS for schema in schemas)
