"""Stage one, read: the calls that the server makes itself, from the `webhooks` section of the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framecast_contract.codegen.annotations import component
from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.reading_responses import JSON


@dataclass(frozen=True)
class WebhookFacts:
    """One outgoing call: the event that its payload names in `event`, and the schema of the payload."""

    event: str
    payload: str


def read_webhooks(document: Mapping[str, Any]) -> list[WebhookFacts]:
    """All calls in document order; none when the document has no `webhooks`.

    Raises:
        CodegenError: a call has no named payload, or one that does not say which event it is.
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
    payload = schema.resolved()
    told = payload.child("properties", "event").resolved()
    if told.child("const").value != event or "event" not in payload.value.get("required", ()):
        raise CodegenError(told.pointer, f"expected a required member with the constant {event!r}")
    return WebhookFacts(event, name)
