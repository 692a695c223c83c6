"""Schemas as Python type expressions.

What comes back has the exact type of its model. What is sent may also be what people have at hand: a UUID or
its text, a datetime or its text, a model or a plain mapping.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.names import literal
from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.shapes import ANY, OBJECT, branches, shapes

_COMPONENTS = "/components/schemas/"
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_RECEIVED = {"uuid": ["UUID"], "date-time": ["datetime"], "date": ["date"]}
_SENT = {"uuid": ["UUID", "str"], "date-time": ["datetime", "str"], "date": ["date", "str"]}

_LONGEST = 300
"""Characters of a type that is spelled out; a longer one goes by its name."""

Parts = list[str]
"""The members of a union, each a whole expression."""


@dataclass(frozen=True)
class _Direction:
    """Which types stand for a text with a format, an array, an object, and a schema with a name."""

    formats: dict[str, Parts]
    array: str
    free_object: str
    named: Callable[[Node, str], Parts]


def output_type(schema: Node) -> str:
    """The type of what an operation returns.

    Raises:
        CodegenError: the schema describes an object that has no name under `components/schemas`.
    """
    direction = _Direction(_RECEIVED, "list", "dict[str, Any]", lambda _, name: [f"models.{name}"])
    return joined(_parts(schema, direction))


def input_type(schema: Node) -> str:
    """The type of what a parameter takes: the schema's, widened by what can stand for it."""
    known: dict[str, Parts] = {}  # what is found already, so that schemas inside each other come to an end

    def named(schema: Node, name: str) -> Parts:
        target = schema.resolved()
        if target.pointer not in known:
            known[target.pointer] = [f"models.{name}"]
            spelled = _named_input(target, name, direction)
            known[target.pointer] = spelled if len(joined(spelled)) <= _LONGEST else [f"models.{name}"]
        return known[target.pointer]

    direction = _Direction(_SENT, "Sequence", "JsonObject", named)
    return joined(_parts(schema, direction))


def joined(parts: Iterable[str]) -> str:
    """A union, None last, each member once."""
    unique = list(dict.fromkeys(parts))
    return "Any" if "Any" in unique else " | ".join(sorted(unique, key=lambda part: part == "None"))


def component(schema: Node) -> str | None:
    """The name of the schema this one refers to, if it only refers."""
    value = schema.value
    if not isinstance(value, dict) or "$ref" not in value:
        return None
    pointer = str(value["$ref"]).removeprefix("#")
    name = pointer.removeprefix(_COMPONENTS)
    if name == pointer or not name.isidentifier():
        raise CodegenError(schema.pointer, f"$ref {value['$ref']!r} names no schema under components/schemas")
    schema.resolved()
    return name


def _named_input(target: Node, name: str, direction: _Direction) -> Parts:
    if not isinstance(target.value, dict):
        return ["Any"]
    if "enum" in target.value or "const" in target.value:
        return [f"models.{name}"]
    if shapes(target) == {OBJECT}:
        null = any("null" in _kinds(one) for one in branches(target))
        return [f"models.{name}", direction.free_object, *(["None"] if null else [])]
    return _parts(target, direction)


def _parts(schema: Node, direction: _Direction) -> Parts:
    name, value = component(schema), schema.value
    if name:
        return direction.named(schema, name)
    if not isinstance(value, dict):
        return ["Any"]
    if "enum" in value or "const" in value:
        return [_choice(schema, value.get("enum", [value.get("const")]))]
    for keyword in ("anyOf", "oneOf"):
        if keyword in value:
            options = schema.child(keyword).elements()
            return [part for option in options for part in _parts(option, direction)]
    if "allOf" in value:
        return _composed(schema, direction)
    kinds = _kinds(schema) or _implied(value)
    return [part for kind in kinds for part in _of_kind(kind, schema, direction)] or ["Any"]


def _composed(schema: Node, direction: _Direction) -> Parts:
    """The type of the part that has one; objects of several parts have a class."""
    told = [part for part in schema.child("allOf").elements() if shapes(part) != {ANY}]
    if not told:
        return ["Any"]
    if len(told) > 1 and shapes(schema) == {OBJECT}:
        return _object(schema, direction)
    return _parts(told[0], direction)


def _kinds(schema: Node) -> list[str]:
    kinds = schema.members().get("type", [])
    return kinds if isinstance(kinds, list) else [kinds]


def _implied(value: dict[str, Any]) -> list[str]:
    if {"properties", "additionalProperties"} & value.keys():
        return ["object"]
    return ["array"] if "items" in value else []


def _of_kind(kind: object, schema: Node, direction: _Direction) -> Parts:
    if kind == "array":
        return [f"{direction.array}[{joined(_parts(schema.child('items'), direction))}]"]
    if kind == "object":
        return _object(schema, direction)
    if not isinstance(kind, str) or kind not in _PLAIN:
        raise CodegenError(schema.pointer, f"the type {kind!r} is not one of JSON Schema")
    return direction.formats.get(schema.text("format"), ["str"]) if kind == "string" else [_PLAIN[kind]]


def _object(schema: Node, direction: _Direction) -> Parts:
    received = direction.formats is _RECEIVED
    if received and (schema.child("properties").value or schema.child("allOf").value):
        raise CodegenError(schema.pointer, "the object has no name; move it to components/schemas")
    values = schema.child("additionalProperties")
    if received and isinstance(values.value, dict):
        return [f"dict[str, {joined(_parts(values, direction))}]"]
    return [direction.free_object]


def _choice(schema: Node, values: Any) -> str:
    if not isinstance(values, list) or not values:
        raise CodegenError(schema.pointer, f"expected some values to choose from, got {values!r}")
    if not all(value is None or isinstance(value, str | int) for value in values):
        raise CodegenError(
            schema.pointer, f"expected texts, integers, booleans or null to choose from, got {values}"
        )
    return f"Literal[{', '.join(literal(value) for value in values)}]"
