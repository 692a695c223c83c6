"""Calls to a webhook: did the server make it, and what does it say. Nothing here does I/O."""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from pydantic_core import ValidationError, from_json

from ._errors import mask, shorten
from ._response import fault
from ._validators import read_json

T = TypeVar("T")
_UNIX_SECONDS = re.compile(r"[0-9]{1,20}")


class WebhookError(ValueError):
    """A call to a webhook that cannot be trusted or read."""


class WebhookSignatureError(WebhookError):
    """The server did not make this call, somebody changed it, or it is too old. Refuse it."""


class WebhookPayloadError(WebhookError):
    """The body is not what the contract says about its event.

    `pointer` is the JSON pointer of the wrong place, empty for the body as a whole.
    """

    def __init__(self, message: str, pointer: str = "") -> None:
        super().__init__(mask(message))
        self.pointer = pointer


class UnknownWebhookEventError(WebhookPayloadError):
    """The body tells of an `event` that this client does not know.

    A newer server may send it. Accept the call and ignore it: a refusal would end up as a failed delivery.
    """

    def __init__(self, event: str, known: Mapping[str, Any]) -> None:
        super().__init__(
            f"the event {shorten(event)!r} is new to this client, which knows {', '.join(known)}; "
            "accept the call and ignore it, or update the client",
            "/event",
        )
        self.event = event


def verify_webhook_signature(
    secret: str,
    timestamp: str | None,
    body: bytes,
    signature: str | None,
    *,
    now: float | None = None,
    tolerance_seconds: int = 300,
) -> None:
    """Make sure that the server made this call, lately, and that nobody changed it. Returns when all is well.

    Args:
        secret: The webhook's, as `create_webhook` or `rotate_webhook_secret` gave it.
        timestamp: The header `X-Webhook-Timestamp`; None when it is missing.
        body: The body byte for byte as it came. JSON that was parsed and written again has another signature.
        signature: The header `X-Webhook-Signature`; None when it is missing.
        now: Unix seconds; the clock's when left out.
        tolerance_seconds: How far the timestamp may be away from now, in either direction.

    Raises:
        WebhookSignatureError: the secret is empty, a header is missing or malformed, or the signature or the
            time is wrong.
    """
    if not secret:  # with an empty key everybody could sign
        raise WebhookSignatureError("the secret is empty; give the one of this webhook")
    if timestamp is None or not _UNIX_SECONDS.fullmatch(timestamp):
        raise WebhookSignatureError(
            f"X-Webhook-Timestamp is {shorten(repr(timestamp))}; expected Unix seconds"
        )
    sent = (signature or "").encode(errors="replace")
    if not hmac.compare_digest(_signed(secret, timestamp, body), sent):
        raise WebhookSignatureError(
            "X-Webhook-Signature is missing or wrong for this body; check that the secret is the one of this "
            "webhook, and that the body is as it came"
        )
    away = (time.time() if now is None else now) - int(timestamp)
    if not abs(away) <= tolerance_seconds:
        raise WebhookSignatureError(
            f"X-Webhook-Timestamp {timestamp} is {abs(away):.0f} seconds {'old' if away > 0 else 'ahead'}; "
            f"at most {tolerance_seconds} are accepted: check this machine's clock, or suspect a replay"
        )


def _signed(secret: str, timestamp: str, body: bytes) -> bytes:
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"sha256={digest}".encode()


def verify(
    secret: str, headers: Mapping[str, str], body: bytes, *, now: float | None, tolerance_seconds: int
) -> None:
    """`verify_webhook_signature` with the values of a call's headers, whatever the case of their names."""
    known = {name.lower(): value for name, value in headers.items()}
    verify_webhook_signature(
        secret,
        known.get("x-webhook-timestamp"),
        body,
        known.get("x-webhook-signature"),
        now=now,
        tolerance_seconds=tolerance_seconds,
    )


def parse(body: bytes | str, payloads: Mapping[str, type[T]], tag: str, *, strict: bool) -> T:
    """Read a body as the model that `payloads` has for the event in its member `tag`.

    Raises:
        UnknownWebhookEventError: there is none.
        WebhookPayloadError: the body is no JSON object that names its event, or breaks the model.
    """
    event = _object(body).get(tag)
    if not isinstance(event, str):
        raise _broken("the name of an event", repr(event), f"/{tag}")
    return parse_named(event, body, payloads, strict=strict)


def parse_named(event: str, body: bytes | str, payloads: Mapping[str, type[T]], *, strict: bool) -> T:
    """Read a body as the model that `payloads` has for the event.

    Raises:
        UnknownWebhookEventError, WebhookPayloadError: as `parse`.
    """
    if event not in payloads:
        raise UnknownWebhookEventError(event, payloads)
    try:
        return cast(T, read_json(payloads[event], body, strict=strict))
    except ValidationError as error:
        raise _broken(*fault(error, _object(body))) from None


def _object(body: bytes | str) -> Mapping[str, Any]:
    try:
        content = from_json(body)
    except ValueError:
        raise _broken("JSON", repr(body[:200])) from None
    if not isinstance(content, dict):
        raise _broken("an object", repr(content))
    return cast(Mapping[str, Any], content)


def _broken(expected: str, got: str, pointer: str = "") -> WebhookPayloadError:
    place = f" at {pointer}" if pointer else ""
    return WebhookPayloadError(
        f"the webhook call breaks the contract{place}: expected {expected}, got {shorten(mask(got))}", pointer
    )
