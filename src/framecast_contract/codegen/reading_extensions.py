"""Stage one, read: the helpers around an operation: `x-idempotency-key`, `x-wait`, `x-upload`.

An idempotency key is named: a member of the body or a header parameter that makes a repeated call safe.
`x-wait` on a GET operation makes a helper that waits for an object to reach a last state; `x-upload` on the
operation that gives out an upload URL makes one that announces, sends and confirms a file.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.shapes import branches


@dataclass(frozen=True)
class WaitFacts:
    """A helper that waits: `state` is the member of the answer to look at, `timeout` the default in seconds.

    `events` is the operationId of the event stream that tells of changes, empty when there is none.
    """

    method: str
    events: str
    state: str
    succeeded: tuple[str, ...]
    failed: tuple[str, ...]
    timeout: float
    pointer: str


@dataclass(frozen=True)
class UploadFacts:
    """A helper that uploads: the answer's member `url` takes the bytes by PUT, then `confirm` is called.

    `filename`, `media_type` and `size` are members of the body of the announcing operation (empty: it has no
    such member), `object` and `id` lead from its answer to what `confirm` is called with.
    """

    method: str
    url: str
    confirm: str
    filename: str
    media_type: str
    size: str
    object: str
    id: str
    pointer: str


def read_idempotency_key(operation: Node) -> str:
    """The name of the idempotency key; empty when the operation has none."""
    node = operation.child("x-idempotency-key")
    return "" if node.value is None else _text(node)


def read_wait(operation: Node, method: str, answer: Node | None) -> WaitFacts | None:
    """What `x-wait` says; `answer` is the schema of the object that the operation answers with.

    Raises:
        CodegenError: the extension is incomplete, or names what the document does not have.
    """
    node = operation.child("x-wait")
    if node.value is None:
        return None
    _only(node, "method", "events", "state", "succeeded", "failed", "timeout")
    if method != "get" or answer is None:
        raise CodegenError(node.pointer, "x-wait stands at a GET operation that answers with an object")
    state = _member(answer, node.child("state"))
    succeeded, failed = (_states(node.child(key), state) for key in ("succeeded", "failed"))
    if not succeeded or set(succeeded) & set(failed):
        raise CodegenError(node.pointer, "succeeded needs a state, and no state may stand in both lists")
    return WaitFacts(
        method=_text(node.child("method")),
        events=_text(node.child("events")) if node.child("events").value else "",
        state=_text(node.child("state")),
        succeeded=succeeded,
        failed=failed,
        timeout=_seconds(node.child("timeout")),
        pointer=node.pointer,
    )


def read_upload(operation: Node, body: Node | None, answer: Node | None) -> UploadFacts | None:
    """What `x-upload` says; `body` and `answer` are the schemas of what the operation takes and answers.

    Raises:
        CodegenError: the extension is incomplete, or names what the document does not have.
    """
    node = operation.child("x-upload")
    if node.value is None:
        return None
    _only(node, "method", "url", "confirm", "filename", "media_type", "size", "object", "id")
    if body is None or answer is None:
        raise CodegenError(node.pointer, "x-upload stands at an operation that takes and answers an object")
    _member(answer, node.child("url"))
    named = {key: _optional_member(body, node.child(key)) for key in ("filename", "media_type", "size")}
    holder = answer
    if node.child("object").value:
        holder = _member(answer, node.child("object"))
    _member(holder, node.child("id"))
    return UploadFacts(
        method=_text(node.child("method")),
        url=_text(node.child("url")),
        confirm=_text(node.child("confirm")),
        object=_text(node.child("object")) if node.child("object").value else "",
        id=_text(node.child("id")),
        pointer=node.pointer,
        **named,
    )


def members_of(schema: Node) -> Mapping[str, Node]:
    """The members of the object that a schema describes, also where it is put together from several."""
    return dict(_members_of(schema))


def _members_of(schema: Node) -> Iterator[tuple[str, Node]]:
    for one in branches(schema):
        yield from one.child("properties").items()


def _member(schema: Node, named: Node) -> Node:
    known = members_of(schema)
    name = _text(named)
    if name not in known:
        raise CodegenError(named.pointer, f"{name!r} is no member there; expected one of {', '.join(known)}")
    return known[name]


def _optional_member(schema: Node, named: Node) -> str:
    return "" if named.value is None else (_member(schema, named), _text(named))[1]


def _states(node: Node, state: Node) -> tuple[str, ...]:
    known = [value for one in branches(state) for value in one.value.get("enum", [one.value.get("const")])]
    for element in node.elements():
        if element.value not in known or not isinstance(element.value, str):
            listed = ", ".join(str(one) for one in known if one is not None)
            raise CodegenError(element.pointer, f"{element.value!r} is no state; expected one of {listed}")
    return tuple(node.value or ())


def _seconds(node: Node) -> float:
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
        raise CodegenError(node.pointer, f"expected a number of seconds, got {value!r}")
    return value


def _text(node: Node) -> str:
    if not isinstance(node.value, str) or not node.value:
        raise CodegenError(node.pointer, f"expected a name, got {node.value!r}")
    return node.value


def _only(node: Node, *known: str) -> None:
    strange = [key for key, _ in node.items() if key not in known]
    if strange:
        raise CodegenError(
            node.child(strange[0]).pointer, f"{strange[0]!r} is not known; expected {', '.join(known)}"
        )
