"""Stage three, write: the module for receivers of webhook calls."""

from __future__ import annotations

from framecast_contract.codegen.names import docstring, literal
from framecast_contract.codegen.reading_webhooks import WebhookFacts

_ERRORS = ("UnknownWebhookEventError", "WebhookError", "WebhookPayloadError")
_IMPORTS = """\
from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from . import models
"""

_PARSE = """\
def parse_webhook(body: bytes | str, *, strict: bool = False) -> WebhookPayload:
    \"\"\"Read the body of a call as the model of its event, without asking who made it.

    Raises:
        UnknownWebhookEventError: the event is not in `PAYLOADS`. A newer server may send it.
        WebhookPayloadError: it is not JSON, or not what the contract says about the event.
    \"\"\"
    return parse(body, PAYLOADS, {tag}, strict=strict)
"""

_PARSE_NAMED = """\
def parse_webhook(event: str, body: bytes | str, *, strict: bool = False) -> WebhookPayload:
    \"\"\"Read the body of a call as the model of the event; bodies do not name it themselves.

    Raises:
        UnknownWebhookEventError: the event is not in `PAYLOADS`. A newer server may send it.
        WebhookPayloadError: it is not JSON, or not what the contract says about the event.
    \"\"\"
    return parse_named(event, body, PAYLOADS, strict=strict)
"""

_UNWRAP = """\
def unwrap_webhook(
    body: bytes,
    headers: Mapping[str, str],
    secret: str,
    *,
    strict: bool = False,
    now: float | None = None,
    tolerance_seconds: int = 300,
) -> WebhookPayload:
    \"\"\"Make sure who made a call, lately, and read it as the model of its event.

    Args:
        body: The body byte for byte as it came.
        headers: Those of the call, names in any case.
        secret: The one of the webhook.
        strict: Whether members and values that the contract does not declare are an error.
        now: Unix seconds; the clock's when left out.
        tolerance_seconds: How far the call's own time may be away from now, in either direction.

    Raises:
        WebhookSignatureError: somebody else made the call, changed it, or repeats an old one. Refuse it.
        UnknownWebhookEventError: the event is new. Accept the call and ignore it.
        WebhookPayloadError: it is not JSON, or not what the contract says about the event.
    \"\"\"
    verify(secret, headers, body, now=now, tolerance_seconds=tolerance_seconds)
    return parse_webhook(body, strict=strict)
"""


def webhook_exports(webhooks: tuple[WebhookFacts, ...]) -> list[str]:
    """The public names of the module."""
    if not webhooks:
        return []
    names = ["WebhookPayload", "parse_webhook", *_ERRORS]
    if _signed(webhooks):
        names += ["unwrap_webhook", "verify_webhook_signature", "WebhookSignatureError"]
    return sorted(names)


def _signed(webhooks: tuple[WebhookFacts, ...]) -> bool:
    return _tag(webhooks) != "" and all(one.signed for one in webhooks)


def _tag(webhooks: tuple[WebhookFacts, ...]) -> str:
    """The member that names the event in every payload, empty when there is no such."""
    tags = {one.tag for one in webhooks}
    return tags.pop() if len(tags) == 1 else ""


def webhooks_module(webhooks: tuple[WebhookFacts, ...]) -> str:
    """The text of `webhooks.py`."""
    words = "Calls to webhooks: what each event says, how to trust and read one. Generated; do not edit."
    payloads = dict.fromkeys(f"models.{one.payload}" for one in webhooks)
    by_event = "".join(f"{literal(one.event)}: models.{one.payload}," for one in webhooks)
    exported = webhook_exports(webhooks)
    own = {"WebhookPayload", "parse_webhook", "unwrap_webhook"}
    needed = [name for name in exported if name not in own]
    tag = _tag(webhooks)
    functions = [_PARSE.replace("{tag}", literal(tag)) if tag else _PARSE_NAMED]
    if _signed(webhooks):
        functions.append(_UNWRAP)
    return "\n".join(
        [
            docstring([words], ""),
            "",
            f"{_IMPORTS}from ._webhooks import parse, parse_named, verify, {', '.join(needed)}\n",
            f"__all__ = [{', '.join(map(literal, sorted(['PAYLOADS', *exported])))}]\n",
            f"WebhookPayload: TypeAlias = {' | '.join(payloads)}",
            '"""The body of a call."""\n',
            f"PAYLOADS: Mapping[str, type[WebhookPayload]] = MappingProxyType({{{by_event}}})",
            '"""The model of the body, by event."""\n',
            *functions,
        ]
    )
