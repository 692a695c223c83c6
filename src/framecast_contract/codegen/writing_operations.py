"""Stage three, write: the pure half of the client, one file of request builders per area."""

from __future__ import annotations

from framecast_contract.codegen.names import docstring, literal, wrap
from framecast_contract.codegen.planning import Answer, Operation, Parameter, positional

IMPORTS = """\
from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import MISSING

"""

_OWN_IMPORTS = """\
from .. import errors, models
from .._request import Answer, JsonObject, Operation, Request, build, present, present_or_no_body

"""


def operations_module(area: str, operations: list[Operation]) -> str:
    """The text of `operations/<area>.py`."""
    head = docstring(
        [f"The requests of the area `{area}`, and what they may bring. Generated; do not edit."], ""
    )
    names = [name for one in operations for name in (one.name.upper(), one.name)]
    exported = f"__all__ = [{', '.join(map(literal, sorted(names)))}]\n\n"
    return "\n".join([head, "", IMPORTS + _OWN_IMPORTS + exported, *map(_operation, operations)])


def _operation(operation: Operation) -> str:
    facts = operation.facts
    answers = ", ".join(f"{one.status}: {_answer(one)}" for one in operation.answers)
    errors = ", ".join(f"{status}: ({_classes(classes)})" for status, classes in operation.errors)
    last = f", last_events=frozenset({sorted(facts.last_events)!r})" if facts.last_events else ""
    called = f"{literal(facts.operation_id)}, {literal(facts.method)}, {literal(facts.path)}"
    words = docstring([wrap(f"{facts.summary}: the request of `FramecastClient.{operation.name}`.")], "    ")
    return (
        f"{operation.name.upper()}: Operation[{operation.result}] = Operation("
        f"{called}, answers={{{answers}}}, errors={{{errors}}}{last},)\n\n"
        f"def {operation.name}({signature(operation)}) -> Request[{operation.result}]:\n"
        f"{words}\n"
        f"    return build({_arguments(operation)})\n"
    )


def _answer(answer: Answer) -> str:
    return f"Answer({literal(answer.media_type)}, {answer.type})" if answer.media_type else "Answer()"


def _classes(classes: tuple[object, ...]) -> str:
    return "".join(f"errors.{getattr(one, 'name', '')}," for one in classes)


def signature(operation: Operation) -> str:
    """The parameters of a builder or method, without `self`."""
    first = [one for one in operation.parameters if positional(one)]
    rest = [one for one in operation.parameters if not positional(one)]
    return ", ".join([*map(_declared, first), *(["*"] if rest else []), *map(_declared, rest)])


def _declared(parameter: Parameter) -> str:
    if parameter.required:
        return f"{parameter.name}: {parameter.type}"
    return f"{parameter.name}: {parameter.type} | MISSING = MISSING"


def _arguments(operation: Operation) -> str:
    given = [operation.name.upper()]
    for place, argument in (("path", "path"), ("query", "query"), ("header", "headers")):
        members = _members(operation, place)
        if members:
            given.append(f"{argument}={{{members}}}")
    return ", ".join([*given, *_body(operation)])


def _body(operation: Operation) -> list[str]:
    if any(parameter.place == "content" for parameter in operation.parameters):
        return ["body=body"]
    if operation.facts.body is None:
        return []
    wrapped = "present" if operation.facts.body.required else "present_or_no_body"
    return [f"body={wrapped}({{{_members(operation, 'body')}}})"]


def _members(operation: Operation, place: str) -> str:
    return ", ".join(f"{literal(p.wire_name)}: {p.name}" for p in operation.parameters if p.place == place)
