"""The part that is the same in every double: an ASGI app that is strict, keeps a record and can be broken.

A double answers what it does not know with the error of the real service, and remembers it: `verify()` then
fails and shows the nearest call that would have been right. It fails as well for an expected call that never
came.
"""

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from framecast_contract.doubles.recording import (
    Call,
    DoubleMismatch,
    Expectation,
    Mismatch,
    masked_headers,
    masked_json,
    missing_calls,
    nearest_mismatch,
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request as a handler sees it, secrets included; `route` is such as `POST /v1/messages`."""

    route: str
    method: str
    path: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    json: Any
    invalid_json: str | None

    @classmethod
    async def read(cls, request: Request, route: str) -> "Incoming":
        """Take in the whole request."""
        body = await request.body()
        parsed, problem = _parsed(body)
        headers, path = dict(request.headers), request.url.path
        return cls(route, request.method, path, request.path_params, headers, body, parsed, problem)


class Refusal(Exception):
    """The service says no.

    `kind` is the service's own name of the error. `difference` marks a call the caller should never have
    made, and says what was wrong with it; without one the refusal is ordinary business, such as an unknown
    job.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = "",
        difference: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.kind = kind
        self.difference = difference
        self.headers = dict(headers or {})


Handler = Callable[[Incoming], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Served:
    """One operation of a service, and who answers it."""

    method: str
    path: str
    answer: Handler


class Double(ABC):
    """A stand-in for one service; `app` is the ASGI application that speaks its wire format."""

    name: ClassVar[str]
    home: ClassVar[str]

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._expectations: list[Expectation] = []
        self._faults: list[Refusal] = []
        self._served = [Expectation(served.method, served.path) for served in self.operations()]
        self.app = Starlette(
            routes=[_route(served, self._endpoint(served)) for served in self.operations()],
            exception_handlers={404: self._unknown, 405: self._unknown},
        )
        self.app.router.redirect_slashes = False

    @abstractmethod
    def operations(self) -> Sequence[Served]:
        """What this service can be asked."""

    @abstractmethod
    def refused(self, refusal: Refusal) -> Response:
        """`refusal` in the error shape of the real service."""

    def masked_path(self, path: str) -> str:
        """`path` without secrets; most services have none in it."""
        return path

    def expect(self, method: str, path: str, *, json: Any = None, times: int = 1) -> None:
        """Announce that a call will come exactly `times` times; `times=0` forbids it. See `Expectation`."""
        self._expectations.append(Expectation(method, path, json, times))

    @property
    def unexpected(self) -> list[Call]:
        """Calls the real service would not have understood or let in."""
        return [call for call in self.calls if call.mismatch is not None]

    def findings(self) -> Iterator[str]:
        """A paragraph for everything `verify()` objects to."""
        for call in self.unexpected:
            yield f"{self.name}: unexpected call {call}\n{call.mismatch}"
        for expectation in self._expectations:
            yield from missing_calls(self.name, expectation, self.calls)

    def verify(self) -> None:
        """Raise `DoubleMismatch` when a call was unexpected or an expected one did not come."""
        if findings := list(self.findings()):
            raise DoubleMismatch("\n".join(findings))

    def reset(self) -> None:
        """Forget calls, expectations and faults."""
        self.calls.clear()
        self._expectations.clear()
        self._faults.clear()

    def fail_next(self, refusal: Refusal, times: int) -> None:
        """Answer the next `times` calls with `refusal`, whatever they ask."""
        self._faults.extend([refusal] * times)

    def _endpoint(self, served: Served) -> Callable[[Request], Awaitable[Response]]:
        route = f"{served.method} {served.path}"

        async def endpoint(request: Request) -> Response:
            incoming = await Incoming.read(request, route)
            mismatch = None
            await asyncio.sleep(0)  # a real service lets its callers do something else meanwhile
            try:
                self._break()
                response = await served.answer(incoming)
            except Refusal as refusal:
                response = self.refused(refusal)
                mismatch = Mismatch(route, (refusal.difference,)) if refusal.difference else None
            self._record(incoming, response.status_code, mismatch)
            return response

        return endpoint

    def _break(self) -> None:
        if self._faults:
            raise self._faults.pop(0)

    async def _unknown(self, request: Request, error: Exception) -> Response:
        status = getattr(error, "status_code", 404)
        incoming = await Incoming.read(request, "")
        path = self.masked_path(incoming.path)
        known = [*self._expectations, *self._served]
        response = self.refused(
            Refusal(status, f"{incoming.method} {path} is not served", kind="not_found_error")
        )
        self._record(incoming, status, nearest_mismatch(known, incoming.method, path, incoming.json))
        return response

    def _record(self, incoming: Incoming, status: int, mismatch: Mismatch | None) -> None:
        path, headers = self.masked_path(incoming.path), masked_headers(incoming.headers)
        body = masked_json(incoming.body, incoming.json)
        self.calls.append(Call(incoming.method, path, headers, body, status, mismatch))


def _route(served: Served, endpoint: Callable[[Request], Awaitable[Response]]) -> Route:
    return Route(served.path, endpoint, methods=[served.method])


def _parsed(body: bytes) -> tuple[Any, str | None]:
    if not body:
        return None, "the body is empty"
    try:
        return json.loads(body), None
    except ValueError as error:
        return None, f"the body is not JSON: {error}"
