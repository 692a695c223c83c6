"""Errors of httpx as ours, so that nobody needs to import httpx to catch them."""

from __future__ import annotations

import logging
from types import TracebackType
from typing import Any

import httpx

from ._errors import RequestTimeoutError, TransportError, mask
from ._request import Request

_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.ProxyError,
)


class _Discreet(logging.Filter):
    """The library logs every URL; those of stores are signed, and a signature is a secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(mask(str(one)) if isinstance(one, httpx.URL) else one for one in record.args)
        return True


logging.getLogger("httpx").addFilter(_Discreet())


class Translated:
    """Around a use of httpx for a request."""

    __slots__ = ("_request",)

    def __init__(self, request: Request[Any]) -> None:
        self._request = request

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            return
        sent = not isinstance(error, _NOT_SENT)
        name = type(error).__name__
        if isinstance(error, httpx.TimeoutException):
            raise RequestTimeoutError(
                f"{self._request}: no answer in time ({name})", self._request, sent=sent
            ) from error
        if isinstance(error, httpx.HTTPError | httpx.StreamError | httpx.InvalidURL):
            raise TransportError(f"{self._request}: {name}: {error}", self._request, sent=sent) from error
