"""A place in the document: its value, its JSON pointer, and the way to follow references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from framecast_contract.codegen.errors import CodegenError


@dataclass(frozen=True)
class Node:
    """A place in the document; its value is None where there is nothing."""

    document: Mapping[str, Any]
    pointer: str
    value: Any

    @staticmethod
    def root(document: Mapping[str, Any]) -> Node:
        """The document as a whole."""
        return Node(document, "", document)

    def child(self, *keys: str | int) -> Node:
        """The place below."""
        node = self
        for key in keys:
            node = Node(self.document, f"{node.pointer}/{escaped(key)}", _member(node.value, key))
        return node

    def resolved(self) -> Node:
        """The place itself, or the one its `$ref` names.

        Raises:
            CodegenError: the reference is not local, leads nowhere, or leads to itself.
        """
        node, seen = self, {self.pointer}
        while isinstance(node.value, Mapping) and "$ref" in node.value:
            node = node._followed(node.value["$ref"])
            if node.pointer in seen:
                raise CodegenError(self.pointer, f"$ref {node.pointer!r} leads to itself")
            seen.add(node.pointer)
        return node

    def _followed(self, ref: object) -> Node:
        if not isinstance(ref, str) or not (ref == "#" or ref.startswith("#/")):
            raise CodegenError(self.pointer, f"$ref {ref!r} is not local; bundle the document first")
        found = Node.root(self.document).child(*pointer_keys(ref))
        if found.value is None:
            raise CodegenError(self.pointer, f"$ref {ref!r} leads nowhere")
        return found

    def items(self) -> Iterator[tuple[str, Node]]:
        """The members of an object, in document order.

        Raises:
            CodegenError: there is something else than an object.
        """
        if self.value is not None and not isinstance(self.value, Mapping):
            raise CodegenError(self.pointer, f"expected an object, got {_shown(self.value)}")
        for key in self.value or {}:
            yield str(key), self.child(key)

    def elements(self) -> list[Node]:
        """The elements of an array.

        Raises:
            CodegenError: there is something else than an array.
        """
        if self.value is not None and not isinstance(self.value, list):
            raise CodegenError(self.pointer, f"expected a list, got {_shown(self.value)}")
        return [self.child(position) for position in range(len(self.value or []))]

    def members(self) -> Mapping[str, Any]:
        """The value, when it is an object; an empty one otherwise."""
        return self.value if isinstance(self.value, Mapping) else {}

    def text(self, key: str) -> str:
        """A text member, empty when absent."""
        value = _member(self.value, key)
        return value if isinstance(value, str) else ""


def pointer_keys(ref: str) -> list[str]:
    """The keys that a local `$ref` names: `#/a/b~1c` → `a`, `b/c`."""
    return [unquote(part).replace("~1", "/").replace("~0", "~") for part in ref.split("/")[1:]]


def escaped(key: str | int) -> str:
    """A key as a part of a JSON pointer."""
    return str(key).replace("~", "~0").replace("/", "~1")


def _member(value: Any, key: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(key, value.get(int(key)) if isinstance(key, str) and key.isdecimal() else None)
    if isinstance(value, list) and str(key).isdecimal() and int(key) < len(value):
        return value[int(key)]
    return None


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:80]}…"
