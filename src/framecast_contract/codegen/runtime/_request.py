"""What is asked: operations and requests as plain data. Nothing here does I/O."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import cached_property
from typing import Any, Generic, Protocol, TypeAlias, TypeVar, cast
from urllib.parse import quote
from uuid import UUID

from pydantic import MISSING
from pydantic_core import PydanticSerializationError, to_json, to_jsonable_python

from ._errors import ApiError

T = TypeVar("T")
_REPEATABLE = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
"""Methods that mean the same once and twice (RFC 9110, 9.2.2)."""


class Dumpable(Protocol):
    """A model of any kind that can turn itself into a dict, as pydantic models do."""

    def model_dump(self) -> dict[str, Any]: ...


JsonObject: TypeAlias = Mapping[str, Any] | Dumpable
"""What may stand for a JSON object in a request: a plain mapping or a model."""


class Escaped(str):
    """Text that is percent-encoded already, for a place in a path or a query."""


@dataclass(frozen=True)
class Content:
    """A request body that is not JSON, ready to send."""

    media_type: str
    data: bytes


@dataclass(frozen=True)
class Header:
    """One documented header of an answer: the Python type of its value, and whether it is always there."""

    type: Any
    required: bool = False


Headers: TypeAlias = Mapping[str, Header]
"""Documented headers by their name in lower case."""

NO_HEADERS: Headers = {}


@dataclass(frozen=True)
class Answer:
    """One documented success body: its media type and Python type, both None when there is none."""

    media_type: str | None = None
    type: Any = None
    headers: Headers = field(default_factory=lambda: NO_HEADERS)


@dataclass(frozen=True)
class Failure:
    """One documented error status: a class per code, or one without a code for any; the type of the body."""

    errors: tuple[type[ApiError], ...]
    body: Any = None
    headers: Headers = field(default_factory=lambda: NO_HEADERS)


@dataclass(frozen=True)
class Operation(Generic[T]):
    """One operation of the contract; T is what its methods return (the event, for an event stream).

    `answers` and `failures` are looked up by status: 200 itself, then 2 for `2XX`, then 0 for `default`.
    `last_events` are the event types that end a stream; without any, the end of the bytes does.
    """

    operation_id: str
    method: str
    path: str
    answers: Mapping[int, tuple[Answer, ...]]
    failures: Mapping[int, Failure] = field(default_factory=dict[int, Failure])
    last_events: frozenset[str] = frozenset()

    @cached_property
    def accept(self) -> str:
        """The media types that an answer may have; errors are JSON."""
        kinds = {one.media_type for listed in self.answers.values() for one in listed if one.media_type}
        return ", ".join(sorted(kinds | {"application/json"} if self.failures else kinds)) or "*/*"


@dataclass(frozen=True)
class Request(Generic[T]):
    """One call of an operation, ready to send.

    `target` is the escaped path with its query; `repeatable` says that sending it twice does no more than
    sending it once, because of its method or its idempotency key.
    """

    operation: Operation[T]
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    content: bytes | None = field(default=None, repr=False)
    repeatable: bool = False

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self.operation.method

    def __str__(self) -> str:
        return f"{self.operation.operation_id} ({self.method} {self.target})"


def build(
    operation: Operation[T],
    *,
    path: Mapping[str, object] | None = None,
    query: Mapping[str, object] | None = None,
    headers: Mapping[str, object] | None = None,
    body: object = MISSING,
    key: object = MISSING,
) -> Request[T]:
    """Build the request of an operation; values that are `MISSING` are left out.

    `body` is a `Content`, or anything that can be JSON. `key` is the idempotency key of the call.

    Raises:
        ValueError: a value cannot be sent: an empty path parameter, a datetime without offset, NaN.
    """
    target = (
        operation.path.format_map({name: segment(name, value) for name, value in path.items()})
        if path
        else operation.path
    )
    pairs = [f"{quote(name, safe='')}={_escaped(text)}" for name, text in _texts(query)] if query else []
    if pairs:
        target += "?" + "&".join(pairs)
    sent = (("accept", operation.accept), *(_headers(headers) if headers else ()))
    repeatable = operation.method in _REPEATABLE or isinstance(key, str)
    if body is MISSING:
        return Request(operation, target, sent, None, repeatable)
    content = body if isinstance(body, Content) else Content("application/json", encode(body))
    return Request(operation, target, (*sent, ("content-type", content.media_type)), content.data, repeatable)


def present(values: Mapping[str, object]) -> Mapping[str, object]:
    """The members that were given, as a body; null stays, missing goes."""
    return {name: value for name, value in values.items() if value is not MISSING}


def present_or_no_body(values: Mapping[str, object]) -> object:
    """As `present`, but no body at all when nothing was given: for operations whose body is optional."""
    return present(values) or MISSING


def encode(body: object) -> bytes:
    """A body as compact JSON: models by their wire names, absent members left out.

    Raises:
        ValueError: the body holds NaN, an infinity, or an object that is neither data nor a model.
    """
    try:
        text = to_json(body, by_alias=True, inf_nan_mode="constants", fallback=_dump)
    except PydanticSerializationError:
        return _encode_with_care(body)
    return _encode_with_care(body) if b"NaN" in text or b"Infinity" in text else text


def _encode_with_care(body: object) -> bytes:
    """As `encode`, with Python's own writer, whose errors are clear and which refuses what JSON has not."""
    plain = to_jsonable_python(body, by_alias=True, inf_nan_mode="constants", fallback=_dump)
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _dump(value: Any) -> object:
    if hasattr(value, "model_dump"):
        return value.model_dump()
    raise ValueError(f"cannot send a {type(value).__name__} as JSON; give plain data or a model")


def segment(name: str, value: object) -> str:
    """One escaped path segment.

    Raises:
        ValueError: it is empty, `.` or `..`, which would name another path than the operation's.
    """
    text = to_text(name, value)
    if isinstance(text, Escaped):
        return text
    if text in ("", ".", ".."):
        raise ValueError(f"{name}: {text!r} cannot stand in a path; give the id of the object")
    return quote(text, safe="")


def _escaped(text: str) -> str:
    return text if isinstance(text, Escaped) else quote(text, safe="")


def to_text(name: str, value: object) -> str:
    """A parameter as text; datetimes need an offset and are sent in RFC 3339.

    Raises:
        ValueError: the value is of another kind, or a datetime without offset.
    """
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return _timestamp(name, value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if isinstance(value, int | float | UUID):
        return str(value)
    raise ValueError(f"{name}: expected text, a number, a UUID or a datetime, got {value!r}")


def _timestamp(name: str, value: datetime) -> str:
    if value.utcoffset() is None:
        raise ValueError(f"{name}: {value.isoformat()} has no offset; give an aware datetime")
    return value.isoformat().replace("+00:00", "Z")


def _texts(values: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    for name, value in values.items():
        if value is MISSING:
            continue
        for item in _items(value):
            yield name, to_text(name, item)


def _items(value: object) -> Iterable[object]:
    if isinstance(value, str) or not isinstance(value, Sequence | set | frozenset):
        return (value,)
    return cast(Iterable[object], value)


def _headers(values: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    for name, text in _texts(values):
        if not text.isprintable() or not text.isascii():
            raise ValueError(f"{name}: {text!r} cannot stand in a header; give printable ASCII")
        yield name.lower(), text
