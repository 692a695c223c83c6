"""Stage one, read: the bundled document as typed facts, with the place of each. No Python names yet.

What the client could not express is refused here, with its JSON pointer, never left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from framecast_contract.codegen.errors import CodegenError

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
JSON = "application/json"
TEXT = "text/plain"
EVENTS = "text/event-stream"


@dataclass(frozen=True)
class Node:
    """A place in the document: its value, its pointer, and the way to follow references."""

    document: Mapping[str, Any]
    pointer: str
    value: Any

    def child(self, *keys: str | int) -> Node:
        """The place below; its value is None when there is nothing."""
        node = self
        for key in keys:
            node = Node(self.document, f"{node.pointer}/{_escape(key)}", _member(node.value, key))
        return node

    def resolved(self) -> Node:
        """The place itself, or the one its `$ref` names.

        Raises:
            CodegenError: the reference is not local, leads nowhere, or leads to itself.
        """
        node, seen = self, {self.pointer}
        while isinstance(node.value, Mapping) and "$ref" in node.value:
            node = node._followed(str(node.value["$ref"]))
            if node.pointer in seen:
                raise CodegenError(self.pointer, f"$ref {node.pointer!r} leads to itself")
            seen.add(node.pointer)
        return node

    def _followed(self, ref: str) -> Node:
        if not ref.startswith("#/"):
            raise CodegenError(self.pointer, f"$ref {ref!r} is not local; bundle the document first")
        keys = [part.replace("~1", "/").replace("~0", "~") for part in ref[2:].split("/")]
        found = Node(self.document, "", self.document).child(*keys)
        if found.value is None:
            raise CodegenError(self.pointer, f"$ref {ref!r} leads nowhere")
        return found

    def items(self) -> Iterator[tuple[str, Node]]:
        """The members of an object, in document order."""
        for key in self.value or {}:
            yield str(key), self.child(key)

    def elements(self) -> list[Node]:
        """The elements of an array."""
        return [self.child(position) for position in range(len(self.value or []))]

    def text(self, key: str) -> str:
        """A text member, empty when absent."""
        value = _member(self.value, key)
        return value if isinstance(value, str) else ""


def _escape(key: str | int) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")


def _member(value: Any, key: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(key, value.get(int(key)) if isinstance(key, str) and key.isdigit() else None)
    if isinstance(value, list) and str(key).isdigit() and int(key) < len(value):
        return value[int(key)]
    return None


@dataclass(frozen=True)
class ParameterFacts:
    """One parameter: where it goes, its schema, what it means."""

    name: str
    place: str
    required: bool
    schema: Node
    description: str


@dataclass(frozen=True)
class BodyFacts:
    """The JSON body of an operation."""

    schema: Node
    required: bool
    description: str


@dataclass(frozen=True)
class AnswerFacts:
    """One documented success; no media type means no body."""

    status: int
    media_type: str | None
    schema: Node | None


@dataclass(frozen=True)
class ErrorFacts:
    """One documented error status with its codes."""

    status: int
    codes: tuple[str, ...]
    pointer: str


@dataclass(frozen=True)
class OperationFacts:
    """One operation."""

    operation_id: str
    method: str
    path: str
    pointer: str
    tag: str
    summary: str
    description: str
    parameters: tuple[ParameterFacts, ...]
    body: BodyFacts | None
    answers: tuple[AnswerFacts, ...]
    errors: tuple[ErrorFacts, ...]
    last_events: tuple[str, ...]


def read(document: Mapping[str, Any]) -> list[OperationFacts]:
    """All operations in document order.

    Raises:
        CodegenError: an operation cannot be expressed in the client.
    """
    root = Node(document, "", document)
    return [
        _operation(path, method, item, item.child(method))
        for path, unresolved in root.child("paths").items()
        for item in [unresolved.resolved()]
        for method in METHODS
        if item.child(method).value is not None
    ]


def _operation(path: str, method: str, item: Node, node: Node) -> OperationFacts:
    operation_id = node.text("operationId")
    if not operation_id:
        raise CodegenError(node.pointer, f"{method.upper()} {path} has no operationId; give it one")
    answers, errors = _responses(node)
    return OperationFacts(
        operation_id=operation_id,
        method=method.upper(),
        path=path,
        pointer=node.pointer,
        tag=str((node.value.get("tags") or ["other"])[0]),
        summary=node.text("summary") or operation_id,
        description=node.text("description"),
        parameters=tuple(_parameters(item, node)),
        body=_body(node),
        answers=answers,
        errors=errors,
        last_events=_last_events(node, answers),
    )


def _parameters(item: Node, node: Node) -> list[ParameterFacts]:
    found: dict[tuple[str, str], ParameterFacts] = {}
    for listed in (*item.child("parameters").elements(), *node.child("parameters").elements()):
        parameter = _parameter(listed.resolved())
        found[parameter.place, parameter.name] = parameter
    return list(found.values())


def _parameter(node: Node) -> ParameterFacts:
    place, schema = node.text("in"), node.child("schema")
    if place not in ("path", "query", "header"):
        raise CodegenError(
            node.pointer, f"parameters in {place!r} are not supported; use path, query or header"
        )
    if schema.value is None:
        raise CodegenError(node.pointer, "the parameter has no schema")
    if node.value.get("style", "form" if place == "query" else "simple") not in ("form", "simple"):
        raise CodegenError(
            node.pointer, f"the style {node.value['style']!r} is not supported; use the default"
        )
    if node.value.get("explode") is False:
        raise CodegenError(node.pointer, "explode: false is not supported; repeat the parameter instead")
    required = bool(node.value.get("required"))
    return ParameterFacts(node.text("name"), place, required, schema, node.text("description"))


def _body(operation: Node) -> BodyFacts | None:
    body = operation.child("requestBody").resolved()
    if body.value is None:
        return None
    offered = list(body.child("content").value or {})
    if JSON not in offered:
        raise CodegenError(body.pointer, f"the body is {offered}, and only {JSON} is supported")
    schema = body.child("content", JSON, "schema")
    if schema.value is None:
        raise CodegenError(schema.pointer, "the body has no schema")
    return BodyFacts(schema, bool(body.value.get("required")), body.text("description"))


def _responses(operation: Node) -> tuple[tuple[AnswerFacts, ...], tuple[ErrorFacts, ...]]:
    answers, errors = [], []
    for status, listed in operation.child("responses").items():
        if not status.isdigit():
            raise CodegenError(listed.pointer, f"the status {status!r} is not a number; list every status")
        response = listed.resolved()
        if int(status) < 400:
            answers.append(_answer(int(status), response))
        else:
            errors.append(_error(int(status), listed, response))
    if not answers:
        raise CodegenError(operation.pointer, "the operation documents no success")
    return tuple(answers), tuple(errors)


def _answer(status: int, response: Node) -> AnswerFacts:
    content = response.child("content")
    offered = list(content.value or {})
    if not offered:
        return AnswerFacts(status, None, None)
    if len(offered) > 1 or offered[0] not in (JSON, TEXT, EVENTS):
        raise CodegenError(content.pointer, f"expected one of {JSON}, {TEXT}, {EVENTS}, got {offered}")
    schema = content.child(offered[0], "x-event-schema" if offered[0] == EVENTS else "schema")
    if schema.value is None and offered[0] != TEXT:
        raise CodegenError(
            schema.pointer, "the answer has no schema; for an event stream, the one of an event"
        )
    return AnswerFacts(status, offered[0], schema)


def _error(status: int, listed: Node, response: Node) -> ErrorFacts:
    codes = (listed.value or {}).get("x-error-codes") or (response.value or {}).get("x-error-codes")
    if not codes:
        raise CodegenError(response.pointer, "the error lists no codes; add x-error-codes")
    schema = response.child("content", JSON, "schema").resolved()
    body = schema.child("properties", "error").resolved()
    if body.child("properties", "code").value is None or body.child("properties", "message").value is None:
        raise CodegenError(response.pointer, f"an error needs {JSON} with error.code and error.message")
    return ErrorFacts(status, tuple(map(str, codes)), response.pointer)


def _last_events(operation: Node, answers: tuple[AnswerFacts, ...]) -> tuple[str, ...]:
    streams = [answer.schema for answer in answers if answer.media_type == EVENTS and answer.schema]
    listed = tuple(map(str, operation.value.get("x-last-events", ()))) if streams else ()
    for schema in streams:
        known = schema.resolved().child("properties", "event").resolved().child("enum")
        unknown = sorted(set(listed) - set(known.value or []))
        if unknown or not listed:
            raise CodegenError(
                schema.pointer, f"{unknown or 'nothing'} ends the stream; add x-last-events: [...]"
            )
    return listed
