"""Stage one, read: the body that an operation takes."""

from __future__ import annotations

from dataclasses import dataclass

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.reading_responses import JSON, essence, is_json


@dataclass(frozen=True)
class BodyFacts:
    """The body of an operation in the one media type that the client sends; `others` are not sent.

    `schema` has no value when the document has none. `content` is the place of the media type.
    """

    media_type: str
    schema: Node
    required: bool
    description: str
    content: Node
    others: tuple[str, ...] = ()


def read_body(operation: Node) -> BodyFacts | None:
    """The body of an operation, None when it takes none: JSON where it may be, else what is listed first.

    Raises:
        CodegenError: the body has no media type.
    """
    body = operation.child("requestBody").resolved()
    if body.value is None:
        return None
    offered = {essence(listed): node for listed, node in reversed(list(body.child("content").items()))}
    listed = [*reversed(offered)]
    if not listed:
        raise CodegenError(body.pointer, "the body has no content; list its media type")
    chosen = next((one for one in listed if one == JSON), next(filter(is_json, listed), listed[0]))
    return BodyFacts(
        media_type=chosen,
        schema=offered[chosen].child("schema"),
        required=body.child("required").value is True,
        description=body.text("description"),
        content=offered[chosen],
        others=tuple(one for one in listed if one != chosen),
    )
