"""The roots of the error tree, and the masking of secrets in everything they print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._request import Request
    from ._response import RawResponse

_SECRETS = re.compile(r"sk_live_[0-9A-Za-z]+|eyJ[\w-]+\.[\w-]+\.[\w-]*|(?i:(?<=bearer )\S+)")
_LONGEST_VALUE = 200


def mask(text: str, secrets: Iterable[str] = ()) -> str:
    """Replace API keys, tokens and the given secrets in the text by `***`."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***")
    return _SECRETS.sub("***", text)


def shorten(text: str) -> str:
    """Cut a quoted value to a length that fits an error message."""
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"


class FramecastError(Exception):
    """Anything that went wrong in a call; `request` is what was asked."""

    def __init__(self, message: str, request: Request[Any]) -> None:
        super().__init__(message)
        self.request = request

    @property
    def operation_id(self) -> str:
        """The operation that was called."""
        return self.request.operation.operation_id


class TransportError(FramecastError):
    """No answer arrived: no connection, a broken one, or a proxy in the way. The server may have acted."""


class RequestTimeoutError(TransportError):
    """No answer arrived in time. The server may have acted."""


class StreamCutError(FramecastError):
    """An event stream ended before its last event, so what came is not the whole story.

    `last_event_id` is the place to resume from (None when nothing came), `received` the number of events that
    came on this connection.
    """

    def __init__(self, message: str, request: Request[Any], last_event_id: str | None, received: int) -> None:
        super().__init__(message, request)
        self.last_event_id = last_event_id
        self.received = received


class ContractViolation(FramecastError):
    """The server answered something the contract does not allow; the fault is the server's or the contract's.

    `pointer` is the JSON pointer of the wrong place in the body (empty for the body or answer as a whole).
    """

    def __init__(
        self, request: Request[Any], response: RawResponse, *, expected: str, got: str, pointer: str = ""
    ) -> None:
        place = f" at {pointer}" if pointer else ""
        super().__init__(
            f"{request}: the answer {response.status} breaks the contract{place}: "
            f"expected {mask(expected)}, got {mask(shorten(got))}",
            request,
        )
        self.response = response
        self.pointer = pointer
        self.expected = mask(expected)
        self.got = mask(shorten(got))

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return self.response.status


class ApiError(FramecastError):
    """The server refused, in a way the contract documents.

    `code` is the machine-readable reason and `message` the server's words for people, which may change.
    `retry_after` is the seconds to wait, and `request_id` the server's name of the request, if it sent them.
    """

    code: str = ""
    status: int = 0

    def __init__(
        self,
        request: Request[Any],
        response: RawResponse,
        code: str,
        message: str,
        retry_after: int | None = None,
    ) -> None:
        self.message = mask(message)
        self.code = code
        self.status = response.status
        self.retry_after = retry_after
        self.response = response
        self.request_id = response.headers.get("x-request-id")
        named = f" (request id {self.request_id})" if self.request_id else ""
        super().__init__(f"{request}: {self.status} {code}: {self.message}{named}", request)
