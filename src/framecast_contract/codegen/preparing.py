"""Before stage one: the document in the one form that the stages read.

It is a document of OpenAPI 3.1 in which every schema of an object has a name of its own under
`components/schemas`, one that a class can have. So the writer of the models makes up no name, and a change in
one place never renames a class in another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from framecast_contract.codegen.bundling import FILES
from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.names import class_name
from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.preparing_checks import check_media_type
from framecast_contract.codegen.preparing_limits import check_limits
from framecast_contract.codegen.preparing_schemas import Schemas

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_VERSION = re.compile(r"3\.[01]\.[0-9]+(?:-\S+)?")

_SHARED = re.compile(r"#/components/([^/]+)/[^/]+")


def prepared(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same document in the form that the other stages read. The given one stays as it is.

    Raises:
        CodegenError: it is no OpenAPI 3.0 or 3.1 document, too deep, too large, or a schema has no form here.
    """
    _check_version(document)
    check_limits(document)
    root = Node.root(document)
    for section in ("info", "paths", "components"):
        if not isinstance(document.get(section, {}), Mapping):
            raise CodegenError(f"/{section}", f"expected an object, got {document[section]!r}")
    return _Preparation(root).document()


def _check_version(document: Mapping[str, Any]) -> None:
    version = document.get("openapi")
    if version is None:
        old = document.get("swagger")
        found = f"Swagger {old}" if old else "no OpenAPI document: the key 'openapi' is missing"
        raise CodegenError("", f"this is {found}; expected OpenAPI 3.0 or 3.1")
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise CodegenError("/openapi", f"the version is {version!r}; expected OpenAPI 3.0 or 3.1")
    if not any(document.get(key) for key in ("paths", "webhooks")):
        raise CodegenError("/paths", "the document has no paths; there is nothing to generate")


class _Preparation:
    """Walks the parts of a document that hold schemas; `Schemas` does what is to be done with each."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._schemas = Schemas(root)

    def document(self) -> dict[str, Any]:
        value = dict(self._root.members())
        for section in ("paths", "webhooks"):
            if section in value:
                value[section] = self._each(self._root.child(section), self._path_item)
        components = dict(self._root.child("components").members())
        for kind, change in self._kinds().items():
            if kind in components:
                components[kind] = self._each(self._root.child("components", kind), change)
        value.pop(FILES, None)  # what counts of the other files is in its place now
        value["openapi"] = "3.1.0"
        value["components"] = {**components, "schemas": self._schemas.finished()}
        return value

    def _kinds(self) -> dict[str, Any]:
        return {
            "responses": lambda name, node: self._response(node, class_name(name)),
            "parameters": lambda name, node: self._parameter(node, class_name(name)),
            "requestBodies": lambda name, node: self._body(node, class_name(name)),
            "headers": lambda name, node: self._parameter(node, class_name(name)),
            "pathItems": self._path_item,
        }

    def _each(self, node: Node, change: Any) -> dict[str, Any]:
        return {
            name: item.value if name.startswith("x-") else change(name, item) for name, item in node.items()
        }

    def _path_item(self, path: str, node: Node) -> Any:
        node = _in_place(node, "pathItems")
        if not isinstance(node.value, Mapping):
            raise CodegenError(node.pointer, f"expected the operations of this path, got {node.value!r}")
        value = dict(node.value)
        if "parameters" in value:
            value["parameters"] = self._parameters(node, class_name(path))
        for method in _METHODS:
            if method in value:
                value[method] = self._operation(node.child(method), f"{method} {path}")
        return value

    def _operation(self, node: Node, spoken: str) -> Any:
        if not isinstance(node.value, Mapping):
            raise CodegenError(node.pointer, f"expected an operation, got {node.value!r}")
        value, name = dict(node.value), class_name(node.text("operationId") or spoken)
        if "parameters" in value:
            value["parameters"] = self._parameters(node, name)
        if "requestBody" in value:
            value["requestBody"] = self._body(node.child("requestBody"), name)
        if "responses" in value:
            value["responses"] = self._responses(node.child("responses"), name)
        return value

    def _parameters(self, node: Node, name: str) -> list[Any]:
        listed = node.child("parameters").elements()
        return [self._parameter(one, f"{name}{class_name(one.text('name'))}") for one in listed]

    def _parameter(self, node: Node, name: str) -> Any:
        node = _in_place(node, "parameters")
        return self._content(self._with_schema(node, "schema", name), node, name)

    def _body(self, node: Node, name: str) -> Any:
        node = _in_place(node, "requestBodies")
        return self._content(node.value, node, name if name.endswith("Request") else f"{name}Request")

    def _responses(self, node: Node, name: str) -> dict[str, Any]:
        first = next((status for status, _ in node.items() if status.startswith("2")), "default")
        return {
            status: one.value
            if status.startswith("x-")
            else self._response(one, name, "" if status == first else status.capitalize())
            for status, one in node.items()
        }

    def _response(self, node: Node, name: str, status: str = "") -> Any:
        node = _in_place(node, "responses")
        if not isinstance(node.value, Mapping):
            raise CodegenError(node.pointer, f"expected a response, got {node.value!r}")
        named = f"{name.removesuffix('Response')}Response{status}"
        value = self._content(node.value, node, named)
        if not isinstance(value, Mapping) or "headers" not in value:
            return value
        headers = self._each(
            node.child("headers"), lambda header, one: self._parameter(one, f"{name}{class_name(header)}")
        )
        return {**value, "headers": headers}

    def _content(self, value: Any, node: Node, name: str) -> Any:
        if not isinstance(value, Mapping) or "$ref" in value or "content" not in value:
            return value
        content = {
            media_type: self._with_schema(one, "schema", name) if isinstance(one.value, Mapping) else {}
            for media_type, one in node.child("content").items()
        }
        for media_type, one in node.child("content").items():
            check_media_type(media_type, one.pointer)
            if one.child("x-event-schema").value is not None:
                event = self._schemas.changed(
                    one.child("x-event-schema"), f"{name.removesuffix('Response')}Event"
                )
                content[media_type] = {**content[media_type], "x-event-schema": event}
        return {**value, "content": content}

    def _with_schema(self, node: Node, key: str, name: str) -> Any:
        if not isinstance(node.value, Mapping) or "$ref" in node.value or node.child(key).value is None:
            return node.value
        return {**node.value, key: self._schemas.changed(node.child(key), name)}


def _in_place(node: Node, kind: str) -> Node:
    """The place itself; or what it refers to, unless that has a place of its own among the components.

    Raises:
        CodegenError: the reference leads to a component of another kind.
    """
    ref = node.members().get("$ref")
    if ref is None:
        return node
    shared = _SHARED.fullmatch(ref) if isinstance(ref, str) else None
    if shared and shared[1] not in (kind, "headers"):
        raise CodegenError(node.pointer, f"$ref {ref!r} leads to one of the {shared[1]}, not of the {kind}")
    return node if shared else node.resolved()
