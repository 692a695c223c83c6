"""A tiny document, generated and imported on the spot: its methods can be called, its requests looked at."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from framecast_contract.codegen import generate

from .codegen_documents.shaping import Json
from .codegen_trial import write_package

BASE = "https://api.example/root"
_NUMBERS = count()
_NOISE = {"host", "accept-encoding", "connection", "user-agent", "content-length", "accept"}


@dataclass(frozen=True)
class Sent:
    """One request on the wire: path and query as they travelled, headers without those of every request."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @classmethod
    def of(cls, request: httpx.Request) -> Sent:
        """What httpx would send."""
        headers = {name: value for name, value in request.headers.items() if name not in _NOISE}
        target = request.url.raw_path.decode().removeprefix("/root")
        return cls(request.method, target, headers, request.read())


class Api:
    """The client of one document; every call is answered with what `answers` was told."""

    def __init__(self, document: Json, folder: Path) -> None:
        self.name = f"inline_{next(_NUMBERS)}"
        write_package(generate(document, self.name), folder, self.name)
        self.package = importlib.import_module(self.name)
        self.requests: list[httpx.Request] = []
        self.answers(204)

    def answers(self, status: int, content: bytes | str | None = None, **headers: str) -> None:
        """What comes back from now on; text is JSON, unless the headers say otherwise."""
        self._status, self._content = status, content
        self._headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if content is not None:
            self._headers.setdefault("content-type", "application/json")

    def client(self, **settings: Any) -> Any:
        """The blocking client."""
        (name,) = (
            name for name in self.package.__all__ if name.startswith("Sync") and name.endswith("Client")
        )
        make: Callable[..., Any] = getattr(self.package, name)
        return make(
            BASE, transport=httpx.MockTransport(self._answer), retries=self.package.NO_RETRIES, **settings
        )

    def call(self, operation: str, /, *given: Any, strict: bool = False, **named: Any) -> Any:
        """Call an operation and give back what it returns."""
        with self.client(strict=strict) as client:
            return getattr(client, operation)(*given, **named)

    def wire(self, operation: str, /, *given: Any, **named: Any) -> Sent:
        """Call an operation and give back what it sends."""
        self.requests.clear()
        self.call(operation, *given, **named)
        return self.sent

    @property
    def sent(self) -> Sent:
        """The one request that was sent."""
        (request,) = self.requests
        return Sent.of(request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(self._status, headers=self._headers, content=self._content)


def single(operation: Json, *, route: str = "GET /things", openapi: str = "3.1.0", **schemas: Json) -> Json:
    """A document of one operation, `do`, with these schemas."""
    method, path = route.split()
    ready = {"operationId": "do", "tags": ["t"], "responses": {"204": {"description": "Done."}}, **operation}
    return {
        "openapi": openapi,
        "info": {"title": "One", "version": "1"},
        "paths": {path: {method.lower(): ready}},
        "components": {"schemas": schemas},
    }


def as_json(value: object) -> str:
    """An answer's body."""
    return json.dumps(value)
