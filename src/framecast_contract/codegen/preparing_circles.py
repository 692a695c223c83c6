"""Before stage one: schemas that are themselves, or that are put together in too long a chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.nodes import escaped

LONGEST = 50
"""Schemas that one may be put together from, each of the next."""

_COMPONENTS = "#/components/schemas/"


def refuse_circles(schemas: Mapping[str, Any]) -> None:
    """Refuse a schema that is itself with no member or item between: no value could ever be told from it.

    Raises:
        CodegenError: with the schema.
    """
    sound: set[str] = set()
    for name in schemas:
        _follow(name, schemas, sound)


def _follow(first: str, schemas: Mapping[str, Any], sound: set[str]) -> None:
    """Depth first with a stack of its own; `sound` has what was found without a circle below."""
    above: list[str] = [first]
    waiting = [_put_together_from(schemas[first])]
    while above:
        name = next(waiting[-1], None)
        if name is None:
            waiting.pop()
            sound.add(above.pop())
        elif name in above or len(above) > LONGEST:
            problem = (
                "contains itself; only members and items may" if name in above else "is a chain too long"
            )
            raise CodegenError(f"/components/schemas/{escaped(first)}", f"the schema {problem}")
        elif name in schemas and name not in sound:
            above.append(name)
            waiting.append(_put_together_from(schemas[name]))


def _put_together_from(schema: Any) -> Iterator[str]:
    if not isinstance(schema, Mapping):
        return
    if isinstance(schema.get("$ref"), str):
        yield schema["$ref"].removeprefix(_COMPONENTS)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(keyword, ()):
            yield from _put_together_from(part)
