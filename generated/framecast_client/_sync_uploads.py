"""Sending a file to the URL that the API handed out: to a store, not to the API, and without the token."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from ._base import Limits
from ._errors import FramecastError, TransportError, UploadError, mask, shorten
from ._files import Source
from ._request import Operation, Request
from ._response import RawResponse

if TYPE_CHECKING:
    from ._sync_client import SyncClient

_PUT: Operation[None] = Operation("upload", "PUT", "", {})


class SyncUpload:
    """One file on its way to a store; a broken upload is begun again as the client's `retries` say."""

    def __init__(self, client: SyncClient, source: Source) -> None:
        self._client = client
        self._source = source

    def put(self, url: str, media_type: str) -> None:
        """Store the file at a signed URL.

        Raises:
            UploadError: the store refused, or could not be reached.
        """
        from ._sync_transport import SyncTransport  # httpx takes long to import

        headers = (("content-type", media_type), ("content-length", str(self._source.size)))
        request: Request[Any] = Request(_PUT, url.partition("?")[0], headers, repeatable=True)
        given = self._client.upload_transport
        store = SyncTransport(given, Limits(), secure=url.startswith("https://"))
        try:
            self._put(store, request, url)
        finally:
            if given is None:
                store.close()

    def _put(self, store: Any, request: Request[Any], url: str) -> None:
        number = 1
        while True:
            started = self._client.clock.monotonic()
            outcome: RawResponse | FramecastError
            try:
                outcome = store.send(request, url, [], self._client.timeout, self._pieces())
            except TransportError as error:
                outcome = error
            wait = self._client.pause_after(request, outcome, number, started)
            if isinstance(outcome, RawResponse) and outcome.status < 300:
                return
            if wait is None:
                raise _failed(request, outcome, url)
            self._client.clock.sleep(wait)
            number += 1

    def _pieces(self) -> Iterator[bytes]:
        for piece in self._source.pieces():
            yield piece


def _failed(request: Request[Any], outcome: RawResponse | FramecastError, url: str) -> UploadError:
    if isinstance(outcome, FramecastError):
        error = UploadError(f"{request}: the store could not be reached", request, None)
        error.__cause__ = outcome
        return error
    signed = [value for _, value in parse_qsl(url.partition("?")[2])]
    said = shorten(mask(outcome.content.decode(errors="replace"), signed))
    return UploadError(f"{request}: the store answered {outcome.status}: {said}", request, outcome.status)
