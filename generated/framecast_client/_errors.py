"""The roots of the error tree, and the masking of secrets in everything they print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._request import Request
    from ._response import RawResponse

_SECRETS = re.compile(
    r"sk_live_[0-9A-Za-z]+"
    r"|eyJ[\w-]+\.[\w-]+\.[\w-]*"
    r"|(?i:(?<=bearer )\S+)"
    r"|(?<=X-Amz-Signature=)[0-9a-fA-F]+"
    r"|(?<=X-Amz-Security-Token=)[^&\s]+"
)
_LONGEST_VALUE = 200


def mask(text: str, secrets: Iterable[str] = ()) -> str:
    """Replace API keys, tokens, signatures of URLs and the given secrets in the text by `***`."""
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
        super().__init__(mask(message))
        self.request = request

    @property
    def operation_id(self) -> str:
        """The operation that was called."""
        return self.request.operation.operation_id


class TransportError(FramecastError):
    """No answer arrived: no connection, a broken one, or a proxy in the way.

    `sent` is False when the request cannot have reached the server; otherwise the server may have acted.
    """

    def __init__(self, message: str, request: Request[Any], *, sent: bool = True) -> None:
        super().__init__(message, request)
        self.sent = sent


class RequestTimeoutError(TransportError):
    """No answer arrived in time. The server may have acted, unless `sent` is False."""


class StreamCutError(FramecastError):
    """An event stream ended before its last event, so what came is not the whole story.

    `last_event_id` is the place to resume from (None when nothing came), `received` the number of events that
    came on the last connection.
    """

    def __init__(self, message: str, request: Request[Any], last_event_id: str | None, received: int) -> None:
        super().__init__(message, request)
        self.last_event_id = last_event_id
        self.received = received


class WaitTimeoutError(FramecastError, TimeoutError):
    """What was waited for did not end in time. It goes on: wait again, or look later.

    `last_seen` is the object as it was read last, None when it could not be read at all.
    """

    def __init__(self, message: str, request: Request[Any], last_seen: Any) -> None:
        super().__init__(message, request)
        self.last_seen = last_seen


class EndedBadlyError(FramecastError):
    """What was waited for has ended, but not well; `result` is the object in its last state."""

    def __init__(self, message: str, request: Request[Any], result: Any) -> None:
        super().__init__(message, request)
        self.result = result


class UploadError(FramecastError):
    """The store did not take the bytes; `status` is its answer, None when there was none."""

    def __init__(self, message: str, request: Request[Any], status: int | None) -> None:
        super().__init__(message, request)
        self.status = status


class ContractViolation(FramecastError):
    """The server answered something the contract does not allow; the fault is the server's or the contract's.

    `pointer` is the JSON pointer of the wrong place in the body (empty for the body or answer as a whole).
    """

    def __init__(
        self,
        request: Request[Any],
        response: RawResponse,
        *,
        expected: str,
        got: str,
        pointer: str = "",
        secrets: Iterable[str] = (),
    ) -> None:
        self.response = response
        self.pointer = mask(pointer, secrets)
        self.expected = mask(expected, secrets)
        self.got = shorten(mask(got, secrets))
        place = f" at {self.pointer}" if pointer else ""
        super().__init__(
            f"{request}: the answer {response.status} breaks the contract{place}: "
            f"expected {self.expected}, got {self.got}",
            request,
        )

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return self.response.status


class ApiError(FramecastError):
    """The server refused.

    `code` is the machine-readable reason, empty when there is none, and `message` the server's words for
    people, which may change. `retry_after` is the seconds to wait, and `request_id` the server's name of the
    request, if it sent them. `body` is the whole body as plain data, None when it is not JSON.
    """

    code: str = ""
    status: int = 0

    def __init__(
        self,
        request: Request[Any],
        response: RawResponse,
        code: str,
        message: str,
        retry_after: float | None = None,
        body: Any = None,
    ) -> None:
        self.message = mask(message)
        self.code = code
        self.status = response.status
        self.retry_after = retry_after
        self.response = response
        self.body = body
        self.request_id = response.headers.get("x-request-id")
        said = ": ".join(filter(None, [code, shorten(self.message)]))
        named = f" (request id {self.request_id})" if self.request_id else ""
        super().__init__(f"{request}: {self.status} {said}{named}", request)


class ServerError(ApiError):
    """The server failed: a status of 500 or more."""
