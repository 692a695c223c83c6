"""Stage two, plan: how the value of a parameter is written when its plain form is not the right one."""

from __future__ import annotations

from dataclasses import dataclass

from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.reading_parameters import ParameterFacts, check_shape
from framecast_contract.codegen.reading_responses import essence, is_json
from framecast_contract.codegen.shapes import ARRAY, OBJECT, shapes

STYLES_FILE = "_styles.py"
"""The file of the runtime that has the functions; only packages that need one get it."""

_SEPARATED = {
    "form": "comma_separated",
    "spaceDelimited": "space_separated",
    "pipeDelimited": "pipe_separated",
}


@dataclass(frozen=True)
class Sent:
    """A call of a function of `_styles` with the name and the value; `spread`: it makes several members."""

    function: str
    name: str
    explode: bool = False
    spread: bool = False


@dataclass(frozen=True)
class Parameter:
    """One parameter of a method; `sent` says how its value is written when that is not plain.

    `place` is path, query, header, cookie, body (a member), content (the body) or media_type (of that).
    """

    name: str
    wire_name: str
    place: str
    required: bool
    type: str
    description: str
    sent: Sent | None = None


def sent_in_form(name: str, schema: Node, content: Node) -> Sent | None:
    """How a member of a form is written: as its `encoding` says; plain, or as JSON inside, without one.

    Raises:
        CodegenError: the style has no form for it.
    """
    encoding = content.child("encoding", name)
    if {"style", "explode", "allowReserved"} & encoding.members().keys():
        style = encoding.text("style") or "form"
        facts = ParameterFacts(
            name=name,
            place="query",
            required=False,
            schema=schema,
            description="",
            style=style,
            explode=encoding.members().get("explode", style == "form") is True,
            reserved=encoding.child("allowReserved").value is True,
            pointer=encoding.pointer,
        )
        check_shape(facts)
        return sent(facts)
    told = encoding.text("contentType")
    return Sent("as_json", name) if told and is_json(essence(told)) else None


def sent(facts: ParameterFacts) -> Sent | None:
    """How the value is written; None for values that the runtime writes by itself."""
    found = shapes(facts.schema) if facts.schema.value is not None else frozenset[str]()
    several = bool({ARRAY, OBJECT} & found)
    if facts.json:
        return Sent("as_json", facts.name)
    if facts.place == "path" and (several or facts.style != "simple"):
        return Sent(facts.style, facts.name, facts.explode)
    if facts.place == "header" and several:
        return Sent("in_header", facts.name, facts.explode)
    if facts.place == "cookie" and several:
        return Sent("comma_separated", facts.name)
    return _in_query(facts, several=several, objects=OBJECT in found) if facts.place == "query" else None


def _in_query(facts: ParameterFacts, *, several: bool, objects: bool) -> Sent | None:
    if facts.style == "deepObject":
        return Sent("deep_object", facts.name, spread=True)
    if several and not facts.explode:
        return Sent(_SEPARATED[facts.style], facts.name)
    if objects:
        return Sent("members", facts.name, spread=True)
    return Sent("reserved", facts.name) if facts.reserved else None
