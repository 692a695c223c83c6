"""Requests in, answers out: strict JSON, query values, path ids, the error envelope (conventions 1, 4, 6).

Nothing here knows a business rule; whatever a client can get wrong in syntax is a `Refusal` with status 400.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope

MAX_BODY_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 128
MAX_DIGITS = 308
MAX_PAGE = 100
INT64 = 2**63
TOO_LARGE = object()

UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_TIMESTAMP = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))", re.ASCII
)
_FIRST_MOMENT = datetime(1, 1, 1, tzinfo=UTC)
_LAST_MOMENT = datetime(9999, 12, 31, 23, 59, 59, 999999, UTC)
_INTEGER = re.compile(r"-?\d{1,30}", re.ASCII)
_JSON_TYPE = re.compile(r"application/json|[\w.+-]+/[\w.+-]+\+json", re.ASCII | re.IGNORECASE)


class Refusal(Exception):
    """An answer other than success; raised anywhere in a handler, it also rolls the transaction back."""

    def __init__(self, status: int, code: str, message: str, **extra: Any) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.extra = status, code, message, extra

    def response(self) -> Response:
        """The envelope of conventions 4."""
        return JSONResponse(
            {"error": {"code": self.code, "message": self.message, **self.extra}}, self.status
        )


def invalid(message: str) -> Refusal:
    return Refusal(400, "VALIDATION_ERROR", message)


def forbidden(message: str) -> Refusal:
    return Refusal(403, "AUTHORIZATION_ERROR", message)


def not_found(what: str) -> Refusal:
    return Refusal(404, "NOT_FOUND", f"{what} not found")


def conflict(message: str) -> Refusal:
    return Refusal(409, "CONFLICT", message)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking: a user row, and the API key row when a key stands in for the person."""

    user: sqlite3.Row
    key: sqlite3.Row | None = None

    @property
    def id(self) -> str:
        user_id: str = self.user["id"]
        return user_id

    @property
    def is_creator(self) -> bool:
        return bool(self.user["tier"] == "creator")


@dataclass(slots=True)
class Call:
    """One request to one operation, read lazily so that checks happen in the order of conventions 3.

    `caller` is set once the credentials were accepted; operations without authentication never read it.
    """

    scope: Scope
    params: Mapping[str, str]
    raw_body: bytes | object = b""
    caller: Caller = field(init=False)

    def headers(self, name: bytes) -> list[str]:
        """Every value of a header (lower-case name), decoded byte for byte."""
        return [value.decode("latin-1") for key, value in self.scope["headers"] if key.lower() == name]

    def path_uuid(self, name: str) -> str:
        """A path id in canonical spelling; 400 when it is no UUID (E-PATH)."""
        text = self.params[name]
        if not UUID.fullmatch(text):
            raise invalid(f"{name} must be a UUID")
        return text.lower()

    def query(self) -> "Query":
        return Query(self.scope["query_string"])

    def body(self) -> dict[str, Any]:
        """The JSON object in the body; 400 for anything else (E-BODY)."""
        if self.raw_body is TOO_LARGE:
            raise invalid(f"body is larger than {MAX_BODY_BYTES} bytes")
        if not any(_JSON_TYPE.fullmatch(v.partition(";")[0].strip()) for v in self.headers(b"content-type")):
            raise invalid("Content-Type must be application/json")
        value = parse_json(self.raw_body)
        if not isinstance(value, dict):
            raise invalid("body must be a JSON object")
        return value

    def optional_body(self) -> dict[str, Any]:
        """As `body`, but nothing at all counts as `{}` whatever the Content-Type says."""
        return {} if self.raw_body == b"" else self.body()


class Query:
    """Query values; a known parameter that is repeated, empty or mistyped is a 400 (E-QUERY)."""

    def __init__(self, raw: bytes) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in parse_qsl(raw.decode("latin-1"), keep_blank_values=True):
            self._values.setdefault(name, []).append(value)

    def many(self, name: str) -> list[str]:
        """Every value of a repeatable parameter."""
        values = self._values.get(name, [])
        if any("\0" in value for value in values):
            raise invalid(f"{name} must not contain U+0000")
        return values

    def text(self, name: str) -> str | None:
        values = self.many(name)
        if len(values) > 1:
            raise invalid(f"{name} must not be repeated")
        return values[0] if values else None

    def choice(self, name: str, allowed: Iterable[str]) -> str | None:
        value = self.text(name)
        if value is not None and value not in allowed:
            raise invalid(f"{name} must be one of {', '.join(allowed)}")
        return value

    def uuid(self, name: str) -> str | None:
        value = self.text(name)
        if value is not None and not UUID.fullmatch(value):
            raise invalid(f"{name} must be a UUID")
        return value and value.lower()

    def timestamp(self, name: str) -> str | None:
        value = self.text(name)
        return None if value is None else read_timestamp(value, name)

    def page(self) -> tuple[int, int]:
        """`limit` and `offset`, clamped (conventions 6)."""
        limit, offset = self._integer("limit", 50), self._integer("offset", 0)
        return min(max(limit, 1), MAX_PAGE), max(offset, 0)

    def _integer(self, name: str, default: int) -> int:
        text = self.text(name)
        if text is None:
            return default
        if not _INTEGER.fullmatch(text) or not -INT64 <= int(text) < INT64:
            raise invalid(f"{name} must be a 64-bit integer")
        return int(text)


async def read_body(receive: Receive) -> bytes | object:
    """The whole body, or TOO_LARGE once it passes the limit (the rest is read and dropped)."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect()
        part = message.get("body", b"")
        size += len(part)
        if size <= MAX_BODY_BYTES:
            parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts) if size <= MAX_BODY_BYTES else TOO_LARGE


def parse_json(raw: Any) -> Any:
    """JSON as RFC 8259 has it, and nothing more: no NaN, no repeated member, no U+0000, no lone surrogate.

    Numbers that no double can hold and nesting beyond 128 levels are refused too. Raises `Refusal` (400).
    """
    try:
        text = raw.decode("utf-8")
        value = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise invalid("body is not valid JSON") from error
    if "\\u" in text or text.count("{") + text.count("[") > MAX_DEPTH:
        _inspect(value)
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("repeated member")
    return members


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError("number out of range")
    return number


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise ValueError("number out of range")
    return int(text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members, parse_constant=_no_constant, parse_float=_finite, parse_int=_whole
)


def _inspect(value: Any) -> None:
    """Look at every string and every level; a loop, because deep input must not exhaust our own stack."""
    level, depth = [value], 0
    while level:
        below: list[Any] = []
        for item in level:
            if isinstance(item, str):
                check_text(item, "a string")
            elif isinstance(item, dict | list):
                below.append(item)
        depth += 1 if below else 0
        if depth > MAX_DEPTH:
            raise invalid(f"JSON is nested deeper than {MAX_DEPTH} levels")
        level = [child for item in below for child in _children(item)]


def _children(item: Any) -> list[Any]:
    return item if isinstance(item, list) else [*item.keys(), *item.values()]


def check_text(value: str, name: str) -> None:
    """Refuse text that UTF-8 or the database cannot hold."""
    if "\0" in value or not is_unicode(value):
        raise invalid(f"{name} contains U+0000 or a lone surrogate")


def is_unicode(value: str) -> bool:
    """False when the text holds a lone surrogate."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def text(body: Mapping[str, Any], name: str, low: int = 0, high: int | None = None) -> str | None:
    """An optional string of `low` to `high` code points; null counts as absent."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise invalid(f"{name} must be a string")
    if len(value) < low or (high is not None and len(value) > high):
        raise invalid(f"{name} must have {low} to {high} characters")
    return value


def is_blank(value: str) -> bool:
    """Whether there is nothing but white space, by anybody's idea of it."""
    return all(character.isspace() or character == "\ufeff" for character in value)


def choice(body: Mapping[str, Any], name: str, allowed: Iterable[str]) -> str | None:
    value = text(body, name)
    if value is not None and value not in allowed:
        raise invalid(f"{name} must be one of {', '.join(allowed)}")
    return value


def members(body: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    """An optional JSON object."""
    value = body.get(name)
    if value is not None and not isinstance(value, dict):
        raise invalid(f"{name} must be an object")
    return value


def required(value: Any, name: str) -> Any:
    """The value itself; 400 when the member was absent or null."""
    if value is None:
        raise invalid(f"{name} is required")
    return value


def is_number(value: Any) -> bool:
    """True for a JSON number; Python's booleans are not one."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_integer(value: Any) -> int | None:
    """The integer a JSON number stands for (1.0 is 1), or None."""
    return int(value) if is_number(value) and (isinstance(value, int) or value.is_integer()) else None


def integer(body: Mapping[str, Any], name: str, low: int, high: int) -> int | None:
    value = body.get(name)
    if value is None:
        return None
    number = as_integer(value)
    if number is None or not low <= number <= high:
        raise invalid(f"{name} must be an integer from {low} to {high}")
    return number


def read_timestamp(value: str, name: str) -> str:
    """RFC 3339 text with any offset → our UTC spelling; 400 when it is none (conventions 7)."""
    match = _TIMESTAMP.fullmatch(value)
    if match is None:
        raise invalid(f"{name} must be an RFC 3339 timestamp")
    try:
        return format_timestamp(_instant(match))
    except ValueError as error:
        raise invalid(f"{name} must be an RFC 3339 timestamp") from error


def _instant(match: re.Match[str]) -> datetime:
    date, minute, second, fraction, sign, hours, minutes = match.groups()
    if int(second) > 60 or int(hours or 0) > 23 or int(minutes or 0) > 59:
        raise ValueError("out of range")
    if date.startswith("0000"):
        date, minute, second = "0001-01-01", "00:00", "00"  # the calendar of Python begins in year 1
    local = datetime.fromisoformat(f"{date}T{minute}:{min(int(second), 59):02}").replace(tzinfo=UTC)
    local += timedelta(microseconds=int((fraction or "0")[:6].ljust(6, "0")))
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        local += timedelta(seconds=int(second) // 60)  # a leap second is the next minute
        return local - offset if sign == "+" else local + offset
    except OverflowError:
        return _FIRST_MOMENT if local.year == 1 else _LAST_MOMENT


def format_timestamp(moment: datetime) -> str:
    """Fixed width, so that text order is time order."""
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds").rjust(26, "0") + "Z"
