"""What a value means, for people: the words of the document, then what its schema demands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from framecast_contract.codegen.names import one_line
from framecast_contract.codegen.nodes import Node

_FORMATS = {
    "date-time": "RFC 3339 with offset",
    "date": "a date such as 2026-01-31",
    "time": "a time of day such as 12:30:00Z",
    "duration": "an ISO 8601 duration",
    "email": "an e-mail address",
    "uri": "a URI",
    "url": "a URL",
    "hostname": "a host name",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
    "byte": "Base64",
}
_LONGEST_LIST = 12
_COUNTED = (("minLength", "maxLength", "character"), ("minItems", "maxItems", "item"))


def described(schema: Node, description: str) -> str:
    """What a value means, in the words nearest to it, with what its schema demands.

    `description` are the words of the place itself; without any, those of the schema count.
    """
    target = schema.resolved()
    words = description or schema.text("description") or target.text("description")
    merged = {**target.members(), **schema.members()}
    facts = [*_bounds(_without_null(merged, schema)), *_default(merged)]
    return " ".join([_sentence(words), *map(_sentence, facts)]).strip()


def _sentence(text: str) -> str:
    text = one_line(text)
    if not text:
        return ""
    return text if text.endswith((".", "!", "?", ":")) else f"{text}."


def _without_null(value: Mapping[str, Any], schema: Node) -> Mapping[str, Any]:
    """The one alternative beside null, where there is exactly one."""
    for keyword in ("anyOf", "oneOf"):
        options = [one.resolved() for one in schema.resolved().child(keyword).elements()]
        real = [one for one in options if one.members().get("type") != "null"]
        if len(real) == 1:
            return real[0].members()
    return value


def _bounds(value: Mapping[str, Any]) -> Iterator[str]:
    for least, most, unit in _COUNTED:
        yield from _counted(value.get(least), value.get(most), unit)
    yield from _numeric(value)
    if isinstance(value.get("multipleOf"), int | float):
        yield f"A multiple of {value['multipleOf']}"
    options = value.get("enum")
    if isinstance(options, list) and 0 < len(options) <= _LONGEST_LIST:
        yield f"One of {', '.join(f'`{_shown(one)}`' for one in options)}"
    if value.get("format") in _FORMATS:
        words = _FORMATS[str(value["format"])]
        yield words[0].upper() + words[1:]
    if value.get("uniqueItems") is True:
        yield "No item twice"


def _counted(least: Any, most: Any, unit: str) -> Iterator[str]:
    least = least if _is_number(least) and least > 0 else None
    if least is not None and _is_number(most):
        yield f"{least} {unit}{_s(least)}" if least == most else f"{least} to {most} {unit}s"
    elif least is not None:
        yield f"At least {least} {unit}{_s(least)}"
    elif _is_number(most):
        yield f"At most {most} {unit}{_s(most)}"


def _numeric(value: Mapping[str, Any]) -> Iterator[str]:
    least, most = value.get("minimum"), value.get("maximum")
    above, below = value.get("exclusiveMinimum"), value.get("exclusiveMaximum")
    if _is_number(least) and _is_number(most):
        yield f"{least} to {most}"
    elif _is_number(least):
        yield f"{least} or more"
    elif _is_number(most):
        yield f"{most} or less"
    if _is_number(above):
        yield f"More than {above}"
    if _is_number(below):
        yield f"Less than {below}"


def _default(value: Mapping[str, Any]) -> Iterator[str]:
    if "default" in value:
        yield f"When left out, the server takes {_shown(value['default'])}"


def _shown(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value) if isinstance(value, str | int | float) else repr(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _s(count: float) -> str:
    return "" if count == 1 else "s"
