"""Values that a schema of the large documents lets in: the smallest, the largest, and each alternative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from .codegen_documents.shaping import Json

DEEPEST = 6
MOST = 12
"""Samples of one schema; alternatives of alternatives multiply."""

FORMATS = {
    "date": "2026-11-22",
    "date-time": "2026-11-22T10:11:12Z",
    "time": "10:11:12Z",
    "duration": "P1DT2H",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "uri": "https://a.example/b?c=%20#d",
    "email": "Ann@a.example",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "aGVsbG8=",
    "decimal": "12.50",
}
PATTERNS = {
    "^[a-z]{3}$": "eur",
    "^[0-9a-f]{40}$": "0" * 40,
    "^[\\w-]{1,256}$": "a-b_c",
    "^msg_": "msg_1",
    "^[a-z0-9.-]{3,63}$": "my-bucket",
    "^97[89]\\d{10}$": "9781234567890",
}


class Samples:
    """Makes values for the schemas of one document."""

    def __init__(self, document: Json) -> None:
        self._document = document
        self._schemas: Mapping[str, Any] = document["components"]["schemas"]
        self._heirs = {name: _heirs(schema) for name, schema in self._schemas.items() if _heirs(schema)}
        self._told = {heir: told for heirs in self._heirs.values() for heir, told in heirs.items()}

    def of(self, name: str) -> list[Any]:
        """Values of the schema under `components/schemas`."""
        return list(self._named(name, 0))

    def _named(self, name: str, depth: int) -> Iterator[Any]:
        """Values of a schema; those of its heirs where it has some, which say what they are."""
        if name in self._heirs:
            for heir in self._heirs[name]:
                yield from self._named(heir, depth + 1)
            return
        for value in self._some(self._schemas[name], depth):
            yield {**value, **self._told[name]} if name in self._told else value

    def _some(self, schema: Any, depth: int) -> Iterator[Any]:
        return islice(self._all(schema, depth), MOST)

    def _all(self, schema: Any, depth: int) -> Iterator[Any]:
        if not isinstance(schema, dict) or depth > DEEPEST:
            return
        if schema.get("nullable"):
            yield None
        if "$ref" in schema:
            yield from self._followed(schema["$ref"], depth)
        elif "allOf" in schema:
            yield from self._joined(schema, depth)
        elif "oneOf" in schema or "anyOf" in schema:
            for option in schema.get("oneOf") or schema["anyOf"]:
                if option.get("required") and "properties" not in option:  # only a condition
                    also = {"required": [*schema["required"], *option["required"]]}
                    yield from self._object({**schema, **also}, depth)
                else:
                    yield from self._some(option, depth + 1)
        elif "const" in schema or "enum" in schema:
            yield from [schema["const"]] if "const" in schema else schema["enum"]
        else:
            kinds = schema.get("type", "object" if "properties" in schema else "null")
            for kind in kinds if isinstance(kinds, list) else [kinds]:
                yield from self._kind(kind, schema, depth)

    def _followed(self, ref: str, depth: int) -> Iterator[Any]:
        keys = ref.removeprefix("#/components/schemas/").split("/")
        if len(keys) == 1:
            yield from self._named(keys[0], depth + 1)
            return
        value: Any = self._schemas
        for key in keys:
            value = value[key]
        yield from self._all(value, depth + 1)

    def _joined(self, schema: Mapping[str, Any], depth: int) -> Iterator[Any]:
        """All parts at once: the smallest of each, then the largest. A condition asks for the largest."""
        told = [part for part in schema["allOf"] if list(part) != ["required"]]
        parts = [list(self._part(part, depth)) for part in told]
        if len(parts) == 1:
            yield from parts[0]
        elif all(parts):
            for at in (0, -1) if len(told) == len(schema["allOf"]) else (-1,):
                yield {key: value for part in parts for key, value in part[at].items()}

    def _part(self, part: Json, depth: int) -> Iterator[Any]:
        """Values of a part, of the parent itself where it has heirs: the schema around is one of them."""
        name = part.get("$ref", "").rpartition("/")[2]
        parent = self._schemas[name] if name in self._heirs or name in self._told else part
        return self._some(parent, depth + 1)

    def _kind(self, kind: str, schema: Json, depth: int) -> Iterator[Any]:
        if kind == "object":
            yield from self._object(schema, depth)
        elif kind == "array":
            yield from self._array(schema, depth)
        elif kind == "string":
            text = PATTERNS.get(schema.get("pattern", ""), FORMATS.get(schema.get("format", ""), "text"))
            yield text
        elif kind == "boolean":
            yield from (True, False)
        elif kind == "null":
            yield None
        else:
            least = schema.get("minimum", 1) + bool(schema.get("exclusiveMinimum"))
            yield schema.get("multipleOf", least) if kind == "integer" else max(least, 0.5)

    def _object(self, schema: Json, depth: int) -> Iterator[Any]:
        members = {
            name: list(self._some(one, depth + 1)) for name, one in schema.get("properties", {}).items()
        }
        required = set(schema.get("required", ()))
        if any(name in members and not members[name] for name in required):
            return
        whole = {name: values[0] for name, values in members.items() if values}
        yield {name: value for name, value in whole.items() if name in required}
        yield whole
        for name, values in members.items():
            yield from ({**whole, name: value} for value in values[1:])
        if isinstance(schema.get("additionalProperties"), dict):
            for value in self._some(schema["additionalProperties"], depth + 1):
                yield {**whole, "some name": value}

    def _array(self, schema: Json, depth: int) -> Iterator[Any]:
        if "prefixItems" in schema:
            yield [next(self._some(one, depth + 1)) for one in schema["prefixItems"]]
            return
        values = list(self._some(schema.get("items", {}), depth + 1))
        if not schema.get("minItems"):
            yield []
        if values:
            yield values[: schema.get("maxItems")]


def _heirs(schema: Json) -> dict[str, dict[str, str]]:
    """The schemas that a parent's discriminator leads to, and the member that tells each of them."""
    if "discriminator" not in schema or "properties" not in schema:
        return {}
    told = schema["discriminator"]
    return {ref.rpartition("/")[2]: {told["propertyName"]: value} for value, ref in told["mapping"].items()}
