"""How a `requests` session reaches an ASGI app: in the calling thread, without a socket or a thread hop.

Schemathesis' own in-process client sends every request through a second thread; nine tenths of a fuzzing
run is Python work, so that hop is worth avoiding.
"""

import io
from collections.abc import Mapping
from typing import cast

import httpx
import requests
import urllib3
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from framecast_contract.target.asgi import Answer, Headers, SyncCaller


class AsgiAdapter(BaseAdapter):
    """Mounted on a session, answers its requests with an ASGI app."""

    def __init__(self, caller: SyncCaller) -> None:
        super().__init__()
        self._caller = caller

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: object = None,
        verify: object = True,
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        del stream, timeout, verify, cert, proxies  # they configure a socket, and there is none
        url = httpx.URL(str(request.url))
        return _response(
            request, self._caller.call(str(request.method), url, _headers(request, url), _body(request))
        )

    def close(self) -> None:
        """Nothing is held open."""


def _headers(request: requests.PreparedRequest, url: httpx.URL) -> Headers:
    sent = [(_octets(name), _octets(value)) for name, value in request.headers.items()]
    return [(b"host", url.netloc), *sent]


def _octets(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("latin-1")


def _body(request: requests.PreparedRequest) -> bytes:
    body = request.body
    if body is None:
        return b""
    return body.encode() if isinstance(body, str) else cast(bytes, body)


def _response(request: requests.PreparedRequest, answer: Answer) -> requests.Response:
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers]
    response = requests.Response()
    response.status_code = answer.status
    response.headers = CaseInsensitiveDict(headers)
    response.url = str(request.url)
    response.request = request
    response.raw = urllib3.HTTPResponse(
        body=io.BytesIO(answer.body),
        headers=urllib3.HTTPHeaderDict(headers),
        status=answer.status,
        preload_content=False,
        request_method=request.method,
    )
    return response
