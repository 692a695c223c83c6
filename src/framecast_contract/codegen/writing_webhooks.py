"""Stage three, write: the module for receivers of webhook calls."""

from __future__ import annotations

from framecast_contract.codegen.names import docstring, literal
from framecast_contract.codegen.reading_webhooks import WebhookFacts

ERRORS = ("UnknownWebhookEventError", "WebhookError", "WebhookPayloadError", "WebhookSignatureError")
VALUES = ("WebhookPayload", "parse_webhook", "verify_webhook_signature")

_IMPORTS = """\
from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from . import models
"""

_PARSE = '''\
def parse_webhook(body: bytes | str) -> WebhookPayload:
    """Read the body of a call as the model of its event; `verify_webhook_signature` comes first.

    Raises:
        UnknownWebhookEventError: the event is not in `PAYLOADS`. A newer server may send it.
        WebhookPayloadError: it is not JSON, or not what the contract says about the event.
    """
    return parse(body, PAYLOADS)
'''


def webhooks_module(webhooks: tuple[WebhookFacts, ...]) -> str:
    """The text of `webhooks.py`."""
    words = "Calls to webhooks: what each event says, how to trust and read one. Generated; do not edit."
    payloads = dict.fromkeys(f"models.{one.payload}" for one in webhooks)
    by_event = "".join(f"{literal(one.event)}: models.{one.payload}," for one in webhooks)
    exported = sorted(["PAYLOADS", *ERRORS, *VALUES])
    return "\n".join(
        [
            docstring([words], ""),
            "",
            f"{_IMPORTS}from ._webhooks import parse, verify_webhook_signature, {', '.join(ERRORS)}\n",
            f"__all__ = [{', '.join(map(literal, exported))}]\n",
            f"WebhookPayload: TypeAlias = {' | '.join(payloads)}",
            '"""The body of a call; its `event` tells which."""\n',
            f"PAYLOADS: Mapping[str, type[WebhookPayload]] = MappingProxyType({{{by_event}}})",
            '"""The model of the body, by event."""\n',
            _PARSE,
        ]
    )
