"""The client to measure ours against: `get_job` and `create_job` as an able engineer writes them by hand.

It has what a client in earnest needs (retries with backoff and `Retry-After`, an error per status, escaped
paths, an idempotency key that every try repeats) and nothing more.
"""

import asyncio
import random
import time
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import quote
from uuid import UUID, uuid4

import httpx
from pydantic import TypeAdapter
from pydantic_core import to_json

from benchmarks.handwritten_models import Job, Spec

JOB = TypeAdapter(Job)
JSON = {"content-type": "application/json"}
REPEATED = frozenset({408, 429, 500, 502, 503, 504})
LONGEST_DELAY = 60.0


class ApiError(Exception):
    """The server refused."""

    def __init__(self, response: httpx.Response, code: str, message: str) -> None:
        super().__init__(f"{response.status_code} {code}: {message}")
        self.response = response
        self.code = code


class BadRequest(ApiError): ...


class Unauthorized(ApiError): ...


class PaymentRequired(ApiError): ...


class Forbidden(ApiError): ...


class NotFound(ApiError): ...


class Conflict(ApiError): ...


class TooManyRequests(ApiError): ...


ERRORS: Mapping[int, type[ApiError]] = {
    400: BadRequest,
    401: Unauthorized,
    402: PaymentRequired,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    429: TooManyRequests,
}


def error_of(response: httpx.Response) -> ApiError:
    """The error that an answer means."""
    try:
        error = response.json()["error"]
        code, message = str(error["code"]), str(error["message"])
    except (ValueError, KeyError, TypeError):
        code, message = "", response.text[:200]
    return ERRORS.get(response.status_code, ApiError)(response, code, message)


def delay_before(attempt: int, response: httpx.Response | None) -> float:
    """Seconds until the next try: what the server asks for, or twice as long each time, with jitter."""
    asked = response.headers.get("retry-after", "") if response is not None else ""
    if asked.isdecimal():
        return min(float(asked), LONGEST_DELAY)
    return min(0.5 * 2.0**attempt, 8.0) * random.uniform(0.5, 1.0)


def job_path(job_id: UUID | str) -> str:
    """The path of a job; an id that would lead elsewhere is escaped or refused."""
    text = str(job_id)
    if text in ("", ".", ".."):
        raise ValueError(f"no job has the id {text!r}")
    return f"/v1/jobs/{quote(text, safe='')}"


def creation(
    spec: Spec | Mapping[str, Any], owner: str | None, options: Mapping[str, Any] | None, key: str | None
) -> bytes:
    """The body of `create_job`; without a key of the caller's it gets one of its own."""
    body = {"spec": spec, "idempotency_key": key or str(uuid4())}
    if owner is not None:
        body["owner"] = owner
    if options is not None:
        body["options"] = options
    return to_json(body, by_alias=True, exclude_none=True)


def settings(base_url: str, token: str) -> dict[str, Any]:
    return {"base_url": base_url, "headers": {"authorization": f"Bearer {token}"}, "timeout": 30.0}


class Client:
    """Blocks."""

    def __init__(
        self, base_url: str, token: str, *, transport: httpx.BaseTransport | None = None, retries: int = 2
    ) -> None:
        self._http = httpx.Client(**settings(base_url, token), transport=transport)
        self._retries = retries

    def get_job(self, job_id: UUID | str) -> Job:
        return JOB.validate_json(self._send("GET", job_path(job_id)))

    def create_job(
        self,
        spec: Spec | Mapping[str, Any],
        *,
        owner: str | None = None,
        options: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Job:
        body = creation(spec, owner, options, idempotency_key)
        return JOB.validate_json(self._send("POST", "/v1/generate", body))

    def _send(self, method: str, path: str, body: bytes | None = None) -> bytes:
        for attempt in range(self._retries + 1):
            response = None
            try:
                response = self._http.request(method, path, content=body, headers=JSON if body else None)
            except httpx.TransportError:
                if attempt == self._retries:
                    raise
            else:
                if response.is_success:
                    return response.content
                if response.status_code not in REPEATED or attempt == self._retries:
                    raise error_of(response)
            time.sleep(delay_before(attempt, response))
        raise AssertionError("the last try returns or raises")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()


class AsyncClient:
    """Waits on an event loop."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        retries: int = 2,
    ) -> None:
        self._http = httpx.AsyncClient(**settings(base_url, token), transport=transport)
        self._retries = retries

    async def get_job(self, job_id: UUID | str) -> Job:
        return JOB.validate_json(await self._send("GET", job_path(job_id)))

    async def create_job(
        self,
        spec: Spec | Mapping[str, Any],
        *,
        owner: str | None = None,
        options: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Job:
        body = creation(spec, owner, options, idempotency_key)
        return JOB.validate_json(await self._send("POST", "/v1/generate", body))

    async def _send(self, method: str, path: str, body: bytes | None = None) -> bytes:
        for attempt in range(self._retries + 1):
            response = None
            try:
                response = await self._http.request(
                    method, path, content=body, headers=JSON if body else None
                )
            except httpx.TransportError:
                if attempt == self._retries:
                    raise
            else:
                if response.is_success:
                    return response.content
                if response.status_code not in REPEATED or attempt == self._retries:
                    raise error_of(response)
            await asyncio.sleep(delay_before(attempt, response))
        raise AssertionError("the last try returns or raises")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()
