"""Schemas as the models see them: without what a model must not act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from framecast_contract.codegen.names import spelled
from framecast_contract.codegen.patterns import is_usable

_READABLE = ("uuid", "date-time", "date")
"""The formats of texts that have a Python type. All others stay texts: signed URLs must stay as they came."""


def plain(schema: Any) -> Any:
    """A schema without what models must not act on.

    Defaults are the server's to fill in: a model that did would send members nobody gave, and show members
    nobody sent. Patterns beside a format cannot be checked on its type, and some cannot be checked at all.
    What may only be sent never comes, so it is not required in what comes.
    """
    if isinstance(schema, list):
        return [plain(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    dropped = {"default", "examples", "example", "xml", "externalDocs", "nullable"}
    dropped |= {"pattern", "minLength", "maxLength"} if schema.get("format") in _READABLE else {"format"}
    if not is_usable(str(schema.get("pattern", ""))):
        dropped.add("pattern")
    if not all(map(is_usable, schema.get("patternProperties", ()))):
        dropped.add("patternProperties")
    if is_open(schema):
        dropped.add("additionalProperties")
    if not {"oneOf", "anyOf"} & schema.keys():
        dropped.add("discriminator")  # of a base: theirs gives a child of a child the word of its parent
    kept = {key: value for key, value in schema.items() if key not in dropped}
    changed = {key: (_members if key == "properties" else plain)(value) for key, value in kept.items()}
    return {**changed, **_required(schema)}


def is_open(schema: Any) -> bool:
    """Whether a class may have members it does not name: it says so, others extend it, or it names none."""
    if not isinstance(schema, Mapping):
        return False
    if not schema.get("properties"):
        return _is_free(schema)
    return schema.get("additionalProperties", False) is not False or "discriminator" in schema


def _is_free(schema: Mapping[str, Any]) -> bool:
    """Whether it is any object at all."""
    named = {"properties", "additionalProperties", "patternProperties", "allOf", "anyOf", "oneOf", "$ref"}
    telling = {key for key in named & schema.keys() if schema[key] is not True}
    return schema.get("type") == "object" and not telling


def _required(schema: Mapping[str, Any]) -> dict[str, Any]:
    names, members = schema.get("required"), schema.get("properties")
    if not isinstance(names, list) or not isinstance(members, Mapping):
        return {}
    return {"required": [name for name in names if not _only_sent(members.get(name))]}


def _only_sent(member: Any) -> bool:
    return isinstance(member, Mapping) and member.get("writeOnly") is True


def _members(properties: Any) -> Any:
    """The members of an object, whose names are data: one may be called `default`."""
    return {name: plain(schema) for name, schema in properties.items()}


def foreign_members(schema: Any) -> Iterator[tuple[str, str]]:
    """The members whose names are not ASCII, each with the name of its field: `naïve` → `na_u00ef_ve`."""
    if isinstance(schema, list):
        for item in schema:
            yield from foreign_members(item)
    if isinstance(schema, Mapping):
        for key, value in schema.items():
            names = value if key == "properties" and isinstance(value, Mapping) else ()
            yield from ((name, spelled(name)) for name in names if not name.isascii())
            yield from foreign_members(value)
