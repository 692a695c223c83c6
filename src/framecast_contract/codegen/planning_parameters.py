"""Stage two, plan: the parameters of a method, from the parameters and the body of an operation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote, unquote

from framecast_contract.codegen.annotations import input_type
from framecast_contract.codegen.describing import described
from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.names import snake
from framecast_contract.codegen.planning_bodies import Body, plan_body
from framecast_contract.codegen.planning_styles import Parameter, sent
from framecast_contract.codegen.reading import OperationFacts
from framecast_contract.codegen.reading_parameters import ParameterFacts

_PRECEDENCE = ("path", "query", "body", "content", "header", "cookie", "media_type")
"""Which of several parameters with one name keeps it; the others say their place: `id_header`."""

__all__ = [
    "Parameter",
    "by_place",
    "check_path",
    "path_key",
    "path_template",
    "plan_parameters",
    "positional",
]

_LITERAL = "/:@!$&'()*+,;=~-._%"
"""What stands in a path as it is; everything else is escaped."""


def plan_parameters(facts: OperationFacts) -> tuple[tuple[Parameter, ...], Body | None]:
    """Path parameters first, then required ones, then optional ones, each in document order; and the body.

    Raises:
        CodegenError: two parameters would have the same name, or the path does not name its parameters.
    """
    check_path(facts)
    body, members = plan_body(facts.body)
    named = _without_twins([*map(_parameter, facts.parameters), *members], facts.pointer)
    return tuple(sorted(named, key=lambda one: (one.place != "path", not positional(one)))), body


def positional(parameter: Parameter) -> bool:
    """Whether a method takes the parameter by position too: path parameters and required body members."""
    return parameter.required and parameter.place in ("path", "body", "content")


def _without_twins(found: list[Parameter], pointer: str) -> list[Parameter]:
    taken: dict[str, int] = {}
    names = [one.name for one in found]
    for position in sorted(range(len(found)), key=lambda at: _PRECEDENCE.index(found[at].place)):
        name, place = names[position], found[position].place
        if name in taken:
            name = f"{name.rstrip('_')}_{place}"
        if name in taken:
            raise CodegenError(pointer, f"the Python name {name!r} is used twice; rename one of them")
        taken[name] = position
        names[position] = name
    return [replace(one, name=name) for one, name in zip(found, names, strict=True)]


def check_path(facts: OperationFacts) -> None:
    """Refuse a path that does not name exactly its path parameters, or that is no path."""
    names = {parameter.name for parameter in facts.parameters if parameter.place == "path"}
    used = re.findall(r"\{([^{}]*)\}", facts.path)
    stray = set("{}?#") & set(re.sub(r"\{[^{}]*\}", "", facts.path))
    if names != set(used) or stray or len(used) != len(names):
        raise CodegenError(
            facts.pointer, f"the path {facts.path!r} and its path parameters {sorted(names)} do not match"
        )
    if not facts.path.startswith("/") or {".", ".."} & set(unquote(facts.path).split("/")):
        raise CodegenError(facts.pointer, f"{facts.path!r} is no path; expected one such as /pets/{{id}}")


def path_template(facts: OperationFacts) -> str:
    """The path, escaped, with the names of `path_key` in its braces."""
    parts = re.split(r"\{([^{}]*)\}", facts.path)
    return "".join(
        f"{{{path_key(part)}}}" if at % 2 else quote(part, safe=_LITERAL) for at, part in enumerate(parts)
    )


def path_key(name: str) -> str:
    """The name of a path parameter in the template: its own when that is one Python can fill in."""
    return name if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) else snake(name, "")


def _parameter(facts: ParameterFacts) -> Parameter:
    return Parameter(
        name=snake(facts.name, facts.pointer),
        wire_name=path_key(facts.name) if facts.place == "path" else facts.name,
        place=facts.place,
        required=facts.required or facts.place == "path",
        type=_type(facts),
        description=described(facts.schema, facts.description),
        sent=sent(facts),
    )


def _type(facts: ParameterFacts) -> str:
    """The type of the values that can be written: null has no form but in JSON."""
    if facts.schema.value is None:
        return "Any"
    found = input_type(facts.schema)
    return found if facts.json else found.removesuffix(" | None")


def by_place(parameters: Iterable[Parameter], place: str) -> list[Parameter]:
    """The parameters of one place, in order."""
    return [one for one in parameters if one.place == place]
