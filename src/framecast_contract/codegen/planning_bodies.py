"""Stage two, plan: the parameters that a body becomes, and the call that makes the body of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from framecast_contract.codegen.annotations import input_type
from framecast_contract.codegen.describing import described
from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.names import snake
from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.planning_styles import Parameter, sent_in_form
from framecast_contract.codegen.reading_bodies import BodyFacts
from framecast_contract.codegen.reading_responses import JSON, essence, is_json
from framecast_contract.codegen.shapes import ARRAY, branches, plain_members, required_members, shapes

BODIES_FILE = "_bodies.py"
"""The file of the runtime that makes bodies other than JSON; only packages that need it get it."""

FORM = "application/x-www-form-urlencoded"
_FILE = "bytes | tuple[str, bytes, str]"
_FILE_WORDS = "Bytes, or a file as (name, bytes, media type)."


@dataclass(frozen=True)
class Body:
    """How a body is made: a function of `_bodies`, empty for JSON; its type, empty if the caller says it.

    `members`: the parameters are its members, not the whole. `types` are the media types of its parts.
    """

    function: str
    media_type: str
    members: bool
    required: bool
    types: tuple[tuple[str, str], ...] = ()


def plan_body(facts: BodyFacts | None) -> tuple[Body | None, list[Parameter]]:
    """The body and its parameters.

    Raises:
        CodegenError: something in its schema cannot be expressed.
    """
    if facts is None:
        return None, []
    function = _function(facts.media_type)
    if function in ("raw", "text"):
        return _whole(facts, function)
    members = _members(facts)
    types = tuple(_types(facts)) if function == "multipart" else ()
    body = Body(function, facts.media_type, bool(members), facts.required, types)
    if not members:
        type_ = input_type(facts.schema) if facts.schema.value is not None else "Any"
        return body, [Parameter("body", "", "content", facts.required, type_, facts.description)]
    return body, members


def _function(media_type: str) -> str:
    if media_type == JSON:
        return ""
    if is_json(media_type):
        return "as_json"
    if media_type == FORM:
        return "form"
    if media_type.startswith("multipart/") and "*" not in media_type:
        return "multipart"
    return "text" if media_type.startswith("text/") and "*" not in media_type else "raw"


def _whole(facts: BodyFacts, function: str) -> tuple[Body, list[Parameter]]:
    """A body of one text or of bytes; where the document leaves the media type open, the caller says it."""
    ranged = "*" in facts.media_type
    type_ = "str" if function == "text" else "bytes"
    found = [Parameter("body", "", "content", facts.required, type_, facts.description)]
    if ranged:
        words = f"The media type of the body, one of `{facts.media_type}`."
        found.append(Parameter("content_type", "", "media_type", facts.required, "str", words))
    return Body(function, "" if ranged else facts.media_type, False, facts.required), found


def _members(facts: BodyFacts) -> list[Parameter]:
    """The members as parameters; none when the body has to be given as a whole."""
    members = plain_members(facts.schema) if facts.schema.value is not None else None
    try:
        return [_member(name, node, facts) for name, node in (members or {}).items() if not _read_only(node)]
    except _Unspeakable:
        return []


class _Unspeakable(Exception):
    """A member has no Python name."""


def _member(name: str, node: Node, facts: BodyFacts) -> Parameter:
    try:
        spoken = snake(name, node.pointer)
    except CodegenError as error:
        raise _Unspeakable from error
    function = _function(facts.media_type)
    file = function == "multipart" and _is_file(node)
    type_ = _file_type(node) if file else input_type(node)
    return Parameter(
        name=spoken,
        wire_name=name,
        place="body",
        required=facts.required and name in required_members(facts.schema),
        type=type_.removesuffix(" | None") if function in ("form", "multipart") else type_,
        description=described(node, "") + (f" {_FILE_WORDS}" if file else ""),
        sent=sent_in_form(name, node, facts.content) if function == "form" else None,
    )


def _read_only(member: Node) -> bool:
    return any(one.child("readOnly").value is True for one in (member, member.resolved()))


def _is_file(member: Node) -> bool:
    return any(map(_is_binary, _with_items(member)))


def _with_items(member: Node) -> Iterator[Node]:
    for one in branches(member):
        yield one
        if one.child("items").value is not None:
            yield from branches(one.child("items"))


def _is_binary(schema: Node) -> bool:
    encoded = schema.child("contentEncoding").value is not None
    return schema.text("format") == "binary" or (bool(schema.text("contentMediaType")) and not encoded)


def _file_type(member: Node) -> str:
    return f"Sequence[{_FILE}]" if ARRAY in shapes(member) else _FILE


def _types(facts: BodyFacts) -> Iterator[tuple[str, str]]:
    """The media types of the parts that have one of their own."""
    members = plain_members(facts.schema) if facts.schema.value is not None else None
    for name, node in (members or {}).items():
        told = facts.content.child("encoding", name).text("contentType")
        inner = [one.text("contentMediaType") for one in _with_items(node) if one.text("contentMediaType")]
        media_type = essence(told or next(iter(inner), ""))
        if media_type and "," not in media_type and "*" not in media_type:
            yield name, media_type
