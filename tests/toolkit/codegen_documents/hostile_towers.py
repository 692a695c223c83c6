"""Documents that are small to describe and large to walk through: towers, chains, rings and crowds."""

from __future__ import annotations

from collections.abc import Callable

from .shaping import Json, answer, array, body, integer, record, ref, string

HIGH = 10_000
"""Far more than Python's limit of recursion."""


def _with(**schemas: Json) -> Json:
    first = next(iter(schemas))
    asked = {"operationId": "do", "requestBody": body(ref(first)), "responses": {"200": answer(ref(first))}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Towers", "version": "1"},
        "paths": {"/x": {"post": asked}},
        "components": {"schemas": schemas},
    }


def _nested(wrap: Callable[[Json], Json], high: int = HIGH) -> Json:
    schema: Json = string()
    for _ in range(high):
        schema = wrap(schema)
    return schema


def _chain(link: Callable[[str], Json], long: int) -> Json:
    links = {f"A{at}": link(f"A{at + 1}") for at in range(long)}
    return _with(**links, **{f"A{long}": record("a", a=integer())})


def _deep_example() -> Json:
    value: object = "x"
    for _ in range(HIGH):
        value = [value]
    return _with(A={**record(a=string()), "example": value})


TOWERS: dict[str, Callable[[], Json]] = {
    "members in members": lambda: _with(A=_nested(lambda inner: record(a=inner))),
    "lists of lists": lambda: _with(A=_nested(array)),
    "maps of maps": lambda: _with(A=_nested(lambda inner: {"type": "object", "additionalProperties": inner})),
    "all of all of": lambda: _with(A=_nested(lambda inner: {"allOf": [inner]})),
    "any of any of": lambda: _with(A=_nested(lambda inner: {"anyOf": [inner, integer()]})),
    "not not": lambda: _with(A=_nested(lambda inner: {"not": inner})),
    "lists of lists, not so deep": lambda: _with(A=_nested(array, 90)),
    "members in members, not so deep": lambda: _with(A=_nested(lambda inner: record(a=inner), 60)),
    "an example in an example": _deep_example,
    "a chain of references": lambda: _chain(ref, 2_000),
    "a chain of all of": lambda: _chain(lambda name: {"allOf": [ref(name), record(b=string())]}, 500),
    "a chain of members": lambda: _chain(lambda name: record(a=ref(name)), 200),
    "a chain of unions": lambda: _chain(lambda name: {"anyOf": [ref(name), string()]}, 500),
    "a crowd of values": lambda: _with(A=record(a=string(enum=[f"v{at}" for at in range(5_000)]))),
    "a crowd of members": lambda: _with(A=record(**{f"m{at}": string() for at in range(500)})),
    "a crowd of variants": lambda: _with(A={"anyOf": [record(**{f"m{at}": string()}) for at in range(100)]}),
    "everybody knows everybody": lambda: _with(
        **{f"A{one}": record(**{f"a{other}": ref(f"A{other}") for other in range(20)}) for one in range(20)}
    ),
    "a long text": lambda: _with(A={**record(a=string()), "description": "word " * 200_000}),
}
