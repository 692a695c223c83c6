"""What the generator cannot express it refuses, with the place; it never leaves anything out."""

from __future__ import annotations

from typing import Any

import pytest

from framecast_contract.codegen import CodegenError, generate

JSON = "application/json"
AT = "/paths/~1x/post"


def document(operation: dict[str, Any], **schemas: Any) -> dict[str, Any]:
    ready = {"operationId": "do_x", "tags": ["t"], "responses": {"204": {"description": "done"}}, **operation}
    return {
        "openapi": "3.1.0",
        "info": {},
        "paths": {"/x": {"post": ready}},
        "components": {"schemas": schemas},
    }


def answering(schema: object, media_type: str = JSON) -> dict[str, Any]:
    return {"responses": {"200": {"description": "x", "content": {media_type: {"schema": schema}}}}}


def parameter(place: str, **more: Any) -> dict[str, Any]:
    return {"parameters": [{"name": "a", "in": place, "schema": {"type": "string"}, **more}]}


def streaming(schema: object) -> dict[str, Any]:
    content = {"text/event-stream": {"schema": {"type": "string"}, "x-event-schema": schema}}
    return {"responses": {"200": {"description": "x", "content": content}}}


EVENT: dict[str, Any] = {"type": "object", "properties": {"event": {"enum": ["begun", "completed"]}}}
INLINE: dict[str, Any] = {"type": "object", "properties": {"a": {"type": "string"}}}
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("no id", document({"operationId": ""}), f"{AT}: POST /x has no operationId; give it one"),
    (
        "id taken",
        document({"operationId": "send"}),
        f"{AT}/operationId: 'send' is taken by Python or by every client; rename it",
    ),
    ("no success", document({"responses": {}}), f"{AT}: the operation documents no success"),
    (
        "status range",
        document({"responses": {"5XX": {"description": "x"}}}),
        f"{AT}/responses/5XX: the status '5XX' is not a number; list every status",
    ),
    (
        "media type",
        document(answering({"type": "string"}, "application/xml")),
        f"{AT}/responses/200/content: expected one of application/json, text/plain, text/event-stream, "
        "got ['application/xml']",
    ),
    (
        "nameless object",
        document(answering(INLINE)),
        f"{AT}/responses/200/content/application~1json/schema: the object has no name; "
        "move it to components/schemas",
    ),
    (
        "stream without events",
        document(answering({"type": "string"}, "text/event-stream")),
        f"{AT}/responses/200/content/text~1event-stream/x-event-schema: the answer has no schema; "
        "for an event stream, the one of an event",
    ),
    (
        "stream without end",
        document(streaming({"$ref": "#/components/schemas/Event"}), Event=EVENT),
        f"{AT}/responses/200/content/text~1event-stream/x-event-schema: "
        "nothing ends the stream; add x-last-events: [...]",
    ),
    (
        "lost reference",
        document(answering({"$ref": "#/components/schemas/B"})),
        f"{AT}/responses/200/content/application~1json/schema: $ref '#/components/schemas/B' leads nowhere",
    ),
    (
        "foreign reference",
        document({"requestBody": {"$ref": "other.yaml#/x"}}),
        f"{AT}/requestBody: $ref 'other.yaml#/x' is not local; bundle the document first",
    ),
    (
        "circle",
        document(
            {
                "requestBody": {
                    "required": True,
                    "content": {JSON: {"schema": {"$ref": "#/components/schemas/A"}}},
                }
            },
            A={"$ref": "#/components/schemas/A"},
        ),
        f"{AT}/requestBody/content/application~1json/schema: $ref '/components/schemas/A' leads to itself",
    ),
    (
        "codes of an error",
        document({"responses": {"204": {"description": "x"}, "404": {"description": "x"}}}),
        f"{AT}/responses/404: the error lists no codes; add x-error-codes",
    ),
    (
        "cookie",
        document(parameter("cookie")),
        f"{AT}/parameters/0: parameters in 'cookie' are not supported; use path, query or header",
    ),
    (
        "joined list",
        document(parameter("query", explode=False)),
        f"{AT}/parameters/0: explode: false is not supported; repeat the parameter instead",
    ),
    (
        "style",
        document(parameter("query", style="deepObject")),
        f"{AT}/parameters/0: the style 'deepObject' is not supported; use the default",
    ),
    (
        "path parameter",
        document(parameter("path")),
        f"{AT}: the path '/x' and its path parameters ['a'] do not match",
    ),
    (
        "upload",
        document({"requestBody": {"content": {"multipart/form-data": {}}}}),
        f"{AT}/requestBody: the body is ['multipart/form-data'], and only application/json is supported",
    ),
    (
        "twins",
        document({"parameters": [*parameter("query")["parameters"], *parameter("header")["parameters"]]}),
        f"{AT}: the Python name 'a' is used twice; rename one of them",
    ),
    (
        "schema name",
        document({}, **{"a b": INLINE}),
        "/components/schemas/a b: no model can have the name 'a b'; rename the schema",
    ),
]


@pytest.mark.parametrize(
    ("broken", "message"), [(one[1], one[2]) for one in REFUSED], ids=[one[0] for one in REFUSED]
)
def test_a_document_the_client_cannot_express_is_refused(broken: dict[str, Any], message: str) -> None:
    with pytest.raises(CodegenError) as caught:
        generate(broken)

    assert str(caught.value) == message
