"""Stage one, read: the calls that the server makes itself, from the `webhooks` section of the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framecast_contract.codegen.annotations import component
from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.reading_responses import JSON

_SIGNED = frozenset({"x-webhook-timestamp", "x-webhook-signature"})


@dataclass(frozen=True)
class WebhookFacts:
    """One outgoing call: its event, the schema of its payload, and the member that names the event.

    `tag` is empty when no member does; `signed` says that the headers prove who made the call.
    """

    event: str
    payload: str
    tag: str
    signed: bool


def read_webhooks(document: Mapping[str, Any]) -> list[WebhookFacts]:
    """All calls in document order; none when the document has no `webhooks`.

    Raises:
        CodegenError: a call is no POST with a JSON payload that has a name.
    """
    section = Node(document, "", document).child("webhooks")
    return [_webhook(event, item.resolved()) for event, item in section.items()]


def _webhook(event: str, item: Node) -> WebhookFacts:
    schema = item.child("post", "requestBody").resolved().child("content", JSON, "schema")
    name = component(schema)
    if name is None:
        raise CodegenError(
            schema.pointer, f"the call {event!r} has no named payload; refer to one in components/schemas"
        )
    return WebhookFacts(event, name, _tag(event, schema.resolved()), _is_signed(item))


def _tag(event: str, payload: Node) -> str:
    """The required member whose only value is the name of the event."""
    for name, member in payload.child("properties").items():
        told = member.resolved()
        values = told.child("enum").value or [told.child("const").value]
        if values == [event] and name in payload.value.get("required", ()):
            return name
    return ""


def _is_signed(item: Node) -> bool:
    listed = (*item.child("parameters").elements(), *item.child("post", "parameters").elements())
    headers = {one.resolved().text("name").lower() for one in listed if one.resolved().text("in") == "header"}
    return headers >= _SIGNED
