"""Stage one, read: the bundled document as typed facts, with the place of each. No Python names yet.

What the client could not express is refused here, with its JSON pointer, never left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.reading_bodies import BodyFacts, read_body
from framecast_contract.codegen.reading_extensions import (
    UploadFacts,
    WaitFacts,
    read_idempotency_key,
    read_upload,
    read_wait,
)
from framecast_contract.codegen.reading_parameters import ParameterFacts, read_parameters
from framecast_contract.codegen.reading_responses import (
    EVENTS,
    AnswerFacts,
    ErrorFacts,
    is_json,
    read_responses,
)
from framecast_contract.codegen.shapes import branches

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


@dataclass(frozen=True)
class OperationFacts:
    """One operation; `operation_id` is made of method and path where the document has none."""

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
    idempotency_key: str = ""
    wait: WaitFacts | None = None
    upload: UploadFacts | None = None


def read(document: Mapping[str, Any]) -> list[OperationFacts]:
    """All operations in document order.

    Raises:
        CodegenError: an operation cannot be expressed in the client.
    """
    return [_operation(path, method, item, item.child(method)) for path, method, item in _listed(document)]


def operation_count(document: Mapping[str, Any]) -> int:
    """How many operations a document has."""
    return sum(1 for _ in _listed(document))


def _listed(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Node]]:
    for path, unresolved in Node.root(document).child("paths").items():
        if path.startswith("x-"):
            continue
        item = unresolved.resolved()
        for method in METHODS:
            if item.child(method).value is not None:
                yield path, method, item


def _operation(path: str, method: str, item: Node, node: Node) -> OperationFacts:
    operation_id = _operation_id(node) or f"{method} {path}"
    answers, errors = read_responses(node, method)
    body = read_body(node)
    answered = _object(answers)
    return OperationFacts(
        operation_id=operation_id,
        method=method.upper(),
        path=path,
        pointer=node.pointer,
        tag=_tag(node),
        summary=node.text("summary") or operation_id,
        description=_description(node, body),
        parameters=tuple(read_parameters(item, node)),
        body=body,
        answers=answers,
        errors=errors,
        last_events=_last_events(node, answers),
        idempotency_key=read_idempotency_key(node),
        wait=read_wait(node, method, answered),
        upload=read_upload(node, body.schema if body else None, answered),
    )


def _operation_id(operation: Node) -> str:
    listed = operation.child("operationId")
    if listed.value is not None and not (isinstance(listed.value, str) and listed.value):
        raise CodegenError(listed.pointer, f"expected the name of the operation, got {listed.value!r}")
    return operation.text("operationId")


def _description(operation: Node, body: BodyFacts | None) -> str:
    """What the document says, and which media types the client leaves out."""
    words = operation.text("description")
    if body is None or not body.others:
        return words
    others = ", ".join(f"`{one}`" for one in body.others)
    return f"{words}\n\nThe body is sent as `{body.media_type}`; the server also takes {others}.".strip()


def _tag(operation: Node) -> str:
    tags = operation.child("tags").elements()
    if tags and not isinstance(tags[0].value, str):
        raise CodegenError(tags[0].pointer, f"expected the name of a tag, got {tags[0].value!r}")
    return tags[0].value or "other" if tags else "other"


def _object(answers: tuple[AnswerFacts, ...]) -> Node | None:
    """The schema of what the operation answers with as JSON."""
    found = (answer for answer in answers if answer.schema and is_json(answer.media_type or ""))
    return next((answer.schema for answer in found), None)


def _last_events(operation: Node, answers: tuple[AnswerFacts, ...]) -> tuple[str, ...]:
    listed = operation.child("x-last-events")
    streams = [answer.schema for answer in answers if answer.media_type == EVENTS]
    if listed.value is not None and not streams:
        raise CodegenError(listed.pointer, "x-last-events stands at an operation without an event stream")
    for schema in filter(None, streams):
        _check_last_events(listed, schema)
    return tuple(str(element.value) for element in listed.elements())


def _check_last_events(listed: Node, schema: Node) -> None:
    known = {value for one in branches(schema) for value in _event_types(one)}
    for element in listed.elements():
        if not isinstance(element.value, str):
            raise CodegenError(element.pointer, f"expected the name of an event, got {element.value!r}")
    unknown = [element for element in listed.elements() if element.value not in known]
    if unknown and known:
        expected = ", ".join(sorted(known))
        raise CodegenError(
            unknown[0].pointer, f"no event is called {unknown[0].value!r}; expected one of {expected}"
        )


def _event_types(schema: Node) -> list[str]:
    member = schema.child("properties", "event").resolved()
    listed = member.child("enum").value or [member.child("const").value]
    return [value for value in listed if isinstance(value, str)]
