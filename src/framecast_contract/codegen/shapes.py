"""What kinds of JSON values a schema lets in: what the ways to write parameters and forms depend on."""

from __future__ import annotations

from collections.abc import Iterator

from framecast_contract.codegen.nodes import Node

ARRAY, OBJECT, SCALAR, ANY = "array", "object", "scalar", "any"

_ALTERNATIVES = frozenset({"anyOf", "oneOf", "discriminator", "patternProperties"})


def shapes(schema: Node) -> frozenset[str]:
    """The kinds of values; `any` when the schema does not say, null counts as nothing."""
    return frozenset(kind for one in branches(schema) for kind in _own(one)) or frozenset({ANY})


def item_shapes(schema: Node) -> frozenset[str]:
    """The kinds of values inside the arrays and objects that the schema lets in."""
    found: set[str] = set()
    for one in branches(schema):
        members = [member for _, member in one.child("properties").items()]
        inside = [one.child("items"), one.child("additionalProperties"), *members]
        found |= {kind for each in inside if isinstance(each.value, dict) for kind in shapes(each)}
    return frozenset(found)


def branches(schema: Node) -> list[Node]:
    """The schema and all that it is put together from, each once, in document order; references followed."""
    found: dict[str, Node] = {}
    waiting = [schema]
    while waiting:
        one = waiting.pop().resolved()
        if one.pointer in found or not isinstance(one.value, dict):
            continue
        found[one.pointer] = one
        parts = [part for key in ("allOf", "anyOf", "oneOf") for part in one.child(key).elements()]
        waiting += reversed(parts)
    return list(found.values())


def _own(schema: Node) -> Iterator[str]:
    kinds = schema.value.get("type", [])
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if kind != "null":
            yield kind if kind in (ARRAY, OBJECT) else SCALAR
    if not kinds and ("properties" in schema.value or "additionalProperties" in schema.value):
        yield OBJECT
    if not kinds and "items" in schema.value:
        yield ARRAY
    if not kinds and ("enum" in schema.value or "const" in schema.value):
        yield SCALAR


def plain_members(schema: Node) -> dict[str, Node] | None:
    """The members of an object that has these and no others, None for everything else.

    An object may be put together from plain parts; one with alternatives, with members of any name, or that
    may be null is not plain.
    """
    members: dict[str, Node] = {}
    for part in branches(schema):
        value = part.members()
        extra = value.get("additionalProperties", False)
        if _ALTERNATIVES & value.keys() or extra is not False or value.get("type", "object") != "object":
            return None
        members.update(part.child("properties").items())
    return members or None


def required_members(schema: Node) -> frozenset[str]:
    """The members that an object must have, those of all its parts."""
    listed = [element.value for part in branches(schema) for element in part.child("required").elements()]
    return frozenset(name for name in listed if isinstance(name, str))
