"""What came back: reading an answer against the contract. Nothing here does I/O."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, NoReturn, TypeVar, cast

from pydantic_core import ValidationError, from_json

from ._errors import ApiError, ContractViolation, ServerError, mask
from ._headers import faults, retry_after
from ._request import Answer, Failure, Headers, Request
from ._validators import read_json

T = TypeVar("T")
V = TypeVar("V")
_LONGEST_QUOTE = 4096
"""Bytes of an unreadable body that errors look at; what they show is cut after secrets are masked."""


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


@dataclass(frozen=True)
class Reading:
    """How to read answers: strictly or not, which undeclared headers to pass over, which secrets to mask."""

    strict: bool = False
    ignored_headers: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()


def broken(
    request: Request[Any], raw: RawResponse, reading: Reading, *, expected: str, got: str, pointer: str = ""
) -> ContractViolation:
    """An answer that the contract does not allow, as an error without secrets."""
    return ContractViolation(
        request, raw, expected=expected, got=got, pointer=pointer, secrets=reading.secrets
    )


def of_status(listed: Mapping[int, V], status: int) -> V | None:
    """What is documented for a status: by itself, else by its hundred, else by default."""
    return listed.get(status) or listed.get(status // 100) or listed.get(0)


def read(request: Request[T], raw: RawResponse, reading: Reading) -> Response[T]:
    """Parse the answer to a request.

    Raises:
        ApiError: the server refused.
        ContractViolation: the answer is nothing the contract describes.
    """
    answer = answer_of(request, raw, reading)
    return Response(_parse(request, raw, answer, reading), request, raw)


def answer_of(request: Request[Any], raw: RawResponse, reading: Reading) -> Answer:
    """The documented success that an answer is, after a look at its status, media type and headers.

    Raises:
        ApiError, ContractViolation: as `read`.
    """
    answers = None if raw.status >= 400 else of_status(request.operation.answers, raw.status)
    if answers is None:
        answers = _unknown_status(request, raw, reading)
    for answer in answers:
        if answer.media_type is None or _same_type(raw.media_type, answer.media_type):
            break
    else:
        answer = _other_type(request, raw, answers, reading)
    if reading.strict:
        _check_headers(request, raw, answer.headers, reading)
    return answer


def _same_type(got: str, documented: str) -> bool:
    if got == documented or documented == "*/*":
        return True
    return documented.endswith("/*") and got.startswith(documented[:-1])


def _unknown_status(request: Request[Any], raw: RawResponse, reading: Reading) -> tuple[Answer, ...]:
    """A success that is not documented is read as the documented one, unless the mode is strict."""
    if raw.status >= 400:
        raise_error(request, raw, reading)
    answers = next(iter(request.operation.answers.values()))
    if reading.strict or not 200 <= raw.status < 300:
        raise _wrong_status(request, raw, reading)
    return answers


def _wrong_status(request: Request[Any], raw: RawResponse, reading: Reading) -> ContractViolation:
    operation = request.operation
    documented = ", ".join(_status_words(key) for key in sorted({*operation.answers, *operation.failures}))
    return broken(request, raw, reading, expected=f"a status of {documented}", got=str(raw.status))


def _status_words(key: int) -> str:
    return str(key) if key >= 100 else f"{key}XX"


def _other_type(
    request: Request[Any], raw: RawResponse, answers: tuple[Answer, ...], reading: Reading
) -> Answer:
    """Servers forget the media type more often than they send another body, so only strict mode insists."""
    wanted = " or ".join(str(answer.media_type) for answer in answers)
    if reading.strict:
        got = raw.headers.get("content-type", "no Content-Type")
        raise broken(request, raw, reading, expected=f"the media type {wanted}", got=got)
    return answers[0]


def _check_headers(request: Request[Any], raw: RawResponse, declared: Headers, reading: Reading) -> None:
    for name, expected, got in faults(raw.headers, declared, reading.ignored_headers):
        raise broken(request, raw, reading, expected=expected, got=got, pointer=f"/headers/{name}")


def _parse(request: Request[Any], raw: RawResponse, answer: Answer, reading: Reading) -> Any:
    kind = answer.media_type
    if kind is None:
        if raw.content and reading.strict:
            raise broken(request, raw, reading, expected="no body", got=f"{len(raw.content)} bytes")
        return None
    if kind == "application/json" or kind.endswith("+json"):
        return validate(request, raw, answer.type, raw.content, reading)
    return _text(request, raw, reading) if answer.type is str else raw.content


def _text(request: Request[Any], raw: RawResponse, reading: Reading) -> str:
    try:
        return raw.content.decode()
    except UnicodeDecodeError as error:
        raise broken(request, raw, reading, expected="text in UTF-8", got=str(error)) from None


def validate(request: Request[Any], raw: RawResponse, wanted: Any, content: bytes, reading: Reading) -> Any:
    """Read JSON as the wanted type; text is no number, and the reverse, in either mode.

    Raises:
        ContractViolation: it is no JSON or breaks the schema; names the first wrong place.
    """
    try:
        return read_json(wanted, content, strict=reading.strict)
    except ValidationError as error:
        raise violation(request, raw, reading, error, content) from None


def raise_error(request: Request[Any], raw: RawResponse, reading: Reading) -> NoReturn:
    """Raise what a status of 400 or more means.

    Raises:
        ApiError: of the class that is documented for its status and code, or the nearest one.
        ContractViolation: the mode is strict and the error is not documented, or not so.
    """
    failure = of_status(request.operation.failures, raw.status)
    body = _json_or_none(raw.content)
    if reading.strict:
        _check_error(request, raw, failure, reading)
    code, message, wait = _told(body)
    known = failure.errors if failure else ()
    matching = [one for one in known if one.code in (code, "")]
    if reading.strict and not matching:
        codes = ", ".join(one.code for one in known)
        raise broken(request, raw, reading, expected=f"a code of {codes}", got=code, pointer="/error/code")
    wanted = matching[0] if matching and matching[0] is not ApiError else _nearest(known, raw.status)
    if wait is None:
        wait = retry_after(raw.headers)
    said = mask(message or raw.content[:_LONGEST_QUOTE].decode(errors="replace"), reading.secrets)
    raise wanted(request, raw, mask(code, reading.secrets), said, wait, body)


def _check_error(request: Request[Any], raw: RawResponse, failure: Failure | None, reading: Reading) -> None:
    if failure is None:
        raise _wrong_status(request, raw, reading)
    if failure.body is not None:
        if not (raw.media_type == "application/json" or raw.media_type.endswith("+json")):
            got = raw.headers.get("content-type", "no Content-Type")
            raise broken(request, raw, reading, expected="the media type application/json", got=got)
        validate(request, raw, failure.body, raw.content, reading)
    _check_headers(request, raw, failure.headers, reading)


def _json_or_none(content: bytes) -> Any:
    try:
        return from_json(content)
    except ValueError:  # a page of a proxy, say
        return None


def _told(body: Any) -> tuple[str, str, float | None]:
    """Code, message and seconds to wait, as far as the body tells them.

    They stand in `error` or, as in problem details (RFC 9457), in the body itself.
    """
    inside = as_object(body).get("error", body)
    if isinstance(inside, str):
        return "", inside, None
    told = as_object(inside)
    texts = {key: value for key, value in told.items() if isinstance(value, str)}
    message = texts.get("message") or texts.get("detail") or texts.get("title") or ""
    wait: object = told.get("retryAfter")
    usable = isinstance(wait, int | float) and not isinstance(wait, bool) and wait >= 0
    return texts.get("code", ""), message, float(str(wait)) if usable else None


def as_object(value: object) -> Mapping[str, Any]:
    """A JSON object as it is, anything else as an empty one."""
    return cast(Mapping[str, Any], value) if isinstance(value, dict) else {}


def _nearest(known: tuple[type[ApiError], ...], status: int) -> type[ApiError]:
    """The class of the status, when the code is new; the root of its kind, when the status is new too."""
    for base in known[0].__mro__ if known else ():
        if issubclass(base, ApiError) and vars(base).get("status") == status:
            return base
    return ServerError if status >= 500 else ApiError


def violation(
    request: Request[Any], raw: RawResponse, reading: Reading, error: ValidationError, content: bytes
) -> ContractViolation:
    """The violation that a failed validation shows."""
    if error.errors(include_url=False, include_context=False)[0]["type"] == "json_invalid":
        return broken(request, raw, reading, expected="JSON", got=repr(content[:_LONGEST_QUOTE]))
    expected, got, pointer = fault(error, json.loads(content))
    return broken(request, raw, reading, expected=expected, got=got, pointer=pointer)


def fault(error: ValidationError, body: Any) -> tuple[str, str, str]:
    """The first wrong place in a body: what was expected, what was there, and its JSON pointer."""
    first = error.errors(include_url=False, include_context=False)[0]
    pointer, value = locate(body, first["loc"], missing=first["type"] == "missing")
    return _wanted(first["msg"]), value, pointer


def _wanted(message: str) -> str:
    words = (
        message.removeprefix("Input should ")
        .removeprefix("be ")
        .replace("Field required", "the member to be present")
    )
    return words.replace("Extra inputs are not permitted", "no member of this name")


def locate(body: Any, location: tuple[int | str, ...], *, missing: bool) -> tuple[str, str]:
    """The JSON pointer and the value at a validator's location, which also names union members on the way."""
    pointer = ""
    for position, part in enumerate(location):
        if _has(body, part):
            body = body[part]
        elif not (missing and position == len(location) - 1):
            continue
        pointer += "/" + str(part).replace("~", "~0").replace("/", "~1")
    return pointer, "nothing" if missing else json.dumps(body, ensure_ascii=False)


def _has(body: Any, part: int | str) -> bool:
    if isinstance(body, list):
        return isinstance(part, int) and part < len(cast(list[object], body))
    return part in as_object(body)
