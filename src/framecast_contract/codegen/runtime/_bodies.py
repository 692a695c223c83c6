"""Bodies that are not `application/json`: forms, files, text and bytes. Pure functions that give a `Content`.

Each takes what was given, `MISSING` included, which stays: there is no body then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote_plus

from pydantic import MISSING

from ._request import Content, Escaped, encode, to_text

_BYTES = "application/octet-stream"
_JSON = "application/json"
_TEXT = "text/plain; charset=utf-8"

Part = tuple[str, str, str, bytes]
"""Name, the rest of the disposition, media type, data."""


def as_json(media_type: str, body: object) -> object:
    """JSON under a media type of its own, such as `application/merge-patch+json`.

    Raises:
        ValueError: it is nothing that JSON can say.
    """
    return MISSING if body is MISSING else Content(media_type, encode(body))


def text(media_type: str, body: object) -> object:
    """A text in UTF-8."""
    return MISSING if body is MISSING else Content(f"{media_type}; charset=utf-8", str(body).encode())


def raw(media_type: object, body: Any) -> object:
    """Bytes as they are.

    Raises:
        ValueError: their media type is not said, or they are no bytes.
    """
    if body is MISSING:
        return MISSING
    if not isinstance(body, bytes | bytearray | memoryview):
        raise ValueError(f"expected bytes for the body, got a {type(body).__name__}")
    return Content(_checked("content_type", media_type), bytes(body))


def form(media_type: str, body: Any) -> object:
    """An object as a form: lists are repeated, objects inside are JSON.

    Raises:
        ValueError: a value has no form.
    """
    if body is MISSING:
        return MISSING
    pairs = [f"{quote_plus(name)}={_escaped(name, item)}" for name, item in _each(body)]
    return Content(media_type, "&".join(pairs).encode())


def multipart(media_type: str, body: Any, types: Mapping[str, str]) -> object:
    """An object as parts: a list is a part per item, a file is bytes or (filename, bytes, media type).

    `types` has the media types of parts that are not plain text, JSON or bytes of any kind.

    Raises:
        ValueError: a value has no form, or a file a name or type that cannot be sent.
    """
    if body is MISSING:
        return MISSING
    parts = [_part(name, item, types.get(name, "")) for name, item in _each(body)]
    boundary = _boundary(parts)
    written = b"".join(_written(part, boundary) for part in parts)
    return Content(f"{media_type}; boundary={boundary}", written + f"--{boundary}--\r\n".encode())


def _each(body: Any) -> Iterator[tuple[str, Any]]:
    """The members of an object; those with a list once per item."""
    members = body if isinstance(body, Mapping) else body.model_dump()
    for name, value in members.items():
        if value is not MISSING:
            for item in value if _is_list(value) else [value]:
                yield str(name), item


def _is_list(value: object) -> bool:
    several = isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes | bytearray)
    return several and not _is_file(value)


def _is_file(value: object) -> bool:
    """Whether it is a file as (filename, bytes, media type)."""
    return (
        isinstance(value, tuple) and len(value) == 3 and isinstance(value[1], bytes | bytearray | memoryview)
    )


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping | list | tuple) or hasattr(value, "model_dump")


def _escaped(name: str, value: object) -> str:
    if isinstance(value, Escaped):
        return value
    return quote_plus(encode(value).decode() if _is_object(value) else to_text(name, value))


def _part(name: str, value: Any, media_type: str) -> Part:
    if _is_file(value):
        filename, data, kind = value
        return name, _filename(filename), _checked(name, kind), bytes(data)
    if isinstance(value, bytes | bytearray | memoryview):
        return name, _filename(name), media_type or _BYTES, bytes(value)
    if _is_object(value) or media_type == _JSON:
        return name, "", media_type or _JSON, encode(value)
    return name, "", media_type or _TEXT, to_text(name, value).encode()


def _filename(text: str) -> str:
    return f'; filename="{_quotable(text)}"'


def _quotable(text: str) -> str:
    """A text that ends neither the quotes nor the line it stands in."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _checked(name: str, media_type: object) -> str:
    if not isinstance(media_type, str) or "/" not in media_type or not media_type.isprintable():
        raise ValueError(f"{name}: {media_type!r} is no media type; expected one such as image/png")
    return media_type


def _boundary(parts: Iterable[Part]) -> str:
    """A line that stands in none of the parts, always the same for the same parts."""
    digest = hashlib.sha256()
    for name, filename, media_type, data in parts:
        digest.update(repr((name, filename, media_type, len(data))).encode() + data)
    return digest.hexdigest()[:40]


def _written(part: Part, boundary: str) -> bytes:
    name, filename, media_type, data = part
    disposition = f'form-data; name="{_quotable(name)}"{filename}'
    head = f"--{boundary}\r\nContent-Disposition: {disposition}\r\nContent-Type: {media_type}\r\n\r\n"
    return head.encode() + data + b"\r\n"
