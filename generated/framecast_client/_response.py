"""What came back: reading an answer against the contract. Nothing here does I/O."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, NoReturn, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from ._errors import ContractViolation, mask
from ._request import Answer, Request

T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class RawResponse:
    """An answer as it came; names of headers are compared without regard to case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        """The media type without parameters, lower case; empty when the answer names none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def __repr__(self) -> str:
        return f"<RawResponse {self.status} {self.media_type or 'without type'}, {len(self.content)} bytes>"


@dataclass(frozen=True)
class Response(Generic[T]):
    """A success: `result` is the parsed body, `raw` the answer it was read from."""

    result: T
    request: Request[T]
    raw: RawResponse

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.raw.status

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers; names are compared without regard to case."""
        return self.raw.headers


class _ErrorBody(BaseModel):
    code: str
    message: str
    retry_after: int | None = Field(default=None, alias="retryAfter")


class _ErrorEnvelope(BaseModel):
    error: _ErrorBody


@cache
def adapter(wanted: Any) -> TypeAdapter[Any]:
    """The validator of a type, built at its first use."""
    return TypeAdapter(wanted)


def read(request: Request[T], raw: RawResponse, secrets: Iterable[str] = ()) -> Response[T]:
    """Parse the answer to a request.

    Raises:
        ApiError: the answer is a documented error.
        ContractViolation: the answer is nothing the contract describes.
    """
    answer = request.operation.answers.get(raw.status)
    if answer is None:
        raise_error(request, raw, secrets)
    return Response(_parse(request, raw, answer), request, raw)


def raise_error(request: Request[Any], raw: RawResponse, secrets: Iterable[str] = ()) -> NoReturn:
    """Raise what an answer other than a success means."""
    operation = request.operation
    if raw.status not in operation.errors:
        documented = ", ".join(map(str, sorted({*operation.answers, *operation.errors})))
        raise ContractViolation(request, raw, expected=f"a status of {documented}", got=str(raw.status))
    body = _json(request, raw, _ErrorEnvelope).error
    for wanted in operation.errors[raw.status]:
        if wanted.code == body.code:
            raise wanted(request, raw, body.code, mask(body.message, secrets), body.retry_after)
    codes = ", ".join(wanted.code for wanted in operation.errors[raw.status])
    raise ContractViolation(request, raw, expected=f"a code of {codes}", got=body.code, pointer="/error/code")


def check_media_type(request: Request[Any], raw: RawResponse, wanted: str) -> None:
    """Refuse an answer of another media type than documented."""
    if raw.media_type != wanted:
        got = raw.headers.get("content-type", "no Content-Type")
        raise ContractViolation(request, raw, expected=f"the media type {wanted}", got=got)


def _parse(request: Request[Any], raw: RawResponse, answer: Answer) -> Any:
    if answer.media_type is None:
        if raw.content:
            raise ContractViolation(request, raw, expected="no body", got=f"{len(raw.content)} bytes")
        return None
    if answer.media_type == "text/plain":
        return _text(request, raw)
    return _json(request, raw, answer.type)


def _text(request: Request[Any], raw: RawResponse) -> str:
    check_media_type(request, raw, "text/plain")
    try:
        return raw.content.decode()
    except UnicodeDecodeError as error:
        raise ContractViolation(request, raw, expected="text in UTF-8", got=str(error)) from None


def _json(request: Request[Any], raw: RawResponse, wanted: Any) -> Any:
    check_media_type(request, raw, "application/json")
    return validate(request, raw, wanted, raw.content)


def validate(request: Request[Any], raw: RawResponse, wanted: Any, content: bytes) -> Any:
    """Read JSON as the wanted type, strictly: text is no number, and the reverse.

    Raises:
        ContractViolation: it is no JSON or breaks the schema; names the first wrong place.
    """
    try:
        return adapter(wanted).validate_json(content, strict=True)
    except ValidationError as error:
        raise violation(request, raw, error, content) from None


def violation(
    request: Request[Any], raw: RawResponse, error: ValidationError, content: bytes
) -> ContractViolation:
    """The violation that a failed validation shows."""
    if error.errors(include_url=False, include_context=False)[0]["type"] == "json_invalid":
        return ContractViolation(request, raw, expected="JSON", got=repr(content[:200]))
    expected, got, pointer = fault(error, json.loads(content))
    return ContractViolation(request, raw, expected=expected, got=got, pointer=pointer)


def fault(error: ValidationError, body: Any) -> tuple[str, str, str]:
    """The first wrong place in a body: what was expected, what was there, and its JSON pointer."""
    first = error.errors(include_url=False, include_context=False)[0]
    pointer, value = locate(body, first["loc"], missing=first["type"] == "missing")
    return _wanted(first["msg"]), value, pointer


def _wanted(message: str) -> str:
    return message.removeprefix("Input should be ").replace("Field required", "the member to be present")


def locate(body: Any, location: tuple[int | str, ...], *, missing: bool) -> tuple[str, str]:
    """The JSON pointer and the value at a validator's location, which also names union members on the way."""
    pointer = ""
    for position, part in enumerate(location):
        inside = isinstance(body, dict) and part in body
        inside = inside or (isinstance(body, list) and isinstance(part, int) and part < len(body))
        if inside:
            body = body[part]
        elif not (missing and position == len(location) - 1):
            continue
        pointer += "/" + str(part).replace("~", "~0").replace("/", "~1")
    return pointer, "nothing" if missing else json.dumps(body, ensure_ascii=False)
