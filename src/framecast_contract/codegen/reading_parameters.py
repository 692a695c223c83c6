"""Stage one, read: what an operation takes beside its body."""

from __future__ import annotations

from dataclasses import dataclass

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.preparing_checks import check_token
from framecast_contract.codegen.reading_responses import essence, is_json
from framecast_contract.codegen.shapes import ARRAY, OBJECT, item_shapes, shapes

STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
"""The styles of each place; the first is its default."""

_IGNORED_HEADERS = ("accept", "content-type", "authorization")
"""Header parameters that OpenAPI says to ignore: other parts of the document decide about them."""


@dataclass(frozen=True)
class ParameterFacts:
    """One parameter: where it goes, how it is written there, its schema, what it means.

    `json`: the value is sent as JSON, whatever the style; `reserved`: characters such as `/` stay.
    """

    name: str
    place: str
    required: bool
    schema: Node
    description: str
    style: str = "simple"
    explode: bool = False
    json: bool = False
    reserved: bool = False
    pointer: str = ""


def read_parameters(item: Node, operation: Node) -> list[ParameterFacts]:
    """The parameters of an operation; its own stand for those of its path with the same name and place.

    Raises:
        CodegenError: a parameter cannot be expressed.
    """
    found: dict[tuple[str, str], ParameterFacts] = {}
    for listed in (*item.child("parameters").elements(), *operation.child("parameters").elements()):
        node = listed.resolved()
        if node.text("in") == "header" and node.text("name").lower() in _IGNORED_HEADERS:
            continue
        parameter = _parameter(node)
        found[parameter.place, parameter.name] = parameter
    return list(found.values())


def _parameter(node: Node) -> ParameterFacts:
    place, name = node.text("in"), node.text("name")
    if place not in STYLES:
        raise CodegenError(node.pointer, f"parameters stand in {', '.join(STYLES)}, not in {place!r}")
    if not name:
        raise CodegenError(node.pointer, "the parameter has no name")
    if place in ("header", "cookie"):
        check_token(name, node.pointer)
    schema, json = _schema(node)
    style = str(node.members().get("style", STYLES[place][0]))
    explode = node.members().get("explode", style in ("form", "deepObject")) is True
    facts = ParameterFacts(
        name=name,
        place=place,
        required=node.child("required").value is True,
        schema=schema,
        description=node.text("description"),
        style=style,
        explode=explode,
        json=json,
        reserved=place == "query" and node.child("allowReserved").value is True,
        pointer=node.pointer,
    )
    if not json:
        check_shape(facts)
    return facts


def _schema(node: Node) -> tuple[Node, bool]:
    content = list(node.child("content").items())
    if not content:
        if node.child("schema").value is None:
            raise CodegenError(node.pointer, "the parameter has no schema")
        return node.child("schema"), False
    listed, offered = content[0]
    if len(content) > 1 or not is_json(essence(listed)):
        raise CodegenError(
            offered.pointer, f"expected the parameter as application/json, got {[key for key, _ in content]}"
        )
    return offered.child("schema"), True


def check_shape(facts: ParameterFacts) -> None:
    """Refuse what the style has no written form for.

    Raises:
        CodegenError: with the place.
    """
    if facts.style not in STYLES[facts.place]:
        expected = ", ".join(STYLES[facts.place])
        raise CodegenError(
            facts.pointer, f"a {facts.place} parameter has the style {expected}, not {facts.style!r}"
        )
    found, inside = shapes(facts.schema), item_shapes(facts.schema)
    if facts.style == "deepObject" and ARRAY in found and OBJECT not in found:
        raise CodegenError(facts.pointer, "the style deepObject has no form for arrays; use form")
    if facts.place == "cookie" and facts.explode and {ARRAY, OBJECT} & found:
        raise CodegenError(facts.pointer, "a cookie holds one value; add explode: false")
    if facts.style != "deepObject" and {ARRAY, OBJECT} & inside:
        raise CodegenError(
            facts.pointer, f"the style {facts.style} has no form for nested values; use JSON content"
        )
