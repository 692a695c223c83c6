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
NESTED = {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    (
        "no version",
        {"paths": {}},
        "/: this is no OpenAPI document: the key 'openapi' is missing; expected OpenAPI 3.0 or 3.1",
    ),
    ("old", {"swagger": "2.0", "paths": {}}, "/: this is Swagger 2.0; expected OpenAPI 3.0 or 3.1"),
    ("newer", {"openapi": "3.2.0"}, "/openapi: the version is '3.2.0'; expected OpenAPI 3.0 or 3.1"),
    (
        "no paths",
        {"openapi": "3.0.3", "info": {}},
        "/paths: the document has no paths; there is nothing to generate",
    ),
    ("id", document({"operationId": 7}), f"{AT}/operationId: expected the name of the operation, got 7"),
    ("no success", document({"responses": {}}), f"{AT}: the operation documents no success"),
    (
        "no last answer",
        document({"responses": {"101": {"description": "x"}}}),
        f"{AT}/responses/101: the status 101 is never the last answer; leave it out",
    ),
    (
        "status",
        document({"responses": {"ok": {"description": "x"}}}),
        f"{AT}/responses/ok: 'ok' is no status; expected one such as 200, 2XX or default",
    ),
    (
        "unknown end of a stream",
        document(
            {**streaming({"$ref": "#/components/schemas/Event"}), "x-last-events": ["gone"]}, Event=EVENT
        ),
        f"{AT}/x-last-events/0: no event is called 'gone'; expected one of begun, completed",
    ),
    (
        "end without stream",
        document({"x-last-events": ["gone"]}),
        f"{AT}/x-last-events: x-last-events stands at an operation without an event stream",
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
        "another kind",
        document({"requestBody": {"$ref": "#/components/schemas/B"}}, B=INLINE),
        f"{AT}/requestBody: $ref '#/components/schemas/B' leads to one of the schemas, "
        "not of the requestBodies",
    ),
    (
        "circle",
        document({}, A={"$ref": "#/components/schemas/B"}, B={"anyOf": [{"$ref": "#/components/schemas/A"}]}),
        "/components/schemas/A: the schema contains itself; only members and items may",
    ),
    (
        "codes nowhere to be found",
        document(
            {"responses": {"204": {"description": "x"}, "404": {"description": "x", "x-error-codes": ["A"]}}}
        ),
        f"{AT}/responses/404: an error with x-error-codes needs {JSON} with error.code and error.message",
    ),
    (
        "place",
        document(parameter("body")),
        f"{AT}/parameters/0: parameters stand in path, query, header, cookie, not in 'body'",
    ),
    (
        "style of another place",
        document(parameter("query", style="matrix")),
        f"{AT}/parameters/0: a query parameter has the style form, spaceDelimited, pipeDelimited, "
        "deepObject, not 'matrix'",
    ),
    (
        "deep list",
        document(parameter("query", style="deepObject", schema={"type": "array"})),
        f"{AT}/parameters/0: the style deepObject has no form for arrays; use form",
    ),
    (
        "list of lists",
        document(parameter("query", schema=NESTED)),
        f"{AT}/parameters/0: the style form has no form for nested values; use JSON content",
    ),
    (
        "exploded cookie",
        document(parameter("cookie", schema={"type": "array", "items": {"type": "string"}})),
        f"{AT}/parameters/0: a cookie holds one value; add explode: false",
    ),
    (
        "header name",
        document({"parameters": [{"name": "x\r\ny: 1", "in": "header", "schema": {}}]}),
        f"{AT}/parameters/0: 'x\\r\\ny: 1' cannot be the name of a header or cookie",
    ),
    (
        "path parameter",
        document(parameter("path")),
        f"{AT}: the path '/x' and its path parameters ['a'] do not match",
    ),
    (
        "no body",
        document({"requestBody": {}}),
        f"{AT}/requestBody: the body has no content; list its media type",
    ),
    (
        "media type",
        document(answering({}, "text/plain\r\nx: 1")),
        f"{AT}/responses/200/content/text~1plain\\r\\nx: 1: 'text/plain\\r\\nx: 1' is no media type; "
        "expected one such as application/json",
    ),
    (
        "three of a name",
        document({"parameters": [{"name": name, "in": "query", "schema": {}} for name in ("a", "a[]", "A")]}),
        f"{AT}: the Python name 'a_query' is used twice; rename one of them",
    ),
    (
        "type",
        document({}, A={"type": "object", "properties": {"a": {"type": "file"}}}),
        "/components/schemas/A/properties/a/type: expected one of the types array, boolean, integer, null, "
        "number, object, string, got 'file'",
    ),
    (
        "dynamic reference",
        document({}, A={"$dynamicRef": "#a"}),
        "/components/schemas/A/$dynamicRef: $dynamicRef is not supported; use $ref",
    ),
]


@pytest.mark.parametrize(
    ("broken", "message"), [(one[1], one[2]) for one in REFUSED], ids=[one[0] for one in REFUSED]
)
def test_a_document_the_client_cannot_express_is_refused(broken: dict[str, Any], message: str) -> None:
    with pytest.raises(CodegenError) as caught:
        generate(broken)

    assert str(caught.value) == message
