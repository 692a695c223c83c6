"""Schemas as Python type expressions.

What comes back has the exact type of its model. What is sent may also be what people have at hand: a UUID or
its text, a datetime or its text, a model or a plain mapping.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.names import literal
from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.shapes import OBJECT, branches, shapes

_COMPONENTS = "/components/schemas/"
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_RECEIVED = {"uuid": "UUID", "date-time": "datetime", "date": "date"}
_SENT = {"uuid": "UUID | str", "date-time": "datetime | str", "date": "date | str"}


@dataclass(frozen=True)
class _Direction:
    formats: dict[str, str]
    array: str
    free_object: str


_OUTPUT = _Direction(_RECEIVED, "list", "dict[str, Any]")
_INPUT = _Direction(_SENT, "Sequence", "JsonObject")


def output_type(schema: Node) -> str:
    """The type of what an operation returns.

    Raises:
        CodegenError: the schema describes an object that has no name under `components/schemas`.
    """
    name = component(schema)
    return f"models.{name}" if name else _expression(schema, _OUTPUT, output_type)


def input_type(schema: Node) -> str:
    """The type of what a parameter takes: the schema's, widened by what can stand for it."""
    return _input(schema, {})


def _input(schema: Node, known: dict[str, str]) -> str:
    """`known` has what is found already, so that schemas that contain each other come to an end."""
    name = component(schema)
    if name is None:
        return _expression(schema, _INPUT, lambda inner: _input(inner, known))
    target = schema.resolved()
    if target.pointer not in known:
        known[target.pointer] = f"models.{name}"
        known[target.pointer] = _named_input(target, name, known)
    return known[target.pointer]


def _named_input(target: Node, name: str, known: dict[str, str]) -> str:
    if not isinstance(target.value, dict):
        return "Any"
    if "enum" in target.value or "const" in target.value:
        return f"models.{name}"
    if shapes(target) == {OBJECT}:
        return _union([f"models.{name}", "JsonObject", *(["None"] if _may_be_null(target) else [])])
    return _input(target, known)


def _may_be_null(schema: Node) -> bool:
    return any("null" in _kinds(one) for one in branches(schema))


def _kinds(schema: Node) -> list[str]:
    kinds = schema.value.get("type", [])
    return kinds if isinstance(kinds, list) else [kinds]


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


def _expression(schema: Node, direction: _Direction, recurse: Callable[[Node], str]) -> str:
    value = schema.value
    if not isinstance(value, dict):
        return "Any"
    if "enum" in value or "const" in value:
        return _choice(schema, value.get("enum", [value.get("const")]))
    for keyword in ("anyOf", "oneOf"):
        if keyword in value:
            return _union(recurse(option) for option in schema.child(keyword).elements())
    if len(value.get("allOf", ())) == 1:
        return recurse(schema.child("allOf", 0))
    listed = _kinds(schema) or _implied(value)
    return _union(_kind(kind, schema, direction, recurse) for kind in listed) if listed else "Any"


def _implied(value: Mapping[str, Any]) -> list[str]:
    if {"properties", "additionalProperties", "allOf"} & value.keys():
        return ["object"]
    return ["array"] if "items" in value else []


def _kind(kind: str, schema: Node, direction: _Direction, recurse: Callable[[Node], str]) -> str:
    if kind == "array":
        return f"{direction.array}[{recurse(schema.child('items'))}]"
    if kind == "object":
        return _object(schema, direction)
    if kind not in _PLAIN:
        raise CodegenError(schema.pointer, f"the type {kind!r} is not one of JSON Schema")
    return direction.formats.get(schema.text("format"), "str") if kind == "string" else _PLAIN[kind]


def _object(schema: Node, direction: _Direction) -> str:
    if direction is _OUTPUT and schema.child("properties").value:
        raise CodegenError(schema.pointer, "the object has no name; move it to components/schemas")
    return direction.free_object


def _choice(schema: Node, values: Any) -> str:
    if not all(value is None or isinstance(value, str | int | bool) for value in values):
        raise CodegenError(
            schema.pointer, f"expected texts, integers, booleans or null to choose from, got {values}"
        )
    return f"Literal[{', '.join(literal(value) for value in values)}]"


def _union(options: Any) -> str:
    parts = [part for option in options for part in _split(option)]
    unique = list(dict.fromkeys(parts))
    return "Any" if "Any" in unique else " | ".join(sorted(unique, key=lambda part: part == "None"))


def _split(option: str) -> list[str]:
    """The members of a union, but not those inside brackets."""
    parts, depth, start = [], 0, 0
    for position, char in enumerate(option):
        depth += (char == "[") - (char == "]")
        if char == "|" and not depth:
            parts.append(option[start:position].strip())
            start = position + 1
    return [*parts, option[start:].strip()]
