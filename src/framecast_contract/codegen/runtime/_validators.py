"""Validators of a type in three degrees: as the contract says, closed to anything more, open to the future.

They are pydantic-core validators over the same models. The closed and the open one are made by rewriting the
core schema that pydantic has for the type, so they are as fast as the plain one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn, cast

from pydantic_core import PydanticCustomError, SchemaValidator, ValidationError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Schema = Mapping[str, Any]
_BOUNDS = frozenset(
    {"min_length", "max_length", "pattern", "ge", "gt", "le", "lt", "multiple_of", "fail_fast"}
)
_OBJECTS = frozenset({"model", "definition-ref", "tagged-union"})


@cache
def plain(wanted: Any) -> TypeAdapter[Any]:
    """What the contract says, further members allowed. Built at its first use."""
    from pydantic import TypeAdapter  # who only imports the package should not wait for it

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


def read_json(wanted: Any, content: bytes | str, *, strict: bool) -> Any:
    """JSON as the wanted type; text is no number, and the reverse, in either mode.

    The plain validator comes first even where more is allowed: it is all that most answers need.

    Raises:
        pydantic.ValidationError: it is not JSON, or not of the type.
    """
    if strict:
        return closed(wanted).validate_json(content, strict=True)
    try:
        return plain(wanted).validate_json(content, strict=True)
    except ValidationError:
        return open_to_news(wanted).validate_json(content, strict=True)


def _made(wanted: Any, change: Callable[[Schema], Schema]) -> SchemaValidator:
    adapter = plain(wanted)
    adapter.rebuild(raise_errors=True)  # models wait for their first use, and then have no schema yet
    schema: Any = _rewritten(adapter.core_schema, change)
    # Otherwise pydantic-core takes the validators that the models have already, which are the plain ones.
    return SchemaValidator(schema, _use_prebuilt=False)


def _rewritten(value: Any, change: Callable[[Schema], Schema]) -> Any:
    """A copy of a core schema with the change made at every place, innermost first."""
    if isinstance(value, dict):
        return _rewritten_object(cast(Schema, value), change)
    if isinstance(value, list | tuple):
        items = [_rewritten(item, change) for item in cast(Iterable[Any], value)]
        return items if isinstance(value, list) else tuple(items)
    return value


def _rewritten_object(value: Schema, change: Callable[[Schema], Schema]) -> Schema:
    if not isinstance(value.get("type"), str):  # not a schema: its keys are names of members
        return {key: _rewritten(item, change) for key, item in value.items()}
    return change({key: _rewritten(item, change) for key, item in value.items() if key != "metadata"})


def _close(schema: Schema) -> Schema:
    from ._model import Model, OpenModel

    if schema["type"] != "model" or not issubclass(schema["cls"], Model):
        return schema
    if issubclass(schema["cls"], OpenModel) or schema["cls"].model_config.get("extra") != "allow":
        return schema
    # Not `forbid`: pydantic's serializers find models malformed that came without room for further members.
    return {**schema, "schema": {**schema["schema"], "extras_schema": _NOTHING}}


def _refuse(_: object) -> NoReturn:
    raise PydanticCustomError("undeclared", "no member of this name")


_NOTHING = {"type": "function-plain", "function": {"type": "no-info", "function": _refuse}}


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


def _kinds(expected: list[object]) -> list[Schema]:
    """A schema for each kind of value among the expected ones."""
    kinds: dict[type, str] = {bool: "bool", int: "int", str: "str", type(None): "none"}
    found = dict.fromkeys(kinds.get(type(value), "any") for value in expected)
    return [{"type": kind} for kind in found]


def _has_objects(choices: list[Any]) -> bool:
    """Whether a union has objects among its choices, which may come with a label."""
    schemas: list[Schema] = [choice[0] if isinstance(choice, tuple) else choice for choice in choices]
    return any(schema["type"] in _OBJECTS for schema in schemas)
