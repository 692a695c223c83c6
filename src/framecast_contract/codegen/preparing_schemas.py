"""Before stage one: schemas in the one form that the stages read, every object with a name of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from framecast_contract.codegen.bundling import FILES
from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.names import class_name
from framecast_contract.codegen.nodes import Node, escaped, pointer_keys
from framecast_contract.codegen.preparing_checks import check_schema
from framecast_contract.codegen.preparing_circles import refuse_circles
from framecast_contract.codegen.preparing_dialect import ANNOTATIONS, as_3_1

_COMPONENTS = "/components/schemas/"
_ONE = ("items", "additionalProperties", "propertyNames")
_LISTED = ("anyOf", "oneOf", "prefixItems")
_NAMED = ("properties", "patternProperties")
_WORDS = {"items": "Item", "additionalProperties": "Value", "propertyNames": "Name"}
_JUDGED = frozenset(
    {
        *("if", "then", "else", "not", "contains", "dependentSchemas", "dependentRequired"),
        *("unevaluatedProperties", "unevaluatedItems", "$defs", "definitions"),
    }
)
"""Conditions, which no type can say; and definitions, which count where something refers to them."""
_DULL = ("components", "schemas", "properties", "paths", "content", "schema", "responses", "application/json")
"""Keys on the way to a schema that say nothing about it."""

_RELATIVE = ("$dynamicRef", "$recursiveRef")

Schema = Any
"""A schema: an object, or a boolean."""


class Schemas:
    """The schemas of a document: those with a name, and those that get one on the way."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._names: dict[str, str] = {}
        self._made: dict[str, Schema] = {}
        for name, node in root.child("components", "schemas").items():
            self._claim(node.pointer, class_name(name))
        for _, node in root.child("components", "schemas").items():
            self._make(node)
        refuse_circles(self._made)

    def finished(self) -> dict[str, Schema]:
        """All schemas by name: those of the document in its order, those from inside where they were met."""
        return self._made

    def changed(self, node: Node, name: str) -> Schema:
        """The schema at a place, and `name` for the object that it may be."""
        check_schema(node)
        if not isinstance(node.value, Mapping):
            return node.value
        if not _is_object(as_3_1(node.value)):
            return self._inside(node, name)
        self._claim(node.pointer, name)
        self._make(node)
        return self._reference(node.pointer)

    def _claim(self, pointer: str, wanted: str) -> str:
        if pointer not in self._names:
            taken, number, name = set(self._names.values()), 2, wanted
            while name in taken:
                name, number = f"{wanted}{number}", number + 1
            self._names[pointer] = name
        return self._names[pointer]

    def _make(self, node: Node) -> None:
        name = self._names[node.pointer]
        if name not in self._made:
            self._made[name] = {}  # keeps the place in the order, and ends a circle
            self._made[name] = self._inside(node, name)

    def _reference(self, pointer: str) -> Schema:
        return {"$ref": f"#{_COMPONENTS}{self._names[pointer]}"}

    def _inside(self, node: Node, name: str) -> Schema:
        """The schema with everything inside it changed."""
        check_schema(node)
        if not isinstance(node.value, Mapping):
            return node.value
        node = Node(node.document, node.pointer, as_3_1(node.value))
        for key in _RELATIVE:
            if key in node.value:
                raise CodegenError(node.child(key).pointer, f"{key} is not supported; use $ref")
        value = {key: item for key, item in node.value.items() if key not in _JUDGED}
        if "$ref" in value:
            value["$ref"] = self._followed(node)
        value.update(self._parts(node, name))
        if "discriminator" in value:
            value["discriminator"] = self._discriminator(node.child("discriminator"))
        return value

    def _parts(self, node: Node, name: str) -> dict[str, Schema]:
        changed: dict[str, Schema] = {}
        for key in _ONE:
            if key in node.value:
                changed[key] = self.changed(node.child(key), f"{name}{_WORDS[key]}")
        for key in _LISTED:
            if key in node.value:
                changed[key] = self._options(node.child(key), name)
        if "allOf" in node.value:
            changed["allOf"] = [self._inside(part, name) for part in node.child("allOf").elements()]
        for key in _NAMED:
            if key in node.value:
                members = node.child(key).items()
                changed[key] = {each: self.changed(one, f"{name}{class_name(each)}") for each, one in members}
        return changed

    def _options(self, node: Node, name: str) -> list[Schema]:
        options = node.elements()
        real = [one for one in options if one.members().get("type") != "null"]
        if len(real) == 1:
            return [self.changed(one, f"{name}Value" if name in self._made else name) for one in options]
        return [self.changed(one, f"{name}Option{number}") for number, one in enumerate(options, 1)]

    def _followed(self, node: Node) -> str:
        """The reference; what is no schema under components gets its name from its place."""
        ref = node.value["$ref"]
        if not isinstance(ref, str) or not ref.startswith("#/"):
            raise CodegenError(node.pointer, f"$ref {ref!r} is not local; bundle the document first")
        keys = pointer_keys(ref)
        target = Node.root(self._root.document).child(*keys)
        if target.value is None:
            raise CodegenError(node.pointer, f"$ref {ref!r} leads nowhere")
        if target.pointer not in self._names:
            self._claim(target.pointer, class_name(" ".join(_telling(keys))))
            self._make(target)
        return str(self._reference(target.pointer)["$ref"])

    def _discriminator(self, node: Node) -> Any:
        mapping = {
            value: self._mapped(one) if isinstance(one.value, str) else one.value
            for value, one in node.child("mapping").items()
        }
        return {**node.members(), "mapping": mapping} if mapping else node.value

    def _mapped(self, node: Node) -> str:
        """A value of a discriminator's mapping is a reference, or the name of a schema."""
        ref = node.value if "/" in node.value else f"#{_COMPONENTS}{escaped(node.value)}"
        return self._followed(Node(node.document, node.pointer, {"$ref": ref}))


def _telling(keys: list[str]) -> list[str]:
    """The keys that say what a schema is; the name of its file when nothing else does."""
    inside = keys[2:] if keys[0] == FILES else keys
    return [key for key in inside if key not in _DULL] or keys[1:2]


def _is_object(schema: Mapping[str, Any]) -> bool:
    """Whether a schema describes an object of its own: one that needs a class."""
    if "$ref" in schema:
        return False
    if "allOf" in schema:
        telling = [
            part for part in schema["allOf"] if isinstance(part, Mapping) and part.keys() - ANNOTATIONS
        ]
        return len(telling) > 1 or "properties" in schema
    return bool(schema.get("properties")) or "discriminator" in schema
