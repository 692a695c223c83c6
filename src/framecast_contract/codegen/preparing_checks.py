"""Before stage one: whether a schema is one. What is not would make models that mean something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.patterns import is_pattern

_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
_NUMBERS = ("minimum", "maximum", "multipleOf")
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_OBJECTS = ("properties", "patternProperties", "discriminator")
_FLAGS = ("nullable", "readOnly", "writeOnly", "uniqueItems", "deprecated")
_TEXTS = ("format", "title", "description", "$ref", "contentMediaType", "contentEncoding")


def check_schema(node: Node) -> None:
    """Refuse what no schema can be.

    Raises:
        CodegenError: with the place.
    """
    if isinstance(node.value, bool):
        return
    if not isinstance(node.value, Mapping):
        raise CodegenError(node.pointer, f"expected a schema, got {node.value!r}")
    for keywords, fits, expected in _RULES:
        for keyword in keywords:
            if keyword in node.value and not fits(node.value[keyword]):
                place = node.child(keyword)
                raise CodegenError(place.pointer, f"expected {expected}, got {place.value!r}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return _is_number(value) and value >= 0 and value == int(value)


def _is_schema(value: Any) -> bool:
    return isinstance(value, bool | Mapping)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


def _is_type(value: Any) -> bool:
    kinds = value if isinstance(value, list) else [value]
    return (
        bool(kinds) and all(kind in _TYPES for kind in kinds if isinstance(kind, str)) and _all_texts(kinds)
    )


def _all_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_limit(value: Any) -> bool:
    """A number, or in OpenAPI 3.0 whether the bound itself is out."""
    return isinstance(value, int | float)


_RULES: tuple[tuple[tuple[str, ...], Callable[[Any], bool], str], ...] = (
    (("type",), _is_type, f"one of the types {', '.join(_TYPES)}"),
    (("enum", "allOf", "anyOf", "oneOf"), _is_list, "a list of at least one"),
    (("prefixItems",), lambda value: isinstance(value, list), "a list"),
    (("items", "additionalProperties", "propertyNames", "not"), _is_schema, "a schema"),
    (_OBJECTS, lambda value: isinstance(value, Mapping), "an object"),
    (("required",), _all_texts, "a list of names"),
    (_NUMBERS, _is_number, "a number"),
    (("exclusiveMinimum", "exclusiveMaximum"), _is_limit, "a number"),
    (_COUNTS, _is_count, "a whole number"),
    (_FLAGS, lambda value: isinstance(value, bool), "true or false"),
    (_TEXTS, lambda value: isinstance(value, str), "a text"),
    (("pattern",), lambda value: isinstance(value, str) and is_pattern(value), "a regular expression"),
)

_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+*-]+/[A-Za-z0-9!#$&^_.+*-]+(?:\s*;[ -~]*)?")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def check_media_type(text: str, pointer: str) -> None:
    """Refuse what cannot stand in a Content-Type header.

    Raises:
        CodegenError: with the place.
    """
    if not _MEDIA_TYPE.fullmatch(text):
        raise CodegenError(pointer, f"{text!r} is no media type; expected one such as application/json")


def check_token(text: str, pointer: str) -> None:
    """Refuse what cannot be the name of a header or cookie.

    Raises:
        CodegenError: with the place.
    """
    if not _TOKEN.fullmatch(text):
        raise CodegenError(pointer, f"{text!r} cannot be the name of a header or cookie")
