"""How values that are no single text are written in a path, a query, a header or a cookie. Pure functions.

Each takes the name and the value of a parameter. What was not given (`MISSING`) stays so. `Escaped` text goes
into the URL as it is: its separators must not be escaped, everything else is already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from pydantic import MISSING

from ._request import Escaped, encode, to_text

_ALLOWED = "/:?@!$'()*,;"
"""The reserved characters that do no harm inside a value of a query."""

Pairs = list[tuple[str, str]]


def simple(name: str, value: object, *, explode: bool = False) -> object:
    """In a path, `1,2` and `a,1,b,2`, exploded `a=1,b=2`.

    Raises:
        ValueError: there is nothing in the value, or it would name another path.
    """
    return _segment(name, _joined(name, value, ",", explode=explode))


def label(name: str, value: object, *, explode: bool = False) -> object:
    """In a path, `.1,2` and `.a,1,b,2`, exploded `.1.2` and `.a=1.b=2`.

    Raises:
        ValueError: there is nothing in the value, or it would name another path.
    """
    return _segment(name, f".{_joined(name, value, '.' if explode else ',', explode=explode)}")


def matrix(name: str, value: object, *, explode: bool = False) -> object:
    """In a path, `;name=1,2` and `;name=a,1,b,2`, exploded `;name=1;name=2` and `;a=1;b=2`.

    Raises:
        ValueError: there is nothing in the value.
    """
    if explode:
        pairs = _pairs(name, value) if _is_object(value) else [(name, text) for text in _items(name, value)]
        return _segment(name, "".join(f";{_quoted(key)}={_quoted(text)}" for key, text in pairs))
    return _segment(name, f";{_quoted(name)}={_joined(name, value, ',', explode=False)}")


def in_header(name: str, value: object, *, explode: bool = False) -> object:
    """In a header, `1,2` and `a,1,b,2`, exploded `a=1,b=2`; nothing is escaped there.

    Raises:
        ValueError: an item has a comma, which nobody could tell from the others.
    """
    if value is MISSING:
        return MISSING
    items = _flat(name, value, explode=explode, escape=str)
    for item in items:
        if "," in item:
            raise ValueError(f"{name}: {item!r} has a comma, which separates the items of this header")
    return ",".join(items)


def comma_separated(name: str, value: object) -> object:
    """In a query or cookie, `1,2` and `a,1,b,2` as one value."""
    return _separated(name, value, ",")


def space_separated(name: str, value: object) -> object:
    """In a query, `1 2` as one value."""
    return _separated(name, value, "%20")


def pipe_separated(name: str, value: object) -> object:
    """In a query, `1|2` as one value."""
    return _separated(name, value, "%7C")


def members(name: str, value: object) -> Mapping[str, object]:
    """In a query, the members of an object as parameters of their own; a list is repeated."""
    return dict(_pairs(name, value)) if _is_object(value) else {name: value}


def deep_object(name: str, value: object) -> Mapping[str, object]:
    """In a query, the members of an object as `name[a]=1`, those of an object inside as `name[a][b]=1`.

    Raises:
        ValueError: a list is inside, for which there is no agreed form.
    """
    return dict(_deep(name, value)) if value is not MISSING else {}


def reserved(name: str, value: object) -> object:
    """In a query, a value whose reserved characters such as `/` stay as they are."""
    if value is MISSING:
        return MISSING
    escaped = [Escaped(quote(text, safe=_ALLOWED)) for text in _items(name, value)]
    return escaped if _is_list(value) else escaped[0]


def as_json(name: str, value: object) -> object:
    """Any value as compact JSON.

    Raises:
        ValueError: it is nothing that JSON can say.
    """
    del name
    return MISSING if value is MISSING else encode(value).decode()


def cookie(values: Mapping[str, object]) -> object:
    """The header with the cookies that were given, MISSING when none was."""
    texts = {name: to_text(name, value) for name, value in values.items() if value is not MISSING}
    pairs = [f"{_quoted(name)}={_escaped(text)}" for name, text in texts.items()]
    return "; ".join(pairs) if pairs else MISSING


def _separated(name: str, value: object, separator: str) -> object:
    if value is MISSING:
        return MISSING
    joined = _joined(name, value, separator, explode=False)
    return Escaped(joined) if joined or not (_is_list(value) or _is_object(value)) else MISSING


def _joined(name: str, value: object, separator: str, *, explode: bool) -> str:
    return separator.join(_flat(name, value, explode=explode, escape=_quoted))


def _flat(name: str, value: object, *, explode: bool, escape: Callable[[str], str]) -> list[str]:
    if not _is_object(value):
        return [escape(text) for text in _items(name, value)]
    if explode:
        return [f"{escape(key)}={escape(text)}" for key, text in _pairs(name, value)]
    return [escape(part) for pair in _pairs(name, value) for part in pair]


def _items(name: str, value: Any) -> list[str]:
    return [to_text(name, item) for item in (value if _is_list(value) else [value])]


def _pairs(name: str, value: object) -> Pairs:
    return [(key, to_text(f"{name}.{key}", item)) for key, item in _members_of(value)]


def _deep(name: str, value: object) -> Iterable[tuple[str, str]]:
    if not _is_object(value):
        yield name, to_text(name, value)
        return
    for key, item in _members_of(value):
        yield from _deep(f"{name}[{key}]", item)


def _members_of(value: Any) -> Iterable[tuple[str, object]]:
    found = value if isinstance(value, Mapping) else value.model_dump()
    return [(str(key), item) for key, item in found.items() if item is not MISSING]


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping) or hasattr(value, "model_dump")


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence | set | frozenset) and not isinstance(value, str)


def _segment(name: str, text: str) -> Escaped:
    if text.strip(".") == "":
        raise ValueError(f"{name}: there is nothing in it that can stand in a path")
    return Escaped(text)


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _escaped(text: str) -> str:
    return text if isinstance(text, Escaped) else _quoted(text)
