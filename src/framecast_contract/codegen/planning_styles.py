"""Stage two, plan: how the value of a parameter is written when its plain form is not the right one."""

from __future__ import annotations

from dataclasses import dataclass

from framecast_contract.codegen.reading_parameters import ParameterFacts
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
